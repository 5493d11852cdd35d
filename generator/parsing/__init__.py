"""Room 2: clean lines become policies with their clause trees, and every character is accounted for.

`contents` splits a compilation, `matter` finds front and back matter, `paragraphs` rejoins broken lines,
`labels` and `structure` make the clause tree, `eid` the anchors, `clauses` the model's clauses, `metadata` what
the text says of itself, `account` the sums. `policies` goes through them in that order, `moves` through what was published before. `doubts` then looks the result
over for what an editor should see.
"""

from generator.parsing.doubts import Words, find_doubts, load_words
from generator.parsing.moves import settle_moves
from generator.parsing.policies import ParsedSource, parse_source

__all__ = ["ParsedSource", "Words", "find_doubts", "load_words", "parse_source", "settle_moves"]
