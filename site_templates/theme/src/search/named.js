/** A clause that a query names by policy and number: 营口 35; 贵州 第五十条. */

import { HAN, toNumber } from "../lib/numerals.js";
import { part } from "./files.js";
import { documentsOf } from "./numbers.js";
import { match, rank } from "./ranking.js";

/** @import { Index } from "./files.js" */

const NUMERAL = "([0-9]+|[" + HAN + "]+)(?:之([0-9]+|[" + HAN + "]+))?";
const NUMBERED = new RegExp("^(?:(第)?" + NUMERAL + "(编|章|条|项|部分|[.、])?|(附件)" + NUMERAL + ")$");
const CITED = new RegExp("^(.+?)(第" + NUMERAL + "(?:条|章|编)(?:之[0-9" + HAN + "]+)?)$");
// The anchors a unit may mean (CONTRACT.md, Anchors), the likeliest first.
/** @type {Record<string, string[]>} */
const MEANT = {
  编: ["part"],
  章: ["chp"],
  部分: ["sec"],
  附件: ["att"],
  项: ["subpara", "point", "para", "sec"],
  "、": ["sec", "subpara"],
};

const ANY = ["art", "subpara", "sec", "para", "point"];

/**
 * The anchors that a term may mean: 第三十五条 is art_35, or else subpara_35 … Empty for a term that is no number.
 * @param {string} term folded
 * @returns {string[]}
 */
export function anchorsOf(term) {
  const [, ordinal, plain, after, unit, attachment, attached, insertion] = term.match(NUMBERED) || [];
  const numeral = plain || attached;
  if (!numeral || (!ordinal && !unit && !attachment && /\D/.test(numeral))) return [];
  const [number, further] = [toNumber(numeral), after || insertion ? toNumber(after || insertion) : 0];
  if (number === null || further === null) return [];
  return (MEANT[unit || attachment] || ANY).map((kind) =>
    kind + "_" + number + (further ? "-" + further : "")
  );
}

/**
 * A query as the name of a policy and a number in it: {name: terms, anchors}, or null.
 * @param {string[]} terms
 * @returns {{ name: string[], anchors: string[] } | null}
 */
function citation(terms) {
  if (terms.length === 1) {
    const cited = terms[0].match(CITED);
    const name = cited && cited[1].replace(/[《》〈〉]/g, "");
    return cited && name ? { name: [name], anchors: anchorsOf(normal(cited[2])) } : null;
  }
  const numbered = terms.filter((term) => anchorsOf(normal(term)).length);
  if (numbered.length !== 1) return null;
  return { name: terms.filter((term) => term !== numbered[0]), anchors: anchorsOf(normal(numbered[0])) };
}

/**
 * 第十五条之一 as it is written with the unit last: 第十五之一条.
 * @param {string} term
 */
function normal(term) {
  return term.replace(/(编|章|条)(之.+)$/, "$2$1");
}

/**
 * The clauses that a query names, by the rank of their policies.
 * @param {string[]} terms
 * @param {Index} read
 * @returns {Promise<number[]>}
 */
export async function named(terms, read) {
  const meant = citation(terms);
  if (!meant || !meant.anchors.length) return [];
  const [matched, lists] = await Promise.all([match(meant.name, []), part("anchors")]);
  const heads = rank(matched, meant.name, read).filter((one) => read.starts[read.policyOf[one]] === one);
  const known = meant.anchors.filter((anchor) => lists[anchor]).map((anchor) => documentsOf(lists[anchor]));
  /** @param {number} head */
  const clauseOf = (head) => {
    const stop = read.starts[read.policyOf[head] + 1];
    for (const documents of known) {
      const found = documents.find((document) => document > head && document < stop);
      if (found) return found;
    }
    return 0;
  };
  return Array.from(heads, clauseOf).filter(Boolean);
}
