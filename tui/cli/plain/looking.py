"""The commands that look: lists, papers, searches, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.cli.plain import lines
from tui.cli.plain.reading import Reading
from tui.desk.listing import SORTS
from tui.desk.marking import count
from tui.errors import UnknownError
from tui.text import clean, fold, shown

Lines = Iterable[str]


def issues(reading: Reading, _words: str) -> Lines:
    """Number and say the issues."""
    reading.issues = reading.desk.shelf()
    if not reading.issues:
        return ["There is no issue yet; add takes digests in."]
    return (lines.issue_line(number, row) for number, row in enumerate(reading.issues, 1))


def open_issue(reading: Reading, words: str) -> Lines:
    """Open an issue and say its papers."""
    if words == "all":
        reading.open("All papers")
    else:
        reading.open_issue(_issue(reading, words))
    return list_papers(reading, "")


def _issue(reading: Reading, words: str) -> str:
    """Return the id of the issue that *words* name: its number, its id, or a part of its title."""
    if not words:
        raise UnknownError("Say which issue: its number, its id or a part of its title; or all.")
    if words.isdecimal() and len(words) < 9:
        if not 1 <= int(words) <= len(reading.issues):
            raise UnknownError(f"There is no number {words}: there are {count(len(reading.issues), 'issue')}.")
        return reading.issues[int(words) - 1].id
    rows = reading.desk.shelf()
    found = [row for row in rows if words == row.id] or [row for row in rows if fold(words) in fold(shown(row.title))]
    if len(found) > 1:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        several = "; ".join(shown(row.title) for row in found[:3])
        raise UnknownError(f"{clean(words, 60)!r} could be {count(len(found), 'issue')}: {several}{more}.")
    return found[0].id if found else reading.desk.issue(words).id


def list_papers(reading: Reading, words: str) -> Iterator[str]:
    """Say the papers of the list."""
    places = reading.span(words) if words else range(len(reading.papers))
    if not words:
        yield reading.head
    for place in places:
        yield lines.paper_line(place + 1, reading.papers.row(place))


def show(reading: Reading, words: str) -> Lines:
    """Say all of a paper; one of the list becomes the current one."""
    if not words:
        return here(reading)
    names = reading.named(words)
    if len(names) != 1:
        raise UnknownError(f"One paper at a time; these are {len(names):,}.")
    if names[0] in reading.papers:
        reading.place = reading.papers.index(names[0])
        return here(reading)
    return lines.paper_lines(reading.desk.rack.paper(names[0]), "A paper that is not in the list.")


def here(reading: Reading) -> Lines:
    """Say all of the current paper."""
    name, place = reading.current(), (reading.place or 0) + 1
    paper = reading.desk.rack.paper(name)
    return lines.paper_lines(paper, f"Paper {place:,} of {len(reading.papers):,}.")


def go_on(reading: Reading, words: str) -> Lines:
    """Say the next paper, or the one so many further on."""
    reading.move(_steps(words))
    return here(reading)


def go_back(reading: Reading, words: str) -> Lines:
    """Say the paper before, or the one so many back."""
    reading.move(-_steps(words))
    return here(reading)


def _steps(words: str) -> int:
    if words and not (words.isdecimal() and 1 <= len(words) <= 9 and int(words)):
        raise UnknownError(f"{clean(words, 40)!r} is no number of papers to go.")
    return int(words or 1)


def unread(reading: Reading, _words: str) -> Lines:
    """Say the next unread paper, in whatever issue it is."""
    before = reading.called
    if not reading.next_unread():
        raise UnknownError("No paper is unread any more.")
    return [*([reading.head] if reading.called != before else []), *here(reading)]


def search(reading: Reading, words: str) -> Lines:
    """Let what a search finds be the list, and say it."""
    if not words:
        raise UnknownError("Say what to search for, such as: search author:vaswani year:2017.")
    reading.open(f"Search for {clean(words, 200)}", query=words)
    return list_papers(reading, "")


def marked(reading: Reading, _words: str) -> Lines:
    """Let the marked papers be the list, and say them."""
    reading.open("Marked", marked=True)
    return list_papers(reading, "")


def saved(reading: Reading, words: str) -> Lines:
    """Say the saved searches, or let what one of them finds be the list."""
    if words:
        reading.saved = reading.saved or reading.desk.searches.list()
        numbered = words.isdecimal() and len(words) < 9 and 1 <= int(words) <= len(reading.saved)
        found = reading.saved[int(words) - 1] if numbered else reading.desk.searches.named(words)
        reading.open(found.name, query=found.query)
        return list_papers(reading, "")
    reading.saved = reading.desk.searches.list()
    if not reading.saved:
        return ["No search is saved; paperrack searches add keeps one."]
    return (f"{number}. {each.name}: {each.query}" for number, each in enumerate(reading.saved, 1))


def sort(reading: Reading, words: str) -> Lines:
    """Say the orders, or have lists in one of them."""
    if not words:
        return [f"In order of {reading.sort}; there are {', '.join(SORTS)}."]
    reading.sort_by(words)
    return [f"In order of {reading.sort} from now on."]


def where(reading: Reading, _words: str) -> Lines:
    """Say where the reader is, and how much there is."""
    counts = reading.desk.counts()
    yield reading.head
    if reading.place is not None:
        yield lines.paper_line(reading.place + 1, reading.papers.row(reading.place))
    yield (
        f"The library has {count(counts.papers, 'paper')}: {counts.unread:,} unread, {counts.to_read:,} to read, "
        f"{counts.marked:,} marked, {counts.starred:,} starred."
    )
