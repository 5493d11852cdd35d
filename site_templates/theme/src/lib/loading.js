/** Data in classic scripts, the one way a page gets them from http:// and file:// alike. */

import { element } from "./dom.js";

/**
 * A promise with what settles it; `received`: whether its data have come.
 * @template Data
 * @typedef {object} Awaited
 * @property {Promise<Data>} promise
 * @property {(data: Data) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {boolean} received
 */

/**
 * @template Data
 * @returns {Awaited<Data>}
 */
export function awaited() {
  const entry = { received: false };
  const promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
  return /** @type {Awaited<Data>} */ (Object.assign(entry, { promise }));
}

/**
 * Run a script, once; `done` is called when it has run, or cannot be loaded.
 * @param {string} address
 * @param {() => void} done
 */
export function run(address, done) {
  const script = element("script");
  script.src = address;
  const finish = () => {
    script.remove();
    done();
  };
  script.addEventListener("error", finish);
  script.addEventListener("load", finish);
  document.head.append(script);
}
