"""The commands that change what the reader thinks of papers; each is a step that undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui.cli.plain.looking import here
from tui.cli.plain.reading import Reading
from tui.desk.history import UnusableStepError
from tui.desk.marking import count
from tui.errors import ExportError, UnknownError
from tui.model import PaperRow
from tui.text import clean

Lines = Iterable[str]
Do = Callable[[Reading, str], Lines]


def _title(reading: Reading, name: str) -> str:
    return PaperRow.of(reading.desk.rack.paper(name)).title[:100]


def _said(reading: Reading, names: list[str], what: str) -> str:
    return f"{what}: {_title(reading, names[0]) if len(names) == 1 else count(len(names), 'paper')}."


def setting(what: str, change: Callable[[Reading, list[str]], int], nothing: str) -> Do:
    """Return a command that makes a *change* to papers, which is called *what*; *nothing* is said without one."""

    def do(reading: Reading, words: str) -> Lines:
        names = reading.named_or_current(words)
        return [_said(reading, names, what if change(reading, names) else nothing)]

    return do


mark = setting("Marked", lambda reading, names: reading.desk.marking.mark(names), "Marked already")
unmark = setting("Unmarked", lambda reading, names: reading.desk.marking.mark(names, False), "Not marked")
star = setting("Starred", lambda reading, names: reading.desk.annotating.star(names), "Starred already")
unstar = setting("Unstarred", lambda reading, names: reading.desk.annotating.star(names, False), "Not starred")


def deciding(state: str, what: str) -> Do:
    """Return a command that gives papers a reading state; of the current paper it goes on to the next unread one."""

    def do(reading: Reading, words: str) -> Lines:
        names = reading.named_or_current(words)
        changed = reading.desk.annotating.set_state(names, state)
        yield _said(reading, names, what if changed else f"{what} already")
        if not words:
            before = reading.called
            reading.papers.forget()
            if reading.next_unread():
                yield from [reading.head] if reading.called != before else []
                yield from here(reading)
            else:
                yield "No paper is unread any more."

    return do


keep = deciding("to read", "To read")
read = deciding("read", "Read")
skip = deciding("dropped", "Dropped")


def state(reading: Reading, words: str) -> Lines:
    """Say how far the reading of papers has come."""
    names, wanted = reading.split(words)
    if not wanted:
        return [f"State: {reading.desk.rack.marks(name).state}. {_title(reading, name)}" for name in names]
    reading.desk.annotating.set_state(names, wanted)
    return [_said(reading, names, f"State {clean(wanted, 20)}")]


def tag(reading: Reading, words: str) -> Lines:
    """Add tags to papers, and take away those with a hyphen before them."""
    names, rest = reading.split(words)
    tags = [each.strip() for each in rest.split(",") if each.strip()]
    if not tags:
        raise UnknownError("Say tags, with commas between them; -tag takes one away.")
    add = [each for each in tags if not each.startswith("-")]
    reading.desk.annotating.tag(names, add, [each[1:].strip() for each in tags if each.startswith("-")])
    if len(names) > 1:
        return [f"{count(len(names), 'paper')} tagged."]
    now = ", ".join(reading.desk.rack.marks(names[0]).tags) or "none"
    return [f"Tags: {now}. {_title(reading, names[0])}"]


def note(reading: Reading, words: str) -> Lines:
    """Say the note on a paper, or write it; a hyphen takes it away."""
    names, text = reading.split(words)
    if len(names) != 1:
        raise UnknownError(f"A note is on one paper; these are {len(names):,}.")
    if not text:
        return [f"Note: {line}" for line in reading.desk.rack.marks(names[0]).note.splitlines()] or [
            "There is no note."
        ]
    reading.desk.annotating.note(names[0], "" if text == "-" else text)
    return [_said(reading, names, "Note removed" if text == "-" else "Note written")]


def turning(back: bool) -> Do:
    """Return the command that takes the newest change back, or does again what was undone last."""
    name, done, kept = ("undo", "Taken back", "be undone") if back else ("redo", "Done again", "be done again")

    def do(reading: Reading, words: str) -> Lines:
        marking = reading.desk.marking
        if words == "skip":
            label, said = marking.skip(back), f"It stays as it is, and can no longer {kept}"
        else:
            try:
                label, said = marking.undo() if back else marking.redo(), done
            except (ExportError, UnusableStepError) as error:
                raise ExportError(f"{error} {name} skip leaves it so and goes on to the one before.") from None
        return [f"{said}: {label}." if label else f"There is nothing to {name}."]

    return do


undo, redo = turning(True), turning(False)
