"""Word, WPS and Excel files of before 2007, RTF and ODT: LibreOffice makes a new one of them, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from generator.reading.formats.document import Extracted
from generator.reading.formats.docx import read_docx
from generator.reading.formats.recognise import Format
from generator.reading.formats.xlsx import read_xlsx
from generator.reading.guarded import UnreadableError

SECONDS = 90  # less than the process that this runs in is given
_COMMANDS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_NAMES: Mapping[Format, str] = MappingProxyType(
    {
        Format.DOC: "旧的 Word 或者 WPS 文件",
        Format.XLS: "旧的 Excel 文件",
        Format.RTF: "RTF 文件",
        Format.ODT: "ODT 文件",
    }
)


def read_office(data: bytes, kind: Format) -> Extracted:
    """The text of an old file of an office suite. Raises `UnreadableError`, with what to do, where there is no LibreOffice."""
    command = next((found for one in _COMMANDS if (found := shutil.which(one))), None)
    wanted = "xlsx" if kind is Format.XLS else "docx"
    if command is None:
        suite = "Excel" if kind is Format.XLS else "Word 或者 WPS"
        raise UnreadableError(
            f"是{_NAMES[kind]}。请用 {suite} 打开，另存为 .{wanted}；或者安装 LibreOffice，这里就能直接读取。"
        )
    with tempfile.TemporaryDirectory(prefix="policy-site-") as folder:
        made = _converted(command, data, Path(folder), kind, wanted)
    read: Callable[[bytes], Extracted] = read_xlsx if wanted == "xlsx" else read_docx
    extracted = read(made)
    assumed = (
        f"是{_NAMES[kind]}，由 LibreOffice 转成 .{wanted} 再读，自动编号请对照原件。",
        *extracted.assumed,
    )
    return replace(
        extracted, media_type=kind.media_type, reader=f"LibreOffice, {extracted.reader}", assumed=assumed
    )


def _converted(command: str, data: bytes, folder: Path, kind: Format, wanted: str) -> bytes:
    source = folder / f"original{kind.suffix}"
    source.write_bytes(data)
    arguments = [command, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
                 "--convert-to", wanted, "--outdir", str(folder / "made"), str(source)]  # fmt: skip
    process = subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=os.name == "posix"
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        raise UnreadableError(f"LibreOffice 在 {SECONDS} 秒之内没有转完。请自己另存为 .{wanted}。") from error
    result = folder / "made" / f"original.{wanted}"
    if process.returncode or not result.is_file():
        raise UnreadableError(f"LibreOffice 转换不了，可能已损坏或者有密码。请自己另存为 .{wanted}。")
    return result.read_bytes()
