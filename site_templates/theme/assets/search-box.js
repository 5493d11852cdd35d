/*
 * The search box in the header (partials/search-box.html). Needs search.js before it. Classic scripts without
 * dependencies, so that they run from http:// and from file:// alike.
 *
 * Nothing is loaded until the box is used. Then search/clauses.js is added to the page; it calls
 * window.policySearch.load(index). Text of a policy is data: it reaches the page through text nodes only.
 */
(function () {
  "use strict";

  const { parse, prepare, match, mark, snippet, body } = window.policySearch;
  const SHOWN = { policies: 10, clauses: 50 };
  const PAUSE = 80; // milliseconds between the last key and the search

  /** An element with a class and children; strings and parts become text nodes and <mark>. */
  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    for (const child of children) {
      if (child && child.marked !== undefined) {
        made.append(child.marked ? element("mark", "", child.text) : child.text);
      } else if (child) {
        made.append(child);
      }
    }
    return made;
  }

  /** Wire one search box, `form` as made by partials/search-box.html. Returns what the index script calls. */
  function connect(form) {
    const box = form.querySelector(".search__box");
    const status = form.querySelector(".search__status");
    const list = form.querySelector(".search__results");
    const rest = form.querySelector(".search__rest");
    const base = form.dataset.base;
    let index = null;
    let failure = "";
    let script = null;
    let timer = 0;
    let composing = false; // an input method is at work; its letters are no query yet
    let active = -1; // the result that the arrow keys chose

    function loadIndex() {
      if (index || script) return;
      failure = "";
      script = document.createElement("script");
      script.src = base + "/search/clauses.js";
      const failed = () => {
        if (!index && !failure) fail("搜索索引无法载入：" + script.src + "。请检查网站文件是否完整，再试一次。");
      };
      script.addEventListener("error", failed);
      script.addEventListener("load", failed); // loaded, but it brought no index
      document.head.append(script);
    }

    function fail(message) {
      failure = message;
      if (script) script.remove();
      script = null; // the next use of the box tries again
      show();
    }

    /** Called by the index script. */
    function load(data) {
      try {
        index = prepare(data);
        show();
      } catch (error) {
        fail(error.message);
      }
    }

    function open() {
      form.classList.add("search--open");
      loadIndex();
      show();
    }

    function close() {
      form.classList.remove("search--open");
      choose(-1);
      box.setAttribute("aria-expanded", "false");
    }

    /** Bring the panel up to date with the box. */
    function show() {
      window.clearTimeout(timer);
      timer = 0;
      const terms = parse(box.value);
      const found = index ? match(index, terms) : { policies: [], clauses: [] };
      const links = found.policies.slice(0, SHOWN.policies).map((policy) => policyResult(policy.record, terms))
        .concat(found.clauses.slice(0, SHOWN.clauses).map((clause) => clauseResult(clause, terms)));
      links.forEach((link, number) => {
        link.id = "search-result-" + number;
        link.tabIndex = -1;
        link.setAttribute("role", "option");
      });
      list.textContent = "";
      list.append(...links);
      list.scrollTop = 0;
      choose(-1);
      const left = found.policies.length + found.clauses.length - links.length;
      rest.textContent = "还有 " + left + " 条没有列出。请多输入几个字，或者用空格隔开再加一个词。";
      rest.hidden = left === 0;
      say(message(terms, found));
      box.setAttribute("aria-expanded", String(links.length > 0 && form.classList.contains("search--open")));
    }

    function message(terms, found) {
      if (failure) return failure;
      if (!terms.length) return "输入条文里的原话、标题、文号或政策名称。几个词用空格隔开，结果同时含有这些词。";
      if (!index) return "正在载入条文……";
      const counts = [];
      if (found.policies.length) counts.push(found.policies.length + " 份政策");
      if (found.clauses.length) counts.push(found.clauses.length + " 条条文");
      if (counts.length) return "找到 " + counts.join("，");
      const quoted = terms.map((term) => "“" + term + "”").join("和");
      return terms.length === 1 ? "没有含有" + quoted + "的条文。请换一个更短的说法。"
        : "没有同时含有" + quoted + "的条文。请减少一个词，或者换一个更短的说法。";
    }

    /** Set the status line, but only when it changes: a screen reader speaks it each time. */
    function say(text) {
      if (status.textContent !== text) status.textContent = text;
    }

    function result(policy, anchor, ...lines) {
      const link = element("a", "search__result", ...lines.filter((line) => line && line.hasChildNodes()));
      link.href = base + "/policies/" + encodeURIComponent(policy.id) + ".html" +
        (anchor ? "#" + encodeURIComponent(anchor) : "");
      link.setAttribute("aria-selected", "false");
      return link;
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

    function policyResult(policy, terms) {
      const number = policy.number && mark(policy.number, terms);
      return result(policy, "",
        facts("search__where", ["政策", policy.place, policy.year && String(policy.year)]),
        element("span", "search__title", ...mark(policy.title, terms)),
        facts("search__text", [number, policy.issuer]));
    }

    function clauseResult(clause, terms) {
      const policy = index.policies[clause.policy].record;
      const label = clause.label && element("span", "search__label", ...mark(clause.label, terms));
      return result(policy, clause.anchor,
        facts("search__where", [mark(policy.title, terms), policy.place, policy.year && String(policy.year)]),
        element("span", "search__title", label, ...mark(clause.title || "", terms)),
        element("span", "search__text", ...snippet(body(clause), terms)));
    }

    /** Make one result the chosen one; -1 for none. */
    function choose(number) {
      const links = list.children;
      if (links[active]) links[active].setAttribute("aria-selected", "false");
      active = number;
      if (links[active]) {
        links[active].setAttribute("aria-selected", "true");
        links[active].scrollIntoView({ block: "nearest" });
        box.setAttribute("aria-activedescendant", links[active].id);
      } else {
        box.removeAttribute("aria-activedescendant");
      }
    }

    function onInput() {
      if (composing) return;
      form.classList.add("search--open");
      loadIndex();
      window.clearTimeout(timer);
      timer = window.setTimeout(show, PAUSE);
    }

    function onKey(event) {
      if (event.isComposing || event.keyCode === 229) {
        if (event.key === "Enter") event.preventDefault(); // Enter that ends a composition goes nowhere
        return;
      }
      const count = list.children.length;
      if (event.key === "ArrowDown" && count) choose((active + 1) % count);
      else if (event.key === "ArrowUp" && count) choose((active <= 0 ? count : active) - 1);
      else if (event.key === "Escape") leave();
      else return;
      event.preventDefault();
    }

    function leave() {
      close();
      box.blur();
    }

    function onSubmit(event) {
      event.preventDefault();
      if (composing) return;
      if (timer) show();
      const link = list.children[Math.max(active, 0)];
      if (link) link.click();
    }

    box.addEventListener("focus", open);
    box.addEventListener("click", open);
    box.addEventListener("input", onInput);
    box.addEventListener("keydown", onKey);
    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => { composing = false; onInput(); });
    form.addEventListener("submit", onSubmit);
    form.addEventListener("reset", () => { leave(); window.setTimeout(show, 0); });
    // Pressing on a result must not take the focus from the box: that would close the panel before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", leave);
    form.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!form.contains(event.target)) close();
    });
    document.addEventListener("keydown", (event) => {
      const typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
      const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
      if (!slash && !ctrlK) return;
      event.preventDefault();
      box.focus();
      box.select();
    });
    return load;
  }

  const form = document.querySelector("form.search");
  if (form) window.policySearch.load = connect(form);
})();
