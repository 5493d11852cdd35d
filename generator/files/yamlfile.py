"""YAML that an editor writes by hand: read within limits, checked against a schema, faults named by line.

Every YAML file that the program reads comes through here. Whatever the file holds, it ends as a value or as a
`CorpusError`: the values are made here, from the nodes, and not by PyYAML's constructors, which let a file raise
almost any exception. Aliases are allowed within the limits; merge keys (<<) and tags of other languages are not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator, ValidationError, validators

from generator.files.dates import is_iso_date
from generator.files.inputs import read_inside
from generator.files.shown import shown
from generator.model import CorpusError, Problem

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40  # of lists and mappings within each other
MAX_NODES = 50_000  # values, each counted as often as aliases repeat it
MAX_DIGITS = 18  # of a whole number
MAX_FAULTS = 100  # told of one file
_LONGEST_QUOTE = 60  # characters of a value in a message

KeyPath = tuple[str | int, ...]

_CORE = "tag:yaml.org,2002:"
_NULLS = ("", "~", "null", "Null", "NULL")


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


class YamlFault(Exception):  # noqa: N818 - a fault of the file, as the messages call it
    """Something in a YAML file that is not to be read: the line, and a sentence in Chinese."""

    def __init__(self, line: int, message: str, advice: str = "") -> None:
        self.line, self.message, self.advice = line, message, advice
        super().__init__(message)


class BoundedLoader(yaml.SafeLoader):
    """Composes the nodes of a text within the limits, and makes their values.

    Dates stay the text the editor wrote; so do << and =, which mean nothing here. Raises `YamlFault`, and what PyYAML
    raises for a text that is not YAML.
    """

    yaml_implicit_resolvers = MappingProxyType(  # type: ignore[assignment]  # read, never written to
        {
            first: [
                (tag, pattern)
                for tag, pattern in resolvers
                if tag.removeprefix(_CORE) not in ("timestamp", "merge", "value")
            ]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }
    )

    def __init__(self, text: str) -> None:
        self._depth = 0
        self._deepest = 0  # of what is being composed
        self._nodes = 0
        self._extents: dict[
            yaml.Node, tuple[int, int]
        ] = {}  # of finished nodes: values in them, levels in them
        super().__init__(text)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401 - PyYAML's own
        """A node with all below it, within the limits."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if self.check_event(yaml.AliasEvent):
            node = super().compose_node(parent, index)
            if node is None or node not in self._extents:
                raise YamlFault(
                    line, f"别名 *{_quote(event.anchor)} 指向包含它自己的内容。", "请把内容写出来。"
                )
            values, levels = self._extents[node]
            self._reach(line, values, levels)
            return node
        self._depth += 1
        around, self._deepest, before = self._deepest, self._depth, self._nodes
        self._reach(line, 1, 0)
        node = super().compose_node(parent, index)
        if node is not None:
            self._extents[node] = (self._nodes - before, self._deepest - self._depth + 1)
        self._deepest = max(around, self._deepest)
        self._depth -= 1
        return node

    def _reach(self, line: int, values: int, levels: int) -> None:
        """Count further values, with so many levels in them, at the present depth."""
        self._nodes += values
        self._deepest = max(self._deepest, self._depth + levels)
        if self._nodes > MAX_NODES:
            raise YamlFault(
                line, f"内容超过 {MAX_NODES} 项（别名展开后计算）。", "请拆分文件，或者少用别名。"
            )
        if self._deepest > MAX_DEPTH:
            raise YamlFault(line, f"嵌套超过 {MAX_DEPTH} 层。", "请检查括号和缩进。")

    def value(self, node: yaml.Node) -> Any:  # noqa: ANN401 - whatever YAML can hold
        """The value of a node."""
        tag = node.tag.removeprefix(_CORE)
        if isinstance(node, yaml.MappingNode) and tag == "map":
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode) and tag == "seq":
            return [self.value(below) for below in node.value]
        make = _SCALARS.get(tag) if isinstance(node, yaml.ScalarNode) else None
        return make(self, node) if make else self.other(node)

    def other(self, node: yaml.Node) -> Any:  # noqa: ANN401 - a subclass may know more tags
        """The value of a node with a tag that is not YAML's own, or does not belong there."""
        raise YamlFault(
            node.start_mark.line + 1, f"不认识的标签 {_quote(node.tag)}。", "请去掉感叹号开头的标签。"
        )

    def _mapping(self, node: yaml.MappingNode) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        for key, below in node.value:
            name = self._key(key)
            if name in values:  # 1 and 0x1, which `_index` takes for two
                raise YamlFault(key.start_mark.line + 1, f"键 {_quote(str(key.value))} 重复。")
            values[name] = self.value(below)
        return values

    def _key(self, node: yaml.Node) -> Any:  # noqa: ANN401 - a text, a number, a truth value
        if not isinstance(node, yaml.ScalarNode):
            raise YamlFault(node.start_mark.line + 1, "键应为文字，不能是列表或“键: 值”。")
        return self.value(node)


