/** What a policy has instead of a path or an anchor that it has not. */

import { OMITTED, resolve } from "./follow.js";

/** @import { ChainLink, Clause, Clauses, Near, Step } from "./types.d.ts" */

const NEAR = 6; // near misses of one policy

/** @param {string} text */
export const wide = (text) => text.replace(/\(/g, "（").replace(/\)/g, "）");

/** @param {Step[]} steps */
export const called = (steps) => wide(steps.map((step) => step.text).join(""));

/**
 * What a policy has instead of a path that it has not.
 * @param {Clauses} policy
 * @param {Step[]} steps
 * @returns {Near[]}
 */
export function nearClauses(policy, steps) {
  /** @type {Near[]} */
  const found = [];
  /**
   * @param {Clause | null | undefined} clause
   * @param {string} reason
   */
  const add = (clause, reason) => {
    if (clause && !found.some((one) => one.clause === clause)) found.push({ clause, reason });
  };
  // The same steps under another heading: 第三章第五十条, where 第五十条 is in 第四章.
  /** @type {[clause: Clause, reason: string][]} */
  const elsewhere = [];
  for (let from = 1; from < steps.length && !elsewhere.length; from++) {
    const [head, rest] = [steps.slice(0, from), steps.slice(from)];
    for (const { clause, cost } of resolve(policy, rest).slice(0, 3)) {
      if (cost < OMITTED + 2) {
        elsewhere.push([clause, called(rest) + where(clause) + "，不在" + called(head)]);
      }
    }
    if (head.every((step) => ["编", "章", "节", "部分"].includes(step.unit || ""))) {
      elsewhere.splice(0).forEach(([clause, reason]) => add(clause, reason));
    }
    if (found.length) break;
  }
  // The same number, called otherwise: 第五十项, where there is 第五十条.
  if (steps.length === 1 && steps[0].number !== null && steps[0].unit) {
    /** @type {Step} */
    const other = { ...steps[0], unit: null, style: "number" };
    for (const { clause, cost } of resolve(policy, [other]).slice(0, 1)) {
      if (cost <= 2) add(clause, "没有" + called(steps) + "，有" + clause.path);
    }
  }
  // As far as the path goes, and what is counted there.
  let known = steps.length - 1;
  let top = null;
  while (known > 0 && !top) {
    const heads = resolve(policy, steps.slice(0, known));
    if (heads.length && (heads.length === 1 || heads[0].cost < heads[1].cost)) top = heads[0].clause;
    else known--;
  }
  const step = steps[known];
  for (const one of neighbours(policy, steps.slice(0, known), step, top)) add(one.clause, one.reason);
  if (top) add(top, top.path + "没有" + called([step]));
  elsewhere.forEach(([clause, reason]) => add(clause, reason));
  return found.slice(0, NEAR);
}

/** @param {Clause} clause */
function where(clause) {
  for (let one = clause.above; one; one = one.above) {
    if (/[编章节条分件]$|^附件/.test(one.path)) return "在" + one.path;
  }
  return "另有一处";
}

/**
 * The clauses of the same sort that stand by the number of a step: the last one, or those before and after.
 * @param {Clauses} policy
 * @param {Step[]} head
 * @param {Step} step
 * @param {Clause | null} top
 * @returns {Near[]}
 */
function neighbours(policy, head, step, top) {
  const found = resolve(policy, head.concat(step), true);
  if (!found.length || step.number === null) return [];
  /** @param {{ numbers: number[], insertion: number | null }} link */
  const order = (link) => link.numbers[0] + (link.insertion || 0) / 1000;
  /** @param {{ clause: Clause }} one */
  const place = (one) => policy.clauses.indexOf(one.clause);
  const same = found.filter((one) => one.cost <= found[0].cost + 0.5);
  same.sort((a, b) => order(a.link) - order(b.link) || place(a) - place(b));
  const wanted = order({ numbers: [step.number], insertion: step.insertion });
  const before = same.filter((one) => order(one.link) < wanted).pop();
  const after = same.find((one) => order(one.link) > wanted);
  /**
   * @param {string} word
   * @param {{ clause: Clause, link: ChainLink }} one
   */
  const entry = (word, { clause, link }) => ({
    clause,
    reason: (top ? top.path : "") + "没有" + called([step]) + "，" +
      word + measure(link) + "是" + clause.path + (link.kind === null ? "第一" + link.unit : ""),
  });
  if (!after) return before ? [entry("最后一", before)] : [];
  return (before ? [entry("前一", before)] : []).concat(entry("后一", after));
}

/** @param {ChainLink} link */
function measure(link) {
  if (link.unit === "item") return "个";
  return ["部分", "表", "组"].includes(link.unit) ? "个" + link.unit : link.unit;
}

/**
 * What a policy has instead of an anchor that it has not.
 * @param {Clauses} policy
 * @param {string} anchor
 * @returns {Near[]}
 */
export function nearAnchors(policy, anchor) {
  /** @type {Near[]} */
  const found = [];
  /**
   * @param {Clause | null | undefined} clause
   * @param {string} reason
   */
  const add = (clause, reason) => {
    if (clause && !found.some((one) => one.clause === clause)) found.push({ clause, reason });
  };
  const heads = anchor.split("__");
  const last = heads[heads.length - 1];
  const missing = "没有锚点 " + anchor;
  for (const clause of policy.clauses) {
    if (clause.anchor === last || clause.anchor.endsWith("__" + last)) {
      add(clause, missing + "，有 " + clause.anchor);
    }
    if (found.length >= 3) break;
  }
  let known = heads.length - 1;
  /** @param {string} head */
  const leads = (head) =>
    policy.byAnchor.has(head) || policy.clauses.some((one) => one.anchor.startsWith(head + "__"));
  while (known > 0 && !leads(heads.slice(0, known).join("__"))) known--; // of a table without a head there are rows only
  const head = heads.slice(0, known).join("__");
  const [, name, number] = /^([a-z]+)_(\d+)/.exec(heads[known]) || [null, "", "0"];
  const prefix = (head ? head + "__" : "") + name + "_";
  /** @param {string} other */
  const beside = (other) => other.startsWith(prefix) && !other.slice(prefix.length).includes("__");
  const same = policy.clauses.filter((clause) => beside(clause.anchor));
  const before = same.filter((clause) => clause.numbers[0] < Number(number)).pop();
  const after = same.find((clause) => clause.numbers[0] > Number(number));
  if (before) add(before, missing + (after ? "，前一个是 " : "，最后一个是 ") + before.anchor);
  if (after) add(after, missing + "，后一个是 " + after.anchor);
  if (head) add(policy.byAnchor.get(head), missing + "，上一级是 " + head);
  return found.slice(0, NEAR);
}
