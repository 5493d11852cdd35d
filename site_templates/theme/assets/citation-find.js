/*
 * Finds what a citation leads to, with everything else that it could mean. Needs citation.js and citation-match.js
 * before it and adds to window.policyCitation. Pure functions on values: `find` says which clauses it needs, and the
 * page that calls it loads them.
 *
 * A target, as `find` gives it: {policy, clause, anchor, note, reason}. `policy` is a record of the index; `clause`,
 * an entry of `prepareClauses`, and `anchor` are null where the policy as a whole is meant; `note` and `reason` are
 * words for the reader, the first about a hit, the second why a near miss is offered.
 */
(function () {
  "use strict";

  const {
    LONGEST, untrailed, bare, scan, masked, policyPart, titles, pieces, readings, addresses,
    forms, rank, similar, common, isWithin, follow, nearClauses, nearAnchors, wide, called,
  } = window.policyCitation;
  const CANDIDATES = 5; // policies whose clauses are asked for at a time
  const ALL = 50; // so many policies at most are searched for a path or an anchor without a name
  const LISTED = 50; // targets of each sort
  const PIECES = 20; // citations in one text
  const LOADED = 12; // policies looked into, after which no further citation of a text is

  /**
   * What a text leads to. `loaded`: the prepared clauses of policies, by id. Gives
   *   need    ids of the policies whose clauses must be loaded first; nothing else is final until it is empty
   *   state   empty (nothing was asked), found, several (nothing is chosen among them), near, nothing
   *   hits    the targets that the text names, in its order; for `several`, those it can mean
   *   near    other targets, each with its reason
   *   sure    whether there is no other reading to think of: one may go there without asking
   *   words   a sentence for the reader about the outcome, or null
   */
  function find(index, text, loaded) {
    const finder = {
      index, need: new Set(), asked: new Set(),
      clauses(policy) {
        finder.asked.add(policy);
        if (!loaded.has(policy.record.id)) finder.need.add(policy.record.id);
        return loaded.get(policy.record.id) || null;
      },
    };
    const cut = text.slice(0, LONGEST);
    const { links, words } = addresses(cut, (id) => index.byId.has(id));
    const asked = pieces(words);
    if (!links.length && !asked.length) return outcome("empty");
    const found = links.length ? fromLinks(finder, links, asked) : fromWords(finder, asked);
    const isHit = (one) => found.hits.some((hit) => isSame(hit, one));
    found.hits = unique(found.hits).slice(0, LISTED);
    found.near = unique(found.near).filter((one) => !isHit(one)).slice(0, LISTED);
    if (text.length > LONGEST) found.words = "文字太长，只读了前 " + LONGEST + " 个字。";
    return Object.assign(found, { need: Array.from(finder.need) });
  }

  function outcome(state, rest) {
    return Object.assign({ need: [], state, hits: [], near: [], sure: false, words: null }, rest);
  }

  function target(policy, clause, more) {
    const anchor = clause ? clause.anchor : null;
    return Object.assign({ policy: policy.record, clause, anchor, note: null, reason: null }, more);
  }

  const named = ({ record }) => (record.name.includes("《") ? record.name : "《" + record.name + "》");
  const isSame = (a, b) => a.policy === b.policy && a.anchor === b.anchor;

  function unique(targets) {
    return targets.filter((one, place) => targets.findIndex((other) => isSame(one, other)) === place);
  }

  // ---- By words ----

  /** What words lead to, in pieces of one citation each (`pieces`). */
  function fromWords(finder, asked) {
    const known = asked.length > 1 && titles(asked.join("")).length < 2 ? whole(finder, asked.join("")) : null;
    if (known) return known;
    const found = [];
    let policy = null; // that of the piece before, for a piece that is a path and nothing else
    for (const queue = asked.slice(); queue.length && found.length < PIECES && finder.asked.size <= LOADED;) {
      const one = fromPiece(finder, queue.shift(), policy);
      if (!one) continue;
      found.push(one);
      if (one.policy) policy = one.policy;
      if (one.rest) queue.unshift(one.rest);
    }
    if (found.length < 2) return found[0] || outcome("nothing", { words: NOTHING });
    // Several citations, or citations among other words: what leads to a clause counts first.
    const clear = found.filter((one) => one.state === "found");
    const cited = clear.filter((one) => one.path || one.title);
    if (!clear.length) {
      return found.find((one) => one.state === "several") || found.find((one) => one.near.length) || found[0];
    }
    const used = cited.length ? cited : clear.slice(0, 1);
    const missed = found.filter((one) => one.state !== "found" && one.policy && one.path);
    return outcome("found", {
      hits: used.filter((one) => one.path).concat(used.filter((one) => !one.path)).flatMap((one) => one.hits),
      near: used.concat(missed).flatMap((one) => (one.state === "several" ? one.hits.concat(one.near) : one.near)),
      sure: !missed.length && used.every((one) => one.sure),
    });
  }

  /** A citation that line breaks or 。 cut in pieces: the outcome of the whole, if it is one citation to its end. */
  function whole(finder, piece) {
    const one = fromPiece(finder, piece, null);
    return one && one.state === "found" && one.path && one.complete ? one : null;
  }

  const NOTHING = "看不出这是哪一份政策的引文。请写政策的名称或文号，再写第几条、第几项。要按原话查找，请用页首的搜索框。";

  /** What one piece of text leads to, or null where it says nothing of a policy or a path. */
  function fromPiece(finder, piece, inherited) {
    const { index } = finder;
    const ways = readings(piece);
    const candidates = [];
    for (const reading of ways) {
      if (!reading.policy) continue;
      const ranked = rank(index, reading.policy, reading.whole);
      if (ranked.length) candidates.push({ reading, ranked: group(ranked) });
    }
    if (candidates.length) return decide(finder, fewest(candidates), false);
    const alone = ways.find((reading) => !reading.policy && reading.paths.length);
    if (!alone || bare(untrailed(alone.rest))) return byLikeness(finder, ways);
    if (!inherited) return withoutName(finder, alone);
    return decide(finder, [{ reading: alone, ranked: [{ policy: inherited, cost: 0, note: null }] }], true);
  }

  /** The readings with the five likeliest policies of them all; the rest of each group goes to its `left`. */
  function fewest(candidates) {
    const all = candidates.flatMap(({ ranked }) => ranked).sort((a, b) => a.cost - b.cost);
    const kept = new Set(Array.from(new Set(all.map((one) => one.policy))).slice(0, CANDIDATES));
    const isKept = (one) => kept.has(one.policy);
    return candidates.filter(({ ranked }) => ranked.some(isKept)).map(({ reading, ranked }) => ({
      reading,
      ranked: Object.assign(ranked.filter(isKept), { left: ranked.filter((one) => !isKept(one)).concat(ranked.left) }),
    }));
  }

  /** The policies that a name means about equally well, five at most. */
  function group(ranked) {
    const limit = ranked[0].cost <= 1 ? ranked[0].cost : ranked[0].cost + 1;
    const fits = ranked.filter((one) => one.cost <= limit);
    return Object.assign(fits.slice(0, CANDIDATES), { left: fits.slice(CANDIDATES) });
  }

  /** Weighs the ways to read a piece by the policies and the clauses that they lead to. */
  function decide(finder, candidates, inherits) {
    const ways = [];
    for (const { reading, ranked } of candidates) {
      for (const { policy, cost, note } of ranked) {
        const way = { reading, ranked, policy, cost, note, state: "ok", targets: [], paths: [] };
        ways.push(way);
        if (!reading.paths.length) {
          way.targets = [target(policy, null, { note })];
          continue;
        }
        const clauses = finder.clauses(policy);
        if (!clauses) continue;
        way.clauses = clauses;
        way.paths = reading.paths.map((path) => follow(clauses, path));
        const [first] = way.paths;
        way.state = first.state;
        way.cost += first.cost + leftover(reading.rest);
        way.targets = way.paths.filter((one) => one.state === "ok")
          .flatMap((one) => one.clauses).map((clause) => target(policy, clause, { note }));
      }
    }
    if (finder.need.size) return outcome("nothing");
    const ok = ways.filter((way) => way.state === "ok");
    if (!ok.length) return unresolved(finder, ways);
    ok.sort((a, b) => a.cost - b.cost || a.reading.paths.length - b.reading.paths.length);
    const [best] = ok;
    const { paths, rest, policy: name } = best.reading;
    const facts = {
      policy: best.policy, path: paths.length > 0, title: Boolean(name) && name.title !== null,
      complete: !bare(untrailed(rest)), rest: more(finder, best),
    };
    const rivals = ok.filter((way) => way.policy !== best.policy && way.cost <= best.cost + 1);
    if (rivals.length) {
      const left = best.ranked.left || [];
      return outcome("several", Object.assign(facts, {
        hits: [best, ...rivals].flatMap((way) => way.targets),
        near: left.map(({ policy }) => target(policy, null, { reason: "名称也相符" })),
        words: "有 " + (rivals.length + 1 + left.length) + " 份政策的名称与引文相符，请选择。",
      }));
    }
    const near = otherwise(best, ways);
    const alone = best.ranked.length === 1 && !(best.ranked.left || []).length;
    return outcome("found", Object.assign(facts, {
      hits: best.targets, near, sure: !near.length && alone && !inherits && !best.note,
    }));
  }

  /** What else a piece can mean that has been read one way. */
  function otherwise(best, ways) {
    const near = [];
    const add = (policy, clauses, reason) => near.push(...clauses.map((clause) => target(policy, clause, { reason })));
    best.reading.paths.forEach((path, place) => {
      const { state, clauses, others, broken } = best.paths[place];
      for (const clause of others) add(best.policy, [clause], "也可能指" + clause.path);
      if (state === "several") add(best.policy, clauses, called(path.steps) + "有几处");
      if (state === "missing" || broken) near.push(...nearTargets(best.policy, best.clauses, broken || path.steps));
    });
    for (const way of ways) {
      if (way === best) continue;
      if (way.state === "ok" && way.cost <= best.cost + 4) {
        add(way.policy, way.targets.map((one) => one.clause), "也可能是这一" + (way.paths.length ? "条" : "份政策"));
      } else if (way.state !== "ok" && way.reading === best.reading) {
        near.push(...nearTargets(way.policy, way.clauses, way.reading.paths[0].steps).slice(0, 1));
      }
    }
    return near;
  }

  /** What it counts against a reading that words follow its path: much where these go on to name a path themselves. */
  function leftover(rest) {
    const words = bare(rest.replace(/^(?:的|之)?(?:规定|要求)?/, ""));
    if (!words || /^[,。;:、)"和与及]/.test(rest)) return 0;
    return scan(masked(rest), 1).length ? 6 : 1;
  }

  /** A further citation of another policy after the path: 营口方案第35项、贵州条例第五十条. */
  function more(finder, best) {
    const rest = best.reading.rest.replace(/^(?:的|规定|、|,|和|与|及|以及|并)+/, "");
    if (rest.length === best.reading.rest.length || !best.reading.paths.length) return "";
    const [next] = readings(rest);
    if (!next || !next.policy || !next.paths.length) return "";
    return rank(finder.index, next.policy).some((one) => one.cost <= 5) ? rest : "";
  }

  /** The outcome where a name is known but its path leads to no clause, or to several. */
  function unresolved(finder, ways) {
    const several = (way) => Number(way.state === "several");
    ways.sort((a, b) => several(b) - several(a) || a.cost - b.cost || a.ranked[0].cost - b.ranked[0].cost);
    const [best] = ways;
    const [path] = best.reading.paths;
    const text = called(path.steps);
    const facts = { policy: best.policy, path: true, title: true, complete: true, rest: "" };
    const same = ways.filter((way) => way.reading === best.reading);
    if (best.state === "several") {
      const reason = "引文没有写明在哪一部分、哪一款";
      const hits = same.filter(several)
        .flatMap((way) => way.paths[0].clauses.map((clause) => target(way.policy, clause, { reason })));
      return outcome("several", Object.assign(facts, { hits, words: text + "有 " + hits.length + " 处，请选择。" }));
    }
    const each = same.length > 1 ? 2 : 6;
    const near = same.flatMap((way) => nearTargets(way.policy, way.clauses, path.steps).slice(0, each));
    const others = best.reading.policy ? similar(finder.index, best.reading.policy) : [];
    for (const { policy } of others.slice(0, CANDIDATES - same.length)) {
      const clauses = same.some((way) => way.policy === policy) ? null : finder.clauses(policy);
      const found = clauses && follow(clauses, path);
      if (found && found.state === "ok") near.push(target(policy, found.clauses[0], { reason: "名称相近的政策有" + text }));
    }
    for (const way of same) near.push(target(way.policy, null));
    const who = same.length > 1 ? "名称相符的政策都" : named(best.policy);
    return outcome("near", Object.assign(facts, { near, words: who + "没有" + text + "。" }));
  }

  function nearTargets(policy, clauses, steps) {
    return clauses ? nearClauses(clauses, steps).map(({ clause, reason }) => target(policy, clause, { reason })) : [];
  }

  /** The policies with names like the one that no policy bears, and the path in them. */
  function byLikeness(finder, ways) {
    let best = null;
    for (const reading of [ways[0], ways[ways.length - 1]]) {
      if (!reading || !reading.policy) continue;
      for (const form of forms(reading.policy).slice(0, 4)) {
        const alike = similar(finder.index, form);
        if (alike.length && (!best || alike[0].share > best.alike[0].share)) best = { reading, alike, form };
      }
    }
    // Words that are no citation at all (开办企业) are like some name, too.
    const plain = best && best.form.title === null && !best.form.number && !best.reading.paths.length;
    if (!best || (plain && best.alike[0].share < 0.7)) {
      const cites = ways.some(({ paths, policy }) => paths.length || (policy && policy.title));
      return cites ? outcome("nothing", { words: NOTHING }) : null;
    }
    const [path] = best.reading.paths;
    const near = [];
    for (const { policy } of best.alike) {
      const clauses = path && finder.clauses(policy);
      const found = clauses && follow(clauses, path);
      const clause = found && found.state === "ok" ? found.clauses[0] : null;
      const missing = path && clauses && !clause ? "，没有" + called(path.steps) : "";
      near.push(target(policy, clause, { reason: unlike(policy, best.form) + missing }));
    }
    const name = best.form.title === null ? best.form.text : best.form.text.replace(/^.*[,。;:]/, "");
    return outcome("near", { near, words: "没有收录“" + wide(name.slice(0, 40)) + "”。", path: Boolean(path) });
  }

  /** Why a policy is only like the name. */
  function unlike(policy, name) {
    if (policy.number && name.number && isWithin(name.key, policy.number.prefix)) return "文号是" + policy.record.number;
    const bears = rank({ policies: [policy] }, Object.assign({}, name, { years: [], number: null })).length;
    if (bears && name.years.length && policy.years.length) return "名称相符，年份是" + policy.years[0] + "年";
    return bears && policy.number ? "名称相符，文号是" + policy.record.number : "名称相近";
  }

  /** A path without a name: every policy that has it, where there are few enough to look at. */
  function withoutName(finder, reading) {
    const { policies } = finder.index;
    const text = called(reading.paths[0].steps);
    if (policies.length > ALL) return outcome("nothing", { words: "请在“" + text + "”前面写上政策的名称或文号。" });
    const found = [];
    for (const policy of policies) {
      const clauses = finder.clauses(policy);
      const one = clauses && follow(clauses, reading.paths[0]);
      if (one && one.state === "ok") found.push({ cost: one.cost, hit: target(policy, one.clauses[0]) });
    }
    return amongAll(found, text);
  }

  function amongAll(found, text) {
    if (!found.length) return outcome("nothing", { words: "没有一份政策有“" + text + "”。" });
    const hits = found.sort((a, b) => a.cost - b.cost).slice(0, LISTED).map((one) => one.hit);
    if (hits.length === 1) return outcome("found", { hits });
    return outcome("several", { hits, words: found.length + " 份政策有“" + text + "”，请选择，或者在前面写上政策的名称。" });
  }

  // ---- By addresses ----

  function fromLinks(finder, links, asked) {
    const { index } = finder;
    const found = [];
    for (const { policy: id, anchor } of links) {
      const policy = id === null ? null : index.byId.get(id);
      const former = policy && policy.record.id !== id ? "旧编号 " + id + " 现在是 " + policy.record.id + "。" : null;
      if (policy && anchor) found.push(atAnchor(finder, policy, anchor, former));
      else if (policy) found.push(atPolicy(finder, policy, asked, former));
      else if (id === null) found.push(anchorAlone(finder, anchor, asked));
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

  /** The outcome of addresses, with what the words beside them cite where that is another clause. */
  function disputed(finder, result, asked) {
    const cites = (piece) => readings(piece)
      .some(({ policy, paths }) => policy && paths.length && rank(finder.index, policy).length);
    const first = result.hits[0].clause && asked.find(cites);
    const words = first ? fromPiece(finder, first, null) : null;
    if (!words || words.state !== "found" || !words.hits[0].clause || !result.hits[0].clause) return result;
    if (words.hits.some((one) => result.hits.some((hit) => isSame(hit, one)))) return result;
    const other = Object.assign(words.hits[0], { reason: "文字写的是这一条，与链接不同" });
    return Object.assign(result, { near: [other].concat(result.near), sure: false });
  }

  /** A policy by its id alone; the words beside it may name the clause: yingkou-2020-14 第35项. */
  function atPolicy(finder, policy, asked, note) {
    for (const piece of asked) {
      const one = fromPiece(finder, piece, policy);
      if (!one || finder.need.size) continue;
      if (!one.path || one.policy !== policy) continue;
      return Object.assign(one, { sure: one.state === "found" && !one.near.length });
    }
    return outcome("found", { hits: [target(policy, null, { note })], sure: true });
  }

  function atAnchor(finder, policy, anchor, note) {
    const clauses = finder.clauses(policy);
    if (!clauses) return outcome("nothing");
    const one = clauses.byAnchor.get(anchor) || clauses.byAnchor.get(clauses.aliases.get(anchor));
    if (one) {
      const old = clauses.moved.has(anchor) ? "旧锚点 " + anchor + " 的内容现在在这里。" : null;
      const told = [note, old].filter(Boolean).join("") || null;
      return outcome("found", { hits: [target(policy, one, { note: told })], sure: true });
    }
    if (clauses.moved.has(anchor)) return afterMove(finder, policy, anchor, clauses.moved.get(anchor));
    const near = nearAnchors(clauses, anchor).map(({ clause, reason }) => target(policy, clause, { reason }));
    near.push(target(policy, null));
    return outcome("near", { near, words: named(policy) + "没有锚点 " + anchor + "。" });
  }

  function afterMove(finder, policy, anchor, to) {
    if (to === null) {
      const near = [target(policy, null)];
      return outcome("near", { near, words: "锚点 " + anchor + " 的条文已经删除。" });
    }
    const [id, now] = to.split("#");
    const other = finder.index.byId.get(id);
    if (!other) return outcome("nothing", { words: "锚点 " + anchor + " 已移到 " + to + "，但没有收录那份政策。" });
    const note = "旧锚点 " + policy.record.id + "#" + anchor + " 的内容现在在这里。";
    if (now) return atAnchor(finder, other, now, note);
    return outcome("found", { hits: [target(other, null, { note })], sure: true });
  }

  /** An anchor without a policy: in the policy that the words beside it name, or in every one that has it. */
  function anchorAlone(finder, anchor, asked) {
    const { policies } = finder.index;
    const ranked = asked.length ? rank(finder.index, policyPart(asked[0])) : [];
    const meant = ranked.length ? group(ranked).map((one) => one.policy) : [];
    if (meant.length === 1) return atAnchor(finder, meant[0], anchor, null);
    if (!meant.length && policies.length > ALL) {
      const example = policies[0].record.id + "#" + anchor;
      return outcome("nothing", { words: "请在锚点 " + anchor + " 前面写上政策的名称或编号，例如 " + example + "。" });
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

  function unknownId(finder, id, anchor) {
    const likeness = (other) => common(id, other) / Math.max(id.length, other.length);
    const alike = finder.index.policies.map((policy) => ({ policy, share: likeness(policy.record.id) }))
      .filter((one) => one.share >= 0.6).sort((a, b) => b.share - a.share);
    const near = alike.slice(0, CANDIDATES).map(({ policy }) => {
      const clauses = anchor && finder.clauses(policy);
      const clause = clauses && (clauses.byAnchor.get(anchor) || clauses.byAnchor.get(clauses.aliases.get(anchor)));
      return target(policy, clause || null, { reason: "编号相近" });
    });
    return outcome(near.length ? "near" : "nothing", { near, words: "没有编号是 " + id + " 的政策。" });
  }

  Object.assign(window.policyCitation, { find });
})();
