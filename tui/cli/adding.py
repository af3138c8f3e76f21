"""The command that takes digests in, issue by issue: however it ends, what was taken in is kept."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Sequence

from tui.cli import output, streams
from tui.cli.waiting import Held, Progress, ahead
from tui.desk import Desk, Taken, apart
from tui.desk.intake import Source
from tui.desk.marking import count
from tui.errors import PaperrackError

MANY = 20
"""So many issues of a source are named; a source of more says in one line what it gave."""

REMARKS = 200
"""So many lines of a source that were not understood are named; the rest is counted."""

_OUTCOMES = {"new": "new", "updated": "updated", "known": "known, nothing changed"}


def add(desk: Desk, words: argparse.Namespace) -> int:
    """Take digests in. A dry run is given a library that is thrown away."""
    adding = _Adding(desk, words)
    try:
        with adding.progress:
            taken = adding.taken()
            if words.json:
                output.write_added(taken, adding.errors)
            else:
                for _ in taken:
                    pass
        desk.library.flush()
    except KeyboardInterrupt:
        # What is said to be kept is on the disk.
        desk.library.flush()
        streams.narrate(adding.ended)
        return 130
    return int(bool(adding.errors))


@contextlib.contextmanager
def starting(words: argparse.Namespace) -> Iterator[None]:
    """Have the process that reads the paths of :func:`add` start in this block, while the library is opened."""
    with apart.started(words.paths) as words.process:
        yield


class _Adding:
    """One run: what was taken in so far, what failed, and what is said of it."""

    def __init__(self, desk: Desk, words: argparse.Namespace) -> None:
        self.errors: list[Source] = []
        self.progress = Progress()
        self._desk = desk
        self._words = words
        self._papers = 0
        self._said = _Said("")
        self._at = ""

    @property
    def ended(self) -> str:
        """What is said where the reader ends it."""
        if not self._papers or getattr(self._words, "dry_run", False):
            return "Interrupted; nothing is kept."
        return f"Interrupted: {count(self._papers, 'paper')} are kept; add the same again to go on."

    def taken(self) -> Iterator[tuple[Source, Taken]]:
        """Take in what the words name; yield each issue, with where it comes from, when it is in the library."""
        self.progress.say("Reading …")
        with contextlib.closing(Held()) as held, self._desk.catalogue.many():
            try:
                for sources in self._sources():
                    self._at = sources[0].name
                    with held:
                        found = list(zip(sources, self._desk.take_together(sources), strict=True))
                        for source, taken in found:
                            self._begin(source)
                            for each in taken:
                                self._note(source, each)
                    yield from ((source, each) for source, taken in found for each in taken)
                    held.heed()
            except PaperrackError as error:
                # The library itself: the rest would fail as this did.
                self._fail(Source(self._at, error=str(error)))
            finally:
                # So does the index, which is made swift again.
                self._desk.finish()
                self._close()

    def _sources(self) -> Iterator[Sequence[Source]]:
        paths, format = self._words.paths, self._words.format
        settle = self._desk.catalogue.settle
        if process := getattr(self._words, "process", None):
            return apart.read_together(paths, self._desk.settings, format, settle, process)
        return ([source] for source in ahead(self._desk.read(paths, format), settle))

    def _begin(self, source: Source) -> None:
        if source.name != self._said.name:
            self._close()
            self._said = _Said(source.name)
        if source.error:
            self._fail(source)

    def _fail(self, source: Source) -> None:
        self.errors.append(Source(source.name, error=source.error))
        self.progress.clear()
        streams.narrate(source.error or "")

    def _note(self, source: Source, taken: Taken) -> None:
        self._papers += taken.papers
        for remark in taken.issue.warnings if not self._words.json else ():
            self._said.remarks += 1
            if self._said.remarks <= REMARKS:
                self.progress.clear()
                streams.narrate(f"{taken.issue.id}, line {remark.line}: {remark.why}: {remark.text[:100]}")
        self._said.note(taken)
        self.progress.show(source, self._papers)

    def _close(self) -> None:
        """Say what the source gave that is done with."""
        self.progress.clear()
        for line in self._said.lines if not self._words.json else ():
            streams.say(line)
        if self._said.remarks > REMARKS:
            streams.narrate(f"{self._said.name}: {self._said.remarks - REMARKS:,} more lines were not understood.")
        self._said = _Said("")


class _Said:
    """What is said of the source called *name*: a line an issue, or one line where there are many."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.remarks = 0
        self._issues: list[str] = []
        self._counted = dict.fromkeys(_OUTCOMES, 0)
        self._papers = self._new = 0

    def note(self, taken: Taken) -> None:
        """Count what was taken in."""
        issue = taken.issue
        self._counted[taken.outcome] += 1
        self._papers += taken.papers
        self._new += taken.new_papers
        if len(self._issues) <= MANY:
            papers = f"{count(taken.papers, 'paper')}, {taken.new_papers:,} new"
            self._issues.append(f"{issue.id}: {issue.title} ({papers}; {_OUTCOMES[taken.outcome]})")

    @property
    def lines(self) -> list[str]:
        """The lines, once the source is done with."""
        if len(self._issues) <= MANY:
            return self._issues
        outcomes = ", ".join(f"{number:,} {name}" for name, number in self._counted.items() if number)
        issues = count(sum(self._counted.values()), "issue")
        return [f"{self.name}: {issues} ({outcomes}) with {count(self._papers, 'paper')}, {self._new:,} new"]
