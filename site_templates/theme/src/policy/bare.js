/** The bare text of a policy: without what the editor added. early/early.js has it from the start where it was chosen. */

import { all } from "../lib/dom.js";
import { remember } from "../lib/memory.js";

const LINKS = ".policy :is(.clause, .more) :is(a[href], a[data-href])";
const root = document.documentElement;

/** Whether the text is shown alone. */
export function isBare() {
  return root.classList.contains("bare");
}

/**
 * Show the text alone, or all there is. Links in the text are of the editor: without them it reads as printed.
 * @param {boolean} bare
 * @param {HTMLElement} button that switches it
 */
export function setBare(bare, button) {
  root.classList.toggle("bare", bare);
  button.setAttribute("aria-pressed", String(bare));
  for (const link of all(document, LINKS)) {
    const address = link.getAttribute("href");
    if (bare && address !== null) {
      link.dataset.href = address;
      link.removeAttribute("href");
    } else if (!bare && link.dataset.href) {
      link.setAttribute("href", link.dataset.href);
      delete link.dataset.href;
    }
  }
  remember("bare", bare ? "yes" : null);
}
