/** The policies that can be chosen, as boxes to tick, by place. */

import { all, element, part } from "../lib/dom.js";
import { fold } from "../lib/folding.js";
import { MOST } from "./choice.js";
import { facts, UNKNOWN } from "./facts.js";

/** @import { PolicyRecord } from "../lib/types.d.ts" */
/** @import { Choice } from "./choice.js" */

/**
 * All policies: the country first, places that are not known last.
 * @param {PolicyRecord[]} policies
 */
export function optionGroups(policies) {
  /** @type {Map<string, PolicyRecord[]>} */
  const groups = new Map();
  for (const policy of policies) {
    const place = policy.where.split("/")[0];
    groups.set(place, [...(groups.get(place) || []), policy]);
  }
  /** @param {string} place */
  const rank = (place) => (place === "全国" ? 0 : place === UNKNOWN ? 2 : 1);
  return Array.from(groups)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([place, own]) => {
      const title = place === UNKNOWN ? "地区" + UNKNOWN : place;
      return element("fieldset", "", element("legend", "", title), ...own.map(option));
    });
}

/** @param {PolicyRecord} policy */
function option(policy) {
  const box = element("input");
  box.type = "checkbox";
  box.value = policy.id;
  const details = [element("small", "", facts(policy)), element("small", "compare-option__count")];
  const label = element("label", "compare-option", box, element("span", "", policy.name, ...details));
  const words = [policy.name, policy.where, policy.number, ...policy.names];
  label.dataset.words = fold(words.filter(Boolean).join(" "));
  return label;
}

/**
 * Bring the boxes up to date with the choice and what is looked for; returns what the reader is told about them.
 * @param {HTMLElement} options
 * @param {Choice} choice
 * @param {string} looked for
 * @param {boolean} relevant only policies with clauses of the chosen indicator
 * @param {(id: string) => number | null} countOf clauses of the chosen indicator; null where none is chosen
 */
export function updateOptions(options, choice, looked, relevant, countOf) {
  const words = fold(looked);
  const full = choice.policies.length >= MOST;
  for (const label of all(options, "label")) {
    const box = part(label, "input", HTMLInputElement);
    const count = countOf(box.value);
    box.checked = choice.policies.includes(box.value);
    box.disabled = full && !box.checked;
    label.hidden = !(label.dataset.words || "").includes(words) || (relevant && !count && !box.checked);
    part(label, ".compare-option__count", HTMLElement).textContent = count === null
      ? ""
      : "本指标 " + count + " 条";
  }
  const groups = all(options, "fieldset");
  for (const group of groups) group.hidden = !group.querySelector("label:not([hidden])");
  if (groups.every((group) => group.hidden)) return "没有符合条件的政策，请放宽条件。";
  return full ? "已选满四份，移除一份才能再选。" : "";
}
