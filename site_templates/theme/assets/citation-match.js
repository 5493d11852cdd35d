/*
 * Matches what citation.js has read with the data of the site: the policies that a name may mean, the clauses that a
 * path may mean, and the near misses with their reasons. Needs citation.js before it and adds to window.policyCitation.
 *
 * The data are those of site-data.js (generator/publishing/scripts/clauses.py), each prepared once.
 */
(function () {
  "use strict";

  const { CIRCLED, fold, bare, scan, joined, policyPart } = window.policyCitation;
  const ALIKE = 5; // policies with a similar name
  const LISTED = 50; // clauses of a range
  const NEAR = 6; // near misses of one policy


  // What a departure from the cited form costs. A path that costs less is the better reading.
  const COST = { omitted: 4, needless: 1, bracket: 2, unbracketed: 1, numeral: 0.5, circled: 1, label: 3 };

  // ---- Policies ----

  const SUFFIX = /(?:特别行政区|自治[区州县旗]|[省市县区州盟旗])$/;

  /** 营口市 → 营口; a name of two characters stays. */
  function stem(place) {
    const short = place.replace(SUFFIX, "");
    return short.length >= 2 ? short : place;
  }

  /** The index with every name folded once. */
  function prepareIndex(data) {
    const policies = data.policies.map((record) => {
      const place = record.place && bare(record.place);
      const title = bare(record.title);
      const names = [record.name, record.citation.replace(/（[^（）]*〔[^（）]*）$/, ""), ...record.names].map(bare);
      const owner = record.name.includes("《") && record.name.split("《")[0];
      const owners = [record.issuer, owner, record.place].filter(Boolean).map(bare);
      if (record.place === "全国") owners.push("国家", "中央");
      const number = record.number && policyPart(fold(record.number));
      const around = (record.places || []).filter((name) => name !== record.place).map(bare);
      return {
        record, title, names, owners, place: place && stem(place), around: around.map(stem),
        // A name may be cut short: what is left is looked for in these.
        texts: Array.from(new Set([...names, title, ...owners.map((one) => one + title)])),
        outer: Array.from(new Set([...names, place + title].map((name) => around.join("") + name))), // 辽宁营口方案
        number: number && number.number ? Object.assign({ prefix: number.key }, number.number) : null,
        years: [record.year, number && number.number && number.number.year].filter(Boolean),
      };
    });
    const byId = new Map();
    for (const policy of policies) for (const former of policy.record.former) byId.set(former, policy);
    for (const policy of policies) byId.set(policy.record.id, policy);
    return { policies, byId };
  }

  // Words that lead to a citation, also in the middle of a sentence: 我市参照营口方案…
  const LEADS = "根据|依据|按照|依照|遵照|参照|比照|对照|参考|参见|详见|另见|见于|请见|见|引自|摘自|出自|选自|来自|引用|援引|" +
    "落实|贯彻|执行|违反|符合";
  // And those that only stand before it, the marks of notes among them: [1], ①.
  const LEAD = new RegExp("^(?:" + LEADS + "|\\(?\\d{1,3}\\)?[.、]?(?!\\d)|[①-⑳]|适用|查找|查询|查看|查|关于|对于|例如|比如|如|即|" +
    "以及|及|和|与|同|在|由|对|据|依|照|按|从|我市|我省|本|该|此|这|上述|前述|所称|的|之)+");
  const LEAD_INSIDE = new RegExp("^.*(?:" + LEADS + ")");
  // And those that only stand behind it. None has another at its end, so that they come off one by one.
  const LAST_TRAIL = /(?:[的之中里内等]|规定|要求|明确|提出|所称|所述|文件|一文|原文|全文|有关|相关|条款|条文|内容)$/;

  /** A text without the words that only stand behind a citation: 第三条的有关规定 is 第三条. Linear in the text. */
  function untrailed(text) {
    for (let stop = text.length; ;) {
      const trail = LAST_TRAIL.exec(text.slice(Math.max(0, stop - 2), stop));
      if (!trail) return text.slice(0, stop);
      stop -= trail[0].length;
    }
  }

  /** The forms in which a name is looked for, the whole first, then without the words around it. */
  function forms(name, whole) {
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
   * The policies that a name means, the likeliest first: [{policy, cost, note}]. All its characters, in their order,
   * are in the name of such a policy; cost 0 and 1: it is the whole name or title. `whole`: no words around it.
   */
  function rank(index, name, whole = false) {
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

  const newest = (policy) => policy.record.year || 0;

  /** How well a policy bears a name: {cost, note}, or null. */
  function fitPolicy(policy, name) {
    let key = name.key;
    let cost = 0;
    let note = null;
    let agreed = false; // the 文号 of the text is the policy's
    if (name.number) {
      const theirs = policy.number;
      agreed = Boolean(theirs) && theirs.serial === name.number.serial &&
        (!name.number.year || !theirs.year || theirs.year === name.number.year) &&
        (!name.number.prefix || isWithin(name.number.prefix, theirs.prefix));
      if (agreed && theirs.prefix) key = key.replace(theirs.prefix, "");
      if (agreed && (!key || isWithin(key, theirs.prefix))) return { cost: 0, note: null };
      if (!agreed && name.title === null && (theirs || name.number.year)) return null;
      if (!agreed) {
        note = theirs ? "引文中的文号与收录的文本（" + policy.record.number + "）不同。" : "收录的文本未载明文号，文号未能核对。";
      }
    }
    if (key.length < 2) return null;
    if (name.title === null) {
      cost = fitText(policy, key);
    } else {
      cost = fitText(policy, name.title);
      const owner = cost === null ? 0 : fitOwner(policy, name.owner);
      if (owner < 0 && cost > 0 && !(policy.place && name.title.includes(policy.place))) return null;
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

  /** The place around the policy's own that a name has instead of it: 广东 for a policy of 广州; else null. */
  function widerPlace(policy, key) {
    if (!policy.place || key.includes(policy.place)) return null;
    const issues = (place) => policy.owners.some((owner) => stem(owner) === place);
    return policy.around.find((place) => key.includes(place) && !issues(place)) || null;
  }

  /** 0: a whole name; 1: the title; more: parts of a name, the fewer the better; null: not in any. */
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

  /** Whether the words before 《 name the policy's issuer or place (1), another one (-1), or neither (0). */
  function fitOwner(policy, text) {
    const owner = text.replace(LEAD, "");
    if (owner.length < 2) return 0;
    for (const known of policy.owners) {
      if (owner.includes(stem(known)) || (known.length > owner.length && isWithin(owner, known))) return 1;
    }
    return ORGANISATION.test(owner) ? -1 : 0;
  }

  /** Whether all characters of a key stand in a text, in their order. */
  function isWithin(key, text) {
    let at = 0;
    for (let place = 0; place < key.length; place++) {
      at = text.indexOf(key[place], at) + 1;
      if (!at) return false;
    }
    return true;
  }

  /** The fewest stretches of a text that a key within it can be put together from. */
  function blocks(key, text) {
    let row = new Array(text.length).fill(Infinity); // best for key[0..at], its last character at each place
    for (let at = 0; at < key.length; at++) {
      const next = new Array(text.length).fill(Infinity);
      let before = at ? Infinity : 0; // best that ended further left
      for (let place = 0; place < text.length; place++) {
        if (text[place] === key[at]) {
          const goesOn = at && place ? row[place - 1] : Infinity;
          next[place] = Math.min(goesOn, before + 1);
        }
        if (at) before = Math.min(before, row[place]);
      }
      row = next;
    }
    return Math.min(...row);
  }

  /** The policies whose names share most with a name that none bears: [{policy, share}]. */
  function similar(index, name) {
    const whole = name.title === null ? name.key.replace(LEAD, "") : name.owner.replace(LEAD, "") + name.title;
    const key = whole.slice(0, 60);
    if (key.length < 2) return [];
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

  /** The length of the longest common subsequence of two texts. */
  function common(key, text) {
    let row = new Uint8Array(text.length + 1);
    for (const one of key) {
      const next = new Uint8Array(text.length + 1);
      for (let place = 0; place < text.length; place++) {
        next[place + 1] = one === text[place] ? row[place] + 1 : Math.max(next[place], row[place + 1]);
      }
      row = next;
    }
    return row[text.length];
  }

  // ---- Clauses ----

  const LABELS = [
    ["bracket", /^\([^()]+\)$/],
    ["comma", /^[零〇○一二两三四五六七八九十百]+[、.]$/],
    ["dot", /^\d+(?:[.、]|\))$/],
    ["circled", new RegExp("^[" + CIRCLED + "]$")],
  ];
  const TABLE = /^(?:.*__)?table_(\d+)(?=__|$)/;
  const KIND_UNITS = {
    part: "编", chapter: "章", section: "部分", article: "条", paragraph: "项", subparagraph: "点", point: "小点",
    indent: "小点", item: "item", alinea: "段", attachment: "附件", cover: "印发通知",
    table: "表", group: "组", row: "行",
  };

  /** The clauses of a policy with what a path is compared with. */
  function prepareClauses(data) {
    const clauses = [];
    const rows = new Map(); // anchor of a table → how many of its rows there were
    const anchors = new Set(data.clauses.map((row) => row[0]));
    for (const [anchor, kind, label, number, parent, title, path, wording] of data.clauses) {
      const clause = { anchor, kind, label, number, title, path, wording, above: parent < 0 ? null : clauses[parent] };
      clause.steps = pathSteps(path);
      Object.assign(clause, ownStep(clause));
      clause.runs = !anchor.includes("__"); // its number runs on through the whole policy
      if (kind === "row") {
        const [table] = TABLE.exec(anchor) || [""];
        rows.set(table, (rows.get(table) || 0) + 1);
        clause.place = rows.get(table);
      }
      clauses.push(clause);
    }
    const lines = clauses.flatMap((clause) => chains(clause, anchors).map((chain) => ({ clause, chain })));
    return {
      clauses, lines,
      byAnchor: new Map(clauses.map((clause) => [clause.anchor, clause])),
      aliases: new Map(Object.entries(data.aliases)),
      moved: new Map(Object.entries(data.moved)),
      units: new Set(clauses.filter((clause) => clause.kind !== "row").map((clause) => clause.unit)),
    };
  }

  function pathSteps(path) {
    const text = fold(path);
    const tokens = scan(text);
    return tokens.length ? joined(tokens, 0, text).paths[0].steps : [];
  }

  /** What the last step of a citation of this clause is compared with. */
  function ownStep(clause) {
    const last = clause.steps[clause.steps.length - 1];
    const tail = clause.anchor.split("__").pop();
    const [, number, insertion] = /_(\d+)(?:-(\d+))?$/.exec(tail) || [null, "1", undefined];
    const label = fold(clause.label || "");
    const [style] = LABELS.find(([, form]) => form.test(label)) || [null];
    const item = clause.kind === "item";
    return {
      unit: item ? "item" : (last && last.unit) || KIND_UNITS[clause.kind],
      numbers: item && clause.number ? [Number(number), clause.number] : [Number(number)],
      insertion: insertion ? Number(insertion) : null,
      style, word: item ? label.replace(/[.、:]+$/, "") : null,
      printed: style === "circled" ? "circled" : style === "bracket" ? "bracket" : "plain",
      han: /^\(?[^\d(]/.test(label),
    };
  }

  /**
   * The ways from a clause up to the top: each link is what a step can name, with `cited`, whether a citation of the
   * clause names it. A 条 is its own first 款, and a clause with a second 段 its own first. A row may be called by its
   * place or by its number, whichever its citation has; the table it is of need not be a clause.
   */
  function chains(clause, anchors) {
    const named = clause.kind === "table" || clause.steps.some((step) => step.unit === "表");
    const cited = (one) => (one.kind === "table" ? named : (clause.anchor + "__").startsWith(one.anchor + "__"));
    const link = (one) => Object.assign({ cited: cited(one) }, one);
    const above = [];
    for (let one = clause; one; one = one.above) {
      above.push(link(one));
      if (one.above && one.above.kind === "article" && one.anchor.startsWith(one.above.anchor + "__para_1__")) {
        above.push(first("款", anchors.has(one.above.anchor + "__para_2")));
      }
    }
    const [, number] = TABLE.exec(clause.anchor) || [];
    if (number && !above.some((one) => one.kind === "table")) {
      const at = above.findIndex((one) => one.kind !== "row" && one.kind !== "group");
      above.splice(at < 0 ? above.length : at, 0, Object.assign(first("表", named), { numbers: [Number(number)] }));
    }
    if (clause.anchor.startsWith("cover__")) above.push(Object.assign(first("印发通知", true), { numbers: [1] }));
    const found = [above];
    if (clause.kind === "row") {
      const other = clause.unit === "行" ? { unit: "项", printed: "plain" } : { unit: "行", numbers: [clause.place] };
      found.push([Object.assign({}, above[0], other, { style: null, instead: 1 }), ...above.slice(1)]);
    }
    if (clause.kind === "article") found.push([first("款", true), ...above]);
    if (anchors.has(clause.anchor + "__al_2")) found.push([first("段", true), ...above]);
    return found;
  }

  function first(unit, cited) {
    return {
      unit, cited, numbers: [1], insertion: null, style: null, word: null, printed: "plain", han: true, runs: false,
      kind: null,
    };
  }

  // Where a policy has nothing called 条, 第三十五条 is what it numbers through, and so on: what stands in, at what cost.
  const MEASURES = ["条", "项", "点", "款", "目", "小点"];

  /** What it costs to take a link for what a step names; Infinity where it cannot be. `free`: of any number. */
  function fitStep(step, link, units, free) {
    if (!free) {
      if (step.number !== null && !link.numbers.includes(step.number)) return Infinity;
      if (step.insertion !== link.insertion) return Infinity;
    }
    if (step.word !== null) {
      if (link.unit !== "item") return Infinity;
      return step.word === link.word || (step.number === null && free) ? 0 : Infinity;
    }
    if (step.style) {
      if (step.style === link.style) return step.style === "bracket" && step.han !== link.han ? COST.numeral * 3 : 0;
      if (step.style === "number") return substitute("条", link) - 1;
      if (!link.style && link.unit !== "item") return Infinity;
      const form = (circled, bracket) => (circled ? "circled" : bracket ? "bracket" : "plain");
      return form(step.style === "circled", step.bracket) === link.printed ? COST.label / 2 : COST.label;
    }
    if (step.unit !== link.unit) return units.has(step.unit) ? Infinity : substitute(step.unit, link);
    if (!link.style) return link.instead || 0;
    let cost = step.han === link.han ? 0 : COST.numeral;
    if (link.printed === "circled") cost += COST.circled;
    else if (step.bracket !== (link.printed === "bracket")) cost += step.bracket ? COST.bracket : COST.unbracketed;
    return cost;
  }

  /** What it costs that a policy has no such unit and this link stands in for it. */
  function substitute(unit, link) {
    if (MEASURES.includes(unit)) {
      if (!link.numbers || ["章", "编", "段", "附件", "印发通知", "表", "组", "行"].includes(link.unit)) return Infinity;
      if (link.kind === "article") return 1;
      if (link.kind === "section") return 2.5;
      if (link.runs) return link.kind === "subparagraph" ? 1 : 1.5;
      return 3;
    }
    if (["编", "章", "部分"].includes(unit)) return ["编", "章", "部分"].includes(link.unit) ? 1 : Infinity;
    if (unit === "节") return link.kind === "section" ? 1 : link.kind === "paragraph" ? 2 : Infinity;
    return Infinity;
  }

  /** What it costs to read steps as this chain, its first link for the last step. */
  function fitChain(steps, chain, units, free) {
    const own = fitStep(steps[steps.length - 1], chain[0], units, free);
    return own === Infinity ? own : own + fitAbove(steps.length - 2, 1);

    function fitAbove(at, from) {
      if (at < 0) return COST.omitted * chain.slice(from).filter((link) => link.cited).length;
      let best = Infinity;
      let omitted = 0;
      for (let place = from; place < chain.length; place++) {
        const link = chain[place];
        const cost = fitStep(steps[at], link, units, false);
        if (cost < Infinity) {
          const needless = link.cited || ["编", "章", "节"].includes(link.unit) ? 0 : COST.needless;
          best = Math.min(best, omitted + cost + needless + fitAbove(at - 1, place + 1));
        }
        if (link.cited) omitted += COST.omitted;
      }
      return best;
    }
  }

  /** The clauses that steps can mean, the likeliest first: [{clause, link, cost}]; `link`: what the last step names. */
  function resolve(policy, steps, free = false) {
    const best = new Map();
    for (const { clause, chain } of policy.lines) {
      const cost = fitChain(steps, chain, policy.units, free);
      if (cost === Infinity || (best.has(clause) && best.get(clause).cost <= cost)) continue;
      best.set(clause, { clause, link: chain[0], cost });
    }
    return Array.from(best.values()).sort((a, b) => a.cost - b.cost);
  }

  /** What one path means in a policy: {state: ok, several or missing, clauses, others, cost}. */
  function follow(policy, path) {
    const found = resolve(policy, path.steps);
    if (!found.length) return { state: "missing", clauses: [], others: [], cost: Infinity };
    const [{ cost }] = found;
    const best = found.filter((one) => one.cost === cost).map((one) => one.clause);
    const limit = cost ? cost + 2 : 1;
    const others = found.filter((one) => one.cost > cost && one.cost <= limit).map((one) => one.clause);
    if (best.length > 1) return { state: "several", clauses: best, others, cost };
    if (!path.to) return { state: "ok", clauses: best, others, cost };
    const end = follow(policy, { steps: path.to, to: null });
    if (end.state !== "ok") return { state: "ok", clauses: best, others, cost, broken: path.to };
    const places = [best[0], end.clauses[0]].map((clause) => policy.clauses.indexOf(clause)).sort((a, b) => a - b);
    const level = (clause) => clause.kind + clause.anchor.split("__").length;
    const between = policy.clauses.slice(places[0], places[1] + 1).filter((clause) => level(clause) === level(best[0]));
    return { state: "ok", clauses: between.slice(0, LISTED), others, cost };
  }

  // ---- Near misses ----

  const wide = (text) => text.replace(/\(/g, "（").replace(/\)/g, "）");
  const called = (steps) => wide(steps.map((step) => step.text).join(""));

  /** What a policy has instead of a path that it has not: [{clause, reason}]. */
  function nearClauses(policy, steps) {
    const found = [];
    const add = (clause, reason) => {
      if (clause && !found.some((one) => one.clause === clause)) found.push({ clause, reason });
    };
    // The same steps under another heading: 第三章第五十条, where 第五十条 is in 第四章.
    const elsewhere = [];
    for (let from = 1; from < steps.length && !elsewhere.length; from++) {
      const [head, rest] = [steps.slice(0, from), steps.slice(from)];
      for (const { clause, cost } of resolve(policy, rest).slice(0, 3)) {
        if (cost < COST.omitted + 2) elsewhere.push([clause, called(rest) + where(clause) + "，不在" + called(head)]);
      }
      if (head.every((step) => ["编", "章", "节", "部分"].includes(step.unit))) {
        elsewhere.splice(0).forEach(([clause, reason]) => add(clause, reason));
      }
      if (found.length) break;
    }
    // The same number, called otherwise: 第五十项, where there is 第五十条.
    if (steps.length === 1 && steps[0].number !== null && steps[0].unit) {
      const other = Object.assign({}, steps[0], { unit: null, style: "number" });
      for (const { clause, cost } of resolve(policy, [other]).slice(0, 1)) {
        if (cost <= 2) add(clause, "没有" + called(steps) + "，有" + clause.path);
      }
    }
    // As far as the path goes, and what is counted there.
    let known = steps.length - 1;
    let top = null;
    while (known > 0 && !top) {
      const heads = resolve(policy, steps.slice(0, known));
      if (heads.length && (heads.length === 1 || heads[0].cost < heads[1].cost)) top = heads[0].clause;
      else known--;
    }
    const step = steps[known];
    for (const one of neighbours(policy, steps.slice(0, known), step, top)) add(one.clause, one.reason);
    if (top) add(top, top.path + "没有" + called([step]));
    elsewhere.forEach(([clause, reason]) => add(clause, reason));
    return found.slice(0, NEAR);
  }

  function where(clause) {
    for (let one = clause.above; one; one = one.above) {
      if (/[编章节条分件]$|^附件/.test(one.path)) return "在" + one.path;
    }
    return "另有一处";
  }

  /** The clauses of the same sort that stand by the number of a step: the last one, or those before and after. */
  function neighbours(policy, head, step, top) {
    const found = resolve(policy, head.concat(step), true);
    if (!found.length || step.number === null) return [];
    const order = (link) => link.numbers[0] + (link.insertion || 0) / 1000;
    const place = (one) => policy.clauses.indexOf(one.clause);
    const same = found.filter((one) => one.cost <= found[0].cost + 0.5);
    same.sort((a, b) => order(a.link) - order(b.link) || place(a) - place(b));
    const wanted = order({ numbers: [step.number], insertion: step.insertion });
    const before = same.filter((one) => order(one.link) < wanted).pop();
    const after = same.find((one) => order(one.link) > wanted);
    const entry = (word, { clause, link }) => ({
      clause,
      reason: (top ? top.path : "") + "没有" + called([step]) + "，" +
        word + measure(link) + "是" + clause.path + (link.kind === null ? "第一" + link.unit : ""),
    });
    if (!after) return before ? [entry("最后一", before)] : [];
    return (before ? [entry("前一", before)] : []).concat(entry("后一", after));
  }

  function measure(link) {
    if (link.unit === "item") return "个";
    return ["部分", "表", "组"].includes(link.unit) ? "个" + link.unit : link.unit;
  }

  /** What a policy has instead of an anchor that it has not: [{clause, reason}]. */
  function nearAnchors(policy, anchor) {
    const found = [];
    const add = (clause, reason) => {
      if (clause && !found.some((one) => one.clause === clause)) found.push({ clause, reason });
    };
    const heads = anchor.split("__");
    const last = heads[heads.length - 1];
    const missing = "没有锚点 " + anchor;
    for (const clause of policy.clauses) {
      if (clause.anchor === last || clause.anchor.endsWith("__" + last)) add(clause, missing + "，有 " + clause.anchor);
      if (found.length >= 3) break;
    }
    let known = heads.length - 1;
    const leads = (head) => policy.byAnchor.has(head) || policy.clauses.some((one) => one.anchor.startsWith(head + "__"));
    while (known > 0 && !leads(heads.slice(0, known).join("__"))) known--; // of a table without a head there are rows only
    const head = heads.slice(0, known).join("__");
    const [, name, number] = /^([a-z]+)_(\d+)/.exec(heads[known]) || [null, "", "0"];
    const prefix = (head ? head + "__" : "") + name + "_";
    const beside = (other) => other.startsWith(prefix) && !other.slice(prefix.length).includes("__");
    const same = policy.clauses.filter((clause) => beside(clause.anchor));
    const before = same.filter((clause) => clause.numbers[0] < Number(number)).pop();
    const after = same.find((clause) => clause.numbers[0] > Number(number));
    if (before) add(before, missing + (after ? "，前一个是 " : "，最后一个是 ") + before.anchor);
    if (after) add(after, missing + "，后一个是 " + after.anchor);
    if (head) add(policy.byAnchor.get(head), missing + "，上一级是 " + head);
    return found.slice(0, NEAR);
  }

  Object.assign(window.policyCitation, {
    untrailed, prepareIndex, prepareClauses, forms, rank, similar, common, isWithin, resolve, follow, nearClauses,
    nearAnchors, wide, called,
  });
})();
