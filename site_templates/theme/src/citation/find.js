/**
 * Finds what a citation leads to, with everything else that it could mean: 营口方案第35项,
 * 《贵州省优化营商环境条例》第五十条第二款, 营政办发〔2020〕14号, policies/x.html#subpara_2.
 *
 * Pure functions on values: `find` says which clauses it needs, and the page that calls it loads them.
 */

import { addresses } from "./addresses.js";
import { fromLinks } from "./by-address.js";
import { fromWords } from "./by-words.js";
import { isSame, LISTED, outcome, unique } from "./outcome.js";
import { pieces } from "./pieces.js";

/** @import { Clauses, Finder, Index, Outcome, Target } from "./types.d.ts" */

const LONGEST = 10000; // characters of a text that are read

/**
 * What a text leads to. `loaded`: the prepared clauses of policies, by id; the outcome says which others it needs.
 * @param {Index} index
 * @param {string} text
 * @param {Map<string, Clauses>} loaded
 * @returns {Outcome}
 */
export function find(index, text, loaded) {
  /** @type {Finder} */
  const finder = {
    index,
    need: new Set(),
    asked: new Set(),
    clauses(policy) {
      finder.asked.add(policy);
      if (!loaded.has(policy.record.id)) finder.need.add(policy.record.id);
      return loaded.get(policy.record.id) || null;
    },
  };
  const cut = text.slice(0, LONGEST);
  const { links, words } = addresses(cut, (id) => index.byId.has(id));
  const asked = pieces(words);
  if (!links.length && !asked.length) return outcome("empty");
  const found = links.length ? fromLinks(finder, links, asked) : fromWords(finder, asked);
  /** @param {Target} one */
  const isHit = (one) => found.hits.some((hit) => isSame(hit, one));
  found.hits = unique(found.hits).slice(0, LISTED);
  found.near = unique(found.near).filter((one) => !isHit(one)).slice(0, LISTED);
  if (text.length > LONGEST) found.words = "文字太长，只读了前 " + LONGEST + " 个字。";
  return Object.assign(found, { need: Array.from(finder.need) });
}
