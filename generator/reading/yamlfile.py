"""YAML that an editor writes by hand: read safely, checked against a schema, faults named by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from generator.model import CorpusError, Problem

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlFile:
    """A YAML document and the line of each of its values."""

    name: str
    data: Any
    lines: Mapping[KeyPath, int]

    def line(self, *path: str | int) -> int:
        """The line of a value, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, message: str, advice: str = "") -> Problem:
        """A fault of the value at `path`."""
        return Problem(self.name, self.line(*path), message, advice)


class _Loader(yaml.SafeLoader):
    """SafeLoader that leaves dates as the text the editor wrote."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(path: Path, name: str, schema: Mapping[str, Any]) -> YamlFile:
    """Read `path` and check it against a JSON schema; `name` is what messages call the file.

    Raises `CorpusError` with every fault found: broken YAML, a repeated key, a value the schema refuses.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            lines: dict[KeyPath, int] = {}
            problems = list(_index(node, (), lines, name)) if node is not None else []
            data = loader.construct_document(node) if node is not None and not problems else None
        finally:
            loader.dispose()
    except UnicodeDecodeError as error:
        raise CorpusError([Problem(name, 1, "不是 UTF-8 编码。")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or str(error)
        raise CorpusError([Problem(name, line, f"YAML 写法有误：{what}")]) from error
    if problems:
        raise CorpusError(problems)
    file = YamlFile(name, data, lines)
    validator = jsonschema.Draft202012Validator(schema)
    faults = [
        file.problem(tuple(error.absolute_path), f"{_dotted(error.absolute_path)}：{error.message}")
        for error in validator.iter_errors(data)
    ]
    if faults:
        raise CorpusError(sorted(faults))
    return file


def _index(node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], name: str) -> list[Problem]:
    """Record the line of every value below `node`; returns the repeated keys."""
    lines[path] = node.start_mark.line + 1
    problems: list[Problem] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*path, str(key.value))
            if below in lines:
                problems.append(Problem(name, key.start_mark.line + 1, f"键 {key.value} 重复。"))
            problems += _index(value, below, lines, name)
            lines[below] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            problems += _index(value, (*path, number), lines, name)
    return problems


def _dotted(path: Iterable[str | int]) -> str:
    return ".".join(str(step) for step in path) or "文件"
