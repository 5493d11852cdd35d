/** Elements: found, made and filled. Text reaches the page through text nodes only, whatever it holds. */

/** @import { Child } from "./types.d.ts" */

/**
 * An element with a class and children; strings become text nodes, what is empty is left out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} [className]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const child of children) if (child) made.append(child instanceof Node ? child : String(child));
  return made;
}

/**
 * A button that does something. `label` is what a screen reader says instead of its text.
 * @param {string} className
 * @param {string} text
 * @param {(() => unknown) | null} act
 * @param {string} [label]
 */
export function button(className, text, act, label) {
  const made = element("button", className, text);
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  if (act) made.addEventListener("click", () => act());
  return made;
}

/**
 * The first element of a kind below another; an error that names the selector where there is none: templates and
 * scripts are made for each other.
 * @template {Element} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @param {{ new (): Kind, name: string }} kind
 * @returns {Kind}
 */
export function part(root, selector, kind) {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error("There is no " + kind.name + " " + selector + " on this page.");
}

/**
 * All elements below another that a selector names and that are HTML.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(root, selector) {
  return Array.from(root.querySelectorAll(selector)).filter((one) => one instanceof HTMLElement);
}

/**
 * The element that an event happened to, or the nearest around it that a selector names; null where there is none.
 * @param {EventTarget | null} target
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function around(target, selector) {
  const found = target instanceof Element ? target.closest(selector) : null;
  return found instanceof HTMLElement ? found : null;
}

/**
 * Whether something an event happened to is in an element.
 * @param {Element} outer
 * @param {EventTarget | null} target
 */
export function holds(outer, target) {
  return target instanceof Node && outer.contains(target);
}

/**
 * Set the text of a line that is spoken, but only when it changes: a screen reader speaks it each time.
 * @param {Element} line
 * @param {string} text
 */
export function say(line, text) {
  if (line.textContent !== text) line.textContent = text;
}

/**
 * What an error says to the reader.
 * @param {unknown} error
 */
export function words(error) {
  return error instanceof Error ? error.message : String(error);
}
