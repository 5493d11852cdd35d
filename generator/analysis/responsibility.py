"""Who answers for a clause (责任分工), and by when, as notes in its wording say.

A note stands in brackets or on lines of its own at the end of a clause, and is written in one of two ways:

- with fields: （牵头单位：省政务办；责任单位：…；完成时限：…）, 牵头部门:市审批局责任部门:市公安局完成时限:2020年6月底
- with words after the offices: （财政部、税务总局按职责分工负责）, （市发改委牵头，市财政局配合，2021年底前完成）;
  without such a word the offices are responsible: （市财政局、市税务局，2021年底前完成）

Other fields may stand among them (适用范围：…, 联系电话：…): they are no offices and are left out. A remark on the
offices of all notes (列第一位者为牵头单位，下同) is none either: `Note.first_leads` tells it.

In a table the head names the fields: the cell below 责任单位 or 完成时限 is a note of its row.

Both mix: ［责任单位：市市场监管局牵头，各市（区）政府、市税务局按职责分工负责］. This is the one place that knows what
such a note is: the other layers leave out the stretches that `find_notes` tells. The words come from `units`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.analysis.due import Calendar, find_dues, read_due
from generator.analysis.tables import Cell, Tables
from generator.model import Clause, Due, Kind, Responsibility, Unit
from generator.vocabulary.units import ROLES, Units

_OPEN, _CLOSE = "（([［【〔", "）)]］】〕"
_COLON = r"\s*[:：]\s*"
_COMMA = "，,；;"
_PHRASE_END = "，,；;。"
_STOP = "。\n"
LONGEST_UNIT = 60  # characters; what is longer is a sentence
_SHORT_NAME = 12  # characters of a name: a sentence is longer
LONGEST_ROLE = 30  # of 按照各自职责分工分别组织负责
_ENDS = ("", *"。\n；;）)]］】」”")  # what a note outside brackets stands after; nothing, at the beginning
_GOES_ON = ("、", "，", ",")  # at the end of a line: the list runs on
_RANK = "省级|市级|区级|县级|第一|主要|其他|总"  # before the name of a field: 市级牵头单位
_SPACE = re.compile(r"\s+")
_JOINT = re.compile("以及|会同|和|与|及")  # between two offices

# 按职责分工负责, 共同牵头, 分别负责: what may stand between the offices and the word of their role.
_MANNER = (
    r"(?:按照?|根据|依据?|依照)(?:各自)?(?:的)?(?:职责|职能|分工)(?:和|及)?(?:分工)?(?:范围)?|"
    r"共同|联合|分别|各自|具体|组织|统筹|总体?|总牵头|抓好"
)
# 责任单位/部门, 牵头单位及责任人, 完成时限要求   — the name of a column, after the name of its field
_COLUMN_TAIL = re.compile(r"(?:[/／、或](?:单位|部门|机构|时间|时限)|[及和与、]责任人|名称|要求)$")
# 3个工作日, 即时办结   — in a column of times: how long it takes, not by when
_TIME_IT_TAKES = re.compile(
    r"(?:\d|[一二两三四五六七八九十半])\s*+(?:个\s*+)?(?:工作日|自然日|日(?!前)|天|小时|分钟|个?月(?!底|末|前)|周)"
    "|[即当]时|当场|当日|当天|立即|^\\d+(?:\\.\\d+)?$"
)
_PERIOD_COLUMN = re.compile("办理|办结|承诺|法定|审批|审核|受理|服务|办事")
_ANY_TIME = ("时限", "时限要求", "时间要求")
# 适用范围：, 联系电话：   — the name of a field that the taxonomy does not know, and its colon
_OTHER_FIELD = re.compile(rf"(?:^|(?<=[{_COMMA}。\n]))\s*(?P<name>[\u4e00-\u9fff]{{2,10}}){_COLON}")
# 市直单位：, 县区：   — before the offices of one level, within a field
_OF_LEVEL = re.compile(rf"^[\u4e00-\u9fff]{{2,10}}{_COLON}")
# 列第一位者为牵头单位, 排在第一位的部门为牵头部门, 第一责任单位为牵头单位
_FIRST_LEADS = re.compile("(?:第一|首)[^，,。；;、]{0,8}(?:为|是|系)(?:总?牵头|主办|主责)")
_FROM_HERE = re.compile("下同|以下均?同|以下各[条项]")
# 下同; 以下除标注的措施外; 各条均需各市州落实; 不再列出; 列第一位者为牵头单位: of the notes, no office
_REMARK = re.compile(
    "^(?:以?下同|(?:以下|下列|上述|其余|各[条项款])[^、]{0,30}(?:均|皆|外|同)|除[^、]{1,30}外$)"
    "|不再(?:一一|逐一|重复)?列|[为是系](?:总?牵头|主办|主责|责任|配合|第一)[^、]{0,6}$"
)
# 2021年底前完成, 持续推进: a due date among the offices.
_DONE = r"(?:完成|出台|落实|到位|实施|启动|见效|取得.{0,6})?"


@dataclass(frozen=True)
class Note:
    """One note: where it stands in the wording (brackets included), and what it says.

    `first_leads` is whether it says that the first office of a list leads; `from_here`, that this holds for the
    notes after it too (下同).
    """

    start: int
    stop: int
    responsibility: Responsibility
    due: Due | None
    first_leads: bool = False
    from_here: bool = False


@dataclass
class _Gathered:
    """The offices of each role and the due date, as they are found; the same office counts once."""

    units: dict[str, list[Unit]] = field(default_factory=lambda: {role: [] for role in ROLES})
    due: Due | None = None

    def add(self, role: str, units: Iterable[Unit]) -> None:
        for unit in units:
            if unit not in self.units[role]:
                self.units[role].append(unit)

    def responsibility(self) -> Responsibility:
        return Responsibility(**{role: tuple(units) for role, units in self.units.items()})

    def __bool__(self) -> bool:
        return any(self.units.values()) or self.due is not None


@dataclass(frozen=True)
class NoteReader:
    """Finds and reads notes, by the words of `units`. Make one and use it for many clauses."""

    units: Units

    def find_notes(self, wording: str, calendar: Calendar | None = None) -> list[Note]:
        """The notes of a wording, in order; they do not overlap. Linear in its length.

        `calendar` is what the policy prints of its own time, for due dates without a year. A bracket without
        offices, a due date or a remark on the offices is no note.
        """
        notes: list[Note] = []
        for start, stop in _brackets(wording):
            last = _before(wording, start) == "。" and wording[stop:].lstrip(" \t\r\u3000")[:1] in ("", "\n")
            gathered = self._bracketed(wording[start + 1 : stop - 1], calendar or Calendar(), closing=last)
            note = _note(wording, start, stop, gathered)
            if gathered or note.first_leads:
                notes.append(note)
        for start, stop in self._open_notes(wording, notes):
            gathered = _Gathered()
            self._fields(wording[start:stop], gathered, calendar or Calendar())
            notes.append(_note(wording, start, stop, gathered))
        return sorted(notes, key=lambda note: note.start)

    def notes_of(self, clause: Clause, tables: Tables, calendar: Calendar | None = None) -> list[Note]:
        """The notes of a clause, in order: of a row, cell by cell, those that its columns make of cells among them.

        `tables` are those of the clause's policy. The head of a table has none.
        """
        if clause.kind is Kind.TABLE:
            return []
        notes: list[Note] = []
        for cell in tables.cells(clause):
            role = self.column_role(cell)
            if role is not None and not cell.says_nothing:
                notes += self._column_note(cell, role, calendar or Calendar())
            else:
                notes += (
                    replace(note, start=cell.start + note.start, stop=cell.start + note.stop)
                    for note in self.find_notes(cell.text, calendar)
                )
        return notes

    def column_role(self, cell: Cell) -> str | None:
        """What the head of its column makes of a cell: lead, responsible, supporting, due or other; None for nothing."""
        name = cell.column_name
        for spelled in (name, _COLUMN_TAIL.sub("", name)):
            match = self._field.fullmatch(f"{spelled}：") if spelled else None
            if match:
                return self._role_of[match["name"]]
        return None

    def _column_note(self, cell: Cell, role: str, calendar: Calendar) -> Iterator[Note]:
        """The note that a cell below the name of a field is; none for a time that something takes (3个工作日)."""
        text = cell.text.strip()
        gathered = _Gathered()
        if role == "due":
            takes = _TIME_IT_TAKES.search(text) and not any(find_dues(text))
            if takes and (_PERIOD_COLUMN.match(cell.column_name) or cell.column_name in _ANY_TIME):
                return
            gathered.due = read_due(text, calendar)
        elif role in ROLES and self._named(text):
            self._fields(text, gathered, calendar)
        elif role in ROLES:
            self._phrases(self._in_one_line(text), role, gathered, calendar)
        yield Note(cell.start, cell.stop, gathered.responsibility(), gathered.due)

    def _in_one_line(self, text: str) -> str:
        """A list of offices on several lines, or with spaces between them, as one with 、 between them."""
        for separator in ("\n", "\u3000", " "):
            pieces = [piece.strip() for piece in text.split(separator) if piece.strip()]
            if separator == "\n" or all(map(self._is_office, pieces)):
                ended = [piece if piece.endswith(("、", *_COMMA)) else f"{piece}、" for piece in pieces[:-1]]
                text = "".join([*ended, *pieces[-1:]])
        return text

    def settled(self, notes: Iterable[Note], *, first_leads: bool) -> Responsibility:
        """Who answers for a clause by all its notes; an office named twice in one role counts once.

        `first_leads` is whether a note above said of all notes that the first office of a list leads.
        """
        gathered = _Gathered()
        for note in notes:
            said = note.responsibility
            lead, responsible = said.lead, said.responsible
            ranked = (first_leads or note.first_leads) and not lead and len(responsible) > 1
            if ranked and not self.units.is_collective(responsible[0].printed):
                lead, responsible = responsible[:1], responsible[1:]
            gathered.add("lead", lead)
            gathered.add("responsible", responsible)
            gathered.add("supporting", said.supporting)
        return gathered.responsibility()

    def without_notes(self, clause: Clause, tables: Tables) -> str:
        """The wording with its notes left out: they name offices, not subjects."""
        kept: list[str] = []
        end = 0
        for note in self.notes_of(clause, tables):
            kept.append(clause.wording[end : note.start])
            end = note.stop
        return "".join((*kept, clause.wording[end:]))

    # --- where a note is -----------------------------------------------------------------------------------

    @cached_property
    def _field(self) -> re.Pattern[str]:
        """A field and its colon: 牵头单位：. The longest name first, and no longer word before it."""
        names = sorted(
            (name for names in self.units.fields.values() for name in names), key=len, reverse=True
        )
        return re.compile(f"(?:{_RANK})?(?P<name>{'|'.join(names)}){_COLON}")

    @cached_property
    def _role_of(self) -> dict[str, str]:
        return {name: role for role, names in self.units.fields.items() for name in names}

    def _bracketed(self, content: str, calendar: Calendar, *, closing: bool) -> _Gathered:
        """What a bracket says, if it is a note.

        It starts with a field, or its offices have a role, or it is nothing but offices and a due date, or, `closing`
        a paragraph after its last sentence, nothing but offices. Fields may follow: 市税务局，联系电话：12366.
        """
        gathered = _Gathered()
        named = self._named(content)
        labelled = bool(named) and not content[: named[0].start()].strip()
        if labelled and any(match["name"] in self._role_of for match in named):
            self._fields(content, gathered, calendar)
            return gathered
        if labelled:  # 分工：市发改委牵头
            content = content[named[0].end() : named[1].start() if len(named) > 1 else None]
        elif named:
            self._fields(content[named[0].start() :], gathered, calendar)
            content = content[: named[0].start()].rstrip(f"{_PHRASE_END} ")
        phrases = [phrase for phrase in _split(content, _PHRASE_END) if not _REMARK.search(phrase)]
        if any(self._role_and_offices(phrase)[0] and not self._due(phrase, calendar) for phrase in phrases):
            self._phrases(content, None, gathered, calendar)
        elif not labelled and len(content) <= LONGEST_UNIT * LONGEST_ROLE:
            offices = [phrase for phrase in phrases if not self._due(phrase, calendar)]
            if (closing or len(offices) < len(phrases)) and all(map(self._is_list_of_offices, offices)):
                self._phrases(content, "responsible", gathered, calendar)
        return gathered if any(gathered.units.values()) else _Gathered()

    def _open_notes(self, wording: str, notes: Sequence[Note]) -> Iterator[tuple[int, int]]:
        """Fields outside brackets: from the first to the end of its paragraph, or of the list that runs on."""
        stops = [note.stop for note in notes]
        end = 0
        for match in self._field.finditer(wording):
            start = match.start()
            number = bisect_right(stops, start)
            if start < end or (number < len(notes) and notes[number].start <= start):
                continue
            role = self._role_of[match["name"]]
            if role in (*ROLES, "due") and _before(wording, start) in _ENDS:
                end = self._end_of_open(wording, match.end())
                end = _unmatched_close(wording, start, end)
                yield start, end

    def _end_of_open(self, wording: str, start: int) -> int:
        """Where a note outside brackets ends: at a line that neither has a field nor goes on with a list."""
        end = wording.find("\n", start)
        while end >= 0:
            following = _SPACE.match(wording, end)
            begins = following.end() if following else end
            if not (self._field.match(wording, begins) or _before(wording, end) in _GOES_ON):
                return end
            end = wording.find("\n", begins)
        return len(wording)

    # --- what a note says ----------------------------------------------------------------------------------

    def _fields(self, text: str, gathered: _Gathered, calendar: Calendar) -> None:
        """Field after field: its name, its colon, and what stands up to the next one."""
        found = self._named(text)
        for match, following in zip(found, [*found[1:], None], strict=True):
            value = text[match.end() : following.start() if following else len(text)].strip()
            role = self._role_of.get(match["name"])
            if role == "due":
                gathered.due = gathered.due or read_due(value, calendar)
            elif role in ROLES:
                self._phrases(_first_sentence(value), role, gathered, calendar)

    def _named(self, text: str) -> list[re.Match[str]]:
        """The fields of a text in order, those that the taxonomy does not know too; none over another."""
        known = list(self._field.finditer(text))
        ends = {match.end() for match in known}
        others = (
            match
            for match in _OTHER_FIELD.finditer(text)
            if match.end() not in ends and not self._is_office(match["name"])
        )
        return sorted([*known, *others], key=lambda match: match.start())

    def _phrases(self, text: str, default: str | None, gathered: _Gathered, calendar: Calendar) -> None:
        """Phrases between commas: offices, perhaps with the word of their role (市财政局牵头), or a due date.

        Offices without such a word have the role of the field, or, without a field, of the next phrase that
        has one.
        """
        waiting: list[Unit] = []
        for phrase in _split(text, _PHRASE_END):
            if _REMARK.search(phrase):
                continue
            due = self._due(phrase, calendar)
            if due:
                gathered.due = gathered.due or due
                continue
            of_level = _OF_LEVEL.match(phrase) if default is not None else None
            role, offices = self._role_and_offices(phrase[of_level.end() :] if of_level else phrase)
            units = [self.units.unit(office) for office in self._offices(offices)]
            if default is None and not self._are_offices(units, told=role is not None):
                continue
            role = role or default
            if role is None:
                waiting += units
            else:
                gathered.add(role, (*waiting, *units) if default is None else units)
                waiting = []

    def _are_offices(self, units: Sequence[Unit], *, told: bool) -> bool:
        """Whether what a list names are offices.

        Where a role is `told` after it (…按职责分工负责), short names among offices are, too: 省能源局、国网江苏电力.
        """
        known = [self._is_office(unit.printed) for unit in units]
        short = all(len(unit.printed) <= _SHORT_NAME for unit in units)
        return all(known) or (told and any(known) and short)

    def _due(self, phrase: str, calendar: Calendar) -> Due | None:
        """A phrase that is a due date and nothing else: 2021年底前完成, 持续推进."""
        plain = "".join(phrase.split()).rstrip("。")
        match = self._due_phrase.fullmatch(plain) if len(plain) <= LONGEST_UNIT else None
        return (
            read_due(phrase.strip().rstrip("。")[: _length(phrase, match.end(1))], calendar)
            if match
            else None
        )

    @cached_property
    def _due_phrase(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, self.units.open_ended))
        date = r"(?:[于在到至]?(?:(?:19|20)\d\d年|\d{1,2}月|[本今明]年|年[底末])[\d年月日底末内上中下旬半季度一二三四第前之以、至\-—]*)"
        return re.compile(rf"({words}|{date}){_DONE}")

    @cached_property
    def _role(self) -> re.Pattern[str]:
        """The word of a role at the end of a phrase, with what stands before it: 按职责分工负责."""
        words = "|".join(word for words in self.units.roles.values() for word in words)
        return re.compile(rf"(?:{_MANNER}){{0,8}}({words})(?:负责|实施|落实|推进|工作|做好){{0,4}}$")

    def _role_and_offices(self, phrase: str) -> tuple[str | None, str]:
        """The role a phrase gives its offices, if it names one, and the phrase without that word."""
        plain = "".join(phrase.split()).rstrip("。")
        match = self._role.search(plain, max(0, len(plain) - LONGEST_ROLE))
        if not match:
            return None, phrase.strip().rstrip("。")
        role = next(role for role, words in self.units.roles.items() if match[1] in words)
        return role, phrase[: _length(phrase, match.start())].removeprefix("由")

    def _offices(self, text: str) -> Iterator[str]:
        """The offices of a list, as printed, brackets respected; 等 and what sums up stay with the last."""
        pieces = _spans(text, "、")
        start = 0
        for number, (first, last) in enumerate(pieces):
            piece = text[first:last].strip()
            if (
                number + 1 < len(pieces)
                and last - start <= LONGEST_UNIT
                and (self._is_level(_JOINT.split(piece)[-1]) or self._is_open(text[start:last]))
            ):
                continue  # 各市、|州、|县人民政府; 省政务办及各市、|县政府; 营口银保监分局等市公平竞争审查联席会议、|…成员单位
            yield from (one for one in self._split_joined(text[start:last]) if one)
            start = pieces[number + 1][0] if number + 1 < len(pieces) else last

    def _is_list_of_offices(self, text: str) -> bool:
        return all(map(self._is_office, self._offices(text)))

    @staticmethod
    def _is_level(piece: str) -> bool:
        """Whether a piece is only the level of the office that the next piece names: 各市, 州, 县（市、区）."""
        return piece != "各地区" and bool(
            re.fullmatch(r"各?(?:[省市州县区旗盟乡镇]|地区|自治[区州县])+(?:[（(][^（()）]*[）)])?", piece)
        )

    def _is_open(self, text: str) -> bool:
        """Whether 等 began a summing up that has not come to its head yet."""
        _, and_others, rest = text.partition("等")
        return bool(and_others and rest.strip()) and not rest.strip().endswith(self.units.collectives)

    def _split_joined(self, text: str) -> Iterator[str]:
        """Two offices joined by 和, 及, 会同: split where an office ends before the word (not 规划和自然资源局)."""
        start = 0
        for match in _JOINT.finditer(text) if len(text) <= 2 * LONGEST_UNIT else ():
            if (
                match.start() >= start
                and self._is_office(text[start : match.start()])
                and self._is_office(text[match.end() :])
            ):
                yield text[start : match.start()].strip()
                start = match.end()
        yield text[start:].strip()

    def _is_office(self, text: str) -> bool:
        """Whether a text can be an office: it ends like one, 等 and brackets aside."""
        plain = re.sub(r"[（(\[［][^（()）\[\]［］]*[）)\]］]$", "", "".join(text.split()))
        plain = plain.removesuffix("等")
        if ":" in plain or "：" in plain:
            return False
        return 1 < len(plain) <= LONGEST_UNIT and plain.endswith(
            (*self.units.endings, *self.units.collectives)
        )


def _note(wording: str, start: int, stop: int, gathered: _Gathered) -> Note:
    """The note that stands in a stretch of a wording."""
    text = wording[start:stop]
    first_leads = bool(_FIRST_LEADS.search(text))
    from_here = first_leads and bool(_FROM_HERE.search(text))
    return Note(start, stop, gathered.responsibility(), gathered.due, first_leads, from_here)


def _before(text: str, index: int) -> str:
    """The character before a place, white space of the line aside; empty at the beginning."""
    while index and text[index - 1] in " \t\r\u3000":
        index -= 1
    return text[index - 1 : index]


def _first_sentence(text: str) -> str:
    """Up to the full stop: 省政务局。各条均需各市州落实，不再列出."""
    end = text.find("。")
    return text if end < 0 else text[:end]


def _length(text: str, plain: int) -> int:
    """How much of a text has `plain` characters that are not white space."""
    seen = 0
    for index, character in enumerate(text):
        if seen == plain:
            return index
        seen += not character.isspace()
    return len(text)


def _brackets(text: str) -> list[tuple[int, int]]:
    """The outermost brackets, both ends included; any kind closes any (（…负责) occurs in print)."""
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    for index, character in enumerate(text):
        if character in _OPEN:
            stack.append(index)
        elif character in _CLOSE and stack:
            start = stack.pop()
            if not stack:
                found.append((start, index + 1))
    return found


def _unmatched_close(text: str, start: int, stop: int) -> int:
    """Where the bracket that a stretch began within closes; its stop, where it began within none."""
    depth = 0
    for index in range(start, stop):
        depth += (text[index] in _OPEN) - (text[index] in _CLOSE)
        if depth < 0:
            return index
    return stop


def _spans(text: str, separators: str) -> list[tuple[int, int]]:
    """The pieces between separators outside brackets, as (start, stop)."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for index, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in separators and not depth:
            spans.append((start, index))
            start = index + 1
    spans.append((start, len(text)))
    return spans


def _split(text: str, separators: str) -> list[str]:
    return [piece for first, last in _spans(text, separators) if (piece := text[first:last].strip())]
