/** The places of a policy: what its contents list, in order, and how far down the page each stands. */

/** @typedef {{ link: HTMLAnchorElement, target: HTMLElement, top: number }} Place */

/**
 * The places that the contents of a page lead to.
 * @param {HTMLElement} contents
 */
export function placesOf(contents) {
  /** @type {Place[]} */
  const list = [];
  for (const link of contents.querySelectorAll("a")) {
    const target = document.getElementById(link.hash.slice(1));
    if (target) list.push({ link, target, top: 0 });
  }

  /** How far below the top of the screen a clause stands that a link leads to. */
  function headroom() {
    const margin = list.length ? parseFloat(window.getComputedStyle(list[0].target).scrollMarginTop) : 0;
    return (margin || 0) + 8;
  }

  return {
    list,

    /** See where each place stands on the page as it is now. */
    measure() {
      for (const place of list) place.top = place.target.getBoundingClientRect().top + window.scrollY;
    },

    /**
     * The number of the place that stands at the top of the screen, -1 above the first.
     * @param {number} scroll how far the page is scrolled
     */
    at(scroll) {
      const line = scroll + headroom();
      let low = 0;
      let high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (list[middle].top <= line) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    },

    /**
     * The entries of the contents from the outermost section down to a place.
     * @param {number} number
     */
    lineage(number) {
      const line = [];
      for (
        let item = list[number].link.closest("li");
        item;
        item = item.parentElement?.closest("li") || null
      ) {
        line.unshift(item);
      }
      return line;
    },

    /**
     * Scroll the contents, and nothing else, so that a line of them is in sight with some lines around it.
     * @param {number} number
     */
    reveal(number) {
      const box = contents.getBoundingClientRect();
      const own = list[number].link.getBoundingClientRect();
      const around = Math.min(120, box.height / 3);
      if (own.top < box.top + around) contents.scrollTop -= box.top + around - own.top;
      else if (own.bottom > box.bottom - around) contents.scrollTop += own.bottom - box.bottom + around;
    },
  };
}
