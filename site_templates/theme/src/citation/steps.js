/** The steps of a path in a folded text: 第五十条第二款, 第（一）至（三）项, 二、（一）2. */

import { CIRCLED, HAN, toNumber } from "../lib/numerals.js";

/** @import { Step, Token } from "./types.d.ts" */

const N = "(\\d{1,4}|[" + HAN + "]{1,10})";
const UNIT =
  "(自然段|部分|小点|小项|编|章|节|条(?!例)|款|项(?!目)|目|点|段|行(?![动政业为使程驶])|组(?![织合成长]))";
const SEPARATOR = "(?:以及|、|,|和|与|及|或)";
const TO = "(?:至|到|~|—+|-)";

/** @param {string} source */
const sticky = (source) => new RegExp(source, "y");

const FORMS = {
  // 第九、十条   第9-12条   第（一）至（三）项   35、36项
  list: sticky(
    "(?:第\\(?" + N + "|(\\d{1,4}))\\)?((?:(?:" + SEPARATOR + "|" + TO + ")第?\\(?" + N + "\\)?){1,20})" +
      UNIT,
  ),
  // 第五十条   第（二）项   35项   第一百三十三条之一   第50-1条
  numbered: sticky("第?(\\(?)" + N + "\\)?(?:之" + N + "|-(\\d{1,2}))?" + UNIT + "(?:之" + N + ")?"),
  circled: sticky("第?([" + CIRCLED + "])(小点|小项|点|项|目)?"),
  nth: sticky("第" + N + '个(?:"?([—-]+)"?|"([^"《》]{1,8})"|破折号|横线|列举)'), // 第二个“——”
  word: sticky('"?([一二三四五六七八九十]{1,3}(?:是|要(?!素))|[a-z]类)"?|"([a-z]|——)"'), // 一是   “A类”
  quoted: sticky('"([^"《》]{1,8})"'), // any other printed label, after a step
  attachment: sticky("附(?:[件表录]" + N + "?|" + N + ")[::]?"), // 附件1   附件   附表2
  table: sticky("(?:第" + N + "(?:个|张))?表(?:格)?(?:([1-9]\\d?)(?!\\d|年|人|份)|(?=第|的|$))"), // 表2   第2个表   表第3行
  cover: sticky("(?:印发|转发)(?:的)?通知"),
  bracket: sticky("\\(" + N + "\\)"), // （一）
  comma: sticky("([" + HAN + "]{1,5})(?:[、.]|(?=\\([" + HAN + "]))"), // 一、   二（一）
  dot: sticky("(\\d{1,3})(?:[.、](?!\\d)|\\))"), // 1.   1、   1)
  last: sticky("第?" + N + "$"), // 营口方案35
};

// How deep a unit or a printed form usually stands: 第五十条，第二款 goes on, 第五十条，第五十一条 begins anew.
/** @type {Record<string, number>} */
const DEPTH = {
  "附件": 0,
  "印发通知": 0,
  "编": 1,
  "章": 2,
  "部分": 2,
  "节": 3,
  comma: 3,
  "条": 4,
  "款": 5,
  bracket: 5,
  "项": 6,
  dot: 6,
  "点": 7,
  "目": 7,
  "小项": 8,
  "小点": 8,
  "表": 8,
  "组": 8.5,
  circled: 8,
  item: 9,
  "行": 9,
  "段": 10,
};

/** @param {string} number */
const isHan = (number) => !/^\d/.test(number);

/** @type {Omit<Step, "text">} */
const NO_STEP = {
  unit: null,
  style: null,
  number: null,
  insertion: null,
  word: null,
  han: false,
  bracket: false,
};
const LABELS = /** @type {const} */ (["bracket", "comma", "dot"]);

/**
 * A unit by the name that paths are compared by.
 * @param {string} unit
 */
const unitOf = (unit) => (unit === "自然段" ? "段" : unit === "小项" ? "小点" : unit);

/**
 * The step, or the list of steps, that stands at a place of a folded text. `after`: whether a step stands just before.
 * @param {string} text
 * @param {number} at
 * @param {boolean} after
 * @returns {Token | null}
 */
