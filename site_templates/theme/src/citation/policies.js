/** The policies that a name may mean. */

import { blocks, common, isWithin } from "./likeness.js";
import { policyPart } from "./names.js";
import { bare, plain } from "./text.js";

/** @import { IndexData } from "../lib/types.d.ts" */
/** @import { Index, Policy, PolicyName, Ranked } from "./types.d.ts" */

const ALIKE = 5; // policies with a similar name
const SUFFIX = /(?:特别行政区|自治[区州县旗]|[省市县区州盟旗])$/;

/**
 * 营口市 → 营口; a name of two characters stays.
 * @param {string} place
 */
function stem(place) {
  const short = place.replace(SUFFIX, "");
  return short.length >= 2 ? short : place;
}

/**
 * The index with every name folded once.
 * @param {IndexData} data
 * @returns {Index}
 */
export function prepareIndex(data) {
  const policies = data.policies.map((record) => {
    const place = record.place && bare(record.place);
    const title = bare(record.title);
    const cited = record.citation.replace(/（[^（）]*〔[^（）]*）$/, "");
    const names = [record.name, cited, ...record.names].map(bare);
    const owner = record.name.includes("《") ? record.name.split("《")[0] : "";
    const owners = [record.issuer, owner, record.place].filter((one) => one).map((one) => bare(one || ""));
    if (record.place === "全国") owners.push("国家", "中央");
    const number = record.number ? policyPart(plain(record.number)) : null;
    const around = (record.places || []).filter((name) => name !== record.place).map(bare);
    return {
      record,
      title,
      names,
      owners,
      place: place && stem(place),
      around: around.map(stem),
      // A name may be cut short: what is left is looked for in these.
      texts: Array.from(new Set([...names, title, ...owners.map((one) => one + title)])),
      outer: Array.from(new Set([...names, place + title].map((name) => around.join("") + name))), // 辽宁营口方案
      number: number && number.number ? Object.assign({ prefix: number.key }, number.number) : null,
      years: [record.year, number && number.number && number.number.year].filter((year) => year !== null),
    };
  });
  const byId = new Map();
  for (const policy of policies) for (const former of policy.record.former) byId.set(former, policy);
  for (const policy of policies) byId.set(policy.record.id, policy);
  return { policies, byId };
}

// Words that lead to a citation, also in the middle of a sentence: 我市参照营口方案…
const LEADS =
  "根据|依据|按照|依照|遵照|参照|比照|对照|参考|参见|详见|另见|见于|请见|见|引自|摘自|出自|选自|来自|引用|援引|" +
  "落实|贯彻|执行|违反|符合";

// And those that only stand before it, the marks of notes among them: [1], ①.
const LEAD = new RegExp(
  "^(?:" + LEADS + "|\\(?\\d{1,3}\\)?[.、]?(?!\\d)|[①-⑳]|适用|查找|查询|查看|查|关于|对于|例如|比如|如|即|" +
    "以及|及|和|与|同|在|由|对|据|依|照|按|从|我市|我省|本|该|此|这|上述|前述|所称|的|之)+",
);

const LEAD_INSIDE = new RegExp("^.*(?:" + LEADS + ")");

// And those that only stand behind it. None has another at its end, so that they come off one by one.
const LAST_TRAIL =
  /(?:[的之中里内等]|规定|要求|明确|提出|所称|所述|文件|一文|原文|全文|有关|相关|条款|条文|内容)$/;

/**
 * A text without the words that only stand behind a citation: 第三条的有关规定 is 第三条. Linear in the text.
 * @param {string} text
 */
export function untrailed(text) {
  for (let stop = text.length;;) {
    const trail = LAST_TRAIL.exec(text.slice(Math.max(0, stop - 2), stop));
    if (!trail) return text.slice(0, stop);
    stop -= trail[0].length;
  }
}

/**
 * The forms in which a name is looked for, the whole first, then without the words around it.
 * @param {PolicyName} name
 * @param {boolean} [whole]
 */
