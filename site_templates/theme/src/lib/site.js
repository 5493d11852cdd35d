/** Where the page is: in the site, and in the world. */

const own = document.currentScript;

/** Where the root of the site is, seen from this page, without a slash at the end; on the page of a wrong address "". */
export const base = ((own && own.dataset.base) || "").replace(/\/$/, "");

/** Where this page is published: an absolute URL without fragment; its own, where none is configured. */
export const address = published().split("#")[0];

function published() {
  const canonical = document.querySelector('link[rel="canonical"]');
  return canonical instanceof HTMLLinkElement ? canonical.href : window.location.href;
}

/**
 * The address of a policy, or of a clause of it, seen from this page.
 * @param {string} policy its id
 * @param {string | null} [anchor]
 */
export function policyPage(policy, anchor) {
  const page = base + "/policies/" + encodeURIComponent(policy) + ".html";
  return anchor ? page + "#" + encodeURIComponent(anchor) : page;
}

/**
 * Put a query into the address without a new entry in the history. Returns whether the browser allowed it: some forbid
 * it on file://.
 * @param {string} query without ?
 * @param {string} [hash] with #
 */
export function replaceQuery(query, hash = "") {
  try {
    window.history.replaceState(
      window.history.state,
      "",
      window.location.pathname + (query && "?" + query) + hash,
    );
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return false;
  }
}
