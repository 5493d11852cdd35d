/** The forms in which a clause can be copied. */

import { today } from "../lib/dates.js";

/** @import { Flavours } from "../lib/clipboard.js" */
/** @typedef {{ url: string, citation: string, path: string, wording: string }} Copied what there is to copy of a clause */
/**
 * @typedef {object} Form
 * @property {string} name
 * @property {string} [hint] what it holds
 * @property {boolean} wants whether it needs the policy's data; without, only `url` is known
 * @property {(one: Copied) => Flavours} make
 */

/** @type {Form[]} */
export const FORMS = [
  { name: "链接", wants: false, make: (one) => ({ text: one.url }) },
  { name: "引文", wants: true, make: (one) => ({ text: one.citation, html: htmlLink(one) }) },
  { name: "Markdown", hint: "链接", wants: true, make: (one) => ({ text: markdownLink(one) }) },
  { name: "HTML", hint: "链接", wants: true, make: (one) => ({ text: htmlLink(one), html: htmlLink(one) }) },
  {
    name: "全文",
    hint: "原文、链接、日期",
    wants: true,
    make: (one) => ({ text: one.citation + "\n" + one.wording + "\n" + one.url + "，" + today() + "查阅" }),
  },
];

/**
 * 复制链接, 已复制 Markdown: a Latin word stands apart from Han.
 * @param {string} verb
 * @param {Form} form
 */
export function said(verb, form) {
  return verb + (/^\w/.test(form.name) ? " " : "") + form.name;
}

/** @param {Pick<Copied, "url" | "citation">} one */
export function htmlLink({ url, citation }) {
  return '<a href="' + escaped(url) + '">' + escaped(citation) + "</a>";
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** @param {Pick<Copied, "url" | "citation">} one */
export function markdownLink({ url, citation }) {
  const address = url.replace(/\(/g, "%28").replace(/\)/g, "%29");
  return "[" + citation.replace(/[\\`*_[\]<>]/g, "\\$&") + "](" + address + ")";
}
