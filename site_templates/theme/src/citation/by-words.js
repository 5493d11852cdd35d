/** What words lead to. */

import { follow } from "./follow.js";
import { byLikeness, CANDIDATES, nearTargets, unresolved, withoutName } from "./misses.js";
import { masked, titles } from "./names.js";
import { called } from "./near.js";
import { NOTHING, outcome, target } from "./outcome.js";
import { readings } from "./pieces.js";
import { rank, untrailed } from "./policies.js";
import { scan } from "./steps.js";
import { bare } from "./text.js";

/** @import { Candidate, Clause, Finder, Group, Outcome, Policy, Ranked, Target, Way } from "./types.d.ts" */

const PIECES = 20; // citations in one text
const LOADED = 12; // policies looked into, after which no further citation of a text is

/**
 * What words lead to, in pieces of one citation each (`pieces`).
 * @param {Finder} finder
 * @param {string[]} asked
 * @returns {Outcome}
 */
export function fromWords(finder, asked) {
  const known = asked.length > 1 && titles(asked.join("")).length < 2 ? whole(finder, asked.join("")) : null;
  if (known) return known;
  const found = [];
  /** @type {Policy | null} */
  let policy = null; // that of the piece before, for a piece that is a path and nothing else
  for (const queue = asked.slice(); queue.length && found.length < PIECES && finder.asked.size <= LOADED;) {
    const one = fromPiece(finder, queue.shift() || "", policy);
    if (!one) continue;
    found.push(one);
    if (one.policy) policy = one.policy;
    if (one.rest) queue.unshift(one.rest);
  }
  if (found.length < 2) return found[0] || outcome("nothing", { words: NOTHING });
  // Several citations, or citations among other words: what leads to a clause counts first.
  const clear = found.filter((one) => one.state === "found");
  const cited = clear.filter((one) => one.path || one.title);
  if (!clear.length) {
    return found.find((one) => one.state === "several") || found.find((one) => one.near.length) || found[0];
  }
  const used = cited.length ? cited : clear.slice(0, 1);
  const missed = found.filter((one) => one.state !== "found" && one.policy && one.path);
  return outcome("found", {
    hits: used.filter((one) => one.path).concat(used.filter((one) => !one.path)).flatMap((one) => one.hits),
    near: used.concat(missed)
      .flatMap((one) => (one.state === "several" ? one.hits.concat(one.near) : one.near)),
    sure: !missed.length && used.every((one) => one.sure),
  });
}

/**
 * A citation that line breaks or 。 cut in pieces: the outcome of the whole, if it is one citation to its end.
 * @param {Finder} finder
 * @param {string} piece
 * @returns {Outcome | null}
 */
function whole(finder, piece) {
  const one = fromPiece(finder, piece, null);
  return one && one.state === "found" && one.path && one.complete ? one : null;
}

/**
 * What one piece of text leads to, or null where it says nothing of a policy or a path.
 * @param {Finder} finder
 * @param {string} piece
 * @param {Policy | null} inherited
 * @returns {Outcome | null}
 */
export function fromPiece(finder, piece, inherited) {
  const { index } = finder;
  const ways = readings(piece);
  const candidates = [];
  for (const reading of ways) {
    if (!reading.policy) continue;
    const ranked = rank(index, reading.policy, reading.whole);
    if (ranked.length) candidates.push({ reading, ranked: group(ranked) });
  }
  if (candidates.length) return decide(finder, fewest(candidates), false);
  const alone = ways.find((reading) => !reading.policy && reading.paths.length);
  if (!alone || bare(untrailed(alone.rest))) return byLikeness(finder, ways);
  if (!inherited) return withoutName(finder, alone);
  return decide(
    finder,
    [{ reading: alone, ranked: group([{ policy: inherited, cost: 0, note: null }]) }],
    true,
  );
}

/**
 * The readings with the five likeliest policies of them all; the rest of each group goes to its `left`.
 * @param {Candidate[]} candidates
 * @returns {Candidate[]}
 */
function fewest(candidates) {
  const all = candidates.flatMap(({ ranked }) => ranked).sort((a, b) => a.cost - b.cost);
  const kept = new Set(Array.from(new Set(all.map((one) => one.policy))).slice(0, CANDIDATES));
  /** @param {Ranked} one */
  const isKept = (one) => kept.has(one.policy);
  return candidates.filter(({ ranked }) => ranked.some(isKept)).map(({ reading, ranked }) => ({
    reading,
    ranked: Object.assign(ranked.filter(isKept), {
      left: ranked.filter((one) => !isKept(one)).concat(ranked.left),
    }),
  }));
}

/**
 * The policies that a name means about equally well, five at most.
 * @param {Ranked[]} ranked
 * @returns {Group}
 */
export function group(ranked) {
  const limit = ranked[0].cost <= 1 ? ranked[0].cost : ranked[0].cost + 1;
  const fits = ranked.filter((one) => one.cost <= limit);
  return Object.assign(fits.slice(0, CANDIDATES), { left: fits.slice(CANDIDATES) });
}

