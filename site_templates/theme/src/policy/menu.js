/** The menu of a clause's button: the forms it can be copied in, and what is said once it is. */

import { copyByLeave, copyNow } from "../lib/clipboard.js";
import { button, element, holds } from "../lib/dom.js";
import { beside, view } from "../lib/placing.js";
import { FORMS, said } from "./forms.js";

/** @import { Copied, Form } from "./forms.js" */
/**
 * @typedef {object} Source where what is copied comes from
 * @property {(tool: HTMLElement) => { url: string, known: Copied | null | undefined }} copied of a button's clause:
 *   undefined while it is not loaded, null where the data have no such clause
 * @property {() => Promise<string>} load resolved with "" or with what failed, in words for the reader
 */

const SHOWN_FOR = 4000; // milliseconds that the note of what was copied stays
const BUTTON = 20; // pixels of the mark at the right of a button

/**
 * The one menu of a page.
 * @param {Source} source
 */
export function clauseMenu(source) {
  const items = FORMS.map((form) => {
    const item = button("clause-menu__item", said("复制", form), () => {
      if (item.getAttribute("aria-disabled") !== "true") copy(form);
    });
    if (form.hint) item.append(element("span", "clause-menu__hint", form.hint));
    item.tabIndex = -1;
    item.setAttribute("role", "menuitem");
    return item;
  });
  const menu = element("div", "clause-menu__items", ...items);
  const title = element("p", "clause-menu__title");
  const note = element("p", "clause-menu__note");
  const panel = element("div", "clause-menu", title, menu, note);
  menu.id = "clause-menu";
  panel.hidden = true;
  menu.setAttribute("role", "menu");
  title.setAttribute("aria-hidden", "true"); // the name of the menu says it
  note.setAttribute("role", "status");
  const told = element("div", "clause-copied");
  told.setAttribute("role", "status");

  /** @type {HTMLElement | null} */
  let opener = null; // the button whose menu is open
  let timer = 0;

  /** @param {HTMLElement} tool */
  function open(tool) {
    close();
    if (!panel.isConnected) document.body.append(panel, told);
    opener = tool;
    tool.setAttribute("aria-expanded", "true");
    tool.setAttribute("aria-controls", menu.id);
    panel.hidden = false;
    const { known } = source.copied(tool);
    show(tool, known === undefined ? "正在载入条文……" : "");
    items[0].focus({ preventScroll: true });
    if (known !== undefined) return;
    source.load().then((failure) => {
      if (opener === tool) show(tool, failure);
    });
  }

  /**
   * Bring the menu up to date.
   * @param {HTMLElement} tool
   * @param {string} message why only the link can be copied
   */
  function show(tool, message) {
    const { known } = source.copied(tool);
    title.textContent = known ? known.path : "";
    menu.setAttribute("aria-label", tool.getAttribute("aria-label") || "");
    items.forEach((item, number) => {
      item.setAttribute("aria-disabled", String(FORMS[number].wants && !known));
    });
    const missing = "数据里没有这一条。请刷新页面；如果仍然如此，请重新生成网站。";
    note.textContent = known === null ? missing : message;
    place(tool);
  }

  /** @param {HTMLElement} tool */
  function place(tool) {
    const from = tool.getBoundingClientRect();
    const line = { left: from.right - BUTTON, top: from.top, bottom: from.bottom };
    const { left, top } = beside(line, { width: panel.offsetWidth, height: panel.offsetHeight }, view());
    panel.style.left = left + window.scrollX + "px";
    panel.style.top = top + window.scrollY + "px";
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

  /** @param {KeyboardEvent} event */
  function onMenuKey(event) {
    const at = items.findIndex((item) => item === document.activeElement);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 };
    const step = steps[event.key];
    if (step !== undefined) items[step % items.length].focus({ preventScroll: true });
    else if (event.key === "Tab") return leave(); // and Tab goes on from the button
    else return;
    event.preventDefault();
  }

  // ---- Copying ----

  /** @param {Form} form */
  function copy(form) {
    if (!opener) return;
    const { url, known } = source.copied(opener);
    const flavours = form.make(known || { url, citation: "", path: "", wording: "" });
    const done = copyNow(flavours);
    leave();
    if (done) tell(form, flavours.text);
    else copyByLeave(flavours.text).then(() => tell(form, flavours.text), () => tell(null, flavours.text));
  }

  /**
   * Say what was copied; without a form, that the browser did not allow it, with the text to take by hand.
   * @param {Form | null} form
   * @param {string} text
   */
  function tell(form, text) {
    hush();
    const sample = element("span", "clause-copied__sample", text);
    if (form) sample.setAttribute("aria-hidden", "true");
    const what = form ? said("已复制", form) : "浏览器不允许复制。请选取下面的文字：";
    told.append(element("strong", "", what), sample);
    told.classList.add(form ? "clause-copied--shown" : "clause-copied--failed");
    if (form) timer = setTimeout(hush, SHOWN_FOR);
  }

  function hush() {
    clearTimeout(timer);
    told.className = "clause-copied";
    told.textContent = "";
  }

  menu.addEventListener("keydown", onMenuKey);
  document.addEventListener("keydown", (event) => {
    if (opener && event.key === "Escape") leave();
  });
  document.addEventListener("pointerdown", (event) => {
    if (opener && !holds(panel, event.target) && !holds(opener, event.target)) close();
    if (!holds(told, event.target)) hush();
  });
  menu.addEventListener("focusout", (event) => {
    if (!opener || !event.relatedTarget || event.relatedTarget === opener) return;
    if (!holds(menu, event.relatedTarget)) close();
  });
  window.addEventListener("resize", () => {
    if (opener) place(opener);
  });

  return {
    open,
    /** @param {HTMLElement} tool */
    toggle(tool) {
      if (opener === tool) leave();
      else open(tool);
    },
  };
}
