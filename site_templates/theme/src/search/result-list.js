/** Results on the search page: in their order or by policy, the first of them and a button for more. */

import { button, element } from "../lib/dom.js";
import { record } from "./engine.js";
import { index } from "./files.js";
import { lines, link } from "./results.js";

/** @import { Found, Result } from "./engine.js" */

const SHOWN = { direct: 3, policies: 3, results: 20, groups: 10, inGroup: 3 };

/**
 * The results in their order.
 * @param {string} query
 * @param {Found} found
 */
export async function inOrder(query, found) {
  const { terms } = found;
  const direct = found.direct.slice(0, SHOWN.direct);
  /** @param {Result} one */
  const head = (one) => item(one, query, terms, "finder__head");
  const heads = await Promise.all([...direct, ...found.policies.slice(0, SHOWN.policies)].map(record));
  const shown = heads.map(head);
  if (found.policies.length > SHOWN.policies) {
    shown.push(more(found.policies.slice(SHOWN.policies), "份政策", head));
  }
  const clauses = found.clauses.filter((document) => !direct.includes(document));
  /** @param {Result} one */
  const entry = (one) => item(one, query, terms);
  const first = await Promise.all(Array.from(clauses.slice(0, SHOWN.results), record));
  const results = element("ol", "finder__list", ...first.map(entry));
  const rest = clauses.slice(SHOWN.results);
  if (rest.length) results.append(more(rest, "条", entry));
  return shown.length ? [element("ol", "finder__list", ...shown), results] : [results];
}

/**
 * The results by policy, in the order of the first of each.
 * @param {string} query
 * @param {Found} found
 */
export async function byPolicy(query, found) {
  const { policyOf } = await index();
  /** @type {Map<number, number[]>} */
  const documents = new Map();
  for (const document of found.clauses) {
    const policy = policyOf[document];
    const own = documents.get(policy);
    if (own) own.push(document);
    else documents.set(policy, [document]);
  }
  /** @param {number[]} own */
  const section = (own) => group(own, query, found.terms);
  const all = Array.from(documents.values());
  const shown = await Promise.all(all.slice(0, SHOWN.groups).map(section));
  const rest = all.slice(SHOWN.groups);
  return rest.length ? [...shown, moreOf("div", rest, SHOWN.groups, "份政策", section)] : shown;
}

/**
 * @param {number[]} documents of one policy
 * @param {string} query
 * @param {string[]} terms
 */
async function group(documents, query, terms) {
  /** @param {Result} one */
  const entry = (one) => item(one, query, terms, "", true);
  const records = await Promise.all(documents.slice(0, SHOWN.inGroup).map(record));
  const [{ policy, url }] = records;
  const name = link({ url: url.split("#")[0] }, query, "", policy.name);
  const year = policy.year && policy.year + " 年";
  const facts = [policy.place, year, documents.length + " 条"].filter(Boolean).join(" · ");
  const results = element("ol", "finder__list", ...records.map(entry));
  const rest = documents.slice(SHOWN.inGroup);
  if (rest.length) results.append(more(rest, "条", entry));
  const heading = element("h2", "finder__policy", name);
  return element("section", "finder__group", heading, element("p", "search__where", facts), results);
}

/**
 * @param {Result} one
 * @param {string} query
 * @param {string[]} terms
 * @param {string} [className]
 * @param {boolean} [grouped]
 */
function item(one, query, terms, className, grouped) {
  return element("li", className, link(one, query, "search__result", ...lines(one, terms, grouped)));
}

/**
 * The last entry of a list: a button that puts the next documents in its place, and stays while there are more.
 * @param {Int32Array | number[]} documents
 * @param {string} unit
 * @param {(one: Result) => HTMLElement} make
 */
function more(documents, unit, make) {
  return moreOf(
    "li",
    Array.from(documents),
    SHOWN.results,
    unit,
    async (document) => make(await record(document)),
  );
}

/**
 * @template What
 * @template {"li" | "div"} Tag
 * @param {Tag} tag
 * @param {What[]} all
 * @param {number} step
 * @param {string} unit
 * @param {(one: What) => Promise<HTMLElement>} make
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function moreOf(tag, all, step, unit, make) {
  let left = all;
  const made = button("finder__button", "", async () => {
    const next = await Promise.all(left.slice(0, step).map(make));
    left = left.slice(step);
    holder.before(...next);
    const first = next[0].querySelector("a");
    if (first) first.focus({ preventScroll: true });
    if (left.length) label();
    else holder.remove();
  });
  const label = () => {
    made.textContent = "再列 " + Math.min(step, left.length) + " " + unit + "（还有 " + left.length + " " +
      unit + "）";
  };
  const holder = element(tag, "finder__more", made);
  label();
  return holder;
}
