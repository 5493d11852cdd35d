"""The pages that lead on from an id that a policy had before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import sitemap
from generator.model import Policy
from generator.publishing.pages.render import Renderer, Written


def pages(policies: Iterable[Policy], site_url: str, render: Renderer) -> Iterator[Written]:
    """For each former id its page, as HTML. `site_url` ends with a slash, or is empty where it is not known."""
    for policy in policies:
        for former in policy.former_ids:
            canonical = site_url and site_url + policy.url
            yield render.page(sitemap.FORWARD, former, policy=policy, former=former, canonical=canonical)
