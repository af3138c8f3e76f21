"""The commands: each is one operation of the desk, and what of it is printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from tui.cli import adding, changing, details, doctor, elsewhere, output, sources, streams, taking
from tui.cli.details import look_up
from tui.desk import Desk
from tui.desk.listing import Listing
from tui.desk.marking import count
from tui.model.names import shown_name

Command = Callable[[Desk, argparse.Namespace], int]


def issues(desk: Desk, words: argparse.Namespace) -> int:
    """List the issues."""
    rows = desk.shelf()
    if words.json:
        output.write_json([output.issue_row(desk, row) for row in rows])
    for row in () if words.json else rows:
        streams.say(f"{row.id}  {row.title}  ({count(row.papers, 'paper')}, {row.unread:,} unread)")
    return 0


def papers(desk: Desk, words: argparse.Namespace) -> int:
    """List papers."""
    found = desk.papers(words.issue, words.query or "", words.marked, words.sort or "issue")
    return _list(desk, words, found, words.issue)


def search(desk: Desk, words: argparse.Namespace) -> int:
    """List the papers that a search finds."""
    return _list(desk, words, desk.papers(query=" ".join(words.query)))


def _list(desk: Desk, words: argparse.Namespace, names: Listing, issue: str | None = None) -> int:
    issue_id = desk.issue(issue).id if issue else None
    for word, other in names.corrected.items():
        streams.narrate(f"No paper holds {word}; {other} is searched for instead.")
    if names.hint:
        streams.narrate(names.hint)
    if words.json:
        output.write_list(output.papers(desk, names, issue_id))
    for name in () if words.json else names:
        streams.say(output.paper_line(desk.rack.paper(name), issue_id))
    if not names:
        streams.narrate("No paper fits.")
    return 0


def show(desk: Desk, words: argparse.Namespace) -> int:
    """Show one paper."""
    paper = desk.paper(words.paper)
    key = desk.exporting.keys([paper.id])[paper.id]
    document = output.paper(desk, paper, key)
    if words.json:
        output.write_json(document)
        return 0
    streams.say(output.paper_line(paper))
    kept = "key" if paper.marks.key else "key, once it is exported"
    authors = ", ".join(map(shown_name, paper.authors))
    for name, value in (*output.own(paper.marks), (kept, key), ("authors", authors), *output.facts(paper)):
        if value:
            streams.say(f"{name}: {value}")
    for line in output.found_lines(paper) if paper.details else ():
        streams.say(line)
    return 0


def bib(desk: Desk, words: argparse.Namespace) -> int:
    """Digest in, BibTeX out; the desk is a throw-away one."""
    if why := taking.in_the_way(desk, words):
        streams.narrate(why)
        return 1
    failed = 0
    names: list[str] = []
    for source in desk.read(words.paths, words.format):
        if source.error:
            streams.narrate(source.error)
            failed = 1
        for place in range(len(source.issues)):
            names += desk.rack.order(desk.take(source, place).issue.id)
    words.format, words.copy, words.fields = "bibtex", False, None
    if not words.offline:
        look_up(desk, list(dict.fromkeys(names)))
    return taking.write(desk, words, dict.fromkeys(map(desk.rack.canonical, names))) or failed


def formats(desk: Desk, words: argparse.Namespace) -> int:
    """List the kinds of digest and of export."""
    known = desk.formats()
    if words.json:
        output.write_json(known)
    for kind, names in () if words.json else known.items():
        for each in names:
            streams.say(f"{kind}  {each['name']}  {each['label']}")
    return 0


COMMANDS: dict[str, Command] = {
    "add": adding.add,
    "issues": issues,
    "papers": papers,
    "search": search,
    "show": show,
    "export": taking.export,
    "key": taking.key,
    "bib": bib,
    "fetch": details.fetch,
    "set": details.set_field,
    "take": details.take,
    "refuse": details.refuse,
    **changing.COMMANDS,
    **elsewhere.COMMANDS,
    **sources.COMMANDS,
    "formats": formats,
    "doctor": doctor.doctor,
}
