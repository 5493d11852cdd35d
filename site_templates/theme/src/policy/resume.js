/** Where one was: remembered in this browser as one reads, and offered when one comes back. */

import { button, element } from "../lib/dom.js";
import { recall, remember } from "../lib/memory.js";

/** @import { Place } from "./places.js" */

const PAUSE = 400; // milliseconds without scrolling before a place is remembered
const OFFERED_FOR = 20000; // milliseconds

/**
 * A function that remembers a place of a policy, or none, once one has stopped there.
 * @param {string} policy its id
 * @returns {(anchor: string | null) => void}
 */
export function placeKeeper(policy) {
  let timer = 0;
  return (anchor) => {
    clearTimeout(timer);
    timer = setTimeout(() => remember("read." + policy, anchor), PAUSE);
  };
}

/**
 * Offer the way back to where one stopped, unless the address already names a place.
 * @param {string} policy its id
 * @param {Place[]} places
 */
export function offerPlace(policy, places) {
  const anchor = recall("read." + policy);
  const place = places.find(({ target }) => target.id === anchor);
  if (!place || window.location.hash || window.scrollY > 0) return;
  const link = element("a", "", "上次读到：" + place.link.textContent);
  link.href = place.link.hash;
  const box = element("div", "resume", link, button("", "×", null, "不再提示"));
  box.setAttribute("role", "status");
  box.addEventListener("click", () => box.remove());
  document.body.append(box);
  setTimeout(() => {
    if (!box.contains(document.activeElement)) box.remove();
  }, OFFERED_FOR);
}
