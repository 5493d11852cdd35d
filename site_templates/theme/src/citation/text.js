/** Text and names as citations are compared. */

import { fold } from "../lib/folding.js";
import { HAN, toNumber } from "../lib/numerals.js";

// What people write for one another beyond what all folding makes equal (lib/folding.js).
/** @type {Map<string, string>} */
const FORMS = new Map();
for (
  const [to, from] of [
    ["(", "【﹝〖{"],
    [")", "】﹞〗}"],
    ['"', "“”„‟「」『』‘’'｢｣"],
    ["《", "〈«‹<"],
    ["》", "〉»›>"],
    ["—", "―–─━"],
    ["-", "‐‑‒−"],
    ["~", "〜∼"],
    ["见", "⻅"],
    ["长", "⻓"],
    ["门", "⻔"],
    ["风", "⻛"],
    ["马", "⻢"],
    ["齐", "⻬"],
    ["龙", "⻰"],
    ["条", "條"],
    ["项", "項"],
    ["号", "號"],
    ["节", "節"],
    ["编", "編"],
    ["点", "點"],
  ]
) {
  for (const one of from) FORMS.set(one, to);
}
const INVISIBLE = /[\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff\u00ad]/g;
// Radicals from PDFs, ㈠, ⑴, ⒈ and small forms: each has one plain form. ① must stay what it is.
const COMPATIBLE = /[\u2e80-\u2fdf\u3220-\u3229\u2474-\u249b\ufe50-\ufe6b]/g;

/**
 * Text as citations are compared: `第（２）项` and `第 (2) 项` are `第(2)项`, 〔2020〕 is (2020), “ ” are ".
 * @param {string} text
 */
export function plain(text) {
  const known = text.replace(INVISIBLE, "").replace(COMPATIBLE, (one) => one.normalize("NFKC"));
  return Array.from(fold(known), (one) => FORMS.get(one) || one).join("").replace(/——+|--+/g, "——");
}

const COUNT = new RegExp("[" + HAN + "]{1,10}(?=[条项号])", "g"); // 二十一条举措 is known as 21条

/**
 * A name as names are compared: letters and digits alone; 二十一条 and 21条 are the same.
 * @param {string} text
 */
export function bare(text) {
  return plain(text).replace(/[^\p{L}\p{N}]/gu, "").replace(COUNT, (number) => {
    const value = toNumber(number);
    return value === null ? number : String(value);
  });
}
