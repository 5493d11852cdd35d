"""axe-core, the accessibility rules, from the npm registry: one version, checked against its hash.

Version and hash stand in axe.lock beside this file, as npm's own lock would have them; no registry is named there.
Which one to ask is npm's business: $NPM_CONFIG_REGISTRY, a .npmrc of the project or the user, else npm's default.
What was downloaded is kept in .cache/, so that a second run needs no network.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import tarfile
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.support.corpora import ROOT

LOCK = Path(__file__).with_name("axe.lock")
CACHE = ROOT / ".cache"
DEFAULT_REGISTRY = "https://registry.npmjs.org/"
_MEMBER = "package/axe.min.js"
_REGISTRY = re.compile(r"^\s*registry\s*=\s*(\S+)\s*$", re.MULTILINE)
_SECONDS = 60


class AxeNotFoundError(RuntimeError):
    """axe-core cannot be had; the message says what was tried and what to do."""


@dataclass(frozen=True)
class Locked:
    """What axe.lock says. `integrity` as npm writes it: sha512-…, in base64."""

    name: str
    version: str
    integrity: str

    @property
    def path(self) -> str:
        """Where the package is, below the address of a registry."""
        return f"{self.name}/-/{self.name}-{self.version}.tgz"


def read_lock(path: Path = LOCK) -> Locked:
    """The version the tests use."""
    return Locked(**json.loads(path.read_text("utf-8")))


def axe_script() -> str:
    """axe-core as a script for a page. Raises `AxeNotFoundError` when it cannot be had or is not what was locked."""
    locked = read_lock()
    kept = CACHE / f"{locked.name}-{locked.version}.tgz"
    data = kept.read_bytes() if kept.is_file() else _download(locked)
    verify(data, locked)
    if not kept.is_file():
        CACHE.mkdir(exist_ok=True)
        kept.write_bytes(data)
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        member = archive.extractfile(_MEMBER)
        assert member is not None
        return member.read().decode("utf-8")


def verify(data: bytes, locked: Locked) -> None:
    """Raise `AxeNotFoundError` if `data` is not the package that was locked."""
    digest = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode("ascii")
    if digest != locked.integrity:
        raise AxeNotFoundError(
            f"{locked.path} has {digest}, not {locked.integrity} as in axe.lock. Remove .cache/ and try again."
        )


def registry(environment: Mapping[str, str] = os.environ, home: Path | None = None) -> str:
    """The registry npm would ask, with a slash at the end."""
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if environment.get(name):
            return environment[name].rstrip("/") + "/"
    for folder in (ROOT, home or Path.home()):
        settings = folder / ".npmrc"
        found = _REGISTRY.search(settings.read_text("utf-8")) if settings.is_file() else None
        if found:
            return found[1].rstrip("/") + "/"
    return DEFAULT_REGISTRY


def _download(locked: Locked) -> bytes:
    address = registry() + locked.path
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
            return bytes(answer.read())
    except OSError as error:
        raise AxeNotFoundError(
            f"The accessibility tests need axe-core {locked.version}, and {address} cannot be read: {error}.\n"
            f"Set NPM_CONFIG_REGISTRY to a registry that can be reached, or put the package at {CACHE}/."
        ) from error


SEEN_IN_COLOUR = ("color-contrast", "link-in-text-block")
"""The rules whose answer depends on the colour scheme; the others need be asked in one only."""


def violations(page: Page, axe: str, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core, a script, finds wrong with a page as it stands: rule, element, what to do. All rules, or some.

    All rules are those that axe-core runs unasked and target-size (WCAG 2.2), which Lighthouse asks for too.
    """
    page.evaluate(axe)
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{rule['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        for node in rule["nodes"][:3]
    ]
