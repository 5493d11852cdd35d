"""The site's JavaScript: modules for whoever writes them, classic scripts for the browser.

A page opened from file:// may not load modules, so those below `site_templates/theme/src/` are joined: an entry point
becomes one script, a function around each module it needs, each before those that import it. The same modules give the
same bytes.

Each module directly in the folder is an entry point, and becomes assets/<its name>: site.js is on every page, and its
modules are there for those that pages of one type have besides (generator/sitemap.py). Those in early/ are entry points
too, which run before the page is drawn and stand alone.

A module is written so that nothing else is needed to join it, and deno checks what is in it (`make lint`):

    import { fold, anyOf as pattern } from "../lib/folding.js";   names, from a file below the same folder
    export function parse(query) { … }                            or async function, function*, class, const

Anything else at the start of a line that begins with `import` or `export`, a text in backquotes over several lines, a
circle of imports and a name that nobody exports are errors, with file and line. Comments are left out but for those
that begin with `/*!`, where a licence stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.model import CorpusError, Problem

EVERYWHERE = "site.js"
"""The entry point on every page, before all others but those in `EARLY`."""

EARLY = "early"
"""The folder of entry points that run before anything is drawn."""

REGISTRY = "window.policyModules"
"""Where site.js leaves the modules that others on the same page take from it: a module's state exists once."""

