/*
 * The page on which clauses of several policies are read side by side: compare.html?p=policy,policy&i=indicator.
 * Classic script without dependencies, so that it runs from http:// and from file:// alike. Needs site-data.js and cells.js.
 *
 * The address holds the whole choice: p the policies in their order, i the indicator (none: all), r=primary where
 * clauses that only touch an indicator are left out. Where a browser lets no script write a query on file://, the
 * same stands behind a # instead. Nothing is counted against anything: the page has no order but that of the choice
 * and of the texts. Text of a policy is data: it reaches the page through text nodes only.
 */
(function () {
  "use strict";

  const site = window.policySite;
  const form = document.querySelector(".compare-form");
  if (!site || !form) return;
  const { readable } = window.policyCells;

  const MOST = 4; // policies side by side
  const LONG = 1.3; // how much longer than its room a wording must be to be folded
  const CONTEXT = 40; // characters of the clause above, where it has no title
  const UNKNOWN = "未载明";
  const BEHIND = /^#[pir]=/; // a choice behind a #
  const TITLE = document.title;

  const field = (name) => form.elements.namedItem(name);
  const chips = form.querySelector(".compare-chips");
  const picker = form.querySelector("details");
  const options = form.querySelector(".compare-options");
  const hint = form.querySelector(".compare-hint");
  const told = form.querySelector('[role="status"]');
  const problems = document.querySelector(".compare-problems");
  const result = document.querySelector(".compare-result");

  let policies = new Map(); // id → record of the index
  let indicators = []; // [id, name], in their order
  let choice = { policies: [], indicator: "", primary: false };
  let drawn = 0; // counts the drawings: one that comes late is not shown
  let unfolded = false; // whether long wordings are shown in full

  /** An element with a class and children; strings become text nodes, what is empty is left out. */
  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children.filter(Boolean));
    return made;
  }

  function button(className, text, label, act) {
    const made = element("button", className, text);
    made.type = "button";
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function link(address, text) {
    const made = element("a", "", text);
    made.href = site.base + "/" + address;
    return made;
  }

  // ---- The address ----

  function query({ policies: ids, indicator, primary }) {
    const parts = [ids.length && "p=" + ids.join(","), indicator && "i=" + indicator, primary && "r=primary"];
    return parts.filter(Boolean).join("&");
  }

  /** The choice that the address holds, and what in it cannot be followed, in words. */
  function read() {
    const behind = BEHIND.test(window.location.hash);
    const asked = new URLSearchParams(behind ? window.location.hash.slice(1) : window.location.search);
    const wrong = [];
    const ids = [];
    for (const name of (asked.get("p") || "").split(",").filter(Boolean)) {
      const id = current(name);
      if (!id) wrong.push("地址里的“" + name + "”不是本站政策的编号，已略去。");
      else if (!ids.includes(id)) ids.push(id);
    }
    for (const id of ids.splice(MOST)) {
      wrong.push("最多并排四份，地址里的《" + policies.get(id).title + "》已略去。");
    }
    const given = asked.get("i") || "";
    const known = !given || indicators.some(([id]) => id === given);
    if (!known) wrong.push("地址里的“" + given + "”不是指标的编号，下面列出全部指标。");
    const found = { policies: ids, indicator: known ? given : "", primary: asked.get("r") === "primary" };
    return { found, wrong };
  }

  /** The id that a policy has now, by that or by one it had; undefined for an id that is none. */
  function current(name) {
    if (policies.has(name)) return name;
    const renamed = [...policies.values()].find((one) => one.former.includes(name));
    return renamed && renamed.id;
  }

  /** Put the choice into the address, as a step that the way back undoes. */
  function note() {
    const words = query(choice);
    try {
      window.history.pushState(null, "", window.location.pathname + (words ? "?" + words : ""));
    } catch {
      window.location.hash = words || "p="; // a browser that forbids it on file://
    }
  }

  /** Take a choice of the reader's: address and page follow. */
  function choose(change) {
    choice = { ...choice, ...change };
    note();
    complain([]);
    return show();
  }

  function complain(lines) {
    problems.textContent = "";
    problems.append(...lines.map((line) => element("p", "note", line)));
  }

  /** What the address says now, after a step back or forward, or a # written by hand. */
  function follow() {
    const { found, wrong } = read();
    const within = window.location.hash && !window.location.search && !BEHIND.test(window.location.hash);
    if (within || query(found) === query(choice)) return; // a link within the page
    choice = found;
    complain(wrong);
    show();
  }

  // ---- What can be chosen ----

  /** Text as it is looked for: half width, lower case, no white space, one kind of bracket. */
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[〔[]/g, "(").replace(/[〕\]]/g, ")").replace(/\s+/g, "");
  }

  function nameOf(indicator) {
    return indicators.find(([id]) => id === indicator)[1];
  }

  /** How many clauses of a policy belong to the indicator that is chosen; with none chosen, to any: null. */
  function countOf(policy) {
    const place = indicators.findIndex(([id]) => id === choice.indicator);
    return place < 0 ? null : policy.counts[place];
  }

  /** 辽宁省 营口市 · 2020 年 · 正式 */
  function facts(policy) {
    const year = policy.year ? policy.year + " 年" : "年份" + UNKNOWN;
    const state = policy.state === UNKNOWN ? "状态" + UNKNOWN : policy.state;
    return [policy.where === UNKNOWN ? "地区" + UNKNOWN : policy.where.replace(/\//g, " "), year, state].join(" · ");
  }

  /** All policies as boxes to tick, by place: the country first, places that are not known last. */
  function buildOptions() {
    const groups = new Map();
    for (const policy of policies.values()) {
      const place = policy.where.split("/")[0];
      groups.set(place, [...(groups.get(place) || []), policy]);
    }
    const rank = (place) => (place === "全国" ? 0 : place === UNKNOWN ? 2 : 1);
    const places = [...groups.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    options.append(...places.map((place) => {
      const title = place === UNKNOWN ? "地区" + UNKNOWN : place;
      return element("fieldset", "", element("legend", "", title), ...groups.get(place).map(option));
    }));
  }

  function option(policy) {
    const box = element("input");
    box.type = "checkbox";
    box.value = policy.id;
    const label = element("label", "compare-option", box, element("span", "", policy.name,
      element("small", "", facts(policy)), element("small", "compare-option__count")));
    label.dataset.words = fold([policy.name, policy.where, policy.number, ...policy.names].filter(Boolean).join(" "));
    return label;
  }

  /** The boxes as they fit the choice and what is looked for. */
  function updateOptions() {
    const words = fold(field("words").value);
    const relevant = field("relevant").checked && choice.indicator;
    const full = choice.policies.length >= MOST;
    for (const label of options.querySelectorAll("label")) {
      const box = label.firstChild;
      const count = countOf(policies.get(box.value));
      box.checked = choice.policies.includes(box.value);
      box.disabled = full && !box.checked;
      label.hidden = !label.dataset.words.includes(words) || Boolean(relevant && !count && !box.checked);
      label.querySelector(".compare-option__count").textContent = count === null ? "" : "本指标 " + count + " 条";
    }
    for (const group of options.children) {
      group.hidden = !group.querySelector("label:not([hidden])");
    }
    const none = [...options.children].every((group) => group.hidden);
    hint.textContent = none ? "没有符合条件的政策，请放宽条件。" : full ? "已选满四份，移除一份才能再选。" : "";
  }

  function updateChips() {
    chips.textContent = "";
    chips.append(...choice.policies.map((id) => {
      const { name } = policies.get(id);
      return element("li", "", element("span", "", name), button("compare-remove", "×", "移除" + name, () => remove(id)));
    }));
  }

  /** Take a policy out; the focus goes to the next one's button, so that it is not lost. */
  function remove(id) {
    const place = choice.policies.indexOf(id);
    choose({ policies: choice.policies.filter((one) => one !== id) });
    const left = chips.querySelectorAll("button");
    (left[Math.min(place, left.length - 1)] || picker.querySelector("summary")).focus();
  }

  // ---- The clauses ----

  /** The clauses of each indicator, in document order: indicator → [{place, primary, evidence}]. */
  function assigned(data) {
    const found = new Map(indicators.map(([id]) => [id, []]));
    for (const [place, id, primary, evidence] of data.indicators) {
      if (primary || !choice.primary) found.get(id).push({ place, primary, evidence });
    }
    return found;
  }

  /** The columns of the choice: {policy, data, hits}. */
  function columns() {
    return Promise.all(choice.policies.map((id) =>
      site.load(id).then((data) => ({ policy: policies.get(id), data, hits: assigned(data) }))));
  }

  function head({ policy }) {
    const cell = element("th", "", link("policies/" + policy.id + ".html", policy.name),
      element("span", "compare-facts", facts(policy)));
    cell.scope = "col";
    return cell;
  }

  /** A heading over the clauses of one indicator, across all columns. */
  function bandHead([id, name], width) {
    const cell = element("th", "", link("indicators/" + id + ".html", name));
    cell.scope = "rowgroup";
    cell.colSpan = width;
    cell.id = "band-" + id;
    if (!choice.indicator) {
      cell.append(button("compare-only", "只看此项", "只看" + name, () => choose({ indicator: id }).then(() => result.focus())));
    }
    return element("tr", "compare-band", cell);
  }

  function cell({ policy, data, hits }, indicator) {
    const found = hits.get(indicator);
    const made = element("td", "", element("p", "compare-cell",
      element("span", "compare-whose", policy.name), element("span", "", found.length + " 条")));
    if (!found.length) {
      made.append(element("p", "compare-none", choice.primary ? "没有主要归入本指标的条文" : "没有归入本指标的条文"));
      return made;
    }
    const shown = new Set(found.map((hit) => hit.place));
    made.append(element("ol", "compare-list", ...found.map((hit) => clause(policy, data, hit, shown))));
    return made;
  }

  /** One clause: where it stands, its wording as printed, why it is here. `shown`: places of those in the cell. */
  function clause(policy, data, { place, primary, evidence }, shown) {
    const [anchor, , label, , above, title, path, wording] = data.clauses[place];
    const [first, ...more] = readable(anchor, wording).split("\n");
    const lines = [element("p", "", ...opening(first, label, title)), ...more.map((line) => element("p", "", line))];
    const body = element("div", "compare-wording", ...lines);
    return element("li", primary ? "" : "secondary",
      element("p", "compare-where",
        element("span", "compare-whose", policy.name),
        link("policies/" + policy.id + ".html#" + anchor, path || label || "（未编号段落）"),
        element("span", "compare-role", primary ? "主要" : "相关")),
      above >= 0 && !shown.has(above) && element("p", "compare-above", "上级：" + brief(data.clauses[above])),
      body,
      element("p", "compare-evidence", "依据：" + evidence.join("、")));
  }

  /** The first line of a wording, its label and title marked as on the page. */
  function opening(line, label, title) {
    const parts = [];
    let rest = line;
    if (label && rest.startsWith(label)) {
      parts.push(element("strong", "", label));
      rest = rest.slice(label.length);
    }
    const begin = rest.length - rest.trimStart().length;
    if (title && rest.startsWith(title, begin)) {
      parts.push(rest.slice(0, begin), element("strong", "", title));
      rest = rest.slice(begin + title.length);
    }
    return [...parts, rest];
  }

  /** A clause in a few words: to the end of its title, or how it begins. */
  function brief([anchor, , , , , title, , printed]) {
    const wording = readable(anchor, printed);
    const end = title ? wording.indexOf(title) + title.length : wording.length;
    const text = wording.slice(0, end).split("\n")[0];
    return text.length > CONTEXT ? text.slice(0, CONTEXT) + "…" : text;
  }

  function table(found) {
    const wanted = indicators.filter(([id]) => !choice.indicator || id === choice.indicator);
    const bands = wanted.filter(([id]) => choice.indicator || found.some(({ hits }) => hits.get(id).length));
    const made = element("table", "compare-table compare-" + found.length,
      element("caption", "", found.map(({ policy }) => policy.name).join("、") + "：" + subject()),
      element("thead", "", element("tr", "", ...found.map(head))),
      ...bands.map((band) => element("tbody", "", bandHead(band, found.length),
        element("tr", "compare-row", ...found.map((one) => cell(one, band[0]))))));
    const rest = wanted.filter((band) => !bands.includes(band)).map(([, name]) => name);
    return [bands.length > 1 && jumps(bands), made,
      rest.length && element("p", "compare-rest", "所选政策都没有条文归入：" + rest.join("、") + "。")];
  }

  /** Links to the bands. They leave the address alone: it may hold the choice behind its #. */
  function jumps(bands) {
    const nav = element("nav", "compare-jumps", ...bands.map(([id, name]) => {
      const to = element("a", "", name);
      to.href = "#band-" + id;
      to.addEventListener("click", (event) => {
        event.preventDefault();
        const band = document.getElementById("band-" + id);
        band.scrollIntoView();
        band.querySelector("a").focus({ preventScroll: true });
      });
      return to;
    }));
    nav.setAttribute("aria-label", "跳到指标");
    return nav;
  }

  function subject() {
    return (choice.indicator ? nameOf(choice.indicator) : "全部指标") + (choice.primary ? "（只看主要归类）" : "");
  }

  /** How many different clauses of a column are shown. */
  function countShown({ hits }) {
    const all = choice.indicator ? hits.get(choice.indicator) : [...hits.values()].flat();
    return new Set(all.map((hit) => hit.place)).size;
  }

  /** What is asked of the reader when there is nothing to compare yet. */
  function invitation(count) {
    if (count >= 2) return "";
    const words = count ? "再选一至三份政策，条文就并排列出。" : "先在上面选二至四份政策，再选一个指标。";
    return element("p", "compare-invitation", words);
  }

  function show() {
    const turn = ++drawn;
    updateChips();
    updateOptions();
    field("indicator").value = choice.indicator;
    field("primary").checked = choice.primary;
    field("relevant").closest("label").hidden = !choice.indicator;
    const names = choice.policies.map((id) => policies.get(id).name);
    document.title = names.length ? subject() + "：" + names.join("、") + " - " + TITLE : TITLE;
    picker.querySelector("summary").textContent = names.length ? "添加或更换政策" : "选择政策";
    if (names.length) told.textContent = "正在载入条文……";
    return columns().then((found) => {
      if (turn !== drawn) return;
      result.textContent = "";
      result.append(...[invitation(found.length), ...(found.length ? table(found) : [])].filter(Boolean));
      clamp();
      const counts = found.map((one) => one.policy.name + " " + countShown(one) + " 条");
      const full = found.length === MOST ? "已选满四份。" : "";
      told.textContent = found.length ? subject() + "：" + counts.join("；") + "。" + full : "还没有选政策。";
    }, (error) => {
      if (turn !== drawn) return;
      told.textContent = "";
      result.textContent = "";
      complain([error.message]);
    });
  }

  // ---- Long wordings ----

  /** Fold the wordings that are long here and now, each with a button; the style sheet says what is long. */
  function clamp() {
    const bodies = [...result.querySelectorAll(".compare-wording")];
    bodies.forEach((body) => { body.classList.add("compare-folded"); });
    const long = new Set(bodies.filter((body) => body.scrollHeight > body.clientHeight * LONG)); // all read before any write
    for (const body of bodies) {
      const old = body.nextElementSibling.matches("button") ? body.nextElementSibling : null;
      const open = old ? old.getAttribute("aria-expanded") === "true" : unfolded;
      if (!long.has(body)) body.classList.remove("compare-folded");
      if (!long.has(body) && old) old.remove();
      if (long.has(body)) unfold(body, old || foldButton(body), open);
    }
  }

  function foldButton(body) {
    const made = button("compare-unfold", "展开", "", () => {
      const open = made.getAttribute("aria-expanded") !== "true";
      unfold(body, made, open);
      if (!open) body.closest("li").scrollIntoView({ block: "nearest" });
    });
    body.after(made);
    return made;
  }

  function unfold(body, control, open) {
    body.classList.toggle("compare-folded", !open);
    control.setAttribute("aria-expanded", String(open));
    control.textContent = open ? "收起" : "展开";
  }

  // ---- Links to copy ----

  /** Copy the address of this choice. Not navigator.clipboard alone: an intranet over http has none. */
  function copy() {
    const words = query(choice);
    const address = site.address.split("?")[0] + (words ? "?" + words : "");
    const say = (done) => { told.textContent = done ? "已复制链接：" + address : "请手工复制：" + address; };
    const onCopy = (event) => {
      event.clipboardData.setData("text/plain", address);
      event.preventDefault();
      say(true);
    };
    document.addEventListener("copy", onCopy, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", onCopy);
    if (!done) (navigator.clipboard ? navigator.clipboard.writeText(address) : Promise.reject()).then(() => say(true), () => say(false));
  }

  // ---- What the reader does ----

  options.addEventListener("change", ({ target }) => {
    const others = choice.policies.filter((id) => id !== target.value);
    choose({ policies: target.checked ? [...others, target.value].slice(0, MOST) : others });
  });
  field("words").addEventListener("input", updateOptions);
  field("relevant").addEventListener("change", updateOptions);
  field("indicator").addEventListener("change", ({ target }) => choose({ indicator: target.value }));
  field("primary").addEventListener("change", ({ target }) => choose({ primary: target.checked }));
  field("copy").addEventListener("click", copy);
  field("print").addEventListener("click", () => window.print());
  field("clear").addEventListener("click", () => {
    picker.open = true;
    choose({ policies: [], indicator: "", primary: false });
  });
  field("unfold").addEventListener("click", ({ target }) => {
    unfolded = !unfolded;
    target.setAttribute("aria-pressed", String(unfolded));
    result.querySelectorAll(".compare-unfold").forEach((control) => unfold(control.previousElementSibling, control, unfolded));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  let width = 0;
  new ResizeObserver(() => {
    if (result.clientWidth === width) return;
    width = result.clientWidth;
    clamp();
  }).observe(result);

  site.load("index").then((index) => {
    policies = new Map(index.policies.map((policy) => [policy.id, policy]));
    indicators = index.indicators;
    field("indicator").append(...indicators.map(([id, name]) => new Option(name, id)));
    buildOptions();
    const { found, wrong } = read();
    choice = found;
    complain(wrong);
    picker.open = found.policies.length < 2;
    show();
  }, (error) => complain([error.message]));
})();
