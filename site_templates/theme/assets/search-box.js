/*
 * The search box in the header (partials/search-box.html). Needs search.js and search-view.js before it. Nothing is
 * loaded until the box is used.
 */
(function () {
  "use strict";

  const { find, shorter, record } = window.policySearch;
  const { element, lines, link, pageFor, message } = window.policySearchView;
  const SHOWN = { direct: 3, policies: 3, clauses: 10 };
  const HINT = "输入条文里的原话、标题、文号或政策名称。几个词用空格隔开；-词 表示不要含有它的条文。";

  /** Wire one search box, `form` as made by partials/search-box.html. */
  function connect(form) {
    const box = form.querySelector(".search__box");
    const status = form.querySelector(".search__status");
    const list = form.querySelector(".search__results");
    const rest = form.querySelector(".search__rest");
    const base = form.dataset.base;
    let composing = false; // an input method is at work; its letters are no query yet
    let active = -1; // the result that the arrow keys chose
    let turn = 0; // of the latest query: an answer to an earlier one comes too late
    let shown = null; // a promise that the list answers to the box; resolved when it does

    window.policySearch.open(base);

    function open() {
      if (form.classList.contains("search--open")) return;
      form.classList.add("search--open");
      show();
    }

    function close() {
      form.classList.remove("search--open");
      choose(-1);
      box.setAttribute("aria-expanded", "false");
    }

    /** Bring the panel up to date with the box. */
    function show() {
      shown = answer(++turn, box.value).catch((error) => say(error.message));
      return shown;
    }

    async function answer(own, query) {
      if (!query.trim()) {
        fill([], query);
        say(HINT);
        rest.hidden = true;
        await window.policySearch.index(); // so that the first query finds it there
        return;
      }
      if (!list.children.length) say("正在查找……");
      const found = await find(query);
      if (own !== turn) return;
      const direct = found.direct.slice(0, SHOWN.direct);
      const wanted = [
        ...direct, ...found.policies.slice(0, SHOWN.policies),
        ...Array.from(found.clauses.slice(0, SHOWN.clauses + direct.length))
          .filter((document) => !direct.includes(document)).slice(0, SHOWN.clauses),
      ];
      const links = (await Promise.all(wanted.map(record))).map((one) => result(one, query, found.terms));
      if (own !== turn) return;
      const total = found.clauses.length + found.policies.length + direct.length;
      if (total > links.length) links.push(all(query, found));
      fill(links, query);
      say(message(found));
      rest.hidden = total > 0;
      if (!total) await offer(own, query);
    }

    function result(one, query, terms) {
      return link(one, base, query, "search__result", ...lines(one, terms));
    }

    function all(query, found) {
      const made = element("a", "search__result search__all", "全部结果，可按地区、指标、年份筛选");
      made.href = pageFor(base, query);
      if (found.clauses.length) made.prepend(found.clauses.length + " 条条文：");
      return made;
    }

    /** After an empty result: the nearest query that finds something. */
    async function offer(own, query) {
      const nearest = await shorter(query);
      if (own !== turn || Array.from(nearest).length < 2) return;
      const made = element("a", "search__result", "改为查找“", element("b", "", nearest), "”");
      made.href = pageFor(base, nearest);
      made.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation(); // the panel stays open
        box.value = nearest;
        show();
      });
      fill([made], query);
    }

    /** Show these links as the answer to a query. */
    function fill(links, query) {
      list.dataset.query = query;
      links.forEach((made, number) => {
        made.id = "search-result-" + number;
        made.tabIndex = -1;
        made.setAttribute("role", "option");
        made.setAttribute("aria-selected", "false");
      });
      list.textContent = "";
      list.append(...links);
      list.scrollTop = 0;
      choose(-1);
      box.setAttribute("aria-expanded", String(links.length > 0 && form.classList.contains("search--open")));
    }

    /** Set the status line, but only when it changes: a screen reader speaks it each time. */
    function say(text) {
      if (status.textContent !== text) status.textContent = text;
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
      show();
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

    async function onSubmit(event) {
      event.preventDefault();
      if (composing) return;
      await shown;
      const chosen = list.children[Math.max(active, 0)];
      if (chosen) chosen.click();
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
  }

  /** `/` or Ctrl-K, from anywhere on the page, goes to the box. */
  function onShortcut(event) {
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    const box = document.querySelector(".finder__box, .search__box");
    if (!box || (!slash && !ctrlK)) return;
    event.preventDefault();
    box.focus();
    box.select();
  }

  const form = document.querySelector("form.search");
  if (form) connect(form);
  document.addEventListener("keydown", onShortcut);
})();
