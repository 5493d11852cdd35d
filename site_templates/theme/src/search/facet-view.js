/** The facets of the search page: what a reader calls them and their values, in which order they stand, as boxes. */

import { button, element } from "../lib/dom.js";

/** @import { Counts } from "./facets.js" */
/** @typedef {Record<string, string[]>} Chosen the values that are chosen of each facet */
/**
 * @typedef {object} Facets as they are shown
 * @property {Counts} counts
 * @property {Chosen} chosen
 * @property {Map<string, string>} names of the indicators, by id, in their order
 * @property {Set<string>} unfolded the facets that show all their values
 * @property {(facet: string, value: string, wanted: boolean) => void} choose
 */

const UNKNOWN = "未载明";
const VALUES = 8; // shown of a facet that is not unfolded
/** @type {Record<string, string>} */
const LEVELS = { national: "全国", province: "省级", city: "市级", county: "县级" };

/** The facets by the names that they have in the address, and what a reader calls them. */
export const FACETS = [
  ["indicator", "指标"],
  ["place", "地区"],
  ["level", "层级"],
  ["year", "年份"],
  ["genre", "文种"],
  ["commitment", "承诺"],
];

/**
 * What a reader calls a value.
 * @param {string} facet
 * @param {string} value
 * @param {Map<string, string>} names
 */
export function nameOf(facet, value, names) {
  if (!value) return UNKNOWN;
  if (facet === "indicator") return names.get(value) || value;
  if (facet === "place") return value.split("/").pop() || value;
  if (facet === "level") return LEVELS[value] || value;
  if (facet === "year") return value + " 年";
  if (facet === "commitment") return "有量化承诺";
  return value;
}

/**
 * The values of a facet in their order, with the counts; a chosen one stays, whatever its count.
 * @param {string} facet
 * @param {Pick<Facets, "counts" | "chosen" | "names">} facets
 * @returns {[value: string, count: number][]}
 */
export function valuesOf(facet, { counts, chosen, names }) {
  const all = new Map(counts[facet]);
  for (const value of chosen[facet]) if (!all.has(value)) all.set(value, 0);
  const values = Array.from(all);
  /** @param {string[]} order */
  const inOrder = (order) => values.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  if (facet === "place") return placesInOrder(all);
  if (facet === "year") return values.sort(([a], [b]) => Number(b) - Number(a));
  if (facet === "level") return inOrder(Object.keys(LEVELS));
  if (facet === "indicator") inOrder(Array.from(names.keys())); // of those with as many
  return values.sort(([, a], [, b]) => b - a);
}

/**
 * Places with the most first, each followed by those within it.
 * @param {Map<string, number>} counts
 */
function placesInOrder(counts) {
  /**
   * @param {string} parent
   * @returns {[value: string, count: number][]}
   */
  const below = (parent) =>
    Array.from(counts)
      .filter(([value]) => value.slice(0, Math.max(value.lastIndexOf("/"), 0)) === parent)
      .sort(([, a], [, b]) => b - a)
      .flatMap((entry) => [entry, ...(entry[0] ? below(entry[0]) : [])]);
  return below("");
}

/**
 * The values chosen once another is, or is no more. Of a place and one within it, only the last chosen counts: the other
 * says nothing more.
 * @param {string[]} chosen
 * @param {string} facet
 * @param {string} value
 * @param {boolean} wanted
 */
export function withChoice(chosen, facet, value, wanted) {
  /** @param {string} other */
  const overlaps = (other) =>
    facet === "place" && ((other + "/").startsWith(value + "/") || (value + "/").startsWith(other + "/"));
  const others = chosen.filter((other) => other !== value && !(wanted && overlaps(other)));
  return wanted ? [...others, value] : others;
}

/**
 * A box for each facet that has values.
 * @param {Facets} facets
 */
export function facetGroups(facets) {
  return FACETS.filter(([facet]) => valuesOf(facet, facets).length)
    .map(([facet, title]) => facetGroup(facet, title, facets));
}

/**
 * @param {string} facet
 * @param {string} title
 * @param {Facets} facets
 * @returns {HTMLElement}
 */
function facetGroup(facet, title, facets) {
  const { chosen, unfolded } = facets;
  const values = valuesOf(facet, facets);
  const folded = !unfolded.has(facet) && values.length > VALUES + 1;
  const shown = folded
    ? values.filter(([value], at) => at < VALUES || chosen[facet].includes(value))
    : values;
  const group = element(
    "fieldset",
    "finder__facet",
    element("legend", "", title),
    ...shown.map(([value, count]) => facetValue(facet, value, count, facets)),
  );
  if (folded || unfolded.has(facet)) {
    group.append(button("finder__button", folded ? "全部 " + values.length + " 项" : "收起", () => {
      if (folded) unfolded.add(facet);
      else unfolded.delete(facet);
      group.replaceWith(facetGroup(facet, title, facets));
    }));
  }
  return group;
}

/**
 * @param {string} facet
 * @param {string} value
 * @param {number} count
 * @param {Facets} facets
 */
function facetValue(facet, value, count, { chosen, names, choose }) {
  const check = element("input");
  Object.assign(check, { type: "checkbox", name: facet, value, checked: chosen[facet].includes(value) });
  check.addEventListener("change", () => choose(facet, value, check.checked));
  const name = element("span", "", nameOf(facet, value, names));
  const label = element("label", "", check, name, element("span", "finder__count", String(count)));
  label.style.setProperty("--depth", String(facet === "place" ? value.split("/").length - 1 : 0));
  return label;
}
