/**
 * The files of the index in search/, whose format docs/search-format.md describes: classic scripts that are added to the
 * page when they are needed, so that it works from http:// and file:// alike. They call window.policySearch.receive.
 */

import { awaited, run } from "../lib/loading.js";

/** @typedef {{ stamp: string, data: any }} File */
/** @template Data @typedef {import("../lib/loading.js").Awaited<Data>} Awaited */
/**
 * @typedef {object} Index
 * @property {string} stamp of the build
 * @property {Int32Array} starts the document with which each policy begins
 * @property {Int32Array} policyOf the policy of each document
 * @property {number} count of documents
 * @property {Uint8Array} draft 1 for the policies that come last
 * @property {number} version of the format
 * @property {number} chunk documents in a file of texts
 * @property {number[]} clauses how many each policy has
 * @property {number[]} drafts
 * @property {[id: string, name: string][]} indicators
 * @property {number} shared files of pairs whose first characters share them
 * @property {Record<string, number>} own files of a first character that has its own
 */

const VERSION = 2; // of the index format
const KEPT = 300; // files that stay in memory
/** @type {Map<string, Awaited<File>>} */
const files = new Map(); // by name: on their way or kept, the latest use last
let base = "";
/** @type {Promise<Index> | null} */
let opened = null; // a promise of the index

/**
 * Say where the root of the site is. Nothing is loaded yet.
 * @param {string} root
 */
export function open(root) {
  base = root;
}

/**
 * A promise of {stamp, data}: what one file of the index holds.
 * @param {string} name
 * @param {string} [stamp]
 * @returns {Promise<File>}
 */
function load(name, stamp) {
  const entry = files.get(name) || asked(name, stamp);
  files.delete(name);
  files.set(name, entry);
  if (files.size > KEPT) forget();
  return entry.promise;
}

/**
 * A file that is on its way.
 * @param {string} name
 * @param {string} [stamp] in the address: a cache that has a file of an older build has it under another address
 */
function asked(name, stamp) {
  /** @type {Awaited<File>} */
  const entry = awaited();
  const address = base + "/search/" + name + ".js";
  run(address + (stamp ? "?" + stamp : ""), () => {
    if (entry.received) return;
    files.delete(name); // the next use tries again
    entry.reject(new Error("搜索索引无法载入：" + address + "。请检查网站文件是否完整，再试一次。"));
  });
  return entry;
}

/** Drop the file whose use is longest ago; not one that is still on its way. */
function forget() {
  for (const [name, entry] of files) {
    if (entry.received) {
      files.delete(name);
      return;
    }
  }
}

/**
 * Called by the scripts of the index.
 * @param {string} name
 * @param {string} stamp
 * @param {any} data
 */
export function receive(name, stamp, data) {
  const entry = files.get(name);
  if (!entry) return;
  entry.received = true;
  entry.resolve({ stamp, data });
}

/**
 * @param {unknown} found
 * @param {unknown} wanted
 * @returns {never}
 */
function refuse(found, wanted) {
  opened = null;
  files.clear(); // the next use tries again
  throw new Error(
    "搜索索引的版本（" + found + "）与本页的程序（" + wanted + "）不符。" +
      "请刷新页面；如果仍然如此，请重新生成网站。",
  );
}

/**
 * The index: its own data, with where each policy begins and which policy each document belongs to.
 * @returns {Promise<Index>}
 */
export function index() {
  if (!opened) {
    opened = load("index").then(({ stamp, data }) => {
      if (!data || data.version !== VERSION) refuse(data && data.version, VERSION);
      const starts = new Int32Array(data.clauses.length + 1);
      data.clauses.forEach((/** @type {number} */ count, /** @type {number} */ policy) => {
        starts[policy + 1] = starts[policy] + count + 1;
      });
      const count = starts[data.clauses.length];
      const policyOf = new Int32Array(count);
      for (let policy = 0; policy < data.clauses.length; policy++) {
        policyOf.fill(policy, starts[policy], starts[policy + 1]);
      }
      const draft = new Uint8Array(data.clauses.length);
      for (const policy of data.drafts) draft[policy] = 1;
      return Object.assign({ stamp, starts, policyOf, count, draft }, data);
    });
    opened.catch(() => {
      opened = null;
    });
  }
  return opened;
}

/**
 * The data of one file, of the same build as the index.
 * @param {string} name
 */
export async function part(name) {
  const { stamp } = await index();
  const loaded = await load(name, stamp);
  if (loaded.stamp !== stamp) refuse(loaded.stamp, stamp);
  return loaded.data;
}
