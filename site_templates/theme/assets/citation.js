/*
 * Reads a citation as people write it: 营口方案第35项, 《贵州省优化营商环境条例》第五十条第二款, 营政办发〔2020〕14号,
 * policies/x.html#subpara_2. Pure functions on values, published as window.policyCitation; what a citation leads
 * to is found by citation-find.js, which adds to the same object.
 *
 * Words used here:
 *   folded    text as it is compared: half width, one form for each bracket, quote and dash, no white space
 *   step      one part of a path: {unit, number, insertion, …}, as `stepAt` gives it
 *   path      {steps, to}: the steps from the top down; `to`, the steps of the end of a range, or null
 *   reading   one way to part a text into the name of a policy and paths
 */
(function () {
  "use strict";

  const LONGEST = 10000; // characters of a text that are read
  const READINGS = 8; // ways tried to part one text into name and path
  const CITATIONS = 20; // in one text

  // ---- Numerals ----

  const DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  };
  const UNITS = { "十": 10, "百": 100, "千": 1000 };
  const HAN = "零〇○一二两三四五六七八九十百千廿卅";
  const CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿";

  /** The value of a number: 三十五, 35, 一百零二, 二〇二〇, 廿一; null where the text is no number. */
  function toNumber(text) {
    if (/^\d+$/.test(text)) return Number(text);
    const spelled = text.replace(/廿/g, "二十").replace(/卅/g, "三十");
    if (!spelled) return null;
    if (!/[十百千]/.test(spelled)) {
      const digits = Array.from(spelled, (one) => DIGITS[one]);
      return digits.includes(undefined) ? null : Number(digits.join(""));
    }
    let total = 0;
    let digit = null;
    for (const one of spelled) {
      if (one in UNITS) {
        total += (digit === null ? 1 : digit) * UNITS[one];
        digit = null;
      } else if (one in DIGITS) digit = DIGITS[one] || null;
      else return null;
    }
    return total + (digit || 0);
  }

  // ---- Folding ----

  const FOLDED = new Map();
  for (const [to, from] of [
    ["(", "〔[【﹝〖{"], [")", "〕]】﹞〗}"],
    ["\"", "“”„‟「」『』‘’'｢｣"],
    ["《", "〈«‹<"], ["》", "〉»›>"],
    ["—", "―–─━"], ["-", "‐‑‒−"], ["~", "〜∼"],
    ["见", "⻅"], ["长", "⻓"], ["门", "⻔"], ["风", "⻛"], ["马", "⻢"], ["齐", "⻬"], ["龙", "⻰"],
    ["条", "條"], ["项", "項"], ["号", "號"], ["节", "節"], ["编", "編"], ["点", "點"],
  ]) {
    for (const one of from) FOLDED.set(one, to);
  }
  const IGNORED = /[\s\u200b-\u200f\u2060\u2066-\u2069\u202a-\u202e\ufeff\u00ad]/;

  /** Text as citations are compared: `第（２）项` and `第 (2) 项` are `第(2)项`, 〔2020〕 is (2020), “ ” are ". */
  function fold(text) {
    let folded = "";
    for (const one of text) {
      const code = one.codePointAt(0);
      let form = one;
      // Radicals from PDFs, ㈠, ⑴, ⒈, small and full-width forms: each has one plain form. ① must stay what it is.
      if ((code >= 0x2e80 && code <= 0x2fdf) || (code >= 0x3220 && code <= 0x3229) ||
          (code >= 0x2474 && code <= 0x249b) || (code >= 0xfe50 && code <= 0xfe6b) ||
          (code >= 0xff01 && code <= 0xff5e)) form = one.normalize("NFKC");
      for (const unit of form) {
        if (!IGNORED.test(unit)) folded += FOLDED.get(unit) || unit.toLowerCase();
      }
    }
    return folded.replace(/——+|--+/g, "——");
  }

  const HAN_COUNT = new RegExp("[" + HAN + "]{1,10}(?=[条项号])", "g"); // 二十一条举措 is known as 21条

  /** A name as names are compared: letters and digits alone; 二十一条 and 21条 are the same. */
  function bare(text) {
    const plain = fold(text).replace(/[^\p{L}\p{N}]/gu, "");
    return plain.replace(HAN_COUNT, (number) => {
      const value = toNumber(number);
      return value === null ? number : String(value);
    });
  }

  // ---- Steps of a path ----

  const N = "(\\d{1,4}|[" + HAN + "]{1,10})";
  const UNIT = "(自然段|部分|小点|小项|编|章|节|条(?!例)|款|项(?!目)|目|点|段|行(?![动政业为使程驶])|组(?![织合成长]))";
  const SEPARATOR = "(?:以及|、|,|和|与|及|或)";
  const TO = "(?:至|到|~|—+|-)";
  const sticky = (source) => new RegExp(source, "y");
  const FORMS = {
    // 第九、十条   第9-12条   第（一）至（三）项   35、36项
    list: sticky(
      "(?:第\\(?" + N + "|(\\d{1,4}))\\)?((?:(?:" + SEPARATOR + "|" + TO + ")第?\\(?" + N + "\\)?){1,20})" + UNIT),
    // 第五十条   第（二）项   35项   第一百三十三条之一   第50-1条
    numbered: sticky("第?(\\(?)" + N + "\\)?(?:之" + N + "|-(\\d{1,2}))?" + UNIT + "(?:之" + N + ")?"),
    circled: sticky("第?([" + CIRCLED + "])(小点|小项|点|项|目)?"),
    nth: sticky("第" + N + "个(?:\"?([—-]+)\"?|\"([^\"《》]{1,8})\"|破折号|横线|列举)"), // 第二个“——”
    word: sticky("\"?([一二三四五六七八九十]{1,3}(?:是|要(?!素))|[a-z]类)\"?|\"([a-z]|——)\""), // 一是   “A类”
    quoted: sticky("\"([^\"《》]{1,8})\""), // any other printed label, after a step
    attachment: sticky("附(?:[件表录]" + N + "?|" + N + ")[::]?"), // 附件1   附件   附表2
    table: sticky("(?:第" + N + "(?:个|张))?表(?:格)?(?:([1-9]\\d?)(?!\\d|年|人|份)|(?=第|的|$))"), // 表2   第2个表   表第3行
    cover: sticky("(?:印发|转发)(?:的)?通知"),
    bracket: sticky("\\(" + N + "\\)"), // （一）
    comma: sticky("([" + HAN + "]{1,5})(?:[、.]|(?=\\([" + HAN + "]))"), // 一、   二（一）
    dot: sticky("(\\d{1,3})(?:[.、](?!\\d)|\\))"), // 1.   1、   1)
    last: sticky("第?" + N + "$"), // 营口方案35
  };
  // How deep a unit or a printed form usually stands: 第五十条，第二款 goes on, 第五十条，第五十一条 begins anew.
  const DEPTH = {
    "附件": 0, "印发通知": 0, "编": 1, "章": 2, "部分": 2, "节": 3, comma: 3, "条": 4, "款": 5, bracket: 5, "项": 6, dot: 6,
    "点": 7, "目": 7, "小项": 8, "小点": 8, "表": 8, "组": 8.5, circled: 8, item: 9, "行": 9, "段": 10,
  };

  const isHan = (number) => !/^\d/.test(number);

  /**
   * The step that stands at a place of a folded text, or null: {start, stop, steps, range}. Several steps are the
   * members of a list (第九、十条) or, with `range`, the ends of one. `after`: whether a step stands just before.
   *
   * A step: `unit` (条, 项, item, 附件, 印发通知; null for a printed label), `style` of a printed label (comma,
   * bracket, dot, circled, number), `number`, `insertion` (之一), `word` of an item, `han`, `bracket`, `text`.
   */
  function stepAt(text, at, after) {
    const found = (form) => {
      FORMS[form].lastIndex = at;
      return FORMS[form].exec(text);
    };
    const made = (match, ...steps) => ({
      start: at, stop: at + match[0].length, range: false,
      steps: steps.map((step) => Object.assign({
        unit: null, style: null, number: null, insertion: null, word: null,
        han: false, bracket: false, text: match[0],
      }, step)),
    });
    const unitOf = (unit) => (unit === "自然段" ? "段" : unit === "小项" ? "小点" : unit);

    let match = found("list");
    if (match && isOrdinal(match, 5)) {
      const listed = listedSteps(match, unitOf(match[5]));
      if (listed) return Object.assign(made(match, ...listed.steps), { range: listed.range });
    }
    match = found("numbered");
    if (match && isOrdinal(match, 5) && toNumber(match[2]) !== null) {
      const insertion = match[3] || match[4] || match[6];
      return made(match, {
        unit: unitOf(match[5]), number: toNumber(match[2]), insertion: insertion ? toNumber(insertion) : null,
        han: isHan(match[2]), bracket: match[1] === "(",
      });
    }
    match = found("circled");
    if (match) return made(match, { style: "circled", number: CIRCLED.indexOf(match[1]) + 1, bracket: true });
    match = found("nth");
    if (match) {
      return made(match, { unit: "item", number: toNumber(match[1]), word: match[2] ? "——" : match[3] || null });
    }
    match = found("word");
    if (match) return made(match, { unit: "item", word: match[1] || match[2] });
    match = found("attachment");
    if (match) return made(match, { unit: "附件", number: toNumber(match[1] || match[2] || "1") });
    match = found("table");
    if (match && !/[代发填报图附]/.test(text[at - 1] || "") && (match[1] || match[2] || after || text[at + 1] === "第")) {
      return made(match, { unit: "表", number: toNumber(match[1] || match[2] || "1") });
    }
    match = found("cover");
    if (match) return made(match, { unit: "印发通知", number: 1 });
    for (const style of ["bracket", "comma", "dot"]) {
      match = found(style);
      if (match && toNumber(match[1]) !== null) {
        return made(match, { style, number: toNumber(match[1]), han: isHan(match[1]), bracket: style === "bracket" });
      }
    }
    match = after && found("quoted");
    if (match) return made(match, { unit: "item", word: match[1] });
    match = found("last");
    if (match && toNumber(match[1]) && (match[1].length < 4 || isHan(match[1]))) {
      return made(match, { style: "number", number: toNumber(match[1]), han: isHan(match[1]) });
    }
    return null;
  }

  /** Whether a row or group is counted with 第: 2行 is part of some word. */
  function isOrdinal(match, unit) {
    return !/^[行组]/.test(match[unit]) || match[0][0] === "第";
  }

  /** The steps of 第九、十条 or 第9-12条; null where the numbers do not ascend (第50-1条 is 第50条之一). */
  function listedSteps(match, unit) {
    const first = match[1] || match[2];
    const more = match[3].split(new RegExp("((?:" + SEPARATOR + "|" + TO + "))")).filter(Boolean);
    const numbers = [first].concat(more.filter((_, place) => place % 2).map((one) => one.replace(/[第()]/g, "")));
    const values = numbers.map(toNumber);
    if (values.some((value, place) => value === null || (place && value <= values[place - 1]))) return null;
    const range = numbers.length === 2 && new RegExp("^" + TO + "$").test(more[0]);
    const bracket = match[0].includes("(");
    return {
      range,
      steps: values.map((number, place) => ({
        unit, number, han: isHan(numbers[place]), bracket,
        text: "第" + (bracket ? "(" + numbers[place] + ")" : numbers[place]) + unit,
      })),
    };
  }

  /** Every step of a folded text, from left to right. */
  function scan(text, most = 200) {
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

  const GOES_ON = /^(?:的|之|中的?|里的?|内的?|下的?|项下的?|规定的?)?[/>》·:]?$/;
  const LISTS = /^(?:的|规定的?)?(?:以及|、|,|和|与|及|或|并)+$/;
  const RANGES = /^(?:的)?(?:至|到|~|—+|-)$/;

  /** The paths that the tokens from `from` on make, up to where other words follow: {paths, stop}. */
  function joined(tokens, from, text) {
    const paths = [];
    let steps = [];
    let range = false; // the path being read is the end of one
    const close = () => {
      if (range) paths[paths.length - 1].to = steps;
      else paths.push({ steps, to: null });
      range = false;
    };
    const above = (step) => {
      const key = step.unit || step.style;
      const same = steps.map((one) => one.unit || one.style).lastIndexOf(key);
      return same >= 0 ? steps.slice(0, same) : steps.filter((one) => depth(one) < depth(step));
    };
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

  function depth(step) {
    return DEPTH[step.unit || step.style];
  }

  // ---- Names of policies ----

  // 〔2020〕14号   2020年第14号   29号
  const NUMBER = /\(?((?:19|20)\d\d)\)?年?第?(\d{1,5})号|\(((?:19|20)\d\d)\)(\d{1,5})(?![\d.、])|第?(\d{1,5})号/;
  // 2020年5月26日   2020-05-26
  const DATE = /(?:19|20)\d\d(?:年\d{1,2}月(?:\d{1,2}日)?|([-.\/])\d{1,2}\1\d{1,2}(?!\d))/g;
  const YEAR = /(^|\D)((?:19|20)\d\d)年?(?!\d)/g;
  const HAN_YEAR = /[一二][九〇零○][〇零○一二三四五六七八九]{2}年/g;

  /**
   * What a text says of a policy: {text, key, title, owner, years, number}. `title` and `owner`: what stands inside
   * 《》 and before it, bare; `key`, the whole name, bare; `number`: {year, serial, text} of a 文号.
   */
  function policyPart(text) {
    const name = { text, key: "", title: null, owner: "", years: [], number: null };
    let rest = text.replace(DATE, "");
    const title = titles(rest)[0];
    let inner = "";
    if (title) {
      inner = rest.slice(title.start + 1, title.stop - 1);
      name.title = bare(inner);
      name.owner = bare(rest.slice(0, title.start).split(/[,。;:!?]/).pop());
      rest = rest.slice(0, title.start) + "\u0000" + rest.slice(title.stop);
    }
    rest = rest.replace(NUMBER, (whole, ...groups) => {
      const [year, serial] = [groups[0] || groups[2], groups[1] || groups[3] || groups[4]];
      name.number = { year: year ? Number(year) : null, serial: Number(serial), text: whole };
      return "";
    });
    rest = rest.replace(HAN_YEAR, (whole) => toNumber(whole.slice(0, -1)) + "年");
    rest = rest.replace(YEAR, (whole, before, year) => {
      name.years.push(Number(year));
      return before;
    });
    name.key = bare(title ? rest.slice(0, rest.indexOf("\u0000")) + inner : rest);
    // 《…方案》营政办发〔2020〕14号: what stands after the title belongs to the number.
    if (name.title && name.number) name.number.prefix = bare(rest.slice(rest.indexOf("\u0000") + 1));
    return name;
  }

  /** The titles 《…》 of a folded text, the outer ones: [{start, stop}]. One that is never closed ends at its path. */
  function titles(text) {
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

  /** The text with everything that is no step made unreadable: titles, 文号, years. Same length. */
  function masked(text) {
    const blank = (whole) => "\u0000".repeat(whole.length);
    let out = text;
    for (const { start, stop } of titles(text)) {
      out = out.slice(0, start) + blank(out.slice(start, stop)) + out.slice(stop);
    }
    return out
      .replace(DATE, blank)
      .replace(new RegExp(NUMBER.source, "g"), blank)
      .replace(HAN_YEAR, blank)
      .replace(YEAR, (whole, before, year, offset) => {
        const made = before + blank(whole.slice(before.length));
        return before === "第" && /^[条项章节款]/.test(text.slice(offset + whole.length)) ? whole : made;
      });
  }

  // ---- Citations in a text ----

  // （以下简称《条例》）   [EB/OL]
  const ASIDE = /\((?:(?:以下|下称|简称)[^()]{0,80}|[a-z]{1,2}(?:\/ol)?)\)/g;
  const BREAKS = /[\n;。!?]/;

  /** A text in pieces of one title at most each; a piece ends at a line break, ； or 。 outside 《》, or before a title. */
  function pieces(text) {
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

  function sentences(text) {
    const found = [""];
    let open = 0;
    for (const line of text.split(/\r?\n/)) {
      for (const one of fold(line) + "\n") {
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

  /** The ways to part a piece into policy and paths, the likeliest first: [{policy, paths, rest, whole}]. */
  function readings(piece) {
    const plain = masked(piece);
    const tokens = scan(plain);
    const [title] = titles(piece);
    const reading = (name, paths, rest) =>
      ({ policy: bare(name) ? policyPart(name) : null, paths, rest, whole: false });
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

  /** What belongs to a title that no path follows: its 文号. */
  function afterTitle(text) {
    const number = /^\(?[^(),。]{0,20}\(?\d{4}\)?第?\d{1,5}号\)?/.exec(text);
    return number ? number[0] : "";
  }

  // ---- Addresses ----

  const ID = "[a-z][a-z0-9]*(?:-[a-z0-9]+)+";
  const EID = "(?:cover|[a-z]{2,12}_\\d+(?:-\\d+)?)(?:__[a-z]{2,12}_\\d+(?:-\\d+)?)*";
  const PAGE = new RegExp("(^|[^a-z0-9-])(" + ID + ")\\.html?(?:\\?[^#]*)?(?:#(.*))?$"); // …/policies/x.html#subpara_2
  const SHORT = new RegExp("^(" + ID + ")#(" + EID + ")?$"); // x#subpara_2
  const EID_ONLY = new RegExp("^#?(" + EID + ")$"); // subpara_2
  const ID_ONLY = new RegExp("^(" + ID + ")$");
  const CITE_PAGE = /(?:^|\/)cite\.html?[?#](?:.*&)?q=([^&#]*)/;
  const WORD = /[\w%#?&=.:/~+\\-]+/g; // what an address is made of
  const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: "\"", apos: "'", nbsp: " " };

  /**
   * The addresses in a text, and the words that are left without them and without HTML: {links, words}.
   * A link: {policy, anchor}, either of which may be null. `isPolicy` tells an id of a policy from other words.
   */
  function addresses(text, isPolicy) {
    const links = [];
    const nested = [];
    const plain = text
      .replace(/&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,6}));/g, (_, name, code) =>
        (name ? ENTITIES[name] : String.fromCharCode(Number(code))))
      .replace(/[\uff01-\uff5e]/g, (one) =>
        (/[（），．：；！？]/.test(one) ? one : String.fromCharCode(one.charCodeAt(0) - 0xfee0)));
    let words = plain.replace(WORD, (word) => {
      const found = address(word, isPolicy);
      if (!found) return word;
      if (found.query) nested.push(found.query);
      else if (!links.some((one) => one.policy === found.policy && one.anchor === found.anchor)) links.push(found);
      return " ";
    });
    // The rest of an address with Chinese in it (file:///D:/资料/…), then the tags around it.
    words = words
      .replace(/(?:https?|file):\/\/\S*/gi, " ")
      .replace(/<[a-z/!][^<>]*>/gi, " ")
      .replace(/\[([^[\]]*)\]\(\s*\)/g, "$1");
    // `yingkou-2020-14` 的 `subpara_2`
    links.forEach((link, place) => {
      const next = links[place + 1];
      if (link.policy && !link.anchor && next && !next.policy) {
        link.anchor = next.anchor;
        links.splice(place + 1, 1);
      }
    });
    return { links: links.slice(0, CITATIONS), words: nested.length && !links.length ? nested.join("\n") : words };
  }

  /** What one word says as an address, or null. */
  function address(word, isPolicy) {
    let plain = word.replace(/\\/g, "");
    try {
      plain = decodeURIComponent(plain);
    } catch {
      // no escaped address: as it stands
    }
    const query = CITE_PAGE.exec(plain);
    if (query) return { query: query[1].replace(/\+/g, " ") };
    plain = plain.toLowerCase().replace(/[.:/]+$/, "").replace(/^[.:/]+(?=#)/, "");
    const page = PAGE.exec(plain);
    if (page) {
      if (/(?:^|\/)indicators\//.test(plain)) return null;
      return { policy: page[2], anchor: (page[3] || "").split(":~:")[0] || null };
    }
    const short = SHORT.exec(plain);
    if (short) return { policy: short[1], anchor: short[2] || null };
    const eid = EID_ONLY.exec(plain);
    if (eid) return { policy: null, anchor: eid[1] };
    const id = ID_ONLY.exec(plain);
    return id && isPolicy(id[1]) ? { policy: id[1], anchor: null } : null;
  }

  window.policyCitation = {
    LONGEST, CIRCLED, toNumber, fold, bare, scan, joined, masked, titles, policyPart, pieces, readings, addresses,
  };
})();
