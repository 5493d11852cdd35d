"""What a source, a policy and a clause are.

The words are those of the field (CONTRACT.md, Words). Everything here is a value: frozen, without behaviour that
needs another room of the package. Layers of analysis stand off from the clauses and refer to them by anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cached_property
from typing import Literal, NamedTuple, Self

from generator.eid import Eid as Eid  # noqa: PLC0414 - both are words of the model
from generator.eid import Kind as Kind  # noqa: PLC0414
from generator.sitemap import POLICY

IN_TABLES = frozenset({Kind.TABLE, Kind.GROUP, Kind.ROW})
"""The kinds of clauses whose wording has cells."""


class Named(StrEnum):
    """Members that are an id that does not change, and have the name a reader sees."""

    chinese: str

    def __new__(cls, id_: str, chinese: str) -> Self:
        """A member whose value is its id."""
        member = str.__new__(cls, id_)
        member._value_ = id_
        member.chinese = chinese
        return member


class Stage(Named):
    """A step of the work on one document: an id that does not change, and the name a reader sees."""

    READING = "reading", "读取"
    PARSING = "parsing", "划分条文"
    DOUBTS = "doubts", "查找存疑"
    ANALYSIS = "analysis", "分析条文"
    REFERENCES = "references", "查找引用"
    PAGES = "pages", "写网页"
    DATA = "data", "写数据"


class CorpusError(Exception):
    """The corpus has a fault a person must mend.

    Carries every fault found, so that one run shows all of them. The command line prints them and exits 1.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where it is, what it is, and what to do about it."""

    file: str
    line: int | None
    message: str
    advice: str = ""
    stage: Stage | None = field(default=None, compare=False)  # of the work on a document; None elsewhere
    log: str = field(default="", compare=False)  # the file with the traceback of a fault nobody foresaw

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        told = (f"{place}: {self.message}", self.advice, f"日志：{self.log}" if self.log else "")
        return " ".join(filter(None, told))


@dataclass(frozen=True)
class Printed:
    """A run of characters of a source, each with its offset in the decoded file.

    The characters need not be adjacent in the file: line breaks and page furniture between them are left out.
    `value` may differ from the file only where a compatibility radical was mapped to its character.
    """

    value: str
    offsets: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.value) != len(self.offsets):
            raise ValueError("every printed character needs exactly one offset")

    def __bool__(self) -> bool:
        return bool(self.value)

    def __len__(self) -> int:
        return len(self.value)

    def cut(self, start: int, stop: int | None = None) -> Printed:
        """The characters from `start` up to `stop`, as `str` slicing counts them."""
        return Printed(self.value[start:stop], self.offsets[start:stop])

    @staticmethod
    def joined(runs: Iterable[Printed]) -> Printed:
        """The runs one after the other, with nothing put between them."""
        values: list[str] = []
        offsets: list[int] = []
        for run in runs:
            values.append(run.value)
            offsets.extend(run.offsets)
        return Printed("".join(values), tuple(offsets))


@dataclass(frozen=True)
class Removed:
    """A stretch of a source that is not text of the policy: what, where and why."""

    start: int
    stop: int
    reason: str
    text: str
    doubtful: bool = False  # whether an editor should look at it


@dataclass(frozen=True)
class SourceFile:
    """One file as received."""

    path: str  # below the sources folder, with forward slashes
    sha256: str  # of the bytes of the file


@dataclass(frozen=True)
class SourceText(SourceFile):
    """The same, decoded (UTF-8) and otherwise untouched. It is read once and kept by nothing that is made of it."""

    text: str

    @property
    def file(self) -> SourceFile:
        """The file without its text."""
        return SourceFile(self.path, self.sha256)


class Style(Enum):
    """The printed form of a label, from the outermost to the innermost in the usual order."""

    ATTACHMENT = 0  # 附件1
    PART = 1  # 第一编, 第一部分
    SUBPART = 2  # 第一分编
    CHAPTER = 3  # 第一章
    SECTION = 4  # 第一节
    ARTICLE = 5  # 第一条
    DECIMAL_1 = 6  # 1　总则
    DECIMAL_2 = 7  # 1.1
    DECIMAL_3 = 8  # 1.1.1
    DECIMAL_4 = 9  # 1.1.1.1
    HAN_COMMA = 10  # 一、
    HAN_BRACKET = 11  # （一）
    TASK = 12  # 任务一：
    MEASURE = 13  # 措施1：, a second word of the kind in the same text
    DIGIT_DOT = 14  # 1.
    DIGIT_BRACKET = 15  # （1）
    CIRCLED = 16  # ①
    LETTER = 17  # A类
    ORDINAL = 18  # 一是, 一要
    DASH = 19  # ——

    @property
    def is_item(self) -> bool:
        """Whether the style marks a loose item (一是, ——, A类) rather than a numbered level."""
        return self in (Style.LETTER, Style.ORDINAL, Style.DASH)

    @property
    def is_decimal(self) -> bool:
        """Whether the label names its place in the tree: 2.1.3."""
        return self in (Style.DECIMAL_1, Style.DECIMAL_2, Style.DECIMAL_3, Style.DECIMAL_4)


@dataclass(frozen=True)
class Label:
    """A label as printed: 第十五条之一 is number 15, insertion 1; 2.1.3 is number 3 of the path 2, 1, 3."""

    style: Style
    printed: str
    number: int | None
    insertion: int | None = None
    path: tuple[int, ...] = ()  # of a decimal number
    weak: bool = False  # whether the form alone may be a citation: 第三条规定的, 第十条确定的


@dataclass(frozen=True)
class Suspicion:
    """Why a line that was kept may be no text: it may be of the page, or of the web page around the document."""

    of: Literal["page", "web page"]
    why: str  # in Chinese


@dataclass(frozen=True)
class Line:
    """One line of a source after the marks of the page have been taken off."""

    number: int  # 1-based, in the file
    printed: Printed
    indent: int = 0  # columns of white space before the text
    trailing_space: bool = False  # whether white space followed the text
    marked_heading: bool = False  # whether the file marked the line as a heading (Markdown #)
    marked_item: bool = False  # whether the file marked the line as a member of a list (Markdown -)
    marked_row: bool = False  # whether the file marked the line as a row of a table (Markdown |, HTML <tr>)
    blank_before: bool = False  # whether an empty line, page number or page break stands before the line
    page_before: bool = (
        False  # whether a page ended before the line: its number or header was removed, or a form feed
    )
    leading_tabs: int = 0  # empty cells before the text, where the line is a row
    trailing_tabs: int = 0  # and after it
    suspicion: Suspicion | None = None  # where it is not certain that the line is text
    label: Label | None = None  # what the line begins with, in its place among the others (`parsing.labels`)

    @property
    def text(self) -> str:
        """The characters of the line."""
        return self.printed.value


class TextLine(NamedTuple):
    """A line of a source in the wording that it is part of, or in a paragraph of matter."""

    start: int  # offset in the wording
    stop: int
    number: int  # of the line in the file, 1-based
    indent: int  # columns of white space before it
    joined: bool  # whether it goes on with the line before: the break was the page's
    label: Label | None  # what it begins with


@dataclass(frozen=True)
class Place:
    """A stretch of lines of a source file, both ends included, 1-based."""

    file: str
    first_line: int
    last_line: int


@dataclass(frozen=True)
class Correction:
    """An editor's correction (校勘) of a slip of the print: a layer that stands off from the wording.

    `start` and `stop` are offsets in the clause's wording; what stands there is `printed`.
    """

    start: int
    stop: int
    printed: str
    corrected: str
    reason: str


@dataclass(frozen=True)
class Clause:
    """One node of a policy's structure, in document order within `Policy.clauses`.

    `wording` is the clause's own complete text as printed: label, heading, text and bracketed responsibility
    note; children are left out. Where the print begins a new line inside a clause (after a heading, before
    牵头部门：…) the wording has a newline. The wording of a row is its cells in order with a tab between; that of a
    table is its caption, if it has one, and its head row. Rows stand under their group or table; those of a table
    without a head stand under the clause that holds the table.
    """

    policy: str
    anchor: Eid
    kind: Kind
    label: str | None  # as printed: 第三条, （一）, 1. — None for an unnumbered paragraph
    number: int | None
    level: int  # starts at 1
    parent: Eid | None  # anchor of the clause above
    title: str | None
    wording: str
    heading: bool  # whether label and title stand on a line of their own
    place: Place
    aliases: tuple[Eid, ...] = ()  # further anchors on the same text (art_3__para_1 for the 条 itself)
    corrections: tuple[Correction, ...] = ()  # in the order of the wording, none over another
    # Of a row or group; of a table the cells of its head row, the names of the columns.
    cells: tuple[str, ...] = ()
    lines: tuple[TextLine, ...] = ()  # of the source, in their order
    path: str = ""  # how it is cited within its policy: 第十五条第二款第（三）项 (`anchors.citation`)
    page: int | None = None  # of the original, on which it begins, where that has pages

    @property
    def url(self) -> str:
        """Where the clause is, relative to the root of the site."""
        return Address(self.policy, self.anchor).url

    @property
    def body(self) -> str:
        """The wording without label (and without the heading line, where there is one)."""
        text = self.wording[len(self.label or "") :].lstrip()
        if self.heading and self.title:
            text = text[len(self.title) :].lstrip()
        return text


@dataclass(frozen=True, order=True)
class Address:
    """Where a clause is, or was, published: a policy and an anchor; without an anchor, the policy as a whole."""

    policy: str
    anchor: str | None = None

    @property
    def url(self) -> str:
        """The address relative to the root of the site."""
        page = POLICY.url(self.policy)
        return f"{page}#{self.anchor}" if self.anchor else page

    @staticmethod
    def read(text: str) -> Address:
        """The address that `str` writes: yingkou-2020-14#subpara_2, or the policy alone."""
        policy, _, anchor = text.partition("#")
        return Address(policy, anchor or None)

    def __str__(self) -> str:
        return f"{self.policy}#{self.anchor}" if self.anchor else self.policy


