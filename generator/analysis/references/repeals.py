"""Which of the documents that a clause names it repeals: 《…办法》同时废止; 决定废止《…》、《…》.

Works on text without white space. Only what the words leave no doubt about counts: 《…》第五条同时废止, 废止《…》的决定
and 《…》废止前 repeal no document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.analysis.references.mentions import Mention

LEADING = 40
"""Characters of the clause above that are looked at for 下列文件同时废止："""

# （2019年某市人民政府令第3号）、 和    — what may stand between the documents of a list, and after the last
_REMARK = r"(?:[（(〔][^（()）〔〕]{0,60}[）)〕])?"
_JOINT = re.compile(rf"{_REMARK}(?:[、，,和与及]|以及){{0,2}}")
# 同时废止   自2021年1月1日起予以废止   即行废止
_REPEALED = re.compile(
    rf"{_REMARK}(?:[，,]?自[^，。；;、《》]{{2,30}}起)?[，,]?(?:均|也|一并|同时|相应|自行|即行|予以|随之|即){{0,3}}废止"
    r"(?=$|[，,。；;：:）)、])"
)
# 决定废止《…》   同时废止：   — before the first of a list
_REPEALS = re.compile(
    r"(?:^|[，,。；;：:、）)]|决定|同时|予以|现|即日起|起)废止(?:下列|以下)?[^，,。；;：:《》]{0,12}[：:]?$"
)
_NOT_WHOLE = re.compile("[的中]")  # 废止《…》的决定, 《…》中的…
# 下列文件同时废止：   予以废止的文件：   — in the clause above
_LIST_FOLLOWS = re.compile(
    r"废止(?:的)?[^，,。；;：:《》]{0,12}[：:]$|废止(?:下列|以下)[^，,。；;：:《》]{0,16}[：:]$"
)


def repealed_mentions(text: str, mentions: Sequence[Mention], above: str = "") -> frozenset[int]:
    """The numbers of those of a text's mentions (in order) whose document it repeals. Linear in its length.

    `above` is the end of what the clause above says: where that leads up to a list of documents (下列文件同时废止：),
    the first document of the text is repealed.
    """
    found: set[int] = set()
    listed = bool(_LIST_FOLLOWS.search(above))
    if not mentions or not (listed or "废止" in text):
        return frozenset()
    if listed and not text[: mentions[0].start].strip("0123456789.．、（）()一二三四五六七八九十"):
        found.add(0)
    runs: list[list[int]] = []
    for number, mention in enumerate(mentions):
        joined = number and _JOINT.fullmatch(text, mentions[number - 1].clause_at, mention.start)
        if joined:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        first, last = mentions[run[0]], mentions[run[-1]]
        after = _REPEALED.match(text, last.stop) or _REPEALED.match(text, last.clause_at)
        before = _REPEALS.search(text, max(0, first.start - LEADING), first.start)
        if after or (before and not _NOT_WHOLE.match(text, last.clause_at)):
            found.update(run)
    return frozenset(found)
