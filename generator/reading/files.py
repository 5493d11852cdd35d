"""Finding and decoding the source files of a corpus."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from generator.model import CorpusError, Problem, SourceText, Stage

SOURCE_SUFFIXES = (".txt", ".md")
SIDECAR_SUFFIXES = (".yml", ".yaml")


def find_sources(folder: Path, faults: list[Problem]) -> list[Path]:
    """All source files below `folder`, sorted by path.

    A symbolic link that leads out of the folder is not followed. Adds to `faults` what keeps a document from being
    found: a subfolder that cannot be read, a sidecar without its source. Raises `CorpusError` when the folder does
    not exist or holds no source.
    """
    if not folder.is_dir():
        raise CorpusError([Problem(str(folder), None, "没有这个文件夹。", "请用 --sources 指定原文文件夹。")])
    root = folder.resolve()
    inside = [
        path
        for path in sorted(_files_below(folder, faults))
        if path.resolve().is_relative_to(root) and not path.name.startswith(".")
    ]
    sources = [path for path in inside if path.suffix.lower() in SOURCE_SUFFIXES]
    stems = {path.with_suffix("") for path in sources}
    faults += [
        Problem(
            relative(path, folder), None, "说明文件没有对应的原文文件。", f"应有 {path.stem}.txt 与它并列。"
        )
        for path in inside
        if path.suffix.lower() in SIDECAR_SUFFIXES and path.with_suffix("") not in stems
    ]
    if not sources and not faults:
        raise CorpusError([Problem(str(folder), None, "文件夹里没有原文文件（.txt、.md）。")])
    return sources


def _files_below(folder: Path, faults: list[Problem]) -> Iterator[Path]:
    """Every file below a folder, links to folders not followed; what cannot be looked into is a fault."""

    def told(error: OSError) -> None:
        where = Path(error.filename)
        name = str(folder) if where == folder else relative(where, folder)
        advice = "请检查权限；它和它里面的文件都没有读到。"
        faults.append(Problem(name, None, f"无法读取：{error.strerror}。", advice, Stage.READING))

    for parent, _, names in os.walk(folder, onerror=told):
        for path in (Path(parent, name) for name in names):
            try:
                if path.is_file():
                    yield path
            except OSError as error:
                told(error)


def read_source(path: Path, folder: Path) -> SourceText:
    """One source file, decoded from UTF-8 (a byte order mark is allowed), otherwise untouched.

    Raises `CorpusError`, naming the line, for a file that cannot be read, is empty, binary or not UTF-8.
    """
    name = relative(path, folder)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError([Problem(name, None, f"无法读取：{error.strerror}。")]) from error
    if not data.strip():
        raise CorpusError([Problem(name, 1, "原文文件是空的。", "请放入完整的原文，或删除该文件。")])
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise CorpusError(
            [Problem(name, line, "不是文本文件（含有二进制数据）。", "请另存为 UTF-8 纯文本。")]
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        advice = f"请转换编码，例如 iconv -f GB18030 -t UTF-8 {name}。"
        raise CorpusError([Problem(name, line, "不是 UTF-8 编码，无法解码。", advice)]) from error
    return SourceText(path=name, sha256=hashlib.sha256(data).hexdigest(), text=text)


def relative(path: Path, folder: Path) -> str:
    """The path of a file below the sources folder, with forward slashes: how the data files name it."""
    return path.relative_to(folder).as_posix()