function stepAt(text, at, after) {
  /** @param {keyof typeof FORMS} form */
  const found = (form) => {
    FORMS[form].lastIndex = at;
    return FORMS[form].exec(text);
  };
  /**
   * @param {RegExpExecArray} match
   * @param {...Partial<Step>} steps
   */
  const made = (match, ...steps) => ({
    start: at,
    stop: at + match[0].length,
    range: false,
    steps: steps.map((step) => ({ ...NO_STEP, text: match[0], ...step })),
  });

  let match = found("list");
  if (match && isOrdinal(match, 5)) {
    const listed = listedSteps(match, unitOf(match[5]));
    if (listed) return Object.assign(made(match, ...listed.steps), { range: listed.range });
  }
  match = found("numbered");
  if (match && isOrdinal(match, 5) && toNumber(match[2]) !== null) {
    const insertion = match[3] || match[4] || match[6];
    return made(match, {
      unit: unitOf(match[5]),
      number: toNumber(match[2]),
      insertion: insertion ? toNumber(insertion) : null,
      han: isHan(match[2]),
      bracket: match[1] === "(",
    });
  }
  match = found("circled");
  if (match) return made(match, { style: "circled", number: CIRCLED.indexOf(match[1]) + 1, bracket: true });
  match = found("nth");
  if (match) {
    return made(match, {
      unit: "item",
      number: toNumber(match[1]),
      word: match[2] ? "——" : match[3] || null,
    });
  }
  match = found("word");
  if (match) return made(match, { unit: "item", word: match[1] || match[2] });
  match = found("attachment");
  if (match) return made(match, { unit: "附件", number: toNumber(match[1] || match[2] || "1") });
  match = found("table");
  if (
    match && !/[代发填报图附]/.test(text[at - 1] || "") &&
    (match[1] || match[2] || after || text[at + 1] === "第")
  ) {
    return made(match, { unit: "表", number: toNumber(match[1] || match[2] || "1") });
  }
  match = found("cover");
  if (match) return made(match, { unit: "印发通知", number: 1 });
  for (const style of LABELS) {
    match = found(style);
    if (match && toNumber(match[1]) !== null) {
      return made(match, {
        style,
        number: toNumber(match[1]),
        han: isHan(match[1]),
        bracket: style === "bracket",
      });
    }
  }
  match = after ? found("quoted") : null;
  if (match) return made(match, { unit: "item", word: match[1] });
  match = found("last");
  if (match && toNumber(match[1]) && (match[1].length < 4 || isHan(match[1]))) {
    return made(match, { style: "number", number: toNumber(match[1]), han: isHan(match[1]) });
  }
  return null;
}

/**
 * Whether a row or group is counted with 第: 2行 is part of some word.
 * @param {RegExpExecArray} match
 * @param {number} unit
 */
function isOrdinal(match, unit) {
  return !/^[行组]/.test(match[unit]) || match[0][0] === "第";
}

/**
 * The steps of 第九、十条 or 第9-12条; null where the numbers do not ascend (第50-1条 is 第50条之一).
 * @param {RegExpExecArray} match
 * @param {string} unit
 */
function listedSteps(match, unit) {
  const first = match[1] || match[2];
  const more = match[3].split(new RegExp("((?:" + SEPARATOR + "|" + TO + "))")).filter(Boolean);
  const numbers = [first].concat(
    more.filter((_, place) => place % 2).map((one) => one.replace(/[第()]/g, "")),
  );
  const values = numbers.map(toNumber);
  /** @param {number} place */
  const ascends = (place) => !place || (values[place] || 0) > (values[place - 1] || 0);
  if (values.some((value, place) => value === null || !ascends(place))) return null;
  const range = numbers.length === 2 && new RegExp("^" + TO + "$").test(more[0]);
  const bracket = match[0].includes("(");
  return {
    range,
    steps: values.map((number, place) => ({
      unit,
      number,
      han: isHan(numbers[place]),
      bracket,
      text: "第" + (bracket ? "(" + numbers[place] + ")" : numbers[place]) + unit,
    })),
  };
}

/**
 * Every step of a folded text, from left to right.
 * @param {string} text
 * @param {number} [most]
 * @returns {Token[]}
 */
export function scan(text, most = 200) {
  /** @type {Token[]} */
  const tokens = [];
  let after = false;
  for (let at = 0; at < text.length && tokens.length < most;) {
    const token = stepAt(text, at, after);
    if (token) tokens.push(token);
    after = Boolean(token) || (after && /[的之中]/.test(text[at]));
    at = token ? token.stop : at + 1;
  }
  return tokens;
}

/** @param {Step} step */
export function depth(step) {
  return DEPTH[step.unit || step.style || "item"];
}
