/*
 * Guesses for an address that is none: the policies whose id, or former id, is nearest to its last part. Needs
 * site-data.js. Without this script the page has links to the lists.
 */
(function () {
  "use strict";

  const SHOWN = 5;
  const FAR = 0.6; // of the longer text: more differing characters than that are no guess
  const box = document.querySelector(".guesses");
  if (!box) return;

  const last = decodeURIComponent(window.location.pathname).split("/").filter(Boolean).pop() || "";
  const asked = last.replace(/\.(html?|md)$/i, "").toLowerCase();

  /** How many characters must be put in, taken out or changed to make one text of the other. */
  function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length];
  }

  /** From 0, the same, to 1, nothing in common. A part that is cut off counts little. */
  function farness(id) {
    if (asked.length > 3 && (id.startsWith(asked) || asked.startsWith(id))) return 0.1;
    return distance(asked, id) / Math.max(asked.length, id.length, 1);
  }

  function guesses(policies) {
    return policies
      .map((policy) => ({ policy, far: Math.min(...[policy.id, ...(policy.former || [])].map(farness)) }))
      .filter(({ far }) => far <= FAR)
      .sort((a, b) => a.far - b.far)
      .slice(0, SHOWN)
      .map(({ policy }) => policy);
  }

  if (!asked || asked === "404") return;
  window.policySite.load("index").then((index) => {
    const found = guesses(index.policies);
    for (const policy of found) {
      const link = document.createElement("a");
      link.href = window.policySite.base + "/policies/" + encodeURIComponent(policy.id) + ".html" + window.location.hash;
      link.textContent = policy.name;
      const item = document.createElement("li");
      item.append(link);
      box.querySelector("ul").append(item);
    }
    box.hidden = found.length === 0;
  }, () => {}); // without the index there is nothing to guess from; the links remain
})();
