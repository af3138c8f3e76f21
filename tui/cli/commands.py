"""The commands: each is one operation of the desk, and what of it is printed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence

from tui import __version__
from tui.cli import changing, details, output, streams, taking
from tui.cli.details import look_up
from tui.desk import Desk, Taken
from tui.desk.examining import examine
from tui.desk.intake import Source
from tui.desk.marking import count
from tui.model.names import shown_name

Command = Callable[[Desk, argparse.Namespace], int]


def add(desk: Desk, words: argparse.Namespace) -> int:
    """Take digests in. A dry run is given a library that is thrown away."""
    results: list[tuple[Source, list[Taken]]] = []
    for source in desk.read(words.paths, words.format):
        results.append((source, [desk.take(source, place) for place in range(len(source.issues))]))
        if source.error:
            streams.narrate(f"{source.error}")
        if not words.json:
            _say_taken(results[-1][1])
    desk.library.flush()
    if words.json:
        output.write_json(output.taken(results))
    return int(any(source.error for source, _ in results))


def _say_taken(found: Iterable[Taken]) -> None:
    outcomes = {"new": "new", "updated": "updated", "known": "known, nothing changed"}
    for each in found:
        issue = each.issue
        papers = f"{count(each.papers, 'paper')}, {each.new_papers:,} new"
        streams.say(f"{issue.id}: {issue.title} ({papers}; {outcomes[each.outcome]})")
        for remark in issue.warnings:
            streams.narrate(f"{issue.id}, line {remark.line}: {remark.why}: {remark.text[:100]}")


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
    return _list(desk, words, desk.papers(words.issue, words.query or "", words.marked), words.issue)


def search(desk: Desk, words: argparse.Namespace) -> int:
    """List the papers that hold every word."""
    return _list(desk, words, desk.papers(query=" ".join(words.query)))


def _list(desk: Desk, words: argparse.Namespace, names: Sequence[str], issue: str | None = None) -> int:
    issue_id = desk.issue(issue).id if issue else None
    found = [desk.rack.paper(name) for name in names]
    if words.json:
        keys = desk.exporting.keys(names)
        output.write_json([output.paper(desk, paper, keys[paper.id], issue_id) for paper in found])
    for paper in () if words.json else found:
        streams.say(output.paper_line(paper, issue_id))
    if not found:
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
    facts = [
        (kept, key),
        ("authors", ", ".join(map(shown_name, paper.authors))),
        *paper.identifiers.items(),
        ("venue", paper.venue),
    ]
    facts.append(("abstract", paper.abstract))
    facts += [(link.rel, link.url) for link in paper.links]
    for mention in paper.mentions:
        facts.append(("in", f"{mention.issue_title} [{mention.issue}], place {mention.position}"))
        facts += [(name, f"{value:,}") for name, value in mention.entry.metrics.items()]
        facts.append(("categories", ", ".join(mention.entry.categories)))
        facts += [(section.heading, section.text) for section in mention.entry.sections]
        facts += [(f"post by {post.author or 'somebody'}", post.text) for post in mention.entry.posts]
    for name, value in facts:
        if value:
            streams.say(f"{name}: {value}")
    for line in output.found_lines(paper) if paper.details else ():
        streams.say(line)
    return 0


def bib(desk: Desk, words: argparse.Namespace) -> int:
    """Digest in, BibTeX out; the desk is a throw-away one."""
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


def doctor(desk: Desk, words: argparse.Namespace) -> int:
    """Say how the library, the clipboard and the program are."""
    report = examine(desk)
    report["version"] = __version__
    if words.json:
        output.write_json(report)
    for name, value in () if words.json else report.items():
        for line in value if isinstance(value, list) else [value]:
            if isinstance(line, dict) and "state" in line:
                why = f": {line['why']}" if line["why"] else ""
                line = f"{line['label']}, {line['state']}{why}" + (f" (until {line['until']})" if line["until"] else "")
            elif isinstance(line, dict) and "route" in line:
                line = f"{line['route']}, {'works' if line['usable'] else 'not here'}: {line['why']}"
            elif isinstance(line, dict):
                line = ", ".join(f"{key} {each}" for key, each in line.items())
            streams.say(f"{name}: {line}")
    return int(bool(report["problems"]))


COMMANDS: dict[str, Command] = {
    "add": add,
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
    "formats": formats,
    "doctor": doctor,
}
