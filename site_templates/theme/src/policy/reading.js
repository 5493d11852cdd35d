/**
 * Reading a policy: where one is (contents and bar), the next clause by a key, where one was, the bare text.
 *
 * The contents (policy-contents.html.j2) are the list of places; everything here goes by their links. A reader can switch
 * the keys off (WCAG 2.1.4).
 */

import { around, holds, part } from "../lib/dom.js";
import { isBare, setBare } from "./bare.js";
import { keysHelp, keysOn } from "./keys-help.js";
import { offerPlace, placeKeeper } from "./resume.js";
import { placesOf } from "./places.js";

/** Wire the contents and the bar of this page, where it has them. */
export function reading() {
  const policy = document.querySelector(".policy");
  const contents = document.querySelector(".policy-contents");
  const bar = document.querySelector(".whereabouts");
  if (!(policy instanceof HTMLElement && contents instanceof HTMLElement && bar instanceof HTMLElement)) {
    return;
  }
  connect(policy, contents, bar);
}

/**
 * @param {HTMLElement} policy
 * @param {HTMLElement} contents
 * @param {HTMLElement} bar
 */
function connect(policy, contents, bar) {
  const path = part(bar, ".whereabouts__path", HTMLElement);
  const bareButton = part(bar, "[data-bare]", HTMLButtonElement);
  const back = part(bar, '[data-step="-1"]', HTMLButtonElement);
  const forth = part(bar, '[data-step="1"]', HTMLButtonElement);
  const whole = Array.from(path.childNodes); // what the bar says above the first clause
  const places = placesOf(contents);
  const { list } = places;
  const keep = placeKeeper(policy.dataset.policy || "");
  let current = -1; // the place one reads, -1 above the first
  // The place one asked for, and how far the page was scrolled then: near the end of the page a clause cannot come to
  // the top of the screen, but it is the one that is meant until one scrolls.
  let asked = { number: -1, scroll: -1 };

  // ---- Where one is

  function measure() {
    places.measure();
    follow();
  }

  function follow() {
    const number = asked.scroll === window.scrollY ? asked.number : places.at(window.scrollY);
    if (number !== current) arrive(number);
  }

  /**
   * Mark the place one has come to.
   * @param {number} number
   */
  function arrive(number) {
    if (list[current]) {
      list[current].link.removeAttribute("aria-current");
      places.lineage(current).forEach((item) => item.classList.remove("open"));
    }
    current = number;
    back.disabled = current <= 0;
    forth.disabled = current === list.length - 1;
    if (current < 0) {
      path.replaceChildren(...whole);
      contents.scrollTop = 0;
      return;
    }
    const line = places.lineage(current);
    line.forEach((item) => item.classList.add("open"));
    list[current].link.setAttribute("aria-current", "location");
    path.replaceChildren(...line.map((item) => {
      const link = /** @type {HTMLElement} */ (part(item, "a", HTMLAnchorElement).cloneNode(true));
      link.removeAttribute("aria-current");
      return link;
    }));
    places.reveal(current);
  }

  /** @param {number} number */
  function go(number) {
    const place = list[Math.max(0, Math.min(list.length - 1, number))];
    window.location.replace(place.link.hash); // no entry in the history for each key
    place.target.tabIndex = -1;
    place.target.focus({ preventScroll: true });
    ask();
  }

  /** Take the place the address names for the one that is meant. */
  function ask() {
    const number = list.findIndex((place) => place.link.hash === window.location.hash);
    asked = { number, scroll: number < 0 ? -1 : window.scrollY };
    follow();
  }

  /**
   * To the next place, or the one before: -1.
   * @param {number} by
   */
  function step(by) {
    follow(); // what one sees now, not what one saw when the last scroll was told of
    go(current + by);
  }

  // ---- Contents over the text, on a narrow screen

  const narrow = window.matchMedia("(max-width: 59.9375em)");

  /** @param {boolean} open */
  function cover(open) {
    contents.classList.toggle("policy-contents--over", open);
    if (open && list[current]) places.reveal(current);
  }

  path.addEventListener("click", (event) => {
    if (!narrow.matches || !around(event.target, "a")) return;
    event.preventDefault();
    cover(!contents.classList.contains("policy-contents--over"));
  });
  document.addEventListener("click", (event) => {
    if (!holds(path, event.target)) cover(false);
  });

  // ---- The bare text

  /** Switch, and stay at the clause one reads. */
  function toggleBare() {
    const place = list[current];
    const before = place ? place.target.getBoundingClientRect().top : 0;
    setBare(!isBare(), bareButton);
    if (place) window.scrollBy(0, place.target.getBoundingClientRect().top - before);
    measure();
  }

  // ---- Keys

  /** @type {Record<string, () => void>} */
  const keys = { j: () => step(1), k: () => step(-1), b: toggleBare, "?": keysHelp };

  // On the window and while the event goes down: a reader who switched single keys off is obeyed by every script.
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") cover(false);
    const typing = around(event.target, "input, textarea, select, dialog, [contenteditable]");
    if (event.key.length !== 1 || typing) return;
    if (!keysOn()) event.stopImmediatePropagation();
    else if (keys[event.key]) {
      keys[event.key]();
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // ---- At work

  bar.addEventListener("click", (event) => {
    const pressed = around(event.target, "button");
    if (!pressed) return;
    if (pressed.dataset.step) step(Number(pressed.dataset.step));
    else if (pressed === bareButton) toggleBare();
    else keysHelp();
  });

  let waiting = false;
  window.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(() => {
      waiting = false;
      follow();
      keep(current > 0 && current < list.length - 1 ? list[current].link.hash.slice(1) : null);
    });
  }, { passive: true });

  window.addEventListener("hashchange", ask);

  if (isBare()) setBare(true, bareButton);
  offerPlace(policy.dataset.policy || "", list);
  measure();
  new ResizeObserver(measure).observe(policy);
}
