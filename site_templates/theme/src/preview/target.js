/** Where a link leads: the clause that stands at its address, wherever it is now. */

import { loadIndex, loadPolicy } from "../lib/clauses.js";
import { around } from "../lib/dom.js";
import { base } from "../lib/site.js";

/** @import { PolicyData } from "../lib/types.d.ts" */
/** @typedef {{ policy: string, anchor: string }} Address */
/**
 * @typedef {object} Found
 * @property {PolicyData} data
 * @property {number} place of the clause among those of the data; -1 where its text is in no clause of its own now
 * @property {boolean} moved whether it was looked for elsewhere
 * @property {boolean} deleted
 */

const ELSEWHERE = "nav, .md-header, .md-sidebar, .md-footer, .search, .preview, .term, [data-preview='off']";
const ANCHOR = /^[a-z]+(_\d+(-\d+)?)?(__[a-z]+_\d+(-\d+)?)*$/; // an eId: art_15-1__para_2
const policies = new URL(base + "/policies/", window.location.href).href;

/**
 * The link to a clause that something on the page belongs to, or null.
 * @param {EventTarget | null} target
 * @returns {HTMLAnchorElement | null}
 */
export function linkOf(target) {
  const link = around(target, "a[href]");
  return link instanceof HTMLAnchorElement && !link.closest(ELSEWHERE) && addressOf(link) ? link : null;
}

/**
 * Policy and anchor of a link, or null where it cannot be one to a clause.
 * @param {HTMLAnchorElement} link
 * @returns {Address | null}
 */
export function addressOf(link) {
  if (!link.href.startsWith(policies)) return null;
  const found = /^([a-z0-9-]+?)(?:\.html)?(?:\?[^#]*)?#(.+)$/.exec(link.href.slice(policies.length));
  const [, policy, anchor] = found || [];
  return policy && policy !== "index" && ANCHOR.test(anchor) ? { policy, anchor } : null;
}

/**
 * The data of a policy, by its id or by one it had.
 * @param {string} policy
 */
async function load(policy) {
  try {
    return await loadPolicy(policy);
  } catch (error) {
    const index = await loadIndex().catch(() => null);
    const renamed = index && index.policies.find((one) => one.former.includes(policy));
    if (!renamed) throw error;
    return loadPolicy(renamed.id);
  }
}

/**
 * What stands at an address; null where the address is no clause's.
 * @param {Address} address
 * @param {boolean} [moved]
 * @returns {Promise<Found | null>}
 */
export async function find({ policy, anchor }, moved = false) {
  const data = await load(policy);
  const living = own(data.aliases, anchor) || anchor;
  const place = data.clauses.findIndex((clause) => clause[0] === living);
  const to = own(data.moved, anchor);
  if (place >= 0) return { data, place, moved, deleted: false };
  if (to === undefined) return moved ? { data, place, moved, deleted: false } : null;
  if (to === null) return { data, place, moved, deleted: true };
  const [other, there = ""] = to.split("#");
  return find({ policy: other, anchor: there }, true);
}

/**
 * What a table of the data has under a name; nothing that every object has.
 * @template Value
 * @param {Record<string, Value>} table
 * @param {string} name
 * @returns {Value | undefined}
 */
function own(table, name) {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
