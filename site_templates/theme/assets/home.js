/*
 * The search box of the home page: what is typed goes on in the box of the header, which does the searching.
 */
(function () {
  "use strict";

  const form = document.querySelector(".home-search");
  const box = document.querySelector("form.search .search__box");
  if (!form || !box) return;
  const field = form.querySelector("input");

  /** Search for a text in the header's box. */
  function search(text) {
    window.scrollTo(0, 0);
    box.focus();
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) search(field.value);
    else field.focus();
  });
  form.addEventListener("click", (event) => {
    const example = event.target.closest("[data-query]");
    if (!example) return;
    field.value = example.dataset.query;
    search(example.dataset.query);
  });
})();
