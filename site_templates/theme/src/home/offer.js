/**
 * Guesses for an address that is none: the policies whose id, or former id, is nearest to its last part. Without this
 * script the page has links to the lists.
 */

import { loadIndex } from "../lib/clauses.js";
import { element, part } from "../lib/dom.js";
import { policyPage } from "../lib/site.js";
import { guesses } from "./guesses.js";

/** Offer what the address of this page may have meant. */
export function offerGuesses() {
  const last = decodeURIComponent(window.location.pathname).split("/").filter(Boolean).pop() || "";
  const asked = last.replace(/\.(html?|md)$/i, "").toLowerCase();
  if (asked && asked !== "404") loadIndex().then(({ policies }) => offer(guesses(asked, policies)), () => {});
}

/** @param {ReturnType<typeof guesses>} found */
function offer(found) {
  const box = part(document, ".guesses", HTMLElement);
  part(box, "ul", HTMLElement).append(...found.map((policy) => {
    const link = element("a", "", policy.name);
    link.href = policyPage(policy.id) + window.location.hash;
    return element("li", "", link);
  }));
  box.hidden = found.length === 0;
}
