/** The clauses that a path may mean, by what each departure from the cited form costs. */

/** @import { ChainLink, Clause, Clauses, Followed, Path, Step } from "./types.d.ts" */

const LISTED = 50; // clauses of a range

/** What it costs that a citation leaves out a step that it should have. */
export const OMITTED = 4;
// What other departures from the cited form cost. A path that costs less is the better reading.
const COST = { needless: 1, bracket: 2, unbracketed: 1, numeral: 0.5, circled: 1, label: 3 };

// Where a policy has nothing called 条, 第三十五条 is what it numbers through, and so on: what stands in, at what cost.
const MEASURES = ["条", "项", "点", "款", "目", "小点"];

/**
 * What it costs to take a link for what a step names; Infinity where it cannot be. `free`: of any number.
 * @param {Step} step
 * @param {ChainLink} link
 * @param {Set<string>} units
 * @param {boolean} free
 * @returns {number}
 */
function fitStep(step, link, units, free) {
  if (!free) {
    if (step.number !== null && !link.numbers.includes(step.number)) return Infinity;
    if (step.insertion !== link.insertion) return Infinity;
  }
  if (step.word !== null) {
    if (link.unit !== "item") return Infinity;
    return step.word === link.word || (step.number === null && free) ? 0 : Infinity;
  }
  if (step.style) {
    if (step.style === link.style) {
      return step.style === "bracket" && step.han !== link.han ? COST.numeral * 3 : 0;
    }
    if (step.style === "number") return substitute("条", link) - 1;
    if (!link.style && link.unit !== "item") return Infinity;
    const printed = step.style === "circled" ? "circled" : step.bracket ? "bracket" : "plain";
    return printed === link.printed ? COST.label / 2 : COST.label;
  }
  const unit = step.unit || "";
  if (unit !== link.unit) return units.has(unit) ? Infinity : substitute(unit, link);
  if (!link.style) return link.instead || 0;
  let cost = step.han === link.han ? 0 : COST.numeral;
  if (link.printed === "circled") cost += COST.circled;
  else if (step.bracket !== (link.printed === "bracket")) {
    cost += step.bracket ? COST.bracket : COST.unbracketed;
  }
  return cost;
}

/**
 * What it costs that a policy has no such unit and this link stands in for it.
 * @param {string} unit
 * @param {ChainLink} link
 */
function substitute(unit, link) {
  if (MEASURES.includes(unit)) {
    if (!link.numbers || ["章", "编", "段", "附件", "印发通知", "表", "组", "行"].includes(link.unit)) {
      return Infinity;
    }
    if (link.kind === "article") return 1;
    if (link.kind === "section") return 2.5;
    if (link.runs) return link.kind === "subparagraph" ? 1 : 1.5;
    return 3;
  }
  if (["编", "章", "部分"].includes(unit)) return ["编", "章", "部分"].includes(link.unit) ? 1 : Infinity;
  if (unit === "节") return link.kind === "section" ? 1 : link.kind === "paragraph" ? 2 : Infinity;
  return Infinity;
}

/**
 * What it costs to read steps as this chain, its first link for the last step.
 * @param {Step[]} steps
 * @param {ChainLink[]} chain
 * @param {Set<string>} units
 * @param {boolean} free
 */
function fitChain(steps, chain, units, free) {
  const own = fitStep(steps[steps.length - 1], chain[0], units, free);
  return own === Infinity ? own : own + fitAbove(steps.length - 2, 1);

  /**
   * @param {number} at the step
   * @param {number} from the link
   * @returns {number}
   */
  function fitAbove(at, from) {
    if (at < 0) return OMITTED * chain.slice(from).filter((link) => link.cited).length;
    let best = Infinity;
    let omitted = 0;
    for (let place = from; place < chain.length; place++) {
      const link = chain[place];
      const cost = fitStep(steps[at], link, units, false);
      if (cost < Infinity) {
        const needless = link.cited || ["编", "章", "节"].includes(link.unit) ? 0 : COST.needless;
        best = Math.min(best, omitted + cost + needless + fitAbove(at - 1, place + 1));
      }
      if (link.cited) omitted += OMITTED;
    }
    return best;
  }
}

/**
 * The clauses that steps can mean, the likeliest first; `link`: what the last step names.
 * @param {Clauses} policy
 * @param {Step[]} steps
 * @param {boolean} [free]
 * @returns {{ clause: Clause, link: ChainLink, cost: number }[]}
 */
export function resolve(policy, steps, free = false) {
  const best = new Map();
  for (const { clause, chain } of policy.lines) {
    const cost = fitChain(steps, chain, policy.units, free);
    if (cost === Infinity || (best.has(clause) && best.get(clause).cost <= cost)) continue;
    best.set(clause, { clause, link: chain[0], cost });
  }
  return Array.from(best.values()).sort((a, b) => a.cost - b.cost);
}

/**
 * What one path means in a policy: {state: ok, several or missing, clauses, others, cost}.
 * @param {Clauses} policy
 * @param {Path} path
 * @returns {Followed}
 */
export function follow(policy, path) {
  const found = resolve(policy, path.steps);
  if (!found.length) return { state: "missing", clauses: [], others: [], cost: Infinity };
  const [{ cost }] = found;
  const best = found.filter((one) => one.cost === cost).map((one) => one.clause);
  const limit = cost ? cost + 2 : 1;
  const others = found.filter((one) => one.cost > cost && one.cost <= limit).map((one) => one.clause);
  if (best.length > 1) return { state: "several", clauses: best, others, cost };
  if (!path.to) return { state: "ok", clauses: best, others, cost };
  const end = follow(policy, { steps: path.to, to: null });
  if (end.state !== "ok") return { state: "ok", clauses: best, others, cost, broken: path.to };
  const places = [best[0], end.clauses[0]].map((clause) => policy.clauses.indexOf(clause)).sort((a, b) =>
    a - b
  );
  /** @param {Clause} clause */
  const level = (clause) => clause.kind + clause.anchor.split("__").length;
  const between = policy.clauses.slice(places[0], places[1] + 1).filter((clause) =>
    level(clause) === level(best[0])
  );
  return { state: "ok", clauses: between.slice(0, LISTED), others, cost };
}
