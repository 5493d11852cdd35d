/*
 * The page that finds a clause by its citation (docs/cite.md). Needs site-data.js, cells.js, citation.js,
 * citation-match.js and citation-find.js before it. Classic scripts without dependencies, so that they run from http:// and file:// alike.
 *
 * The query stands in the address: cite.html?q=营口方案第35项. With &go=1 the page forwards to the clause at once
 * where the citation leaves no doubt. Text of a policy is data: it reaches the page through text nodes only.
 */
(function () {
  "use strict";

  const { prepareIndex, prepareClauses, find } = window.policyCitation;
  const site = window.policySite;
  const { inTable, shown: cellsShown } = window.policyCells;
  const PAUSE = 150; // milliseconds between the last key and the search
  const EXCERPT = { card: 220, item: 64 }; // in characters
  const ROUNDS = 6; // of loading clauses for one query: candidates, likenesses, moves to other policies
  const ADDRESS = 1000; // characters of a query that the address takes

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children.filter(Boolean));
    return made;
  };

  /** Wire the page: `root` as docs/cite.md makes it. */
  function connect(root) {
    const form = root.querySelector(".cite__form");
    const box = root.querySelector(".cite__box");
    const status = root.querySelector(".cite__status");
    const results = root.querySelector(".cite__results");
    const examples = Array.from(document.querySelectorAll(".cite__examples a"));
    const loaded = new Map(); // policy id → prepared clauses
    let index = null;
    let turn = 0; // which search is the newest; an older one that comes back late is dropped
    let shown = null; // the outcome on the page, of the text in the box
    let leave = null; // what to do when the outcome is there: the reader pressed Enter before
    let timer = 0;
    let composing = false; // an input method is at work; its letters are no citation yet

    const keyboard = window.matchMedia("(hover: hover)").matches; // not a phone

    async function prepared() {
      if (!index) index = prepareIndex(await site.load("index"));
      return index;
    }

    /** Find what is in the box and show it. */
    async function update() {
      window.clearTimeout(timer);
      timer = 0;
      const mine = ++turn;
      shown = null;
      const text = box.value;
      remember(text.trim());
      if (!text.trim()) return show(null);
      try {
        await prepared();
        let outcome = find(index, text, loaded);
        for (let round = 0; outcome.need.length && round < ROUNDS; round++) {
          say("正在载入条文……");
          const data = await Promise.all(outcome.need.map((id) => site.load(id)));
          outcome.need.forEach((id, place) => loaded.set(id, prepareClauses(data[place])));
          if (mine !== turn) return;
          outcome = find(index, text, loaded);
        }
        if (mine === turn) show(outcome);
      } catch (error) {
        if (mine === turn) fail(error);
      }
    }

    function fail(error) {
      leave = null;
      results.textContent = "";
      root.classList.add("cite--failed");
      say(error.message);
    }

    function show(outcome) {
      shown = outcome;
      root.classList.remove("cite--failed");
      results.textContent = "";
      if (!outcome) {
        leave = null;
        return say("");
      }
      results.append(...parts(outcome));
      say(summary(outcome));
      if (leave) {
        const then = leave;
        leave = null;
        then(outcome);
      }
    }

    function parts({ state, hits, near }) {
      if (state === "found") {
        const rest = hits.slice(1);
        return [
          card(hits[0]),
          ...list("引文还指下面 " + rest.length + " 处", rest),
          ...list("也可能是", near),
        ];
      }
      return [...list("请选择", hits), ...list(hits.length ? "名称相符的还有" : "相近的条文", near)];
    }

    function summary({ state, hits, near, words }) {
      const how = keyboard ? "按 Enter 键" : "点“前往”";
      const told = {
        found: (hits.length > 1 ? "引文共指 " + hits.length + " 处，" + how + "到第一处。" : "找到了，" + how + "打开。") +
          (near.length ? "另有 " + near.length + " 种可能，列在下面。" : ""),
        several: words ? "" : "有 " + hits.length + " 处符合，请选择。",
        near: "列出相近的 " + near.length + " 处。",
      }[state];
      return (words || "") + (told || "");
    }

    /** Set the status line, but only when it changes: a screen reader speaks it each time. */
    function say(text) {
      if (status.textContent !== text) status.textContent = text;
    }

    // -- results --

    function address({ policy, anchor }) {
      const page = site.base + "/policies/" + encodeURIComponent(policy.id) + ".html";
      return anchor ? page + "#" + encodeURIComponent(anchor) : page;
    }

    function link(target, className, ...children) {
      const made = element("a", className, ...children);
      made.href = address(target);
      return made;
    }

    const citation = ({ policy, clause }) => policy.citation + (clause ? clause.path : "");

    /** “营口市 · 2020年 · 方案”; what is not known is left out. */
    function facts({ policy }) {
      const known = [policy.place, policy.year && policy.year + "年", policy.genre];
      return known.concat(policy.status === "正式" ? [] : policy.status).filter(Boolean).join(" · ");
    }

    function card(target) {
      const { policy, clause, note } = target;
      const main = link(target, "cite__citation", citation(target));
      main.dataset.hit = "";
      return element("article", "cite__card",
        element("p", "cite__where", facts(target)),
        element("p", "cite__heading", main),
        clause && element("blockquote", "cite__wording", ...wording(clause)),
        note && element("p", "cite__note", note),
        clause && element("p", "cite__whole", link({ policy, anchor: null }, "", "政策全文")));
    }

    function list(heading, targets) {
      if (!targets.length) return [];
      const items = targets.map((target) => {
        const { policy, clause, reason, note } = target;
        const told = [reason, note].filter(Boolean).join("。");
        const name = clause ? [element("strong", "", clause.path), policy.name] : [policy.citation];
        const made = link(target, "cite__item",
          element("span", "cite__name", ...name),
          told && element("span", "cite__reason", told),
          element("span", "cite__text", clause ? excerpt(clause) : "政策全文 · " + facts(target)));
        made.dataset.hit = "";
        return element("li", "", made);
      });
      return [element("h2", "cite__list-heading", heading), element("ul", "cite__list", ...items)];
    }

    /** The beginning of a clause's wording without its label, which its path has. */
    function excerpt({ anchor, label, wording: text }) {
      const body = joined(anchor, label && text.startsWith(label) ? text.slice(label.length).trim() : text);
      return body.length > EXCERPT.item ? body.slice(0, EXCERPT.item) + "……" : body;
    }

    /** The beginning of a clause's wording, its label and title set off. */
    function wording(clause) {
      const head = [clause.label, clause.title].filter(Boolean).reduce((read, part) => {
        const at = clause.wording.indexOf(part, read);
        return at >= 0 && at - read < 4 ? at + part.length : read;
      }, 0);
      const stop = Math.min(clause.wording.length, Math.max(head, EXCERPT.card));
      const body = clause.wording.slice(head, stop) + (stop < clause.wording.length ? "……" : "");
      return [head ? element("b", "", clause.wording.slice(0, head)) : null, joined(clause.anchor, body)].filter(Boolean);
    }

    /** A stretch of a wording on one line, a mark between the cells of a row. */
    function joined(anchor, text) {
      return (inTable(anchor) ? cellsShown(text) : text.trim()).replace(/\s*\n\s*/g, " ");
    }

    const hits = () => Array.from(results.querySelectorAll("[data-hit]"));

    // -- going there --

    /** Enter: to the first hit; where there are several to choose from, to the list. */
    function go(outcome) {
      if (outcome.state === "found") window.location.assign(address(outcome.hits[0]));
      else if (hits().length) hits()[0].focus();
    }

    /** &go=1: at once, where there is exactly one clause it can be; the page does not stay in the way back. */
    function forward(outcome) {
      const { state, sure, hits: [hit, ...rest] } = outcome;
      if (state === "found" && sure && !rest.length) window.location.replace(address(hit));
    }

    function whenShown(then) {
      leave = then;
      if (shown && !timer) show(shown);
      else update();
    }

    // -- the address --

    function asked() {
      const query = new URLSearchParams(window.location.search);
      const hash = new URLSearchParams(window.location.hash.slice(1)); // where a browser keeps no query
      const from = query.has("q") ? query : hash;
      return { text: from.get("q") || "", go: from.get("go") === "1" };
    }

    function remember(text) {
      const query = text && text.length <= ADDRESS ? "q=" + encodeURIComponent(text) : "";
      const { pathname, search, hash } = window.location;
      if (search === (query && "?" + query) && !hash.includes("q=")) return;
      try {
        window.history.replaceState(null, "", pathname + (query && "?" + query));
      } catch {
        window.location.replace("#" + query); // a browser that forbids it in a file
      }
    }

    function read() {
      const { text, go: forwards } = asked();
      box.value = text;
      grow();
      if (forwards && text) whenShown(forward);
      else update();
    }

    // -- the box --

    function grow() {
      box.style.height = "auto";
      box.style.height = box.scrollHeight + box.offsetHeight - box.clientHeight + "px";
    }

    function onInput() {
      grow();
      if (composing) return;
      leave = null;
      shown = null;
      window.clearTimeout(timer);
      timer = window.setTimeout(update, PAUSE);
    }

    function onBoxKey(event) {
      if (event.isComposing || event.keyCode === 229) return; // the key is the input method's
      const last = box.value.indexOf("\n", box.selectionEnd) < 0;
      if (event.key === "Enter" && !event.shiftKey) whenShown(go);
      else if (event.key === "ArrowDown" && last && hits().length) hits()[0].focus();
      else if (event.key === "Escape") clear();
      else return;
      event.preventDefault();
    }

    function onResultKey(event) {
      const links = hits();
      const at = links.indexOf(event.target);
      if (event.key === "ArrowDown" && at >= 0) links[Math.min(at + 1, links.length - 1)].focus();
      else if (event.key === "ArrowUp" && at > 0) links[at - 1].focus();
      else if (event.key === "Escape" || (event.key === "ArrowUp" && at === 0)) box.focus();
      else return;
      event.preventDefault();
    }

    function clear() {
      box.value = "";
      grow();
      update();
      box.focus();
    }

    box.addEventListener("input", onInput);
    box.addEventListener("keydown", onBoxKey);
    box.addEventListener("compositionstart", () => { composing = true; });
    box.addEventListener("compositionend", () => { composing = false; onInput(); });
    results.addEventListener("keydown", onResultKey);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      whenShown(go);
    });
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      clear();
    });
    for (const example of examples) {
      example.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        box.value = example.textContent;
        grow();
        update();
        box.focus();
      });
    }
    window.addEventListener("hashchange", () => { if (window.location.hash.startsWith("#q=")) read(); });

    /** An example of a policy that this site does not have is none. */
    async function sift() {
      await prepared();
      for (const example of examples) {
        const { need, state } = find(index, example.textContent, new Map());
        if (!need.length && state !== "found" && state !== "several") example.closest("li").hidden = true;
      }
      for (const group of document.querySelectorAll(".cite__examples dd")) {
        group.hidden = !group.querySelector("li:not([hidden])");
        group.previousElementSibling.hidden = group.hidden;
      }
    }

    read();
    sift().catch(() => {}); // the failure is told when something is looked for
    if (keyboard && !window.location.hash) box.focus({ preventScroll: true });
  }

  const root = document.querySelector(".cite");
  if (root) connect(root);
})();
