/**
 * The colour scheme the reader chose, before the page is drawn, which Material has as an inline script. Loaded in the
 * header, where the scheme's buttons stand.
 */

/*! Material for MkDocs: MIT, © Martin Donath */

const NAMES = ["media", "scheme", "primary", "accent"];

/** @type {{ color?: Record<string, string> } | null} */
const palette = /** @type {any} */ (window).__md_get("__palette");
if (palette && palette.color) apply(palette.color);

/** @param {Record<string, string>} colour */
function apply(colour) {
  const shown = colour.media === "(prefers-color-scheme)" ? { ...colour, ...ofSystem() } : colour;
  for (const [name, value] of Object.entries(shown)) {
    document.body.setAttribute("data-md-color-" + name, value);
  }
}

/** The colours of the scheme that the reader's system has now. */
function ofSystem() {
  const scheme = window.matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
  const input = document.querySelector("[data-md-color-media='(prefers-color-scheme: " + scheme + ")']");
  if (!input) return {};
  return Object.fromEntries(NAMES.map((name) => [name, input.getAttribute("data-md-color-" + name) || ""]));
}
