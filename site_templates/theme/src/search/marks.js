/**
 * Marks the terms of a search in the clause that a result led to. A result's link has the query in its address
 * (policies/x.html?q=刻章#subpara_4); it is taken out again at once, so that the address a reader copies is the clause's
 * own.
 */

import { button, element } from "../lib/dom.js";
import { replaceQuery } from "../lib/site.js";
import { parse } from "./query.js";
import { ranges } from "./snippets.js";

const NOT_WORDING = ".apparatus, button, script, style"; // what stands in a clause and is none of its words

/** Mark what the address asks for, where this page has clauses. */
export function searchMarks() {
  const parameters = new URLSearchParams(location.search);
  const { terms } = parse(parameters.get("q") || "");
  if (!terms.length || !document.querySelector("article .clause")) return;
  const count = markTerms(location.hash.slice(1), terms);
  parameters.delete("q");
  replaceQuery(parameters.toString(), location.hash); // where a browser forbids it, the query stays: it does no harm
  if (!count) return;
  document.body.append(note(terms, count));
  const first = document.querySelector(".table-box mark.search-mark"); // its column may be out of sight
  if (first) first.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
}

/**
 * The elements of the clause with this id: the paragraph, heading or row itself, and those that continue it.
 * @param {string} id
 */
function clauseAt(id) {
  const target = document.getElementById(id);
  const first = target && target.closest(".clause");
  const parts = first ? [first] : [];
  for (
    let next = first && first.nextElementSibling;
    next && next.matches(".more");
    next = next.nextElementSibling
  ) {
    parts.push(next);
  }
  return parts;
}

/**
 * The elements whose texts are read apart: the cells of a row or head; those of any other clause together.
 * @param {Element[]} parts
 */
function apart(parts) {
  /** @param {Element} part */
  const ofTable = (part) => part.matches("tr, thead");
  const cells = parts.filter(ofTable).flatMap((part) =>
    Array.from(part.querySelectorAll("th, td"), (cell) => [cell])
  );
  return [parts.filter((part) => !ofTable(part)), ...cells].filter((one) => one.length);
}

/**
 * The text nodes of some elements that are wording, in order.
 * @param {Element[]} parts
 */
function textNodes(parts) {
  const nodes = [];
  for (const part of parts) {
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node instanceof Text && !node.parentElement?.closest(NOT_WORDING)) nodes.push(node);
    }
  }
  return nodes;
}

/**
 * Put <mark> around what stands from `start` to `stop` of the text of the nodes together.
 * @param {Text[]} nodes
 * @param {number} start
 * @param {number} stop
 */
function wrap(nodes, start, stop) {
  let at = 0;
  for (const node of nodes) {
    const from = Math.max(start - at, 0);
    const to = Math.min(stop - at, node.length);
    at += node.length;
    if (from >= to) continue;
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    range.surroundContents(element("mark", "search-mark"));
  }
}

/**
 * Mark the terms; returns how many places were marked.
 * @param {string} id
 * @param {string[]} terms
 */
function markTerms(id, terms) {
  return apart(clauseAt(id)).reduce((count, parts) => count + markIn(parts, terms), 0);
}

/**
 * Mark the terms in elements that are read as one text.
 * @param {Element[]} parts
 * @param {string[]} terms
 */
function markIn(parts, terms) {
  const text = textNodes(parts).map((node) => node.data).join("");
  const found = ranges(text, terms);
  // From the end, so that what is still to be marked stands where it stood.
  for (const [start, stop] of found.reverse()) wrap(textNodes(parts), start, stop);
  return found.length;
}

/** Take the marks off again: the page is as it was. */
function clear() {
  for (const mark of document.querySelectorAll("mark.search-mark")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    if (parent) parent.normalize();
  }
  const note = document.querySelector(".search-note");
  if (note) note.remove();
}

/**
 * A note at the foot of the window: what is marked, and the way to be rid of it.
 * @param {string[]} terms
 * @param {number} count
 */
function note(terms, count) {
  const away = button("", "清除标记", clear);
  away.title = "也可以按 Esc";
  return element("p", "search-note md-typeset", "本条有 " + count + " 处“" + terms.join("”“") + "”", away);
}
