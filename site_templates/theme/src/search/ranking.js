/** Which documents have all the terms, and in which order they are shown. */

import { common, listOf, placesIn, walker } from "./lists.js";

/** @import { Index } from "./files.js" */
/** @import { List } from "./lists.js" */
/** @typedef {{ documents: Int32Array, lists: List[] }} Matched */

/**
 * The documents that have all the terms and none of the excluded, with the lists of the terms.
 * @param {string[]} terms
 * @param {string[]} excluded
 * @returns {Promise<Matched>}
 */
export async function match(terms, excluded) {
  const several = terms.length > 1;
  const [lists, unwanted] = await Promise.all([
    Promise.all(terms.map((term) => listOf(term, several))),
    Promise.all(excluded.map((term) => listOf(term, false))),
  ]);
  const walks = unwanted.map((list) => walker(list.documents));
  const documents = common(lists.map((list) => list.documents));
  const wanted = walks.length
    ? documents.filter((document) => !walks.some((walk) => walk(document) >= 0))
    : documents;
  return { documents: wanted, lists };
}

/**
 * The documents, best first: the whole title, all terms in the title, some, none; then the terms closest to one
 * another; then what is in force before drafts; then the order of the corpus.
 * @param {Matched} matched
 * @param {string[]} terms
 * @param {Index} read
 */
export function rank({ documents, lists }, terms, read) {
  const GAPS = 2 ** 12;
  const lengths = terms.map((term) => Array.from(term).length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const walks = lists.map((list) => walker(list.documents));
  const titleWalks = lists.map((list) => walker(list.titles.documents));
  const orders = new Int32Array(documents.length);
  for (let at = 0; at < documents.length; at++) {
    const document = documents[at];
    let titled = 0;
    let titleLength = 0;
    for (let n = 0; n < lists.length; n++) {
      const place = titleWalks[n](document);
      if (place < 0) continue;
      titled++;
      titleLength = lists[n].titles.lengths[place];
    }
    const grade = titled < lists.length ? (titled ? 2 : 3) : titleLength === total ? 0 : 1;
    const gap = lists.length < 2
      ? 0
      : nearest(lists.map((list, n) => placesIn(list, walks[n](document))), lengths) - total;
    orders[at] = (grade * GAPS + Math.min(Math.max(gap, 0), GAPS - 1)) * 2 +
      read.draft[read.policyOf[document]];
  }
  return dealt(documents, orders);
}

/**
 * The documents by their orders, the least first; those of one order stay as they are. There are few orders.
 * @param {Int32Array} documents
 * @param {Int32Array} orders
 */
function dealt(documents, orders) {
  const places = new Map();
  for (const order of orders) places.set(order, (places.get(order) || 0) + 1);
  let next = 0;
  for (const order of Array.from(places.keys()).sort((a, b) => a - b)) {
    const count = places.get(order);
    places.set(order, next);
    next += count;
  }
  const inOrder = new Int32Array(documents.length);
  for (let at = 0; at < documents.length; at++) {
    const place = places.get(orders[at]);
    inOrder[place] = documents[at];
    places.set(orders[at], place + 1);
  }
  return inOrder;
}

/**
 * The length of the shortest stretch that has one place of each term.
 * @param {Int32Array[]} places
 * @param {number[]} lengths
 */
function nearest(places, lengths) {
  const at = places.map(() => 0);
  let shortest = Infinity;
  for (;;) {
    let first = 0;
    let stop = 0;
    places.forEach((own, n) => {
      if (own[at[n]] < places[first][at[first]]) first = n;
      stop = Math.max(stop, own[at[n]] + lengths[n]);
    });
    shortest = Math.min(shortest, stop - places[first][at[first]]);
    at[first]++;
    if (at[first] === places[first].length) return shortest;
  }
}
