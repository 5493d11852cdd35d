/** Where a term stands: in which documents, at which places of each, in which titles. */

import { index, part } from "./files.js";
import { documentsOf, placesOf, titlesOf } from "./numbers.js";

/** @import { Index } from "./files.js" */
/** @import { Titles } from "./numbers.js" */
/**
 * @typedef {object} List of a character, a pair or a term
 * @property {Int32Array} documents
 * @property {Titles} titles
 * @property {Int32Array} places in the documents; none where they were not asked for
 * @property {Int32Array} ends those of the n-th document are places[ends[n - 1]] up to places[ends[n]]
 */

const UNPLACED = { places: new Int32Array(0), ends: new Int32Array(0) };
/** @type {List} */
const NOTHING = {
  ...UNPLACED,
  documents: new Int32Array(0),
  titles: { documents: new Int32Array(0), starts: new Int32Array(0), lengths: new Int32Array(0) },
};

/**
 * The places of the n-th document of a list.
 * @param {Pick<List, "places" | "ends">} list
 * @param {number} n
 */
export function placesIn(list, n) {
  return list.places.subarray(n ? list.ends[n - 1] : 0, list.ends[n]);
}

/**
 * Where a number stands in an ascending list, or -1; asked for in ascending order.
 * @param {Int32Array} list
 */
export function walker(list) {
  let at = 0;
  return (/** @type {number} */ wanted) => {
    while (at < list.length && list[at] < wanted) at++;
    return at < list.length && list[at] === wanted ? at : -1;
  };
}

/**
 * The numbers that stand in all of some ascending lists.
 * @param {Int32Array[]} lists
 * @returns {Int32Array}
 */
export function common(lists) {
  const [shortest, ...others] = lists.slice().sort((a, b) => a.length - b.length);
  if (!others.length) return shortest;
  const walks = others.map(walker);
  return shortest.filter((number) => walks.every((walk) => walk(number) >= 0));
}

/**
 * The names of the files that have the pairs beginning with a character; of one pair, if `second` is given.
 * @param {Index} read
 * @param {string} first
 * @param {string | null} second
 */
function filesOf(read, first, second) {
  const code = codeOf(first);
  const own = read.own[first];
  if (!own) return [String(code % read.shared)];
  /** @param {number} n */
  const name = (n) => code.toString(16) + "-" + n;
  return second ? [name(codeOf(second) % own)] : Array.from({ length: own }, (_, n) => name(n));
}

/** @param {string} character */
function codeOf(character) {
  return character.codePointAt(0) || 0;
}

/**
 * The lists of the pairs beginning with `first`, or of one pair alone.
 * Places are loaded only if `placed`.
 * @param {string} first
 * @param {string | null} second
 * @param {boolean} placed
 * @returns {Promise<List[]>}
 */
async function listsOf(first, second, placed) {
  const read = await index();
  const loaded = await Promise.all(
    filesOf(read, first, second).map((name) =>
      Promise.all([
        part("pairs/" + name),
        placed ? part("places/" + name) : null,
      ])
    ),
  );
  /** @type {List[]} */
  const lists = [];
  for (const [rows, placeRows] of loaded) {
    const row = rows.findIndex((/** @type {string[]} */ one) => one[0] === first);
    if (row < 0) continue;
    const [, seconds, ...joined] = rows[row];
    const [documents, titles] = joined.map((/** @type {string} */ one) => one.split(" "));
    const places = placed ? placeRows[row].split(" ") : null;
    Array.from(seconds).forEach((character, at) => {
      if (second && character !== second) return;
      const own = documentsOf(documents[at]);
      const where = places ? placesOf(places[at], own.length) : UNPLACED;
      lists.push({ documents: own, titles: titlesOf(titles[at]), ...where });
    });
  }
  return lists;
}

/**
 * One list of several: what holds for a character, from the pairs that begin with it.
 * @param {List[]} lists
 * @param {number} count
 * @param {boolean} placed
 * @returns {List}
 */
function union(lists, count, placed) {
  const has = new Uint8Array(count);
  const titled = new Map();
  for (const { documents, titles } of lists) {
    for (const document of documents) has[document] = 1;
    titles.documents.forEach((document, at) => titled.set(document, [titles.starts[at], titles.lengths[at]]));
  }
  const inOrder = Array.from(titled.keys()).sort((a, b) => a - b);
  return {
    documents: Int32Array.from(has.keys()).filter((document) => has[document]),
    titles: titleList(inOrder, (document) => titled.get(document)),
    ...(placed ? unitedPlaces(lists) : UNPLACED),
  };
}

