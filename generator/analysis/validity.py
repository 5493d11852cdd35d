"""What the policies of a corpus say of each other's lives (CONTRACT.md, Versions): which repeals which, which share a title.

A layer over the whole corpus, after its references are found. It states what is printed, with the clause that says
so, and decides nothing: that a policy is repealed an editor declares (`repealed` in its sidecar), and then nothing
here is open any more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.analysis.references.library import names_its_place, title_key
from generator.analysis.references.mentions import squeeze
from generator.analysis.versions import is_draft, version_day
from generator.files.dates import is_iso_date
from generator.model import Analysis, Clause, Doubt, DoubtKind, Policy, Reference
from generator.parsing.dates import iso_date
from generator.vocabulary.places import PlaceNames

# 自2021年1月1日起废止, after the document
_SINCE = re.compile(r"[^，。；;《》]{0,70}自([^，。；;《》]{4,30})起[^，。；;《》]{0,8}废止")
CORPUS_DOUBTS = (DoubtKind.REPEALED_ELSEWHERE, DoubtKind.SAME_TITLE)
"""The kinds of doubt that `find_corpus_doubts` finds: they hold for these policies together, and not for fewer."""

_REACH = 120  # characters after a document that are looked at for the day of its repeal


@dataclass(frozen=True)
class SaidRepealed:
    """That a clause of one policy says another is repealed."""

    policy: Policy  # which is repealed
    by: Policy
    clause: Clause  # of `by`
    reference: Reference  # in `clause`
    date: str | None  # ISO date from which, where the clause or the policy it stands in prints one

    @property
    def place(self) -> str:
        """The clause as it is named in Chinese, by the labels its anchor is made of: 《安徽省政务服务办法》第二条（一）."""
        clauses = self.by.by_anchor
        labels = [self.clause.label or ""]
        above, anchor = self.clause.parent, self.clause.anchor
        while above and above in clauses and anchor.is_below(above):
            labels.append(clauses[above].label or "")
            above = clauses[above].parent
        return f"《{self.by.title}》{''.join(''.join(reversed(labels)).split())}"


def said_repealed(
    policies: Sequence[Policy], analyses: Mapping[tuple[str, str], Analysis]
) -> dict[str, tuple[SaidRepealed, ...]]:
    """By policy id: the clauses of other policies that say the policy is repealed, in the order of the corpus.

    What a draft says counts for nothing; neither does what a policy says of itself or of a single clause.
    """
    by_id = {policy.id: policy for policy in policies}
    found: defaultdict[str, list[SaidRepealed]] = defaultdict(list)
    for policy in policies:
        if is_draft(policy):
            continue
        for clause in policy.clauses:
            for reference in analyses.get((policy.id, clause.anchor), Analysis()).references:
                target = reference.targets[0] if reference.targets else None
                if reference.effect != "repeals" or target is None or target.anchor is not None:
                    continue
                if target.policy in by_id and target.policy != policy.id:
                    since = _since(clause, reference, policy)
                    said = SaidRepealed(by_id[target.policy], policy, clause, reference, since)
                    found[target.policy].append(said)
    return {id_: tuple(said) for id_, said in found.items()}


def find_corpus_doubts(
    policies: Sequence[Policy], analyses: Mapping[tuple[str, str], Analysis], places: PlaceNames
) -> list[Doubt]:
    """What an editor should look at in the corpus as a whole, in the order of its policies.

    A policy that another repeals and no sidecar declares repealed, and policies of one title and place: each such
    group once, at its last policy. A sidecar that declares all but one of them repealed has settled it.
    """
    said = said_repealed(policies, analyses)
    order: dict[str | None, int] = {policy.id: place for place, policy in enumerate(policies)}
    doubts = [_repealed(said[policy.id]) for policy in policies if policy.id in said and not policy.repealed]
    doubts += [_same_title(group) for group in _same_titles(policies, places)]
    return sorted(doubts, key=lambda doubt: order[doubt.policy])


def _since(clause: Clause, reference: Reference, policy: Policy) -> str | None:
    """From when: the day the clause names after the document, else that from which its policy is in force."""
    after = squeeze(clause.wording[reference.stop : reference.stop + _REACH]).value
    named = _SINCE.match(after)
    day = iso_date(named[1]) if named else None
    if day is None and policy.effective and is_iso_date(policy.effective):
        day = policy.effective
    return day


def _repealed(said: Sequence[SaidRepealed]) -> Doubt:
    """The doubt about a policy that others say is repealed, by the first that says so."""
    first = said[0]
    since = f"（{first.date} 起）" if first.date else ""
    where = f"{first.clause.place.file} 第 {first.clause.place.first_line} 行"
    return _doubt(
        first.policy,
        DoubtKind.REPEALED_ELSEWHERE,
        f"{first.place}称其废止{since}，见 {where}；说明文件没有写明。确已废止的，请写 repealed: {{by: {first.by.id}}}。",
    )


def _same_titles(policies: Sequence[Policy], places: PlaceNames) -> Iterator[Sequence[Policy]]:
    """The groups of policies that may be versions of one work, those declared repealed left out."""
    titled: defaultdict[str, list[Policy]] = defaultdict(list)
    for policy in policies:
        if policy.repealed is None:
            titled[title_key(policy.title)].append(policy)
    for group in titled.values():
        owners = {policy.issuer or policy.jurisdiction.name for policy in group}
        told_apart = (
            None not in owners and len(owners) == len(group) and not names_its_place(group[0].title, places)
        )
        if len(group) > 1 and not told_apart:
            yield group


def _same_title(group: Sequence[Policy]) -> Doubt:
    """The doubt about policies of one title, each told with the day of its text."""
    *others, last = group
    named = "、".join(f"{one.id}（{one.source.path}，{_dated(one)}）" for one in others)
    return _doubt(
        last,
        DoubtKind.SAME_TITLE,
        f"与 {named} 同名，本篇{_dated(last)}。是同一法规的几个文本，还是重复收录？"
        "旧文本已失效的，请在其说明文件里写 repealed。",
    )


def _dated(policy: Policy) -> str:
    day = version_day(policy)
    return f"文本日期 {day}" if day else "未载明日期"


def _doubt(policy: Policy, kind: DoubtKind, explanation: str) -> Doubt:
    """A doubt about a policy as a whole, at the line its title is read from."""
    place = policy.read_from.get("title", policy.place)
    line = place.first_line if place.file == policy.source.path else policy.place.first_line
    return Doubt(policy.id, None, kind, policy.source.path, line, policy.title, explanation)
