/**
 * Terms explained where they occur (generator/publishing/terms.py). Each is a link to its explanation and has the
 * explanation as its title; here it shows under the mouse, the keyboard's focus and the first touch, can be pointed at and
 * is dismissed by Esc (WCAG 1.4.13). Without this script the browser shows the title. Corrections on touch, too.
 */

import { all, element, holds, part } from "../lib/dom.js";
import { beside, view } from "../lib/placing.js";

const PAUSE = 250; // milliseconds the mouse rests before a note comes or goes

/** Wire the terms and the corrections of this page. */
export function terms() {
  const found = all(document, "a.term");
  if (found.length) connect(found);
  all(document, "a.correction").forEach(onFirstTouch);
}

/** @param {HTMLElement[]} found the terms */
function connect(found) {
  const note = element("div", "term-note");
  /** @type {HTMLElement | null} */
  let shown = null; // the term whose note is in sight
  /** @type {HTMLElement | null} */
  let touched = null; // the term that the finger is on
  let timer = 0;

  note.id = "term-note";
  note.setAttribute("role", "tooltip");
  note.hidden = true;
  note.addEventListener("pointerenter", () => clearTimeout(timer));
  note.addEventListener("pointerleave", () => later(hide));

  /** @param {() => void} action */
  function later(action) {
    clearTimeout(timer);
    timer = setTimeout(action, PAUSE);
  }

  /** @param {HTMLElement} term */
  function show(term) {
    clearTimeout(timer);
    if (shown === term) return;
    hide();
    if (!note.isConnected) part(document, "article", HTMLElement).append(note); // inside the main landmark; see place
    note.textContent = term.dataset.text || "";
    note.hidden = false;
    shown = term;
    term.setAttribute("aria-describedby", note.id);
    place(term);
  }

  /** @param {HTMLElement} term */
  function place(term) {
    const [line] = term.getClientRects();
    const origin = note.offsetParent ? note.offsetParent.getBoundingClientRect() : new DOMRect();
    const { left, top } = beside(line, note.getBoundingClientRect(), view(), { gap: 6 });
    note.style.left = left - origin.left + "px";
    note.style.top = top - origin.top + "px";
  }

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    note.hidden = true;
  }

  for (const term of found) {
    term.dataset.text = term.title;
    term.removeAttribute("title");
    term.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && term.hasAttribute("href")) later(() => show(term));
    });
    term.addEventListener("pointerleave", () => later(hide));
    term.addEventListener("pointerdown", (event) => {
      touched = event.pointerType === "mouse" ? null : term;
    });
    term.addEventListener("focus", () => {
      if (touched !== term) show(term);
    });
    term.addEventListener("blur", hide);
    term.addEventListener("click", (event) => {
      if (touched !== term || shown === term) return; // a second touch follows the link
      event.preventDefault();
      show(term);
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !holds(note, event.target) && !holds(shown, event.target)) hide();
  });
}

/**
 * A correction shows its note by itself, under the mouse and with the focus (in the style sheet): the first touch gives it
 * that.
 * @param {HTMLElement} correction
 */
function onFirstTouch(correction) {
  let first = false;
  correction.addEventListener("pointerdown", (event) => {
    first = event.pointerType !== "mouse" && document.activeElement !== correction;
  });
  correction.addEventListener("click", (event) => {
    if (!first) return;
    first = false;
    event.preventDefault();
    correction.focus({ preventScroll: true });
  });
}
