/**
 * The wording of a clause as text: of a table's clauses on a line (generator/publishing/cells.py does the same for the
 * pages), of any other with its label and title marked.
 */

import { element } from "./dom.js";

const MARK = " │ ";
const BETWEEN = /[ \u3000]*\t[ \u3000\t]*/g;
const IN_TABLE = /(?:^|__)(?:table|group|tr)_\d+$/;

/**
 * Whether a clause is a table, a group or a row: its wording parts its cells by tabs.
 * @param {string} anchor
 */
export function inTable(anchor) {
  return IN_TABLE.test(anchor);
}

/**
 * A stretch of a wording with a mark between its cells, so that no two are read as one.
 * @param {string} text
 */
export function shown(text) {
  return text.replace(BETWEEN, MARK);
}

/**
 * A wording in lines: a row on one, with those marks; what is in no table as it is.
 * @param {string} anchor
 * @param {string} wording
 */
export function readable(anchor, wording) {
  if (!inTable(anchor)) return wording;
  const isTable = /(?:^|__)table_\d+$/.test(anchor);
  return shown(isTable ? wording : wording.replace(/\n/g, " "));
}

/**
 * The first line of a wording, its label and title marked as on the page.
 * @param {string} line
 * @param {string | null} label
 * @param {string | null} title
 * @returns {(HTMLElement | string)[]}
 */
export function opening(line, label, title) {
  const parts = [];
  let rest = line;
  if (label && rest.startsWith(label)) {
    parts.push(element("strong", "", label));
    rest = rest.slice(label.length);
  }
  const begin = rest.length - rest.trimStart().length;
  if (title && rest.startsWith(title, begin)) {
    parts.push(rest.slice(0, begin), element("strong", "", title));
    rest = rest.slice(begin + title.length);
  }
  return [...parts, rest];
}

/**
 * A text cut to a number of characters, with … where something is left out.
 * @param {string} text
 * @param {number} most
 */
export function cut(text, most) {
  return text.length > most ? text.slice(0, most) + "…" : text;
}
