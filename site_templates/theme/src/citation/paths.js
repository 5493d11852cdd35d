/** Steps that belong together: 第三十条第一款、第二款 is two paths. */

import { depth } from "./steps.js";

/** @import { Path, Step, Token } from "./types.d.ts" */

const GOES_ON = /^(?:的|之|中的?|里的?|内的?|下的?|项下的?|规定的?)?[/>》·:]?$/;
const LISTS = /^(?:的|规定的?)?(?:以及|、|,|和|与|及|或|并)+$/;
const RANGES = /^(?:的)?(?:至|到|~|—+|-)$/;

/**
 * The paths that the tokens from `from` on make, up to where other words follow.
 * @param {Token[]} tokens
 * @param {number} from
 * @param {string} text
 * @returns {{ paths: Path[], stop: number }}
 */
export function joined(tokens, from, text) {
  /** @type {Path[]} */
  const paths = [];
  /** @type {Step[]} */
  let steps = [];
  let range = false; // the path being read is the end of one
  const close = () => {
    if (range) paths[paths.length - 1].to = steps;
    else paths.push({ steps, to: null });
    range = false;
  };
  /** @param {Step} step */
  const above = (step) => {
    const key = step.unit || step.style;
    const same = steps.map((one) => one.unit || one.style).lastIndexOf(key);
    return same >= 0 ? steps.slice(0, same) : steps.filter((one) => depth(one) < depth(step));
  };
  /** @param {Token} token */
  const add = (token) => {
    const head = steps;
    steps = head.concat(token.steps[0]);
    for (const step of token.steps.slice(1)) {
      close();
      range = token.range;
      steps = head.concat(step);
    }
  };
  add(tokens[from]);
  let stop = tokens[from].stop;
  for (const token of tokens.slice(from + 1)) {
    const gap = text.slice(stop, token.start);
    const step = token.steps[0];
    if (GOES_ON.test(gap) || (LISTS.test(gap) && depth(step) > depth(steps[steps.length - 1]))) {
      // goes on below the last step
    } else if ((LISTS.test(gap) || RANGES.test(gap)) && paths.length < 50) {
      const head = above(step);
      close();
      range = RANGES.test(gap);
      steps = head;
    } else break;
    add(token);
    stop = token.stop;
  }
  close();
  return { paths, stop };
}
