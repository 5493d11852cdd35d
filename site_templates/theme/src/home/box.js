/** The search box of the home page: what is typed goes on in the box of the header, which does the searching. */

import { around, part } from "../lib/dom.js";

/** Wire the box of this page, where there is one in the header too. */
export function homeBox() {
  const form = document.querySelector(".home-search");
  const box = document.querySelector("form.search .search__box");
  if (form instanceof HTMLFormElement && box instanceof HTMLInputElement) connect(form, box);
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} box that of the header
 */
function connect(form, box) {
  const field = part(form, "input", HTMLInputElement);

  /** @param {string} text */
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
    const example = around(event.target, "[data-query]");
    if (!example) return;
    field.value = example.dataset.query || "";
    search(field.value);
  });
}
