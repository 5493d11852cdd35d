/*
 * What the search shows, in the header's box and on its page alike: terms marked in a text, a result in lines, what is
 * said of a count. Needs search.js and cells.js before it. Text of a policy is data: it reaches the page through text nodes only.
 */
(function () {
  "use strict";

  const { fold } = window.policySearch;
  const { inTable, shown } = window.policyCells;
  const CELL = "\u0000"; // stands for what parts two cells: no term has it, and no text
  const SNIPPET = { before: 24, length: 96 }; // in characters

  // ---- Marks and snippets ----

  /** Where terms stand in a text: [start, stop) pairs, ascending, those that touch or overlap made one. */
  function ranges(text, terms) {
    const merged = [];
    for (const [start, stop] of occurrences(text, terms)) {
      const last = merged[merged.length - 1];
      if (last && start <= last[1]) last[1] = Math.max(last[1], stop);
      else merged.push([start, stop]);
    }
    return merged;
  }

  /** Every place of every term in a text: [start, stop, number of the term], ascending; none over a CELL. */
  function occurrences(text, terms) {
    const offsets = [];
    let folded = "";
    for (let at = 0; at < text.length; at++) {
      const unit = text[at] === CELL ? CELL : fold(text[at]);
      if (unit) offsets.push(at);
      folded += unit;
    }
    const found = [];
    terms.forEach((term, n) => {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) {
        found.push([offsets[at], offsets[at + term.length - 1] + 1, n]);
      }
    });
    return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
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

  /** The piece of a text with the most terms, the first such, in parts as `mark` gives them, with … where it was cut. */
  function snippet(text, terms) {
    const first = densest(occurrences(text, terms));
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

  /** The occurrence from which the most terms stand within a snippet. */
  function densest(found) {
    let best = null;
    let most = 0;
    found.forEach((one, at) => {
      const limit = one[0] + SNIPPET.length - SNIPPET.before;
      const terms = new Set();
      for (let next = at; next < found.length && found[next][1] <= limit; next++) terms.add(found[next][2]);
      if (terms.size > most || !best) [best, most] = [one, terms.size];
    });
    return best;
  }

  function isLowSurrogate(text, at) {
    return at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
  }

  /** The wording without the label and title that a result shows on a line of their own; CELL between cells. */
  function body(clause) {
    let text = inTable(clause.anchor) ? clause.wording.replace(/\t/g, CELL) : clause.wording;
    for (const head of [clause.label, clause.title]) {
      if (head && text.startsWith(head)) text = text.slice(head.length).replace(/^[\s\u0000]+/, "");
    }
    return clause.title ? text.replace(/^[。.\s\u0000]+/, "") : text;
  }

  // ---- Results ----

  /** An element with a class and children; strings and parts {text, marked} become text nodes and <mark>. */
  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    for (const child of children.flat()) {
      if (child && child.marked !== undefined) made.append(child.marked ? element("mark", "", child.text) : plain(child.text));
      else if (child) made.append(child);
    }
    return made;
  }

  /** Text without marks, as it is read. */
  function plain(text) {
    return text.includes(CELL) ? shown(text.replaceAll(CELL, "\t")) : text;
  }

  /** “A · B · C”: a line of facts, each in parts or a plain string, those that are unknown left out. */
  function facts(className, values) {
    const line = element("span", className);
    values.filter((value) => value && value.length).forEach((value, number) => {
      if (number) line.append(" · ");
      line.append(element("span", "", ...(typeof value === "string" ? [value] : value)));
    });
    return line;
  }

  /** 讨论稿, 已废止: what a reader must know before reading on. Nothing for a policy in force. */
  function status(policy) {
    return policy.status && policy.status !== "正式" ? [element("span", "search__status-badge", policy.status)] : null;
  }

  /** A result as lines: where, title, text. `grouped`: the policy is named above. */
  function lines({ policy, clause }, terms, grouped) {
    const year = policy.year && policy.year + " 年";
    if (!clause) {
      return [
        facts("search__where", ["政策", policy.place, year, status(policy)]),
        element("span", "search__title", ...mark(policy.name, terms)),
        facts("search__text", [policy.number && mark(policy.number, terms), policy.issuer && mark(policy.issuer, terms)]),
      ].filter((line) => line.hasChildNodes());
    }
    const path = clause.path && element("span", clause.title ? "search__path" : "", ...mark(clause.path, terms));
    return [
      grouped ? null : facts("search__where", [policy.name, policy.place, year, status(policy)]),
      element("span", "search__title", path, ...mark(clause.title || "", terms)),
      element("span", "search__text", ...snippet(body(clause), terms)),
      facts("search__indicators", clause.indicators.map(([, name]) => name)),
    ].filter((line) => line && line.hasChildNodes());
  }

  /** A link to a result; the query goes with it, for search-marks.js to mark its terms there. */
  function link(record, base, query, className, ...children) {
    const made = element("a", className, ...children);
    const [page, anchor] = record.url.split("#");
    made.href = base + "/" + page + (anchor ? "?" + new URLSearchParams({ q: query }) + "#" + anchor : "");
    return made;
  }

  /** The address of the search page for a query. */
  function pageFor(base, query) {
    return base + "/search.html?" + new URLSearchParams({ q: query });
  }

  /** What was found, in words: for the eye, and for a screen reader that hears it. */
  function message({ terms, clauses, policies, direct }) {
    const counts = [];
    if (direct.length) counts.push(direct.length + " 条与编号对应");
    if (policies.length) counts.push(policies.length + " 份政策");
    if (clauses.length) counts.push(clauses.length + " 条条文");
    if (counts.length) return "找到 " + counts.join("，");
    const quoted = terms.map((term) => "“" + term + "”").join("和");
    if (!terms.length) return "请至少输入一个要找的词；减号只表示不要的词。";
    return terms.length === 1 ? "没有含有" + quoted + "的条文。" : "没有同时含有" + quoted + "的条文。";
  }

  window.policySearchView = { ranges, mark, snippet, element, lines, link, pageFor, message };
})();
