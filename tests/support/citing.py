"""Finding the clause of a citation, as the page 按引文查找 does it, without the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Corpus
from generator.publishing.scripts.clauses import clause_scripts
from tests.support.javascript import evaluate

_CALL = re.compile(r'window\.policySite\.receive\(("[^"]+"), (.*)\);\n', re.DOTALL)
_MODULES = {
    "policies": "citation/policies.js",
    "clauses": "citation/clauses.js",
    "engine": "citation/find.js",
}
# As the page does: only the clauses that are asked for are there.
_FIND = """({ policies, clauses, engine }, data, texts) => {
  const index = policies.prepareIndex(data.index);
  const prepared = new Map();
  const clausesOf = (id) => {
    if (!prepared.has(id)) prepared.set(id, clauses.prepareClauses(data[id]));
    return prepared.get(id);
  };
  const plain = ({ policy, anchor, note, reason }) =>
    ({ address: policy.id + (anchor ? "#" + anchor : ""), note, reason });
  return texts.map((text) => {
    const loaded = new Map();
    const start = performance.now();
    let found = engine.find(index, text, loaded);
    while (found.need.length) {
      found.need.forEach((id) => loaded.set(id, clausesOf(id)));
      found = engine.find(index, text, loaded);
    }
    return {
      state: found.state, sure: found.sure, words: found.words || "", loads: loaded.size,
      hits: found.hits.map(plain), near: found.near.map(plain), taken: (performance.now() - start) / 1000,
    };
  });
}"""


@dataclass
class Engine:
    """What finds the clause of a citation, with the data of a site by name."""

    data: Mapping[str, Any]

    def find(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """The outcome of every text, with the seconds it took."""
        found = evaluate(_FIND, _MODULES, self.data, list(texts))
        assert isinstance(found, list)
        return found

    def wrong(self, wanted: Iterable[tuple[str, str]], *, sure: bool = True) -> list[str]:
        """The texts that do not lead to their address, and nowhere else. `sure`: and leave no doubt."""
        cases = list(wanted)
        outcomes = self.find([text for text, _ in cases])
        return [
            f"{text} → {one['state']} {addresses(one)} {one['words']}, not {address}"
            for (text, address), one in zip(cases, outcomes, strict=True)
            if one["state"] != "found" or addresses(one) != [address] or (sure and not one["sure"])
        ]


def addresses(outcome: Mapping[str, Any], which: str = "hits") -> list[str]:
    """Where an outcome leads."""
    return [one["address"] for one in outcome[which]]


def engine_with(corpus: Corpus) -> Engine:
    """The engine with the data of a corpus, as the generator writes them."""
    calls = (_CALL.fullmatch(text) for _, text in clause_scripts(corpus, ()))
    return Engine({json.loads(call[1]): json.loads(call[2]) for call in calls if call})
