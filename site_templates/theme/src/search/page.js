/**
 * The search page (site_templates/theme/search.html). The query and what it is narrowed down to stand in the address, so a
 * search can be kept and shared; but for index.js nothing of the index is loaded until there is one, or the box is used.
 */

import { all, button, element, part, say, words } from "../lib/dom.js";
import { base, replaceQuery } from "../lib/site.js";
import { find, shorter } from "./engine.js";
import { facetGroups, FACETS, nameOf, withChoice } from "./facet-view.js";
import { narrow } from "./facets.js";
import { index, open } from "./files.js";
import { byPolicy, inOrder } from "./result-list.js";
import { message, pageFor } from "./results.js";

/** @import { Found } from "./engine.js" */
/** @import { Chosen } from "./facet-view.js" */
/** @import { Counts } from "./facets.js" */

const HINT = "输入要找的词，或者直接选择指标、地区等列出条文。";
const NONE = { terms: [], clauses: new Int32Array(0), policies: new Int32Array(0), direct: [] };

/** Wire the page. */
export function searchPage() {
  connect(part(document, "form.finder", HTMLFormElement));
}

/** @param {HTMLFormElement} form as made by theme/search.html */
function connect(form) {
  const box = part(form, ".finder__box", HTMLInputElement);
  const status = part(form, ".finder__status", HTMLElement);
  const chips = part(form, ".finder__chosen", HTMLElement);
  const facetBox = part(form, ".finder__facets", HTMLDetailsElement);
  const facetTitle = part(facetBox, "summary", HTMLElement);
  const groups = part(form, ".finder__groups", HTMLElement);
  const groupingLabel = part(form, ".finder__grouping", HTMLElement);
  const grouping = part(groupingLabel, "input", HTMLInputElement);
  const shown = part(form, ".finder__results", HTMLElement);
  /** @type {Set<string>} */
  const unfolded = new Set(); // the facets that show all their values
  /** @type {Chosen} */
  let chosen = {};
  /** @type {Map<string, string>} */
  let names = new Map(); // of the indicators
  let composing = false;
  let turn = 0; // of the latest query: an answer to an earlier one comes too late
  /** @type {{ query: string | null, found: Found }} */
  let latest = { query: null, found: NONE };

  // ---- The address ----

  function readAddress() {
    const parameters = new URLSearchParams(location.search);
    box.value = parameters.get("q") || "";
    grouping.checked = parameters.has("group");
    chosen = Object.fromEntries(FACETS.map(([name]) => [name, parameters.getAll(name)]));
  }

  function query() {
    const parameters = new URLSearchParams();
    if (box.value.trim()) parameters.set("q", box.value);
    for (const [name] of FACETS) for (const value of chosen[name]) parameters.append(name, value);
    if (grouping.checked) parameters.set("group", "1");
    return parameters.toString();
  }

  const isNarrowed = () => FACETS.some(([name]) => chosen[name].length);

  // ---- The answer ----

  /** Bring the page up to date with the box and the choices. */
  function show() {
    replaceQuery(query());
    return answer(++turn, box.value).catch((error) => say(status, words(error)));
  }

  /**
   * @param {number} own the turn of this query
   * @param {string} text
   */
  async function answer(own, text) {
    if (latest.query !== text) {
      const found = await find(text, !text.trim());
      if (own !== turn) return;
      latest = { query: text, found };
    }
    const found = latest.found;
    const asked = text.trim() || isNarrowed();
    // The first results do not wait for the facets, unless these decide what the results are.
    if (asked && !isNarrowed()) await showFound(own, text, found);
    if (own !== turn) return;
    const [clauses, policies] = await Promise.all([
      narrow(found.clauses, chosen),
      narrow(found.policies, chosen),
    ]);
    if (own !== turn) return;
    names = new Map((await index()).indicators);
    showFacets(clauses.counts);
    if (!asked) showNothing(HINT);
    else if (isNarrowed()) {
      const left = { clauses: clauses.documents, policies: policies.documents, direct: [] };
      await showFound(own, text, { ...found, ...left });
    }
  }

  /**
   * @param {number} own
   * @param {string} text
   * @param {Found} found
   */
  async function showFound(own, text, found) {
    const total = found.clauses.length + found.policies.length + found.direct.length;
    const said = text.trim() ? message(found) : "共 " + found.clauses.length + " 条条文";
    if (!total) return showEmpty(own, text, said);
    const results = grouping.checked ? await byPolicy(text, found) : await inOrder(text, found);
    if (own !== turn) return;
    fill(results, said);
    groupingLabel.hidden = !found.clauses.length;
  }

  /** @param {string} said */
  function showNothing(said) {
    fill([], said);
    groupingLabel.hidden = true;
  }

  /**
   * Set what is shown. A screen reader hears the text.
   * @param {HTMLElement[]} results
   * @param {string} said
   */
  function fill(results, said) {
    document.documentElement.classList.toggle("asked", results.length > 0); // room for what comes with results
    form.classList.remove("finder--empty");
    shown.replaceChildren(...results);
    const asked = query();
    shown.dataset.query = location.pathname + (asked && "?" + asked);
    say(status, said);
  }

  /**
   * Nothing found: the nearest query that finds something, without the choices, by indicator.
   * @param {number} own
   * @param {string} text
   * @param {string} said
   */
  async function showEmpty(own, text, said) {
    showNothing(isNarrowed() ? "所选范围内" + said : said);
    const ways = [];
    if (isNarrowed()) ways.push(button("finder__button", "去掉筛选条件", chooseNothing));
    const nearest = text.trim() && !latest.found.clauses.length ? await shorter(text) : "";
    if (Array.from(nearest).length > 1) {
      const made = element("a", "", "改为查找“", element("b", "", nearest), "”");
      made.href = pageFor(nearest);
      ways.push(made);
    }
    const indicators = (await index()).indicators.map(([id, name]) => {
      const made = element("a", "", name);
      made.href = base + "/indicators/" + id + ".html";
      return element("li", "", made);
    });
    if (own !== turn) return;
    form.classList.add("finder--empty");
    shown.replaceChildren(
      ...ways.map((way) => element("p", "finder__way", way)),
      element("p", "", "也可以按指标查找："),
      element("ul", "finder__indicators", ...indicators),
    );
  }

  // ---- Facets ----

  /** @param {Counts} counts */
  function showFacets(counts) {
    const boxes = facetGroups({ counts, chosen, names, unfolded, choose });
    facetBox.hidden = !boxes.length;
    groups.replaceChildren(...boxes);
    const choices = FACETS.flatMap(([facet]) => chosen[facet].map((value) => ({ facet, value })));
    facetTitle.textContent = choices.length ? "筛选（" + choices.length + "）" : "筛选";
    const removers = choices.map(({ facet, value }) => {
      const name = nameOf(facet, value, names);
      return button("finder__button", name + " ×", () => choose(facet, value, false), "去掉筛选：" + name);
    });
    if (removers.length > 1) removers.push(button("finder__button", "全部去掉", chooseNothing));
    chips.replaceChildren(...removers);
    chips.hidden = !removers.length;
  }

  /**
   * Choose a value or not.
   * @param {string} facet
   * @param {string} value
   * @param {boolean} wanted
   */
  async function choose(facet, value, wanted) {
    chosen[facet] = withChoice(chosen[facet], facet, value, wanted);
    await show();
    const again = Array.from(groups.querySelectorAll("input"))
      .find((one) => one.name === facet && one.value === value);
    if (again) again.focus({ preventScroll: true });
  }

  function chooseNothing() {
    for (const [name] of FACETS) chosen[name] = [];
    return show();
  }

  // ---- Keyboard ----

  /**
   * The arrow keys go from the box through the results and back; Esc goes to the box, and from there away.
   * @param {KeyboardEvent} event
   */
  function onKey(event) {
    if (event.isComposing || event.keyCode === 229) {
      if (event.key === "Enter") event.preventDefault(); // Enter that ends a composition goes nowhere
      return;
    }
    const stops = [box, ...all(shown, ".search__result")];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    if (at < 0) return;
    if (event.key === "Escape") at ? box.focus() : box.blur();
    else if (event.key === "ArrowDown" && at + 1 < stops.length) stops[at + 1].focus();
    else if (event.key === "ArrowUp" && at) stops[at - 1].focus();
    else return;
    event.preventDefault();
  }

  // ---- Start ----

  function onInput() {
    if (!composing) show();
  }

  open(base);
  readAddress();
  if (window.matchMedia("(max-width: 59.9375em)").matches) facetBox.open = false;
  box.addEventListener("focus", () => {
    if (!turn) show();
  });
  box.addEventListener("input", onInput);
  box.addEventListener("compositionstart", () => {
    composing = true;
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    onInput();
  });
  form.addEventListener("keydown", onKey);
  grouping.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!composing) show();
  });
  window.addEventListener("popstate", () => {
    readAddress();
    show();
  });
  if (box.value.trim() || isNarrowed()) show();
  else if (window.matchMedia("(pointer: fine)").matches) box.focus();
  else index().catch(() => {}); // on its way already (theme/search.html); what is wrong is said when it is needed
}
