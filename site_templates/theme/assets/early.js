/*
 * What must be decided before the page is drawn: that there are scripts, and that the reader wants the bare text.
 * Loaded in the head of every page, not deferred.
 */
(function () {
  "use strict";

  const root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");
  try {
    if (window.localStorage.getItem("policy-site.bare") === "yes") root.classList.add("bare");
  } catch {
    // Storage is forbidden (file:// in some browsers, private windows): nothing is remembered.
  }
})();
