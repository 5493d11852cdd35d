/** Terms marked in a text, and the piece of a text that has the most of them. */

import { fold } from "../lib/folding.js";
import { inTable, shown } from "../lib/wording.js";

/** @import { Part } from "../lib/types.d.ts" */
/** @import { ResultClause } from "./engine.js" */
/** @typedef {[start: number, stop: number, term: number]} Occurrence */

/** Stands for what parts two cells: no term has it, and no text. */
const CELL = "\u0000"; // stands for what parts two cells: no term has it, and no text
const SNIPPET = { before: 24, length: 96 }; // in characters

/**
 * Where terms stand in a text: [start, stop) pairs, ascending, those that touch or overlap made one.
 * @param {string} text
 * @param {string[]} terms
 * @returns {[start: number, stop: number][]}
 */
export function ranges(text, terms) {
  /** @type {[start: number, stop: number][]} */
  const merged = [];
  for (const [start, stop] of occurrences(text, terms)) {
    const last = merged[merged.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], stop);
    else merged.push([start, stop]);
  }
  return merged;
}

/**
 * Every place of every term in a text: [start, stop, number of the term], ascending; none over a CELL.
 * @param {string} text
 * @param {string[]} terms
 * @returns {Occurrence[]}
 */
function occurrences(text, terms) {
  /** @type {number[]} */
  const offsets = [];
  let folded = "";
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] === CELL ? CELL : fold(text[at]);
    if (unit) offsets.push(at);
    folded += unit;
  }
  /** @type {Occurrence[]} */
  const found = [];
  terms.forEach((term, n) => {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
      found.push([offsets[at], offsets[at + term.length - 1] + 1, n]);
    }
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/**
 * A text in parts [{text, marked}] from `start` to `stop`; joined they are the text again.
 * @param {string} text
 * @param {string[]} terms
 * @param {number} [start]
 * @param {number} [stop]
 * @returns {Part[]}
 */
export function mark(text, terms, start = 0, stop = text.length) {
  /** @type {Part[]} */
  const parts = [];
  let at = start;
  /**
   * @param {number} upTo
   * @param {boolean} marked
   */
  const add = (upTo, marked) => {
    if (upTo > at) parts.push({ text: text.slice(at, upTo), marked });
    at = Math.max(at, upTo);
  };
  for (const [from, to] of ranges(text, terms)) {
    if (to <= start || from >= stop) continue;
    add(from, false);
    add(Math.min(to, stop), true);
  }
  add(stop, false);
  return parts;
}

/**
 * The piece of a text with the most terms, the first such, in parts as `mark` gives them, with … where it was cut.
 * @param {string} text
 * @param {string[]} terms
 */
export function snippet(text, terms) {
  const first = densest(occurrences(text, terms));
  let start = first ? Math.max(0, first[0] - SNIPPET.before) : 0;
  let stop = Math.min(text.length, Math.max(start + SNIPPET.length, first ? first[1] : 0));
  start = Math.max(0, Math.min(start, stop - SNIPPET.length));
  if (start > 0 && isLowSurrogate(text, start)) start--;
  if (isLowSurrogate(text, stop)) stop++;
  const parts = mark(text, terms, start, stop);
  if (start > 0) parts.unshift({ text: "…", marked: false });
  if (stop < text.length) parts.push({ text: "…", marked: false });
  return parts;
}

/**
 * The occurrence from which the most terms stand within a snippet.
 * @param {Occurrence[]} found
 * @returns {Occurrence | null}
 */
function densest(found) {
  /** @type {Occurrence | null} */
  let best = null;
  let most = 0;
  found.forEach((one, at) => {
    const limit = one[0] + SNIPPET.length - SNIPPET.before;
    const terms = new Set();
    for (let next = at; next < found.length && found[next][1] <= limit; next++) terms.add(found[next][2]);
    if (terms.size > most || !best) [best, most] = [one, terms.size];
  });
  return best;
}

/**
 * @param {string} text
 * @param {number} at
 */
function isLowSurrogate(text, at) {
  return at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

/**
 * The wording without the label and title that a result shows on a line of their own; CELL between cells.
 * @param {ResultClause} clause
 */
export function body(clause) {
  let text = inTable(clause.anchor) ? clause.wording.replace(/\t/g, CELL) : clause.wording;
  for (const head of [clause.label, clause.title]) {
    if (head && text.startsWith(head)) text = text.slice(head.length).replace(/^[\s\u0000]+/, "");
  }
  return clause.title ? text.replace(/^[。.\s\u0000]+/, "") : text;
}

/**
 * Text without marks, as it is read.
 * @param {string} text
 */
export function plain(text) {
  return text.includes(CELL) ? shown(text.replaceAll(CELL, "\t")) : text;
}
