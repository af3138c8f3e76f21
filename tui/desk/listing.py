"""The order in which issues and papers are shown, and which papers a query leaves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Literal, get_args

from tui.desk.rack import Rack
from tui.identifiers import link_to
from tui.matching import family_name
from tui.model import Issue, IssueRow, Paper
from tui.text import fold, shown

Sort = Literal["issue", "title", "author", "year", "unread"]
SORTS: tuple[Sort, ...] = get_args(Sort)


def shelf(rack: Rack) -> tuple[IssueRow, ...]:
    """Return a row an issue: groups by their newest issue, newest first, and issues in a group likewise."""
    by_group = sorted(rack.issues.values(), key=group_of)
    groups = [sorted(issues, key=lambda issue: issue.order, reverse=True) for _, issues in groupby(by_group, group_of)]
    groups.sort(key=lambda issues: issues[0].order, reverse=True)
    return tuple(_row(rack, issue) for issues in groups for issue in issues)


def group_of(issue: Issue) -> str:
    """Return what the issue is grouped under: its series, else its kind."""
    return issue.series or issue.kind or issue.format


def _row(rack: Rack, issue: Issue) -> IssueRow:
    papers = set(rack.order[issue.id])
    unread = sum(not rack.marks(name).read for name in papers)
    return IssueRow(issue.id, group_of(issue), issue.title, issue.number, issue.date, len(papers), unread)


def sifted(rack: Rack, names: Iterable[str], query: str) -> tuple[str, ...]:
    """Return those of *names* that hold every word of *query*, in their order."""
    words = fold(query).split()
    return tuple(name for name in names if all(word in rack.paper(name).searched for word in words))


def arranged(rack: Rack, names: Iterable[str], query: str, sort: Sort, ranked: bool) -> tuple[str, ...]:
    """Return those of *names* that *query* leaves, in the order *sort*; *ranked* lifts hits in titles."""
    chosen = sifted(rack, names, query)
    if sort != "issue":
        return tuple(sorted(chosen, key=lambda name: _sort_key(rack.paper(name), sort)))
    if query and ranked:
        words = fold(query).split()
        return tuple(sorted(chosen, key=lambda name: -_in_title(rack.paper(name), words)))
    return chosen


def _in_title(paper: Paper, words: list[str]) -> int:
    title = fold(paper.title or "")
    return sum(word in title for word in words)


def _sort_key(paper: Paper, sort: Sort) -> tuple[object, ...]:
    """Return what sorts *paper*; what is not known comes last."""
    if sort == "unread":
        return (paper.marks.read,)
    if sort == "year":
        return paper.year is None, -(paper.year or 0)
    if sort == "author":
        return not paper.authors, family_name(paper.authors[0]) if paper.authors else ""
    return paper.title is None, fold(shown(paper.title or ""))


def page_of(paper: Paper) -> str | None:
    """Return the address of the paper's page: by its strongest identifier, else the first link that is its own."""
    for scheme, value in paper.identifiers.items():
        if address := link_to(scheme, value):
            return address
    for rel in ("paper", "pdf", "project", "code", "other", "post"):
        for link in paper.links:
            if link.rel == rel:
                return link.url
    return None
