/** What a text leads to: targets, and words for the reader. */

/** @import { Clause, Outcome, Policy, Target } from "./types.d.ts" */

export const NOTHING =
  "看不出这是哪一份政策的引文。请写政策的名称或文号，再写第几条、第几项。要按原话查找，请用页首的搜索框。";

/**
 * @param {Outcome["state"]} state
 * @param {Partial<Outcome>} [rest]
 * @returns {Outcome}
 */
export function outcome(state, rest) {
  return Object.assign({ need: [], state, hits: [], near: [], sure: false, words: null }, rest);
}

/**
 * @param {Policy} policy
 * @param {Clause | null} clause
 * @param {Partial<Target>} [more]
 * @returns {Target}
 */
export function target(policy, clause, more) {
  const anchor = clause ? clause.anchor : null;
  return Object.assign({ policy: policy.record, clause, anchor, note: null, reason: null }, more);
}

/** @param {Policy} policy */
export const named = ({ record }) => (record.name.includes("《") ? record.name : "《" + record.name + "》");

/**
 * @param {Target} a
 * @param {Target} b
 */
export const isSame = (a, b) => a.policy === b.policy && a.anchor === b.anchor;

/** @param {Target[]} targets */
export function unique(targets) {
  return targets.filter((one, place) => targets.findIndex((other) => isSame(one, other)) === place);
}

/** So many targets of each sort are shown. */
export const LISTED = 50;

/**
 * The outcome where every policy was looked into.
 * @param {{ cost: number, hit: Target }[]} found
 * @param {string} text what was looked for
 */
export function amongAll(found, text) {
  if (!found.length) return outcome("nothing", { words: "没有一份政策有“" + text + "”。" });
  const hits = found.sort((a, b) => a.cost - b.cost).slice(0, LISTED).map((one) => one.hit);
  if (hits.length === 1) return outcome("found", { hits });
  return outcome("several", {
    hits,
    words: found.length + " 份政策有“" + text + "”，请选择，或者在前面写上政策的名称。",
  });
}
