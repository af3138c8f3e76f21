"""Where a work of OpenAlex's can be found: its locations, which are its versions and the copies of them.

https://docs.openalex.org/api-entities/works/work-object/location-object.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tui.identifiers import relation, urlsplit_or_none
from tui.model import Link
from tui.providers.elsewhere import work_at
from tui.providers.licences import licence_of
from tui.providers.markup import words_of
from tui.providers.reading import map_of, text_of
from tui.providers.venues import is_archive

Found = Mapping[str, Any]

_MAX_PDFS = 4


@dataclass(frozen=True)
class Location:
    """Where a version of the work is: the address of its page, what that address names it by, and the source."""

    page: str | None
    pdf: str | None
    named: Mapping[str, str]
    source: str | None
    source_type: str | None
    publisher: str | None
    version: str | None
    licence: str | None
    open: bool

    @property
    def archived(self) -> bool:
        """Whether it is a preprint in an archive of such."""
        return "arxiv" in self.named or (self.source is not None and is_archive(self.source))

    @property
    def published(self) -> bool:
        """Whether it is in a journal, a book or the proceedings of a conference."""
        return not self.archived and self.source_type not in (None, "repository", "metadata")


def location_of(place: Found) -> Location:
    """Return the location *place*, empty where it is none."""
    source = map_of(place.get("source"))
    page = address_of(place.get("landing_page_url"))
    name = words_of(source.get("display_name"))
    return Location(
        page=page,
        pdf=address_of(place.get("pdf_url")),
        named=work_at(page) if page else {},
        # "arXiv (Cornell University)" says who runs the archive.
        source=re.sub(r" \([^()]{1,100}\)$", "", name) if name and source.get("type") == "repository" else name,
        source_type=text_of(source.get("type")),
        publisher=words_of(source.get("host_organization_name")),
        version=text_of(place.get("version")),
        licence=licence_of(place.get("license")),
        open=place.get("is_oa") is True,
    )


def address_of(value: object) -> str | None:
    """Return *value* if it is an http or https address, else None."""
    url = text_of(value)
    return url if url and urlsplit_or_none(url) else None


def links_of(work: Found, places: Iterable[Location]) -> Iterator[Link]:
    """Yield the PDFs that open for everybody, the best one first, then the page of the first of *places*."""
    places = list(places)
    seen: set[str] = set()
    for place in (location_of(map_of(work.get("best_oa_location"))), *places):
        if place.open and place.pdf and place.pdf not in seen and len(seen) < _MAX_PDFS:
            seen.add(place.pdf)
            yield Link(place.pdf, "pdf")
    url = address_of(map_of(work.get("open_access")).get("oa_url"))
    if url and not seen and relation(url) == "pdf":
        seen.add(url)
        yield Link(url, "pdf")
    page = next((place.page for place in places[:1]), None)
    # What a DOI's resolver leads to is known by the DOI.
    if page and page not in seen and urlsplit_or_none(page) not in ("doi.org", "dx.doi.org"):
        yield Link(page, "pdf" if relation(page) == "pdf" else "paper")
