"""The site's JavaScript modules: pure functions called without a browser, and modules put on a page under test.

Deno runs them as they are written; it comes from PyPI with the development environment and needs no network.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from deno import find_deno_bin  # type: ignore[import-untyped]

from generator.publishing.site.modules import REGISTRY, Modules, script
from tests.support.corpora import ROOT

SOURCE = ROOT / "site_templates" / "theme" / "src"
_RUNNER = Path(__file__).with_name("run.js")


def run_deno(*arguments: str, given: str = "", folder: Path = SOURCE) -> subprocess.CompletedProcess[str]:
    """Deno with these arguments and this standard input, in a folder. It may read files, and nothing else."""
    environment = {**os.environ, "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [find_deno_bin(), *arguments],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def evaluate(function: str, modules: Mapping[str, str], *values: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """What a JavaScript function gives, called with the modules, by the names it has for them, and then the values.

    `evaluate("({ query }, text) => query.parse(text)", {"query": "search/query.js"}, "刻章")`
    """
    asked = {
        "function": function,
        "modules": {name: (SOURCE / path).as_uri() for name, path in modules.items()},
        "values": values,
    }
    run = run_deno(
        "run", "--quiet", "--no-remote", "--no-npm", "--allow-read", str(_RUNNER), given=json.dumps(asked)
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def call(module: str, name: str, arguments: Sequence[Sequence[object]]) -> list[Any]:
    """What a function of a module gives for each list of arguments."""
    results = evaluate(
        "({ module }, name, calls) => calls.map((call) => module[name](...call))",
        {"module": module},
        name,
        arguments,
    )
    assert isinstance(results, list)
    return results


def on_page(variables: Mapping[str, Sequence[str]], change: tuple[str, str] | None = None) -> str:
    """A classic script that puts what some modules export under variables of a page.

    They are modules of their own: nothing is shared with the scripts of the page. `change`: a text of theirs, and what
    stands there instead.
    """
    names = [name for group in variables.values() for name in group]
    joined = script(Modules(SOURCE).needed(*names), published=names)
    if change:
        assert joined.count(change[0]) == 1
        joined = joined.replace(*change)
    for variable, group in variables.items():
        exports = ", ".join(f'...{REGISTRY}["{name}"]' for name in group)
        joined += f"window.{variable} = {{ {exports} }};\n"
    return joined
