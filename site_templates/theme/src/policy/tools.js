/**
 * The tools of a clause on a policy's page: copy its link, or its citation in the forms people paste.
 *
 * Each clause gets one button; one menu serves them all. The wording comes from clauses/<policy id>.js, loaded when the
 * first button is pointed at, reached by Tab or tapped, so that by the time a form is chosen the copy happens at once: a
 * browser allows it only as the direct answer to a click or a key.
 */

import { loadPolicy } from "../lib/clauses.js";
import { all, around, button, words } from "../lib/dom.js";
import { address as pageAddress } from "../lib/site.js";
import { clauseMenu } from "./menu.js";

/** @import { Copied } from "./forms.js" */

const BATCH = 200; // buttons made at a time, between which the page answers to the reader

/** Give each clause of this page its button, where it is the page of a policy. */
export function clauseTools() {
  const content = document.querySelector(".md-content");
  const page = /\/policies\/([^/]+?)(?:\.html)?$/.exec(window.location.pathname);
  if (!(content instanceof HTMLElement) || !page) return;
  const clauses = all(content, ".clause[id]");
  if (clauses.length) connect(content, clauses, decodeURIComponent(page[1]));
}

/**
 * @param {HTMLElement} content
 * @param {HTMLElement[]} clauses
 * @param {string} policy its id
 */
function connect(content, clauses, policy) {
  /** @type {Map<string, Copied> | null} */
  let known = null; // by anchor, once the data are here
  /** @type {HTMLElement | null} */
  let near = null; // the clause under the mouse or last tapped: its button is in sight

  const menu = clauseMenu({
    copied: (tool) => {
      const { id } = clauseOf(tool) || tool;
      return { url: addressOf(id), known: known ? known.get(id) || null : undefined };
    },
    load: () => load().then(() => "", words),
  });

  function load() {
    return loadPolicy(policy).then((data) => {
      if (known) return;
      known = new Map(data.clauses.map(([anchor, , , , , , path, wording]) => [
        anchor,
        { url: addressOf(anchor), citation: data.citation + path, path, wording },
      ]));
      all(content, ".clause-tool").forEach(name);
    });
  }

  /**
   * What a button is called: 引用第2项 as cited, or until that is known by what the clause begins with.
   * @param {HTMLElement} tool
   */
  function name(tool) {
    const clause = clauseOf(tool);
    const one = clause && known && known.get(clause.id);
    tool.setAttribute(
      "aria-label",
      "引用" + (one ? one.path : "“" + (clause ? beginning(clause) : "") + "”"),
    );
  }

  /** @param {HTMLElement} clause */
  function addTool(clause) {
    const tool = button("clause-tool", "", null);
    tool.setAttribute("aria-haspopup", "menu");
    tool.setAttribute("aria-expanded", "false");
    // A heading is called by what it contains; the button in it is not part of that.
    if (/^H\d$/.test(clause.tagName)) clause.setAttribute("aria-label", (clause.textContent || "").trim());
    const holder = clause.matches("tr, thead") ? clause.querySelector("th, td") : clause; // a row holds but cells
    (holder || clause).prepend(tool);
    name(tool);
  }

  /** @param {HTMLElement[]} left */
  function addTools(left) {
    left.slice(0, BATCH).forEach(addTool);
    if (left.length > BATCH) later(() => addTools(left.slice(BATCH)));
  }

  /** @param {EventTarget | null} target */
  function pointAt(target) {
    const tool = toolOf(target);
    if (tool) {
      tool.title = "复制链接、引文";
      load().catch(() => {}); // the menu says what failed
    }
    const clause = clauseOf(target);
    if (clause === near) return;
    if (near) near.classList.remove("clause--near");
    if (clause) clause.classList.add("clause--near");
    near = clause;
  }

  // One listener of each kind for the whole page.
  content.addEventListener("pointerover", (event) => pointAt(event.target));
  content.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") pointAt(null);
  });
  content.addEventListener("focusin", (event) => {
    if (toolOf(event.target)) load().catch(() => {});
  });
  content.addEventListener("click", (event) => {
    const tool = toolOf(event.target);
    if (tool) menu.toggle(tool);
  });
  content.addEventListener("keydown", (event) => {
    const tool = toolOf(event.target);
    if (event.key !== "ArrowDown" || !tool) return;
    event.preventDefault();
    menu.open(tool);
  });
  addTools(clauses);
}

/** @param {() => void} work */
function later(work) {
  if ("requestIdleCallback" in window) window.requestIdleCallback(work);
  else setTimeout(work, 0);
}

/**
 * Where a clause of this page is published.
 * @param {string} anchor
 */
function addressOf(anchor) {
  return pageAddress + "#" + encodeURIComponent(anchor);
}

/**
 * The clause that something on the page belongs to; what is .more of it, or a row of notes on it, follows it.
 * @param {EventTarget | null} target
 */
function clauseOf(target) {
  let block = /** @type {Element | null} */ (around(target, ".clause, .more, tr.notes"));
  while (block && !block.matches(".clause[id]")) block = block.previousElementSibling;
  return block instanceof HTMLElement ? block : null;
}

/** @param {EventTarget | null} target */
function toolOf(target) {
  return around(target, ".clause-tool");
}

/**
 * How a clause begins, in some characters.
 * @param {HTMLElement} clause
 */
function beginning(clause) {
  const label = clause.querySelector(".label");
  const cells = clause.matches("tr, thead") ? all(clause, "th, td") : [clause];
  const text = (label ? [label] : cells).map((part) => (part.textContent || "").trim()).filter(Boolean).join(
    " ",
  );
  return text.length > 16 ? text.slice(0, 16) + "…" : text;
}
