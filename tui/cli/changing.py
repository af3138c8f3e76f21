"""The commands that change what is kept: what a reader does with papers, saved searches, and the way back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable

from tui.cli import output, streams
from tui.cli.details import named
from tui.desk import Desk
from tui.desk.annotating import usable_tag
from tui.desk.history import UnusableStepError
from tui.desk.marking import count
from tui.errors import EditorError, ExportError, PaperrackError, UnknownError

_MOST_BYTES = 1_000_000
"""How much of a note is read from standard input."""


def mark(desk: Desk, words: argparse.Namespace) -> int:
    """Mark papers, or take their mark away."""
    return change(desk, words, lambda names: desk.marking.mark(names, words.command == "mark"))


def read(desk: Desk, words: argparse.Namespace) -> int:
    """Make papers read, or new again."""
    return change(desk, words, lambda names: desk.marking.mark_read(names, words.command == "read"))


def star(desk: Desk, words: argparse.Namespace) -> int:
    """Star papers, or take their star away."""
    return change(desk, words, lambda names: desk.annotating.star(names, words.command == "star"))


def state(desk: Desk, words: argparse.Namespace) -> int:
    """Set how far the reading of papers has come."""
    return change(desk, words, lambda names: desk.annotating.set_state(names, words.state))


def tag(desk: Desk, words: argparse.Namespace) -> int:
    """Add tags to papers, and take tags away."""
    if not words.add and not words.remove:
        streams.narrate("Name a tag with --add or --remove.")
        return 2
    return change(desk, words, lambda names: desk.annotating.tag(names, words.add, words.remove))


def note(desk: Desk, words: argparse.Namespace) -> int:
    """Say the note on a paper, or write it."""
    name = desk.paper(words.paper).id
    if words.edit and words.text:
        streams.narrate("Either TEXT is the note, or --edit writes it.")
        return 2
    if words.edit:
        _edit(desk, name)
    elif words.text == ["-"]:
        desk.annotating.note(name, sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace"))
    elif words.text:
        desk.annotating.note(name, " ".join(words.text))
    desk.library.flush()
    if words.json:
        _write_papers(desk, [name], alone=True)
    elif not words.text and not words.edit:
        for line in desk.rack.marks(name).note.splitlines():
            streams.say(line)
    return 0


def _edit(desk: Desk, name: str) -> None:
    """Let the reader's editor have the note. Raises EditorError, also where there is no terminal for it."""
    from tui.editor import edit

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise EditorError("An editor needs a terminal; without one, note PAPER - reads standard input.")
    if edit(desk.annotating.note_on(name), lambda text: desk.annotating.note(name, text)):
        streams.narrate("The note is saved." if desk.annotating.note_on(name) else "The note is removed.")
    else:
        streams.narrate("The note was left as it was.")


def tags(desk: Desk, words: argparse.Namespace) -> int:
    """List tags, rename one, remove some."""
    if (words.action == "rename" and len(words.tags) != 2) or (words.action == "remove" and not words.tags):
        streams.narrate("Say tags rename TAG TAG, or tags remove TAG.")
        return 2
    if words.action == "rename":
        old, new = words.tags
        changed = desk.annotating.rename_tag(old, new)
        streams.narrate(f"{count(changed, 'paper')} changed; the tag is called {usable_tag(new)} now.")
    for tag in words.tags if words.action == "remove" else ():
        changed = desk.annotating.remove_tag(tag)
        streams.narrate(f"{usable_tag(tag)} was removed from {count(changed, 'paper')}.")
    desk.library.flush()
    found = desk.annotating.tags()
    if words.json:
        output.write_json([{"tag": tag, "papers": papers} for tag, papers in found.items()])
    elif words.action is None:
        for tag, papers in found.items():
            streams.say(f"{tag} ({count(papers, 'paper')})")
        if not found:
            streams.narrate("No paper has a tag.")
    return 0


def merge(desk: Desk, words: argparse.Namespace) -> int:
    """Make one paper of several."""
    name = desk.unite(words.papers)
    desk.library.flush()
    if words.json:
        _write_papers(desk, [name], alone=True)
    else:
        streams.say(name)
    return 0


def change(desk: Desk, words: argparse.Namespace, made: Callable[[Iterable[str]], int]) -> int:
    """Have a change *made* to the papers that are named, and say how many are different by it."""
    found, failed = named(desk, words.papers)
    changed = made(found)
    streams.narrate(f"{count(changed, 'paper')} changed.")
    desk.library.flush()
    if words.json:
        _write_papers(desk, found)
    return failed


def _write_papers(desk: Desk, names: Iterable[str], alone: bool = False) -> None:
    chosen = list(names)
    keys = desk.exporting.keys(chosen)
    papers = [output.paper(desk, desk.rack.paper(name), keys[name]) for name in chosen]
    output.write_json(papers[0] if alone else papers)


