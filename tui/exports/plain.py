"""What the exports without TeX share: fields as plain text, and the papers that can be written at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tui.exports.addresses import bare_doi, plain_url
from tui.exports.asked import Item
from tui.exports.names import Name, people
from tui.exports.values import wording
from tui.identifiers import arxiv_id
from tui.model import Record
from tui.text import shown


def said(value: str | None) -> str:
    """Return what *value* says as plain text, TeX and HTML read; an empty string where it says nothing: ``N/A``."""
    return shown(value) if value and wording(value) else ""


@dataclass(frozen=True)
class Work:
    """A paper with a title, its fields as plain text; empty strings and no names where nothing is known.

    ``unnamed`` tells that there are authors whom nobody names.
    """

    item: Item
    title: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    unnamed: bool

    @property
    def record(self) -> Record:
        """The one record that is written."""
        return self.item.record

    def text(self, name: str) -> str:
        """Return the record's field *name* as plain text."""
        return said(getattr(self.record, name))

    @property
    def doi(self) -> str:
        """The DOI, bare, or nothing."""
        return bare_doi(self.record.doi or "") or ""

    @property
    def arxiv(self) -> str:
        """The arXiv id without version, or nothing."""
        return arxiv_id(self.record.arxiv or "") or ""

    @property
    def url(self) -> str:
        """The address of its own that the record has, in ASCII, or nothing."""
        url = plain_url(self.record.url or "") or ""
        return url if url.startswith("http") else ""

    @property
    def page(self) -> str:
        """An address that leads to the paper: its own, its DOI's or arXiv's; or nothing."""
        doi, arxiv = self.doi, self.arxiv
        known = (self.url, f"https://doi.org/{doi}" if doi else "", f"https://arxiv.org/abs/{arxiv}" if arxiv else "")
        return next((plain_url(url) or "" for url in known if url), "")


@dataclass
class Works:
    """The papers that are written, and one sentence on each that is not, with its key."""

    failures: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def of(self, items: Iterable[Item]) -> Iterator[Work]:
        """Yield those of *items* that have a title; the others are failures."""
        for item in items:
            title = said(item.record.title)
            if not title:
                self.failures.append((item.key, f"{item.key} has no title and was left out."))
                continue
            authors, others = people(item.record.authors)
            editors, _ = people(item.record.editors)
            yield Work(item, title, authors, editors, bool(authors) and (others or item.record.more_authors > 0))


def abstract_of(item: Item) -> str:
    """Return the abstract that is known of the paper, or nothing."""
    return said((item.paper.abstract if item.paper else None) or item.record.more.get("abstract"))
