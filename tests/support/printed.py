"""The tables of tests/tables: what is printed, and how every reader of it, in Python or JavaScript, must read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "tables"


def printed_and_read(name: str) -> list[tuple[str, Any]]:
    """The cases of a table, `numerals` or `folding`: the text, and what it is read as (null: nothing)."""
    return [
        (case["printed"], case["read"]) for case in json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    ]
