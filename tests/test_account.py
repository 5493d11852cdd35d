"""Nothing lost: every character of every source is accounted for, whatever the source holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Corpus, CorpusError
from tests.support.corpora import parse_text
from tests.support.times import takes_its_length

PIECES = st.sampled_from(
    ["一、", "（一）", "1.", "第一条 ", "第一章 总则", "目录", "附件1", "——", "一是", "责任单位：市局", "抄送：市委",
     "2020年1月1日", "某市人民政府", "- 8 -", "# ", "**", "。", "，", "：", "（", "）", "“", "《", "\n", "\n\n", " ", "\t",
     "\u3000", "\u2028", "\r\n", "\x0c", "优化营商环境", "第三条第二款", "某政发〔2020〕1号", "\ufeff", "\U00020000"]
)  # fmt: skip
DOCUMENTS = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join)


def test_the_sources_are_accounted_for(corpus: Corpus) -> None:
    for account in corpus.accounts:
        removed = sum(item.stop - item.start for item in account.removed)
        assert account.unaccounted == 0
        assert account.clauses + account.front + account.back + removed == account.characters


@given(DOCUMENTS)
def test_any_text_is_accounted_for(text: str) -> None:
    try:
        parsed = parse_text(text)
    except CorpusError as error:
        if "算了两次" in str(error):
            raise
        return  # a table of contents that does not fit its text is a fault, named by line
    account = parsed.account
    removed = sum(item.stop - item.start for item in account.removed)
    assert account.unaccounted == 0
    assert account.clauses + account.front + account.back + removed == len(text)
    anchors = [clause.anchor for policy in parsed.policies for clause in policy.clauses]
    assert len(anchors) == len(set(anchors)) or len(parsed.policies) > 1


PIECES_OF_A_FLOOD = (
    "一、", "（一）", "（", "“", "1.", "第一条 ", "# ", "**",
    "一、\n", "（\n", "第一条 \n", "a，\n", "——a\n", "政府\n", "附件1\n", "（一）《\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES_OF_A_FLOOD)
def test_a_flood_of_one_mark_takes_linear_time(piece: str) -> None:
    """And nothing of it is lost."""

    def read(copies: int) -> None:
        assert parse_text(piece * copies).account.unaccounted == 0

    copies = 10_000 // len(piece.encode())
    assert takes_its_length(read, copies, 4 * copies)


def test_a_flood_of_lists_of_attachments_takes_linear_time() -> None:
    def read(copies: int) -> None:
        parse_text("某措施\n一、甲\n" + "附件1：乙\n" * copies + "附件1\n")

    assert takes_its_length(read, 1_000, 4_000)


@pytest.mark.parametrize("piece", ["一、", "（", "“", "第一条"])
def test_a_megabyte_of_one_mark_is_read(piece: str) -> None:
    assert parse_text(piece * (1_000_000 // len(piece.encode()))).account.unaccounted == 0
