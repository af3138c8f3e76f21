"""The commands that open what lies elsewhere: a paper's PDF, and its page."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from tui.cli import output, streams
from tui.cli.details import chosen, look_up, named
from tui.cli.waiting import Progress
from tui.desk import Desk
from tui.desk.marking import count
from tui.desk.pdf_queue import Fetched, amount, bar
from tui.desk.pdfs import Pdf
from tui.errors import PaperrackError, UnknownError

MOST_PAGES = 10
"""Pages that are opened at a stroke."""

_PAUSE = 0.2
"""Seconds between two looks of the line."""


def pdf(desk: Desk, words: argparse.Namespace) -> int:
    """Fetch PDFs, each into its file, print where they are, and open one that is alone."""
    if not (words.papers or words.issue or words.marked or words.query is not None):
        streams.narrate("Name papers, or choose them by --issue, --query or --marked.")
        return 2
    names, failed = chosen(desk, words)
    if words.fetch:
        look_up(desk, [name for name in names if desk.pdfs.needs_details(name)])
        names = list(dict.fromkeys(map(desk.rack.canonical, names)))
    fetched = _fetched(desk, names, quiet=words.json)
    if words.json:
        output.write_json(_document(desk, fetched))
    elif len(names) > 1:
        streams.narrate(f"{fetched.said()}.")
    if len(names) == 1 and fetched.pdfs and _opens(words):
        desk.pdfs.open(fetched.pdfs[0].path)
    return 1 if fetched.failures else failed


def _opens(words: argparse.Namespace) -> bool:
    """Return whether a PDF that is alone is opened: a program that reads our output wants its path."""
    return bool(words.open) if words.open is not None else not words.json and sys.stdout.isatty()


def _fetched(desk: Desk, names: Sequence[str], quiet: bool) -> Fetched:
    """Fetch PDFs one after the other, and say of each where it is, unless *quiet*, or why it is not."""
    pdfs: list[Pdf] = []
    failures: list[tuple[str, str]] = []
    with Progress() as line:
        for place, name in enumerate(names, 1):
            among = f"{place:,} of {len(names):,}: " if len(names) > 1 else ""
            try:
                found = desk.pdfs.fetch(name, _told(line, f"{among}{desk.pdfs.title(name)[:40]}"))
            except PaperrackError as error:
                line.clear()
                failures.append((name, str(error)))
                page = desk.pdfs.page(name)
                streams.narrate(f"{name}: {error}{f' Its page is {page}.' if page else ''}")
            else:
                line.clear()
                pdfs.append(found)
                if not quiet:
                    streams.say(str(found.path))
    return Fetched(tuple(pdfs), tuple(failures))


def _told(line: Progress, title: str) -> Callable[[int, int | None], None]:
    """Return what shows how far a PDF is, a few times a second."""
    due = time.monotonic()

    def told(there: int, total: int | None) -> None:
        nonlocal due
        if time.monotonic() >= due:
            due = time.monotonic() + _PAUSE
            line.say(f"{bar(there, total)} {amount(there, total)} · {title}".strip())

    return told


def _document(desk: Desk, fetched: Fetched) -> dict[str, object]:
    return {
        "pdfs": [
            {"paper": each.paper, "path": str(each.path), "url": each.url, "bytes": each.size, "new": each.new}
            for each in fetched.pdfs
        ],
        "failures": [{"paper": name, "why": why, "page": desk.pdfs.page(name)} for name, why in fetched.failures],
    }


def open_pages(desk: Desk, words: argparse.Namespace) -> int:
    """Open the papers' pages in the browser, or print their addresses."""
    if len(words.papers) > MOST_PAGES and not words.print:
        streams.narrate(f"{count(len(words.papers), 'page')} are many: {MOST_PAGES} at most are opened at a stroke.")
        return 2
    names, failed = named(desk, words.papers)
    opened: list[dict[str, str]] = []
    for name in dict.fromkeys(names):
        try:
            address = desk.pdfs.page(name) if words.print else desk.exporting.open(name)
            if address is None:
                raise UnknownError("This paper has no address.")
        except PaperrackError as error:
            streams.narrate(f"{name}: {error}")
            failed = 1
            continue
        opened.append({"paper": name, "url": address})
        if words.print and not words.json:
            streams.say(address)
        elif not words.json:
            streams.narrate(f"Opened {address}")
    if words.json:
        output.write_json(opened)
    return failed


COMMANDS = {"pdf": pdf, "open": open_pages}
"""The commands of this file by their names."""
