/*
 * Lists of policies, filtered in the page and by the address: policies/index.html?place=…&sort=date, and the clauses
 * of an indicator by policy, indicators/x.html?level=市级. Everything is read from what the list has; without this
 * script the whole list stands there.
 */
(function () {
  "use strict";

  const form = document.querySelector("form.filters");
  const body = document.querySelector("table.policies tbody"); // null on the page of an indicator
  const items = Array.from(document.querySelectorAll("table.policies tbody tr, .policy-hits")); // by place
  if (!form || !items.length) return;
  const status = form.querySelector('[role="status"]');
  const fields = Array.from(form.elements).filter((field) => field.name);

  const ORDERS = {
    date: (a, b) => b.dataset.date.localeCompare(a.dataset.date),
    clauses: (a, b) => b.dataset.clauses - a.dataset.clauses,
    title: (a, b) => a.cells[0].textContent.localeCompare(b.cells[0].textContent, "zh-Hans"),
  };

  /** Text as it is compared: half width, lower case, no white space, one kind of bracket. */
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[〔[]/g, "(").replace(/[〕\]]/g, ")").replace(/\s+/g, "");
  }

  /** The heading of a policy on the page of an indicator, which comes and goes with its clauses. */
  function headingOf(item) {
    const before = item.previousElementSibling;
    return before && /^H[2-6]$/.test(before.tagName) ? before : null;
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
    const shown = items.filter((item) => fits(item, chosen));
    for (const item of items) {
      item.hidden = !shown.includes(item);
      const heading = headingOf(item);
      if (heading) heading.hidden = item.hidden;
    }
    if (body) {
      body.append(...(order ? items.slice().sort(order) : items));
      body.parentElement.hidden = !shown.length;
    }
    status.textContent = shown.length === items.length ? "共 " + items.length + " 份"
      : shown.length ? items.length + " 份中的 " + shown.length + " 份" : "没有符合条件的政策，请放宽条件。";
    return chosen;
  }

  /** Keep the address in step, so that a filtered list can be linked to. */
  function note(chosen) {
    const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
    // A policy that is pointed at stays so while it is shown; #by-date is a choice, and is in the query by now.
    const hash = body ? "" : window.location.hash;
    try {
      window.history.replaceState(null, "", window.location.pathname + (query ? "?" + query : "") + hash);
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

  /** A link within the page to a policy that the filter hides clears the filter first. */
  function reveal(event) {
    const link = event.target instanceof Element && event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target || !target.hidden) return;
    form.reset();
    note(show());
  }

  document.addEventListener("click", reveal);
  form.addEventListener("input", () => note(show()));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => window.setTimeout(() => note(show()), 0));
  read();
  show();
})();
