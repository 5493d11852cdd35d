/**
 * What is compared, as the address holds it: p the policies in their order, i the indicator (none: all), r=primary where
 * clauses that only touch an indicator are left out. Where a browser lets no script write a query on file://, the same
 * stands behind a # instead.
 */

/** @import { IndexData, PolicyRecord } from "../lib/types.d.ts" */
/** @typedef {{ policies: string[], indicator: string, primary: boolean }} Choice ids; no indicator is "" */

/** Policies side by side. */
export const MOST = 4;
/** Nothing is chosen. */
export const NOTHING = { policies: [], indicator: "", primary: false };

const BEHIND = /^#[pir]=/; // a choice behind a #

/**
 * A choice as a query, without ?.
 * @param {Choice} choice
 */
export function queryOf({ policies, indicator, primary }) {
  const parts = [
    policies.length && "p=" + policies.join(","),
    indicator && "i=" + indicator,
    primary && "r=primary",
  ];
  return parts.filter(Boolean).join("&");
}

/** Whether a # of this page holds a choice.
 * @param {string} hash
 */
export function isBehind(hash) {
  return BEHIND.test(hash);
}

/**
 * The choice that an address holds, and what in it cannot be followed, in words.
 * @param {{ search: string, hash: string }} address
 * @param {Pick<IndexData, "policies" | "indicators">} known
 * @returns {{ choice: Choice, wrong: string[] }}
 */
export function choiceOf({ search, hash }, { policies, indicators }) {
  const asked = new URLSearchParams(isBehind(hash) ? hash.slice(1) : search);
  /** @type {string[]} */
  const wrong = [];
  /** @type {PolicyRecord[]} */
  const found = [];
  for (const name of (asked.get("p") || "").split(",").filter(Boolean)) {
    const policy = policies.find((one) => one.id === name) ||
      policies.find((one) => one.former.includes(name));
    if (!policy) wrong.push("地址里的“" + name + "”不是本站政策的编号，已略去。");
    else if (!found.includes(policy)) found.push(policy);
  }
  for (const { title } of found.splice(MOST)) {
    wrong.push("最多并排四份，地址里的《" + title + "》已略去。");
  }
  const given = asked.get("i") || "";
  const isKnown = !given || indicators.some(([id]) => id === given);
  if (!isKnown) wrong.push("地址里的“" + given + "”不是指标的编号，下面列出全部指标。");
  const choice = {
    policies: found.map(({ id }) => id),
    indicator: isKnown ? given : "",
    primary: asked.get("r") === "primary",
  };
  return { choice, wrong };
}