@dataclass(frozen=True)
class Moved:
    """A published anchor that no clause has any more: where its text went, as an editor declares it."""

    anchor: Eid
    to: Address | None  # None: the text was deleted, and nothing stands for it
    note: str | None  # to the reader, in Chinese: 2024年修订时并入第五条
    place: Place  # of the entry in the sidecar


@dataclass(frozen=True)
class Repeal:
    """That a policy is no longer in force, as an editor declares it."""

    date: str | None  # ISO date
    by: str | None  # what stands in its place: the id of a policy of the corpus, or a title


@dataclass(frozen=True)
class Original:
    """The file as received (原件) that a source was extracted from, as the sidecar says; `file` is below the sources."""

    file: str
    sha256: str
    media_type: str
    pages: int | None = None  # None where the format has none
    extracted_with: str | None = None  # None where the original is text and the source itself
    left_out: Mapping[str, int] = field(default_factory=dict)  # characters that are no text, by reason
    said: Mapping[str, str] = field(default_factory=dict)  # what it says beyond its text: 索引号, 主题分类
    address: str | None = None  # where it was published
    attachments: tuple[tuple[str, str], ...] = ()  # name and address of the files it links to as attachments


@dataclass(frozen=True)
class Event:
    """What became of a text and when, as the note below its title says: 2020年3月27日 … 通过."""

    date: str  # ISO date
    act: str  # as printed: 通过, 批准, 第一次修正
    text: str  # as printed


