"""The commands about details: looking up, and what the reader decides on what was found."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Sequence

from tui.cli import output, streams
from tui.desk import Desk
from tui.desk.examining import service
from tui.desk.marking import count
from tui.errors import UnknownError

_STEP = 0.2
"""Seconds after which a progress line is drawn anew."""


def fetch(desk: Desk, words: argparse.Namespace) -> int:
    """Look details up, and say what came from where, what failed and why, and what waits until when."""
    failed = 0
    if words.papers or words.issue or words.query is not None or words.marked:
        names, failed = chosen(desk, words)
    else:
        names = list(desk.looking.waiting())
        streams.narrate(f"Going on with {count(len(names), 'paper')} that waited." if names else "Nothing waits.")
    look_up(desk, names, words.refresh)
    found = [desk.rack.paper(name) for name in dict.fromkeys(map(desk.rack.canonical, names))]
    services = desk.looking.services()
    if words.json:
        keys = desk.exporting.keys(paper.id for paper in found)
        papers = [output.paper(desk, paper, keys[paper.id]) for paper in found]
        output.write_json({"papers": papers, "services": [service(state) for state in services]})
    for line in () if words.json else (line for paper in found for line in output.found_lines(paper)):
        streams.say(line)
    lost = _tell(desk, {paper.id for paper in found})
    desk.library.flush()
    return int(lost) or failed


def _tell(desk: Desk, papers: Iterable[str]) -> bool:
    """Say which services are left alone and why, and return whether a paper is without any record by it."""
    for state in desk.looking.services():
        if state.condition in ("paused", "blocked"):
            streams.narrate(f"{state.why}")
    lost = [job for job in desk.looking.jobs() if job.paper in papers and job.state in ("failed", "paused")]
    reasons = dict.fromkeys(job.why for job in lost)
    for why in reasons:
        several = [job.paper for job in lost if job.why == why]
        more = f" and {len(several) - 3:,} more" if len(several) > 3 else ""
        streams.narrate(f"Not looked up: {', '.join(several[:3])}{more}: {why}")
    return bool(lost)


def look_up(desk: Desk, names: Sequence[str], refresh: bool = False) -> int:
    """Look papers up to the end, with progress on stderr where that is a terminal; return how many were asked about."""
    looking = desk.looking
    asked = looking.ask(names, refresh)
    terminal = sys.stderr is not None and sys.stderr.isatty()
    drawn = 0.0
    try:
        while looking.busy:
            looking.wait(_STEP)
            looking.collect()
            if terminal and time.monotonic() - drawn > _STEP:
                drawn = time.monotonic()
                _draw(desk)
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
    return asked


def _draw(desk: Desk) -> None:
    progress = desk.looking.progress()
    running = sorted({name for job in desk.looking.jobs() if job.state == "running" for name in job.services})
    asking = f"; asking {', '.join(running)[:50]}" if running else ""
    sys.stderr.write(f"\r\x1b[K{progress.done:,} of {progress.total:,} looked up{asking}")
    sys.stderr.flush()


def chosen(desk: Desk, words: argparse.Namespace) -> tuple[list[str], int]:
    """Return the papers that are named, or meant by --issue, --query and --marked, and 1 where a name is none."""
    found, failed = named(desk, words.papers)
    if words.issue or words.query is not None or words.marked:
        found += desk.papers(words.issue, words.query or "", words.marked)
    return list(dict.fromkeys(found)), failed


def named(desk: Desk, names: Iterable[str]) -> tuple[list[str], int]:
    """Return the papers that *names* name, and 1 if any of them names none; that is said on stderr."""
    found, failed = [], 0
    for name in names:
        try:
            found.append(desk.paper(name).id)
        except UnknownError as error:
            streams.narrate(str(error))
            failed = 1
    return found, failed


def set_field(desk: Desk, words: argparse.Namespace) -> int:
    """Write a field of a paper, or take what a service says of it; without either, let services say it again."""
    name = desk.paper(words.paper).id
    if words.provider:
        return _told(desk, words, name, desk.deciding.use(name, words.field, words.provider))
    return _told(desk, words, name, desk.deciding.edit(name, words.field, " ".join(words.value)))


def take(desk: Desk, words: argparse.Namespace) -> int:
    """Say yes to an offered record, or choose the version."""
    name = desk.paper(words.paper).id
    return _told(desk, words, name, desk.deciding.take(name, words.choice))


def refuse(desk: Desk, words: argparse.Namespace) -> int:
    """Say no to a record."""
    name = desk.paper(words.paper).id
    return _told(desk, words, name, desk.deciding.refuse(name, words.choice))


def _told(desk: Desk, words: argparse.Namespace, name: str, sentence: str) -> int:
    streams.narrate(sentence)
    desk.library.flush()
    if words.json:
        output.write_json(output.paper(desk, desk.rack.paper(name), desk.exporting.keys([name])[name]))
    return 0
