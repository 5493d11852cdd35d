"""How sentences and lines end: the one place that says it."""

from __future__ import annotations

import re

_CLOSED = r"[”’」』）)》\]］】]*$"  # quotes and brackets that close after the stop

SENTENCE_END = re.compile(rf"[。！？!?]{_CLOSED}")
"""。 ！ ？   — a sentence is over, perhaps within quotes or brackets."""
STOP = re.compile(rf"[。！？!?；;：:…]{_CLOSED}")
"""The same, or a part of it that stands by itself: ； ：   A line that ends so is not cut."""
STOP_OR_BRACKET = re.compile(rf"{STOP.pattern}|[）)\]］】]$")
"""The same, or a bracket that closes: （试行）   (责任单位：省法院）"""
