/** Shapes of the data that the generator writes (generator/publishing), and words used all over the front end. */

/** A clause of clauses/<policy id>.js; a table has the names of its columns at the end. */
export type ClauseRow = [
    anchor: string,
    kind: string,
    label: string | null,
    number: number | null,
    parent: number, // its place in the list, -1: none
    title: string | null,
    path: string, // as cited: 第十五条第二款
    wording: string,
    columns?: string[],
];

/** clauses/<policy id>.js */
export interface PolicyData {
    version: number;
    citation: string;
    name: string;
    clauses: ClauseRow[];
    /** Place of the clause, id of the indicator, whether it is the primary one, the evidence. */
    indicators: [place: number, indicator: string, primary: 0 | 1, evidence: string[]][];
    aliases: Record<string, string>;
    moved: Record<string, string | null>;
}

/** A policy of clauses/index.js. What is not known is null. */
export interface PolicyRecord {
    id: string;
    title: string;
    name: string;
    citation: string;
    names: string[];
    issuer: string | null;
    number: string | null;
    place: string | null;
    places: string[];
    year: number | null;
    status: string | null;
    genre: string | null;
    former: string[];
    where: string;
    state: string;
    counts: number[];
}

/** clauses/index.js */
export interface IndexData {
    version: number;
    indicators: [id: string, name: string][];
    policies: PolicyRecord[];
}

/** A stretch of a text, marked or not. */
export interface Part {
    text: string;
    marked: boolean;
}

/** What an element can be made to hold; what is empty is left out. */
export type Child = Node | string | number | null | undefined | false;
