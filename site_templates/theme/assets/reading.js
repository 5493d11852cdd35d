/*
 * Reading a policy: where one is (contents and bar), the next clause by a key, where one was, the bare text.
 *
 * The contents (policy-contents.html.j2) are the list of places; everything here goes by their links. A reader can
 * switch the keys off (WCAG 2.1.4). What is remembered stays in this browser: policy-site.bare, policy-site.keys
 * and policy-site.read.<policy id>.
 */
(function () {
  "use strict";

  const policy = document.currentScript.dataset.policy;
  const contents = document.querySelector(".policy-contents");
  const bar = document.querySelector(".whereabouts");
  if (!contents || !bar) return;

  const root = document.documentElement;
  const path = bar.querySelector(".whereabouts__path");
  const places = Array.from(contents.querySelectorAll("a"))
    .map((link) => ({ link, target: document.getElementById(link.hash.slice(1)), top: 0 }))
    .filter((place) => place.target);
  const whole = path.innerHTML; // what the bar says above the first clause; our own markup
  let current = -1; // the place one reads, -1 above the first
  // The place one asked for, and how far the page was scrolled then: near the end of the page a clause cannot come to
  // the top of the screen, but it is the one that is meant until one scrolls.
  let asked = { number: -1, scroll: -1 };

  /** What this browser remembers under a name; null where it may remember nothing. */
  function recall(name) {
    try {
      return window.localStorage.getItem("policy-site." + name);
    } catch {
      return null;
    }
  }

  /** Remember a value, or forget it (null). */
  function remember(name, value) {
    try {
      if (value === null) window.localStorage.removeItem("policy-site." + name);
      else window.localStorage.setItem("policy-site." + name, value);
    } catch {
      // Storage is forbidden or full: the page works without.
    }
  }

  // ---- Where one is

  function measure() {
    for (const place of places) place.top = place.target.getBoundingClientRect().top + window.scrollY;
    follow();
  }

  /** The places from the outermost section down to the one given. */
  function lineage(place) {
    const line = [];
    for (let item = place.link.closest("li"); item; item = item.parentElement.closest("li")) {
      line.unshift(item);
    }
    return line;
  }

  function follow() {
    const line = window.scrollY + headroom();
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].top <= line) low = middle + 1;
      else high = middle;
    }
    const number = asked.scroll === window.scrollY ? asked.number : low - 1;
    if (number !== current) arrive(number);
  }

  /** How far below the top of the screen a clause stands that a link leads to. */
  function headroom() {
    const margin = places.length ? parseFloat(window.getComputedStyle(places[0].target).scrollMarginTop) : 0;
    return (margin || 0) + 8;
  }

  /** Mark the place one has come to. */
  function arrive(number) {
    if (places[current]) {
      places[current].link.removeAttribute("aria-current");
      lineage(places[current]).forEach((item) => item.classList.remove("open"));
    }
    current = number;
    bar.querySelector('[data-step="-1"]').disabled = current <= 0;
    bar.querySelector('[data-step="1"]').disabled = current === places.length - 1;
    if (current < 0) {
      path.innerHTML = whole;
      contents.scrollTop = 0;
      return;
    }
    const line = lineage(places[current]);
    line.forEach((item) => item.classList.add("open"));
    places[current].link.setAttribute("aria-current", "location");
    path.textContent = "";
    for (const item of line) {
      const link = item.querySelector("a").cloneNode(true);
      link.removeAttribute("aria-current");
      path.append(link);
    }
    reveal(places[current].link);
  }

  /** Scroll the contents, and nothing else, so that a line of them is in sight with some lines around it. */
  function reveal(link) {
    const box = contents.getBoundingClientRect();
    const own = link.getBoundingClientRect();
    const around = Math.min(120, box.height / 3);
    if (own.top < box.top + around) contents.scrollTop -= box.top + around - own.top;
    else if (own.bottom > box.bottom - around) contents.scrollTop += own.bottom - box.bottom + around;
  }

  function go(number) {
    const place = places[Math.max(0, Math.min(places.length - 1, number))];
    window.location.replace(place.link.hash); // no entry in the history for each key
    place.target.tabIndex = -1;
    place.target.focus({ preventScroll: true });
    ask();
  }

  /** Take the place the address names for the one that is meant. */
  function ask() {
    const number = places.findIndex((place) => place.link.hash === window.location.hash);
    asked = { number, scroll: number < 0 ? -1 : window.scrollY };
    follow();
  }

  /** To the next place, or the one before: -1. */
  function step(by) {
    follow(); // what one sees now, not what one saw when the last scroll was told of
    go(current + by);
  }

  // ---- Contents over the text, on a narrow screen

  const narrow = window.matchMedia("(max-width: 59.9375em)");

  function cover(open) {
    contents.classList.toggle("policy-contents--over", open);
    if (open && places[current]) reveal(places[current].link);
  }

  path.addEventListener("click", (event) => {
    if (!narrow.matches || !event.target.closest("a")) return;
    event.preventDefault();
    cover(!contents.classList.contains("policy-contents--over"));
  });
  document.addEventListener("click", (event) => {
    if (!path.contains(event.target)) cover(false);
  });

  // ---- The bare text

  const bareButton = bar.querySelector("[data-bare]");

  /** Show the text alone, or all there is. Links in the text are of the editor: without them it reads as printed. */
  function setBare(bare) {
    root.classList.toggle("bare", bare);
    bareButton.setAttribute("aria-pressed", String(bare));
    for (const link of document.querySelectorAll(".policy :is(.clause, .more) :is(a[href], a[data-href])")) {
      if (bare && link.hasAttribute("href")) {
        link.dataset.href = link.getAttribute("href");
        link.removeAttribute("href");
      } else if (!bare && link.dataset.href) {
        link.setAttribute("href", link.dataset.href);
        delete link.dataset.href;
      }
    }
    remember("bare", bare ? "yes" : null);
  }

  /** Switch, and stay at the clause one reads. */
  function toggleBare() {
    const place = places[current];
    const before = place && place.target.getBoundingClientRect().top;
    setBare(!root.classList.contains("bare"));
    if (place) window.scrollBy(0, place.target.getBoundingClientRect().top - before);
    measure();
  }

  // ---- Keys

  let help = null;

  function keysOn() {
    return recall("keys") !== "off";
  }

  function showHelp() {
    if (!help) help = makeHelp();
    help.querySelector("input").checked = keysOn();
    help.showModal();
  }

  function makeHelp() {
    const made = document.createElement("dialog");
    made.className = "keys-help";
    made.setAttribute("aria-labelledby", "keys-help");
    made.innerHTML = '<h2 id="keys-help">键盘快捷键</h2><dl>' +
      "<dt><kbd>j</kbd></dt><dd>下一条</dd><dt><kbd>k</kbd></dt><dd>上一条</dd>" +
      "<dt><kbd>b</kbd></dt><dd>只看原文，再按一次恢复</dd><dt><kbd>/</kbd></dt><dd>搜索</dd>" +
      "<dt><kbd>?</kbd></dt><dd>显示本页说明</dd></dl>" +
      '<label><input type="checkbox"> 启用单键快捷键</label>' +
      '<form method="dialog"><button>关闭</button></form>';
    made.querySelector("input").addEventListener("change", (event) => {
      remember("keys", event.target.checked ? null : "off");
    });
    document.body.append(made);
    return made;
  }

  const KEYS = {
    j: () => step(1),
    k: () => step(-1),
    b: toggleBare,
    "?": showHelp,
  };

  // On the window and while the event goes down: a reader who switched single keys off is obeyed by every script.
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") cover(false);
    if (event.key.length !== 1 || event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    if (!keysOn()) event.stopImmediatePropagation();
    else if (KEYS[event.key]) {
      KEYS[event.key]();
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, true);

  // ---- Where one was

  let saving = 0;

  function save() {
    window.clearTimeout(saving);
    saving = window.setTimeout(() => {
      const last = current === places.length - 1;
      remember("read." + policy, current > 0 && !last ? places[current].link.hash.slice(1) : null);
    }, 400);
  }

  /** Offer the way back to where one stopped, unless the address already names a place. */
  function offer() {
    const anchor = recall("read." + policy);
    const place = places.find(({ target }) => target.id === anchor);
    if (!place || window.location.hash || window.scrollY > 0) return;
    const box = document.createElement("div");
    box.className = "resume";
    box.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = place.link.hash;
    link.textContent = "上次读到：" + place.link.textContent;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", "不再提示");
    box.append(link, close);
    box.addEventListener("click", () => box.remove());
    document.body.append(box);
    window.setTimeout(() => { if (!box.contains(document.activeElement)) box.remove(); }, 20000);
  }

  // ---- At work

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.step) step(Number(button.dataset.step));
    else if (button === bareButton) toggleBare();
    else showHelp();
  });

  let waiting = false;
  window.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    window.requestAnimationFrame(() => {
      waiting = false;
      follow();
      save();
    });
  }, { passive: true });

  window.addEventListener("hashchange", ask);

  if (root.classList.contains("bare")) setBare(true);
  offer();
  measure();
  new ResizeObserver(measure).observe(document.querySelector(".policy"));
})();
