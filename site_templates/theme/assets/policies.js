/*
 * The list of policies: filtered and sorted in the page and by the address, policies/index.html?place=…&sort=date.
 * Everything is read from the rows of the table; without this script the whole list stands there.
 */
(function () {
  "use strict";

  const form = document.querySelector("form.filters");
  const body = document.querySelector("table.policies tbody");
  if (!form || !body) return;
  const status = form.querySelector('[role="status"]');
  const fields = Array.from(form.elements).filter((field) => field.name);
  const rows = Array.from(body.rows); // by place, as they are printed

  const ORDERS = {
    date: (a, b) => b.dataset.date.localeCompare(a.dataset.date),
    clauses: (a, b) => b.dataset.clauses - a.dataset.clauses,
    title: (a, b) => a.cells[0].textContent.localeCompare(b.cells[0].textContent, "zh-Hans"),
  };

  /** Text as it is compared: half width, lower case, no white space, one kind of bracket. */
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[〔[]/g, "(").replace(/[〕\]]/g, ")").replace(/\s+/g, "");
  }

  function fits(row, chosen) {
    if (chosen.words && !fold(row.cells[0].textContent).includes(fold(chosen.words))) return false;
    if (chosen.place && row.dataset.place !== chosen.place && !row.dataset.place.startsWith(chosen.place + "/")) {
      return false;
    }
    return ["level", "year", "genre", "status"].every((name) => !chosen[name] || row.dataset[name] === chosen[name]);
  }

  function show() {
    const chosen = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
    const order = ORDERS[chosen.sort];
    const shown = rows.filter((row) => fits(row, chosen));
    rows.forEach((row) => { row.hidden = !shown.includes(row); });
    body.append(...(order ? rows.slice().sort(order) : rows));
    status.textContent = shown.length === rows.length ? "共 " + rows.length + " 份"
      : shown.length ? rows.length + " 份中的 " + shown.length + " 份" : "没有符合条件的政策，请放宽条件。";
    return chosen;
  }

  /** Keep the address in step, so that a filtered list can be linked to. */
  function note(chosen) {
    const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
    try {
      window.history.replaceState(null, "", window.location.pathname + (query ? "?" + query : ""));
    } catch {
      // Some browsers forbid it on file://; the list works all the same.
    }
  }

  /** Take the choice from the address. What a list does not have is passed over. */
  function read() {
    const asked = new URLSearchParams(window.location.search);
    if (window.location.hash === "#by-date" && !asked.has("sort")) asked.set("sort", "date");
    for (const field of fields) {
      const value = asked.get(field.name);
      if (value !== null) field.value = value;
      if (field.selectedIndex === -1) field.value = "";
    }
  }

  form.addEventListener("input", () => note(show()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => window.setTimeout(() => note(show()), 0));
  read();
  show();
})();
