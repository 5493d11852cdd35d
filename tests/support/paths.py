"""Citations of policies that tests make themselves, whose clauses may not know their paths yet."""

from generator.anchors.citation import clause_paths
from generator.model import Policy


def citations(policy: Policy) -> dict[str, str]:
    """The citation of every clause of a policy, by anchor."""
    return {anchor: policy.citation + path for anchor, path in clause_paths(policy).items()}
