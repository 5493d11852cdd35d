"""Finding and reading the files of a corpus: nothing outside its folder, nothing that is not a plain file."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from generator.files.inputs import not_plain, read_inside, relative
from generator.files.shown import acts, shown
from generator.model import CorpusError, Problem, SourceText, Stage

SOURCE_SUFFIXES = (".txt", ".md")
SIDECAR_SUFFIXES = (".yml", ".yaml")
ORIGINAL = ".original"
"""What stands before the suffix of an original that is text itself, so that it is not taken for a source."""
RECORDS = ("wordings.lock", "anchors.lock", "changes.log")
"""What the command `lock` writes beside the sources, all of it or none."""

# What Windows and Word leave in every folder they open.
_LITTER = ("thumbs.db", "desktop.ini")
_LOCK_FILE = "~$"
_WIDE_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_TELLING = 2048  # bytes of a file that tell its encoding
_USUAL = re.compile("[\\s!-~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_AS_UTF8 = "请移到别处，再用 python -m generator add 加入：它认得别的编码和格式。"


@dataclass(frozen=True)
class Unread:
    """A file beside the sources that is not read: its name as it may be shown, and a sentence that says why."""

    file: str
    explanation: str


@dataclass(frozen=True)
class Folder:
    """What a folder of sources holds. Sidecars, records and hidden files are known, and stand nowhere here."""

    sources: tuple[Path, ...]  # sorted by path; without those that are in `problems`
    unread: tuple[Unread, ...]
    problems: tuple[Problem, ...]


def require_folder(folder: Path) -> Path:
    """The folder of sources, which is there. Raises `CorpusError` where it is not."""
    if not folder.is_dir():
        advice = "请用 --sources 指定原文文件夹。"
        raise CorpusError([Problem(shown(str(folder)), None, "没有这个文件夹。", advice)])
    return folder


def survey(folder: Path) -> Folder:
    """Everything below a folder of sources, and the faults of its names.

    A symbolic link out of the folder, a device, a named pipe is no source, and is never opened. Faults: a folder in
    it that cannot be read; a sidecar without its source (the file it describes is missing), beside a second one, or
    for two sources; a name that no page and no terminal can show. Raises `CorpusError` for a folder that is not
    there, cannot be read or holds no source.
    """
    require_folder(folder)
    problems: list[Problem] = []
    unread: list[Unread] = []
    sources: list[Path] = []
    sidecars: list[Path] = []
    root = folder.resolve()
    for path in _files_below(folder, problems, unread):
        name, suffix = relative(path, folder), path.suffix.lower()
        if name in RECORDS or path.name.lower() in _LITTER or path.name.startswith(_LOCK_FILE):
            continue
        original = PurePath(path.stem).suffix == ORIGINAL  # of a text in another encoding: 甲.original.txt
        ours = (
            sources
            if suffix in SOURCE_SUFFIXES and not original
            else sidecars
            if suffix in SIDECAR_SUFFIXES
            else None
        )
        if ours is None:
            what = f"不是原文文件（{'、'.join(SOURCE_SUFFIXES)}），没有收录。是原件的，用 python -m generator add 读取它。"
            unread.append(_unread(path, folder, what))
        elif any(map(acts, name)):
            problems.append(_problem(name, "文件名里有不能显示的字符。", "请改名。"))
        elif (fault := not_plain(path, root)) and ours is sources:
            unread.append(_unread(path, folder, f"{fault}，没有收录。"))
        else:
            ours.append(path)
    if not sources and not problems and not sidecars:
        message = f"文件夹里没有原文文件（{'、'.join(SOURCE_SUFFIXES)}）。"
        raise CorpusError([Problem(shown(str(folder)), None, message)])
    unpaired = list(_unpaired(sources, sidecars, folder))
    problems += [problem for _, problem in unpaired]
    untold = {stem for stem, _ in unpaired}
    sound = [source for source in sources if source.with_suffix("") not in untold]
    return Folder(tuple(sound), tuple(unread), tuple(problems))


def sidecar_path(source: Path) -> Path | None:
    """The sidecar beside a source file, or None. `load_sidecar` refuses one that is not a plain file of the folder."""
    return next(iter(sidecar_paths(source)), None)


def sidecar_paths(source: Path) -> list[Path]:
    """All sidecars beside a source file: `survey` does not let a source with more than one of them pass."""
    paths = [source.with_suffix(suffix) for suffix in (*SIDECAR_SUFFIXES, *map(str.upper, SIDECAR_SUFFIXES))]
    return [path for path in paths if _is_there(path)]


def read_record(folder: Path, name: str) -> str | None:
    """The text of a file that the generator itself keeps in a folder of sources; None where there is none.

    Raises `CorpusError` as `read_inside` does, and for one that is not UTF-8.
    """
    path = folder / name
    if not _is_there(path):
        return None
    try:
        return read_inside(path, folder).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError([Problem(name, _line_of(error), "不是 UTF-8 编码。", _AS_UTF8)]) from error


def read_source(path: Path, folder: Path) -> SourceText:
    """One source file, decoded from UTF-8 (a byte order mark is allowed), otherwise untouched.

    Raises `CorpusError`, naming the line, for a file that cannot be read, is empty, binary or not UTF-8.
    """
    name = relative(path, folder)
    data = read_inside(path, folder)
    wide = next((encoding for mark, encoding in _WIDE_MARKS.items() if data.startswith(mark)), None)
    if wide or _looks_wide(data):
        message = f"不是 UTF-8 编码，像是 {wide or 'UTF-16'}（记事本的“Unicode”）。"
        raise CorpusError([Problem(name, 1, message, _AS_UTF8)])
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise CorpusError([Problem(name, line, "不是文本文件（含有二进制数据）。", _AS_UTF8)])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError([Problem(name, _line_of(error), *_undecodable(data, name))]) from error
    if not text.replace("\ufeff", "").strip():
        raise CorpusError([Problem(name, 1, "原文文件是空的。", "请放入完整的原文，或删除该文件。")])
    return SourceText(path=name, sha256=hashlib.sha256(data).hexdigest(), text=text)


def _files_below(folder: Path, problems: list[Problem], unread: list[Unread]) -> Iterator[Path]:
    """Every file below a folder but hidden ones, sorted by path; folders that cannot be read are faults."""
    found: list[Path] = []

    def cannot_be_read(error: OSError) -> None:
        where = Path(os.fsdecode(error.filename or folder))
        message = f"无法读取文件夹：{error.strerror or error}。"
        if where == folder:
            raise CorpusError([Problem(shown(str(folder)), None, message, "请核对权限。")]) from error
        problems.append(_problem(relative(where, folder), message, "请核对权限；它里面的文件都没有读到。"))

    for place, folders, files in os.walk(folder, onerror=cannot_be_read):
        below = [Path(place, name) for name in folders if not name.startswith(".")]
        unread += [
            _unread(path, folder, "是指向别处的文件夹链接，没有进入。")
            for path in sorted(below)
            if path.is_symlink()
        ]
        folders[:] = [path.name for path in below if not path.is_symlink()]
        found += [Path(place, name) for name in files if not name.startswith(".")]
    yield from sorted(found)


def _unpaired(
    sources: Sequence[Path], sidecars: Sequence[Path], folder: Path
) -> Iterator[tuple[Path, Problem]]:
    """The faults of pairs of source and sidecar, one of them missing or there twice, each with the pair's stem."""
    by_stem: defaultdict[Path, list[Path]] = defaultdict(list)
    for source in sources:
        by_stem[source.with_suffix("")].append(source)
    for stem, (first, *others) in by_stem.items():
        for other in others:
            message = f"与 {first.name} 只有扩展名不同，说明文件分不清是哪一个的，都没有读取。"
            yield stem, _problem(relative(other, folder), message, "请把其中一个改名。")
    described: dict[Path, Path] = {}
    for sidecar in sidecars:
        stem = sidecar.with_suffix("")
        first = described.setdefault(stem, sidecar)
        if stem not in by_stem:
            advice = f"应有 {shown(sidecar.stem)}.txt 与它并列。"
            yield stem, _problem(relative(sidecar, folder), "说明文件没有对应的原文文件。", advice)
        elif first is not sidecar:
            message = f"与 {first.name} 是同一个原文文件的两个说明文件。"
            yield stem, _problem(relative(sidecar, folder), message, "请只留一个。")
        elif sidecar.suffix not in (sidecar.suffix.lower(), sidecar.suffix.upper()):
            message = f"说明文件的扩展名写作 {sidecar.suffix}。"
            yield stem, _problem(relative(sidecar, folder), message, f"请改为 {sidecar.suffix.lower()}。")


