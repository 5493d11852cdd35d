/** Where something small that floats over the page goes: a menu, a card, a note. */

/**
 * Below a line of the page, or above it where that has more room and below there is not enough; never off the screen.
 * All numbers are pixels of the window.
 * @param {{ left: number, top: number, bottom: number }} line beside which it goes; `left` is where it begins
 * @param {{ width: number, height: number }} size of what is placed
 * @param {{ width: number, height: number }} view the window
 * @param {{ gap?: number, margin?: number }} [room] between the two, and to the edge of the window
 * @returns {{ left: number, top: number, room: number }} `room`: how high it may be there
 */
export function beside(line, size, view, { gap = 0, margin = 8 } = {}) {
  const over = line.top - gap - margin;
  const under = view.height - line.bottom - gap - margin;
  const above = under < size.height && over > under;
  return {
    left: Math.max(margin, Math.min(line.left, view.width - size.width - margin)),
    top: above ? line.top - gap - size.height : line.bottom + gap,
    room: above ? over : under,
  };
}

/** The part of the window that shows the page, without its scroll bar. */
export function view() {
  return { width: document.documentElement.clientWidth, height: window.innerHeight };
}
