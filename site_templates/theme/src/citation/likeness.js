/** How much of one text stands in another. */

/**
 * Whether all characters of a key stand in a text, in their order.
 * @param {string} key
 * @param {string} text
 */
export function isWithin(key, text) {
  let at = 0;
  for (let place = 0; place < key.length; place++) {
    at = text.indexOf(key[place], at) + 1;
    if (!at) return false;
  }
  return true;
}

/**
 * The fewest stretches of a text that a key within it can be put together from.
 * @param {string} key
 * @param {string} text
 */
export function blocks(key, text) {
  let row = new Array(text.length).fill(Infinity); // best for key[0..at], its last character at each place
  for (let at = 0; at < key.length; at++) {
    const next = new Array(text.length).fill(Infinity);
    let before = at ? Infinity : 0; // best that ended further left
    for (let place = 0; place < text.length; place++) {
      if (text[place] === key[at]) {
        const goesOn = at && place ? row[place - 1] : Infinity;
        next[place] = Math.min(goesOn, before + 1);
      }
      if (at) before = Math.min(before, row[place]);
    }
    row = next;
  }
  return Math.min(...row);
}

/**
 * The length of the longest common subsequence of two texts.
 * @param {string} key
 * @param {string} text
 */
export function common(key, text) {
  let row = new Uint8Array(text.length + 1);
  for (const one of key) {
    const next = new Uint8Array(text.length + 1);
    for (let place = 0; place < text.length; place++) {
      next[place + 1] = one === text[place] ? row[place] + 1 : Math.max(next[place], row[place + 1]);
    }
    row = next;
  }
  return row[text.length];
}
