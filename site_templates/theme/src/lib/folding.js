/**
 * Text as it is compared: without white space, half width, lower case, one kind of bracket.
 *
 * generator/folding.py does the same for the index. The tables say what changes, and nothing else
 * does: in particular no compatibility mapping, which would make ③ a 3 and （一） something else.
 */

// First and last code point of a range, and how far it moves.
const SHIFTS = [
  [0xff21, 0xff3a, 0x61 - 0xff21], // Ａ–Ｚ → a–z
  [0xff01, 0xff5e, 0x21 - 0xff01], // the other full-width forms of ASCII: １ → 1, （ → (
  [0x41, 0x5a, 0x20], // A–Z
  [0xc0, 0xd6, 0x20], // À–Ö
  [0xd8, 0xde, 0x20], // Ø–Þ
  [0x391, 0x3a1, 0x20], // Α–Ρ
  [0x3a3, 0x3ab, 0x20], // Σ–Ϋ
  [0x400, 0x40f, 0x50], // Ѐ–Џ
  [0x410, 0x42f, 0x20], // А–Я
  [0x2160, 0x216f, 0x10], // Ⅰ–Ⅿ
  [0x24b6, 0x24cf, 0x1a], // Ⓐ–Ⓩ
];
const BRACKETS = { "[": "(", "]": ")", "［": "(", "］": ")", "〔": "(", "〕": ")" };
const WHITE_SPACE =
  "\t\n\v\f\r\x1c\x1d\x1e\x1f\x20\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008" +
  "\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

const CHANGES = changes();
const CHANGED = anyOf(Array.from(CHANGES.keys()));

/** Any white space that folding takes out. */
export const SPACES = anyOf(Array.from(WHITE_SPACE));

/** What each character becomes that folding changes; "" for white space. */
function changes() {
  const table = new Map();
  for (const [first, last, shift] of SHIFTS) {
    for (let code = first; code <= last; code++) {
      const character = String.fromCharCode(code);
      if (!table.has(character)) table.set(character, String.fromCharCode(code + shift));
    }
  }
  for (const [bracket, folded] of Object.entries(BRACKETS)) table.set(bracket, folded);
  for (const space of WHITE_SPACE) table.set(space, "");
  return table;
}

/**
 * A pattern for any of some characters of one UTF-16 unit each.
 * @param {string[]} characters
 */
function anyOf(characters) {
  const escaped = characters.map((one) => "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));
  return new RegExp("[" + escaped.join("") + "]", "g");
}

/**
 * Text without what a comparison ignores: `１Ａ（` and `〔` are `1a(` and `(`.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return text.replace(CHANGED, (character) => CHANGES.get(character));
}
