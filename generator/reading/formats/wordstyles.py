"""What the styles of a Word document say that changes its text: numbering, hidden text, the names of styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.reading.formats.wordxml import Element, child, children, number_of, on, value_of

_DEEPEST = 32  # styles based on one another


class Styles:
    """The styles of a document, each with those that it is based on."""

    def __init__(self, root: Element | None) -> None:
        found = list(children(root, "style")) if root is not None else []
        self._styles: Mapping[str, Element] = {number_of(one, "styleId"): one for one in found}
        self.default = next(
            (number_of(one, "styleId") for one in found
             if number_of(one, "type") == "paragraph" and number_of(one, "default") in ("1", "true")),
            "",
        )  # fmt: skip

    def lists(self) -> dict[str, str]:
        """The numbering styles, with the list each names."""
        found: dict[str, str] = {}
        for id_, style in self._styles.items():
            numbers = child(child(style, "pPr"), "numPr")
            if number_of(style, "type") == "numbering" and numbers is not None:
                found[id_] = value_of(child(numbers, "numId"))
        return found

    def name(self, id_: str) -> str:
        """What a style is called, in small letters."""
        style = self._styles.get(id_)
        return value_of(child(style, "name")).lower() if style is not None else ""

    def numbering(self, id_: str) -> tuple[str, str | None, str] | None:
        """The list, the level and the style that names it, by the nearest style that names one; None where none does."""
        for name, style in self._chain(id_):
            numbers = child(child(style, "pPr"), "numPr")
            if numbers is not None and child(numbers, "numId") is not None:
                level = child(numbers, "ilvl")
                return value_of(child(numbers, "numId")), value_of(level) if level is not None else None, name
        return None

    def hides(self, id_: str) -> bool:
        """Whether text in a style is hidden."""
        for _, style in self._chain(id_):
            hidden = child(child(style, "rPr"), "vanish")
            if hidden is not None:
                return on(hidden)
        return False

    def _chain(self, id_: str) -> Iterator[tuple[str, Element]]:
        for _ in range(_DEEPEST):
            style = self._styles.get(id_)
            if style is None:
                return
            yield id_, style
            id_ = value_of(child(style, "basedOn"))
