"""The original beside a source: it is the file that was received, byte for byte, or the build stops."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.files.inputs import read_inside
from generator.model import CorpusError, Original, Problem


def require_original(original: Original, sidecar: str, folder: Path) -> None:
    """Raises `CorpusError` where the original that a sidecar names is not there, or is another file."""
    path = folder / original.file
    if not path.exists():
        message = f"说明文件写明的原件 {original.file} 不在。"
        raise CorpusError([Problem(sidecar, None, message, "请把原件放回来，或者删去 original。")])
    if hashlib.sha256(read_inside(path, folder)).hexdigest() != original.sha256:
        message = f"原件 {original.file} 与说明文件里的校验值不符：它被改动过。"
        advice = "请恢复原件；收到的是另一个文件的，请用 python -m generator add 加入。"
        raise CorpusError([Problem(sidecar, None, message, advice)])
