"""What stands before and after the clauses, by its words: `generator/taxonomy/parts.yml`, which explains its own keys.

The patterns are of one line, or of one paragraph. What a line is among others follows from the lines round it
(`generator.parsing.matter`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.vocabulary.documents import DocumentWords
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap
from generator.vocabulary.patterns import DAY, any_of, spaced


@dataclass(frozen=True)
class PartWords:
    """The lists of `parts.yml` by name, and the kinds of documents, by which titles and closing words are known."""

    lists: Mapping[str, tuple[str, ...]]
    documents: DocumentWords

    def _any(self, *names: str) -> str:
        return any_of(*(self.lists[name] for name in names))

    def _spaced(self, *names: str) -> str:
        return spaced(*(self.lists[name] for name in names))

    # --- who issues and signs --------------------------------------------------------------------------------

    @cached_property
    def office(self) -> re.Pattern[str]:
        """The name of an office, alone: 某市财政局, 某市商务局（盖章）."""
        return re.compile(self._office)

    @cached_property
    def office_before_space(self) -> re.Pattern[str]:
        """An office with something after it on its line: 某市人民政府 2021年3月1日."""
        return re.compile(rf"{self._office}\s{{1,20}}")

    @property
    def _office(self) -> str:
        return rf"[^，。；：《》\s、]{{1,40}}{self._any('offices')}(?:[（(][^（）()]{{1,8}}[）)])?"

    @cached_property
    def signer(self) -> re.Pattern[str]:
        """Whoever signs on a line of its own above the date: 某某调查组, 某某协会."""
        return re.compile(rf"[^，。；：《》\d]{{4,40}}{self._any('offices', 'signers')}")

    @cached_property
    def red_head(self) -> re.Pattern[str]:
        """江州市人民政府办公室文件, 中共某市委 某市人民政府文件; not …关于全面清理规范性文件."""
        return re.compile(rf"(?!.*关于)[^，。；：《》]{{2,60}}{self._any('offices', 'signers')}\s?文\s?件")

    @cached_property
    def person(self) -> re.Pattern[str]:
        """A person who signs an order: 总理　李克强, 市　长：王某某, 主任 张 工."""
        officers = rf"(?:{self._spaced('officers')}|{self._any('officers_of')}\s{{0,4}}长)"
        return re.compile(
            rf"(?:国务院|代理?|[\u4e00-\u9fff]{{0,8}}){officers}"
            r"(?:[\s　]{1,8}|\s?[：:]\s?)[\u4e00-\u9fff]{1,2}(?:[\s　]{0,4}[\u4e00-\u9fff·]{1,4})?"
        )

    # --- whom it is addressed to -----------------------------------------------------------------------------

    @cached_property
    def addressee(self) -> re.Pattern[str]:
        """各县（市）、区人民政府，市政府各委、办、局：, 马万祺副主席：; not 为…，特制定如下措施：."""
        return re.compile(
            rf"(?!.*{self._any('not_addressees')})[^。；]{{0,20}}{self._any('addressees')}[^。；]{{0,300}}[：:]"
            rf"|[\u4e00-\u9fff·、]{{2,20}}{self._any('persons')}[：:]"
        )

    # --- what it says of itself ------------------------------------------------------------------------------

    @cached_property
    def remark(self) -> re.Pattern[str]:
        """A remark on a line of its own: （试行）, 特急, 机密★1年, （此页无正文）."""
        return re.compile(
            rf"[（(][^（）()]{{2,60}}[）)]|{self._any('remarks')}|{self._any('secret')}\S{{0,6}}|[（(]?此页无正文[）)]?"
        )

    @cached_property
    def web_field(self) -> re.Pattern[str]:
        """The head of a web page, without its white space: 索引号：…, 发布时间：2021-03-01."""
        return re.compile(rf"{self._any('web_fields')}[：:]")

    @cached_property
    def disclosure(self) -> re.Pattern[str]:
        """公开方式：主动公开, 信息公开选项：主动公开."""
        return re.compile(rf"(?:信息)?{self._any('disclosure')}\s*[：:]")

    @cached_property
    def contents(self) -> re.Pattern[str]:
        """目　录, alone on its line."""
        return re.compile(self._spaced("contents"))

    @cached_property
    def copied(self) -> re.Pattern[str]:
        """What closes a document: 抄送：…, 主题词：…, （共印50份）."""
        return re.compile(f"（?{self._spaced('copied')}")

    @cached_property
    def contact(self) -> re.Pattern[str]:
        """（联系人：某某）."""
        return re.compile(f"[（(]?{self._any('contacts')}")

    @cached_property
    def draft(self) -> re.Pattern[str]:
        """征求意见稿 and the like, in a title or below it."""
        return re.compile(self._any("drafts"))

    @cached_property
    def trial(self) -> re.Pattern[str]:
        """试行, 暂行."""
        return re.compile(self._any("trials"))

    # --- what became of it -----------------------------------------------------------------------------------

    @cached_property
    def adoption(self) -> re.Pattern[str]:
        """（2020年3月27日某市人民代表大会常务委员会通过…）."""
        return re.compile(rf"[（(](?:19|20)\d\d\s{{0,4}}年.*{self._any('events', 'amended')}")

    @cached_property
    def adopted(self) -> re.Pattern[str]:
        """2020年3月27日 某市第十五届人民代表大会常务委员会第二十次会议通过, 根据2024年…《…》第一次修正."""
        by = self._any("adopted_by", "amended")
        return re.compile(rf"(?:根据\s?)?{DAY}\s*(?=[^。；]{{0,400}}{by})[^。；]{{2,400}}")

    @cached_property
    def event(self) -> re.Pattern[str]:
        """One event of such a note: the day, who and what, what happened (第一次修正)."""
        happened = rf"(?:第[一二三四五六七八九十]{{1,3}}次)?{self._any('amended')}|{self._any('events')}"
        return re.compile(
            rf"({DAY})((?:《[^《》]{{1,120}}》|[^，。；《》]){{2,60}}?)({happened})(?=$|[\s，。；）)]|根据|(?:19|20)\d\d)"
        )

    # --- what it issues --------------------------------------------------------------------------------------

    @cached_property
    def issuing(self) -> re.Pattern[str]:
        """What issuing another text is called: 印发, 转发."""
        return re.compile(self._any("issuing"))

    @cached_property
    def issuing_end(self) -> re.Pattern[str]:
        """The words before a title that a notice issues: 国务院办公厅关于印发〈….."""
        return re.compile(rf"(?:关于)?{self._any('issuing')}〈?$")

    @cached_property
    def issuing_title(self) -> re.Pattern[str]:
        """关于印发, 关于修订印发."""
        return re.compile(rf"关于\s?{self._any('issuing', 'issuing_as')}")

    @cached_property
    def issuing_words(self) -> re.Pattern[str]:
        """现将《某办法》印发给你们, 现予公布; not 关于同意…, nor a cited 印发."""
        verbs = self._any("issuing")
        return re.compile(
            rf"{self.issuing_title.pattern}|现将?[^。；]{{0,60}}{verbs}|现予以?\s?{verbs}|{verbs}给你"
        )

    @cached_property
    def announces(self) -> re.Pattern[str]:
        """…收悉。现批复如下：, 现提出以下意见：   — what follows is the text."""
        return re.compile(rf"(?:如下|以下{self._any('announcing')})[：:]$")

    # --- how it closes ---------------------------------------------------------------------------------------

    @cached_property
    def closing(self) -> re.Pattern[str]:
        """How a closing paragraph begins: 本通知自印发之日起施行, 特此通知, 各地要…, 有关规章根据本决定作相应修改."""
        kinds = any_of(self.documents.used_as("closing"), ("实施意见",))
        return re.compile(
            rf"本(?:{kinds}|若干[^，。]{{2,4}})|{self._any('closing')}"
            r"|各[^，。；]{0,24}?(?:要|应当?|可|须)|各[^。；]{0,30}?，请|自本[^，。；]{1,8}(?:印发|发布|公布|施行)之日起"
            r"|(?:《[^《》]{2,60}》|[^，。；《》]{2,12})根据本决定"
        )


def read_parts(lists: WordFolder, documents: DocumentWords) -> PartWords:
    """The words of front and back matter. Raises `CorpusError`, naming the line of what the schema refuses."""
    data = lists.read("parts").data
    return PartWords(FrozenMap({name: tuple(words) for name, words in data.items()}), documents)
