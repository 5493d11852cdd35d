/*
 * The search page (site_templates/theme/search.html). Needs search.js and search-view.js before it. The query and what
 * it is narrowed down to stand in the address, so a search can be kept and shared; but for index.js nothing of the index
 * is loaded until there is one, or the box is used.
 */
(function () {
  "use strict";

  const { find, shorter, record, narrow, index } = window.policySearch;
  const { element, lines, link, pageFor, message } = window.policySearchView;
  const SHOWN = { direct: 3, policies: 3, results: 20, groups: 10, inGroup: 3, values: 8 };
  const HINT = "输入要找的词，或者直接选择指标、地区等列出条文。";
  const UNKNOWN = "未载明";
  const LEVELS = { national: "全国", province: "省级", city: "市级", county: "县级" };
  const FACETS = [
    ["indicator", "指标"], ["place", "地区"], ["level", "层级"], ["year", "年份"], ["genre", "文种"], ["commitment", "承诺"],
  ];

  const form = document.querySelector("form.finder");
  const part = (name) => form.querySelector(".finder__" + name);
  const box = part("box");
  const base = form.dataset.base;
  const grouping = part("grouping").querySelector("input");
  const unfolded = new Set(); // the facets that show all their values
  let chosen = {}; // facet → values
  let names = new Map(); // indicator → name
  let composing = false;
  let turn = 0; // of the latest query: an answer to an earlier one comes too late
  let latest = { query: null, found: null };

  // ---- The address ----

  function readAddress() {
    const parameters = new URLSearchParams(location.search);
    box.value = parameters.get("q") || "";
    grouping.checked = parameters.has("group");
    chosen = {};
    for (const [name] of FACETS) chosen[name] = parameters.getAll(name);
  }

  function address() {
    const parameters = new URLSearchParams();
    if (box.value.trim()) parameters.set("q", box.value);
    for (const [name] of FACETS) for (const value of chosen[name]) parameters.append(name, value);
    if (grouping.checked) parameters.set("group", "1");
    const text = parameters.toString();
    return location.pathname + (text ? "?" + text : "");
  }

  function writeAddress() {
    try {
      history.replaceState(null, "", address());
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // a browser that forbids it on file://
    }
  }

  const isNarrowed = () => FACETS.some(([name]) => chosen[name].length);

  // ---- The answer ----

  /** Bring the page up to date with the box and the choices. */
  function show() {
    writeAddress();
    return answer(++turn, box.value).catch((error) => say(error.message));
  }

  async function answer(own, query) {
    if (latest.query !== query) {
      const found = await find(query, !query.trim());
      if (own !== turn) return;
      latest = { query, found };
    }
    const found = latest.found;
    const asked = query.trim() || isNarrowed();
    // The first results do not wait for the facets, unless these decide what the results are.
    if (asked && !isNarrowed()) await showFound(own, query, found);
    if (own !== turn) return;
    const [clauses, policies] = await Promise.all([narrow(found.clauses, chosen), narrow(found.policies, chosen)]);
    if (own !== turn) return;
    names = new Map((await index()).indicators);
    showFacets(clauses.counts);
    if (!asked) showNothing(HINT);
    else if (isNarrowed()) {
      await showFound(own, query, Object.assign({}, found, {
        clauses: clauses.documents, policies: policies.documents, direct: [],
      }));
    }
  }

  async function showFound(own, query, found) {
    const total = found.clauses.length + found.policies.length + found.direct.length;
    const said = query.trim() ? message(found) : "共 " + found.clauses.length + " 条条文";
    if (!total) return showEmpty(own, query, said);
    const results = grouping.checked ? await groups(query, found) : await list(query, found);
    if (own !== turn) return;
    fill(results, said);
    part("grouping").hidden = !found.clauses.length;
  }

  function showNothing(text) {
    fill([], text);
    part("grouping").hidden = true;
  }

  /** Set what is shown. A screen reader hears the text. */
  function fill(results, text) {
    document.documentElement.classList.toggle("asked", results.length > 0); // room for what comes with results
    form.classList.remove("finder--empty");
    part("results").replaceChildren(...results);
    part("results").dataset.query = address();
    say(text);
  }

  function say(text) {
    if (part("status").textContent !== text) part("status").textContent = text;
  }

  /** Nothing found: the nearest query that finds something, without the choices, by indicator. */
  async function showEmpty(own, query, said) {
    showNothing(isNarrowed() ? "所选范围内" + said : said);
    const ways = [];
    if (isNarrowed()) ways.push(button("去掉筛选条件", () => { chooseNothing(); }));
    const nearest = query.trim() && !latest.found.clauses.length && await shorter(query);
    if (Array.from(nearest || "").length > 1) {
      const made = element("a", "", "改为查找“", element("b", "", nearest), "”");
      made.href = pageFor(base, nearest);
      ways.push(made);
    }
    const indicators = (await index()).indicators.map(([id, name]) => {
      const made = element("a", "", name);
      made.href = base + "/indicators/" + id + ".html";
      return element("li", "", made);
    });
    if (own !== turn) return;
    form.classList.add("finder--empty");
    part("results").replaceChildren(
      ...ways.map((way) => element("p", "finder__way", way)),
      element("p", "", "也可以按指标查找："), element("ul", "finder__indicators", ...indicators),
    );
  }

  /** The results in their order, the first of them and a button for more. */
  async function list(query, found) {
    const { terms } = found;
    const direct = found.direct.slice(0, SHOWN.direct);
    const heads = await Promise.all([...direct, ...found.policies.slice(0, SHOWN.policies)].map(record));
    const shown = heads.map((one) => item(one, query, terms, "finder__head"));
    if (found.policies.length > SHOWN.policies) {
      shown.push(more(found.policies.slice(SHOWN.policies), "份政策", (one) => item(one, query, terms, "finder__head")));
    }
    const clauses = found.clauses.filter((document) => !direct.includes(document));
    const first = await Promise.all(Array.from(clauses.slice(0, SHOWN.results), record));
    const results = element("ol", "finder__list", ...first.map((one) => item(one, query, terms)));
    const rest = clauses.slice(SHOWN.results);
    if (rest.length) results.append(more(rest, "条", (one) => item(one, query, terms)));
    return shown.length ? [element("ol", "finder__list", ...shown), results] : [results];
  }

  /** The results by policy, in the order of the first of each. */
  async function groups(query, found) {
    const { policyOf } = await index();
    const byPolicy = new Map();
    for (const document of found.clauses) {
      const policy = policyOf[document];
      if (!byPolicy.has(policy)) byPolicy.set(policy, []);
      byPolicy.get(policy).push(document);
    }
    const all = Array.from(byPolicy.values());
    const group = async (documents) => {
      const records = await Promise.all(documents.slice(0, SHOWN.inGroup).map(record));
      const { policy } = records[0];
      const heading = element("h2", "finder__policy", link({ url: records[0].url.split("#")[0] }, base, query, "", policy.name));
      const year = policy.year && policy.year + " 年";
      const facts = [policy.place, year, documents.length + " 条"].filter(Boolean).join(" · ");
      const results = element("ol", "finder__list", ...records.map((one) => item(one, query, found.terms, "", true)));
      const rest = documents.slice(SHOWN.inGroup);
      if (rest.length) results.append(more(rest, "条", (one) => item(one, query, found.terms, "", true)));
      return element("section", "finder__group", heading, element("p", "search__where", facts), results);
    };
    const shown = await Promise.all(all.slice(0, SHOWN.groups).map(group));
    const rest = all.slice(SHOWN.groups);
    return rest.length ? [...shown, moreOf("div", rest, SHOWN.groups, "份政策", group)] : shown;
  }

  function item(one, query, terms, className, grouped) {
    return element("li", className, link(one, base, query, "search__result", ...lines(one, terms, grouped)));
  }

  /** The last entry of a list: a button that puts the next documents in its place, and stays while there are more. */
  function more(documents, unit, make) {
    return moreOf("li", documents, SHOWN.results, unit, async (document) => make(await record(document)));
  }

  function moreOf(tag, all, step, unit, make) {
    let left = all;
    const made = button("", async () => {
      const next = await Promise.all(Array.from(left.slice(0, step)).map(make));
      left = left.slice(step);
      holder.before(...next);
      const first = next[0].querySelector("a");
      if (first) first.focus({ preventScroll: true });
      if (left.length) label();
      else holder.remove();
    });
    const label = () => { made.textContent = "再列 " + Math.min(step, left.length) + " " + unit + "（还有 " + left.length + " " + unit + "）"; };
    const holder = element(tag, "finder__more", made);
    label();
    return holder;
  }

  function button(text, onClick) {
    const made = element("button", "finder__button", text);
    made.type = "button";
    made.addEventListener("click", onClick);
    return made;
  }

  // ---- Facets ----

  /** What a reader calls a value. */
  function nameOf(facet, value) {
    if (!value) return UNKNOWN;
    if (facet === "indicator") return names.get(value) || value;
    if (facet === "place") return value.split("/").pop();
    if (facet === "level") return LEVELS[value] || value;
    if (facet === "year") return value + " 年";
    if (facet === "commitment") return "有量化承诺";
    return value;
  }

  /** The values of a facet in their order, with the counts; a chosen one stays, whatever its count. */
  function valuesOf(facet, counts) {
    const all = new Map(counts);
    for (const value of chosen[facet]) if (!all.has(value)) all.set(value, 0);
    const values = Array.from(all);
    const inOrder = (order) => values.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
    if (facet === "place") return placesInOrder(all);
    if (facet === "year") return values.sort(([a], [b]) => b - a);
    if (facet === "level") return inOrder(Object.keys(LEVELS));
    if (facet === "indicator") inOrder(Array.from(names.keys())); // of those with as many
    return values.sort(([, a], [, b]) => b - a);
  }

  /** Places with the most first, each followed by those within it. */
  function placesInOrder(counts) {
    const below = (parent) => Array.from(counts)
      .filter(([value]) => value.slice(0, Math.max(value.lastIndexOf("/"), 0)) === parent)
      .sort(([, a], [, b]) => b - a)
      .flatMap(([value, count]) => [[value, count], ...(value ? below(value) : [])]);
    return below("");
  }

  function showFacets(counts) {
    const groups = FACETS.map(([facet, title]) => [facet, title, valuesOf(facet, counts[facet])])
      .filter(([, , values]) => values.length);
    part("facets").hidden = !groups.length;
    part("groups").replaceChildren(...groups.map(([facet, title, values]) => facetGroup(facet, title, values)));
    const choices = FACETS.flatMap(([facet]) => chosen[facet].map((value) => [facet, value]));
    part("facets").querySelector("summary").textContent = choices.length ? "筛选（" + choices.length + "）" : "筛选";
    const chips = choices.map(([facet, value]) => {
      const made = button(nameOf(facet, value) + " ×", () => choose(facet, value, false));
      made.setAttribute("aria-label", "去掉筛选：" + nameOf(facet, value));
      return made;
    });
    if (chips.length > 1) chips.push(button("全部去掉", chooseNothing));
    part("chosen").replaceChildren(...chips);
    part("chosen").hidden = !chips.length;
  }

  function facetGroup(facet, title, values) {
    const folded = !unfolded.has(facet) && values.length > SHOWN.values + 1;
    const shown = folded
      ? values.filter(([value], at) => at < SHOWN.values || chosen[facet].includes(value)) : values;
    const group = element("fieldset", "finder__facet", element("legend", "", title),
      ...shown.map(([value, count]) => facetValue(facet, value, count)));
    if (folded || unfolded.has(facet)) {
      group.append(button(folded ? "全部 " + values.length + " 项" : "收起", () => {
        if (folded) unfolded.add(facet);
        else unfolded.delete(facet);
        group.replaceWith(facetGroup(facet, title, values));
      }));
    }
    return group;
  }

  function facetValue(facet, value, count) {
    const check = element("input", "");
    Object.assign(check, { type: "checkbox", name: facet, value, checked: chosen[facet].includes(value) });
    check.addEventListener("change", () => choose(facet, value, check.checked));
    const label = element("label", "", check, element("span", "", nameOf(facet, value)),
      element("span", "finder__count", String(count)));
    label.style.setProperty("--depth", facet === "place" ? value.split("/").length - 1 : 0);
    return label;
  }

  /** Choose a value or not. Of a place and one within it, only the last chosen counts: the other says nothing more. */
  async function choose(facet, value, wanted) {
    const overlaps = (other) => facet === "place" && ((other + "/").startsWith(value + "/") || (value + "/").startsWith(other + "/"));
    const others = chosen[facet].filter((other) => other !== value && !(wanted && overlaps(other)));
    chosen[facet] = wanted ? [...others, value] : others;
    await show();
    const again = Array.from(part("groups").querySelectorAll("input")).find((one) => one.name === facet && one.value === value);
    if (again) again.focus({ preventScroll: true });
  }

  function chooseNothing() {
    for (const [name] of FACETS) chosen[name] = [];
    return show();
  }

  // ---- Keyboard ----

  /** The arrow keys go from the box through the results and back; Esc goes to the box, and from there away. */
  function onKey(event) {
    if (event.isComposing || event.keyCode === 229) {
      if (event.key === "Enter") event.preventDefault(); // Enter that ends a composition goes nowhere
      return;
    }
    const stops = [box, ...part("results").querySelectorAll(".search__result")];
    const at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === "Escape") (at ? box.focus() : box.blur());
    else if (event.key === "ArrowDown" && at + 1 < stops.length) stops[at + 1].focus();
    else if (event.key === "ArrowUp" && at) stops[at - 1].focus();
    else return;
    event.preventDefault();
  }

  // ---- Start ----

  function onInput() {
    if (!composing) show();
  }

  window.policySearch.open(base);
  readAddress();
  if (window.matchMedia("(max-width: 59.9375em)").matches) part("facets").open = false;
  box.addEventListener("focus", () => { if (!turn) show(); });
  box.addEventListener("input", onInput);
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; onInput(); });
  form.addEventListener("keydown", onKey);
  grouping.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!composing) show();
  });
  window.addEventListener("popstate", () => { readAddress(); show(); });
  if (box.value.trim() || isNarrowed()) show();
  else if (window.matchMedia("(pointer: fine)").matches) box.focus();
  else index().catch(() => {}); // on its way already (theme/search.html); what is wrong is said when it is needed
})();
