/**
 * The clause search: finds every clause that contains all the terms, exactly. It touches the page in no way but to load
 * the files of the index.
 *
 * A document is a number: policies and their clauses in the order of the corpus, each policy before its clauses.
 */

import { index, part } from "./files.js";
import { named } from "./named.js";
import { parse } from "./query.js";
import { match, rank } from "./ranking.js";

/**
 * @typedef {object} Found documents, best first
 * @property {string[]} terms
 * @property {Int32Array} clauses
 * @property {Int32Array} policies
 * @property {number[]} direct
 */
/**
 * @typedef {object} Result
 * @property {number} [document]
 * @property {{ id: string, name: string, place: string | null, year: number | null, number: string | null,
 *   issuer: string | null, status: string | null }} policy
 * @property {ResultClause | null} clause null for the policy itself
 * @property {string} url seen from the root of the site
 */
/**
 * @typedef {{ anchor: string, path: string, label: string | null, title: string | null, wording: string,
 *   indicators: [id: string, name: string][] }} ResultClause
 */

const LONGEST = 24; // characters of a term that are looked at for a part that finds something

/**
 * Everything a query finds: {terms, clauses, policies, direct}, documents, best first.
 * clauses   exactly those whose title, wording or label have all the terms and none of the excluded
 * policies  those whose title, number, issuer or place have them
 * direct    the clause that the query names by policy and number (营口 35; 贵州 第五十条), one for each policy
 * Without terms it finds nothing, or with `all` every clause.
 * @param {string} query
 * @param {boolean} [all]
 * @returns {Promise<Found>}
 */
export async function find(query, all) {
  const read = await index();
  const { terms, excluded } = parse(query);
  /** @param {number} document */
  const isHead = (document) => read.starts[read.policyOf[document]] === document;
  if (!terms.length) {
    const clauses = all
      ? Int32Array.from(read.policyOf.keys()).filter((one) => !isHead(one))
      : new Int32Array(0);
    return { terms, clauses, policies: new Int32Array(0), direct: [] };
  }
  const [matched, direct] = await Promise.all([match(terms, excluded), named(terms, read)]);
  const ranked = rank(matched, terms, read);
  return {
    terms,
    direct,
    clauses: ranked.filter((document) => !isHead(document)),
    policies: ranked.filter(isHead),
  };
}

/**
 * The nearest shorter query that finds a clause, or "": one term cut down to its longest part that stands in a
 * clause together with the others, or left out.
 * @param {string} query
 * @returns {Promise<string>}
 */
export async function shorter(query) {
  const { terms, excluded } = parse(query);
  /** @param {string[]} wanted */
  const finds = async (wanted) => {
    const read = await index();
    return wanted.length > 0 && (await match(wanted, excluded)).documents
      .some((document) => read.starts[read.policyOf[document]] !== document);
  };
  /** @type {{ length: number, terms: string[] }} */
  let best = { length: 0, terms: [] };
  for (const together of [true, false]) {
    for (const term of terms) {
      const others = together ? terms.filter((other) => other !== term) : [];
      const kept = others.length && !(await finds(others)) ? null : await longestPart(term, others, finds);
      if (kept === null) continue;
      const wanted = terms.map((one) => (one === term ? kept : others.includes(one) ? one : ""))
        .filter(Boolean);
      const length = Array.from(wanted.join("")).length;
      if (length > best.length) best = { length, terms: wanted };
    }
    if (best.length) break;
  }
  return best.terms.concat(excluded.map((term) => "-" + term)).join(" ");
}

/**
 * The longest part of a term that, with the other terms, finds something; "" if none does.
 * @param {string} term
 * @param {string[]} others
 * @param {(terms: string[]) => Promise<boolean>} finds
 */
async function longestPart(term, others, finds) {
  const characters = Array.from(term).slice(0, LONGEST);
  let longest = "";
  let start = 0;
  for (let stop = 1; stop <= characters.length; stop++) {
    // What a longer part finds, a part of it finds too: the start only ever moves on.
    while (start < stop && !(await finds([...others, characters.slice(start, stop).join("")]))) start++;
    if (stop - start > Array.from(longest).length) longest = characters.slice(start, stop).join("");
  }
  return longest;
}

/**
 * A document as it is shown.
 * @param {number} document
 * @returns {Promise<Result>}
 */
export async function record(document) {
  const read = await index();
  const chunk = Math.floor(document / read.chunk);
  const { policies, documents } = await part("texts/" + chunk);
  const policy = policies[read.policyOf[document] - read.policyOf[chunk * read.chunk]];
  const page = "policies/" + encodeURIComponent(policy.id) + ".html";
  const held = documents[document - chunk * read.chunk];
  if (!held) return { document, policy, clause: null, url: page };
  const [anchor, path, label, title, wording, indicators] = held;
  const names = indicators.map((/** @type {number} */ n) => read.indicators[n]);
  const clause = { anchor, path, label, title, wording, indicators: names };
  return { document, policy, clause, url: page + "#" + encodeURIComponent(anchor) };
}
