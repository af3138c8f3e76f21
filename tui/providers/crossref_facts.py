"""What Crossref knows of a work besides its record: what became of it, its licence, its counts, where to read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tui.identifiers import doi, relation, urlsplit_or_none
from tui.model import Kind, Link
from tui.providers.licences import is_open, licence_of
from tui.providers.reading import int_of, list_of, map_of, text_of

Found = Mapping[str, Any]

_MAX_PARTS = 200
_TAKEN_BACK = {"withdrawal": "withdrawn", "removal": "removed", "retraction": "retracted"}
_MARKED = re.compile(r"\W{0,3}(retracted|withdrawn)(?: article| chapter| paper)?\W{0,2}[:\])]", re.IGNORECASE)


def address_of(work: Found) -> str | None:
    """Return where the publisher has the work, if Crossref says so."""
    address = text_of(map_of(map_of(work.get("resource")).get("primary")).get("URL"))
    return address if address and urlsplit_or_none(address) else None


def facts_of(work: Found, kind: Kind, other: str | None) -> dict[str, str | int]:
    """Return the facts by name; *other* is the DOI of the other version."""
    facts: dict[str, str | int | None] = {
        "published_as" if kind == "preprint" else "preprint_is": other,
        "licence": _licence(work),
        "citations": int_of(work.get("is-referenced-by-count")),
        # None are deposited where the count is 0: that says nothing of the paper.
        "references": int_of(work.get("references-count")) or int_of(work.get("reference-count")) or None,
        "status": _status(work),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _licence(work: Found) -> str | None:
    """Return the licence of the published text; that for mining it is another matter."""
    stated = [map_of(part) for part in list_of(work.get("license"))[:_MAX_PARTS]]
    for version in ("vor", "unspecified", "am"):
        for part in stated:
            if part.get("content-version") == version and (name := licence_of(part.get("URL"))):
                return name
    return None


def _notices(work: Found, member: str) -> Iterator[tuple[str, str]]:
    """Yield the kind of each notice that corrects this work (or that it is), and the other work's DOI."""
    for part in map(map_of, list_of(work.get(member))[:_MAX_PARTS]):
        kind, name = text_of(part.get("type")), doi(text_of(part.get("DOI")) or "")
        if kind and name:
            yield kind.lower().replace("_", " "), name


def _status(work: Found) -> str | None:
    """Return what became of the work without taking it back, or of which work it is a correction."""
    if said := next(_notices(work, "update-to"), None):
        return f"{said[0]} of {said[1]}"
    corrected = (said for said in _notices(work, "updated-by") if said[0] not in _TAKEN_BACK)
    return next((f"{kind}: {name}" for kind, name in corrected), None)


def withdrawn_of(work: Found, title: str) -> str | None:
    """Return in a sentence that the work was taken back, where Crossref or the title itself says so."""
    for kind, name in _notices(work, "updated-by"):
        if kind in _TAKEN_BACK:
            return f"Crossref says that it was {_TAKEN_BACK[kind]}: https://doi.org/{name}"
    if next(_notices(work, "update-to"), None) or not (match := _MARKED.match(title)):
        return None
    return "Its title at Crossref says that it was " + ("retracted" if match[1].lower()[0] == "r" else "withdrawn")


def links_of(work: Found) -> Iterator[Link]:
    """Yield the page, and the PDF where its licence says that it opens for everybody."""
    if address := address_of(work):
        yield Link(address, "pdf" if relation(address) == "pdf" else "paper")
    if not is_open(_licence(work)):
        return
    for part in map(map_of, list_of(work.get("link"))[:_MAX_PARTS]):
        url = text_of(part.get("URL"))
        if url and urlsplit_or_none(url) and part.get("content-type") == "application/pdf":
            yield Link(url, "pdf")
            return
