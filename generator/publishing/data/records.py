"""The data files other programs read (CONTRACT.md, Data files): policies.json, clauses.jsonl, fidelity.json."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from generator.anchors.lock import wording_hash
from generator.files.json_text import to_json
from generator.model import (
    IN_TABLES,
    Account,
    Clause,
    Commitment,
    Corpus,
    GuidanceKind,
    Original,
    Place,
    Policy,
    Reference,
    Span,
)
from generator.views.fidelity import removed_by_reason


def policies_json(corpus: Corpus) -> str:
    """`policies.json`: metadata of every policy, in the order of the sources. Unknown is null."""
    return _pretty([policy_record(policy) for policy in corpus.policies])


def clauses_jsonl(corpus: Corpus) -> Iterator[str]:
    """`clauses.jsonl`, line by line (each ends with a line feed), in document order."""
    for policy in corpus.policies:
        for clause in policy.clauses:
            yield to_json(clause_record(clause, corpus)) + "\n"


def fidelity_json(corpus: Corpus) -> str:
    """`fidelity.json`: for each source where its characters went, and the removed text by reason."""
    return _pretty([account_record(account) for account in corpus.accounts])


def policy_record(policy: Policy) -> dict[str, Any]:
    """One object of `policies.json`."""
    return {
        "id": policy.id,
        "title": policy.title,
        "issuer": policy.issuer,
        "jurisdiction": asdict(policy.jurisdiction),
        "document_number": policy.document_number,
        "issued": policy.issued,
        "effective": policy.effective,
        "status": policy.status,
        "genre": policy.genre,
        "source": {**_place(policy.place), "sha256": policy.source.sha256},
        "original": original_record(policy.original) if policy.original else None,
        "unchecked": policy.unchecked,
        "url": policy.url,
        "clauses": len(policy.clauses),
        "notes": list(policy.notes),
        "validity": policy.validity,
        "repeals": list(policy.repeals),
        "history": [asdict(event) for event in policy.history],
        "read_from": {name: _place(place) for name, place in policy.read_from.items()},
    }


def original_record(original: Original) -> dict[str, Any]:
    """The `original` of a policy: the file as received."""
    return {
        "file": original.file,
        "sha256": original.sha256,
        "media_type": original.media_type,
        "pages": original.pages,
        "extracted_with": original.extracted_with,
        "left_out": dict(original.left_out),
        "said": dict(original.said),
        "address": original.address,
        "attachments": [{"name": name, "address": address} for name, address in original.attachments],
    }


def clause_record(clause: Clause, corpus: Corpus) -> dict[str, Any]:
    """One object of `clauses.jsonl`. `cells` is there only where there are any: of a table, a group, a row."""
    analysis = corpus.analysis(clause)
    cells = {"cells": list(clause.cells)} if clause.kind in IN_TABLES else {}
    return {
        "policy": clause.policy,
        "anchor": clause.anchor,
        "url": clause.url,
        "kind": clause.kind.value,
        "label": clause.label,
        "number": clause.number,
        "level": clause.level,
        "parent": clause.parent,
        "title": clause.title,
        "wording": clause.wording,
        **cells,
        "sha256": wording_hash(clause),
        "source": _place(clause.place)
        if clause.page is None
        else {**_place(clause.place), "page": clause.page},
        "aliases": list(clause.aliases),
        "corrections": [
            {"find": one.printed, "replace": one.corrected, "reason": one.reason}
            for one in clause.corrections
        ],
        "indicators": [
            {"id": one.id, "role": one.role, "evidence": list(one.evidence)} for one in analysis.indicators
        ],
        "responsibility": {
            "lead": [unit.printed for unit in analysis.responsibility.lead],
            "responsible": [unit.printed for unit in analysis.responsibility.responsible],
            "supporting": [unit.printed for unit in analysis.responsibility.supporting],
        },
        "due": {"text": analysis.due.text, "date": analysis.due.date} if analysis.due else None,
        "commitments": [commitment_record(one) for one in analysis.commitments],
        "references": [reference_record(one) for one in analysis.references],
        "guidance": {
            kind.value: [one.text for one in analysis.guidance if one.kind is kind] for kind in GuidanceKind
        },
    }


def commitment_record(commitment: Commitment) -> dict[str, Any]:
    """One of the `commitments` of a clause."""
    return {
        "subject": commitment.subject,
        "dimension": commitment.dimension,
        "comparator": commitment.comparator,
        "value": _value(commitment.value),
        "unit": commitment.unit,
        "baseline": _value(commitment.baseline),
        "due": commitment.due,
        "due_date": commitment.due_date,
        "scope": commitment.scope,
        "users": commitment.users,
        "condition": commitment.condition,
        "day": commitment.day,
        "day_said": commitment.day_said,
        "force": commitment.force,
        "approximate": commitment.approximate,
        "payer": commitment.payer,
        "kind": commitment.kind,
        "quote": commitment.quote,
    }


def _value(value: float | Span | None) -> float | dict[str, float] | None:
    """A value as CONTRACT.md, Data files writes it: 2, 0.5, {"min": 1, "max": 3}."""
    if value is None:
        return None
    if isinstance(value, Span):
        return {"min": _number(value.min), "max": _number(value.max)}
    return _number(value)


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def reference_record(reference: Reference) -> dict[str, Any]:
    """One of the `references` of a clause: `target` is the url of the first target, `targets` has them all."""
    targets = [target.url for target in reference.targets]
    return {
        "type": reference.type,
        "quote": reference.quote,
        "title": reference.title,
        "document_number": reference.document_number,
        "target": targets[0] if targets else None,
        "targets": targets,
    }


def account_record(account: Account) -> dict[str, Any]:
    """One object of `fidelity.json`."""
    return {
        "file": account.file,
        "sha256": account.sha256,
        "characters": account.characters,
        "clauses": account.clauses,
        "front": account.front,
        "back": account.back,
        "removed": [
            {
                "reason": reason,
                "characters": sum(item.stop - item.start for item in items),
                "items": [{"offset": item.start, "text": item.text} for item in items],
            }
            for reason, items in removed_by_reason(account).items()
        ],
        "unaccounted": account.unaccounted,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": place.file, "first_line": place.first_line, "last_line": place.last_line}


def _pretty(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return to_json(value, indent=1) + "\n"
