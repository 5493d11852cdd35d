/**
 * On paper: address and day of retrieval at the foot of every page, and the addresses of the links at the end. Where a
 * browser has no page footers (CSS margin boxes), the end of the text has the address and the day.
 */

import { today } from "../lib/dates.js";
import { all, element, part } from "../lib/dom.js";
import { address } from "../lib/site.js";

/** Keep what is printed up to date. */
export function printing() {
  const sheet = typeof CSSStyleSheet === "function" && "replaceSync" in CSSStyleSheet.prototype
    ? new CSSStyleSheet()
    : null;
  if (sheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  // What a page answers (a comparison, a search) stands in its address. A policy is the same, whatever was searched for.
  const asked = () => (document.querySelector(".policy") ? "" : window.location.search);

  function prepare() {
    const retrieved = "检索日期：" + today();
    if (sheet) {
      sheet.replaceSync(
        "@page { @bottom-left { content: " + quoted(address + asked() + "　" + retrieved) + " } }",
      );
    }
    const colophon = document.querySelector(".colophon");
    if (!colophon) return;
    part(colophon, ".colophon__date", HTMLElement).textContent = retrieved;
    listLinks(part(colophon, ".colophon__links", HTMLElement));
  }

  prepare();
  window.addEventListener("beforeprint", prepare);
}

/**
 * A text as a CSS string.
 * @param {string} text
 */
function quoted(text) {
  return '"' + text.replace(/["\\\n]/g, (mark) => "\\" + mark.charCodeAt(0).toString(16) + " ") + '"';
}

/** @param {HTMLElement} list */
function listLinks(list) {
  const seen = new Map();
  for (const link of all(document, ".policy :is(.clause, .more, .note) a.reference[href]")) {
    // Where it is published, not where this copy of the page lies.
    const target = new URL(link.dataset.href || link.getAttribute("href") || "", address).href;
    if (!seen.has(target)) seen.set(target, link.textContent);
  }
  list.replaceChildren(...Array.from(seen, ([target, text]) => element("li", "", text + "：" + target)));
}
