/**
 * The page of a policy that is published under another id (pages/forward.html.j2): on to its page, at the same anchor.
 * data-to: the new page, seen from this one.
 */

const own = document.currentScript;
const to = own ? own.dataset.to : null;
if (to) window.location.replace(new URL(to, window.location.href).href + window.location.hash);
