"""Fifty real laws (tests/laws), as clean text and as printed pages of any width break them.

A file has a law as the collection LawRefBook/Laws has it: headings with #, a paragraph a line, what is known of the
law above `<!-- INFO END -->`. So the file itself says what is right: every article's whole text.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from generator.model import Policy
from tests.support.corpora import ROOT

LAWS = ROOT / "tests" / "laws"
# 第一百三十三条之一
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇]+条(?:之[一二三四五六七八九十]+)?")
# 一、一般规定   附：税目税率表, which an article may end at or hold: the file does not say
_UNDECIDED = re.compile(
    r"(?:[一二三四五六七八九十百]+[、）)]|第[一二三四五六七八九十百]+(?:部分|编|分编|章|节)|附)"
)
_UNSEEN = re.compile("[\u200b-\u200f\ufeff\u00ad]")
_END_OF_HEAD = "<!-- INFO END -->"

WIDTHS = (24, 26, 28, 30, 32, 40)
PAGES = (20, 22, 28)  # lines
NUMBERS = ("— {} —", "- {} -", "{}", "第 {} 页")


@dataclass(frozen=True)
class Law:
    """A law: its title and its paragraphs, those that are headings with their #."""

    name: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The title and every paragraph, without the marks of headings."""
        return [self.title, *(one.lstrip("# ") for one in self.paragraphs)]

    @property
    def clean(self) -> str:
        """The text, a paragraph a line, with blank lines between."""
        return "\n\n".join(self.lines) + "\n"

    def printed(self, seed: int = 0) -> str:
        """The text as a page prints it: a width and length of its own, page numbers, often the title as their header."""
        chance = random.Random(f"{self.name}{seed}")
        width, page, number = chance.choice(WIDTHS), chance.choice(PAGES), chance.choice(NUMBERS)
        header = chance.choice(("", "", self.title, "JZ-2024-03"))
        lines = [self.title]
        for paragraph in self.paragraphs:
            text = "　　" + paragraph.lstrip("# ")
            size = len(text) if paragraph.startswith("#") else width
            lines += [text[start : start + size] for start in range(0, len(text), size)]
        printed: list[str] = []
        for place, line in enumerate(lines):
            if place and place % page == 0:
                printed += ["", number.format(place // page), "", *([header] if header else [])]
            printed.append(line)
        return "\n".join(printed) + "\n"

    @property
    def articles(self) -> dict[str, str] | None:
        """The whole text of each article by its label, without white space.

        None where a label stands twice, or where the file does not say where an article ends.
        """
        found: dict[str, str] = {}
        current = ""
        for paragraph in self.paragraphs:
            label = _ARTICLE.match(paragraph)
            if paragraph.startswith("#"):
                current = ""
            elif _UNDECIDED.match(paragraph):
                return None
            elif label:
                current = label[0]
                if current in found:
                    return None
                found[current] = ""
            if current:
                found[current] += squeeze(paragraph)
        return found


def articles_of(policies: tuple[Policy, ...]) -> dict[str, str]:
    """The whole text of each article that was read, its points and further 款 included, as `Law.articles` has it."""
    found: dict[str, str] = {}
    for policy in policies:
        above: dict[str, str] = {}  # by anchor, the label of the article it stands in
        for clause in policy.clauses:
            label = squeeze(clause.label or "")
            article = label if _ARTICLE.fullmatch(label) else above.get(clause.parent or "", "")
            if article:
                above[clause.anchor] = article
                found[article] = found.get(article, "") + squeeze(clause.wording)
    return found


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


@cache
def load_laws() -> tuple[Law, ...]:
    """All of them, in the order of their names."""
    return tuple(_law(path.name, path.read_text("utf-8")) for path in sorted(LAWS.glob("*.md")))


def _law(name: str, markdown: str) -> Law:
    head, mark, body = markdown.partition(_END_OF_HEAD)
    title = next((line.lstrip("# ").strip() for line in head.split("\n") if line.startswith("# ")), name)
    lines = (_UNSEEN.sub("", " ".join(line.split())) for line in (body if mark else head).split("\n"))
    return Law(name, title, tuple(line for line in lines if line))