@dataclass(frozen=True)
class IndicatorChoice:
    """An editor's decision which indicators a clause is about, in place of the classification."""

    anchor: Eid
    primary: str | None  # an indicator's id; None: the clause is about no indicator
    secondary: tuple[str, ...]
    reason: str  # to the reader, in Chinese
    place: Place  # of the entry in the sidecar


MatterRole = Literal[
    "title", "number", "issuer", "addressee", "notice", "signature", "date", "remark", "preamble", "text",
    "contents", "adoption", "cc", "print", "attachments",
]  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """A paragraph of a policy's front or back matter: title, 文号, 主送机关, 署名, 抄送."""

    role: MatterRole
    text: str
    place: Place
    lines: tuple[TextLine, ...] = ()


@dataclass(frozen=True)
class Jurisdiction:
    """The place a policy holds for. `level`: national, province, city, county; None where unknown."""

    level: Literal["national", "province", "city", "county"] | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None

    @property
    def name(self) -> str | None:
        """The place's own name, the narrowest that is known; 全国 for a national policy."""
        if self.level == "national":
            return "全国"
        return self.county or self.city or self.province


@dataclass(frozen=True, eq=False)
class Policy:
    """One document with its metadata, matter and clauses. What the text does not print is None."""

    id: str
    title: str
    issuer: str | None
    jurisdiction: Jurisdiction
    document_number: str | None
    issued: str | None  # ISO date
    effective: str | None  # ISO date, or the printed words where they name no date
    status: str | None  # 讨论稿, 征求意见稿 …, 正式 where number or signature is printed
    genre: str | None  # 条例, 办法, 意见, 通知, 方案, 措施, 规划 …
    notes: tuple[str, ...]  # to the reader, in Chinese
    source: SourceFile
    place: Place
    front: tuple[Matter, ...]
    clauses: tuple[Clause, ...]
    back: tuple[Matter, ...]
    validity: str | None = None  # as printed: 有效期5年
    repeals: tuple[str, ...] = ()  # as printed: 《…条例》同时废止
    history: tuple[Event, ...] = ()  # in the order printed: 通过, 第一次修正
    short_names: tuple[str, ...] = ()  # by which an editor knows it to be cited: 营口方案
    compiled_by: str | None = None  # the editor of the compilation that the source is
    former_ids: tuple[str, ...] = ()  # ids it was published under before: their pages forward here
    moved: tuple[Moved, ...] = ()  # anchors that were on this policy's page
    repealed: Repeal | None = None
    indicator_choices: tuple[IndicatorChoice, ...] = ()
    original: Original | None = None
    unchecked: str | None = None  # why the text is not reliable yet: 识别所得，未校对
    # Where each known fact was read: in the source, or in the sidecar that overrides it.
    read_from: Mapping[str, Place] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The title as a reader knows it: with issuer or place where the title alone would not tell it apart."""
        known = (self.issuer, self.jurisdiction.province, self.jurisdiction.city, self.jurisdiction.county)
        if any(name and name[:2] in self.title[:12] for name in known):
            return self.title
        owner = self.issuer or self.jurisdiction.name
        return f"{owner}《{self.title}》" if owner else self.title

    @property
    def citation(self) -> str:
        """By title and 文号: 《…方案》（营政办发〔2020〕14号）; issuer before a title that many share."""
        owner = self.name.partition("《")[0] if self.name != self.title else ""
        number = f"（{self.document_number}）" if self.document_number else ""
        return f"{owner}《{self.title.translate(_NESTED)}》{number}"

    @cached_property
    def by_anchor(self) -> Mapping[str, Clause]:
        """The clauses by anchor, aliases included, in the order of the text."""
        return {anchor: clause for clause in self.clauses for anchor in (clause.anchor, *clause.aliases)}

    @property
    def year(self) -> int | None:
        """The year printed as that of issue, in the title (2020年…措施), or of taking effect; else None."""
        for text in (self.issued, _year_in(self.title), self.effective):
            if text and text[:4].isdecimal():
                return int(text[:4])
        return None

    @property
    def url(self) -> str:
        """Where the policy is, relative to the root of the site."""
        return POLICY.url(self.id)


_NESTED = str.maketrans("《》", "〈〉")


def _year_in(title: str) -> str | None:
    match = re.search(r"(?<!\d)((?:19|20)\d\d)\s*年", title)
    return match[1] if match else None


@dataclass(frozen=True)
class Account:
    """Where every character of one source went. `unaccounted` must be 0 (CONTRACT.md, Nothing lost)."""

    file: str
    sha256: str
    characters: int
    clauses: int
    front: int
    back: int
    removed: tuple[Removed, ...]
    unaccounted: int
    layout: str = ""  # in Chinese: the lines of printed pages or a paragraph a line, and by what evidence


class DoubtKind(Named):
    """What an editor should look at (存疑): an id that does not change, and the name a reader sees."""

    NUMBERING_GAP = "numbering-gap", "编号缺漏"
    NUMBERING_REPEAT = "numbering-repeat", "编号重复"
    NUMBERING_ORDER = "numbering-order", "编号颠倒"
    NUMBERING_START = "numbering-start", "编号不从一起"
    LABEL_MIX = "label-mix", "编号括号不一"
    LABEL_IN_TEXT = "label-in-text", "行首似有编号"
    EMPTY_CLAUSE = "empty-clause", "空条文"
    UNBALANCED = "unbalanced", "括号引号不成对"
    LATIN_WORD = "latin-word", "夹杂外文"
    DOUBLED_AT_BREAK = "doubled-at-break", "断行处重字"
    DOUBLED = "doubled", "重字"
    DIGIT_GAP = "digit-gap", "数字断开"
    UNREADABLE = "unreadable", "无法辨认的字符"
    UNPLACED = "unplaced", "未归位的文字"
    TITLE = "title", "题文不符"
    UNDECIDED_BREAK = "undecided-break", "分段待定"
    UNDECIDED_TABLE = "undecided-table", "表格待定"
    UNDECIDED_REMOVAL = "undecided-removal", "疑似页眉页码"
    WEB_PAGE = "web-page", "网页残留"
    NO_CLAUSE = "no-clause", "没有条文"
    LONG_PARAGRAPH = "long-paragraph", "段落过长"
    SAME_TITLE = "same-title", "同名政策"
    REPEALED_ELSEWHERE = "repealed-elsewhere", "他文称已废止"
    UNREAD_FILE = "unread-file", "未收录的文件"


@dataclass(frozen=True)
class Doubt:
    """A place an editor should look at. It is no fault: the text may be right as it is.

    `quote` is printed text, `explanation` a sentence in Chinese. A doubt about a file that is not read has no
    policy, no line and an empty quote, and its explanation names the file.
    """

    policy: str | None  # None for a file that is not read
    anchor: Eid | None  # None outside the clauses
    kind: DoubtKind
    file: str
    line: int | None  # None for the file as a whole
    quote: str
    explanation: str

    @property
    def url(self) -> str | None:
        """Where the clause or, outside the clauses, the policy is, relative to the root of the site."""
        return None if self.policy is None else Address(self.policy, self.anchor).url


@dataclass(frozen=True)
class Assignment:
    """A clause belongs to an indicator, and why."""

    id: str
    role: Literal["primary", "secondary"]
    evidence: tuple[str, ...]  # each a reason a reader can see: 标题“开办企业”


@dataclass(frozen=True)
class Reference:
    """A place in a clause's wording that names another text: `quote` is wording[start:stop]."""

    type: Literal["internal", "external", "certificate"]  # certificate: 《》 around a paper, not a policy
    start: int
    stop: int
    quote: str
    title: str | None = None  # without the outer 《》; None for an internal reference
    document_number: str | None = None
    targets: tuple[Address, ...] = ()  # only such as exist; one for each clause of 第二十条至第二十三条
    version: str | None = None  # ISO date of the version that `targets` are of, where the corpus has several
    effect: Literal["repeals"] | None = None  # what the clause does to the whole text that it names


