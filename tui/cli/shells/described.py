"""The words of the command line as shells are told of them: commands, options, and of what kind each value is."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tui.cli.words import SCREENS, parsers
from tui.desk import Desk
from tui.desk.listing import SORTS
from tui.model import STATES
from tui.provenance import EDITABLE, LABELS

LIBRARY = ("papers", "issues", "tags", "searches", "removed", "sources")
"""Kinds that are asked for when tab is pressed."""

FILES, FOLDERS, NOTHING = "files", "folders", ""

_KINDS = {
    "PAPER": "papers",
    "ISSUE": "issues",
    "TAG": "tags",
    "FILE": FILES,
    "PATH": FILES,
    "PATH or URL": FILES,
    "DIR": FOLDERS,
    "PAPER or ISSUE": "papers issues",
    "REMOVED": "removed",
}
"""Of what kind a value is, by what the help calls it; what is not here is the reader's own words."""

_NAMED = {"searches": "searches", "tags": "tags", "sources": "sources files"}
"""Commands behind which a name is a search's, a tag's or a source's, and no digest's."""


@dataclass(frozen=True)
class Option:
    """An option: its spellings, what it does, and of what kind its value is, None where it has none."""

    names: tuple[str, ...]
    text: str
    kind: str | None = None


@dataclass(frozen=True)
class Described:
    """A command: the kinds of what stands behind it, the last of them again and again where it is ``endless``.

    A kind is one of :data:`LIBRARY`, files, folders, ``=`` with words behind it, or several with blanks between.
    """

    name: str
    text: str
    options: tuple[Option, ...]
    kinds: tuple[str, ...]
    endless: bool


def described() -> tuple[Described, ...]:
    """Return every command; the first, without a name, is what stands before one."""
    parser, commands = parsers()
    words = _words()
    listed = {name: each for name, each in commands.items() if name != SCREENS}
    before = {each.names: each for each in (*_options(parser, words), *_options(commands[SCREENS], words))}
    start = Described("", "", tuple(before.values()), (FILES,), endless=True)
    return (start, *(_described(name, each, words) for name, each in listed.items()))


def _words() -> dict[str, str]:
    """Return the words that a value can be, by what the help calls it."""
    formats = Desk.formats()
    found = {
        "F": [each["name"] for each in formats["export"]],
        "NAME": [each["name"] for each in formats["digest"]],
        "STATE": [state.replace(" ", "-") for state in STATES],
        "FIELD": EDITABLE,
        "SERVICE": LABELS,
        "ORDER": SORTS,
    }
    return {name: f"={','.join(words)}" for name, words in found.items()}


def _described(name: str, parser: argparse.ArgumentParser, words: dict[str, str]) -> Described:
    arguments = [action for action in parser._actions if not action.option_strings]
    kinds = tuple(_NAMED[name] if name in _NAMED and not each.choices else _kind(each, words) for each in arguments)
    repeated = [place for place, each in enumerate(arguments) if each.nargs in ("*", "+")]
    if repeated:
        # Whatever stands behind what may be repeated can stand in its place, too.
        kinds = (*kinds[: repeated[0]], " ".join(dict.fromkeys(kind for kind in kinds[repeated[0] :] if kind)))
    return Described(name, parser.description or "", tuple(_options(parser, words)), kinds, bool(repeated))


def _options(parser: argparse.ArgumentParser, words: dict[str, str]) -> Iterator[Option]:
    for action in parser._actions:
        if action.option_strings and action.help != argparse.SUPPRESS:
            kind = None if action.nargs == 0 else _kind(action, words)
            yield Option(tuple(action.option_strings), first_clause(action.help or ""), kind)


def _kind(action: argparse.Action, words: dict[str, str]) -> str:
    if action.choices is not None:
        return f"={','.join(map(str, action.choices))}"
    name = action.metavar if isinstance(action.metavar, str) else ""
    return words.get(name) or _KINDS.get(name, NOTHING)


def first_clause(text: str) -> str:
    """Return how a help begins, which is all there is room for beside a word."""
    return re.split(r"[;(:]", text)[0].strip()


def plain(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts as they can stand in single quotes, in a table with tabs between."""
    yield from (text.replace("'", "’").replace("\\", "").replace("\t", " ") for text in texts)
