"""The command on the feeds and pages that are followed: list, add, rename, remove, refresh, and OPML."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tui.cli import output, streams
from tui.cli.refreshing import refresh
from tui.cli.source_lines import document, named, state
from tui.desk import Desk
from tui.desk.marking import count
from tui.errors import PaperrackError
from tui.model import FollowedSource

_NEEDED = {"add": 1, "rename": 2, "remove": 1, "refresh": 0}
_USAGE = "Say sources add URL or FILE.opml, sources rename NAME TITLE, sources remove NAME, or sources refresh."


def sources(desk: Desk, words: argparse.Namespace) -> int:
    """List sources, follow some, rename or remove them, fetch what is new, or write them as OPML."""
    if wrong := _misused(words):
        streams.narrate(wrong)
        return 2
    if words.opml is not None:
        return _write_opml(desk, words.opml)
    actions = {"add": _add, "rename": _rename, "remove": _remove, "refresh": refresh, None: _list}
    return actions[words.action](desk, words)


def _misused(words: argparse.Namespace) -> str | None:
    if words.action and len(words.names) < _NEEDED[words.action]:
        return _USAGE
    if (words.watch or words.all) and words.action != "refresh":
        return "--watch and --all belong to sources refresh."
    if words.opml is not None and words.action:
        return "--opml writes all sources, and stands alone."
    return "With --watch there is no end, and so no JSON document." if words.watch and words.json else None


def _list(desk: Desk, words: argparse.Namespace) -> int:
    rows = desk.sources.rows()
    if words.json:
        output.write_json([document(row) for row in rows])
        return 0
    for row in rows:
        folder = f"{row.source.folder}/" if row.source.folder else ""
        streams.say(f"{folder}{row.source.name}  {row.source.url}  ({state(row)})")
    if not rows:
        streams.narrate("No source is followed; paperrack sources add URL follows one.")
    return 0


def _add(desk: Desk, words: argparse.Namespace) -> int:
    failed = 0
    added: list[FollowedSource] = []
    for name in words.names:
        try:
            added += _add_file(desk, name) if _is_file(name) else _add_address(desk, name)
        except PaperrackError as error:
            streams.narrate(f"{name}: {error}")
            failed = 1
    desk.library.flush()
    if words.json:
        names = {each.id for each in added}
        output.write_json([document(row) for row in desk.sources.rows() if row.source.id in names])
    return failed


def _is_file(name: str) -> bool:
    return name == "-" or (not name.lower().startswith(("http://", "https://", "feed:")) and Path(name).is_file())


def _add_file(desk: Desk, name: str) -> Sequence[FollowedSource]:
    from tui.desk.opml import MOST_BYTES

    if name == "-":
        done = desk.sources.take_opml(sys.stdin.buffer.read(MOST_BYTES + 1), "Standard input")
    else:
        done = desk.sources.take_file(Path(name))
    for remark in done.remarks:
        streams.narrate(f"{name}: {remark}.")
    known = f"; {done.known:,} {'was' if done.known == 1 else 'were'} followed already" if done.known else ""
    streams.narrate(f"{count(len(done.added), 'source')} followed{known}.")
    return done.added


def _add_address(desk: Desk, name: str) -> Sequence[FollowedSource]:
    done = desk.sources.add(name)
    source = done.source
    if done.known:
        streams.narrate(f"{source.name} is followed already ({source.url}).")
        return (source,)
    there = "" if done.items is None else f", with {count(done.items, 'item')}"
    what = "a feed" if source.kind == "feed" else "a page"
    streams.narrate(f"{source.name} is followed: {what} at {source.url}{there}; sources refresh takes in what is new.")
    for url, title in done.others:
        streams.narrate(f"The page names another feed: {title or 'without a title'}, {url}")
    return (source,)


def _rename(desk: Desk, words: argparse.Namespace) -> int:
    source = desk.sources.rename(desk.sources.named(words.names[0]), " ".join(words.names[1:]))
    streams.narrate(f"It is called {source.name} now.")
    desk.library.flush()
    return 0


def _remove(desk: Desk, words: argparse.Namespace) -> int:
    found, failed = named(desk, words.names)
    desk.sources.remove(found)
    for source in found:
        streams.narrate(f"{source.name} is followed no more; its issues stay.")
    desk.library.flush()
    return failed


def _write_opml(desk: Desk, name: str) -> int:
    text = desk.sources.opml()
    if name == "-":
        streams.write(text)
        return 0
    desk.exporting.save(text, name)
    streams.narrate(f"{count(len(desk.sources.list()), 'source')} written to {name}.")
    return 0


COMMANDS = {"sources": sources}
"""The commands of this file by their names."""