def _text(_: BoundedLoader, node: yaml.ScalarNode) -> str:
    text = str(node.value)
    bad = next((one for one in text if _unfit(one)), None)
    if bad is not None:
        raise YamlFault(node.start_mark.line + 1, f"含有不能印出的字符 U+{ord(bad):04X}。", "请删去。")
    return text


def _day(_: BoundedLoader, node: yaml.ScalarNode) -> str:
    """A date that is tagged as one; without the tag it is a text, and for the schema to judge."""
    if not is_iso_date(node.value):
        raise ValueError(node.value)
    return str(node.value)


def _unfit(character: str) -> bool:
    """Control characters but tab and line feed, halves of surrogate pairs, what is no character."""
    number = ord(character)
    if number < 0x20:
        return character not in "\t\n"
    return 0x7F <= number <= 0x9F or 0xD800 <= number <= 0xDFFF or number & 0xFFFE == 0xFFFE


def _whole(loader: BoundedLoader, node: yaml.ScalarNode) -> int:
    if len(node.value) > MAX_DIGITS:
        raise YamlFault(
            node.start_mark.line + 1, f"{_quote(node.value)} 不是这里能用的整数。", "文字请加引号。"
        )
    return int(loader.construct_yaml_int(node))


def _real(loader: BoundedLoader, node: yaml.ScalarNode) -> float:
    number = float(loader.construct_yaml_float(node))
    if not math.isfinite(number):
        raise ValueError(node.value)
    return number


def _truth(loader: BoundedLoader, node: yaml.ScalarNode) -> bool:
    return bool(loader.bool_values[node.value.lower()])


def _nothing(_: BoundedLoader, node: yaml.ScalarNode) -> None:
    if node.value not in _NULLS:
        raise ValueError(node.value)


def _sound(kind: str, make: Callable[[BoundedLoader, yaml.ScalarNode], Any]) -> Callable[..., Any]:
    """`make`, for which a text that is not a `kind` is a fault of its line."""

    def made(loader: BoundedLoader, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - what `make` makes
        try:
            return make(loader, node)
        except (ValueError, LookupError, ArithmeticError) as error:
            message = f"{_quote(node.value) or '空'} 不是{kind}。"
            raise YamlFault(node.start_mark.line + 1, message, "文字请加引号。") from error

    return made


_SCALARS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "str": _text,
        "timestamp": _sound("日期（2021-02-28）", _day),
        "int": _sound("整数", _whole),
        "float": _sound("有限的数", _real),
        "bool": _sound("是非值（true、false）", _truth),
        "null": _sound("空值", _nothing),
    }
)


def load_yaml(path: Path, name: str, schema: Mapping[str, Any], folder: Path | None = None) -> YamlFile:
    """Read `path` and check it against a JSON schema; `name` is what messages call the file.

    `folder`: the folder that a link must not lead out of; without it a link is followed. Raises `CorpusError` with
    every fault found: a missing file, broken YAML, a repeated key, a limit that is passed, a value the schema
    refuses. In a schema `pattern` means the whole end of the text by `$`, and `format` knows `date` (a day of the
    calendar, YYYY-MM-DD) and `line` (one line that is not blank).
    """
    if folder is None:
        path = path.resolve()
    data = read_inside(path, folder or path.parent, MAX_BYTES)
    file = parse_yaml(data, name)
    faults = [
        file.problem(_place(error), f"{_dotted(error.absolute_path)}：{_said(error)}。")
        for error in islice(_Validator(schema).iter_errors(file.data), MAX_FAULTS)
    ]
    if faults:
        raise CorpusError(sorted(set(faults)))
    return file


def parse_yaml(data: bytes, name: str, loader_type: type[BoundedLoader] = BoundedLoader) -> YamlFile:
    """The value of a YAML document (UTF-8), and where everything in it stands.

    Raises `CorpusError`, naming the line, for what is no YAML or passes a limit, and for a repeated key.
    """
    with _faults_named(name, data):
        text = data.decode("utf-8-sig")
        loader = loader_type(text)
        try:
            node = loader.get_single_node()
            lines: dict[KeyPath, int] = {}
            problems = list(islice(_index(node, (), lines, name), MAX_FAULTS)) if node is not None else []
            if problems:
                raise CorpusError(problems)
            return YamlFile(name, loader.value(node) if node is not None else None, lines)
        finally:
            loader.dispose()


