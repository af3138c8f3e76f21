"""A catalogue filled by hand: what searching alone needs of one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from tui.catalogue import Catalogue, Description
from tui.library.contents import IssueContents
from tui.model import Entry, Issue, Marks, Mention, Paper, PaperRow
from tui.searching.finding import Found, find
from tui.searching.orders import Orders
from tui.searching.query import parse
from tui.searching.texts import indexed


class Shelf:
    """Papers in a catalogue, one issue of them for each call of :meth:`put`, and what searches find there."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.orders = Orders()
        self.papers: dict[str, Paper] = {}
        self._has: dict[str, Sequence[str]] = {}

    def put(self, title: str, date: str, papers: Iterable[tuple[str, Entry]], series: str | None = None) -> int:
        """Let an issue speak of *papers*, ids with entries; return its number."""
        known = dict(papers)
        issue = Issue(title.lower().replace(" ", "-"), title, tuple(known.values()), "links", series=series, date=date)
        with self.catalogue.change():
            made = self.catalogue.papers.made(tuple(known))
            found = IssueContents(f"issues/{issue.id}.json", (0, 0, 0), issue, tuple(known), ((0, 0),) * len(known))
            self.catalogue.issues.put(found, made)
            for place, (name, entry) in enumerate(known.items(), 1):
                mention = Mention(issue.id, title, series, "1", date, place, entry)
                before = self.papers[name].mentions if name in self.papers else ()
                self.tell(Paper(name, (mention, *before)))
        return self.catalogue.issues.number(issue.id) or 0

    def tell(self, paper: Paper, has: Sequence[str] | None = None) -> None:
        """Let the catalogue know *paper* as it is now."""
        self.papers[paper.id] = paper
        if has is not None:
            self._has[paper.id] = has
        newest = paper.mentions[0]
        ((num, _),) = self.catalogue.papers.made([paper.id])
        told = Description(
            row=PaperRow.of(paper),
            marks=paper.marks,
            venue=paper.venue,
            recency=newest.date or "",
            place=newest.position,
            title_key=(paper.title or "").lower() or None,
            author_key=paper.authors[0].split()[-1].lower() if paper.authors else None,
            has=tuple(self._has.get(paper.id, ())),
            texts=indexed(paper),
        )
        self.catalogue.papers.describe({num: told})

    def mark(self, name: str, has: Sequence[str] | None = None, **marks: object) -> None:
        """Change the reader's marks of a paper."""
        paper = self.papers[name]
        marked = dataclasses.replace(paper.marks, **marks)  # type: ignore[arg-type]
        self.tell(dataclasses.replace(paper, marks=marked), has)

    def find(self, query: str, **more: object) -> Found:
        """Return what *query* finds."""
        return find(self.catalogue.store.connection, parse(query), orders=self.orders, **more)  # type: ignore[arg-type]

    def ids(self, query: str, **more: object) -> list[str]:
        """Return the ids of the papers that *query* finds."""
        return self.catalogue.papers.names(self.find(query, **more).nums)


__all__ = ["Marks", "Shelf"]
