/**
 * What the search shows, in the header's box and on its page alike: a result in lines, what is said of a count. Text of a
 * policy is data: it reaches the page through text nodes only.
 */

import { element } from "../lib/dom.js";
import { base } from "../lib/site.js";
import { body, mark, plain, snippet } from "./snippets.js";

/** @import { Child, Part } from "../lib/types.d.ts" */
/** @import { Found, Result } from "./engine.js" */

/**
 * The parts of a text, as it is read: those that are marked in <mark>.
 * @param {Part[]} parts
 */
function marked(parts) {
  return parts.map(({ text, marked }) => (marked ? element("mark", "", text) : plain(text)));
}

/**
 * “A · B · C”: a line of facts, each in parts or a plain string, those that are unknown left out.
 * @param {string} className
 * @param {(string | null | undefined | 0 | Child[])[]} values
 */
function facts(className, values) {
  const line = element("span", className);
  for (const value of values) {
    if (!value || !value.length) continue;
    if (line.hasChildNodes()) line.append(" · ");
    line.append(element("span", "", ...(typeof value === "string" ? [value] : value)));
  }
  return line;
}

/**
 * 讨论稿, 已废止: what a reader must know before reading on. Nothing for a policy in force.
 * @param {Result["policy"]} policy
 */
function status(policy) {
  return policy.status && policy.status !== "正式"
    ? [element("span", "search__status-badge", policy.status)]
    : null;
}

/**
 * A result as lines: where, title, text. `grouped`: the policy is named above.
 * @param {Result} result
 * @param {string[]} terms
 * @param {boolean} [grouped]
 */
export function lines({ policy, clause }, terms, grouped) {
  const year = policy.year && policy.year + " 年";
  if (!clause) {
    return [
      facts("search__where", ["政策", policy.place, year, status(policy)]),
      element("span", "search__title", ...marked(mark(policy.name, terms))),
      facts("search__text", [
        policy.number && marked(mark(policy.number, terms)),
        policy.issuer && marked(mark(policy.issuer, terms)),
      ]),
    ].filter((line) => line.hasChildNodes());
  }
  const path = clause.path &&
    element("span", clause.title ? "search__path" : "", ...marked(mark(clause.path, terms)));
  return [
    grouped ? null : facts("search__where", [policy.name, policy.place, year, status(policy)]),
    element("span", "search__title", path, ...marked(mark(clause.title || "", terms))),
    element("span", "search__text", ...marked(snippet(body(clause), terms))),
    facts("search__indicators", clause.indicators.map(([, name]) => name)),
  ].filter((line) => line !== null && line.hasChildNodes());
}

/**
 * A link to a result; the query goes with it, for marks.js to mark its terms there.
 * @param {{ url: string }} record
 * @param {string} query
 * @param {string} className
 * @param {...Child} children
 */
export function link(record, query, className, ...children) {
  const made = element("a", className, ...children);
  const [page, anchor] = record.url.split("#");
  made.href = base + "/" + page + (anchor ? "?" + new URLSearchParams({ q: query }) + "#" + anchor : "");
  return made;
}

/**
 * The address of the search page for a query.
 * @param {string} query
 */
export function pageFor(query) {
  return base + "/search.html?" + new URLSearchParams({ q: query });
}

/**
 * What was found, in words: for the eye, and for a screen reader that hears it.
 * @param {Found} found
 */
export function message({ terms, clauses, policies, direct }) {
  const counts = [];
  if (direct.length) counts.push(direct.length + " 条与编号对应");
  if (policies.length) counts.push(policies.length + " 份政策");
  if (clauses.length) counts.push(clauses.length + " 条条文");
  if (counts.length) return "找到 " + counts.join("，");
  const quoted = terms.map((term) => "“" + term + "”").join("和");
  if (!terms.length) return "请至少输入一个要找的词；减号只表示不要的词。";
  return terms.length === 1 ? "没有含有" + quoted + "的条文。" : "没有同时含有" + quoted + "的条文。";
}
