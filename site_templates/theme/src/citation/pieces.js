/** The citations in a text, each read in every way it can be. */

import { masked, policyPart, titles } from "./names.js";
import { joined } from "./paths.js";
import { scan } from "./steps.js";
import { bare, plain as folded } from "./text.js";

/** @import { Path, Reading } from "./types.d.ts" */

const READINGS = 8; // ways tried to part one text into name and path
const CITATIONS = 20; // in one text

// （以下简称《条例》）   [EB/OL]
const ASIDE = /\((?:(?:以下|下称|简称)[^()]{0,80}|[a-z]{1,2}(?:\/ol)?)\)/g;

const BREAKS = /[\n;。!?]/;

/**
 * A text in pieces of one title at most each; a piece ends at a line break, ； or 。 outside 《》, or before a title.
 * @param {string} text
 */
export function pieces(text) {
  const found = [];
  for (const sentence of sentences(text)) {
    const named = titles(sentence);
    const tokens = named.length > 1 ? scan(masked(sentence)) : [];
    let start = 0;
    for (let place = 1; place < named.length; place++) {
      const since = named[place - 1].stop;
      const steps = tokens.filter((token) => token.start >= since && token.stop <= named[place].start);
      const number = /^\([^()]{0,60}\)/.exec(sentence.slice(since));
      const cut = steps.length ? steps[steps.length - 1].stop : since + (number ? number[0].length : 0);
      found.push(sentence.slice(start, cut));
      start = cut;
    }
    found.push(sentence.slice(start));
  }
  return found.filter((piece) => bare(piece) || scan(piece, 1).length).slice(0, CITATIONS);
}

/** @param {string} text */
function sentences(text) {
  const found = [""];
  let open = 0;
  for (const line of text.split(/\r?\n/)) {
    for (const one of folded(line) + "\n") {
      if (one === "《") open++;
      else if (one === "》" && open) open--;
      if (BREAKS.test(one) && (!open || found[found.length - 1].length > 200)) {
        found.push("");
        open = 0;
      } else if (one !== "\n") found[found.length - 1] += one;
    }
  }
  return found.map((sentence) => sentence.replace(ASIDE, "")).filter(Boolean);
}

/**
 * The ways to part a piece into policy and paths, the likeliest first.
 * @param {string} piece
 * @returns {Reading[]}
 */
export function readings(piece) {
  const plain = masked(piece);
  const tokens = scan(plain);
  const [title] = titles(piece);
  /**
   * @param {string} name
   * @param {Path[]} paths
   * @param {string} rest
   */
  const reading = (name, paths, rest) => ({
    policy: bare(name) ? policyPart(name) : null,
    paths,
    rest,
    whole: false,
  });
  if (title) {
    let first = tokens.findIndex((token) => token.start >= title.stop);
    if (first >= 0 && tokens[first].start - title.stop > 80) first = -1;
    if (first < 0 && tokens.length && tokens[0].start < title.start) {
      const { paths, stop } = joined(tokens, 0, plain); // 第五十条（贵州省《…条例》）
      return [reading(piece.slice(stop), paths, "")];
    }
    if (first < 0) return [reading(piece.slice(0, title.stop) + afterTitle(piece.slice(title.stop)), [], "")];
    const { paths, stop } = joined(tokens, first, plain);
    return [reading(piece.slice(0, tokens[first].start), paths, piece.slice(stop))];
  }
  const found = tokens.slice(0, READINGS).map((token, place) => {
    const { paths, stop } = joined(tokens, place, plain);
    return reading(piece.slice(0, token.start), paths, piece.slice(stop));
  });
  const [head] = found;
  if (head && !head.policy && bare(head.rest)) {
    found.splice(1, 0, reading(head.rest, head.paths, "")); // 第35项，营口方案
  }
  // 哈尔滨66条: what looks like a step may belong to the name; then the name is the whole piece.
  found.push(Object.assign(reading(piece, [], ""), { whole: tokens.length > 0 }));
  return found;
}

/**
 * What belongs to a title that no path follows: its 文号.
 * @param {string} text
 */
function afterTitle(text) {
  const number = /^\(?[^(),。]{0,20}\(?\d{4}\)?第?\d{1,5}号\)?/.exec(text);
  return number ? number[0] : "";
}
