/** The card itself: shown beside a link or, under a finger, as a small dialog; filled and taken away. */

import { button, element, holds } from "../lib/dom.js";
import { beside, view } from "../lib/placing.js";

/** @import { Child } from "../lib/types.d.ts" */

const GAP = 6; // pixels between link and card
const LOWEST = 120; // pixels of height that a card has at least

/**
 * The one card of a page.
 * @param {() => void} shut what its button does
 */
export function makeCard(shut) {
  const body = element("div", "preview__body");
  const card = element("div", "preview", body);
  const follow = element("a", "preview__open", "打开");
  const actions = element("p", "preview__actions", follow, button("preview__close", "关闭", shut));
  const spoken = element("div", "preview__spoken");
  card.id = "clause-preview";
  card.hidden = true;
  card.tabIndex = -1;
  body.id = "clause-preview-text";
  body.tabIndex = -1; // it may scroll, but is no stop on the way of Tab
  spoken.setAttribute("role", "status");

  return {
    /** The id of its text, by which a link is described. */
    text: body.id,

    /** @param {EventTarget | null} target */
    holds: (target) => holds(card, target),

    /** @param {EventTarget | null} target */
    follows: (target) => target === follow,

    focus: () => card.focus({ preventScroll: true }),

    isShown: () => !card.hidden,

    /** Say its text to a screen reader. */
    speak() {
      spoken.textContent = body.innerText;
    },

    hide() {
      card.hidden = true;
      spoken.textContent = "";
    },

    /**
     * Show blocks in the card of a link.
     * @param {HTMLAnchorElement} link
     * @param {boolean} tapped under a finger: a tooltip has no links
     * @param {Child[]} blocks
     */
    fill(link, tapped, blocks) {
      if (!card.isConnected) document.body.append(card, spoken);
      body.replaceChildren(...element("div", "", ...blocks).childNodes);
      body.scrollTop = 0;
      card.className = tapped ? "preview preview--tapped" : "preview";
      card.setAttribute("role", tapped ? "dialog" : "tooltip");
      if (tapped) {
        card.setAttribute("aria-label", "条文预览");
        follow.href = link.href;
        card.append(actions);
      } else {
        card.removeAttribute("aria-label");
        actions.remove();
      }
      card.hidden = false;
      this.place(link);
    },

    /**
     * Beside a link; on a phone the style sheet places it.
     * @param {HTMLAnchorElement} link
     */
    place(link) {
      card.style.maxHeight = "";
      const line = [...link.getClientRects()].pop() || link.getBoundingClientRect();
      const size = () => ({ width: card.offsetWidth, height: card.offsetHeight });
      card.style.maxHeight = Math.max(LOWEST, beside(line, size(), view(), { gap: GAP }).room) + "px";
      const { left, top } = beside(line, size(), view(), { gap: GAP });
      card.style.left = left + window.scrollX + "px";
      card.style.top = top + window.scrollY + "px";
    },
  };
}
