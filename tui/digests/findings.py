"""A paper as the reader of links gathers it, from one place after another, and the entry that it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.digests.bylines import split_names
from tui.digests.mentions import Mention
from tui.identifiers import relation, same_address
from tui.model import Entry, Link, Section

UNHEADED = "Mentioned"
"""The heading of the words round a link that stand under no heading."""


@dataclass
class Finding:
    """A paper as far as it was read."""

    title: str | None
    line: int
    identifiers: dict[str, str] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Paragraphs under the paper's own heading, each with the blank line or line break before it."""
    spoken: int = 0
    """The line of the block that the last section is from."""
    byline: str = ""
    authors: tuple[tuple[str, ...], int] = ((), 0)
    date: str | None = None
    year: int | None = None
    venue: str | None = None
    abstract: str | None = None
    whole: Entry | None = None

    def add(self, mention: Mention) -> None:
        """Take in an identifier or address; of each scheme the first one is the paper's."""
        if mention.scheme:
            self.identifiers.setdefault(mention.scheme, mention.value)
        if mention.url:
            self.link(mention.url, mention.label)

    def link(self, url: str, words: str) -> None:
        """Take in an address that is stated beside the paper's own."""
        self.links.setdefault(same_address(url), Link(url, relation(url, words)))

    def entry(self) -> Entry:
        """Return what was gathered."""
        if self.whole:
            return self.whole
        under = [Section(UNHEADED, "".join(self.said))] if self.said else []
        names, more = self.authors if self.authors[0] or not self.byline else split_names(self.byline)
        return Entry(
            title=self.title,
            authors=names,
            more_authors=more,
            date=self.date,
            year=self.year,
            venue=self.venue,
            abstract=self.abstract,
            identifiers=self.identifiers,
            links=tuple(self.links.values()),
            sections=(*self.sections, *under),
            line=self.line,
        )
