/**
 * The page that finds a clause by its citation (docs/cite.md).
 *
 * The query stands in the address: cite.html?q=营口方案第35项. With &go=1 the page forwards to the clause at once where the
 * citation leaves no doubt. Text of a policy is data: it reaches the page through text nodes only.
 */

import { loadIndex, loadPolicy } from "../lib/clauses.js";
import { all, part, say, words } from "../lib/dom.js";
import { replaceQuery } from "../lib/site.js";
import { prepareClauses } from "./clauses.js";
import { find } from "./find.js";
import { prepareIndex } from "./policies.js";
import { addressOf, partsOf, summary } from "./results.js";

/** @import { Clauses, Index, Outcome } from "./types.d.ts" */

const PAUSE = 150; // milliseconds between the last key and the search
const ROUNDS = 6; // of loading clauses for one query: candidates, likenesses, moves to other policies
const ADDRESS = 1000; // characters of a query that the address takes

/** Wire the page. */
export function citationPage() {
  connect(part(document, ".cite", HTMLElement));
}

/** @param {HTMLElement} root as docs/cite.md makes it */
function connect(root) {
  const form = part(root, ".cite__form", HTMLFormElement);
  const box = part(root, ".cite__box", HTMLTextAreaElement);
  const status = part(root, ".cite__status", HTMLElement);
  const results = part(root, ".cite__results", HTMLElement);
  const examples = all(document, ".cite__examples a");
  const keyboard = window.matchMedia("(hover: hover)").matches; // not a phone
  /** @type {Map<string, Clauses>} */
  const loaded = new Map(); // by the ids of their policies
  /** @type {Index | null} */
  let index = null;
  let turn = 0; // which search is the newest; an older one that comes back late is dropped
  /** @type {Outcome | null} */
  let shown = null; // the outcome on the page, of the text in the box
  /** @type {((outcome: Outcome) => void) | null} */
  let leave = null; // what to do when the outcome is there: the reader pressed Enter before
  let timer = 0;
  let composing = false; // an input method is at work; its letters are no citation yet

  async function prepared() {
    if (!index) index = prepareIndex(await loadIndex());
    return index;
  }

  /** Find what is in the box and show it. */
  async function update() {
    clearTimeout(timer);
    timer = 0;
    const mine = ++turn;
    shown = null;
    const text = box.value;
    remember(text.trim());
    if (!text.trim()) return show(null);
    try {
      const known = await prepared();
      let outcome = find(known, text, loaded);
      for (let round = 0; outcome.need.length && round < ROUNDS; round++) {
        say(status, "正在载入条文……");
        const data = await Promise.all(outcome.need.map(loadPolicy));
        outcome.need.forEach((id, place) => loaded.set(id, prepareClauses(data[place])));
        if (mine !== turn) return;
        outcome = find(known, text, loaded);
      }
      if (mine === turn) show(outcome);
    } catch (error) {
      if (mine === turn) fail(error);
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    leave = null;
    results.textContent = "";
    root.classList.add("cite--failed");
    say(status, words(error));
  }

  /** @param {Outcome | null} outcome */
  function show(outcome) {
    shown = outcome;
    root.classList.remove("cite--failed");
    results.replaceChildren(...(outcome ? partsOf(outcome) : []));
    say(status, outcome ? summary(outcome, keyboard) : "");
    const then = leave;
    leave = null;
    if (then && outcome) then(outcome);
  }

  const hits = () => all(results, "[data-hit]");

  // ---- Going there ----

  /**
   * Enter: to the first hit; where there are several to choose from, to the list.
   * @param {Outcome} outcome
   */
  function go(outcome) {
    if (outcome.state === "found") window.location.assign(addressOf(outcome.hits[0]));
    else if (hits().length) hits()[0].focus();
  }

  /**
   * &go=1: at once, where there is exactly one clause it can be; the page does not stay in the way back.
   * @param {Outcome} outcome
   */
  function forward({ state, sure, hits: [hit, ...rest] }) {
    if (state === "found" && sure && !rest.length) window.location.replace(addressOf(hit));
  }

  /** @param {(outcome: Outcome) => void} then */
  function whenShown(then) {
    leave = then;
    if (shown && !timer) show(shown);
    else update();
  }

  // ---- The address ----

  function asked() {
    const query = new URLSearchParams(window.location.search);
    const hash = new URLSearchParams(window.location.hash.slice(1)); // where a browser keeps no query
    const from = query.has("q") ? query : hash;
    return { text: from.get("q") || "", go: from.get("go") === "1" };
  }

  /** @param {string} text */
  function remember(text) {
    const query = text && text.length <= ADDRESS ? "q=" + encodeURIComponent(text) : "";
    const { search, hash } = window.location;
    if (search === (query && "?" + query) && !hash.includes("q=")) return;
    if (!replaceQuery(query)) window.location.replace("#" + query);
  }

  function read() {
    const { text, go: forwards } = asked();
    box.value = text;
    grow();
    if (forwards && text) whenShown(forward);
    else update();
  }

  // ---- The box ----

  function grow() {
    box.style.height = "auto";
    box.style.height = box.scrollHeight + box.offsetHeight - box.clientHeight + "px";
  }

  function onInput() {
    grow();
    if (composing) return;
    leave = null;
    shown = null;
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE);
  }

  /** @param {KeyboardEvent} event */
  function onBoxKey(event) {
    if (event.isComposing || event.keyCode === 229) return; // the key is the input method's
    const last = box.value.indexOf("\n", box.selectionEnd) < 0;
    if (event.key === "Enter" && !event.shiftKey) whenShown(go);
    else if (event.key === "ArrowDown" && last && hits().length) hits()[0].focus();
    else if (event.key === "Escape") clear();
    else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  function onResultKey(event) {
    const links = hits();
    const at = links.findIndex((one) => one === event.target);
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
  box.addEventListener("compositionstart", () => {
    composing = true;
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    onInput();
  });
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
      box.value = example.textContent || "";
      grow();
      update();
      box.focus();
    });
  }
  window.addEventListener("hashchange", () => {
    if (window.location.hash.startsWith("#q=")) read();
  });

  /** An example of a policy that this site does not have is none. */
  async function sift() {
    const known = await prepared();
    for (const example of examples) {
      const { need, state } = find(known, example.textContent || "", new Map());
      const entry = example.closest("li");
      if (entry && !need.length && state !== "found" && state !== "several") entry.hidden = true;
    }
    for (const group of all(document, ".cite__examples dd")) {
      group.hidden = !group.querySelector("li:not([hidden])");
      const title = group.previousElementSibling;
      if (title instanceof HTMLElement) title.hidden = group.hidden;
    }
  }

  read();
  sift().catch(() => {}); // the failure is told when something is looked for
  if (keyboard && !window.location.hash) box.focus({ preventScroll: true });
}
