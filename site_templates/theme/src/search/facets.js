/** Results narrowed down to indicators, places, years. */

import { index, part } from "./files.js";
import { numbers } from "./numbers.js";

/** @import { Index } from "./files.js" */
/** @typedef {Record<string, Map<string, number>>} Counts of each facet, how many documents each value would leave */
/** @typedef {{ name: string, owner: Int32Array, values: string[][] }} Facet */
/**
 * @typedef {object} Facts search/facts.js
 * @property {[name: string, around: number][]} places
 * @property {[place: number, level: number, genre: number, year: number | null][]} policies
 * @property {[indicators: number[], committed: number][]} sorts
 * @property {string[]} levels
 * @property {string[]} genres
 * @property {string} documents
 */

/**
 * Narrow documents down to the chosen values: {indicator, place, level, year, genre, commitment}, each an array of
 * values; within one any will do, and all must hold. Returns {documents, counts}: counts[name] is a Map from each
 * value to how many documents it would leave, the other choices being as they are. A place counts for those around
 * it: 辽宁省 for 辽宁省/营口市. A policy has no indicator and no commitment.
 * @param {Int32Array} documents
 * @param {Record<string, string[]>} chosen
 * @returns {Promise<{ documents: Int32Array, counts: Counts }>}
 */
export async function narrow(documents, chosen) {
  const [read, facts] = await Promise.all([index(), part("facts")]);
  const facets = facetsOf(read, facts);
  const missed = facets.map(({ name, values }) => {
    const wanted = new Set(chosen[name] || []);
    return values.map((own) => wanted.size > 0 && !own.some((value) => wanted.has(value)));
  });
  const tallies = facets.map(({ values }) => new Int32Array(values.length));
  const kept = documents.filter((document) => {
    const misses = facets.filter(({ owner }, n) => missed[n][owner[document]]);
    if (misses.length > 1) return false;
    facets.forEach((facet, n) => {
      if (!misses.length || misses[0] === facet) tallies[n][facet.owner[document]]++;
    });
    return !misses.length;
  });
  /** @type {Counts} */
  const counts = {};
  facets.forEach(({ name, values }, n) => {
    counts[name] = new Map();
    tallies[n].forEach((count, owner) => {
      for (const value of count ? values[owner] : []) {
        counts[name].set(value, (counts[name].get(value) || 0) + count);
      }
    });
  });
  return { documents: kept, counts };
}

/**
 * The facets: owner[document] is the number of its policy, or of its sort, and values[owner] are the values.
 * @param {Index} read
 * @param {Facts} facts
 * @returns {Facet[]}
 */
function facetsOf(read, facts) {
  const places = placeNames(facts.places);
  /** @param {string | number | null | undefined} value */
  const known = (value) => (value === undefined || value === null ? [""] : [String(value)]);
  /**
   * @param {string} name
   * @param {(policy: Facts["policies"][0]) => string[]} valuesOf
   */
  const ofPolicies = (name, valuesOf) => ({
    name,
    owner: read.policyOf,
    values: facts.policies.map(valuesOf),
  });
  const sorts = numbers(facts.documents);
  /**
   * @param {string} name
   * @param {(sort: Facts["sorts"][0]) => string[]} valuesOf
   */
  const ofSorts = (name, valuesOf) => ({ name, owner: sorts, values: facts.sorts.map(valuesOf) });
  return [
    ofSorts("indicator", ([indicators]) => indicators.map((n) => read.indicators[n][0])),
    ofPolicies("place", ([place]) => places[place] || [""]),
    ofPolicies("level", ([, level]) => known(facts.levels[level])),
    ofPolicies("year", ([, , , year]) => known(year)),
    ofPolicies("genre", ([, , genre]) => known(facts.genres[genre])),
    ofSorts("commitment", ([, committed]) => (committed ? ["1"] : [])),
  ];
}

/**
 * For each place its own path and those of the places around it: [辽宁省/营口市, 辽宁省].
 * @param {Facts["places"]} places
 */
function placeNames(places) {
  /** @type {string[][]} */
  const names = [];
  for (const [name, around] of places) {
    names.push(around < 0 ? [name] : [names[around][0] + "/" + name, ...names[around]]);
  }
  return names;
}
