/*
 * The engine of the clause search: finds every clause that contains all the terms, exactly. It reads the index in
 * search/, whose format docs/search-format.md describes, as classic scripts that it adds to the page when they are
 * needed, and so works from http:// and file:// alike. It touches the page in no other way.
 *
 *   const search = window.policySearch;
 *   search.open(base)                  where the root of the site is, seen from this page
 *   await search.find("刻章 -公安")     every document that matches, best first
 *   await search.record(document)      the text of one, to show
 *   await search.narrow(found, chosen) those of the chosen places, years …, and how many each other choice would give
 *
 * A document is a number: policies and their clauses in the order of the corpus, each policy before its clauses.
 */
(function () {
  "use strict";

  const VERSION = 2; // of the index format
  const KEPT = 300; // files that stay in memory
  const LONGEST = 24; // characters of a term that are looked at for a part that finds something
  const BETWEEN = "\n"; // the second character of a pair at the end of a text

  // ---- Text as search sees it (generator/publishing/scripts/search/folding.py does the same) ----

  const SHIFTS = [
    [0xff21, 0xff3a, 0x61 - 0xff21], [0xff01, 0xff5e, 0x21 - 0xff01], [0x41, 0x5a, 0x20], [0xc0, 0xd6, 0x20],
    [0xd8, 0xde, 0x20], [0x391, 0x3a1, 0x20], [0x3a3, 0x3ab, 0x20], [0x400, 0x40f, 0x50], [0x410, 0x42f, 0x20],
    [0x2160, 0x216f, 0x10], [0x24b6, 0x24cf, 0x1a],
  ];
  const BRACKETS = { "[": "(", "]": ")", "［": "(", "］": ")", "〔": "(", "〕": ")" };
  const WHITE_SPACE =
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x20\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008" +
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

  const CHANGES = changes();
  const CHANGED = anyOf(Array.from(CHANGES.keys()));
  const SPACES = anyOf(Array.from(WHITE_SPACE));

  /** What each character becomes that folding changes; "" for white space. */
  function changes() {
    const table = new Map();
    for (const [first, last, shift] of SHIFTS) {
      for (let code = first; code <= last; code++) {
        const character = String.fromCharCode(code);
        if (!table.has(character)) table.set(character, String.fromCharCode(code + shift));
      }
    }
    for (const bracket of Object.keys(BRACKETS)) table.set(bracket, BRACKETS[bracket]);
    for (const space of WHITE_SPACE) table.set(space, "");
    return table;
  }

  /** A pattern for any of some characters of one UTF-16 unit each. */
  function anyOf(characters) {
    const escaped = characters.map((one) => "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));
    return new RegExp("[" + escaped.join("") + "]", "g");
  }

  /** Text without what search ignores: `１Ａ（` and `〔` are `1a(` and `(`. */
  function fold(text) {
    return text.replace(CHANGED, (character) => CHANGES.get(character));
  }

  /**
   * What a query asks for: {terms, excluded}, folded, each once. Terms stand apart by white space; a "phrase" in
   * straight quotes is one term, white space and all; so is a “phrase” in curly ones that has white space, for
   * without any they are text like the rest. -term excludes. A term within another term is left out.
   */
  function parse(query) {
    const words = query.replace(SPACES, " ");
    const terms = [];
    const excluded = [];
    for (const [minus, word] of split(words)) (minus ? excluded : terms).push(fold(word));
    const once = (all) => Array.from(new Set(all)).filter(Boolean);
    return { terms: withoutParts(once(terms)), excluded: once(excluded) };
  }

  /** The terms without those that stand within another. */
  function withoutParts(terms) {
    const lengths = Array.from(new Set(terms.map((term) => term.length)));
    const parts = new Set();
    for (const term of terms) {
      for (const length of lengths) {
        for (let at = 0; length < term.length && at + length <= term.length; at++) parts.add(term.slice(at, at + length));
      }
    }
    return terms.filter((term) => !parts.has(term));
  }

  /** The words of a query, and what stands in quotes: [whether a minus stands before it, its text]. Linear in the query. */
  function split(words) {
    const found = [];
    const nextOf = (character) => {
      let next = -1;
      return (from) => {
        if (next < from) next = words.indexOf(character, from);
        if (next < 0) next = words.length; // there is none further on either
        return next;
      };
    };
    const [space, straight, curly] = [" ", "\"", "”"].map(nextOf);
    const quoted = (from) => {
      const close = words[from] === "\"" ? straight(from + 1) : words[from] === "“" ? curly(from + 1) : words.length;
      const ends = close < words.length && (close + 1 === words.length || words[close + 1] === " ");
      const says = words[from] === "“" ? space(from + 1) < close : close > from + 1;
      return ends && says ? close : -1;
    };
    for (let at = 0; at < words.length;) {
      if (words[at] === " ") {
        at++;
        continue;
      }
      const minus = words[at] === "-" && at + 1 < words.length && words[at + 1] !== " ";
      const from = minus ? at + 1 : at;
      const close = quoted(from);
      const stop = close < 0 ? space(from) : close + 1;
      found.push([minus, close < 0 ? words.slice(from, stop) : words.slice(from + 1, close)]);
      at = stop;
    }
    return found;
  }

  // ---- Files of the index ----

  const files = new Map(); // name → {promise, resolve, reject, received}: on their way or kept, the latest use last
  let base = "";
  let opened = null; // a promise of the index

  /** Say where the root of the site is. Nothing is loaded yet. */
  function open(root) {
    base = root;
  }

  /** A promise of {stamp, data}: what one file of the index holds. */
  function load(name, stamp) {
    let entry = files.get(name);
    if (!entry) {
      entry = {};
      entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
      addScript(name, stamp, () => {
        if (entry.received) return;
        files.delete(name); // the next use tries again
        entry.reject(new Error(
          "搜索索引无法载入：" + base + "/search/" + name + ".js。请检查网站文件是否完整，再试一次。"
        ));
      });
    }
    files.delete(name);
    files.set(name, entry);
    if (files.size > KEPT) forget();
    return entry.promise;
  }

  /** Drop the file whose use is longest ago; not one that is still on its way. */
  function forget() {
    for (const [name, entry] of files) {
      if (entry.received) {
        files.delete(name);
        return;
      }
    }
  }

  function addScript(name, stamp, done) {
    const script = document.createElement("script");
    // The stamp in the address: a cache that has a file of an older build has it under another address.
    script.src = base + "/search/" + name + ".js" + (stamp ? "?" + stamp : "");
    const finish = () => { script.remove(); done(); };
    script.addEventListener("error", finish);
    script.addEventListener("load", finish);
    document.head.append(script);
  }

  /** Called by the scripts of the index. */
  function receive(name, stamp, data) {
    const entry = files.get(name);
    if (!entry) return;
    entry.received = true;
    entry.resolve({ stamp, data });
  }

  function refuse(found, wanted) {
    opened = null;
    files.clear(); // the next use tries again
    throw new Error(
      "搜索索引的版本（" + found + "）与本页的程序（" + wanted + "）不符。" +
      "请刷新页面；如果仍然如此，请重新生成网站。"
    );
  }

  /** The index: its own data, with where each policy begins and which policy each document belongs to. */
  function index() {
    if (!opened) {
      opened = load("index").then(({ stamp, data }) => {
        if (!data || data.version !== VERSION) refuse(data && data.version, VERSION);
        const starts = new Int32Array(data.clauses.length + 1);
        data.clauses.forEach((count, policy) => { starts[policy + 1] = starts[policy] + count + 1; });
        const count = starts[data.clauses.length];
        const policyOf = new Int32Array(count);
        for (let policy = 0; policy < data.clauses.length; policy++) {
          policyOf.fill(policy, starts[policy], starts[policy + 1]);
        }
        const draft = new Uint8Array(data.clauses.length);
        for (const policy of data.drafts) draft[policy] = 1;
        return Object.assign({ stamp, starts, policyOf, count, draft }, data);
      });
      opened.catch(() => { opened = null; });
    }
    return opened;
  }

  /** The data of one file, of the same build as the index. */
  async function part(name) {
    const { stamp } = await index();
    const loaded = await load(name, stamp);
    if (loaded.stamp !== stamp) refuse(loaded.stamp, stamp);
    return loaded.data;
  }

  // ---- Lists ----

  const DIGITS = digits();
  const LAST = 46; // digits below this end a number
  const MORE = 45;

  function digits() {
    const table = new Int8Array(128).fill(-1);
    let digit = 0;
    for (let code = 0x21; code < 0x7f; code++) {
      if (!'"\\<'.includes(String.fromCharCode(code))) table[code] = digit++;
    }
    return table;
  }

  /** The numbers that a text of generator/publishing/scripts/search/numbers.py holds. */
  function numbers(text) {
    const read = new Int32Array(text.length);
    let count = 0;
    let number = 0;
    let unit = 1;
    for (let at = 0; at < text.length; at++) {
      const digit = DIGITS[text.charCodeAt(at)];
      if (digit < LAST) {
        read[count++] = number + unit * digit;
        number = 0;
        unit = 1;
      } else {
        number += unit * digit;
        unit *= MORE;
      }
    }
    return read.subarray(0, count);
  }

  /** Documents, from how many were passed over before each. */
  function documentsOf(text) {
    const list = numbers(text);
    let last = -1;
    for (let at = 0; at < list.length; at++) list[at] = last = last + list[at] + 1;
    return list;
  }

  /** The documents of a list of titles, with where the title starts in the text and how long it is. */
  function titlesOf(text) {
    const read = numbers(text);
    const count = read.length / 3;
    const titles = { documents: new Int32Array(count), starts: new Int32Array(count), lengths: new Int32Array(count) };
    let last = -1;
    for (let at = 0; at < count; at++) {
      titles.documents[at] = last = last + read[3 * at] + 1;
      titles.starts[at] = read[3 * at + 1];
      titles.lengths[at] = read[3 * at + 2];
    }
    return titles;
  }

  /** The places in each document: those of the n-th are places[ends[n - 1]] up to places[ends[n]]. */
  function placesOf(text, count) {
    const places = numbers(text);
    const ends = new Int32Array(count);
    let document = -1;
    for (let at = 0; at < places.length; at++) {
      if (!(places[at] & 1)) document++;
      places[at] >>= 1;
      ends[document] = at + 1;
    }
    return { places, ends };
  }

  /** The places of the n-th document of a list. */
  function placesIn(list, n) {
    return list.places.subarray(n ? list.ends[n - 1] : 0, list.ends[n]);
  }

  /** Where a number stands in an ascending list, or -1; asked for in ascending order. */
  function walker(list) {
    let at = 0;
    return (wanted) => {
      while (at < list.length && list[at] < wanted) at++;
      return at < list.length && list[at] === wanted ? at : -1;
    };
  }

  /** The numbers that stand in all of some ascending lists. */
  function common(lists) {
    const [shortest, ...others] = lists.slice().sort((a, b) => a.length - b.length);
    if (!others.length) return shortest;
    const walks = others.map(walker);
    return shortest.filter((number) => walks.every((walk) => walk(number) >= 0));
  }

  /** The names of the files that have the pairs beginning with a character; of one pair, if `second` is given. */
  function filesOf(read, first, second) {
    const code = first.codePointAt(0);
    const own = read.own[first];
    if (!own) return [String(code % read.shared)];
    const name = (n) => code.toString(16) + "-" + n;
    return second ? [name(second.codePointAt(0) % own)] : Array.from({ length: own }, (_, n) => name(n));
  }

  /**
   * The lists of the pairs beginning with `first`, or of one pair alone: [{documents, titles, places, ends}, …].
   * Places are loaded only if `placed`.
   */
  async function listsOf(first, second, placed) {
    const read = await index();
    const loaded = await Promise.all(filesOf(read, first, second).map((name) => Promise.all([
      part("pairs/" + name), placed ? part("places/" + name) : null,
    ])));
    const lists = [];
    for (const [rows, placeRows] of loaded) {
      const row = rows.findIndex((one) => one[0] === first);
      if (row < 0) continue;
      const [documents, titles, places] = [rows[row][2], rows[row][3], placed ? placeRows[row] : ""]
        .map((joined) => joined.split(" "));
      Array.from(rows[row][1]).forEach((character, at) => {
        if (second && character !== second) return;
        const list = { documents: documentsOf(documents[at]), titles: titlesOf(titles[at]) };
        if (placed) Object.assign(list, placesOf(places[at], list.documents.length));
        lists.push(list);
      });
    }
    return lists;
  }

  const NOTHING = {
    documents: new Int32Array(0), places: new Int32Array(0), ends: new Int32Array(0),
    titles: { documents: new Int32Array(0), starts: new Int32Array(0), lengths: new Int32Array(0) },
  };

  /** One list of several: what holds for a character, from the pairs that begin with it. */
  function union(lists, count, placed) {
    const has = new Uint8Array(count);
    const titled = new Map();
    for (const { documents, titles } of lists) {
      for (const document of documents) has[document] = 1;
      titles.documents.forEach((document, at) => titled.set(document, [titles.starts[at], titles.lengths[at]]));
    }
    const all = { documents: Int32Array.from(has.keys()).filter((document) => has[document]) };
    all.titles = titleList(Array.from(titled.keys()).sort((a, b) => a - b), (document) => titled.get(document));
    return placed ? Object.assign(all, unitedPlaces(lists)) : all;
  }

  /** The places of all the lists, by document and then ascending. */
  function unitedPlaces(lists) {
    const SCALE = 2 ** 24; // above any place
    const keys = [];
    for (const list of lists) {
      list.documents.forEach((document, n) => {
        for (const place of placesIn(list, n)) keys.push(document * SCALE + place);
      });
    }
    const sorted = Float64Array.from(keys).sort();
    const ends = [];
    let last = -1;
    sorted.forEach((key, at) => {
      const document = Math.floor(key / SCALE);
      if (document !== last) ends.push(at);
      last = document;
      ends[ends.length - 1] = at + 1;
    });
    return { places: Int32Array.from(sorted, (key) => key % SCALE), ends: Int32Array.from(ends) };
  }

  function titleList(documents, spanOf) {
    const spans = documents.map(spanOf);
    return {
      documents: Int32Array.from(documents),
      starts: Int32Array.from(spans, (span) => span[0]),
      lengths: Int32Array.from(spans, (span) => span[1]),
    };
  }

  /** The list of a term: of a character, of a pair, or of a longer one whose pairs stand side by side. */
  async function listOf(term, placed) {
    const characters = Array.from(term);
    if (characters.length === 1) {
      const [lists, read] = await Promise.all([listsOf(term, null, placed), index()]);
      return union(lists, read.count, placed);
    }
    if (characters.length === 2) {
      return (await listsOf(characters[0], characters[1], placed))[0] || NOTHING;
    }
    const offsets = characters.map((_, at) => at).filter((at) => at % 2 === 0 && at < characters.length - 1);
    if (characters.length % 2) offsets.push(characters.length - 2);
    const known = new Map(); // a pair that stands in the term again and again is read once
    const pairAt = (offset) => {
      const [first, second] = characters.slice(offset, offset + 2);
      if (!known.has(first + second)) known.set(first + second, listsOf(first, second, true));
      return known.get(first + second);
    };
    const lists = await Promise.all(offsets.map(async (offset) => (await pairAt(offset))[0] || NOTHING));
    return sideBySide(lists, offsets, characters.length);
  }

  /** The list of a term of `length` characters, from the lists of the pairs that stand at `offsets` in it. */
  function sideBySide(lists, offsets, length) {
    const candidates = common(lists.map((list) => list.documents));
    const walks = lists.map((list) => walker(list.documents));
    const documents = [];
    const places = [];
    const ends = [];
    for (const document of candidates) {
      const [starts, ...others] = lists.map((list, n) => placesIn(list, walks[n](document)));
      const found = Array.from(starts).filter((start) =>
        others.every((other, n) => other.includes(start + offsets[n + 1])));
      if (!found.length) continue;
      documents.push(document);
      places.push(...found);
      ends.push(places.length);
    }
    const list = { documents: Int32Array.from(documents), places: Int32Array.from(places), ends: Int32Array.from(ends) };
    return Object.assign(list, { titles: titlesWith(list, lists[0].titles, length) });
  }

  /** Of the titles, those that one of a term's places stands in. */
  function titlesWith(list, titles, length) {
    const walk = walker(list.documents);
    const spans = new Map();
    titles.documents.forEach((document, at) => {
      const n = walk(document);
      if (n < 0) return;
      const start = titles.starts[at];
      const stop = start + titles.lengths[at] - length;
      if (placesIn(list, n).some((place) => place >= start && place <= stop)) {
        spans.set(document, [start, titles.lengths[at]]);
      }
    });
    return titleList(Array.from(spans.keys()), (document) => spans.get(document));
  }

  // ---- Queries ----

  /** The documents that have all the terms and none of the excluded, with the lists of the terms. */
  async function match(terms, excluded) {
    const several = terms.length > 1;
    const [lists, unwanted] = await Promise.all([
      Promise.all(terms.map((term) => listOf(term, several))),
      Promise.all(excluded.map((term) => listOf(term, false))),
    ]);
    const walks = unwanted.map((list) => walker(list.documents));
    const documents = common(lists.map((list) => list.documents));
    const wanted = walks.length
      ? documents.filter((document) => !walks.some((walk) => walk(document) >= 0)) : documents;
    return { documents: wanted, lists };
  }

  /**
   * The documents, best first: the whole title, all terms in the title, some, none; then the terms closest to one
   * another; then what is in force before drafts; then the order of the corpus.
   */
  function rank({ documents, lists }, terms, read) {
    const GAPS = 2 ** 12;
    const lengths = terms.map((term) => Array.from(term).length);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const walks = lists.map((list) => walker(list.documents));
    const titleWalks = lists.map((list) => walker(list.titles.documents));
    const orders = new Int32Array(documents.length);
    for (let at = 0; at < documents.length; at++) {
      const document = documents[at];
      let titled = 0;
      let titleLength = 0;
      for (let n = 0; n < lists.length; n++) {
        const place = titleWalks[n](document);
        if (place < 0) continue;
        titled++;
        titleLength = lists[n].titles.lengths[place];
      }
      const grade = titled < lists.length ? (titled ? 2 : 3) : titleLength === total ? 0 : 1;
      const gap = lists.length < 2 ? 0
        : nearest(lists.map((list, n) => placesIn(list, walks[n](document))), lengths) - total;
      orders[at] = (grade * GAPS + Math.min(Math.max(gap, 0), GAPS - 1)) * 2 + read.draft[read.policyOf[document]];
    }
    return dealt(documents, orders);
  }

  /** The documents by their orders, the least first; those of one order stay as they are. There are few orders. */
  function dealt(documents, orders) {
    const places = new Map();
    for (const order of orders) places.set(order, (places.get(order) || 0) + 1);
    let next = 0;
    for (const order of Array.from(places.keys()).sort((a, b) => a - b)) {
      const count = places.get(order);
      places.set(order, next);
      next += count;
    }
    const inOrder = new Int32Array(documents.length);
    for (let at = 0; at < documents.length; at++) {
      const place = places.get(orders[at]);
      inOrder[place] = documents[at];
      places.set(orders[at], place + 1);
    }
    return inOrder;
  }

  /** The length of the shortest stretch that has one place of each term. */
  function nearest(places, lengths) {
    const at = places.map(() => 0);
    let shortest = Infinity;
    for (;;) {
      let first = 0;
      let stop = 0;
      places.forEach((own, n) => {
        if (own[at[n]] < places[first][at[first]]) first = n;
        stop = Math.max(stop, own[at[n]] + lengths[n]);
      });
      shortest = Math.min(shortest, stop - places[first][at[first]]);
      at[first]++;
      if (at[first] === places[first].length) return shortest;
    }
  }

  /**
   * Everything a query finds: {terms, clauses, policies, direct}, documents, best first.
   * clauses   exactly those whose title, wording or label have all the terms and none of the excluded
   * policies  those whose title, number, issuer or place have them
   * direct    the clause that the query names by policy and number (营口 35; 贵州 第五十条), one for each policy
   * Without terms it finds nothing, or with `all` every clause.
   */
  async function find(query, all) {
    const read = await index();
    const { terms, excluded } = parse(query);
    const isHead = (document) => read.starts[read.policyOf[document]] === document;
    if (!terms.length) {
      const clauses = all ? Int32Array.from(read.policyOf.keys()).filter((one) => !isHead(one)) : new Int32Array(0);
      return { terms, clauses, policies: new Int32Array(0), direct: [] };
    }
    const [matched, direct] = await Promise.all([match(terms, excluded), named(terms, read)]);
    const ranked = rank(matched, terms, read);
    return {
      terms, direct,
      clauses: ranked.filter((document) => !isHead(document)),
      policies: ranked.filter(isHead),
    };
  }

  // ---- A clause named by its number ----

  const NUMERAL = "([0-9]+|[〇零一二三四五六七八九十百]+)(?:之([0-9]+|[一二三四五六七八九十]+))?";
  const NUMBERED = new RegExp("^(?:(第)?" + NUMERAL + "(编|章|条|项|部分|[.、])?|(附件)" + NUMERAL + ")$");
  const CITED = new RegExp("^(.+?)(第" + NUMERAL + "(?:条|章|编)(?:之[0-9一二三四五六七八九十]+)?)$");
  // The anchors a unit may mean (CONTRACT.md, Anchors), the likeliest first.
  const MEANT = {
    编: ["part"], 章: ["chp"], 部分: ["sec"], 附件: ["att"], 项: ["subpara", "point", "para", "sec"], "、": ["sec", "subpara"],
  };
  const ANY = ["art", "subpara", "sec", "para", "point"];

  /** The value of 35, 三十五 or 一百零三; NaN for what is no number. */
  function valueOf(numeral) {
    if (/^[0-9]+$/.test(numeral)) return Number(numeral);
    let value = 0;
    let digit = 0;
    for (const character of numeral.replace(/[〇零]/g, "")) {
      const unit = { 十: 10, 百: 100 }[character];
      if (unit) {
        value += (digit || 1) * unit;
        digit = 0;
      } else {
        if (digit) return NaN;
        digit = "一二三四五六七八九".indexOf(character) + 1;
      }
    }
    return value + digit;
  }

  /** The anchors that a term may mean: 第三十五条 is art_35, or else subpara_35 … Empty for a term that is no number. */
  function anchorsOf(term) {
    const [, ordinal, plain, after, unit, attachment, attached] = term.match(NUMBERED) || [];
    const numeral = plain || attached;
    if (!numeral || (!ordinal && !unit && !attachment && /\D/.test(numeral))) return [];
    const suffix = after ? "-" + valueOf(after) : "";
    return (MEANT[unit || attachment] || ANY).map((kind) => kind + "_" + valueOf(numeral) + suffix);
  }

  /** A query as the name of a policy and a number in it: {name: terms, anchors}, or null. */
  function citation(terms) {
    if (terms.length === 1) {
      const cited = terms[0].match(CITED);
      const name = cited && cited[1].replace(/[《》〈〉]/g, "");
      return name ? { name: [name], anchors: anchorsOf(normal(cited[2])) } : null;
    }
    const numbered = terms.filter((term) => anchorsOf(normal(term)).length);
    if (numbered.length !== 1) return null;
    return { name: terms.filter((term) => term !== numbered[0]), anchors: anchorsOf(normal(numbered[0])) };
  }

  /** 第十五条之一 as it is written with the unit last: 第十五之一条. */
  function normal(term) {
    return term.replace(/(编|章|条)(之.+)$/, "$2$1");
  }

  /** The clauses that a query names, by the rank of their policies. */
  async function named(terms, read) {
    const meant = citation(terms);
    if (!meant || !meant.anchors.length) return [];
    const [matched, lists] = await Promise.all([match(meant.name, []), part("anchors")]);
    const heads = rank(matched, meant.name, read).filter((one) => read.starts[read.policyOf[one]] === one);
    const known = meant.anchors.filter((anchor) => lists[anchor]).map((anchor) => documentsOf(lists[anchor]));
    const clauseOf = (head) => {
      const stop = read.starts[read.policyOf[head] + 1];
      for (const documents of known) {
        const found = documents.find((document) => document > head && document < stop);
        if (found) return found;
      }
      return null;
    };
    return Array.from(heads, clauseOf).filter(Boolean);
  }

  // ---- Nothing found ----

  /**
   * The nearest shorter query that finds a clause, or "": one term cut down to its longest part that stands in a
   * clause together with the others, or left out.
   */
  async function shorter(query) {
    const { terms, excluded } = parse(query);
    const finds = async (wanted) => {
      const read = await index();
      return wanted.length > 0 && (await match(wanted, excluded)).documents
        .some((document) => read.starts[read.policyOf[document]] !== document);
    };
    let best = { length: 0, terms: [] };
    for (const groups of [terms.map((term) => [term, terms.filter((other) => other !== term)]),
      terms.map((term) => [term, []])]) {
      for (const [term, others] of groups) {
        const kept = others.length && !(await finds(others)) ? null : await longestPart(term, others, finds);
        if (kept === null) continue;
        const wanted = terms.map((one) => (one === term ? kept : others.includes(one) ? one : "")).filter(Boolean);
        const length = Array.from(wanted.join("")).length;
        if (length > best.length) best = { length, terms: wanted };
      }
      if (best.length) break;
    }
    return best.terms.concat(excluded.map((term) => "-" + term)).join(" ");
  }

  /** The longest part of a term that, with the other terms, finds something; "" if none does. */
  async function longestPart(term, others, finds) {
    const characters = Array.from(term).slice(0, LONGEST);
    let longest = "";
    let start = 0;
    for (let stop = 1; stop <= characters.length; stop++) {
      // What a longer part finds, a part of it finds too: the start only ever moves on.
      while (start < stop && !(await finds([...others, characters.slice(start, stop).join("")]))) start++;
      if (stop - start > Array.from(longest).length) longest = characters.slice(start, stop).join("");
    }
    return longest;
  }

  // ---- Results ----

  /**
   * A document as it is shown: {policy: {id, name, place, year, number, issuer, status}, clause, url}; the clause is
   * {anchor, path, label, title, wording, indicators: [[id, name], …]}, or null for the policy itself. The url is
   * seen from the root of the site.
   */
  async function record(document) {
    const read = await index();
    const chunk = Math.floor(document / read.chunk);
    const { policies, documents } = await part("texts/" + chunk);
    const policy = policies[read.policyOf[document] - read.policyOf[chunk * read.chunk]];
    const page = "policies/" + encodeURIComponent(policy.id) + ".html";
    const held = documents[document - chunk * read.chunk];
    if (!held) return { document, policy, clause: null, url: page };
    const [anchor, path, label, title, wording, indicators] = held;
    const clause = { anchor, path, label, title, wording, indicators: indicators.map((n) => read.indicators[n]) };
    return { document, policy, clause, url: page + "#" + encodeURIComponent(anchor) };
  }

  /**
   * Narrow documents down to the chosen values: {indicator, place, level, year, genre, commitment}, each an array of
   * values; within one any will do, and all must hold. Returns {documents, counts}: counts[name] is a Map from each
   * value to how many documents it would leave, the other choices being as they are. A place counts for those around
   * it: 辽宁省 for 辽宁省/营口市. A policy has no indicator and no commitment.
   */
  async function narrow(documents, chosen) {
    const [read, facts] = await Promise.all([index(), part("facts")]);
    const facets = facetsOf(read, facts);
    const missed = facets.map(({ name, values }) => {
      const wanted = new Set(chosen[name] || []);
      return values.map((own) => wanted.size > 0 && !own.some((value) => wanted.has(value)));
    });
    const tallies = facets.map(({ values }) => new Int32Array(values.length));
    const kept = documents.filter((document) => {
      const misses = facets.filter(({ owner }, n) => missed[n][owner[document]]);
      if (misses.length > 1) return false;
      facets.forEach((facet, n) => {
        if (!misses.length || misses[0] === facet) tallies[n][facet.owner[document]]++;
      });
      return !misses.length;
    });
    const counts = {};
    facets.forEach(({ name, values }, n) => {
      counts[name] = new Map();
      tallies[n].forEach((count, owner) => {
        for (const value of count ? values[owner] : []) counts[name].set(value, (counts[name].get(value) || 0) + count);
      });
    });
    return { documents: kept, counts };
  }

  /** The facets: owner[document] is the number of its policy, or of its sort, and values[owner] are the values. */
  function facetsOf(read, facts) {
    const places = placeNames(facts.places);
    const known = (value) => (value === undefined || value === null ? [""] : [String(value)]);
    const ofPolicies = (name, valuesOf) => ({ name, owner: read.policyOf, values: facts.policies.map(valuesOf) });
    const sorts = numbers(facts.documents);
    const ofSorts = (name, valuesOf) => ({ name, owner: sorts, values: facts.sorts.map(valuesOf) });
    return [
      ofSorts("indicator", ([indicators]) => indicators.map((n) => read.indicators[n][0])),
      ofPolicies("place", ([place]) => places[place] || [""]),
      ofPolicies("level", ([, level]) => known(facts.levels[level])),
      ofPolicies("year", ([, , , year]) => known(year)),
      ofPolicies("genre", ([, , genre]) => known(facts.genres[genre])),
      ofSorts("commitment", ([, committed]) => (committed ? ["1"] : [])),
    ];
  }

  /** For each place its own path and those of the places around it: [辽宁省/营口市, 辽宁省]. */
  function placeNames(places) {
    const names = [];
    for (const [name, around] of places) {
      names.push(around < 0 ? [name] : [names[around][0] + "/" + name, ...names[around]]);
    }
    return names;
  }

  window.policySearch = {
    open, receive, index, find, shorter, record, narrow, fold, parse, numbers, anchorsOf,
  };
})();
