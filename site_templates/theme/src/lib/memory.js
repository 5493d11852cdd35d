/** What this browser remembers of the site: policy-site.bare, policy-site.keys, policy-site.read.<policy id>. */

/**
 * What is remembered under a name; null where nothing is, or nothing may be (private windows, file:// in some browsers).
 * @param {string} name
 */
export function recall(name) {
  try {
    return window.localStorage.getItem("policy-site." + name);
  } catch {
    return null;
  }
}

/**
 * Remember a value, or forget it (null).
 * @param {string} name
 * @param {string | null} value
 */
export function remember(name, value) {
  try {
    if (value === null) window.localStorage.removeItem("policy-site." + name);
    else window.localStorage.setItem("policy-site." + name, value);
  } catch {
    // Storage is forbidden or full: the page works without.
  }
}
