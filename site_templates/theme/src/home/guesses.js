/** Which policies a wrong address may mean. */

/** @import { PolicyRecord } from "../lib/types.d.ts" */

const SHOWN = 5;
const FAR = 0.6; // of the longer text: more differing characters than that are no guess

/**
 * The policies whose id, or former id, is nearest to a text, the nearest first.
 * @param {string} asked
 * @param {PolicyRecord[]} policies
 */
export function guesses(asked, policies) {
  return policies
    .map((policy) => ({
      policy,
      far: Math.min(...[policy.id, ...policy.former].map((id) => farness(asked, id))),
    }))
    .filter(({ far }) => far <= FAR)
    .sort((a, b) => a.far - b.far)
    .slice(0, SHOWN)
    .map(({ policy }) => policy);
}

/**
 * From 0, the same, to 1, nothing in common. A part that is cut off counts little.
 * @param {string} asked
 * @param {string} id
 */
function farness(asked, id) {
  if (asked.length > 3 && (id.startsWith(asked) || asked.startsWith(id))) return 0.1;
  return distance(asked, id) / Math.max(asked.length, id.length, 1);
}

/**
 * How many characters must be put in, taken out or changed to make one text of the other.
 * @param {string} a
 * @param {string} b
 */
export function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
