"""The commands that take papers along, bring papers in, and ask services about them."""

from __future__ import annotations

import contextlib
import shlex
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import get_args

from tui.cli import streams
from tui.cli.plain import lines
from tui.cli.plain.reading import Reading
from tui.cli.waiting import Held
from tui.desk.exporting import What
from tui.desk.marking import count
from tui.errors import ExportError, NetworkError, PaperrackError, SourceError, UnknownError
from tui.model import PaperRow
from tui.text import clean

Lines = Iterable[str]

_SAID = 5.0
"""Seconds between two words on how far a look-up is."""

_WHATS: dict[str, What] = {**{what: what for what in get_args(What)}, "keys": "key"}


def copy(reading: Reading, words: str) -> Lines:
    """Copy what is asked for of papers."""
    first, _, rest = words.partition(" ")
    what = _WHATS.get(first)
    exporting = reading.desk.exporting
    taken = exporting.take(reading.chosen(rest if what else words), what or "bibtex")
    said = list(taken.failures)
    if taken.text:
        copied = exporting.copy(taken.text)
        exporting.keep_keys(taken.keys)
        said.append(exporting.said(taken, copied))
    return said


def export(reading: Reading, words: str) -> Lines:
    """Write papers into a new file."""
    path = path_in(words)
    if Path(path).exists():
        raise ExportError(f"{clean(path, 200)} is there already; replace writes over it, and into adds to a .bib file.")
    return _export(reading, path)


def replace(reading: Reading, words: str) -> Lines:
    """Write papers into a file, in place of what it holds."""
    return _export(reading, path_in(words))


def _export(reading: Reading, path: str) -> Lines:
    exporting = reading.desk.exporting
    format = next((each.name for each in exporting.formats() if path.lower().endswith(each.suffix)), None)
    if format is None:
        suffixes = dict.fromkeys(each.suffix for each in exporting.formats())
        raise ExportError(f"The name's end says what is written: {', '.join(suffixes)}; {clean(path, 200)} has none.")
    taken = exporting.export(reading.chosen(""), format)
    said = [*taken.failures, *taken.warnings]
    if not taken.count:
        raise ExportError(" ".join([*said, "There is nothing to write."]))
    reading.desk.saving.save(taken.text, path, f"{count(taken.count, 'entry')} written to {clean(path, 60)}")
    exporting.keep_keys(taken.keys)
    caution = f"; {why}" if (why := exporting.caution(taken)) else ""
    return [*said, f"{count(taken.count, 'entry')} written to {clean(path, 200)}{caution}."]


def into(reading: Reading, words: str) -> Lines:
    """Add papers to a .bib file, whose other entries stay as they are."""
    preview = reading.desk.into.preview(reading.chosen(""), path_in(words))
    return [*preview.failures, *preview.warnings, reading.desk.into.write(preview)]


def check(reading: Reading, words: str) -> Lines:
    """Say what into would do."""
    preview = reading.desk.into.preview(reading.chosen(""), path_in(words))
    return [*preview.failures, *preview.warnings, preview.sentence, *preview.diff.splitlines()]


def fetch(reading: Reading, words: str) -> Lines:
    """Look papers up to the end, and say what came of it; ctrl+c stops it, and keeps what was found."""
    names = reading.chosen(words)
    looking = reading.desk.looking
    asked = looking.ask(names)
    if asked:
        streams.say(f"Looking up {count(asked, 'paper')}; control C stops.")
        try:
            _wait(reading)
        except KeyboardInterrupt:
            looking.stop()
            raise
    rack = reading.desk.rack
    for name in dict.fromkeys(map(rack.canonical, names)):
        paper = rack.paper(name)
        yield lines.sentence(PaperRow.of(paper).title)
        yield from lines.details_lines(paper)
    lost = dict.fromkeys(job.why for job in looking.jobs() if job.paper in names and job.state in ("failed", "paused"))
    yield from (f"Not looked up: {why}" for why in lost if why)


