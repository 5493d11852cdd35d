/**
 * Data of other pages, loaded on demand: clauses/index.js and clauses/<policy id>.js (see
 * generator/publishing/scripts/clauses.py). Classic scripts, so that it works from http:// and file:// alike; they call
 * window.policySite.receive.
 */

import { awaited, run } from "./loading.js";
import { base } from "./site.js";

/** @import { IndexData, PolicyData } from "./types.d.ts" */
/** @typedef {IndexData | PolicyData} Data */
/** @typedef {import("./loading.js").Awaited<Data>} Entry */

const VERSION = 2;
/** @type {Map<string, Entry>} */
const waiting = new Map(); // by name

/**
 * The list of the policies and the indicators. Rejected with an Error in words for the reader.
 * @returns {Promise<IndexData>}
 */
export function loadIndex() {
  return /** @type {Promise<IndexData>} */ (load("index"));
}

/**
 * The clauses of a policy, by its id. Rejected with an Error in words for the reader.
 * @param {string} id
 * @returns {Promise<PolicyData>}
 */
export function loadPolicy(id) {
  return /** @type {Promise<PolicyData>} */ (load(id));
}

/** @param {string} name */
function load(name) {
  const known = waiting.get(name);
  if (known) return known.promise;
  /** @type {Entry} */
  const entry = awaited();
  waiting.set(name, entry);
  const address = new URL(base + "/clauses/" + encodeURIComponent(name) + ".js", document.baseURI).href;
  run(address, () => {
    if (entry.received) return;
    waiting.delete(name); // the next use tries again
    entry.reject(new Error("条文数据无法载入：" + address + "。请检查网站文件是否完整，再试一次。"));
  });
  return entry.promise;
}

/**
 * Called by the scripts with the data.
 * @param {string} name
 * @param {Data} data
 */
export function receive(name, data) {
  const entry = waiting.get(name);
  if (!entry) return;
  entry.received = true;
  if (data && data.version === VERSION) entry.resolve(data);
  else {
    entry.reject(
      new Error(
        "条文数据的版本（" + (data && data.version) + "）与本页的程序（" + VERSION + "）不符。" +
          "请刷新页面；如果仍然如此，请重新生成网站。",
      ),
    );
  }
}
