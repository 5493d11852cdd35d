/** Long wordings, folded, each with a button; the style sheet says what is long. */

import { all, button } from "../lib/dom.js";

const LONG = 1.3; // how much longer than its room a wording must be to be folded

/**
 * Fold the wordings that are long here and now.
 * @param {HTMLElement} result
 * @param {boolean} unfolded whether those that are new are shown in full
 */
export function clamp(result, unfolded) {
  const bodies = all(result, ".compare-wording");
  bodies.forEach((body) => body.classList.add("compare-folded"));
  const long = new Set(bodies.filter((body) => body.scrollHeight > body.clientHeight * LONG)); // all read before any write
  for (const body of bodies) {
    const after = body.nextElementSibling;
    const old = after instanceof HTMLButtonElement ? after : null;
    const open = old ? old.getAttribute("aria-expanded") === "true" : unfolded;
    if (long.has(body)) unfold(body, old || foldButton(body), open);
    else {
      body.classList.remove("compare-folded");
      if (old) old.remove();
    }
  }
}

/**
 * Show all wordings in full, or none.
 * @param {HTMLElement} result
 * @param {boolean} open
 */
export function unfoldAll(result, open) {
  for (const control of all(result, ".compare-unfold")) {
    const body = control.previousElementSibling;
    if (body) unfold(body, control, open);
  }
}

/** @param {HTMLElement} body */
function foldButton(body) {
  const made = button("compare-unfold", "展开", () => {
    const open = made.getAttribute("aria-expanded") !== "true";
    unfold(body, made, open);
    if (!open) body.closest("li")?.scrollIntoView({ block: "nearest" });
  });
  body.after(made);
  return made;
}

/**
 * @param {Element} body
 * @param {HTMLElement} control
 * @param {boolean} open
 */
function unfold(body, control, open) {
  body.classList.toggle("compare-folded", !open);
  control.setAttribute("aria-expanded", String(open));
  control.textContent = open ? "收起" : "展开";
}
