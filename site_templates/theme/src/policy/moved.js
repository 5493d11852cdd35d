/**
 * An anchor that moved to another page: an element with its id and with data-moved-to, the address it has now. A link to
 * it goes on there, so that what was once published still leads to its text. Works from file:// too.
 */
export function movedAnchors() {
  window.addEventListener("hashchange", follow);
  follow();
}

function follow() {
  let anchor = "";
  try {
    anchor = decodeURIComponent(window.location.hash.slice(1));
  } catch {
    return; // a % that is none: no anchor of ours
  }
  const target = anchor ? document.getElementById(anchor) : null;
  if (!target || !target.dataset.movedTo) return;
  // Replaced, not added to the history: the way back leads past this page.
  window.location.replace(new URL(target.dataset.movedTo, window.location.href).href);
}
