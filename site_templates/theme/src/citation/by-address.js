/** What addresses lead to, and the words beside them. */

import { fromPiece, fromWords, group } from "./by-words.js";
import { common } from "./likeness.js";
import { ALL, CANDIDATES } from "./misses.js";
import { policyPart } from "./names.js";
import { nearAnchors } from "./near.js";
import { amongAll, isSame, named, outcome, target } from "./outcome.js";
import { readings } from "./pieces.js";
import { rank } from "./policies.js";

/** @import { Clauses, Finder, Link, Outcome, Policy } from "./types.d.ts" */

/**
 * @param {Finder} finder
 * @param {Link[]} links
 * @param {string[]} asked
 * @returns {Outcome}
 */
export function fromLinks(finder, links, asked) {
  const { index } = finder;
  const found = [];
  for (const { policy: id, anchor } of links) {
    const policy = id === null ? null : index.byId.get(id);
    const former = policy && policy.record.id !== id
      ? "旧编号 " + id + " 现在是 " + policy.record.id + "。"
      : null;
    if (policy && anchor) found.push(atAnchor(finder, policy, anchor, former));
    else if (policy) found.push(atPolicy(finder, policy, asked, former));
    else if (id === null) found.push(anchorAlone(finder, anchor || "", asked));
    else if (!asked.length || links.length > 1) found.push(unknownId(finder, id, anchor));
  }
  if (finder.need.size) return outcome("nothing");
  if (!found.length) return fromWords(finder, asked);
  const clear = found.filter((one) => one.state === "found");
  if (!clear.length) {
    const words = asked.length ? fromWords(finder, asked) : null; // the words may know better than a dead address
    if (!words || !words.hits.length) return found[0];
    return Object.assign(words, { near: words.near.concat(found.flatMap((one) => one.near)), sure: false });
  }
  const hits = clear.flatMap((one) => one.hits);
  const near = found.flatMap((one) => one.near);
  return disputed(finder, outcome("found", { hits, near, sure: found.every((one) => one.sure) }), asked);
}

/**
 * The outcome of addresses, with what the words beside them cite where that is another clause.
 * @param {Finder} finder
 * @param {Outcome} result
 * @param {string[]} asked
 */
function disputed(finder, result, asked) {
  /** @param {string} piece */
  const cites = (piece) =>
    readings(piece)
      .some(({ policy, paths }) => policy && paths.length && rank(finder.index, policy).length);
  const first = result.hits[0].clause && asked.find(cites);
  const words = first ? fromPiece(finder, first, null) : null;
  if (!words || words.state !== "found" || !words.hits[0].clause || !result.hits[0].clause) return result;
  if (words.hits.some((one) => result.hits.some((hit) => isSame(hit, one)))) return result;
  const other = Object.assign(words.hits[0], { reason: "文字写的是这一条，与链接不同" });
  return Object.assign(result, { near: [other, ...result.near], sure: false });
}

/**
 * A policy by its id alone; the words beside it may name the clause: yingkou-2020-14 第35项.
 * @param {Finder} finder
 * @param {Policy} policy
 * @param {string[]} asked
 * @param {string | null} note
 */
function atPolicy(finder, policy, asked, note) {
  for (const piece of asked) {
    const one = fromPiece(finder, piece, policy);
    if (!one || finder.need.size) continue;
    if (!one.path || one.policy !== policy) continue;
    return Object.assign(one, { sure: one.state === "found" && !one.near.length });
  }
  return outcome("found", { hits: [target(policy, null, { note })], sure: true });
}

/**
 * The clause that an anchor leads to, its own or one that it had.
 * @param {Clauses} clauses
 * @param {string} anchor
 */
function living(clauses, anchor) {
  return clauses.byAnchor.get(anchor) || clauses.byAnchor.get(clauses.aliases.get(anchor) || "");
}

