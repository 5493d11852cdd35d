/**
 * Clauses of several policies side by side. Nothing is counted against anything: there is no order but that of the choice
 * and of the texts. Text of a policy is data: it reaches the page through text nodes only.
 */

import { button, element } from "../lib/dom.js";
import { base } from "../lib/site.js";
import { cut, opening, readable } from "../lib/wording.js";
import { facts } from "./facts.js";

/** @import { ClauseRow, PolicyData, PolicyRecord } from "../lib/types.d.ts" */
/** @import { Choice } from "./choice.js" */
/** @typedef {{ place: number, primary: boolean, evidence: string[] }} Hit a clause of an indicator */
/** @typedef {{ policy: PolicyRecord, data: PolicyData, hits: Map<string, Hit[]> }} Column */
/** @typedef {[id: string, name: string]} Indicator */

const CONTEXT = 40; // characters of the clause above, where it has no title

/**
 * A policy as a column: the clauses of each indicator, in document order.
 * @param {PolicyRecord} policy
 * @param {PolicyData} data
 * @param {Indicator[]} indicators
 * @param {boolean} primary whether clauses that only touch an indicator are left out
 * @returns {Column}
 */
export function columnOf(policy, data, indicators, primary) {
  /** @type {Map<string, Hit[]>} */
  const hits = new Map(indicators.map(([id]) => [id, []]));
  for (const [place, id, first, evidence] of data.indicators) {
    const own = hits.get(id);
    if (own && (first || !primary)) own.push({ place, primary: first === 1, evidence });
  }
  return { policy, data, hits };
}

/**
 * The clauses of a column that belong to an indicator.
 * @param {Column} column
 * @param {string} indicator
 */
function hitsOf(column, indicator) {
  return column.hits.get(indicator) || [];
}

/**
 * How many different clauses of a column are shown.
 * @param {Column} column
 * @param {string} indicator "" for all
 */
export function countShown(column, indicator) {
  const shown = indicator ? hitsOf(column, indicator) : [...column.hits.values()].flat();
  return new Set(shown.map((hit) => hit.place)).size;
}

/**
 * The table, with links to its bands where there are several, and the indicators that no policy has clauses of.
 * @param {Column[]} columns
 * @param {Indicator[]} indicators
 * @param {Choice} choice
 * @param {string} subject what is compared, in words
 * @param {(indicator: string) => void} only show one indicator alone
 */
export function comparison(columns, indicators, choice, subject, only) {
  const wanted = indicators.filter(([id]) => !choice.indicator || id === choice.indicator);
  const bands = wanted.filter(([id]) => choice.indicator || columns.some((one) => hitsOf(one, id).length));
  const names = columns.map(({ policy }) => policy.name).join("、");
  const table = element(
    "table",
    "compare-table compare-" + columns.length,
    element("caption", "", names + "：" + subject),
    element("thead", "", element("tr", "", ...columns.map(head))),
    ...bands.map((band) => {
      const cells = columns.map((column) => cell(column, band[0], choice.primary));
      const title = bandHead(band, columns.length, choice.indicator ? null : only);
      return element("tbody", "", title, element("tr", "compare-row", ...cells));
    }),
  );
  const rest = wanted.filter((band) => !bands.includes(band)).map(([, name]) => name);
  const none = "所选政策都没有条文归入：" + rest.join("、") + "。";
  return [bands.length > 1 && jumps(bands), table, rest.length > 0 && element("p", "compare-rest", none)]
    .filter((part) => part !== false);
}

/**
 * @param {string} address below the root of the site
 * @param {string} text
 */
function link(address, text) {
  const made = element("a", "", text);
  made.href = base + "/" + address;
  return made;
}

/** @param {Column} column */
function head({ policy }) {
  const name = link("policies/" + policy.id + ".html", policy.name);
  const cell = element("th", "", name, element("span", "compare-facts", facts(policy)));
  cell.scope = "col";
  return cell;
}

/**
 * A heading over the clauses of one indicator, across all columns.
 * @param {Indicator} indicator
 * @param {number} width
 * @param {((indicator: string) => void) | null} only
 */
function bandHead([id, name], width, only) {
  const cell = element("th", "", link("indicators/" + id + ".html", name));
  cell.scope = "rowgroup";
  cell.colSpan = width;
  cell.id = "band-" + id;
  if (only) cell.append(button("compare-only", "只看此项", () => only(id), "只看" + name));
  return element("tr", "compare-band", cell);
}

/**
 * @param {Column} column
 * @param {string} indicator
 * @param {boolean} primary
 */
function cell(column, indicator, primary) {
  const { policy, data } = column;
  const found = hitsOf(column, indicator);
  const whose = element("span", "compare-whose", policy.name);
  const made = element(
    "td",
    "",
    element("p", "compare-cell", whose, element("span", "", found.length + " 条")),
  );
  if (found.length) {
    const shown = new Set(found.map((hit) => hit.place));
    made.append(element("ol", "compare-list", ...found.map((hit) => clause(policy, data, hit, shown))));
  } else {
    made.append(element("p", "compare-none", primary ? "没有主要归入本指标的条文" : "没有归入本指标的条文"));
  }
  return made;
}

/**
 * One clause: where it stands, its wording as printed, why it is here.
 * @param {PolicyRecord} policy
 * @param {PolicyData} data
 * @param {Hit} hit
 * @param {Set<number>} shown places of those in the cell
 */
function clause(policy, data, { place, primary, evidence }, shown) {
  const [anchor, , label, , above, title, path, wording] = data.clauses[place];
  const [first, ...more] = readable(anchor, wording).split("\n");
  const lines = more.map((line) => element("p", "", line));
  const where = link("policies/" + policy.id + ".html#" + anchor, path || label || "（未编号段落）");
  return element(
    "li",
    primary ? "" : "secondary",
    element(
      "p",
      "compare-where",
      element("span", "compare-whose", policy.name),
      where,
      element("span", "compare-role", primary ? "主要" : "相关"),
    ),
    above >= 0 && !shown.has(above) && element("p", "compare-above", "上级：" + brief(data.clauses[above])),
    element("div", "compare-wording", element("p", "", ...opening(first, label, title)), ...lines),
    element("p", "compare-evidence", "依据：" + evidence.join("、")),
  );
}

/**
 * A clause in a few words: to the end of its title, or how it begins.
 * @param {ClauseRow} clause
 */
function brief([anchor, , , , , title, , printed]) {
  const wording = readable(anchor, printed);
  const end = title ? wording.indexOf(title) + title.length : wording.length;
  return cut(wording.slice(0, end).split("\n")[0], CONTEXT);
}

/**
 * Links to the bands. They leave the address alone: it may hold the choice behind its #.
 * @param {Indicator[]} bands
 */
function jumps(bands) {
  const nav = element(
    "nav",
    "compare-jumps",
    ...bands.map(([id, name]) => {
      const to = element("a", "", name);
      to.href = "#band-" + id;
      to.addEventListener("click", (event) => {
        event.preventDefault();
        const band = document.getElementById("band-" + id);
        if (!band) return;
        band.scrollIntoView();
        band.querySelector("a")?.focus({ preventScroll: true });
      });
      return to;
    }),
  );
  nav.setAttribute("aria-label", "跳到指标");
  return nav;
}
