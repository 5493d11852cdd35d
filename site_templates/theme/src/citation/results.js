/** What is shown of an outcome: the clause that was found, others to choose from, a sentence about it. */

import { element } from "../lib/dom.js";
import { policyPage } from "../lib/site.js";
import { inTable, shown as cellsShown } from "../lib/wording.js";

/** @import { Child } from "../lib/types.d.ts" */
/** @import { Clause, Outcome, Target } from "./types.d.ts" */

const EXCERPT = { card: 220, item: 64 }; // in characters

/**
 * The address of a target, seen from this page.
 * @param {Pick<Target, "policy" | "anchor">} target
 */
export function addressOf({ policy, anchor }) {
  return policyPage(policy.id, anchor);
}

/**
 * The elements of an outcome. Those that lead to a target have data-hit.
 * @param {Outcome} outcome
 */
export function partsOf({ state, hits, near }) {
  if (state === "found") {
    const rest = hits.slice(1);
    return [
      card(hits[0]),
      ...list("引文还指下面 " + rest.length + " 处", rest),
      ...list("也可能是", near),
    ];
  }
  return [...list("请选择", hits), ...list(hits.length ? "名称相符的还有" : "相近的条文", near)];
}

/**
 * An outcome in words.
 * @param {Outcome} outcome
 * @param {boolean} keyboard whether the reader has one
 */
export function summary({ state, hits, near, words }, keyboard) {
  if (state === "found") {
    const how = keyboard ? "按 Enter 键" : "点“前往”";
    const found = hits.length > 1
      ? "引文共指 " + hits.length + " 处，" + how + "到第一处。"
      : "找到了，" + how + "打开。";
    return (words || "") + found + (near.length ? "另有 " + near.length + " 种可能，列在下面。" : "");
  }
  if (state === "several") return words || "有 " + hits.length + " 处符合，请选择。";
  return (words || "") + (state === "near" ? "列出相近的 " + near.length + " 处。" : "");
}

/**
 * @param {Pick<Target, "policy" | "anchor">} target
 * @param {string} className
 * @param {...Child} children
 */
function link(target, className, ...children) {
  const made = element("a", className, ...children);
  made.href = addressOf(target);
  return made;
}

/**
 * “营口市 · 2020年 · 方案”; what is not known is left out.
 * @param {Target} target
 */
function facts({ policy }) {
  const year = policy.year && policy.year + "年";
  const status = policy.status === "正式" ? null : policy.status;
  return [policy.place, year, policy.genre, status].filter(Boolean).join(" · ");
}

/** @param {Target} target */
function card(target) {
  const { policy, clause, note } = target;
  const main = link(target, "cite__citation", policy.citation + (clause ? clause.path : ""));
  main.dataset.hit = "";
  return element(
    "article",
    "cite__card",
    element("p", "cite__where", facts(target)),
    element("p", "cite__heading", main),
    clause && element("blockquote", "cite__wording", ...wording(clause)),
    note && element("p", "cite__note", note),
    clause && element("p", "cite__whole", link({ policy, anchor: null }, "", "政策全文")),
  );
}

/**
 * @param {string} heading
 * @param {Target[]} targets
 * @returns {HTMLElement[]}
 */
function list(heading, targets) {
  if (!targets.length) return [];
  return [
    element("h2", "cite__list-heading", heading),
    element("ul", "cite__list", ...targets.map((target) => element("li", "", item(target)))),
  ];
}

/** @param {Target} target */
function item(target) {
  const { policy, clause, reason, note } = target;
  const told = [reason, note].filter(Boolean).join("。");
  const name = clause ? [element("strong", "", clause.path), policy.name] : [policy.citation];
  const made = link(
    target,
    "cite__item",
    element("span", "cite__name", ...name),
    told && element("span", "cite__reason", told),
    element("span", "cite__text", clause ? excerpt(clause) : "政策全文 · " + facts(target)),
  );
  made.dataset.hit = "";
  return made;
}

/**
 * The beginning of a clause's wording without its label, which its path has.
 * @param {Clause} clause
 */
function excerpt({ anchor, label, wording: text }) {
  const body = joined(anchor, label && text.startsWith(label) ? text.slice(label.length).trim() : text);
  return body.length > EXCERPT.item ? body.slice(0, EXCERPT.item) + "……" : body;
}

/**
 * The beginning of a clause's wording, its label and title set off.
 * @param {Clause} clause
 */
function wording(clause) {
  let head = 0;
  for (const part of [clause.label, clause.title]) {
    const at = part ? clause.wording.indexOf(part, head) : -1;
    if (part && at >= 0 && at - head < 4) head = at + part.length;
  }
  const stop = Math.min(clause.wording.length, Math.max(head, EXCERPT.card));
  const body = clause.wording.slice(head, stop) + (stop < clause.wording.length ? "……" : "");
  return [head > 0 && element("b", "", clause.wording.slice(0, head)), joined(clause.anchor, body)];
}

/**
 * A stretch of a wording on one line, a mark between the cells of a row.
 * @param {string} anchor
 * @param {string} text
 */
function joined(anchor, text) {
  return (inTable(anchor) ? cellsShown(text) : text.trim()).replace(/\s*\n\s*/g, " ");
}
