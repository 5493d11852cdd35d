/*
 * What the search box in the header and the search page show alike: a result in lines, and what is said of a count.
 * Needs search.js before it. Text of a policy is data: it reaches the page through text nodes only.
 */
(function () {
  "use strict";

  const { mark, snippet, body } = window.policySearch;

  /** An element with a class and children; strings and parts {text, marked} become text nodes and <mark>. */
  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    for (const child of children.flat()) {
      if (child && child.marked !== undefined) made.append(child.marked ? element("mark", "", child.text) : child.text);
      else if (child) made.append(child);
    }
    return made;
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

  window.policySearchView = { element, lines, link, pageFor, message };
})();
