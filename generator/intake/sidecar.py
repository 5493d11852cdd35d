"""The sidecar that is written for an original: what the command knows, for an editor to go on with."""

from __future__ import annotations

from pathlib import PurePosixPath

import yaml

from generator.model import Original
from generator.reading import PolicyCard, Sidecar

_HEAD = "# 由 {} 生成。id 公布以后不再改变，公布之前请核对；写法见 docs/authors.md。"


def sidecar_text(name: str, sidecar: Sidecar) -> str:
    """A sidecar as YAML. `name`: of the file that was received, as its sender called it."""
    data: dict[str, object] = {}
    if sidecar.unchecked:
        data["text"] = sidecar.unchecked
    if sidecar.layout:
        data["layout"] = sidecar.layout
    data["policies"] = [_policy(card) for card in sidecar.policies]
    if sidecar.original is not None:
        data["original"] = _original(sidecar.original)
    called = "".join(one if one.isprintable() else "?" for one in PurePosixPath(name).name)
    body = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
    return f"{_HEAD.format(called)}\n{body}"


def _policy(card: PolicyCard) -> dict[str, object]:
    match = {"match": card.match} if card.match else {}
    return {"id": card.id, **match, **card.overrides}


def _original(original: Original) -> dict[str, object]:
    said: dict[str, object] = {
        "file": PurePosixPath(original.file).name,
        "sha256": original.sha256,
        "media_type": original.media_type,
        "pages": original.pages,
        "extracted_with": original.extracted_with,
    }
    if original.address:
        said["address"] = original.address
    if original.said:
        said["said"] = dict(original.said)
    if original.attachments:
        said["attachments"] = [{"name": name, "address": address} for name, address in original.attachments]
    if original.left_out:
        said["left_out"] = dict(original.left_out)
    return said