/**
 * @param {Finder} finder
 * @param {Policy} policy
 * @param {string} anchor
 * @param {string | null} note
 * @returns {Outcome}
 */
function atAnchor(finder, policy, anchor, note) {
  const clauses = finder.clauses(policy);
  if (!clauses) return outcome("nothing");
  const one = living(clauses, anchor);
  if (one) {
    const old = clauses.moved.has(anchor) ? "旧锚点 " + anchor + " 的内容现在在这里。" : null;
    const told = [note, old].filter(Boolean).join("") || null;
    return outcome("found", { hits: [target(policy, one, { note: told })], sure: true });
  }
  const moved = clauses.moved.get(anchor);
  if (moved !== undefined) return afterMove(finder, policy, anchor, moved);
  const near = nearAnchors(clauses, anchor).map(({ clause, reason }) => target(policy, clause, { reason }));
  near.push(target(policy, null));
  return outcome("near", { near, words: named(policy) + "没有锚点 " + anchor + "。" });
}

/**
 * @param {Finder} finder
 * @param {Policy} policy
 * @param {string} anchor
 * @param {string | null} to
 */
function afterMove(finder, policy, anchor, to) {
  if (to === null) {
    const near = [target(policy, null)];
    return outcome("near", { near, words: "锚点 " + anchor + " 的条文已经删除。" });
  }
  const [id, now] = to.split("#");
  const other = finder.index.byId.get(id);
  if (!other) {
    return outcome("nothing", { words: "锚点 " + anchor + " 已移到 " + to + "，但没有收录那份政策。" });
  }
  const note = "旧锚点 " + policy.record.id + "#" + anchor + " 的内容现在在这里。";
  if (now) return atAnchor(finder, other, now, note);
  return outcome("found", { hits: [target(other, null, { note })], sure: true });
}

/**
 * An anchor without a policy: in the policy that the words beside it name, or in every one that has it.
 * @param {Finder} finder
 * @param {string} anchor
 * @param {string[]} asked
 */
function anchorAlone(finder, anchor, asked) {
  const { policies } = finder.index;
  const ranked = asked.length ? rank(finder.index, policyPart(asked[0])) : [];
  const meant = ranked.length ? group(ranked).map((one) => one.policy) : [];
  if (meant.length === 1) return atAnchor(finder, meant[0], anchor, null);
  if (!meant.length && policies.length > ALL) {
    const example = policies[0].record.id + "#" + anchor;
    return outcome("nothing", {
      words: "请在锚点 " + anchor + " 前面写上政策的名称或编号，例如 " + example + "。",
    });
  }
  const found = [];
  for (const policy of meant.length ? meant : policies) {
    const clauses = finder.clauses(policy);
    // A clause of that anchor comes before one that has it as an alias, and that before one that moved away.
    const places = clauses ? [clauses.byAnchor, clauses.aliases, clauses.moved] : [];
    const cost = places.findIndex((one) => one.has(anchor));
    const [hit] = cost < 0 ? [] : atAnchor(finder, policy, anchor, null).hits;
    if (hit) found.push({ cost, hit });
  }
  return amongAll(found, anchor);
}

/**
 * @param {Finder} finder
 * @param {string} id
 * @param {string | null} anchor
 */
function unknownId(finder, id, anchor) {
  /** @param {string} other */
  const likeness = (other) => common(id, other) / Math.max(id.length, other.length);
  const alike = finder.index.policies.map((policy) => ({ policy, share: likeness(policy.record.id) }))
    .filter((one) => one.share >= 0.6).sort((a, b) => b.share - a.share);
  const near = alike.slice(0, CANDIDATES).map(({ policy }) => {
    const clauses = anchor && finder.clauses(policy);
    const clause = clauses && anchor ? living(clauses, anchor) : null;
    return target(policy, clause || null, { reason: "编号相近" });
  });
  return outcome(near.length ? "near" : "nothing", { near, words: "没有编号是 " + id + " 的政策。" });
}
