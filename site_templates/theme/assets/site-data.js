/*
 * Data of other pages, loaded on demand: clauses/index.js and clauses/<policy id>.js (see
 * generator/publishing/scripts/clauses.py). Classic scripts, so that it works from http:// and file:// alike.
 *
 * window.policySite:
 *   base      where the root of the site is, seen from this page, without a slash at the end
 *   address   where this page is published: an absolute URL without fragment (its own, where none is configured)
 *   load(name)      a Promise of the data of "index" or of a policy id; rejected with an Error in words for the reader
 *   receive(name, data)   called by the data scripts
 */
(function () {
  "use strict";

  const VERSION = 2;
  const own = document.currentScript;
  const waiting = new Map(); // name → {promise, resolve, reject}

  const base = own.dataset.base.replace(/\/$/, ""); // on the page of a wrong address it is /
  const canonical = document.querySelector('link[rel="canonical"]');
  const address = (canonical ? canonical.href : window.location.href).split("#")[0];

  function load(name) {
    if (waiting.has(name)) return waiting.get(name).promise;
    const entry = {};
    entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
    waiting.set(name, entry);
    const script = document.createElement("script");
    script.src = base + "/clauses/" + encodeURIComponent(name) + ".js";
    const failed = () => {
      waiting.delete(name); // the next use tries again; after an answer this changes nothing that matters
      entry.reject(new Error("条文数据无法载入：" + script.src + "。请检查网站文件是否完整，再试一次。"));
    };
    script.addEventListener("error", failed);
    script.addEventListener("load", () => { if (!entry.received) failed(); });
    document.head.append(script);
    return entry.promise;
  }

  function receive(name, data) {
    const entry = waiting.get(name);
    if (!entry) return;
    entry.received = true;
    if (data && data.version === VERSION) entry.resolve(data);
    else {
      entry.reject(new Error(
        "条文数据的版本（" + (data && data.version) + "）与本页的程序（" + VERSION + "）不符。" +
        "请刷新页面；如果仍然如此，请重新生成网站。"
      ));
    }
  }

  window.policySite = { base, address, load, receive };
})();
