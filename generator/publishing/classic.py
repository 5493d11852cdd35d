"""Data as classic scripts: the one way a page gets data from http:// and file:// alike.

A script calls a function of the page with one value. Text from a source stays data whatever it holds: in the
script there is no `<` and no line separator that JavaScript knows and JSON does not.
"""

from __future__ import annotations

from generator.files.json_text import to_json


def call(function: str, *values: object) -> str:
    """A script that calls `function` with `values`, which JSON can hold."""
    return f"{function}({', '.join(map(literal, values))});\n"


def literal(value: object) -> str:
    """A value as JSON that may stand in a script, inside or outside HTML."""
    text = to_json(value, compact=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
