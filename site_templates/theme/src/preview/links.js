/**
 * Where a link to a clause leads, shown beside the link: hovered, focused or tapped.
 *
 * With a mouse or the keyboard the card is a tooltip: it stays while the pointer is on it, Esc closes it, and the link
 * works as always. Under a finger it is a small dialog, on a phone at the foot of the window: the first tap shows it, the
 * second, or its link 打开, follows. Navigation and search results have none, nor has what stands in an element with
 * data-preview="off". Nothing is loaded before it is needed. Text of a policy is data: it reaches the page through text
 * nodes only.
 */

import { element, words } from "../lib/dom.js";
import { makeCard } from "./card.js";
import { blocksOf } from "./content.js";
import { addressOf, find, linkOf } from "./target.js";

const OPEN_AFTER = 300; // milliseconds that a link is pointed at or focused before its card comes
const CLOSE_AFTER = 250; // milliseconds to reach the card with the pointer
const WAIT_AFTER = 150; // milliseconds of loading before the card says so

/** Give the links of this page their card. */
export function clausePreviews() {
  const card = makeCard(leave);
  /** @type {HTMLAnchorElement | null} */
  let link = null; // the link whose card is shown or awaited
  let tapped = false; // … under a finger
  let timer = 0;

  /**
   * @param {HTMLAnchorElement} next
   * @param {boolean} byTap
   */
  async function open(next, byTap) {
    const address = addressOf(next);
    close();
    if (!address) return;
    link = next;
    tapped = byTap;
    const current = () => link === next;
    let late = false;
    const waiting = setTimeout(() => {
      late = true;
      if (current()) card.fill(next, byTap, [note("正在载入条文……")]);
    }, WAIT_AFTER);
    if (!byTap) next.setAttribute("aria-describedby", card.text);
    try {
      const found = await find(address);
      if (!current()) return;
      if (found) card.fill(next, byTap, blocksOf(found));
      else {
        if (byTap) window.location.assign(next.href);
        close();
      }
    } catch (error) {
      if (current()) card.fill(next, byTap, [note(words(error))]);
    } finally {
      clearTimeout(waiting);
    }
    if (!current()) return;
    if (byTap) card.focus();
    else if (late && document.activeElement === next) card.speak(); // came after the focus
  }

  function close() {
    clearTimeout(timer);
    if (link) link.removeAttribute("aria-describedby");
    link = null;
    card.hide();
  }

  /** Close, and put the focus back where it was when a tap took it. */
  function leave() {
    const from = tapped && card.holds(document.activeElement) ? link : null;
    close();
    if (from) from.focus({ preventScroll: true });
  }

  /**
   * @param {number} pause
   * @param {() => void} work
   */
  function after(pause, work) {
    clearTimeout(timer);
    timer = setTimeout(work, pause);
  }

  // ---- Mouse ----

  /** @type {HTMLAnchorElement | "card" | null} */
  let spot = null; // what is under the mouse

  // Moves of the mouse, not what it is over: a page that scrolls under a resting pointer does not ask for cards.
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || tapped && link) return;
    const now = card.holds(event.target) ? "card" : linkOf(event.target);
    if (now === spot) return;
    spot = now;
    if (now === "card" || now && now === link) clearTimeout(timer);
    else if (now) {
      after(OPEN_AFTER, () => {
        if (now.matches(":hover")) open(now, false);
      });
    } else goodbye();
  });
  document.documentElement.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "touch" || tapped) return;
    spot = null;
    goodbye();
  });

  /** The pointer left: so does the card, but for one that the keyboard asked for. */
  function goodbye() {
    if (link && document.activeElement !== link) after(CLOSE_AFTER, close);
    else clearTimeout(timer);
  }

  // ---- Keyboard ----

  document.addEventListener("focusin", (event) => {
    const at = linkOf(event.target);
    if (at && at !== link && seen(at)) after(OPEN_AFTER, () => open(at, false));
  });
  document.addEventListener("focusout", (event) => {
    if (tapped) return;
    if (event.target === link) close();
    else if (linkOf(event.target)) clearTimeout(timer);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !card.isShown()) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  }, true);

  // ---- Finger, and everything that follows a link ----

  let pointer = ""; // what was last pressed with

  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (link && !card.holds(event.target) && linkOf(event.target) !== link) close();
  }, true);
  document.addEventListener("click", (event) => {
    const at = linkOf(event.target);
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const pressed = event instanceof PointerEvent ? event.pointerType : "";
    const byFinger = event.detail > 0 && (pressed || pointer) === "touch";
    if (at && byFinger && !modified && !event.defaultPrevented && !(at === link && tapped)) {
      event.preventDefault();
      open(at, true);
    } else if (at || card.follows(event.target)) close();
  });
  window.addEventListener("resize", () => {
    if (link && card.isShown()) card.place(link);
  });
  window.addEventListener("pagehide", close);
}

/** @param {string} text */
function note(text) {
  return element("p", "preview__note", text);
}

/**
 * Whether a focus is one of the keyboard: a click with the mouse focuses too.
 * @param {Element} focused
 */
function seen(focused) {
  try {
    return focused.matches(":focus-visible");
  } catch {
    return true; // a browser that does not tell
  }
}
