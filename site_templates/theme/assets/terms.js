/*
 * Terms explained where they occur (generator/publishing/pages/terms.py). Each is a link to its explanation and has the
 * explanation as its title; here it shows under the mouse, the keyboard's focus and the first touch, can be pointed
 * at and is dismissed by Esc (WCAG 1.4.13). Without this script the browser shows the title. Corrections on touch, too.
 */
(function () {
  "use strict";

  const PAUSE = 250; // milliseconds the mouse rests before a note comes or goes
  let note = null;
  let shown = null; // the term whose note is in sight
  let timer = 0;
  let touched = null; // the term that the finger is on

  function make() {
    note = document.createElement("div");
    note.className = "term-note";
    note.id = "term-note";
    note.setAttribute("role", "tooltip");
    note.hidden = true;
    note.addEventListener("pointerenter", () => window.clearTimeout(timer));
    note.addEventListener("pointerleave", () => later(hide));
    document.querySelector("article").append(note); // inside the main landmark; see place
  }

  function later(action) {
    window.clearTimeout(timer);
    timer = window.setTimeout(action, PAUSE);
  }

  function show(term) {
    window.clearTimeout(timer);
    if (shown === term) return;
    hide();
    if (!note) make();
    note.textContent = term.dataset.text;
    note.hidden = false;
    shown = term;
    term.setAttribute("aria-describedby", note.id);
    place(term);
  }

  /** Below the term, or above where there is no room; never off the screen. */
  function place(term) {
    const [line] = term.getClientRects();
    const box = note.getBoundingClientRect();
    const origin = note.offsetParent.getBoundingClientRect();
    const left = Math.max(8, Math.min(line.left, document.documentElement.clientWidth - box.width - 8));
    const below = line.bottom + 6;
    const top = below + box.height < window.innerHeight ? below : line.top - box.height - 6;
    note.style.left = left - origin.left + "px";
    note.style.top = top - origin.top + "px";
  }

  function hide() {
    window.clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    note.hidden = true;
  }

  for (const term of document.querySelectorAll("a.term")) {
    term.dataset.text = term.title;
    term.removeAttribute("title");
    term.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && term.hasAttribute("href")) later(() => show(term));
    });
    term.addEventListener("pointerleave", () => later(hide));
    term.addEventListener("pointerdown", (event) => { touched = event.pointerType === "mouse" ? null : term; });
    term.addEventListener("focus", () => { if (touched !== term) show(term); });
    term.addEventListener("blur", hide);
    term.addEventListener("click", (event) => {
      if (touched !== term || shown === term) return; // a second touch follows the link
      event.preventDefault();
      show(term);
    });
  }
  // A correction shows its note by itself, under the mouse and with the focus (pages.css): the first touch gives it that.
  for (const correction of document.querySelectorAll("a.correction")) {
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
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !note.contains(event.target) && !shown.contains(event.target)) hide();
  });
})();
