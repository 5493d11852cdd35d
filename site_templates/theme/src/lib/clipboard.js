/**
 * The clipboard. Not navigator.clipboard alone: that is missing on an intranet over http and asks for permission
 * elsewhere. A browser allows copying only as the direct answer to a click or a key.
 */

import { element } from "./dom.js";

/** @typedef {{ text: string, html?: string }} Flavours text for an editor of plain text, html for Word, WPS and mail */

/**
 * Put the flavours on the clipboard, at once. Returns whether it worked.
 * @param {Flavours} flavours
 */
export function copyNow({ text, html }) {
  let written = false;
  /** @param {ClipboardEvent} event */
  const onCopy = (event) => {
    if (!event.clipboardData) return;
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

/**
 * The same, where the browser asks the reader first; rejected where it does not.
 * @param {string} text
 */
export function copyByLeave(text) {
  return navigator.clipboard
    ? navigator.clipboard.writeText(text)
    : Promise.reject(new Error("no clipboard"));
}

/**
 * Safari copies only while something is selected.
 * @param {string} text
 * @param {() => boolean} command
 */
function withSelection(text, command) {
  const selection = window.getSelection();
  if (!selection) return false;
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
