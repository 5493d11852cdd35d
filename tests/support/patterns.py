"""Every regular expression of a package, and texts made of its own alphabet that it could take too long for.

A pattern is attacked with what it looks for itself: its literals, a member of each of its classes, and whole samples
of it, repeated, and broken off before the end. What is quadratic or worse on any text is mostly so on one of these.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import random
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache, cached_property
from itertools import pairwise
from types import ModuleType
from typing import Any

# The module has an underscore's name since Python 3.11; what is read from it has not changed since Python 3.6.
_sre_parse = importlib.import_module("re._parser")
_CALLS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")
_AT_ONE_PLACE = ("match", "fullmatch")
_LONGEST_SAMPLE = 60  # characters
_LETTERS = 12  # of an alphabet, which may have hundreds: 某|某局|某委|…
_FILLERS = (" ", "某", "1")
_NOTHING = "\u0001"  # what no pattern looks for


@dataclass(frozen=True)
class Found:
    """A pattern, where it is, and how it is called."""

    where: str  # generator.reading.lines._RULE
    pattern: re.Pattern[str]
    methods: tuple[
        str, ...
    ]  # match, fullmatch, finditer, which stands for all that look everywhere in a text


def patterns_of(*packages: str) -> list[Found]:
    """Every compiled pattern that a module of these packages holds, in constants and classes; each once."""
    found: dict[re.Pattern[str], Found] = {}
    for module in _modules(packages):
        calls = _calls(module)
        for name, value in vars(module).items():
            for where, pattern in _compiled(value, f"{module.__name__}.{name}", module):
                if pattern not in found:
                    found[pattern] = Found(where, pattern, _methods(name, calls, packages))
    return list(found.values())


def patterns_in(value: object, where: str, *packages: str) -> list[Found]:
    """Every compiled pattern that an object holds, however deep: what is made of YAML when the program starts.

    `packages`: where it is used, to see there how its patterns are called.
    """
    found: dict[re.Pattern[str], Found] = {}
    seen: dict[int, object] = {}  # the objects, too: an id is one's own only as long as it lives
    waiting: list[tuple[str, object]] = [(where, value)]
    while waiting:
        name, one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        if isinstance(one, re.Pattern):
            found.setdefault(one, Found(name, one, _methods(name.rpartition(".")[2], {}, packages)))
        else:
            waiting += [(f"{name}.{key}", inner) for key, inner in _members(one)]
    return list(found.values())


def _members(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        yield from ((str(key), inner) for key, inner in value.items())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from ((str(place), inner) for place, inner in enumerate(value))
    elif not isinstance(value, type) and (
        is_dataclass(value) or type(value).__module__.startswith("generator.")
    ):
        made = [name for name, one in vars(type(value)).items() if isinstance(one, cached_property)]
        held = (
            [one.name for one in fields(value)]
            if is_dataclass(value)
            else list(getattr(value, "__dict__", {}))
        )
        yield from ((name, getattr(value, name)) for name in dict.fromkeys([*held, *made]))


@cache
def _modules(packages: tuple[str, ...]) -> tuple[ModuleType, ...]:
    modules: list[ModuleType] = []
    for package in packages:
        top = importlib.import_module(package)
        modules.append(top)
        for one in pkgutil.walk_packages(getattr(top, "__path__", ()), f"{package}."):
            modules.append(importlib.import_module(one.name))
    return tuple(modules)


def _compiled(value: object, where: str, module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of a global of a module: itself, in a container, as an attribute of a class of the module."""
    if isinstance(value, type):
        if value.__module__ == module.__name__:
            for name, inner in vars(value).items():
                if not name.startswith("__"):
                    yield from _compiled(inner, f"{where}.{name}", module)
    elif isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield where, value
    elif isinstance(value, Mapping | list | tuple | set | frozenset) or is_dataclass(value):
        for name, inner in _members(value):
            yield from _compiled(inner, f"{where}.{name}", module)