/**
 * The places of all the lists, by document and then ascending.
 * @param {List[]} lists
 */
function unitedPlaces(lists) {
  const SCALE = 2 ** 24; // above any place
  /** @type {number[]} */
  const keys = [];
  for (const list of lists) {
    list.documents.forEach((document, n) => {
      for (const place of placesIn(list, n)) keys.push(document * SCALE + place);
    });
  }
  const sorted = Float64Array.from(keys).sort();
  /** @type {number[]} */
  const ends = [];
  let last = -1;
  sorted.forEach((key, at) => {
    const document = Math.floor(key / SCALE);
    if (document !== last) ends.push(at);
    last = document;
    ends[ends.length - 1] = at + 1;
  });
  return { places: Int32Array.from(sorted, (key) => key % SCALE), ends: Int32Array.from(ends) };
}

/**
 * @param {number[]} documents
 * @param {(document: number) => number[]} spanOf
 * @returns {Titles}
 */
function titleList(documents, spanOf) {
  const spans = documents.map(spanOf);
  return {
    documents: Int32Array.from(documents),
    starts: Int32Array.from(spans, (span) => span[0]),
    lengths: Int32Array.from(spans, (span) => span[1]),
  };
}

/**
 * The list of a term: of a character, of a pair, or of a longer one whose pairs stand side by side.
 * @param {string} term
 * @param {boolean} placed
 * @returns {Promise<List>}
 */
export async function listOf(term, placed) {
  const characters = Array.from(term);
  if (characters.length === 1) {
    const [lists, read] = await Promise.all([listsOf(term, null, placed), index()]);
    return union(lists, read.count, placed);
  }
  if (characters.length === 2) {
    return (await listsOf(characters[0], characters[1], placed))[0] || NOTHING;
  }
  const offsets = characters.map((_, at) => at).filter((at) => at % 2 === 0 && at < characters.length - 1);
  if (characters.length % 2) offsets.push(characters.length - 2);
  const known = new Map(); // a pair that stands in the term again and again is read once
  /** @param {number} offset */
  const pairAt = (offset) => {
    const [first, second] = characters.slice(offset, offset + 2);
    if (!known.has(first + second)) known.set(first + second, listsOf(first, second, true));
    return known.get(first + second);
  };
  const lists = await Promise.all(offsets.map(async (offset) => (await pairAt(offset))[0] || NOTHING));
  return sideBySide(lists, offsets, characters.length);
}

/**
 * The list of a term of `length` characters, from the lists of the pairs that stand at `offsets` in it.
 * @param {List[]} lists
 * @param {number[]} offsets
 * @param {number} length
 * @returns {List}
 */
function sideBySide(lists, offsets, length) {
  const candidates = common(lists.map((list) => list.documents));
  const walks = lists.map((list) => walker(list.documents));
  const documents = [];
  const places = [];
  const ends = [];
  for (const document of candidates) {
    const [starts, ...others] = lists.map((list, n) => placesIn(list, walks[n](document)));
    const found = Array.from(starts).filter((start) =>
      others.every((other, n) => other.includes(start + offsets[n + 1]))
    );
    if (!found.length) continue;
    documents.push(document);
    places.push(...found);
    ends.push(places.length);
  }
  const list = {
    documents: Int32Array.from(documents),
    places: Int32Array.from(places),
    ends: Int32Array.from(ends),
  };
  return { ...list, titles: titlesWith(list, lists[0].titles, length) };
}

/**
 * Of the titles, those that one of a term's places stands in.
 * @param {Omit<List, "titles">} list
 * @param {Titles} titles
 * @param {number} length
 * @returns {Titles}
 */
function titlesWith(list, titles, length) {
  const walk = walker(list.documents);
  const spans = new Map();
  titles.documents.forEach((document, at) => {
    const n = walk(document);
    if (n < 0) return;
    const start = titles.starts[at];
    const stop = start + titles.lengths[at] - length;
    if (placesIn(list, n).some((place) => place >= start && place <= stop)) {
      spans.set(document, [start, titles.lengths[at]]);
    }
  });
  return titleList(Array.from(spans.keys()), (document) => spans.get(document));
}
