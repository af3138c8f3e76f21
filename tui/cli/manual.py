"""The manual, paperrack(1), made from the words of the command line, in man(7): https://man.openbsd.org/man.7

``tui/paperrack.1`` is this, for packagers and for the wheel; a test makes it anew and compares. ``python -m
tui.cli.manual FILE`` writes it.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tui import __version__
from tui.cli.plain.reading import MEANT
from tui.cli.plain.table import COMMANDS
from tui.cli.words import SCREENS, parsers
from tui.text import clean

DATE = "2026-11-21"
"""When what it says last changed in more than words."""

_DESCRIPTION = """\
paperrack takes research digests in (newsletters, rankings, reading lists, session pages, bibliographies), keeps their
issues and papers, looks details up at scholarly services, and writes BibTeX that can be relied upon.

Without a command it opens the screens: issues, papers, and the paper that is read. The footer names the keys, and the
question mark shows them all. With --plain it reads in lines. With a command it does one thing and ends: what the
screens can do, a command can do.

A paper is named by its id (arxiv:2010.10915) or the start of it, by any identifier or address of it, or by its
citation key; an issue by its id or the start of it."""

_FILES = (
    ("library", "The library is a folder of JSON files in the platform's data folder, on Linux "
     "~/.local/share/paperrack/library. It may be copied, synchronised and kept in git; index.sqlite in it can be "
     "deleted at any time, and backups holds backups."),
    ("config.toml", "The settings, in the platform's folder for them, on Linux ~/.config/paperrack/config.toml. What "
     "is wrong in it is said with its line."),
)  # fmt: skip

_ENVIRONMENT = (
    ("PAPERRACK_LIBRARY", "The library folder, where --library names none."),
    ("PAPERRACK_CONFIG", "The settings, where --config names none."),
    ("VISUAL, EDITOR", "The program that notes are written with."),
    ("BROWSER", "The program that pages are opened with."),
    ("NO_COLOR", "The screens show no colours."),
    ("TERM", "Where it is dumb, there are no screens, but there is --plain."),
)

_STATUS = (
    ("0", "All is done."),
    ("1", "Something failed; the rest is done."),
    ("2", "The words are wrong."),
    ("130", "It was interrupted."),
)

_EXAMPLES = (
    ("Take a newsletter in, look its papers up, and add those that are marked to a file:",
     "paperrack add week-6.txt\npaperrack fetch --issue week-6\npaperrack mark arxiv:2010.10915\n"
     "paperrack export --marked --into refs.bib"),
    ("BibTeX of a page, without keeping anything:", "curl -s https://example.org/digest | paperrack bib -"),
    ("What is unread about diffusion, for another program:", "paperrack search --json 'diffusion is:unread'"),
    ("Read in lines, from a script:", "printf 'open week-6\\nmark 1-3\\ncopy keys\\n' | paperrack --plain"),
)  # fmt: skip


def page() -> str:
    """Return the manual's source."""
    return "\n".join(short for line in _lines() for short in _wrapped(line)) + "\n"


def _wrapped(line: str) -> Iterator[str]:
    """Yield a line of the source as lines of 80 characters where it is text, which is filled anyway."""
    if line.startswith((".", " ")) or "  " in line:
        yield line
        return
    for short in textwrap.wrap(line, 78, break_long_words=False, break_on_hyphens=False):
        yield f"\\&{short}" if short.startswith(".") else short


