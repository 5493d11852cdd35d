/** The clauses of a policy with what a path is compared with. */

import { CIRCLED } from "../lib/numerals.js";
import { joined } from "./paths.js";
import { scan } from "./steps.js";
import { plain } from "./text.js";

/** @import { PolicyData } from "../lib/types.d.ts" */
/** @import { ChainLink, Clause, Clauses, Own, Style } from "./types.d.ts" */

/** @type {[Style, RegExp][]} */
const LABELS = [
  ["bracket", /^\([^()]+\)$/],
  ["comma", /^[零〇○一二两三四五六七八九十百]+[、.]$/],
  ["dot", /^\d+(?:[.、]|\))$/],
  ["circled", new RegExp("^[" + CIRCLED + "]$")],
];

const TABLE = /^(?:.*__)?table_(\d+)(?=__|$)/;
/** @type {Record<string, string>} */
const KIND_UNITS = {
  part: "编",
  chapter: "章",
  section: "部分",
  article: "条",
  paragraph: "项",
  subparagraph: "点",
  point: "小点",
  indent: "小点",
  item: "item",
  alinea: "段",
  attachment: "附件",
  cover: "印发通知",
  table: "表",
  group: "组",
  row: "行",
};

/**
 * The clauses of a policy with what a path is compared with.
 * @param {PolicyData} data
 * @returns {Clauses}
 */
export function prepareClauses(data) {
  /** @type {Clause[]} */
  const clauses = [];
  const rows = new Map(); // anchor of a table → how many of its rows there were
  const anchors = new Set(data.clauses.map((row) => row[0]));
  for (const [anchor, kind, label, number, parent, title, path, wording] of data.clauses) {
    const printed = { anchor, kind, label, number, title, path, wording, steps: pathSteps(path) };
    const above = parent < 0 ? null : clauses[parent];
    /** @type {Clause} */
    const clause = { ...printed, ...ownStep(printed), above, runs: !anchor.includes("__") };
    if (kind === "row") {
      const [table] = TABLE.exec(anchor) || [""];
      rows.set(table, (rows.get(table) || 0) + 1);
      clause.place = rows.get(table);
    }
    clauses.push(clause);
  }
  const lines = clauses.flatMap((clause) => chains(clause, anchors).map((chain) => ({ clause, chain })));
  return {
    clauses,
    lines,
    byAnchor: new Map(clauses.map((clause) => [clause.anchor, clause])),
    aliases: new Map(Object.entries(data.aliases)),
    moved: new Map(Object.entries(data.moved)),
    units: new Set(clauses.filter((clause) => clause.kind !== "row").map((clause) => clause.unit)),
  };
}

/** @param {string} path */
function pathSteps(path) {
  const text = plain(path);
  const tokens = scan(text);
  return tokens.length ? joined(tokens, 0, text).paths[0].steps : [];
}

/**
 * What the last step of a citation of this clause is compared with.
 * @param {Pick<Clause, "kind" | "label" | "number" | "anchor" | "steps">} clause
 * @returns {Own}
 */
function ownStep(clause) {
  const last = clause.steps[clause.steps.length - 1];
  const tail = clause.anchor.split("__").pop() || "";
  const [, number, insertion] = /_(\d+)(?:-(\d+))?$/.exec(tail) || [null, "1", undefined];
  const label = plain(clause.label || "");
  const [style] = LABELS.find(([, form]) => form.test(label)) || [null];
  const item = clause.kind === "item";
  return {
    unit: item ? "item" : (last && last.unit) || KIND_UNITS[clause.kind],
    numbers: item && clause.number ? [Number(number), clause.number] : [Number(number)],
    insertion: insertion ? Number(insertion) : null,
    style,
    word: item ? label.replace(/[.、:]+$/, "") : null,
    printed: style === "circled" ? "circled" : style === "bracket" ? "bracket" : "plain",
    han: /^\(?[^\d(]/.test(label),
  };
}

/**
 * The ways from a clause up to the top: each link is what a step can name, with `cited`, whether a citation of the
 * clause names it. A 条 is its own first 款, and a clause with a second 段 its own first. A row may be called by its
 * place or by its number, whichever its citation has; the table it is of need not be a clause.
 * @param {Clause} clause
 * @param {Set<string>} anchors
 * @returns {ChainLink[][]}
 */
function chains(clause, anchors) {
  const named = clause.kind === "table" || clause.steps.some((step) => step.unit === "表");
  /** @param {Clause} one */
  const isCited = (one) =>
    one.kind === "table" ? named : (clause.anchor + "__").startsWith(one.anchor + "__");
  /** @type {ChainLink[]} */
  const above = [];
  for (let one = /** @type {Clause | null} */ (clause); one; one = one.above) {
    above.push({ ...one, cited: isCited(one) });
    if (one.above && one.above.kind === "article" && one.anchor.startsWith(one.above.anchor + "__para_1__")) {
      above.push(first("款", anchors.has(one.above.anchor + "__para_2")));
    }
  }
  const [, number] = TABLE.exec(clause.anchor) || [];
  if (number && !above.some((one) => one.kind === "table")) {
    const at = above.findIndex((one) => one.kind !== "row" && one.kind !== "group");
    above.splice(at < 0 ? above.length : at, 0, { ...first("表", named), numbers: [Number(number)] });
  }
  if (clause.anchor.startsWith("cover__")) {
    above.push({ ...first("印发通知", true), numbers: [1] });
  }
  const found = [above];
  if (clause.kind === "row") {
    const [own] = above;
    const other = clause.unit === "行"
      ? { unit: "项", numbers: own.numbers, printed: /** @type {const} */ ("plain") }
      : { unit: "行", numbers: [clause.place || 0], printed: own.printed };
    found.push([{ ...own, ...other, style: null, instead: 1 }, ...above.slice(1)]);
  }
  if (clause.kind === "article") found.push([first("款", true), ...above]);
  if (anchors.has(clause.anchor + "__al_2")) found.push([first("段", true), ...above]);
  return found;
}

/**
 * @param {string} unit
 * @param {boolean} cited
 * @returns {ChainLink}
 */
function first(unit, cited) {
  return {
    unit,
    cited,
    numbers: [1],
    insertion: null,
    style: null,
    word: null,
    printed: "plain",
    han: true,
    runs: false,
    kind: null,
  };
}
