/*
 * The tools of a clause on a policy's page: copy its link, or its citation in the forms people paste. Classic
 * script without dependencies, so that it runs from http:// and from file:// alike. Needs site-data.js before it.
 *
 * Each clause gets one button; one menu serves them all. The wording comes from clauses/<policy id>.js, loaded
 * when the first button is pointed at, reached by Tab or tapped, so that by the time a form is chosen the copy
 * happens at once: a browser allows it only as the direct answer to a click or a key. Text of a policy is data:
 * it reaches the page through text nodes only.
 */
(function () {
  "use strict";

  const site = window.policySite;
  const content = document.querySelector(".md-content");
  const page = /\/policies\/([^/]+?)(?:\.html)?$/.exec(window.location.pathname);
  if (!site || !content || !page || !content.querySelector(".clause[id]")) return;

  const policy = decodeURIComponent(page[1]);
  const BATCH = 200; // buttons made at a time, between which the page answers to the reader
  const SHOWN_FOR = 4000; // milliseconds that the note of what was copied stays
  const BUTTON = 20; // pixels of the mark at the right of a button
  const MARGIN = 8; // pixels between the menu and the edge of the window

  /*
   * The forms. `make` gets what there is to copy and returns the flavours for the clipboard: text for an editor of
   * plain text, html for Word, WPS and mail. A form with `wants` needs the policy's data.
   */
  const FORMS = [
    { name: "链接", make: (one) => ({ text: one.url }) },
    { name: "引文", wants: true, make: (one) => ({ text: one.citation, html: htmlLink(one) }) },
    { name: "Markdown", hint: "链接", wants: true, make: (one) => ({ text: markdownLink(one) }) },
    { name: "HTML", hint: "链接", wants: true, make: (one) => ({ text: htmlLink(one), html: htmlLink(one) }) },
    {
      name: "全文", hint: "原文、链接、日期", wants: true,
      make: (one) => ({ text: one.citation + "\n" + one.wording + "\n" + one.url + "，" + today() + "查阅" }),
    },
  ];

  function htmlLink({ url, citation }) {
    const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
    const escaped = (text) => text.replace(/[&<>"]/g, (mark) => marks[mark]);
    return '<a href="' + escaped(url) + '">' + escaped(citation) + "</a>";
  }

  function markdownLink({ url, citation }) {
    const address = url.replace(/\(/g, "%28").replace(/\)/g, "%29");
    return "[" + citation.replace(/[\\`*_[\]<>]/g, "\\$&") + "](" + address + ")";
  }

  /** The reader's date: 2026年11月22日. */
  function today() {
    const now = new Date();
    return now.getFullYear() + "年" + (now.getMonth() + 1) + "月" + now.getDate() + "日";
  }

  /** 复制链接, 已复制 Markdown: a Latin word stands apart from Han. */
  function said(verb, form) {
    return verb + (/^\w/.test(form.name) ? " " : "") + form.name;
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  // ---- What there is to copy ----

  let known = null; // anchor → what there is to copy, once the data is here

  function load() {
    return site.load(policy).then((data) => {
      if (known) return;
      known = new Map(data.clauses.map(([anchor, , , , , , path, wording]) =>
        [anchor, { url: address(anchor), citation: data.citation + path, path, wording }]));
      content.querySelectorAll(".clause-tool").forEach(name);
    });
  }

  function address(anchor) {
    return site.address + "#" + encodeURIComponent(anchor);
  }

  // ---- The buttons ----

  /** What a button is called: 引用第2项 as cited, or until that is known by what the clause begins with. */
  function name(tool) {
    const clause = clauseOf(tool);
    const one = known && known.get(clause.id);
    const label = clause.querySelector(".label");
    const parts = label ? [label] : clause.matches("tr, thead") ? [...clause.querySelectorAll("th, td")] : [clause];
    const words = parts.map((part) => part.textContent.trim()).filter(Boolean).join(" ");
    const start = words.length > 16 ? words.slice(0, 16) + "…" : words;
    tool.setAttribute("aria-label", "引用" + (one ? one.path : "“" + start + "”"));
  }

  function addTool(clause) {
    const tool = element("button", "clause-tool");
    tool.type = "button";
    tool.setAttribute("aria-haspopup", "menu");
    tool.setAttribute("aria-expanded", "false");
    // A heading is called by what it contains; the button in it is not part of that.
    if (/^H\d$/.test(clause.tagName)) clause.setAttribute("aria-label", clause.textContent.trim());
    (clause.matches("tr, thead") ? clause.querySelector("th, td") : clause).prepend(tool); // a row holds but cells
    name(tool);
  }

  const later = window.requestIdleCallback || ((work) => window.setTimeout(work, 0));

  function addTools(clauses) {
    clauses.slice(0, BATCH).forEach(addTool);
    if (clauses.length > BATCH) later(() => addTools(clauses.slice(BATCH)));
  }

  /** The clause that something on the page belongs to; what is .more of it, or a row of notes on it, follows it. */
  function clauseOf(target) {
    let block = target instanceof Element && target.closest(".clause, .more, tr.notes");
    while (block && !block.matches(".clause[id]")) block = block.previousElementSibling;
    return block;
  }

  function toolOf(target) {
    return target instanceof Element && target.closest(".clause-tool");
  }

  let near = null; // the clause under the mouse or last tapped: its button is in sight

  function onPointer(event) {
    const tool = toolOf(event.target);
    if (tool) {
      tool.title = "复制链接、引文";
      load().catch(() => {}); // the menu says what failed
    }
    const clause = clauseOf(event.target);
    if (clause === near) return;
    if (near) near.classList.remove("clause--near");
    if (clause) clause.classList.add("clause--near");
    near = clause;
  }

  // ---- The menu ----

  const panel = element("div", "clause-menu");
  const menu = element("div", "clause-menu__items");
  const title = element("p", "clause-menu__title");
  const note = element("p", "clause-menu__note");
  const items = FORMS.map((form) => {
    const item = element("button", "clause-menu__item", said("复制", form));
    if (form.hint) item.append(element("span", "clause-menu__hint", form.hint));
    item.type = "button";
    item.tabIndex = -1;
    item.setAttribute("role", "menuitem");
    item.addEventListener("click", () => { if (item.getAttribute("aria-disabled") !== "true") copy(form); });
    return item;
  });
  menu.id = "clause-menu";
  panel.hidden = true;
  menu.setAttribute("role", "menu");
  title.setAttribute("aria-hidden", "true"); // the name of the menu says it
  note.setAttribute("role", "status");
  menu.append(...items);
  panel.append(title, menu, note);

  const told = element("div", "clause-copied");
  told.setAttribute("role", "status");

  let opener = null; // the button whose menu is open
  let timer = 0;

  function open(tool) {
    close();
    if (!panel.isConnected) document.body.append(panel, told);
    opener = tool;
    tool.setAttribute("aria-expanded", "true");
    tool.setAttribute("aria-controls", menu.id);
    panel.hidden = false;
    show(known ? "" : "正在载入条文……");
    items[0].focus({ preventScroll: true });
    if (!known) load().then(() => "", (error) => error.message).then((failure) => { if (opener === tool) show(failure); });
  }

  /** Bring the menu up to date; `message`: why only the link can be copied. */
  function show(message) {
    const there = known && known.get(clauseOf(opener).id);
    if (known && !there) message = "数据里没有这一条。请刷新页面；如果仍然如此，请重新生成网站。";
    title.textContent = there ? there.path : "";
    menu.setAttribute("aria-label", opener.getAttribute("aria-label"));
    items.forEach((item, number) => item.setAttribute("aria-disabled", String(FORMS[number].wants && !there)));
    note.textContent = message;
    place();
  }

  /** Below the button, or above it where there is no room; never out of the window. */
  function place() {
    const from = opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const wide = document.documentElement.clientWidth;
    const above = from.bottom + height + MARGIN > window.innerHeight && from.top > height + MARGIN;
    panel.style.left = Math.max(MARGIN, Math.min(from.right - BUTTON, wide - width - MARGIN)) + window.scrollX + "px";
    panel.style.top = (above ? from.top - height : from.bottom) + window.scrollY + "px";
  }

  function close() {
    if (!opener) return;
    opener.setAttribute("aria-expanded", "false");
    opener.removeAttribute("aria-controls");
    opener = null;
    panel.hidden = true;
  }

  function leave() {
    const tool = opener;
    close();
    if (tool) tool.focus({ preventScroll: true });
  }

  function onMenuKey(event) {
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (step !== undefined) items[step % items.length].focus({ preventScroll: true });
    else if (event.key === "Tab") return leave(); // and Tab goes on from the button
    else return;
    event.preventDefault();
  }

  // ---- Copying ----

  function copy(form) {
    const clause = clauseOf(opener);
    const one = (known && known.get(clause.id)) || { url: address(clause.id) };
    const flavours = form.make(one);
    const done = write(flavours);
    leave();
    if (done) tell(form, flavours.text);
    else {
      const asked = navigator.clipboard ? navigator.clipboard.writeText(flavours.text) : Promise.reject();
      asked.then(() => tell(form, flavours.text), () => tell(null, flavours.text));
    }
  }

  /**
   * Put the flavours on the clipboard, at once. Not navigator.clipboard: that is missing on an intranet over http
   * and asks for permission elsewhere. Returns whether it worked.
   */
  function write({ text, html }) {
    let written = false;
    const onCopy = (event) => {
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
      event.preventDefault();
      event.stopImmediatePropagation();
      written = true;
    };
    const command = () => {
      try {
        return document.execCommand("copy") && written;
      } catch {
        return false;
      }
    };
    document.addEventListener("copy", onCopy, true);
    const done = command() || withSelection(text, command);
    document.removeEventListener("copy", onCopy, true);
    return done;
  }

  /** Safari copies only while something is selected. */
  function withSelection(text, command) {
    const selection = window.getSelection();
    const before = selection.rangeCount ? selection.getRangeAt(0) : null;
    const sample = element("span", "clause-sample", text);
    document.body.append(sample);
    selection.selectAllChildren(sample);
    const done = command();
    selection.removeAllRanges();
    sample.remove();
    if (before) selection.addRange(before);
    return done;
  }

  /** Say what was copied; without a form, that the browser did not allow it, with the text to take by hand. */
  function tell(form, text) {
    hush();
    const sample = element("span", "clause-copied__sample", text);
    if (form) sample.setAttribute("aria-hidden", "true");
    told.append(element("strong", "", form ? said("已复制", form) : "浏览器不允许复制。请选取下面的文字："), sample);
    told.classList.add(form ? "clause-copied--shown" : "clause-copied--failed");
    if (form) timer = window.setTimeout(hush, SHOWN_FOR);
  }

  function hush() {
    window.clearTimeout(timer);
    told.className = "clause-copied";
    told.textContent = "";
  }

  // ---- Wiring: one listener of each kind for the whole page ----

  content.addEventListener("pointerover", onPointer);
  content.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") onPointer({ target: null }); });
  content.addEventListener("focusin", (event) => { if (toolOf(event.target)) load().catch(() => {}); });
  content.addEventListener("click", (event) => {
    const tool = toolOf(event.target);
    if (!tool) return;
    if (opener === tool) leave();
    else open(tool);
  });
  content.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || !toolOf(event.target)) return;
    event.preventDefault();
    open(toolOf(event.target));
  });
  menu.addEventListener("keydown", onMenuKey);
  document.addEventListener("keydown", (event) => { if (opener && event.key === "Escape") leave(); });
  document.addEventListener("pointerdown", (event) => {
    if (opener && !panel.contains(event.target) && toolOf(event.target) !== opener) close();
    if (!told.contains(event.target)) hush();
  });
  menu.addEventListener("focusout", (event) => {
    if (opener && event.relatedTarget && !menu.contains(event.relatedTarget) && event.relatedTarget !== opener) close();
  });
  window.addEventListener("resize", () => { if (opener) place(); });

  addTools([...content.querySelectorAll(".clause[id]")]);
})();
