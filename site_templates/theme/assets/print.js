/*
 * On paper: address and day of retrieval at the foot of every page, and the addresses of the links at the end.
 * Where a browser has no page footers (CSS margin boxes), the end of the text has the address and the day.
 */
(function () {
  "use strict";

  const canonical = document.querySelector('link[rel="canonical"]');
  const address = (canonical ? canonical.href : window.location.href).split("#")[0];
  // What a page answers (a comparison, a search) stands in its address. A policy is the same, whatever was searched for.
  const asked = document.querySelector(".policy") ? () => "" : () => window.location.search;
  const sheet = typeof CSSStyleSheet === "function" && "replaceSync" in CSSStyleSheet.prototype
    ? new CSSStyleSheet() : null;
  if (sheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  /** Today as 2026年11月22日. */
  function today() {
    const now = new Date();
    return now.getFullYear() + "年" + (now.getMonth() + 1) + "月" + now.getDate() + "日";
  }

  /** A text as a CSS string. */
  function quoted(text) {
    return '"' + text.replace(/["\\\n]/g, (mark) => "\\" + mark.charCodeAt(0).toString(16) + " ") + '"';
  }

  /** Where a link of this page is published, not where this copy of the page lies. */
  function published(link) {
    return new URL(link.dataset.href || link.getAttribute("href"), address).href;
  }

  function listLinks(list) {
    const seen = new Map();
    for (const link of document.querySelectorAll(".policy :is(.clause, .more, .note) a.reference[href]")) {
      if (!seen.has(published(link))) seen.set(published(link), link.textContent);
    }
    list.textContent = "";
    for (const [target, text] of seen) {
      const item = document.createElement("li");
      item.textContent = text + "：" + target;
      list.append(item);
    }
  }

  function prepare() {
    const retrieved = "检索日期：" + today();
    if (sheet) {
      sheet.replaceSync("@page { @bottom-left { content: " + quoted(address + asked() + "　" + retrieved) + " } }");
    }
    const colophon = document.querySelector(".colophon");
    if (!colophon) return;
    colophon.querySelector(".colophon__date").textContent = retrieved;
    listLinks(colophon.querySelector(".colophon__links"));
  }

  prepare();
  window.addEventListener("beforeprint", prepare);
})();
