"""Room 2: clean lines become policies with their clause trees, and every character is accounted for.

`contents` splits a compilation, `labels` gives every line its label, `layout` tells wrapped pages from a paragraph a
line, `tables` finds the rows, `matter` the front and back matter and the attachments, `paragraphs` rejoins what a page
broke, `structure` makes the clause tree, `eid` the anchors, `clauses` the model's clauses, `metadata` what the text
says of itself, `account` the sums. `policies` goes through them in that order, `moves` through what was published
before. What was decided on thin evidence is a `questions.Question`, told to the editor by generator.checking.doubts.
"""

from generator.parsing.moves import settle_moves
from generator.parsing.policies import ParsedSource, parse_source

__all__ = ["ParsedSource", "parse_source", "settle_moves"]