@dataclass(frozen=True)
class Unit:
    """An office: as printed, and the name it is known by across policies (发改委 → 发展改革)."""

    printed: str
    name: str


@dataclass(frozen=True)
class Responsibility:
    """Who answers for a clause."""

    lead: tuple[Unit, ...] = ()  # 牵头
    responsible: tuple[Unit, ...] = ()  # 责任
    supporting: tuple[Unit, ...] = ()  # 配合

    def __bool__(self) -> bool:
        return bool(self.lead or self.responsible or self.supporting)


@dataclass(frozen=True)
class Due:
    """By when: the printed words, and the last day they name (ISO date) where they name one."""

    text: str
    date: str | None


@dataclass(frozen=True)
class Span:
    """A range of values, both ends included: 1—2 项."""

    min: float
    max: float


Dimension = Literal["time", "steps", "documents", "cost", "ratio", "count", "frequency", "capacity", "other"]
Comparator = Literal["<=", ">=", "=", "<", ">", "change"]
Day = Literal["working", "calendar", "hour"]
"""The kind of day a time counts: 工作日, 自然日, 小时 (hours and minutes)."""
Force = Literal["promise", "encouraged", "duty", "statutory", "forecast", "achieved"]
"""How a quantity binds: promised; 鼓励, 力争; a duty of others; set by law; an expected figure; done already."""