def _wait(reading: Reading) -> None:
    looking, said = reading.desk.looking, time.monotonic()
    with contextlib.closing(Held()) as held:
        while looking.busy:
            looking.wait(0.2)
            with held:
                looking.collect()
            held.heed()
            if time.monotonic() - said > _SAID:
                said = time.monotonic()
                progress = looking.progress()
                streams.say(f"{progress.done:,} of {progress.total:,} looked up.")


def pdf(reading: Reading, words: str) -> Lines:
    """Fetch papers' PDFs into their files, say where they are, and open one that is alone and was asked for by hand."""
    names = reading.named_or_current(words)
    pdfs, failed = reading.desk.pdfs, []
    for name in names:
        try:
            found = pdfs.fetch(name, _telling())
        except PaperrackError as error:
            page = pdfs.page(name)
            failed.append(f"{error} Its page is {page}." if page else str(error))
        else:
            streams.say(f"{'Fetched' if found.new else 'Here already'}: {found.path}")
            if len(names) == 1 and sys.stdin.isatty():
                pdfs.open(found.path)
                streams.say("Opened.")
    if failed:
        raise NetworkError(" ".join(failed[:3]) + (f" {len(failed) - 3:,} more failed." if failed[3:] else ""))
    return ()


def _telling() -> Callable[[int, int | None], None]:
    """Return what says from time to time how far a file is."""
    said = time.monotonic()

    def told(there: int, total: int | None) -> None:
        nonlocal said
        if time.monotonic() > said + _SAID:
            said = time.monotonic()
            of = f" of {total / 1e6:,.1f}" if total else ""
            streams.say(f"{there / 1e6:,.1f}{of} megabytes are here.")

    return told


def browse(reading: Reading, words: str) -> Lines:
    """Open the pages of papers in the browser."""
    names = reading.named_or_current(words)
    if len(names) > 1:
        raise UnknownError(f"One page at a time; these are {len(names):,} papers.")
    return [f"Opened {reading.desk.exporting.open(names[0])}"]


def add(reading: Reading, words: str) -> Lines:
    """Take digests in, and let the first of their issues be the list."""
    take_in(reading, _paths(words))
    return [reading.head]


def take_in(reading: Reading, paths: Iterable[str], format: str | None = None) -> None:
    """Take digests in, say at once what comes of each, and let the first issue be the list.

    Raises SourceError, when all the others are in, where one of them cannot be.
    """
    first, failed = None, []
    with contextlib.closing(Held()) as held:
        for source in reading.desk.read(paths, format):
            if source.error:
                failed.append(source.error)
            with held:
                found = reading.desk.take_all(source)
            for taken in found:
                first = first or taken.issue.id
                title, new = lines.sentence(taken.issue.title), f"{taken.new_papers:,} new"
                streams.say(f"{title} {count(taken.papers, 'paper')}, {new}.")
            held.heed()
    reading.issues = reading.desk.shelf()
    if first:
        reading.open_issue(first)
    if failed:
        raise SourceError(" ".join(failed[:3]) + (f" {len(failed) - 3:,} more failed." if failed[3:] else ""))


def path_in(words: str) -> str:
    """Return the file that *words* name, in quotes or not. Raises UnknownError where they name none."""
    if not words:
        raise UnknownError("Name the file.")
    quoted = len(words) > 1 and words[0] == words[-1] and words[0] in "'\""
    return _home(words[1:-1] if quoted else words)


def _paths(words: str) -> list[str]:
    """Return the paths and addresses in *words*, which may be one path with blanks."""
    whole = path_in(words)
    if Path(whole).exists():
        return [whole]
    try:
        return [_home(word) for word in shlex.split(words)]
    except ValueError:
        return [whole]


def _home(path: str) -> str:
    with contextlib.suppress(RuntimeError):
        return str(Path(path).expanduser()) if path.startswith("~") else path
    return path
