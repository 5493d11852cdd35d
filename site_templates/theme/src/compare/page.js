/** The page on which clauses of several policies are read side by side (docs/compare.md): compare.html?p=policy,policy&i=… */

import { loadIndex, loadPolicy } from "../lib/clauses.js";
import { copyByLeave, copyNow } from "../lib/clipboard.js";
import { button, element, part, words } from "../lib/dom.js";
import { address } from "../lib/site.js";
import { choiceOf, isBehind, MOST, NOTHING, queryOf } from "./choice.js";
import { clamp, unfoldAll } from "./folds.js";
import { optionGroups, updateOptions } from "./options.js";
import { columnOf, comparison, countShown } from "./table.js";

/** @import { IndexData } from "../lib/types.d.ts" */
/** @import { Choice } from "./choice.js" */

/** Wire the page once the list of the policies is there. */
export function comparePage() {
  const form = part(document, ".compare-form", HTMLFormElement);
  form.addEventListener("submit", (event) => event.preventDefault());
  loadIndex().then((index) => connect(form, index), (error) => complain([words(error)]));
}

/**
 * @param {HTMLFormElement} form as docs/compare.md makes it
 * @param {IndexData} index
 */
function connect(form, index) {
  const title = document.title;
  const chips = part(form, ".compare-chips", HTMLElement);
  const picker = part(form, "details", HTMLDetailsElement);
  const pickerTitle = part(picker, "summary", HTMLElement);
  const options = part(form, ".compare-options", HTMLElement);
  const hint = part(form, ".compare-hint", HTMLElement);
  const told = part(form, '[role="status"]', HTMLElement);
  const result = part(document, ".compare-result", HTMLElement);
  const looked = part(form, '[name="words"]', HTMLInputElement);
  const relevant = part(form, '[name="relevant"]', HTMLInputElement);
  const indicator = part(form, '[name="indicator"]', HTMLSelectElement);
  const primary = part(form, '[name="primary"]', HTMLInputElement);
  const unfolding = part(form, '[name="unfold"]', HTMLButtonElement);
  const policies = new Map(index.policies.map((policy) => [policy.id, policy]));
  /** @type {Choice} */
  let choice = NOTHING;
  let drawn = 0; // counts the drawings: one that comes late is not shown
  let unfolded = false; // whether long wordings are shown in full

  // ---- The address ----

  /** Put the choice into the address, as a step that the way back undoes. */
  function note() {
    const query = queryOf(choice);
    try {
      window.history.pushState(null, "", window.location.pathname + (query && "?" + query));
    } catch {
      window.location.hash = query || "p="; // a browser that forbids it on file://
    }
  }

  /**
   * Take a choice of the reader's: address and page follow.
   * @param {Partial<Choice>} change
   */
  function choose(change) {
    choice = { ...choice, ...change };
    note();
    complain([]);
    return show();
  }

  /** What the address says now, after a step back or forward, or a # written by hand. */
  function follow() {
    const { choice: found, wrong } = choiceOf(window.location, index);
    const { hash, search } = window.location;
    const within = hash && !search && !isBehind(hash);
    if (within || queryOf(found) === queryOf(choice)) return; // a link within the page
    choice = found;
    complain(wrong);
    show();
  }

  // ---- What is chosen ----

  const chosen = () => choice.policies.flatMap((id) => policies.get(id) || []);

  /**
   * How many clauses of a policy belong to the indicator that is chosen; with none chosen, to any: null.
   * @param {string} id
   */
  function countOf(id) {
    const place = index.indicators.findIndex(([one]) => one === choice.indicator);
    const policy = policies.get(id);
    return place < 0 || !policy ? null : policy.counts[place];
  }

  function showOptions() {
    const only = relevant.checked && choice.indicator !== "";
    hint.textContent = updateOptions(options, choice, looked.value, only, countOf);
  }

  function showChips() {
    chips.replaceChildren(
      ...chosen().map(({ id, name }) => {
        const away = button("compare-remove", "×", () => remove(id), "移除" + name);
        return element("li", "", element("span", "", name), away);
      }),
    );
  }

  /**
   * Take a policy out; the focus goes to the next one's button, so that it is not lost.
   * @param {string} id
   */
  function remove(id) {
    const place = choice.policies.indexOf(id);
    choose({ policies: choice.policies.filter((one) => one !== id) });
    const left = chips.querySelectorAll("button");
    (left[Math.min(place, left.length - 1)] || pickerTitle).focus();
  }

  function subject() {
    const [, name] = index.indicators.find(([id]) => id === choice.indicator) || ["", "全部指标"];
    return name + (choice.primary ? "（只看主要归类）" : "");
  }

  // ---- What is shown ----

  async function show() {
    const turn = ++drawn;
    showChips();
    showOptions();
    indicator.value = choice.indicator;
    primary.checked = choice.primary;
    const relevantLabel = relevant.closest("label");
    if (relevantLabel) relevantLabel.hidden = !choice.indicator;
    const names = chosen().map(({ name }) => name);
    document.title = names.length ? subject() + "：" + names.join("、") + " - " + title : title;
    pickerTitle.textContent = names.length ? "添加或更换政策" : "选择政策";
    if (names.length) told.textContent = "正在载入条文……";
    try {
      const data = await Promise.all(chosen().map(({ id }) => loadPolicy(id)));
      if (turn === drawn) fill(data);
    } catch (error) {
      if (turn !== drawn) return;
      told.textContent = "";
      result.textContent = "";
      complain([words(error)]);
    }
  }

  /** @param {Awaited<ReturnType<typeof loadPolicy>>[]} data of the policies that are chosen */
  function fill(data) {
    const found = chosen().map((policy, n) => columnOf(policy, data[n], index.indicators, choice.primary));
    const parts = found.length ? comparison(found, index.indicators, choice, subject(), only) : [];
    result.replaceChildren(...invitation(found.length), ...parts);
    clamp(result, unfolded);
    const counts = found.map((one) => one.policy.name + " " + countShown(one, choice.indicator) + " 条");
    const full = found.length === MOST ? "已选满四份。" : "";
    told.textContent = found.length ? subject() + "：" + counts.join("；") + "。" + full : "还没有选政策。";
  }

  /** @param {string} id of an indicator */
  function only(id) {
    choose({ indicator: id }).then(() => result.focus());
  }

  /** Copy the address of this choice. */
  function copy() {
    const query = queryOf(choice);
    const text = address.split("?")[0] + (query && "?" + query);
    /** @param {boolean} done */
    const say = (done) => {
      told.textContent = done ? "已复制链接：" + text : "请手工复制：" + text;
    };
    if (copyNow({ text })) say(true);
    else copyByLeave(text).then(() => say(true), () => say(false));
  }

  // ---- What the reader does ----

  options.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    const others = choice.policies.filter((id) => id !== target.value);
    choose({ policies: target.checked ? [...others, target.value].slice(0, MOST) : others });
  });
  looked.addEventListener("input", showOptions);
  relevant.addEventListener("change", showOptions);
  indicator.addEventListener("change", () => choose({ indicator: indicator.value }));
  primary.addEventListener("change", () => choose({ primary: primary.checked }));
  part(form, '[name="copy"]', HTMLButtonElement).addEventListener("click", copy);
  part(form, '[name="print"]', HTMLButtonElement).addEventListener("click", () => window.print());
  part(form, '[name="clear"]', HTMLButtonElement).addEventListener("click", () => {
    picker.open = true;
    choose(NOTHING);
  });
  unfolding.addEventListener("click", () => {
    unfolded = !unfolded;
    unfolding.setAttribute("aria-pressed", String(unfolded));
    unfoldAll(result, unfolded);
  });
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  let width = 0;
  new ResizeObserver(() => {
    if (result.clientWidth === width) return;
    width = result.clientWidth;
    clamp(result, unfolded);
  }).observe(result);

  indicator.append(...index.indicators.map(([id, name]) => new Option(name, id)));
  options.append(...optionGroups(index.policies));
  const { choice: found, wrong } = choiceOf(window.location, index);
  choice = found;
  complain(wrong);
  picker.open = found.policies.length < 2;
  show();
}

/**
 * What is asked of the reader when there is nothing to compare yet.
 * @param {number} count of policies
 */
function invitation(count) {
  if (count >= 2) return [];
  const asked = count ? "再选一至三份政策，条文就并排列出。" : "先在上面选二至四份政策，再选一个指标。";
  return [element("p", "compare-invitation", asked)];
}

/** @param {string[]} lines what is wrong, in words for the reader */
function complain(lines) {
  const problems = part(document, ".compare-problems", HTMLElement);
  problems.replaceChildren(...lines.map((line) => element("p", "note", line)));
}
