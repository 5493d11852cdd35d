/** What is said of a policy beside its name. */

/** @import { PolicyRecord } from "../lib/types.d.ts" */

/** What the data say of a fact that no source has. */
export const UNKNOWN = "未载明";

/**
 * 辽宁省 营口市 · 2020 年 · 正式
 * @param {PolicyRecord} policy
 */
export function facts(policy) {
  const year = policy.year ? policy.year + " 年" : "年份" + UNKNOWN;
  const state = policy.state === UNKNOWN ? "状态" + UNKNOWN : policy.state;
  return [policy.where === UNKNOWN ? "地区" + UNKNOWN : policy.where.replace(/\//g, " "), year, state].join(
    " · ",
  );
}
