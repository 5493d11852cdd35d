"""Where the word lists lie: in the folder packaged with the generator, and in one that a site names for its own.

A file of the site's folder takes the place of the packaged one of the same name; the schema that it is checked
against is always the packaged one, which lies beside it (`units.yml`, `units.schema.json`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from generator.files.shown import shown
from generator.files.yamlfile import YamlFile, load_yaml
from generator.model import CorpusError, Problem

PACKAGED = Path(__file__).resolve().parent.parent / "taxonomy"
_SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True)
class WordFolder:
    """The word lists of a site: its own in `own` (None where it has none), the packaged ones for the rest."""

    own: Path | None = None

    def read(self, name: str) -> YamlFile:
        """The list `name`, read and checked against its schema.

        Raises `CorpusError` with every fault, each with file and line.
        """
        schema = json.loads((PACKAGED / f"{name}.schema.json").read_text("utf-8"))
        path = self._path(name)
        return load_yaml(path, shown(path.as_posix()), schema)

    def check(self) -> None:
        """Raises `CorpusError` for a folder that is not there, and for a file in it whose name no list has."""
        if self.own is None:
            return
        if not self.own.is_dir():
            raise CorpusError([Problem(shown(self.own.as_posix()), None, "没有这个词表文件夹。")])
        known = sorted(path.name for path in PACKAGED.glob("*.yml"))
        advice = f"可用：{'、'.join(known)}。"
        problems = [
            Problem(shown(path.as_posix()), None, "没有这个名称的词表，不会用到。", advice)
            for path in sorted(self.own.iterdir())
            if path.suffix.lower() in _SUFFIXES and path.name not in known
        ]
        if problems:
            raise CorpusError(problems)

    def _path(self, name: str) -> Path:
        file = f"{name}.yml"
        if self.own is not None and (self.own / file).exists():
            return self.own / file
        return PACKAGED / file