def remove(desk: Desk, words: argparse.Namespace) -> int:
    """Remove issues, each a step of its own, and papers, all of them one step."""
    failed = 0
    papers: list[str] = []
    for name in words.names:
        try:
            issue = _issue_or_none(desk, name)
            if issue is None:
                papers.append(desk.paper(name).id)
            else:
                desk.remove([issue])
                streams.narrate(f"{issue} was removed.")
        except PaperrackError as error:
            streams.narrate(str(error))
            failed = 1
    if removed := desk.marking.remove(papers):
        streams.narrate(f"{count(removed, 'paper')} removed.")
    desk.library.flush()
    return failed


def _issue_or_none(desk: Desk, name: str) -> str | None:
    """Return the id of the issue that *name* means, None where it means a paper."""
    try:
        return desk.issue(name).id
    except UnknownError:
        if not desk.identity.resolve(name) and ":" not in name:
            raise
        return None


def restore(desk: Desk, words: argparse.Namespace) -> int:
    """Bring removed papers back, or list them."""
    rows = desk.removed()
    if not words.papers:
        if words.json:
            output.write_json([{"id": row.id, "title": row.title if row.titled else None} for row in rows])
        for row in () if words.json else rows:
            streams.say(f"{row.id} {row.title}")
        return 0
    failed, found = 0, []
    for name in words.papers:
        meant = [row.id for row in rows if name in (row.id, row.id.partition(":")[2])]
        meant = meant or [row.id for row in rows if name and row.id.startswith(name)]
        if len(meant) == 1:
            found += meant
        else:
            several = f"could be {', '.join(meant[:3])}" if meant else "was not removed"
            streams.narrate(f"{name} {several}.")
            failed = 1
    streams.narrate(f"{count(desk.marking.remove(found, False), 'paper')} brought back.")
    desk.library.flush()
    if words.json:
        _write_papers(desk, [name for name in found if name in desk.rack])
    return failed


def undo(desk: Desk, words: argparse.Namespace) -> int:
    """Take the newest change back, or forget that it could be."""
    if words.skip:
        return _turned(desk, words, "undone", desk.marking.skip(), "can no longer be undone")
    try:
        return _turned(desk, words, "undone", desk.marking.undo(), "undone")
    except (ExportError, UnusableStepError) as error:
        streams.narrate(f"{error} undo --skip leaves it so and goes on to what was done before.")
        return 1


def redo(desk: Desk, words: argparse.Namespace) -> int:
    """Do again what was undone last, or forget that it could be."""
    if words.skip:
        return _turned(desk, words, "redone", desk.marking.skip(back=False), "can no longer be done again")
    try:
        return _turned(desk, words, "redone", desk.marking.redo(), "done again")
    except (ExportError, UnusableStepError) as error:
        streams.narrate(f"{error} redo --skip leaves it undone and goes on to what was undone before.")
        return 1


def _turned(desk: Desk, words: argparse.Namespace, name: str, label: str | None, told: str) -> int:
    desk.library.flush()
    if words.json:
        output.write_json({name: label})
    streams.narrate(f"{label}: {told}." if label else f"There is nothing to {words.command}.")
    return 0


def searches(desk: Desk, words: argparse.Namespace) -> int:
    """List saved searches, keep one, rename one, remove some."""
    wanted = {"add": 2, "rename": 2, "remove": 1}
    if words.action and len(words.names) < wanted[words.action]:
        streams.narrate("Say searches add NAME QUERY, searches rename NAME NAME, or searches remove NAME.")
        return 2
    if words.action == "add":
        name, query = words.names[0], " ".join(words.names[1:])
        found = len(desk.listing(query=query))
        streams.narrate(f"{desk.searches.save(name, query).name} was saved; it finds {count(found, 'paper')} now.")
    elif words.action == "rename":
        streams.narrate(f"It is called {desk.searches.rename(*words.names[:2]).name} now.")
    elif words.action == "remove":
        for name in words.names:
            streams.narrate(f"{desk.searches.remove(name).name} was removed.")
    else:
        return _list_searches(desk, words)
    desk.library.flush()
    return 0


def _list_searches(desk: Desk, words: argparse.Namespace) -> int:
    failed, rows = 0, []
    for search in desk.searches.list():
        found: int | None = None
        try:
            found = len(desk.listing(query=search.query))
        except PaperrackError as error:
            streams.narrate(f"{search.name}: {error}")
            failed = 1
        rows.append({"name": search.name, "query": search.query, "order": search.order, "papers": found})
        if not words.json:
            streams.say(f"{search.name}: {search.query}" + ("" if found is None else f" ({count(found, 'paper')})"))
    if words.json:
        output.write_json(rows)
    elif not rows:
        streams.narrate("No search is saved.")
    return failed


COMMANDS = {
    "mark": mark,
    "unmark": mark,
    "read": read,
    "unread": read,
    "star": star,
    "unstar": star,
    "state": state,
    "tag": tag,
    "note": note,
    "tags": tags,
    "merge": merge,
    "remove": remove,
    "restore": restore,
    "undo": undo,
    "redo": redo,
    "searches": searches,
}
"""The commands of this file by their names."""
