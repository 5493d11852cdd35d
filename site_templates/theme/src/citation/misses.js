/** Where no clause is found, or more than one: what comes nearest, and why it is not what was asked for. */

import { follow } from "./follow.js";
import { isWithin } from "./likeness.js";
import { called, nearClauses, wide } from "./near.js";
import { amongAll, named, NOTHING, outcome, target } from "./outcome.js";
import { forms, rank, similar } from "./policies.js";

/** @import { Clauses, Finder, Policy, PolicyName, Reading, Step, Way } from "./types.d.ts" */

/** So many policies' clauses are asked for at a time. */
export const CANDIDATES = 5;
/** So many policies at most are searched for a path or an anchor without a name. */
export const ALL = 50;

/**
 * The outcome where a name is known but its path leads to no clause, or to several.
 * @param {Finder} finder
 * @param {Way[]} ways
 */
export function unresolved(finder, ways) {
  /** @param {Way} way */
  const several = (way) => Number(way.state === "several");
  ways.sort((a, b) => several(b) - several(a) || a.cost - b.cost || a.ranked[0].cost - b.ranked[0].cost);
  const [best] = ways;
  const [path] = best.reading.paths;
  const text = called(path.steps);
  const facts = { policy: best.policy, path: true, title: true, complete: true, rest: "" };
  const same = ways.filter((way) => way.reading === best.reading);
  if (best.state === "several") {
    const reason = "引文没有写明在哪一部分、哪一款";
    const hits = same.filter(several)
      .flatMap((way) => way.paths[0].clauses.map((clause) => target(way.policy, clause, { reason })));
    return outcome(
      "several",
      Object.assign(facts, { hits, words: text + "有 " + hits.length + " 处，请选择。" }),
    );
  }
  const each = same.length > 1 ? 2 : 6;
  const near = same.flatMap((way) => nearTargets(way.policy, way.clauses, path.steps).slice(0, each));
  const others = best.reading.policy ? similar(finder.index, best.reading.policy) : [];
  for (const { policy } of others.slice(0, CANDIDATES - same.length)) {
    const clauses = same.some((way) => way.policy === policy) ? null : finder.clauses(policy);
    const found = clauses && follow(clauses, path);
    if (found && found.state === "ok") {
      near.push(target(policy, found.clauses[0], { reason: "名称相近的政策有" + text }));
    }
  }
  for (const way of same) near.push(target(way.policy, null));
  const who = same.length > 1 ? "名称相符的政策都" : named(best.policy);
  return outcome("near", Object.assign(facts, { near, words: who + "没有" + text + "。" }));
}

/**
 * @param {Policy} policy
 * @param {Clauses | null} clauses
 * @param {Step[]} steps
 */
export function nearTargets(policy, clauses, steps) {
  return clauses
    ? nearClauses(clauses, steps).map(({ clause, reason }) => target(policy, clause, { reason }))
    : [];
}

/**
 * The policies with names like the one that no policy bears, and the path in them.
 * @param {Finder} finder
 * @param {Reading[]} ways
 */
export function byLikeness(finder, ways) {
  /** @type {{ reading: Reading, alike: ReturnType<typeof similar>, form: PolicyName } | null} */
  let best = null;
  for (const reading of [ways[0], ways[ways.length - 1]]) {
    if (!reading || !reading.policy) continue;
    for (const form of forms(reading.policy).slice(0, 4)) {
      const alike = similar(finder.index, form);
      if (alike.length && (!best || alike[0].share > best.alike[0].share)) best = { reading, alike, form };
    }
  }
  // Words that are no citation at all (开办企业) are like some name, too.
  const plain = best && best.form.title === null && !best.form.number && !best.reading.paths.length;
  if (!best || (plain && best.alike[0].share < 0.7)) {
    const cites = ways.some(({ paths, policy }) => paths.length || (policy && policy.title));
    return cites ? outcome("nothing", { words: NOTHING }) : null;
  }
  const [path] = best.reading.paths;
  const near = [];
  for (const { policy } of best.alike) {
    const clauses = path && finder.clauses(policy);
    const found = clauses && follow(clauses, path);
    const clause = found && found.state === "ok" ? found.clauses[0] : null;
    const missing = path && clauses && !clause ? "，没有" + called(path.steps) : "";
    near.push(target(policy, clause, { reason: unlike(policy, best.form) + missing }));
  }
  const name = best.form.title === null ? best.form.text : best.form.text.replace(/^.*[,。;:]/, "");
  return outcome("near", { near, words: "没有收录“" + wide(name.slice(0, 40)) + "”。", path: Boolean(path) });
}

/**
 * Why a policy is only like the name.
 * @param {Policy} policy
 * @param {PolicyName} name
 */
function unlike(policy, name) {
  if (policy.number && name.number && isWithin(name.key, policy.number.prefix)) {
    return "文号是" + policy.record.number;
  }
  const bears = rank({ policies: [policy] }, Object.assign({}, name, { years: [], number: null })).length;
  if (bears && name.years.length && policy.years.length) return "名称相符，年份是" + policy.years[0] + "年";
  return bears && policy.number ? "名称相符，文号是" + policy.record.number : "名称相近";
}

/**
 * A path without a name: every policy that has it, where there are few enough to look at.
 * @param {Finder} finder
 * @param {Reading} reading
 */
export function withoutName(finder, reading) {
  const { policies } = finder.index;
  const text = called(reading.paths[0].steps);
  if (policies.length > ALL) {
    return outcome("nothing", { words: "请在“" + text + "”前面写上政策的名称或文号。" });
  }
  const found = [];
  for (const policy of policies) {
    const clauses = finder.clauses(policy);
    const one = clauses && follow(clauses, reading.paths[0]);
    if (one && one.state === "ok") found.push({ cost: one.cost, hit: target(policy, one.clauses[0]) });
  }
  return amongAll(found, text);
}
