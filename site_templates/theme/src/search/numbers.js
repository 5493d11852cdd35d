/** Lists of numbers as the index writes them (generator/publishing/scripts/search/numbers.py). */

/**
 * @typedef {object} Titles of some documents, in which a term stands
 * @property {Int32Array} documents
 * @property {Int32Array} starts where the title stands in the text of each
 * @property {Int32Array} lengths how long it is
 */

const DIGITS = digits();
const LAST = 46; // digits below this end a number
const MORE = 45;

function digits() {
  const table = new Int8Array(128).fill(-1);
  let digit = 0;
  for (let code = 0x21; code < 0x7f; code++) {
    if (!'"\\<'.includes(String.fromCharCode(code))) table[code] = digit++;
  }
  return table;
}

/**
 * The numbers that such a text holds.
 * @param {string} text
 */
export function numbers(text) {
  const read = new Int32Array(text.length);
  let count = 0;
  let number = 0;
  let unit = 1;
  for (let at = 0; at < text.length; at++) {
    const digit = DIGITS[text.charCodeAt(at)];
    if (digit < LAST) {
      read[count++] = number + unit * digit;
      number = 0;
      unit = 1;
    } else {
      number += unit * digit;
      unit *= MORE;
    }
  }
  return read.subarray(0, count);
}

/**
 * Documents, from how many were passed over before each.
 * @param {string} text
 */
export function documentsOf(text) {
  const list = numbers(text);
  let last = -1;
  for (let at = 0; at < list.length; at++) list[at] = last = last + list[at] + 1;
  return list;
}

/**
 * The documents of a list of titles, with where the title starts in the text and how long it is.
 * @param {string} text
 * @returns {Titles}
 */
export function titlesOf(text) {
  const read = numbers(text);
  const count = read.length / 3;
  const titles = {
    documents: new Int32Array(count),
    starts: new Int32Array(count),
    lengths: new Int32Array(count),
  };
  let last = -1;
  for (let at = 0; at < count; at++) {
    titles.documents[at] = last = last + read[3 * at] + 1;
    titles.starts[at] = read[3 * at + 1];
    titles.lengths[at] = read[3 * at + 2];
  }
  return titles;
}

/**
 * The places in each document: those of the n-th are places[ends[n - 1]] up to places[ends[n]].
 * @param {string} text
 * @param {number} count
 */
export function placesOf(text, count) {
  const places = numbers(text);
  const ends = new Int32Array(count);
  let document = -1;
  for (let at = 0; at < places.length; at++) {
    if (!(places[at] & 1)) document++;
    places[at] >>= 1;
    ends[document] = at + 1;
  }
  return { places, ends };
}