@dataclass(frozen=True)
class Commitment:
    """A quantified promise in a clause (CONTRACT.md, Data files, Indicators). `quote` is wording[start:stop].

    What the number means is the sum of its parts: `subject`, the class of `users` it is for, the `condition` it holds
    under, the kind of `day`, its `force`, whether it is `approximate`, and the `payer`. None where the text says
    nothing of it.
    """

    start: int
    stop: int
    quote: str
    subject: str
    dimension: Dimension
    comparator: Comparator
    value: float | Span  # in the printed unit, 万 and 亿 multiplied out
    unit: str | None
    baseline: float | Span | None = None
    due: str | None = None  # as printed
    scope: str | None = None
    kind: Literal["target", "statutory"] = "target"
    users: str | None = None
    condition: str | None = None
    day: Day | None = None
    day_said: str | None = None  # the rule that says it where the unit does not: 工作日，下同
    force: Force = "promise"
    approximate: bool = False
    payer: str | None = None
    due_date: str | None = None  # ISO


class GuidanceKind(StrEnum):
    """What a clause says to those who want to use it (办事指引). The value is its name in data."""

    AUDIENCE = "audience"  # 适用对象
    CONDITIONS = "conditions"  # 申报条件
    DELIVERY = "delivery"  # 兑现方式: 免申即享
    PHONE = "phone"  # 咨询电话


