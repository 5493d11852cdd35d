/**
 * Addresses of clauses in a text: policies/x.html#subpara_2, x#subpara_2, and what people paste around them.
 */

/** @import { Link } from "./types.d.ts" */

const MOST = 20; // in one text
const ID = "[a-z][a-z0-9]*(?:-[a-z0-9]+)+";
const EID = "(?:cover|[a-z]{2,12}_\\d+(?:-\\d+)?)(?:__[a-z]{2,12}_\\d+(?:-\\d+)?)*";
const PAGE = new RegExp("(^|[^a-z0-9-])(" + ID + ")\\.html?(?:\\?[^#]*)?(?:#(.*))?$"); // …/policies/x.html#subpara_2
const SHORT = new RegExp("^(" + ID + ")#(" + EID + ")?$"); // x#subpara_2
const EID_ONLY = new RegExp("^#?(" + EID + ")$"); // subpara_2
const ID_ONLY = new RegExp("^(" + ID + ")$");
const CITE_PAGE = /(?:^|\/)cite\.html?[?#](?:.*&)?q=([^&#]*)/;
const WORD = /[\w%#?&=.:/~+\\-]+/g; // what an address is made of
/** @type {Record<string, string>} */
const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

/**
 * The addresses in a text, and the words that are left without them and without HTML: {links, words}.
 * A link: {policy, anchor}, either of which may be null. `isPolicy` tells an id of a policy from other words.
 * @param {string} text
 * @param {(id: string) => boolean} isPolicy
 * @returns {{ links: Link[], words: string }}
 */
export function addresses(text, isPolicy) {
  /** @type {Link[]} */
  const links = [];
  /** @type {string[]} */
  const nested = [];
  const plain = text
    .replace(
      /&(?:(lt|gt|amp|quot|apos|nbsp)|#(\d{1,6}));/g,
      (_, name, code) => (name ? ENTITIES[name] : String.fromCharCode(Number(code))),
    )
    .replace(
      /[\uff01-\uff5e]/g,
      (one) => (/[（），．：；！？]/.test(one) ? one : String.fromCharCode(one.charCodeAt(0) - 0xfee0)),
    );
  let words = plain.replace(WORD, (word) => {
    const found = address(word, isPolicy);
    if (!found) return word;
    if (found.query) nested.push(found.query);
    else if (!links.some((one) => one.policy === found.policy && one.anchor === found.anchor)) {
      links.push(found);
    }
    return " ";
  });
  // The rest of an address with Chinese in it (file:///D:/资料/…), then the tags around it.
  words = words
    .replace(/(?:https?|file):\/\/\S*/gi, " ")
    .replace(/<[a-z/!][^<>]*>/gi, " ")
    .replace(/\[([^[\]]*)\]\(\s*\)/g, "$1");
  // `yingkou-2020-14` 的 `subpara_2`
  links.forEach((link, place) => {
    const next = links[place + 1];
    if (link.policy && !link.anchor && next && !next.policy) {
      link.anchor = next.anchor;
      links.splice(place + 1, 1);
    }
  });
  return {
    links: links.slice(0, MOST),
    words: nested.length && !links.length ? nested.join("\n") : words,
  };
}

/**
 * What one word says as an address, or null.
 * @param {string} word
 * @param {(id: string) => boolean} isPolicy
 * @returns {Link & { query?: string } | null}
 */
function address(word, isPolicy) {
  let plain = word.replace(/\\/g, "");
  try {
    plain = decodeURIComponent(plain);
  } catch {
    // no escaped address: as it stands
  }
  const query = CITE_PAGE.exec(plain);
  if (query) return { policy: null, anchor: null, query: query[1].replace(/\+/g, " ") };
  plain = plain.toLowerCase().replace(/[.:/]+$/, "").replace(/^[.:/]+(?=#)/, "");
  const page = PAGE.exec(plain);
  if (page) {
    if (/(?:^|\/)indicators\//.test(plain)) return null;
    return { policy: page[2], anchor: (page[3] || "").split(":~:")[0] || null };
  }
  const short = SHORT.exec(plain);
  if (short) return { policy: short[1], anchor: short[2] || null };
  const eid = EID_ONLY.exec(plain);
  if (eid) return { policy: null, anchor: eid[1] };
  const id = ID_ONLY.exec(plain);
  return id && isPolicy(id[1]) ? { policy: id[1], anchor: null } : null;
}