def _lines() -> Iterator[str]:
    parser, commands = parsers()
    yield '.\\" Made by paperrack man; what it says stands in tui/cli.'
    yield f'.TH PAPERRACK 1 "{DATE}" "paperrack {__version__}" "User Commands"'
    yield from (".SH NAME", r"paperrack \- read research digests in a terminal, and take their papers along as BibTeX")
    yield ".SH SYNOPSIS"
    for index, words in enumerate((["[PATH or URL ...]"], ["--plain", "[PATH or URL ...]"], ["COMMAND", "..."])):
        yield from (*([".br"] if index else []), f".B paperrack\n{_text(' '.join(words))}")
    yield ".SH DESCRIPTION"
    yield from _paragraphs(_DESCRIPTION)
    yield ".SH OPTIONS"
    yield _text("These stand before or behind the name of a command.")
    yield from _options(parser)
    yield ".SH COMMANDS"
    for name, each in commands.items():
        if name != SCREENS:
            yield from _command(name, each, {tuple(action.option_strings) for action in parser._actions})
    yield from _in_lines()
    for title, rows in (("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES), ("EXIT STATUS", _STATUS)):
        yield f".SH {title}"
        for name, text in rows:
            yield from (".TP", f".B {_text(name)}", _text(text))
    yield ".SH EXAMPLES"
    for index, (text, code) in enumerate(_EXAMPLES):
        yield from (*([".PP"] if index else []), _text(text), *_example(code))


def _command(name: str, parser: argparse.ArgumentParser, common: set[tuple[str, ...]]) -> Iterator[str]:
    yield f".SS {_text(name)}"
    usage = parser.format_usage().removeprefix("usage:") if parser.usage else _usage(name, parser, common)
    for index, line in enumerate(usage.strip().splitlines()):
        yield from (*([".br"] if index else []), f".B {_text(line.strip())}")
    yield from (".PP", _text(_sentence(parser.description or "")))
    for action in parser._actions:
        if not action.option_strings and action.help:
            yield from (".TP", f".I {_text(_metavar(action))}", _text(_sentence(action.help)))
    yield from _options(parser, common)
    if parser.epilog:
        yield from _epilog(parser.epilog)


def _usage(name: str, parser: argparse.ArgumentParser, common: set[tuple[str, ...]]) -> str:
    words = ["paperrack", name]
    if any(each.option_strings and tuple(each.option_strings) not in common for each in parser._actions):
        words.append("[OPTION ...]")
    for action in parser._actions:
        if not action.option_strings:
            called = _metavar(action)
            words.append(
                {"?": f"[{called}]", "*": f"[{called} ...]", "+": f"{called} ..."}.get(str(action.nargs), called)
            )
    return " ".join(words)


def _options(parser: argparse.ArgumentParser, without: set[tuple[str, ...]] | None = None) -> Iterator[str]:
    for action in parser._actions:
        spelt = tuple(action.option_strings)
        if not spelt or spelt in (without or ()) or action.help == argparse.SUPPRESS:
            continue
        value = "" if action.nargs == 0 else f" \\fI{_text(_metavar(action))}\\fR"
        yield from (".TP", ", ".join(f"\\fB{_text(each)}\\fR" for each in spelt) + value)
        yield _text(_sentence(action.help or ""))


def _metavar(action: argparse.Action) -> str:
    return action.metavar if isinstance(action.metavar, str) else action.dest.upper()


def _in_lines() -> Iterator[str]:
    yield ".SH READING IN LINES"
    yield from _paragraphs(
        "paperrack --plain takes typed commands, from a terminal or a pipe, and answers in lines, a fact a line. A "
        "command may be shortened while it stays clear. An empty line goes on: to what follows, or to the next paper. "
        f"PAPERS is {MEANT}. From a pipe, the exit status is 1 where a command failed."
    )
    for command in COMMANDS:
        yield from (".TP", f".B {_text(f'{command.name} {command.words}'.strip())}")
        yield _text(f"{command.text[:1].upper()}{command.text[1:]} {command.more}".strip())


def _paragraphs(text: str) -> Iterator[str]:
    for index, paragraph in enumerate(text.split("\n\n")):
        yield from (*([".PP"] if index else []), _text(paragraph.replace("\n", " ")))


def _epilog(text: str) -> Iterator[str]:
    """Yield what --help says beneath the options: sentences, and tables, whose columns mean something."""
    lines = text.rstrip("\n").split("\n")
    for table, some in groupby(lines, lambda line: line.startswith("  ")):
        if table:
            # As far to the left as it has to be for 80 cells.
            yield from (".in 2n", ".nf", *(_text(line.removeprefix("  ")) for line in some), ".fi", ".in")
        else:
            for paragraph in re.split(r"\n(?=--json )", "\n".join(some)):
                yield from (".PP", _text(" ".join(paragraph.split())))


def _example(code: str) -> Iterator[str]:
    yield from (".PP", ".in +4n", ".nf", *(_text(line) for line in code.split("\n")), ".fi", ".in")


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}" if text else ""


_SIGNS = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "^": r"\(ha", "~": r"\(ti", "`": r"\(ga", '"': r"\(dq"}
_SPECIAL = re.compile(r"[\\\-'^~`\"]|[^\x00-\x7f]")


def _text(text: str) -> str:
    """Return a line of text so that every troff prints it as it is."""
    found = _SPECIAL.sub(lambda match: _SIGNS.get(match[0]) or f"\\[u{ord(match[0]):04X}]", text)
    return f"\\&{found}" if found.startswith(".") else found


if __name__ == "__main__":
    Path(clean(sys.argv[1])).write_text(page(), encoding="ascii")
