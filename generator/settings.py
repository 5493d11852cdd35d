"""The generator's own settings: `extra.generator` in mkdocs.yml, the one configuration file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]

from generator.files.yamlfile import BoundedLoader, parse_yaml
from generator.model import CorpusError, Problem


@dataclass(frozen=True)
class Settings:
    """Where things are and what the site is called. Paths are absolute."""

    config_file: Path
    site_name: str
    site_description: str
    site_url: str  # with a slash at the end; empty where it is not known where the site will be
    docs_dir: Path
    site_dir: Path
    templates_dir: Path
    sources_dir: Path
    dist_dir: Path
    words_dir: Path | None  # of word lists of the site's own
    bundle_name: str
    bundle_originals: bool = False  # whether the bundle holds the originals, too

    @property
    def placeholder(self) -> bool:
        """Whether the site is said to be at an address that is nobody's (RFC 2606)."""
        host = urlsplit(self.site_url).hostname or ""
        return re.search(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid)$", host) is not None


DEFAULTS: Mapping[str, str] = MappingProxyType(
    {"sources": "source_texts", "templates": "site_templates/pages", "dist": "dist", "bundle": "policy-site"}
)
"""What may stand under `extra.generator`, and what holds where it does not (docs/publish.md)."""
SETTINGS = (*DEFAULTS, "words", "bundle_originals")
"""The settings that there are; without `words` all word lists are the packaged ones, without the last it is false."""


class _Tolerant(BoundedLoader):
    """MkDocs knows tags of its own. !ENV may stand before any setting; what the others hold is not for us."""

    def other(self, node: yaml.Node) -> Any:  # noqa: ANN401 - whatever YAML can hold
        """What the environment has for !ENV; nothing for another tag."""
        return construct_env_tag(self, node) if node.tag == "!ENV" else None


def load_settings(config_file: Path) -> Settings:
    """Read `mkdocs.yml`. Raises `CorpusError`, naming the file, when it is missing, broken or has an unknown setting."""
    name = config_file.name
    try:
        data = config_file.read_bytes()
    except OSError as error:
        raise CorpusError([Problem(name, None, f"无法读取配置文件：{error.strerror}。")]) from error
    file = parse_yaml(data, name, _Tolerant)
    config: dict[str, Any] = file.data if isinstance(file.data, dict) else {}
    extra = config.get("extra")
    declared = extra.get("generator") if isinstance(extra, dict) else None
    own: dict[str, Any] = {**DEFAULTS, **(declared if isinstance(declared, dict) else {})}
    unknown = sorted(str(key) for key in set(own) - set(SETTINGS))
    if unknown:
        advice = f"可用的设置：{'、'.join(SETTINGS)}。"
        raise CorpusError(
            [Problem(name, None, f"extra.generator 有不认识的设置：{'、'.join(unknown)}。", advice)]
        )
    originals = own.pop("bundle_originals", False)
    if not isinstance(originals, bool):
        where = ("extra", "generator", "bundle_originals")
        raise CorpusError([file.problem(where, "bundle_originals 应为 true 或者 false。")])
    folders = {"docs_dir": config.get("docs_dir", "docs"), "site_dir": config.get("site_dir", "site")}
    wrong = [key for key, value in {**own, **folders}.items() if not isinstance(value, str) or not value]
    if wrong:
        path = (wrong[0],) if wrong[0] in folders else ("extra", "generator", wrong[0])
        raise CorpusError([file.problem(path, f"{wrong[0]} 应为文字。", "请写文件夹的名称。")])
    root = config_file.resolve().parent
    words_dir = root / own["words"] if "words" in own else None
    if words_dir is not None and not words_dir.is_dir():
        where = ("extra", "generator", "words")
        raise CorpusError(
            [file.problem(where, f"没有词表文件夹 {own['words']}。", "请写文件夹的名称，或者删去这一行。")]
        )
    return Settings(
        config_file=config_file.resolve(),
        site_name=str(config.get("site_name") or ""),
        site_description=str(config.get("site_description") or ""),
        site_url=_folder(str(config.get("site_url") or "")),
        docs_dir=root / folders["docs_dir"],
        site_dir=root / folders["site_dir"],
        templates_dir=root / own["templates"],
        sources_dir=root / own["sources"],
        dist_dir=root / own["dist"],
        bundle_name=own["bundle"],
        bundle_originals=originals,
        words_dir=words_dir,
    )


def _folder(url: str) -> str:
    """A URL with a slash at the end, as MkDocs takes it."""
    return f"{url.rstrip('/')}/" if url else ""
