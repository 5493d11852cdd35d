/** What a query asks for. */

import { fold, SPACES } from "../lib/folding.js";

/**
 * What a query asks for: {terms, excluded}, folded, each once. Terms stand apart by white space; a "phrase" in
 * straight quotes is one term, white space and all; so is a “phrase” in curly ones that has white space, for
 * without any they are text like the rest. -term excludes. A term within another term is left out.
 * @param {string} query
 * @returns {{ terms: string[], excluded: string[] }}
 */
export function parse(query) {
  const words = query.replace(SPACES, " ");
  /** @type {string[]} */
  const terms = [];
  /** @type {string[]} */
  const excluded = [];
  for (const [minus, word] of split(words)) (minus ? excluded : terms).push(fold(word));
  /** @param {string[]} all */
  const once = (all) => Array.from(new Set(all)).filter(Boolean);
  return { terms: withoutParts(once(terms)), excluded: once(excluded) };
}

/**
 * The terms without those that stand within another.
 * @param {string[]} terms
 */
function withoutParts(terms) {
  const lengths = Array.from(new Set(terms.map((term) => term.length)));
  const parts = new Set();
  for (const term of terms) {
    for (const length of lengths) {
      for (let at = 0; length < term.length && at + length <= term.length; at++) {
        parts.add(term.slice(at, at + length));
      }
    }
  }
  return terms.filter((term) => !parts.has(term));
}

/**
 * The words of a query, and what stands in quotes: [whether a minus stands before it, its text]. Linear in the query.
 * @param {string} words
 * @returns {[minus: boolean, text: string][]}
 */
function split(words) {
  /** @type {[minus: boolean, text: string][]} */
  const found = [];
  /** @param {string} character */
  const nextOf = (character) => {
    let next = -1;
    return (/** @type {number} */ from) => {
      if (next < from) next = words.indexOf(character, from);
      if (next < 0) next = words.length; // there is none further on either
      return next;
    };
  };
  const [space, straight, curly] = [" ", '"', "”"].map(nextOf);
  /** @param {number} from */
  const quoted = (from) => {
    const close = words[from] === '"'
      ? straight(from + 1)
      : words[from] === "“"
      ? curly(from + 1)
      : words.length;
    const ends = close < words.length && (close + 1 === words.length || words[close + 1] === " ");
    const says = words[from] === "“" ? space(from + 1) < close : close > from + 1;
    return ends && says ? close : -1;
  };
  for (let at = 0; at < words.length;) {
    if (words[at] === " ") {
      at++;
      continue;
    }
    const minus = words[at] === "-" && at + 1 < words.length && words[at + 1] !== " ";
    const from = minus ? at + 1 : at;
    const close = quoted(from);
    const stop = close < 0 ? space(from) : close + 1;
    found.push([minus, close < 0 ? words.slice(from, stop) : words.slice(from + 1, close)]);
    at = stop;
  }
  return found;
}
