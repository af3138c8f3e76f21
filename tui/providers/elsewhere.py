"""Where a record says that its paper stands elsewhere, as identifiers: a DOI, or an address that spells one out."""

from __future__ import annotations

from tui.identifiers import identify
from tui.providers.reading import text_of, work_of_doi

_UNREGISTERED = "10.5555/"
"""The prefix under which the ACM's library numbers what has no DOI; no resolver knows these."""


def work_under(doi: object) -> dict[str, str]:
    """Return the identifiers that *doi* is, empty where it is none that resolves (see :func:`work_of_doi`)."""
    found = work_of_doi(text_of(doi))
    return {} if found.get("doi", "").startswith(_UNREGISTERED) else found


def work_at(url: str) -> dict[str, str]:
    """Return the identifiers that the address *url* spells out, empty where it spells none."""
    scheme, value = identify(url) or (None, "")
    if scheme in ("doi", "acl") and (found := work_under(url)):
        # A resolver's address: of an Anthology DOI, identify() keeps only the Anthology's id.
        return found
    return work_under(value) if scheme == "doi" else {scheme: value} if scheme else {}
