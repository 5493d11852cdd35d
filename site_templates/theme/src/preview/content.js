/** What the card of a link says: the clause, as much of it as a glance takes. */

import { element } from "../lib/dom.js";
import { cut, inTable, opening, readable } from "../lib/wording.js";

/** @import { Child, ClauseRow, PolicyData } from "../lib/types.d.ts" */
/** @import { Found } from "./target.js" */

const CHILDREN = 6; // clauses listed of one that is but a heading
const EXCERPT = 60; // characters of each

/**
 * The paragraphs of the card.
 * @param {Found} found
 * @returns {Child[]}
 */
export function blocksOf({ data, place, moved, deleted }) {
  if (deleted) return [where(data), element("p", "preview__note", "这一条的文字已经删去，没有移到别处。")];
  const note = moved && element("p", "preview__note", "原来的地址已变更，下面是它现在所在的条文。");
  if (place < 0) {
    return [where(data), element("p", "preview__note", "这一条的文字已并入这份政策，没有单独的条文。")];
  }
  const [anchor, , label, , , title, path, wording] = data.clauses[place];
  if (inTable(anchor)) return [where(data, path), note, ...ofTable(data, place)];
  const [first, ...more] = wording.split("\n");
  const lines = more.map((line) => element("p", "preview__line", line));
  const below = data.clauses.filter((clause) => clause[4] === place);
  // A heading says little by itself, and a list is announced by a colon: what stands below belongs to them.
  const printed = (label || "").length + (title || "").length;
  const bare = !more.length && (wording.length <= printed + 2 || /[:：]$/.test(wording));
  return [
    where(data, path),
    note,
    element("p", "preview__line", ...opening(first, label, title)),
    ...lines,
    bare && below.length > 0 && list(below),
  ];
}

/**
 * “政策 · 第十五条第二款”
 * @param {PolicyData} data
 * @param {string} [path]
 */
function where(data, path) {
  const name = element("span", "preview__policy", data.name);
  return element("p", "preview__where", name, path && " · ", path && element("span", "preview__path", path));
}

/**
 * A row: each cell with the name of its column, where that is known; a table or a group: what it says, its rows.
 * @param {PolicyData} data
 * @param {number} place
 */
function ofTable(data, place) {
  const [anchor, kind, , , , , , wording] = data.clauses[place];
  if (kind !== "row") {
    const below = data.clauses.filter((clause) => clause[4] === place);
    const lines = readable(anchor, wording).split("\n").map((line) => element("p", "preview__line", line));
    return [...lines, below.length > 0 && list(below)];
  }
  const names = columnsOf(data, place);
  const cells = wording.split("\t");
  if (names.length < cells.length) return [element("p", "preview__line", readable(anchor, wording))];
  const entries = cells.flatMap((cell, column) =>
    cell.trim() ? [element("dt", "", names[column] || "—"), element("dd", "", cell)] : []
  );
  return [element("dl", "preview__cells", ...entries)];
}

/**
 * The names of the columns of the table that a row is of; none where it has no head.
 * @param {PolicyData} data
 * @param {number} place
 */
function columnsOf(data, place) {
  /** @type {ClauseRow | null} */
  let above = data.clauses[place];
  while (above && above[1] !== "table") above = above[4] < 0 ? null : data.clauses[above[4]];
  return above ? above[8] || [] : [];
}

/** @param {ClauseRow[]} clauses */
function list(clauses) {
  const lines = clauses.slice(0, CHILDREN).map(([anchor, , label, , , title, , wording]) => {
    const text = title ? [label, title].filter(Boolean).join(" ") : readable(anchor, wording).split("\n")[0];
    return element("li", "", cut(text, EXCERPT));
  });
  const left = clauses.length - lines.length;
  if (left) lines.push(element("li", "preview__rest", "另有 " + left + " 条"));
  return element("ul", "preview__children", ...lines);
}