/**
 * Weighs the ways to read a piece by the policies and the clauses that they lead to.
 * @param {Finder} finder
 * @param {Candidate[]} candidates
 * @param {boolean} inherits
 * @returns {Outcome}
 */
function decide(finder, candidates, inherits) {
  /** @type {Way[]} */
  const ways = [];
  for (const { reading, ranked } of candidates) {
    for (const { policy, cost, note } of ranked) {
      /** @type {Way} */
      const way = { reading, ranked, policy, cost, note, state: "ok", targets: [], paths: [], clauses: null };
      ways.push(way);
      if (!reading.paths.length) {
        way.targets = [target(policy, null, { note })];
        continue;
      }
      const clauses = finder.clauses(policy);
      if (!clauses) continue;
      way.clauses = clauses;
      way.paths = reading.paths.map((path) => follow(clauses, path));
      const [first] = way.paths;
      way.state = first.state;
      way.cost += first.cost + leftover(reading.rest);
      way.targets = way.paths.filter((one) => one.state === "ok")
        .flatMap((one) => one.clauses).map((clause) => target(policy, clause, { note }));
    }
  }
  if (finder.need.size) return outcome("nothing");
  const ok = ways.filter((way) => way.state === "ok");
  if (!ok.length) return unresolved(finder, ways);
  ok.sort((a, b) => a.cost - b.cost || a.reading.paths.length - b.reading.paths.length);
  const [best] = ok;
  const { paths, rest, policy: name } = best.reading;
  const facts = {
    policy: best.policy,
    path: paths.length > 0,
    title: name !== null && name.title !== null,
    complete: !bare(untrailed(rest)),
    rest: more(finder, best),
  };
  const rivals = ok.filter((way) => way.policy !== best.policy && way.cost <= best.cost + 1);
  if (rivals.length) {
    const { left } = best.ranked;
    return outcome(
      "several",
      Object.assign(facts, {
        hits: [best, ...rivals].flatMap((way) => way.targets),
        near: left.map(({ policy }) => target(policy, null, { reason: "名称也相符" })),
        words: "有 " + (rivals.length + 1 + left.length) + " 份政策的名称与引文相符，请选择。",
      }),
    );
  }
  const near = otherwise(best, ways);
  const alone = best.ranked.length === 1 && !best.ranked.left.length;
  return outcome(
    "found",
    Object.assign(facts, {
      hits: best.targets,
      near,
      sure: !near.length && alone && !inherits && !best.note,
    }),
  );
}

/**
 * What else a piece can mean that has been read one way.
 * @param {Way} best
 * @param {Way[]} ways
 */
function otherwise(best, ways) {
  /** @type {Target[]} */
  const near = [];
  /**
   * @param {Policy} policy
   * @param {(Clause | null)[]} clauses
   * @param {string} reason
   */
  const add = (policy, clauses, reason) =>
    near.push(...clauses.map((clause) => target(policy, clause, { reason })));
  best.reading.paths.forEach((path, place) => {
    const { state, clauses, others, broken } = best.paths[place];
    for (const clause of others) add(best.policy, [clause], "也可能指" + clause.path);
    if (state === "several") add(best.policy, clauses, called(path.steps) + "有几处");
    if (state === "missing" || broken) {
      near.push(...nearTargets(best.policy, best.clauses, broken || path.steps));
    }
  });
  for (const way of ways) {
    if (way === best) continue;
    if (way.state === "ok" && way.cost <= best.cost + 4) {
      add(
        way.policy,
        way.targets.map((one) => one.clause),
        "也可能是这一" + (way.paths.length ? "条" : "份政策"),
      );
    } else if (way.state !== "ok" && way.reading === best.reading) {
      near.push(...nearTargets(way.policy, way.clauses, way.reading.paths[0].steps).slice(0, 1));
    }
  }
  return near;
}

/**
 * What it counts against a reading that words follow its path: much where these go on to name a path themselves.
 * @param {string} rest
 */
function leftover(rest) {
  const words = bare(rest.replace(/^(?:的|之)?(?:规定|要求)?/, ""));
  if (!words || /^[,。;:、)"和与及]/.test(rest)) return 0;
  return scan(masked(rest), 1).length ? 6 : 1;
}

/**
 * A further citation of another policy after the path: 营口方案第35项、贵州条例第五十条.
 * @param {Finder} finder
 * @param {Way} best
 */
function more(finder, best) {
  const rest = best.reading.rest.replace(/^(?:的|规定|、|,|和|与|及|以及|并)+/, "");
  if (rest.length === best.reading.rest.length || !best.reading.paths.length) return "";
  const [next] = readings(rest);
  if (!next || !next.policy || !next.paths.length) return "";
  return rank(finder.index, next.policy).some((one) => one.cost <= 5) ? rest : "";
}
