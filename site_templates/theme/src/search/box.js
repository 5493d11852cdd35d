/** The search box in the header (partials/search-box.html). Nothing is loaded until it is used. */

import { all, element, holds, part, say, words } from "../lib/dom.js";
import { base } from "../lib/site.js";
import { find, record, shorter } from "./engine.js";
import { index, open as openIndex } from "./files.js";
import { lines, link, message, pageFor } from "./results.js";

/** @import { Found } from "./engine.js" */

const SHOWN = { direct: 3, policies: 3, clauses: 10 };
const HINT = "输入条文里的原话、标题、文号或政策名称。几个词用空格隔开；-词 表示不要含有它的条文。";

/** Wire the box of this page, where it has one, and the keys that lead to it. */
export function searchBox() {
  const form = document.querySelector("form.search");
  if (form instanceof HTMLFormElement) connect(form);
  document.addEventListener("keydown", onShortcut);
}

/**
 * Wire one search box.
 * @param {HTMLFormElement} form as made by partials/search-box.html
 */
function connect(form) {
  const box = part(form, ".search__box", HTMLInputElement);
  const status = part(form, ".search__status", HTMLElement);
  const list = part(form, ".search__results", HTMLElement);
  const rest = part(form, ".search__rest", HTMLElement);
  let composing = false; // an input method is at work; its letters are no query yet
  let active = -1; // the result that the arrow keys chose
  let turn = 0; // of the latest query: an answer to an earlier one comes too late
  /** @type {Promise<void> | null} */
  let shown = null; // the list answers to the box, when it is resolved

  openIndex(base);

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
    shown = answer(++turn, box.value).catch((error) => say(status, words(error)));
    return shown;
  }

  /**
   * @param {number} own the turn of this query
   * @param {string} query
   */
  async function answer(own, query) {
    if (!query.trim()) {
      fill([], query);
      say(status, HINT);
      rest.hidden = true;
      await index(); // so that the first query finds it there
      return;
    }
    if (!list.children.length) say(status, "正在查找……");
    const found = await find(query);
    if (own !== turn) return;
    const direct = found.direct.slice(0, SHOWN.direct);
    const clauses = Array.from(found.clauses.slice(0, SHOWN.clauses + direct.length))
      .filter((document) => !direct.includes(document));
    const wanted = [
      ...direct,
      ...found.policies.slice(0, SHOWN.policies),
      ...clauses.slice(0, SHOWN.clauses),
    ];
    const results = await Promise.all(wanted.map(record));
    if (own !== turn) return;
    const links = results.map((one) => link(one, query, "search__result", ...lines(one, found.terms)));
    const total = found.clauses.length + found.policies.length + direct.length;
    if (total > links.length) links.push(toAll(query, found));
    fill(links, query);
    say(status, message(found));
    rest.hidden = total > 0;
    if (!total) await offer(own, query);
  }

  /**
   * After an empty result: the nearest query that finds something.
   * @param {number} own
   * @param {string} query
   */
  async function offer(own, query) {
    const nearest = await shorter(query);
    if (own !== turn || Array.from(nearest).length < 2) return;
    const made = element("a", "search__result", "改为查找“", element("b", "", nearest), "”");
    made.href = pageFor(nearest);
    made.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation(); // the panel stays open
      box.value = nearest;
      show();
    });
    fill([made], query);
  }

  /**
   * Show these links as the answer to a query.
   * @param {HTMLAnchorElement[]} links
   * @param {string} query
   */
  function fill(links, query) {
    list.dataset.query = query;
    links.forEach((made, number) => {
      made.id = "search-result-" + number;
      made.tabIndex = -1;
      made.setAttribute("role", "option");
      made.setAttribute("aria-selected", "false");
    });
    list.replaceChildren(...links);
    list.scrollTop = 0;
    choose(-1);
    const isOpen = links.length > 0 && form.classList.contains("search--open");
    box.setAttribute("aria-expanded", String(isOpen));
  }

  /**
   * Make one result the chosen one.
   * @param {number} number -1 for none
   */
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

  /** @param {KeyboardEvent} event */
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

  /** @param {Event} event */
  async function onSubmit(event) {
    event.preventDefault();
    if (composing) return;
    await shown;
    const chosen = all(list, "a")[Math.max(active, 0)];
    if (chosen) chosen.click();
  }

  box.addEventListener("focus", open);
  box.addEventListener("click", open);
  box.addEventListener("input", onInput);
  box.addEventListener("keydown", onKey);
  box.addEventListener("compositionstart", () => {
    composing = true;
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    onInput();
  });
  form.addEventListener("submit", onSubmit);
  form.addEventListener("reset", () => {
    leave();
    setTimeout(show, 0);
  });
  // Pressing on a result must not take the focus from the box: that would close the panel before the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", leave);
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !holds(form, event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!holds(form, event.target)) close();
  });
}

/**
 * The last result: all of them, on the search page.
 * @param {string} query
 * @param {Found} found
 */
function toAll(query, found) {
  const count = found.clauses.length ? found.clauses.length + " 条条文：" : "";
  const made = element("a", "search__result search__all", count, "全部结果，可按地区、指标、年份筛选");
  made.href = pageFor(query);
  return made;
}

/**
 * `/` or Ctrl-K, from anywhere on the page, goes to the box.
 * @param {KeyboardEvent} event
 */
function onShortcut(event) {
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  const typing = /^(input|textarea|select)$/i.test(target.tagName) || target.isContentEditable;
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
  const box = document.querySelector(".finder__box, .search__box");
  if (!(box instanceof HTMLInputElement) || (!slash && !ctrlK)) return;
  event.preventDefault();
  box.focus();
  box.select();
}