@contextmanager
def _faults_named(name: str, data: bytes) -> Iterator[None]:
    """Everything that a text can make PyYAML raise, as a fault of a line."""
    try:
        yield
    except YamlFault as fault:
        raise CorpusError([Problem(name, fault.line, fault.message, fault.advice)]) from fault
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError([Problem(name, line, "不是 UTF-8 编码。", "请另存为 UTF-8。")]) from error
    except yaml.reader.ReaderError as error:
        line = data.decode("utf-8-sig").count("\n", 0, error.position) + 1
        message = f"含有不能印出的字符 U+{_code_of(error):04X}。"
        raise CorpusError([Problem(name, line, message, "请删去。")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        raise CorpusError([Problem(name, mark.line + 1 if mark else 1, f"YAML 写法有误：{what}")]) from error
    except (ValueError, OverflowError) as error:  # "\U00110000", %YAML with a number of 5,000 digits
        raise CorpusError([Problem(name, 1, "YAML 写法有误：有不存在的字符或者过大的数。")]) from error


def _code_of(error: yaml.reader.ReaderError) -> int:
    return error.character if isinstance(error.character, int) else ord(error.character)


def _index(node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], name: str) -> Iterator[Problem]:
    """Record the line of every value below `node`; yields the repeated keys."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            text = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            below = (*path, text)
            if below in lines:
                yield Problem(name, key.start_mark.line + 1, f"键 {_quote(text)} 重复。")
            yield from _index(value, below, lines, name)
            lines[below] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _index(value, (*path, number), lines, name)


def _pattern(_: object, pattern: str, instance: object, __: object) -> Iterator[ValidationError]:
    r"""As JSON Schema has it: `$` is the end of the text. Python's `$` stands before a last line feed too."""
    if isinstance(instance, str) and not re.search(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{_quote(instance)} 写法不对，应合于 {pattern}")


def _format(_: object, form: str, instance: object, __: object) -> Iterator[ValidationError]:
    if not isinstance(instance, str):
        return
    if form == "date" and not is_iso_date(instance):
        yield ValidationError(f"{_quote(instance)} 不是日历上的日期，应写作 2021-02-28")
    if form == "line" and (not instance.strip() or "\n" in instance.strip()):
        yield ValidationError(f"{_quote(instance)} 应为一行文字")


def _unique(_: object, wanted: bool, instance: object, __: object) -> Iterator[ValidationError]:
    """In linear time, whatever the members are."""
    if wanted and isinstance(instance, list):
        seen: set[str] = set()
        for one in instance:
            if repr(one) in seen:
                yield ValidationError(f"{_quote(str(one))} 重复")
            seen.add(repr(one))


_Validator = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": _pattern, "format": _format, "uniqueItems": _unique}
)

_TYPES = {
    "string": "文字",
    "array": "列表",
    "object": "“键: 值”",
    "null": "空",
    "integer": "整数",
    "number": "数",
    "boolean": "是或否",
}


def _place(error: ValidationError) -> KeyPath:
    """The value that a fault is of: a key that is unknown, or wrong in itself, rather than all that it stands in."""
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = cast(Any, error.schema).get("properties", {})
        return (*path, *(str(key) for key in islice((key for key in error.instance if key not in known), 1)))
    return (*path, str(error.instance)) if "propertyNames" in error.absolute_schema_path else path


def _said(error: ValidationError) -> str:
    """What a schema refuses, in Chinese."""
    wanted, found, schema = (cast(Any, one) for one in (error.validator_value, error.instance, error.schema))
    match error.validator:
        case "type":
            names = [wanted] if isinstance(wanted, str) else wanted
            return f"应为{'或'.join(_TYPES[one] for one in names)}，现为 {_quote(str(found))}"
        case "required":
            missing = [key for key in wanted if key not in found]
            return f"缺少 {'、'.join(missing)}"
        case "additionalProperties":
            known = schema.get("properties", {})
            unknown = "、".join(_quote(str(key)) for key in found if key not in known)
            return f"不认识的键 {unknown}，可用：{'、'.join(known)}"
        case "enum":
            return f"{_quote(str(found))} 不在可用的值里：{'、'.join(map(str, wanted))}"
        case "minLength" | "minItems":
            return f"太短，至少 {wanted}"
        case "maxLength" | "maxItems":
            return f"{_quote(str(found))} 太长，至多 {wanted}"
        case "maximum":
            return f"{_quote(str(found))} 太大，至多 {wanted}"
        case "exclusiveMinimum":
            return f"{_quote(str(found))} 太小，应大于 {wanted}"
    return _quote(error.message, 4 * _LONGEST_QUOTE)


def _quote(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """A value as a message shows it: short, and with nothing that acts."""
    return shown(text if len(text) <= longest else f"{text[: longest - 1]}…")


def _dotted(path: Iterable[str | int]) -> str:
    return _quote(".".join(str(step) for step in path)) or "文件"