_IMPORT = re.compile(r'import \{([^{}"]*)\} from "(\.{1,2}/[\w./-]+\.js)";$', re.MULTILINE)
_NAME = re.compile(r"(\w+)(?: as (\w+))?")
_EXPORT = re.compile(r"export (?=(?:async function|function\*?|class|const) (\w+))")
_COMMENT = re.compile(r"^[ ]*(?:/\*(?!!)(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_ELSEWHERE = re.compile(r"^(?:import|export)\b|\bimport\s*[.(]", re.MULTILINE)
_BACKQUOTE = re.compile(r"(?<!\\)`")


@dataclass(frozen=True)
class Import:
    """One import statement: the module it names, and which of its exports by which names of one's own."""

    module: str
    names: tuple[tuple[str, str], ...]  # (as exported, as used)
    line: int


@dataclass(frozen=True)
class Module:
    """A module as it was read; `name` is its address below the folder of modules."""

    name: str
    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    body: str  # without comments, imports and the word `export`

    @property
    def variable(self) -> str:
        """What its exports are called in a script."""
        return "$" + re.sub(r"\W", "_", self.name.removesuffix(".js"))


class Modules:
    """The modules below a folder, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Module] = {}

    def __getitem__(self, name: str) -> Module:
        """A module by its address below the folder. Raises `CorpusError` for what cannot be joined."""
        if name not in self._read:
            path = self._folder / name
            try:
                text = path.read_text("utf-8")
            except FileNotFoundError:
                raise _fault(path, None, "没有这个脚本模块。") from None
            self._read[name] = _module(path, name, text)
        return self._read[name]

    def needed(self, *names: str, taken: Collection[str] = ()) -> list[Module]:
        """The modules and all that they import, each after those it imports. Raises `CorpusError` for a circle.

        `taken`: those that run in another script; what they import is not needed here.
        """
        done: dict[str, Module] = {}
        for name in names:
            self._visit(name, (), taken, done)
        return list(done.values())

    def _visit(
        self, name: str, above: tuple[str, ...], taken: Collection[str], done: dict[str, Module]
    ) -> None:
        module = self[name]
        if name in taken:
            done.setdefault(name, module)
            return
        for one in module.imports:
            if one.module in (*above, name):
                way = " → ".join([*above, name, one.module])
                raise _fault(self._folder / name, one.line, f"脚本模块互相导入，成了一个圈：{way}。")
            if one.module not in done:
                if not (self._folder / one.module).is_file():
                    raise _fault(self._folder / name, one.line, f"没有这个脚本模块：{one.module}。")
                self._visit(one.module, (*above, name), taken, done)
            for exported, _ in one.names:
                if exported not in self[one.module].exports:
                    raise _fault(self._folder / name, one.line, f"{one.module} 没有导出 {exported}。")
        done.setdefault(name, module)


def site_scripts(folder: Path) -> dict[str, str]:
    """The scripts of the site by file name, from the modules below a folder. Raises `CorpusError`."""
    modules = Modules(folder)
    everywhere = modules.needed(EVERYWHERE)
    shared = {module.name for module in everywhere}
    names = sorted(path.name for path in folder.glob("*.js") if path.name != EVERYWHERE)
    besides = {name: modules.needed(name, taken=shared) for name in names}
    published = {module.name for needed in besides.values() for module in needed} & shared
    early = sorted(path.name for path in (folder / EARLY).glob("*.js"))
    return {
        EVERYWHERE: script(everywhere, published=published),
        **{name: script(needed, taken=shared) for name, needed in besides.items()},
        **{name: script(modules.needed(f"{EARLY}/{name}")) for name in early},
    }


def script(modules: Sequence[Module], *, taken: Collection[str] = (), published: Collection[str] = ()) -> str:
    """A classic script that runs these modules in their order.

    `taken` names modules that a script before it on the page has published; they are not run again. `published` names
    those that it leaves for scripts after it.
    """
    parts = ['(() => {\n"use strict";\n']
    for module in modules:
        if module.name in taken:
            parts.append(f'const {module.variable} = {REGISTRY}["{module.name}"];\n')
        else:
            parts.append(_function(module))
    left = ", ".join(f'"{module.name}": {module.variable}' for module in modules if module.name in published)
    if left:
        parts.append(f"{REGISTRY} = Object.assign({REGISTRY} || {{}}, {{ {left} }});\n")
    return "".join([*parts, "})();\n"])


def _function(module: Module) -> str:
    """A module as a function that is called once: `const $lib_dom = (() => { … return { element }; })();`."""
    imports = "".join(
        f"const {{ {', '.join(a if a == b else f'{a}: {b}' for a, b in one.names)} }} = {_variable(one.module)};\n"
        for one in module.imports
        if one.names
    )
    call = f"(() => {{\n{imports}{module.body}"
    if not module.exports:
        return f"{call}}})();\n"
    return f"const {module.variable} = {call}return {{ {', '.join(module.exports)} }};\n}})();\n"


def _variable(name: str) -> str:
    return Module(name, (), (), "").variable


def _module(path: Path, name: str, text: str) -> Module:
    """Take a module apart. Lines keep their numbers until everything has been found."""
    plain = _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
    for number, line in enumerate(plain.splitlines(), 1):
        if len(_BACKQUOTE.findall(line)) % 2:
            raise _fault(path, number, "一段反引号里的文字不能跨行。")
    imports = tuple(_import(path, name, plain, found) for found in _IMPORT.finditer(plain))
    rest = _IMPORT.sub(lambda found: "\n" * found.group().count("\n"), plain)
    exports = tuple(found.group(1) for found in _EXPORT.finditer(rest) if _at_start(rest, found.start()))
    body = _EXPORT.sub(lambda found: "" if _at_start(rest, found.start()) else found.group(), rest)
    if other := _ELSEWHERE.search(body):
        at = body.count("\n", 0, other.start()) + 1
        raise _fault(path, at, '只能写 import { 名称 } from "./文件.js"; 和 export function、class、const。')
    return Module(name, imports, exports, re.sub(r"\n{2,}", "\n", body).lstrip("\n"))


def _at_start(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def _import(path: Path, name: str, text: str, found: re.Match[str]) -> Import:
    line = text.count("\n", 0, found.start()) + 1
    steps: list[str] = list(PurePosixPath(name).parent.parts)
    for step in found.group(2).split("/"):
        if step == ".." and not steps:
            raise _fault(path, line, f"{found.group(2)} 在脚本文件夹之外。")
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    names = []
    for part in filter(None, (part.strip() for part in found.group(1).split(","))):
        match = _NAME.fullmatch(part)
        if not match:
            raise _fault(path, line, f"看不懂要导入的名称：{part}。")
        names.append((match.group(1), match.group(2) or match.group(1)))
    return Import("/".join(steps), tuple(names), line)


def _fault(path: Path, line: int | None, message: str) -> CorpusError:
    """What the person who writes the module must mend, and where."""
    return CorpusError([Problem("/".join(path.parts[-4:]), line, message)])
