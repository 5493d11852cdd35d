/** What a citation is read as, and what it is compared with. */

import type { PolicyRecord } from "../lib/types.d.ts";

/** How a printed label looks. */
export type Style = "comma" | "bracket" | "dot" | "circled" | "number";

/** One part of a path: 第五十条, （二）, 第二个“——”. */
export interface Step {
    /** 条, 项, item, 附件, 印发通知 …; null for a printed label */
    unit: string | null;
    style: Style | null;
    number: number | null;
    /** 之一 */
    insertion: number | null;
    /** that begins an item: 一是, A类 */
    word: string | null;
    han: boolean;
    bracket: boolean;
    text: string;
}

/** A step where it stands in a folded text; several are the members of a list (第九、十条), or the ends of a range. */
export interface Token {
    start: number;
    stop: number;
    range: boolean;
    steps: Step[];
}

/** The steps from the top down; `to`: those of the end of a range. */
export interface Path {
    steps: Step[];
    to: Step[] | null;
}

/** A 文号: 〔2020〕14号. */
export interface DocumentNumber {
    year: number | null;
    serial: number;
    text: string;
    prefix?: string;
}

/** What a text says of a policy. */
export interface PolicyName {
    text: string;
    /** the whole name, bare */
    key: string;
    /** what stands inside 《》, bare */
    title: string | null;
    /** what stands before 《, bare */
    owner: string;
    years: number[];
    number: DocumentNumber | null;
}

/** One way to part a text into the name of a policy and paths; `whole`: the text is taken for a name to its end. */
export interface Reading {
    policy: PolicyName | null;
    paths: Path[];
    rest: string;
    whole: boolean;
}

/** An address in a text: either may be null. */
export interface Link {
    policy: string | null;
    anchor: string | null;
}

/** A policy of the index with every name folded once. */
export interface Policy {
    record: PolicyRecord;
    title: string;
    names: string[];
    owners: string[];
    place: string | null;
    around: string[];
    /** A name may be cut short: what is left is looked for in these. */
    texts: string[];
    /** 辽宁营口方案 */
    outer: string[];
    number: (DocumentNumber & { prefix: string }) | null;
    years: number[];
}

export interface Index {
    policies: Policy[];
    byId: Map<string, Policy>;
}

/** A policy that a name may mean: cost 0 and 1 is the whole name or title. */
export interface Ranked {
    policy: Policy;
    cost: number;
    note: string | null;
}

/** The likeliest of them; `left`: others that a name means as well. */
export type Group = Ranked[] & { left: Ranked[] };

/** What the last step of a citation of a clause is compared with. */
export interface Own {
    unit: string;
    numbers: number[];
    insertion: number | null;
    style: Style | null;
    word: string | null;
    printed: "circled" | "bracket" | "plain";
    han: boolean;
}

export interface Clause extends Own {
    anchor: string;
    kind: string;
    label: string | null;
    number: number | null;
    title: string | null;
    path: string;
    wording: string;
    above: Clause | null;
    steps: Step[];
    /** its number runs on through the whole policy */
    runs: boolean;
    /** of a row: its place in its table */
    place?: number;
}

/** One link of the way from a clause up to the top; `cited`: whether a citation of the clause names it. */
export interface ChainLink extends Own {
    cited: boolean;
    kind: string | null;
    runs: boolean;
    anchor?: string;
    /** what it costs that it is called otherwise than its citation does */
    instead?: number;
}

/** The clauses of a policy with what a path is compared with. */
export interface Clauses {
    clauses: Clause[];
    lines: { clause: Clause; chain: ChainLink[] }[];
    byAnchor: Map<string, Clause>;
    aliases: Map<string, string>;
    moved: Map<string, string | null>;
    units: Set<string>;
}

/** What one path means in a policy; `broken`: the end of a range that is none there. */
export interface Followed {
    state: "ok" | "several" | "missing";
    clauses: Clause[];
    others: Clause[];
    cost: number;
    broken?: Step[];
}

/** A clause that is near what was asked for, and why. */
export interface Near {
    clause: Clause;
    reason: string;
}

/** Where a citation leads; clause and anchor are null where the policy as a whole is meant. */
export interface Target {
    policy: PolicyRecord;
    clause: Clause | null;
    anchor: string | null;
    /** about a hit, in words for the reader */
    note: string | null;
    /** why a near miss is offered */
    reason: string | null;
}

export interface Outcome {
    /** ids of the policies whose clauses must be loaded first; nothing else is final until it is empty */
    need: string[];
    /** empty: nothing was asked; several: nothing is chosen among them */
    state: "empty" | "found" | "several" | "near" | "nothing";
    /** the targets that the text names, in its order; for `several`, those it can mean */
    hits: Target[];
    near: Target[];
    /** whether there is no other reading to think of: one may go there without asking */
    sure: boolean;
    /** a sentence for the reader about the outcome */
    words: string | null;
    policy?: Policy | null;
    path?: boolean;
    title?: boolean;
    complete?: boolean;
    rest?: string;
}

/** What is known while a text is being looked into. */
export interface Finder {
    index: Index;
    need: Set<string>;
    asked: Set<Policy>;
    clauses(policy: Policy): Clauses | null;
}

/** A way to read a piece, with the policies that its name may mean. */
export interface Candidate {
    reading: Reading;
    ranked: Group;
}

/** A way to read a piece, with what it leads to in one policy. */
export interface Way extends Candidate {
    policy: Policy;
    cost: number;
    note: string | null;
    state: Followed["state"];
    targets: Target[];
    paths: Followed[];
    clauses: Clauses | null;
}
