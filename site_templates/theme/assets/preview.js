/*
 * Where a link to a clause leads, shown beside the link: hovered, focused or tapped. Classic script without
 * dependencies, so that it runs from http:// and from file:// alike. Needs site-data.js and cells.js before it.
 *
 * With a mouse or the keyboard the card is a tooltip: it stays while the pointer is on it, Esc closes it, and the
 * link works as always. Under a finger it is a small dialog, on a phone at the foot of the window: the first tap
 * shows it, the second, or its link 打开, follows. Navigation and search results have none, nor has what stands in an
 * element with data-preview="off". Nothing is loaded before it is needed. Text of a policy is data: it reaches the
 * page through text nodes only.
 */
(function () {
  "use strict";

  const site = window.policySite;
  if (!site) return;
  const { inTable, readable } = window.policyCells;

  const OPEN_AFTER = 300; // milliseconds that a link is pointed at or focused before its card comes
  const CLOSE_AFTER = 250; // milliseconds to reach the card with the pointer
  const WAIT_AFTER = 150; // milliseconds of loading before the card says so
  const CHILDREN = 6; // clauses listed of one that is but a heading
  const EXCERPT = 60; // characters of each
  const GAP = 6; // pixels between link and card
  const MARGIN = 8; // pixels between card and window
  const ELSEWHERE = "nav, .md-header, .md-sidebar, .md-footer, .search, .preview, .term, [data-preview='off']";
  const ANCHOR = /^[a-z]+(_\d+(-\d+)?)?(__[a-z]+_\d+(-\d+)?)*$/; // an eId: art_15-1__para_2
  const policies = new URL(site.base + "/policies/", window.location.href).href;

  /** An element with a class and children; strings become text nodes, what is empty is left out. */
  function element(name, className, ...children) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children.filter(Boolean));
    return made;
  }

  // ---- What a link leads to ----

  /** The link to a clause that something on the page belongs to, or null. */
  function linkOf(target) {
    const link = target instanceof Element && target.closest("a[href]");
    return link && !link.closest(ELSEWHERE) && addressOf(link) ? link : null;
  }

  /** Policy and anchor of a link, or null where it cannot be one to a clause. */
  function addressOf(link) {
    if (!link.href.startsWith(policies)) return null;
    const [, policy, anchor] = /^([a-z0-9-]+?)(?:\.html)?(?:\?[^#]*)?#(.+)$/.exec(link.href.slice(policies.length)) || [];
    return policy && policy !== "index" && ANCHOR.test(anchor) ? { policy, anchor } : null;
  }

  /** The data of a policy, by its id or by one it had. */
  function load(policy) {
    return site.load(policy).catch((error) => site.load("index").then((index) => {
      const renamed = index.policies.find((one) => one.former.includes(policy));
      if (!renamed) throw error;
      return site.load(renamed.id);
    }, () => { throw error; }));
  }

  /**
   * A Promise of what stands at an address: {data, place, moved}, the place of the clause among the clauses of the
   * data; place -1 where the text was deleted or moved to a policy as a whole; null where the address is no clause's.
   */
  function find({ policy, anchor }, moved = false) {
    return load(policy).then((data) => {
      const of = (map) => (Object.prototype.hasOwnProperty.call(map, anchor) ? map[anchor] : undefined);
      const living = of(data.aliases) || anchor;
      const place = data.clauses.findIndex((clause) => clause[0] === living);
      const to = of(data.moved);
      if (place >= 0) return { data, place, moved };
      if (to === undefined) return moved ? { data, place, moved } : null;
      if (to === null) return { data, place, deleted: true };
      const [other, there = ""] = to.split("#");
      return find({ policy: other, anchor: there }, true);
    });
  }

  // ---- The card ----

  const card = element("div", "preview");
  const body = element("div", "preview__body");
  const follow = element("a", "preview__open", "打开");
  const shut = element("button", "preview__close", "关闭");
  const spoken = element("div", "preview__spoken");
  card.id = "clause-preview";
  card.hidden = true;
  card.tabIndex = -1;
  body.id = "clause-preview-text";
  body.tabIndex = -1; // it may scroll, but is no stop on the way of Tab
  shut.type = "button";
  spoken.setAttribute("role", "status");
  card.append(body);
  const actions = element("p", "preview__actions", follow, shut); // under a finger only: a tooltip has no links

  let link = null; // the link whose card is shown or awaited
  let tapped = false; // … under a finger
  let timer = 0;

  function paragraph(className, ...children) {
    return element("p", className, ...children);
  }

  /** “政策 · 第十五条第二款” */
  function where(data, path) {
    const name = element("span", "preview__policy", data.name);
    return paragraph("preview__where", name, path && " · ", path && element("span", "preview__path", path));
  }

  function blocksOf(found) {
    const { data, place } = found;
    if (found.deleted) return [where(data), paragraph("preview__note", "这一条的文字已经删去，没有移到别处。")];
    const note = found.moved && paragraph("preview__note", "原来的地址已变更，下面是它现在所在的条文。");
    if (place < 0) return [where(data), paragraph("preview__note", "这一条的文字已并入这份政策，没有单独的条文。")];
    const [anchor, , label, , , title, path, wording] = data.clauses[place];
    if (inTable(anchor)) return [where(data, path), note, ...ofTable(data, place)];
    const [first, ...more] = wording.split("\n");
    const lines = more.map((line) => paragraph("preview__line", line));
    const below = data.clauses.filter((clause) => clause[4] === place);
    // A heading says little by itself, and a list is announced by a colon: what stands below belongs to them.
    const bare = !more.length && (wording.length <= (label || "").length + (title || "").length + 2 || /[:：]$/.test(wording));
    return [where(data, path), note, paragraph("preview__line", ...opening(first, label, title)), ...lines,
      bare && below.length && list(below)];
  }

  /** A row: each cell with the name of its column, where that is known; a table or a group: what it says, its rows. */
  function ofTable(data, place) {
    const [anchor, kind, , , , , , wording] = data.clauses[place];
    if (kind !== "row") {
      const below = data.clauses.filter((clause) => clause[4] === place);
      return [...readable(anchor, wording).split("\n").map((line) => paragraph("preview__line", line)),
        below.length && list(below)];
    }
    const names = columnsOf(data, place);
    const cells = wording.split("\t");
    if (names.length < cells.length) return [paragraph("preview__line", readable(anchor, wording))];
    const entries = cells.flatMap((cell, column) => (cell.trim()
      ? [element("dt", "", names[column] || "—"), element("dd", "", cell)] : []));
    return [element("dl", "preview__cells", ...entries)];
  }

  /** The names of the columns of the table that a row is of; none where it has no head. */
  function columnsOf(data, place) {
    let above = data.clauses[place];
    while (above && above[1] !== "table") above = above[4] < 0 ? null : data.clauses[above[4]];
    return above ? above[8] : [];
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

  function list(clauses) {
    const lines = clauses.slice(0, CHILDREN).map(([anchor, , label, , , title, , wording]) => {
      const text = title ? [label, title].filter(Boolean).join(" ") : readable(anchor, wording).split("\n")[0];
      return element("li", "", text.length > EXCERPT ? text.slice(0, EXCERPT) + "…" : text);
    });
    const left = clauses.length - lines.length;
    if (left) lines.push(element("li", "preview__rest", "另有 " + left + " 条"));
    return element("ul", "preview__children", ...lines);
  }

  /** Show blocks in the card of the current link. */
  function fill(...blocks) {
    if (!card.isConnected) document.body.append(card, spoken);
    body.textContent = "";
    body.append(...blocks.filter(Boolean));
    body.scrollTop = 0;
    card.className = tapped ? "preview preview--tapped" : "preview";
    card.setAttribute("role", tapped ? "dialog" : "tooltip");
    if (tapped) {
      card.setAttribute("aria-label", "条文预览");
      follow.href = link.href;
      card.append(actions);
    } else {
      card.removeAttribute("aria-label");
      actions.remove();
    }
    card.hidden = false;
    place();
  }

  /** Below the link, or above it where there is more room; on a phone the style sheet places it. */
  function place() {
    card.style.maxHeight = "";
    const from = [...link.getClientRects()].pop() || link.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const room = { above: from.top - GAP - MARGIN, below: window.innerHeight - from.bottom - GAP - MARGIN };
    const above = room.below < card.offsetHeight && room.above > room.below;
    card.style.maxHeight = Math.max(120, above ? room.above : room.below) + "px";
    const top = above ? from.top - GAP - card.offsetHeight : from.bottom + GAP;
    card.style.top = top + window.scrollY + "px";
    card.style.left = Math.max(MARGIN, Math.min(from.left, wide - card.offsetWidth - MARGIN)) + window.scrollX + "px";
  }

  function open(next, byTap) {
    close();
    link = next;
    tapped = byTap;
    const address = addressOf(link);
    const current = () => link === next;
    let late = false;
    const waiting = window.setTimeout(() => {
      late = true;
      if (current()) fill(paragraph("preview__note", "正在载入条文……"));
    }, WAIT_AFTER);
    if (!tapped) link.setAttribute("aria-describedby", body.id);
    find(address).then(
      (found) => {
        if (!current()) return;
        if (found) fill(...blocksOf(found));
        else if (tapped) window.location.assign(next.href);
        if (!found) close();
      },
      (error) => { if (current()) fill(paragraph("preview__note", error.message)); }
    ).then(() => {
      window.clearTimeout(waiting);
      if (!current()) return;
      if (tapped) card.focus({ preventScroll: true });
      else if (late && document.activeElement === link) spoken.textContent = body.innerText; // came after the focus
    });
  }

  function close() {
    window.clearTimeout(timer);
    if (link) link.removeAttribute("aria-describedby");
    link = null;
    card.hidden = true;
    spoken.textContent = "";
  }

  /** Close, and put the focus back where it was when a tap took it. */
  function leave() {
    const from = tapped && card.contains(document.activeElement) ? link : null;
    close();
    if (from) from.focus({ preventScroll: true });
  }

  function after(pause, work) {
    window.clearTimeout(timer);
    timer = window.setTimeout(work, pause);
  }

  // ---- Mouse ----

  let spot = null; // the link under the mouse, or the card

  // Moves of the mouse, not what it is over: a page that scrolls under a resting pointer does not ask for cards.
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || tapped && link) return;
    const now = card.contains(event.target) ? card : linkOf(event.target);
    if (now === spot) return;
    spot = now;
    if (now === card || now && now === link) window.clearTimeout(timer);
    else if (now) after(OPEN_AFTER, () => { if (now.matches(":hover")) open(now, false); });
    else goodbye();
  });
  document.documentElement.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "touch" || tapped) return;
    spot = null;
    goodbye();
  });

  /** The pointer left: so does the card, but for one that the keyboard asked for. */
  function goodbye() {
    if (link && document.activeElement !== link) after(CLOSE_AFTER, close);
    else window.clearTimeout(timer);
  }

  // ---- Keyboard ----

  document.addEventListener("focusin", (event) => {
    const at = linkOf(event.target);
    if (at && at !== link && seen(at)) after(OPEN_AFTER, () => open(at, false));
  });
  document.addEventListener("focusout", (event) => {
    if (tapped) return;
    if (event.target === link) close();
    else if (linkOf(event.target)) window.clearTimeout(timer);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || card.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  }, true);

  /** Whether a focus is one of the keyboard: a click with the mouse focuses too. */
  function seen(focused) {
    try {
      return focused.matches(":focus-visible");
    } catch {
      return true; // a browser that does not tell
    }
  }

  // ---- Finger, and everything that follows a link ----

  let pointer = ""; // what was last pressed with

  document.addEventListener("pointerdown", (event) => {
    pointer = event.pointerType;
    if (link && !card.contains(event.target) && linkOf(event.target) !== link) close();
  }, true);
  document.addEventListener("click", (event) => {
    const at = linkOf(event.target);
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    const byFinger = event.detail > 0 && (event.pointerType || pointer) === "touch";
    if (at && byFinger && !modified && !event.defaultPrevented && !(at === link && tapped)) {
      event.preventDefault();
      open(at, true);
    } else if (at || event.target === follow) close();
  });
  shut.addEventListener("click", leave);
  window.addEventListener("resize", () => { if (link && !card.hidden) place(); });
  window.addEventListener("pagehide", close);
})();