export function forms(name, whole) {
  if (name.title !== null) return [name];
  const last = name.text.split(/[,。;:!?"(]/).filter(bare).pop() || "";
  const [, before, inside] = /^([^()]+)\(([^()]+)\)$/.exec(name.text) || []; // 优化营商环境条例（贵州）
  const texts = inside ? [name.text, inside + before] : [];
  for (const text of whole ? [name.text] : [name.text, last, last.replace(LEAD_INSIDE, "")]) {
    texts.push(text, untrailed(text.replace(LEAD, "")));
  }
  const parts = Array.from(new Set(texts)).map((text) => (text === name.text ? name : policyPart(text)));
  return parts.filter((part, place) => part.key || (part.number && !place));
}

/**
 * The policies that a name means, the likeliest first. All its characters, in their order,
 * are in the name of such a policy; cost 0 and 1: it is the whole name or title. `whole`: no words around it.
 * @param {Pick<Index, "policies">} index
 * @param {PolicyName} name
 * @param {boolean} [whole]
 * @returns {Ranked[]}
 */
export function rank(index, name, whole = false) {
  for (const form of forms(name, whole)) {
    const found = [];
    for (const policy of index.policies) {
      const fit = fitPolicy(policy, form);
      if (fit) found.push(Object.assign({ policy }, fit));
    }
    if (found.length) return found.sort((a, b) => a.cost - b.cost || newest(b.policy) - newest(a.policy));
  }
  return [];
}

/** @param {Policy} policy */
const newest = (policy) => policy.record.year || 0;

/**
 * How well a policy bears a name: {cost, note}, or null.
 * @param {Policy} policy
 * @param {PolicyName} name
 * @returns {{ cost: number, note: string | null } | null}
 */
function fitPolicy(policy, name) {
  let key = name.key;
  /** @type {number | null} */
  let cost = 0;
  /** @type {string | null} */
  let note = null;
  let agreed = false; // the 文号 of the text is the policy's
  if (name.number) {
    const theirs = policy.number;
    agreed = theirs !== null && theirs.serial === name.number.serial &&
      (!name.number.year || !theirs.year || theirs.year === name.number.year) &&
      (!name.number.prefix || isWithin(name.number.prefix, theirs.prefix));
    if (agreed && theirs) {
      if (theirs.prefix) key = key.replace(theirs.prefix, "");
      if (!key || isWithin(key, theirs.prefix)) return { cost: 0, note: null };
    }
    if (!agreed && name.title === null && (theirs || name.number.year)) return null;
    if (!agreed) {
      note = theirs
        ? "引文中的文号与收录的文本（" + policy.record.number + "）不同。"
        : "收录的文本未载明文号，文号未能核对。";
    }
  }
  if (key.length < 2) return null;
  if (name.title === null) {
    cost = fitText(policy, key);
  } else {
    cost = fitText(policy, name.title);
    const owner = cost === null ? 0 : fitOwner(policy, name.owner);
    if (owner < 0 && cost !== null && cost > 0 && !(policy.place && name.title.includes(policy.place))) {
      return null;
    }
    if (cost !== null && owner > 0) cost = Math.max(0, cost - 1);
  }
  const differs = name.number && policy.number && !agreed;
  if (cost === null || (differs && cost > 1)) return null;
  const wider = cost > 1 && widerPlace(policy, name.owner + key);
  if (wider) {
    cost += 1;
    note = note || "引文写的是" + wider + "，这是" + policy.record.place + "的政策。";
  }
  for (const year of name.years) {
    if (policy.years.includes(year) || policy.texts.some((text) => text.includes(String(year)))) continue;
    if (policy.years.length) return null;
    cost += 1;
    note = note || "收录的文本未载明年份，" + year + "年未能核对。";
  }
  return { cost: agreed ? Math.min(cost, 1) : cost, note };
}

/**
 * The place around the policy's own that a name has instead of it: 广东 for a policy of 广州; else null.
 * @param {Policy} policy
 * @param {string} key
 */
function widerPlace(policy, key) {
  if (!policy.place || key.includes(policy.place)) return null;
  /** @param {string} place */
  const issues = (place) => policy.owners.some((owner) => stem(owner) === place);
  return policy.around.find((place) => key.includes(place) && !issues(place)) || null;
}

/**
 * 0: a whole name; 1: the title; more: parts of a name, the fewer the better; null: not in any.
 * @param {Policy} policy
 * @param {string} key
 * @returns {number | null}
 */
function fitText(policy, key) {
  if (policy.names.includes(key)) return 0;
  if (policy.title === key) return 1;
  let best = null;
  for (const text of policy.texts) {
    if (!isWithin(key, text)) continue;
    const begins = text.startsWith(key.slice(0, 2)) || policy.title.startsWith(key.slice(0, 2));
    const cost = 2 + blocks(key, text) + (begins ? 0 : 1);
    if (best === null || cost < best) best = cost;
  }
  if (best === null && policy.place && key.includes(policy.place)) {
    for (const text of policy.outer) if (isWithin(key, text)) return key === text ? 0 : 2 + blocks(key, text);
  }
  return best;
}

const ORGANISATION = /(?:[省市县区州盟旗国部委局署院厅会]|政府|人大|办公室|海关)$/;

/**
 * Whether the words before 《 name the policy's issuer or place (1), another one (-1), or neither (0).
 * @param {Policy} policy
 * @param {string} text
 */
function fitOwner(policy, text) {
  const owner = text.replace(LEAD, "");
  if (owner.length < 2) return 0;
  for (const known of policy.owners) {
    if (owner.includes(stem(known)) || (known.length > owner.length && isWithin(owner, known))) return 1;
  }
  return ORGANISATION.test(owner) ? -1 : 0;
}

/**
 * The policies whose names share most with a name that none bears: [{policy, share}].
 * @param {Index} index
 * @param {PolicyName} name
 * @returns {{ policy: Policy, share: number }[]}
 */
export function similar(index, name) {
  const whole = name.title === null ? name.key.replace(LEAD, "") : name.owner.replace(LEAD, "") + name.title;
  const key = whole.slice(0, 60);
  if (key.length < 2) return [];
  /** @type {{ policy: Policy, share: number }[]} */
  const found = [];
  for (const policy of index.policies) {
    let share = Math.max(...policy.texts.map((text) => common(key, text))) / key.length;
    if (name.number && name.number.year && name.title === null && key.length < 8) share = 0; // 国发 is no name
    if (policy.place && key.includes(policy.place)) share += 0.2;
    if (name.number && policy.number && isWithin(key, policy.number.prefix)) share = 1;
    if (share >= 0.5) found.push({ policy, share });
  }
  found.sort((a, b) => b.share - a.share);
  return found.filter((one) => one.share >= found[0].share - 0.25).slice(0, ALIKE);
}
