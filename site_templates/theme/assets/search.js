/*
 * The engine of the clause search: finds every clause that contains all the terms, exactly. Pure functions on
 * values, published as window.policySearch; search-box.js puts them to use on the page.
 *
 * The index that `prepare` takes (search/clauses.js passes it to window.policySearch.load):
 *   {"version": 1,
 *    "policies": [{"id", "title", "issuer", "place", "year", "number"}, …],
 *    "clauses": [[index of the policy, anchor, label, title, wording], …]}
 * where issuer, place, year, number, label and title may be null.
 */
(function () {
  "use strict";

  const VERSION = 1; // of the index format
  const SNIPPET = { before: 24, length: 96 }; // in characters

  const FOLDABLE = /[\sA-Z\uff01-\uff5e[\]〔〕]/g; // all that foldUnit changes

  /** One UTF-16 code unit as search sees it: "" for white space. `１Ａ（` and `〔` are `1a(` and `(`. */
  function foldUnit(unit) {
    let code = unit.charCodeAt(0);
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0; // the full-width forms of ASCII
    if (code >= 65 && code <= 90) code += 32;
    if (code === 0x5b || code === 0x3014) code = 0x28; // [ 〔
    if (code === 0x5d || code === 0x3015) code = 0x29; // ] 〕
    const folded = String.fromCharCode(code);
    return /\s/.test(folded) ? "" : folded;
  }

  /** Text without what search ignores. `offsets`, an array, receives where each unit that is kept stands in `text`. */
  function fold(text, offsets) {
    if (!offsets) return text.replace(FOLDABLE, foldUnit);
    let folded = "";
    for (let at = 0; at < text.length; at++) {
      const unit = foldUnit(text[at]);
      if (unit) offsets.push(at);
      folded += unit;
    }
    return folded;
  }

  /** The terms of a query: separated by white space, folded, each once. */
  function parse(query) {
    return Array.from(new Set(query.split(/\s+/).map((term) => fold(term)).filter(Boolean)));
  }

  /** The index with every text folded once. Throws an Error, in words for the reader, if it cannot be used. */
  function prepare(data) {
    if (!data || data.version !== VERSION) {
      throw new Error(
        "搜索索引的版本（" + (data && data.version) + "）与本页的程序（" + VERSION + "）不符。" +
        "请刷新页面；如果仍然如此，请重新生成网站。"
      );
    }
    const folded = (texts) => texts.filter(Boolean).map((text) => fold(text));
    return {
      policies: data.policies.map((policy) => ({
        record: policy,
        named: folded([policy.title, policy.number]),
        place: folded([policy.place]),
      })),
      clauses: data.clauses.map(([policy, anchor, label, title, wording]) => ({
        policy, anchor, label, title, wording,
        foldedTitle: fold(title || ""),
        folded: folded([wording, title, label]),
      })),
    };
  }

  /**
   * What has all the terms: {policies, clauses}, best first and otherwise in the order of the index.
   * A clause: each term in its title, wording or label, or in the title, number or place of its policy, but at
   * least one in the clause itself. A policy: each term in its title, number or place, not all in the place.
   */
  function match(index, terms) {
    if (!terms.length) return { policies: [], clauses: [] };
    const among = (texts) => (term) => texts.some((text) => text.includes(term));
    const policies = index.policies.filter((policy) =>
      terms.every(among(policy.named.concat(policy.place))) && terms.some(among(policy.named)));

    const ranked = [[], [], [], []]; // the whole title, all terms in the title, some, none
    for (const clause of index.clauses) {
      const inClause = among(clause.folded);
      const found = terms.filter(inClause).length;
      if (!found) continue;
      if (found < terms.length) {
        const policy = index.policies[clause.policy];
        const inPolicy = among(policy.named.concat(policy.place));
        if (!terms.every((term) => inClause(term) || inPolicy(term))) continue;
      }
      const inTitle = terms.filter((term) => clause.foldedTitle.includes(term)).length;
      const rank = clause.foldedTitle === terms[0] ? 0 : inTitle === terms.length ? 1 : inTitle ? 2 : 3;
      ranked[rank].push(clause);
    }
    return { policies, clauses: [].concat(...ranked) };
  }

  /** Where terms stand in a text: [start, stop) pairs, ascending, those that touch or overlap made one. */
  function ranges(text, terms) {
    const offsets = [];
    const folded = fold(text, offsets);
    const found = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
        found.push([offsets[at], offsets[at + term.length - 1] + 1]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const merged = [];
    for (const [start, stop] of found) {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], stop);
      else merged.push([start, stop]);
    }
    return merged;
  }

  /** A text in parts [{text, marked}] from `start` to `stop`; joined they are the text again. */
  function mark(text, terms, start = 0, stop = text.length) {
    const parts = [];
    let at = start;
    const add = (upTo, marked) => {
      if (upTo > at) parts.push({ text: text.slice(at, upTo), marked });
      at = Math.max(at, upTo);
    };
    for (const [from, to] of ranges(text, terms)) {
      if (to <= start || from >= stop) continue;
      add(from, false);
      add(Math.min(to, stop), true);
    }
    add(stop, false);
    return parts;
  }

  /** The piece of a text around its first term, in parts as `mark` gives them, with … where it was cut. */
  function snippet(text, terms) {
    const first = ranges(text, terms)[0];
    let start = first ? Math.max(0, first[0] - SNIPPET.before) : 0;
    let stop = Math.min(text.length, Math.max(start + SNIPPET.length, first ? first[1] : 0));
    start = Math.max(0, Math.min(start, stop - SNIPPET.length));
    if (start > 0 && isLowSurrogate(text, start)) start--;
    if (isLowSurrogate(text, stop)) stop++;
    const parts = mark(text, terms, start, stop);
    if (start > 0) parts.unshift({ text: "…", marked: false });
    if (stop < text.length) parts.push({ text: "…", marked: false });
    return parts;
  }

  function isLowSurrogate(text, at) {
    return at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  }

  /** The wording without the label and title that a result shows on a line of their own. */
  function body(clause) {
    let text = clause.wording;
    for (const head of [clause.label, clause.title]) {
      if (head && text.startsWith(head)) text = text.slice(head.length).replace(/^\s+/, "");
    }
    return clause.title ? text.replace(/^[。.\s]+/, "") : text;
  }

  window.policySearch = { VERSION, fold, parse, prepare, match, mark, snippet, body };
})();
