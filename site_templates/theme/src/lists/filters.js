/**
 * Lists of policies, filtered in the page and by the address: policies/index.html?place=…&sort=date, and the clauses of an
 * indicator by policy, indicators/x.html?level=市级. Everything is read from what the list has; without this script the
 * whole list stands there.
 */

import { all, around, part } from "../lib/dom.js";
import { fold } from "../lib/folding.js";
import { replaceQuery } from "../lib/site.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {Record<string, string>} Chosen by the names of the fields */

const FACTS = ["level", "year", "genre", "status"];

/** @type {Record<string, (a: HTMLElement, b: HTMLElement) => number>} */
const ORDERS = {
  date: (a, b) => (b.dataset.date || "").localeCompare(a.dataset.date || ""),
  clauses: (a, b) => Number(b.dataset.clauses) - Number(a.dataset.clauses),
  title: (a, b) => titleOf(a).localeCompare(titleOf(b), "zh-Hans"),
};

/** @param {HTMLElement} item */
function titleOf(item) {
  return item.querySelector("td, th")?.textContent || "";
}

/**
 * The heading of a policy on the page of an indicator, which comes and goes with its clauses.
 * @param {HTMLElement} item
 */
function headingOf(item) {
  const before = item.previousElementSibling;
  return before instanceof HTMLElement && /^H[2-6]$/.test(before.tagName) ? before : null;
}

/**
 * @param {HTMLElement} item
 * @param {Chosen} chosen
 */
function fits(item, chosen) {
  const place = item.dataset.place || "";
  if (chosen.words && !fold(titleOf(item)).includes(fold(chosen.words))) return false;
  if (chosen.place && place !== chosen.place && !place.startsWith(chosen.place + "/")) return false;
  return FACTS.every((name) => !chosen[name] || item.dataset[name] === chosen[name]);
}

/** Wire the filters of this page, where it has any. */
export function filters() {
  const form = document.querySelector("form.filters");
  const items = all(document, "table.policies tbody tr, .policy-hits");
  if (form instanceof HTMLFormElement && items.length) connect(form, items);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement[]} items by place
 */
function connect(form, items) {
  const body = document.querySelector("table.policies tbody"); // null on the page of an indicator
  const status = part(form, '[role="status"]', HTMLElement);
  /** @type {Field[]} */
  const fields = [];
  for (const one of form.elements) {
    if ((one instanceof HTMLInputElement || one instanceof HTMLSelectElement) && one.name) fields.push(one);
  }

  /** Show what fits; returns what is chosen. */
  function show() {
    const chosen = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
    const order = ORDERS[chosen.sort];
    const shown = items.filter((item) => fits(item, chosen));
    for (const item of items) {
      item.hidden = !shown.includes(item);
      const heading = headingOf(item);
      if (heading) heading.hidden = item.hidden;
    }
    if (body) {
      body.append(...(order ? items.slice().sort(order) : items));
      if (body.parentElement) body.parentElement.hidden = !shown.length;
    }
    status.textContent = counted(shown.length, items.length);
    return chosen;
  }

  /**
   * Keep the address in step, so that a filtered list can be linked to.
   * @param {Chosen} chosen
   */
  function note(chosen) {
    const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
    // A policy that is pointed at stays so while it is shown; #by-date is a choice, and is in the query by now.
    replaceQuery(query, body ? "" : window.location.hash);
  }

  /** Take the choice from the address. What a list does not have is passed over. */
  function read() {
    const asked = new URLSearchParams(window.location.search);
    if (window.location.hash === "#by-date" && !asked.has("sort")) asked.set("sort", "date");
    for (const field of fields) {
      const value = asked.get(field.name);
      if (value !== null) field.value = value;
      if (field instanceof HTMLSelectElement && field.selectedIndex === -1) field.value = "";
    }
  }

  /**
   * A link within the page to a policy that the filter hides clears the filter first.
   * @param {MouseEvent} event
   */
  function reveal(event) {
    const link = around(event.target, "a[href^='#']");
    const target = link && document.getElementById((link.getAttribute("href") || "").slice(1));
    if (!target || !target.hidden) return;
    form.reset();
    note(show());
  }

  document.addEventListener("click", reveal);
  form.addEventListener("input", () => note(show()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => note(show()), 0));
  read();
  show();
}

/**
 * @param {number} shown
 * @param {number} all
 */
function counted(shown, all) {
  if (shown === all) return "共 " + all + " 份";
  return shown ? all + " 份中的 " + shown + " 份" : "没有符合条件的政策，请放宽条件。";
}