@cache
def _calls(module: ModuleType) -> Mapping[str, frozenset[str]]:
    """The methods that a module calls on each global name, or on something of that name in another module."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Attribute) and node.attr in _CALLS:
            of = node.value
            name = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
            found.setdefault(name, set()).add(node.attr)
    return {name: frozenset(methods) for name, methods in found.items()}


def _methods(name: str, calls: Mapping[str, frozenset[str]], packages: tuple[str, ...]) -> tuple[str, ...]:
    """How a pattern is called: as it is in the source where it is called by its name, else in every way."""
    used = set(calls.get(name, ()))
    if not (
        calls and name.startswith("_")
    ):  # what a module keeps for itself, another one has under the same name
        for module in _modules(packages):
            used |= _calls(module).get(name, frozenset())
    if not used:
        return ("match", "finditer")
    methods = [method for method in _AT_ONE_PLACE if method in used]
    return (*methods, "finditer") if used - set(_AT_ONE_PLACE) else tuple(methods)


# --- texts -----------------------------------------------------------------------------------------------------


def attacks(pattern: re.Pattern[str], seed: int = 1) -> list[tuple[str, str, str]]:
    """Texts to try a pattern on, each as a beginning, what is repeated after it, and an end."""
    tree = _sre_parse.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    chance = random.Random(f"{seed}{pattern.pattern}".encode("utf-8", "surrogatepass"))
    alphabet = list(dict.fromkeys(_alphabet(tree, chance)))
    if pattern.flags & re.MULTILINE:  # ^ begins anew at every line
        alphabet.insert(0, "\n")
    samples = [_sample(tree, chance, most)[:_LONGEST_SAMPLE] for most in (0, 1, 3)]
    samples = [sample for sample in dict.fromkeys(samples) if sample]
    pumps = [*alphabet[:_LETTERS], *samples]
    pumps += [first + second for first, second in pairwise(alphabet[:_LETTERS])]
    # Broken off before its end, a sample is begun again and again and never found.
    for sample in samples:
        for stop in {1, len(sample) // 2, len(sample) - 2, len(sample) - 1}:
            if stop > 0:
                pumps += [sample[:stop], *(sample[:stop] + filler for filler in _FILLERS)]
    made = [("", pump, _NOTHING) for pump in pumps] + [("", pump, "") for pump in alphabet[:_LETTERS]]
    # A repeat by itself, behind what must stand before it.
    made += [(before, pump, _NOTHING) for before, pump in _repeats(tree, chance)]
    return list(dict.fromkeys(made))


def _repeats(tree: Any, chance: random.Random, before: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - sre's own tree
    """For each repeat without a near limit: a text that leads to it, and one round of it."""
    at = before
    for code, value in tree:
        name = str(code)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, inner = value
            if int(most) > 50:
                yield at, _sample(inner, chance, 1) or "某"
            yield from _repeats(inner, chance, at)
        else:
            for inner in _inner(name, value):
                yield from _repeats(inner, chance, at)
        at = (at + _sample([(code, value)], chance, 1))[-_LONGEST_SAMPLE:]


def _inner(name: str, value: Any) -> Sequence[Any]:  # noqa: ANN401 - sre's own tree
    """The trees below a node, repeats aside."""
    if name == "BRANCH":
        return list(value[1])
    if name == "SUBPATTERN":
        return [value[-1]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    if name == "ATOMIC_GROUP":
        return [value]
    if name == "GROUPREF_EXISTS":
        return [one for one in value[1:] if one is not None]
    return []


def _alphabet(tree: Any, chance: random.Random) -> Iterator[str]:  # noqa: ANN401 - sre's own tree
    """Every literal of a pattern, and a member of every class."""
    for code, value in tree:
        name = str(code)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from _alphabet(value[2], chance)
        elif inner := _inner(name, value):
            for one in inner:
                yield from _alphabet(one, chance)
        elif text := _sample([(code, value)], chance, 1):
            yield text


def _sample(tree: Any, chance: random.Random, most: int) -> str:  # noqa: ANN401 - sre's own tree
    """A text that a tree looks for; of a repeat `most` rounds more than it must have. Lookarounds are passed over."""
    groups: dict[int, str] = {}

    def made(tree: Any) -> str:  # noqa: ANN401 - sre's own tree
        return "".join(node(str(code), value) for code, value in tree)

    def node(name: str, value: Any) -> str:  # noqa: ANN401 - sre's own tree
        if name == "LITERAL":
            return chr(value)
        if name == "NOT_LITERAL":
            return "某" if value != ord("某") else "a"
        if name == "ANY":
            return "某"
        if name == "IN":
            return _member(value, chance)
        if name == "BRANCH":
            return made(chance.choice(value[1]))
        if name == "SUBPATTERN":
            text = made(value[-1])
            if value[0] is not None:
                groups[value[0]] = text
            return text
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = value
            return "".join(made(inner) for _ in range(min(int(high), int(low) + most, 6 + int(low))))
        if name == "GROUPREF":
            return groups.get(value, "")
        if name == "ATOMIC_GROUP":
            return made(value)
        return ""

    return made(tree)


_CATEGORIES = {
    "CATEGORY_DIGIT": "7", "CATEGORY_NOT_DIGIT": "某", "CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "某",
    "CATEGORY_WORD": "w", "CATEGORY_NOT_WORD": "，",
}  # fmt: skip


def _member(items: Any, chance: random.Random) -> str:  # noqa: ANN401 - sre's own tree
    """A character of a class."""
    refused = str(items[0][0]) == "NEGATE"
    choices = [one for one in items if str(one[0]) != "NEGATE"]
    if refused:
        return next((one for one in "某a1，x中" if not any(_holds(item, one) for item in choices)), "\u4e02")
    code, value = chance.choice(choices)
    if str(code) == "LITERAL":
        return chr(value)
    if str(code) == "RANGE":
        return chr(chance.randint(*value))
    return _CATEGORIES.get(str(value), "某")


def _holds(item: Any, one: str) -> bool:  # noqa: ANN401 - sre's own tree
    code, value = item
    if str(code) == "LITERAL":
        return bool(ord(one) == value)
    if str(code) == "RANGE":
        return bool(value[0] <= ord(one) <= value[1])
    category = str(value)
    holds = {
        "DIGIT": one.isdigit(),
        "SPACE": one.isspace(),
        "WORD": one == "_" or unicodedata.category(one)[0] in "LN",
    }[category.rpartition("_")[2]]
    return not holds if "_NOT_" in category else holds
