"""The services that know papers, one module each, and :mod:`tui.providers.web`, the one door to the network.

To add one: write a module after :class:`tui.providers.asking.Provider` and name it in :func:`providers`, or bring it
from another package through the entry point group ``paperrack.providers``.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from tui.providers.asking import About, Provider, Question

__all__ = ["About", "Provider", "Question", "providers"]


@cache
def providers() -> dict[str, Provider]:
    """Return every service by its name, ours first; loaded when the first paper is looked up."""
    from tui.providers import (
        acl,
        arxiv,
        crossref,
        datacite,
        dblp,
        github,
        huggingface,
        openalex,
        openreview,
        semantic_scholar,
        unpaywall,
    )

    ours: tuple[Provider, ...] = (
        arxiv,
        datacite,
        crossref,
        openalex,
        semantic_scholar,
        dblp,
        openreview,
        acl,
        huggingface,
        github,
        unpaywall,
    )
    found = {each.NAME: each for each in ours}
    for point in entry_points(group="paperrack.providers"):
        other: Provider = point.load()
        found.setdefault(other.NAME, other)
    return found
