"""What every test costs in processor time, with the programs it starts (`make test-cost`; a plugin of pytest).

The clock on the wall says how busy the machine is; processor seconds say what a test does. Those of a process count
with all its descendants, ended or alive, so that a browser that outlives a test is counted with the tests that use it.
What a fixture of a wider scope takes is told by its name, not added to the test that happened to come first.

Linux only, for it reads /proc: elsewhere a program counts when it has ended.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

_PROPERTY = "processor seconds of "
_TEST = "test"
_SLOWEST = 20
_TICKS = os.sysconf("SC_CLK_TCK")
_PROCESSES = Path("/proc")
_WIDE = ("session", "package", "module", "class")


def processor_seconds(process: int | None = None) -> float:
    """The processor time so far of a process and of all it started, in seconds; of this one where none is named."""
    process = process or os.getpid()
    if not _PROCESSES.is_dir():
        return sum(os.times()[:4])
    # Behind the name, which may hold anything: state, parent … and as 12th to 15th the times of the process and of its
    # children that have ended, each as user and system time (proc_pid_stat(5)).
    fields = _read(_PROCESSES / str(process) / "stat").rpartition(")")[2].split()
    threads = _threads(_PROCESSES / str(process) / "task")
    children = [int(child) for thread in threads for child in _read(thread / "children").split()]
    return sum(map(int, fields[11:15])) / _TICKS + sum(map(processor_seconds, children))


# What has just ended is no longer in /proc: its parent has its times.
_ENDED = (FileNotFoundError, ProcessLookupError)


def _threads(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except _ENDED:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except _ENDED:
        return ""


class Cost:
    """Measures in each process that runs tests, and adds up in the one that reports."""

    def __init__(self) -> None:
        self._mark = 0.0
        self._fixtures: defaultdict[str, float] = defaultdict(float)
        self._taken: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))

    # --- where tests run -------------------------------------------------------------------------------------

    def pytest_collection_finish(self) -> None:
        """Everything before the first test."""
        self._fixtures["start, imports, collection"] += self._passed()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """Takes what a fixture of a wider scope needs off the test."""
        if fixturedef.scope not in _WIDE:
            return (yield)
        before = self._passed()
        self._fixtures[_TEST] += before
        try:
            return (yield)
        finally:
            self._fixtures[f"fixture {fixturedef.argname}"] += self._passed()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Gives the last report of each test what was taken since the test before."""
        report = yield
        if report.when != "teardown":
            return report
        self._fixtures[_TEST] += self._passed()
        report.user_properties += [
            (_PROPERTY + name, f"{taken:.3f}") for name, taken in self._fixtures.items()
        ]
        self._fixtures.clear()
        return report

    def _passed(self) -> float:
        """The time since the last call; none where a browser has been closed, with which that of its parts is lost."""
        now = processor_seconds()
        passed, self._mark = max(0.0, now - self._mark), now
        return passed

    # --- where it is reported --------------------------------------------------------------------------------

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Adds up."""
        for name, taken in report.user_properties:
            what = name.removeprefix(_PROPERTY)
            if what != name:
                self._taken[report.nodeid if what == _TEST else what][report.nodeid.partition("::")[0]] += (
                    float(str(taken))
                )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Shows the costs by module, the fixtures between them, and the tests that cost most."""
        modules: defaultdict[str, float] = defaultdict(float)
        counts: defaultdict[str, int] = defaultdict(int)
        tests: dict[str, float] = {}
        for name, by_module in self._taken.items():
            taken = sum(by_module.values())
            if "::" in name:
                tests[name] = taken
                modules[next(iter(by_module))] += taken
                counts[next(iter(by_module))] += 1
            else:
                modules[name] += taken
        write = terminalreporter.write_line
        terminalreporter.section("processor seconds")
        for line in _table(modules, counts):
            write(line)
        terminalreporter.section("the tests that cost most")
        for name, taken in sorted(tests.items(), key=lambda one: -one[1])[:_SLOWEST]:
            write(f"{taken:8.2f}  {name}")


def _table(taken: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    lines = [f"{sum(taken.values()):8.1f}  all of {sum(counts.values())} tests"]
    for name, seconds in sorted(taken.items(), key=lambda one: -one[1]):
        number = f" ({counts[name]})" if name in counts else ""
        lines.append(f"{seconds:8.1f}  {name}{number}")
    return lines


def pytest_configure(config: pytest.Config) -> None:
    """Begins to count."""
    config.pluginmanager.register(Cost())
