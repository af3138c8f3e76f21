"""What is said of issues and papers: sentences, a fact a line, in words that can be listened to."""

from __future__ import annotations

from collections.abc import Iterator

from tui.cli import output
from tui.desk.marking import count
from tui.model import IssueRow, Marks, Paper, PaperRow
from tui.model.names import others, shown_name
from tui.provenance import LABELS
from tui.text import shown

_CALLED = {"arxiv": "arXiv", "doi": "DOI", "acl": "ACL", "openreview": "OpenReview", "pdf": "PDF"}
"""Names of facts that are not written like other words."""


def issue_line(number: int, row: IssueRow) -> str:
    """Return an issue of a list."""
    unread = f"{row.unread:,} unread" if row.unread else "all decided"
    return f"{number}. {sentence(shown(row.title))} {count(row.papers, 'paper')}, {unread}."


def paper_line(number: int, row: PaperRow) -> str:
    """Return a paper of a list."""
    left = others(0, row.more_authors)
    more = f" {left}" if left == "et al." else f" and {left}" if left else ""
    facts = [row.title, ", ".join(row.authors) + more, str(row.year or ""), _row_signs(row)]
    return f"{number}. {' '.join(sentence(fact) for fact in facts if fact)}"


def sentence(text: str) -> str:
    """Return *text* with an end that can be heard."""
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


def _row_signs(row: PaperRow) -> str:
    said = list(signs(Marks(row.marked, row.starred, row.state)))
    said += ["has a note"] if row.noted else []
    said += [f"tagged {' and '.join(row.tags)}"] if row.tags else []
    said += ["asks whether a record is its own"] if row.asks else []
    said += [f"in {row.issues} issues"] if row.issues > 1 else []
    return ", ".join([said[0].capitalize(), *said[1:]])


def signs(marks: Marks) -> Iterator[str]:
    """Yield in words what the reader decided on a paper."""
    yield "unread" if marks.unread else marks.state
    if marks.marked:
        yield "marked"
    if marks.starred:
        yield "starred"


def paper_lines(paper: Paper, where: str) -> Iterator[str]:
    """Yield all that is known of a paper, which stands at *where*."""
    yield where
    yield f"Title: {shown(paper.title)}" if paper.title else "It has no title."
    names = [shown_name(name) for name in paper.authors]
    names += [left] if (left := others(0, paper.more_authors)) else []
    if names:
        yield f"Authors: {', '.join(names)}"
    if paper.year:
        yield f"Year: {paper.year}"
    marks = paper.marks
    yield f"State: {', '.join(signs(marks))}"
    if marks.tags:
        yield f"Tags: {', '.join(marks.tags)}"
    for line in marks.note.splitlines():
        yield f"Note: {line}"
    for name, value in output.facts(paper):
        called = _CALLED.get(name) or f"{name[:1].upper()}{name[1:]}"
        yield f"{called}{'' if called.endswith(('?', ':', '.', '!')) else ':'} {value}"
    yield from details_lines(paper)


def details_lines(paper: Paper) -> Iterator[str]:
    """Yield what services say of a paper, and what they could not say."""
    known = paper.details
    if known is None:
        yield "Details: never looked up."
        return
    sources = ", ".join(LABELS.get(name, name) for name in known.sources)
    yield f"Details: from {sources}." if sources else "Details: none found."
    for version in known.versions:
        here = ", the one shown" if known.shown and version.kind == known.shown.kind else ""
        yield f"{version.kind.capitalize()}{here}: {version.evidence}"
    if known.withdrawn:
        yield f"Withdrawn: {known.withdrawn}"
    for offer in known.offers:
        record = offer.answer.record
        said = (shown(record.title or ""), ", ".join(map(shown_name, record.authors[:3])), str(record.year or ""))
        yield f"Is this it? {offer.answer.name}: {'; '.join(part for part in said if part)}. {offer.why}"
    for failure in known.failures if known.done else ():
        yield f"{LABELS.get(failure.provider, failure.provider)} failed: {failure.why}"
