/**
 * What must be decided before the page is drawn: that there are scripts, that the address asks for something (a search, a
 * comparison: what answers it gets its room at once, and nothing moves when it comes), and that the reader wants the bare
 * text. And what Material's own scripts expect to find, which Material has as an inline script.
 */

/*! Material for MkDocs: MIT, © Martin Donath (__md_scope, __md_hash, __md_get, __md_set) */

import { recall } from "../lib/memory.js";
import { base } from "../lib/site.js";

const scope = new URL(base + "/", window.location.href);
const root = document.documentElement;
root.classList.remove("no-js");
root.classList.add("js");
root.classList.toggle("asked", window.location.search.length > 1);
if (recall("bare") === "yes") root.classList.add("bare");

/**
 * A value this browser remembers; null where it remembers none, or may not.
 * @param {string} name
 * @param {Storage} [storage]
 * @param {URL} [where]
 */
function get(name, storage, where) {
  try {
    return JSON.parse(
      (storage || window.localStorage).getItem((where || scope).pathname + "." + name) || "null",
    );
  } catch {
    return null; // storage is forbidden (private windows, file:// in some browsers), or not ours
  }
}

/**
 * Remember a value, where the browser may.
 * @param {string} name
 * @param {unknown} value
 * @param {Storage} [storage]
 * @param {URL} [where]
 */
function set(name, value, storage, where) {
  try {
    (storage || window.localStorage).setItem((where || scope).pathname + "." + name, JSON.stringify(value));
  } catch {
    // Nothing is remembered; the page works without.
  }
}

Object.assign(window, {
  __md_scope: scope,
  __md_hash: (/** @type {string} */ text) =>
    Array.from(text).reduce((sum, one) => (sum << 5) - sum + one.charCodeAt(0), 0),
  __md_get: get,
  __md_set: set,
});