def _is_there(path: Path) -> bool:
    """Whether there is anything of this name, a link to nowhere included; a name too long is nowhere."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _looks_wide(data: bytes) -> bool:
    """Whether a file without a mark is UTF-16: read so, its head is Chinese and Latin, and has a NUL somewhere."""
    head = data[:_TELLING] if len(data) > _TELLING else data[: len(data) // 2 * 2]
    if b"\0" not in head:
        return False
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        if len(_USUAL.findall(text)) > 0.9 * len(text):
            return True
    return False


def _undecodable(data: bytes, name: str) -> tuple[str, str]:
    """What to say of bytes that are no UTF-8, and what to do."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        advice = f"请移到别处，再用 python -m generator add {shlex.quote(PurePath(name).name)} 加入：它认得 GB18030、Big5、UTF-16。"
        return "不是 UTF-8 编码，无法解码。", advice
    return "含有半个字符（U+D800–U+DFFF），无法解码。", "请对照原件补出那个字。"


def _line_of(error: UnicodeDecodeError) -> int:
    return bytes(error.object).count(b"\n", 0, error.start) + 1


def _problem(name: str, message: str, advice: str = "") -> Problem:
    return Problem(shown(name), None, message, advice, Stage.READING)


def _unread(path: Path, folder: Path, what: str) -> Unread:
    name = shown(relative(path, folder))
    return Unread(name, f"{name} {what}")
