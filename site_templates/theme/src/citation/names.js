/** What a text says of a policy: its title, who issued it, its 文号 and year. */

import { toNumber } from "../lib/numerals.js";
import { bare } from "./text.js";

/** @import { PolicyName } from "./types.d.ts" */

// 〔2020〕14号   2020年第14号   29号
const NUMBER =
  /\(?((?:19|20)\d\d)\)?年?第?(\d{1,5})号|\(((?:19|20)\d\d)\)(\d{1,5})(?![\d.、])|第?(\d{1,5})号/;

// 2020年5月26日   2020-05-26
const DATE = /(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日)?|([-.\/])\d{1,2}\1\d{1,2}(?!\d))/g;

const YEAR = /(^|\D)((?:19|20)\d\d)年?(?!\d)/g;
const HAN_YEAR = /[一二][九〇零○][〇零○一二三四五六七八九]{2}年/g;

/**
 * What a text says of a policy.
 * @param {string} text
 * @returns {PolicyName}
 */
export function policyPart(text) {
  /** @type {PolicyName} */
  const name = { text, key: "", title: null, owner: "", years: [], number: null };
  let rest = text.replace(DATE, "");
  const title = titles(rest)[0];
  let inner = "";
  if (title) {
    inner = rest.slice(title.start + 1, title.stop - 1);
    name.title = bare(inner);
    name.owner = bare(rest.slice(0, title.start).split(/[,。;:!?]/).pop() || "");
    rest = rest.slice(0, title.start) + "\u0000" + rest.slice(title.stop);
  }
  rest = rest.replace(NUMBER, (whole, ...groups) => {
    const [year, serial] = [groups[0] || groups[2], groups[1] || groups[3] || groups[4]];
    name.number = { year: year ? Number(year) : null, serial: Number(serial), text: whole };
    return "";
  });
  rest = rest.replace(HAN_YEAR, (whole) => toNumber(whole.slice(0, -1)) + "年");
  rest = rest.replace(YEAR, (_, before, year) => {
    name.years.push(Number(year));
    return before;
  });
  name.key = bare(title ? rest.slice(0, rest.indexOf("\u0000")) + inner : rest);
  // 《…方案》营政办发〔2020〕14号: what stands after the title belongs to the number.
  if (name.title && name.number) name.number.prefix = bare(rest.slice(rest.indexOf("\u0000") + 1));
  return name;
}

/**
 * The titles 《…》 of a folded text, the outer ones: [{start, stop}]. One that is never closed ends at its path.
 * @param {string} text
 * @returns {{ start: number, stop: number }[]}
 */
export function titles(text) {
  const found = [];
  let open = 0;
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "《") {
      if (!open) start = at;
      open++;
    } else if (text[at] === "》" && open) {
      open--;
      // 《关于《…条例》的意见》 closes twice; 《关于《…条例的意见》 once, at the last one.
      if (!open || text.indexOf("》", at + 1) < 0) {
        found.push({ start, stop: at + 1 });
        open = 0;
      }
    }
  }
  return found;
}

/**
 * The text with everything that is no step made unreadable: titles, 文号, years. Same length.
 * @param {string} text
 */
export function masked(text) {
  /** @param {string} whole */
  const blank = (whole) => "\u0000".repeat(whole.length);
  let out = text;
  for (const { start, stop } of titles(text)) {
    out = out.slice(0, start) + blank(out.slice(start, stop)) + out.slice(stop);
  }
  return out
    .replace(DATE, blank)
    .replace(new RegExp(NUMBER.source, "g"), blank)
    .replace(HAN_YEAR, blank)
    .replace(YEAR, (whole, before, _, offset) => {
      const made = before + blank(whole.slice(before.length));
      return before === "第" && /^[条项章节款]/.test(text.slice(offset + whole.length)) ? whole : made;
    });
}
