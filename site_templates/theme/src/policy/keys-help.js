/** Which keys a reader has on the page of a policy, and the switch for them. */

import { element } from "../lib/dom.js";
import { recall, remember } from "../lib/memory.js";

const KEYS = [
  ["j", "下一条"],
  ["k", "上一条"],
  ["b", "只看原文，再按一次恢复"],
  ["/", "搜索"],
  ["?", "显示本页说明"],
];

/** @type {{ dialog: HTMLDialogElement, box: HTMLInputElement } | null} */
let help = null;

/** Whether single keys do anything. */
export function keysOn() {
  return recall("keys") !== "off";
}

/** Show the help. */
export function keysHelp() {
  if (!help) help = make();
  help.box.checked = keysOn();
  help.dialog.showModal();
}

function make() {
  const box = element("input");
  box.type = "checkbox";
  box.addEventListener("change", () => remember("keys", box.checked ? null : "off"));
  const title = element("h2", "", "键盘快捷键");
  title.id = "keys-help";
  const close = element("form", "", element("button", "", "关闭"));
  close.method = "dialog";
  const dialog = element(
    "dialog",
    "keys-help",
    title,
    element(
      "dl",
      "",
      ...KEYS.flatMap(([key, text]) => [
        element("dt", "", element("kbd", "", key)),
        element("dd", "", text),
      ]),
    ),
    element("label", "", box, " 启用单键快捷键"),
    close,
  );
  dialog.setAttribute("aria-labelledby", title.id);
  document.body.append(dialog);
  return { dialog, box };
}