@dataclass(frozen=True)
class Guidance:
    """One thing that a clause says to those who want to use it. `text` is wording[start:stop]."""

    kind: GuidanceKind
    text: str
    start: int
    stop: int


@dataclass(frozen=True)
class Analysis:
    """What is known about one clause beyond its text. The layers stand off: they hold offsets in its wording."""

    indicators: tuple[Assignment, ...] = ()
    responsibility: Responsibility = Responsibility()
    due: Due | None = None
    commitments: tuple[Commitment, ...] = ()
    references: tuple[Reference, ...] = ()
    guidance: tuple[Guidance, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A document that a corpus does not have because of its faults: a file of the sources, or one policy of it."""

    file: str  # below the sources folder
    problems: tuple[Problem, ...]
    policies: tuple[str, ...] | None = None  # the ids that are missing with it; None where they are not known
    title: str | None = None  # of the one policy that is missing; None where it is the whole file


@dataclass(frozen=True)
class Corpus:
    """Everything that was read from one folder of sources."""

    policies: tuple[Policy, ...]
    accounts: tuple[Account, ...]
    analyses: dict[tuple[str, str], Analysis] = field(default_factory=dict)  # by (policy id, anchor)
    doubts: tuple[Doubt, ...] = ()  # by policy, then by line; files that are not read come last
    names: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # by policy id: its declared short names
    missing: tuple[Missing, ...] = ()  # what could not be read, or was left out, because of its faults

    @cached_property
    def by_id(self) -> Mapping[str, Policy]:
        """The policies by id."""
        return {policy.id: policy for policy in self.policies}

    def clause(self, address: Address) -> Clause | None:
        """The clause that has an anchor, or an alias of it; None where none has."""
        policy = self.by_id.get(address.policy)
        return policy.by_anchor.get(address.anchor) if policy and address.anchor else None

    def path(self, address: Address) -> str | None:
        """How a clause is cited within its policy: 第十五条第二款第（三）项; None where there is no such clause."""
        clause = self.clause(address)
        return clause.path if clause else None

    def citation(self, address: Address) -> str | None:
        """How a clause, or a policy as a whole, is cited; None where there is none."""
        policy = self.by_id.get(address.policy)
        if policy is None or address.anchor is None:
            return policy.citation if policy else None
        path = self.path(address)
        return None if path is None else policy.citation + path

    def analysis(self, clause: Clause) -> Analysis:
        """The analysis of a clause; an empty one where nothing is known."""
        return self.analyses.get((clause.policy, clause.anchor), Analysis())

    def lacks(self, policy: str) -> bool:
        """Whether a policy that the corpus does not have may be one of those that faults keep out of it."""
        if not self.missing or any(one.id == policy for one in self.policies):
            return False
        return any(one.policies is None or policy in one.policies for one in self.missing)
