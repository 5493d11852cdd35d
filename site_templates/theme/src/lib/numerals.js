/**
 * Chinese numerals as labels and citations print them. generator/parsing/numerals.py reads the same numbers; both are
 * tested against tests/tables/numerals.json.
 */

/** @type {Record<string, number>} */
const DIGITS = {
  零: 0,
  "〇": 0,
  "○": 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
/** @type {Record<string, number>} */
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const MOST_DIGITS = 9; // of a number that counts anything; what is longer is a code, or a slip, and no number
const FULL_WIDTH = 0xff10 - 0x30;

/** The characters of a numeral in Han, for patterns. */
export const HAN = "零〇○一二两三四五六七八九十百千廿卅";

/** The circled numbers in their order. */
export const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿";

/**
 * The value of a number: 三十五, 35, ３５, 一百零二, 二〇二〇, 廿一; null where the text is none, or one of more than
 * MOST_DIGITS digits. Values of 万 and above do not occur in labels.
 * @param {string} text
 * @returns {number | null}
 */
export function toNumber(text) {
  if (/^[0-9０-９]+$/.test(text)) return toNumberOfDigits(text);
  const spelled = text.replace(/廿/g, "二十").replace(/卅/g, "三十");
  if (!spelled || Array.from(spelled).some((one) => !(one in DIGITS || one in UNITS))) return null;
  if (!/[十百千]/.test(spelled)) return toNumberOfDigits(Array.from(spelled, (one) => DIGITS[one]).join(""));
  if (spelled.length > 2 * MOST_DIGITS) return null;
  let total = 0;
  /** @type {number | null} */
  let digit = null;
  for (const one of spelled) {
    if (one in UNITS) {
      total += (digit === null ? 1 : digit) * UNITS[one];
      digit = null;
    } else digit = DIGITS[one] || null;
  }
  return total + (digit || 0);
}

/** @param {string} text digits alone, of either width */
function toNumberOfDigits(text) {
  const digits = text
    .replace(/[０-９]/g, (one) => String.fromCharCode(one.charCodeAt(0) - FULL_WIDTH))
    .replace(/^0+(?=\d)/, "");
  return digits.length <= MOST_DIGITS ? Number(digits) : null;
}
