"""An older anchors.lock, as links are compared with it.

Other than `generator.anchors.lock`, which guards the lock that is in force, this reads locks of any age: the
first three columns have been the same in all of them.
"""

from __future__ import annotations

from pathlib import Path

_FIELDS = 3  # address, label, hash of the wording; what follows is of later versions


class NotALockError(ValueError):
    """A file is no anchors.lock; the message is a sentence in Chinese that names the line."""


def read_hashes(path: Path) -> dict[str, str]:
    """The hash of the wording (the first digits of a SHA-256, hexadecimal) by address, policy#anchor.

    Raises `NotALockError` for a line that is not an entry and for a file that is not text, `OSError` for one that cannot be
    read.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise NotALockError(f"{path} 不是锚点登记（anchors.lock）。") from error
    hashes: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        fields = line.split("\t")
        if len(fields) < _FIELDS or "#" not in fields[0] or not fields[2]:
            raise NotALockError(f"{path}:{number}: 不是“地址⇥编号⇥校验值”的一行。")
        hashes[fields[0]] = fields[2]
    return hashes
