"""JSON as it is written everywhere: characters as they are, and only what JSON has (RFC 8259 knows no NaN, no Infinity)."""

from __future__ import annotations

import json
from typing import Any


def to_json(value: Any, *, indent: int | None = None, compact: bool = False) -> str:  # noqa: ANN401 - whatever JSON holds
    """A value as JSON, without a line feed at its end. Raises `ValueError` for NaN and Infinity."""
    separators = (",", ":") if compact else None
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
