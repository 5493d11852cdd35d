"""Elements of WordprocessingML by their local names: transitional and strict documents differ in the namespace alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = Any
"""An element of lxml, which has no types."""

_OFF = ("0", "false", "off", "none")


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_word(element: Element) -> bool:
    """Whether an element is of WordprocessingML: DrawingML has a `p` and a `t` of its own."""
    return isinstance(element.tag, str) and "wordprocessingml" in element.tag


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of a name."""
    return (one for one in element if local(one) == name)


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    return None if element is None else next(children(element, name), None)


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def value_of(element: Element | None) -> str:
    """The attribute `val`; empty where there is none."""
    return attribute(element, "val") or ""


def number_of(element: Element, name: str) -> str:
    """An attribute that is a number or a name; empty where there is none."""
    return attribute(element, name) or ""


def on(element: Element | None) -> bool:
    """Whether a property that is either on or off is on."""
    return element is not None and (attribute(element, "val") or "1").lower() not in _OFF
