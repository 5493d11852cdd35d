/*
 * What must be decided before the page is drawn: that there are scripts, that the address asks for something (a search,
 * a comparison: what answers it gets its room at once, and nothing moves when it comes), and that the reader wants the
 * bare text.
 * And what Material's own scripts expect to find, which Material (MIT, © Martin Donath) has as an inline script.
 * Loaded in the head of every page, not deferred; data-base is where the root of the site is, seen from the page.
 */
(function () {
  "use strict";

  const scope = new URL(document.currentScript.dataset.base, window.location.href);
  const root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");
  root.classList.toggle("asked", window.location.search.length > 1);

  /** A value this browser remembers; null where it remembers none, or may not. */
  function get(name, storage, where) {
    try {
      return JSON.parse((storage || window.localStorage).getItem((where || scope).pathname + "." + name));
    } catch {
      return null; // storage is forbidden (private windows, file:// in some browsers), or not ours
    }
  }

  /** Remember a value, where the browser may. */
  function set(name, value, storage, where) {
    try {
      (storage || window.localStorage).setItem((where || scope).pathname + "." + name, JSON.stringify(value));
    } catch {
      // Nothing is remembered; the page works without.
    }
  }

  window.__md_scope = scope;
  window.__md_hash = (text) => Array.from(text).reduce((sum, one) => (sum << 5) - sum + one.charCodeAt(0), 0);
  window.__md_get = get;
  window.__md_set = set;

  try {
    if (window.localStorage.getItem("policy-site.bare") === "yes") root.classList.add("bare");
  } catch {
    // As above.
  }
})();
