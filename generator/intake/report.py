"""What the command `add` tells: a paragraph per document, one table at the end, or JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from generator.files.json_text import to_json
from generator.intake.entry import Added, Entry, Status
from generator.model import Doubt, Kind, Policy

_KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PART: "编",
        Kind.CHAPTER: "章",
        Kind.SECTION: "节、一级标题",
        Kind.ARTICLE: "条",
        Kind.PARAGRAPH: "款、（一）",
        Kind.SUBPARAGRAPH: "1.",
        Kind.POINT: "项",
        Kind.INDENT: "目",
        Kind.ITEM: "分项",
        Kind.ALINEA: "未编号段落",
        Kind.ATTACHMENT: "附件",
        Kind.COVER: "印发通知",
        Kind.TABLE: "表格",
        Kind.GROUP: "表格分组",
        Kind.ROW: "表行",
    }
)
_STATUS: Mapping[Status, str] = MappingProxyType(
    {"added": "已加入", "known": "已有", "same text": "文字已有", "unreadable": "不能读取"}
)
_MOST_DOUBTS = 20  # of one document, in lines for a person


def entry_lines(entry: Entry, *, dry_run: bool = False) -> Iterator[str]:
    """What became of one original, for a person."""
    yield entry.name
    if entry.status == "unreadable":
        yield f"  不能读取：{entry.problem}"
        return
    if entry.status == "known":
        yield f"  已有同一个文件：{entry.where}，没有再加。"
        return
    if entry.status == "same text":
        yield f"  文字与已有的相同：{entry.where}，没有再加。"
        return
    yield f"  {'将写入' if dry_run else '已写入'} {'、'.join(entry.files)}"
    for added in entry.policies:
        yield from _policy_lines(added)
    yield from _original_lines(entry)
    told = [*entry.notices, *map(_doubt, islice(entry.doubts, _MOST_DOUBTS))]
    if not told:
        yield "  存疑：没有"
        return
    yield f"  存疑 {len(entry.notices) + len(entry.doubts)} 处："
    yield from (f"    {one}" for one in told)
    if len(entry.doubts) > _MOST_DOUBTS:
        yield f"    ……其余 {len(entry.doubts) - _MOST_DOUBTS} 处用 python -m generator check 列出。"


def _policy_lines(added: Added) -> Iterator[str]:
    policy = added.policy
    yield f"  {policy.title}"
    yield f"    编号 {policy.id}（建议，公布以前可以改）"
    facts = {
        "机关": policy.issuer,
        "文号": policy.document_number,
        "成文": policy.issued,
        "施行": policy.effective,
        "状态": policy.status,
    }
    yield "    " + "；".join(f"{name} {value or '未载明'}" for name, value in facts.items())
    yield f"    {_counted(policy)}"
    if added.version_of is not None:
        yield (
            f"    是 {added.version_of.id}（{added.version_of.title}）的另一个文本：作为新的文本加入。"
            "旧的已经失效的，请在它的说明文件里写 repealed。"
        )


def _original_lines(entry: Entry) -> Iterator[str]:
    extracted = entry.extracted
    if extracted is None:
        return
    pages = f"，{extracted.pages} 页" if extracted.pages else ""
    yield f"  原件 {entry.media_type}{pages}，SHA-256 {entry.sha256}"
    if extracted.assumed:
        yield f"    {''.join(extracted.assumed)}"
    if extracted.address:
        yield f"    网址 {extracted.address}"
    if extracted.said:
        yield "    信息表 " + "；".join(f"{name} {value}" for name, value in extracted.said.items())
    if extracted.hint:
        yield f"    文件属性里的标题（仅供参考）：{extracted.hint}"
    for one in extracted.attachments:
        yield f"    附件 {one.name}：{one.address}"
    for part in extracted.left_out:
        yield f"    未收入：{part.reason}，{part.pieces} 处 {part.characters} 字：{part.text}"


def _counted(policy: Policy) -> str:
    counts = Counter(clause.kind for clause in policy.clauses)
    each = "，".join(f"{name} {counts[kind]}" for kind, name in _KINDS.items() if counts[kind])
    return f"条文 {len(policy.clauses)}" + (f"：{each}" if each else "")


def _doubt(doubt: Doubt) -> str:
    place = f"第 {doubt.line} 行 " if doubt.line else ""
    quote = f"“{doubt.quote}” " if doubt.quote else ""
    return f"{place}{doubt.kind.chinese}：{quote}{doubt.explanation}"


def table_rows(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """One row per document for the table at the end: file, what became of it, ids, clauses, doubts."""
    rows: list[tuple[str, ...]] = [("文件", "结果", "政策编号", "条文", "存疑")]
    for entry in entries:
        ids = "、".join(added.policy.id for added in entry.policies) or entry.where or entry.problem
        clauses = sum(len(added.policy.clauses) for added in entry.policies)
        doubts = len(entry.doubts) + len(entry.notices)
        counts = (str(clauses), str(doubts)) if entry.status == "added" else ("", "")
        rows.append((PurePosixPath(entry.name).name, _STATUS[entry.status], ids, *counts))
    return rows


def summary(entries: Sequence[Entry]) -> str:
    """How many documents came in, and how many did not."""
    counts = Counter(entry.status for entry in entries)
    each = "，".join(f"{name} {counts[status]}" for status, name in _STATUS.items() if counts[status])
    return f"{len(entries)} 个文件：{each or '没有可以加入的'}。"


def add_json(entries: Sequence[Entry], *, dry_run: bool) -> str:
    """The whole report as one JSON object."""
    return to_json({"dry_run": dry_run, "documents": [_record(entry) for entry in entries]}, indent=1) + "\n"


def _record(entry: Entry) -> dict[str, Any]:
    extracted = entry.extracted
    return {
        "name": entry.name,
        "status": entry.status,
        "problem": entry.problem or None,
        "where": entry.where,
        "files": list(entry.files),
        "sha256": entry.sha256 or None,
        "media_type": entry.media_type or None,
        "pages": extracted.pages if extracted else None,
        "assumed": list(extracted.assumed) if extracted else [],
        "address": extracted.address if extracted else None,
        "said": dict(extracted.said) if extracted else {},
        "hint": extracted.hint if extracted else None,
        "attachments": [
            {"name": one.name, "address": one.address} for one in (extracted.attachments if extracted else ())
        ],
        "left_out": [
            {"reason": one.reason, "pieces": one.pieces, "characters": one.characters, "text": one.text}
            for one in (extracted.left_out if extracted else ())
        ],
        "policies": [_policy_record(added) for added in entry.policies],
        "doubts": [*({"kind": None, "line": None, "quote": "", "explanation": one} for one in entry.notices),
                   *map(_doubt_record, entry.doubts)],
    }  # fmt: skip


def _policy_record(added: Added) -> dict[str, Any]:
    policy = added.policy
    return {
        "id": policy.id,
        "title": policy.title,
        "issuer": policy.issuer,
        "document_number": policy.document_number,
        "issued": policy.issued,
        "effective": policy.effective,
        "status": policy.status,
        "clauses": _by_kind(clause.kind for clause in policy.clauses),
        "version_of": added.version_of.id if added.version_of else None,
    }


def _by_kind(kinds: Iterable[Kind]) -> dict[str, int]:
    return {kind.value: count for kind, count in Counter(kinds).items()}


def _doubt_record(doubt: Doubt) -> dict[str, Any]:
    return {
        "kind": doubt.kind.value,
        "line": doubt.line,
        "quote": doubt.quote,
        "explanation": doubt.explanation,
    }
