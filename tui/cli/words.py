"""The words of the command line: what may stand there, and what ``--help`` says of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tui import __version__
from tui.text import clean

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

SCREENS = "screens"
"""The command that is meant where none is named."""

_COMMON: tuple[tuple[str, str, str], ...] = (
    ("--library", "DIR", "the library folder (PAPERRACK_LIBRARY)"),
    ("--config", "FILE", "the settings, in TOML (PAPERRACK_CONFIG)"),
)

_ANSWERED = ("-h", "--help", "--version")
"""Options that are the whole question."""

_PAPER_JSON = """\
One paper in --json is an object:
  id, position, title, authors ["Given Family"], more_authors, year, date, venue, abstract,
  identifiers {scheme: id}, links [{rel, url}], sections [{heading, text}],
  posts [{author, handle, date, text}], categories, metrics {name: number}, issues [id],
  marked, read, starred, state, tags, note, key, mentions [what each issue says],
  record {type, title, authors, year, month, venue, ... of the one record an export is built from},
  details (null until it was looked up): {fields {name: {value, provider, fetched, others}},
    versions [{kind, provider, record, evidence}], shown, failures [{provider, why, until}], offers, withdrawn,
    waiting, done, and all that services answered and the reader chose: answers, replies, choices}
Nothing is left out: an absent value is null or an empty list.
"""
_ADD_JSON = """\
--json prints {"issues": [{id, title, series, number, date, format, source, papers, new, updated,
warnings [{line, text, why}]}], "errors": [{source, error}]}.
"""
_FETCH_JSON = """\
Without PAPER, --issue, --query and --marked it goes on with what waited. What was answered once is not asked again
without --refresh. --json prints {"papers": [as papers --json has them], "services": [{name, state, why, until}]}.
"""
_SET_TEXT = """\
FIELD is one of type, title, authors (joined by " and "), year, month, venue, volume, number, pages, publisher,
editors, doi, arxiv, primary_class, url, abstract. What you write is never changed by a service. Without a value the
field is what services say again. --json prints the paper.
"""
_TAKE_TEXT = """\
CHOICE is the name of an offered record as fetch and show print it (crossref:10.1/x, or its beginning); take also
knows published and preprint, which choose the version that is shown and exported. --json prints the paper.
"""
_BIB = "digest in, BibTeX out; keeps nothing"
_EXPORT_TEXT = """\
--into finds works that are in the file by DOI, arXiv id, or title with authors, whatever their key, and keeps every
other byte of it; it is written whole or not at all. --json prints {text, count, keys, failures, warnings}, with --into
{path, changed, added, there [{key, item, by, richer}], keys, failures, warnings, diff}.
"""
_CHANGED_JSON = "--json prints the papers as papers --json has them.\n"
_MERGE_JSON = "What was done to any of them is kept, and undo makes several of it again. --json prints the paper.\n"
_NOTE_JSON = "--json prints the paper.\n"
_UNDO_TEXT = """\
Marks, tags, notes, reading states, removals, merges, keys, decisions, saved searches and what was written into .bib
files can be undone, 1,000 steps back, whichever program made them; what was done to a paper since stays. --json
prints {"undone": what it is called, or null}.
"""
_REDO_JSON = '--json prints {"redone": what it is called, or null}.\n'
_SEARCHES_TEXT = """\
searches add NAME QUERY keeps a search, in place of one of that name; searches rename NAME NAME and searches remove
NAME ... as they say. --json prints a list of {name, query, order, papers (null where the query means nothing)}.
"""
_DOCTOR_TEXT = """\
Reads every file of the library and every backup again. --repair restores damaged files from backups, seals files again
that were changed by hand, moves documents to the file they belong into, opens rings of merged papers, makes the index
anew where it does not agree with the files, and deletes what was cut off; what was set aside stays. Exit status: 0 if
there is no problem (then). --json prints {library, writable, issues, papers, states, details, orphans, files, bytes,
set_aside, problems [sentence], notices [sentence], backups [{name, date, files, bytes, sound, why}], waiting,
services [{name, label, state, why, until}], clipboard [{route, usable, why}], versions, repaired [sentence], version}.
"""
_ISSUES_JSON = "--json prints a list of {id, title, series, number, date, format, source, papers, unread}.\n"


class _Parser(argparse.ArgumentParser):
    """A parser whose errors, which repeat the reader's words, are safe for a terminal, and which hides none of its own.

    argparse passes over a text that it could not write.
    """

    def error(self, message: str) -> NoReturn:
        super().error(clean(message, 1000))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        (file or sys.stderr).write(message)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return what *argv* means. Raises SystemExit with 2 where its words are wrong, with 0 after --help."""
    first = _first_word(argv)
    if first is None:
        # The screens are what most calls are for, and the words of thirty commands take a hundredth of their start.
        return _parsers(only_screens=True)[0].parse_args([*argv, SCREENS])
    parser, commands = _parsers()
    if first in commands or first in _ANSWERED:
        return parser.parse_args(argv)
    return commands[SCREENS].parse_args(argv, argparse.Namespace(command=SCREENS))


def misspelt(paths: Sequence[str]) -> str | None:
    """Return what to say where the first of *paths* is no file but nearly a command, else None."""
    first = paths[0] if paths else ""
    if not first or "/" in first or "." in first or Path(first).exists():
        return None
    import difflib

    near = difflib.get_close_matches(first, [name for name in _parsers()[1] if name != SCREENS], 1)
    return f"{first} is neither a command nor a file; did you mean {near[0]}?" if near else None


def _first_word(argv: Sequence[str]) -> str | None:
    """Return the first word that is neither an option nor an option's value."""
    words = iter(argv)
    for word in words:
        if word in ("--library", "--config", "--format"):
            next(words, None)
        elif word == "--":
            return next(words, None)
        elif not word.startswith("-") or word == "-" or word in _ANSWERED:
            return word
    return None


def _parsers(only_screens: bool = False) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    common = _Parser(add_help=False)
    for name, metavar, text in _COMMON:
        # Suppressed, so that the word before the command is not overwritten by the default of the one after it.
        common.add_argument(name, metavar=metavar, help=text, default=argparse.SUPPRESS)
    common.add_argument(
        "--verbose", action="store_true", help="write a log file and name it", default=argparse.SUPPRESS
    )
    common.add_argument("--json", action="store_true", help="one JSON document on stdout", default=argparse.SUPPRESS)
    parser = _Parser(
        prog="paperrack",
        usage="paperrack [PATH or URL ...]\n       paperrack COMMAND ...",
        parents=[common],
        description="The terminal reader for research digests. Without a command it opens the screens, after taking "
        "in the files, folders and addresses that are named.",
        epilog="A word that names a command is the command; ./add is a path. Exit status: 0 all done, 1 something "
        "failed (the rest is done), 2 the words are wrong, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"paperrack {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", prog="paperrack")
    commands: dict[str, argparse.ArgumentParser] = {}

    def command(name: str, text: str, epilog: str | None = None) -> argparse.ArgumentParser:
        # Without a help a command is not listed; this one is what happens without a command.
        listed: dict[str, Any] = {} if name == SCREENS else {"help": text}
        commands[name] = subparsers.add_parser(
            name,
            **listed,
            description=text,
            epilog=epilog,
            parents=[common],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        return commands[name]

    screens = command(SCREENS, "open the screens; take in what is named first")
    screens.add_argument("paths", nargs="*", metavar="PATH or URL")
    screens.add_argument("--format", metavar="NAME")
    if not only_screens:
        _commands(command)
    return parser, commands


def _commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    command("demo", "open the screens on the sample digests, in a library that is thrown away")
    add = command("add", "take digests in: files, folders, addresses, or - for standard input", _ADD_JSON)
    add.add_argument("paths", nargs="+", metavar="PATH, URL or -")
    add.add_argument("--format", metavar="NAME", help="take it for this kind of digest (see: paperrack formats)")
    add.add_argument("--dry-run", action="store_true", help="show what is in it and keep nothing")
    command("issues", "list the issues", _ISSUES_JSON)
    papers = command("papers", "list papers, in issue order or by relevance", _PAPER_JSON)
    _choice(papers)
    search = command("search", "list the papers that hold every word", _PAPER_JSON)
    search.add_argument("query", metavar="QUERY", nargs="+")
    show = command("show", "show one paper, with what each issue says of it", _PAPER_JSON)
    show.add_argument("paper", metavar="PAPER", help="its id, an identifier or URL of it, or the start of its id")
    _exporting(command("export", "write papers as BibTeX or otherwise", _EXPORT_TEXT), command("bib", _BIB))
    key = command("key", "say a paper's citation key, or give it one of your own (an empty one takes that back)")
    key.add_argument("paper", metavar="PAPER")
    key.add_argument("key", nargs="?", metavar="KEY")
    _details(command)
    _changing(command)
    command("formats", "list the kinds of digest and of export that are known")
    doctor = command("doctor", "say how the library, the clipboard and the program are", _DOCTOR_TEXT)
    doctor.add_argument("--repair", action="store_true", help="mend the library first, after a backup")


def _changing(command: Callable[..., argparse.ArgumentParser]) -> None:
    for name, text in (
        ("mark", "mark papers"),
        ("unmark", "take their mark away"),
        ("read", "make papers read"),
        ("unread", "make papers new again"),
        ("star", "star papers"),
        ("unstar", "take their star away"),
        ("tag", "add tags to papers, and take tags away"),
        ("state", "say how far the reading of papers has come"),
        ("merge", "make one paper of several that are one work, and print its id"),
    ):
        parser = command(name, text, _MERGE_JSON if name == "merge" else _CHANGED_JSON)
        parser.add_argument("papers", nargs="+", metavar="PAPER")
        if name == "tag":
            parser.add_argument("--add", metavar="TAG", action="append", default=[], help="may be said several times")
            parser.add_argument(
                "--remove", metavar="TAG", action="append", default=[], help="may be said several times"
            )
        elif name == "state":
            parser.add_argument("state", metavar="STATE", help="new, to-read, reading, read or dropped")
    note = command("note", "write a note on a paper, or print it; an empty text takes it away", _NOTE_JSON)
    note.add_argument("paper", metavar="PAPER")
    note.add_argument("text", nargs="*", metavar="TEXT or -", help="- is standard input")
    remove = command("remove", "remove issues; the marks of their papers are kept")
    remove.add_argument("issues", nargs="+", metavar="ISSUE")
    undo = command("undo", "take the newest change back, whenever it was made", _UNDO_TEXT)
    undo.add_argument("--skip", action="store_true", help="leave it as it is, and forget that it could be undone")
    command("redo", "do again what was undone last", _REDO_JSON)
    searches = command("searches", "list saved searches; keep, rename or remove them", _SEARCHES_TEXT)
    searches.add_argument("action", nargs="?", choices=("add", "rename", "remove"), metavar="add, rename or remove")
    searches.add_argument("names", nargs="*", metavar="NAME", help="and the QUERY, after add")


def _details(command: Callable[..., argparse.ArgumentParser]) -> None:
    fetch = command("fetch", "look details up, and say what came from where", _FETCH_JSON)
    fetch.add_argument("papers", nargs="*", metavar="PAPER")
    _choice(fetch)
    fetch.add_argument("--refresh", action="store_true", help="ask again what was answered before")
    change = command("set", "write a field of a paper yourself", _SET_TEXT)
    change.add_argument("paper", metavar="PAPER")
    change.add_argument("field", metavar="FIELD")
    change.add_argument("value", nargs="*", metavar="VALUE")
    change.add_argument("--from", dest="provider", metavar="SERVICE", help="take what this service says")
    for name, text in (("take", "yes, this record is the paper's"), ("refuse", "no, this record is another paper's")):
        parser = command(name, text, _TAKE_TEXT)
        parser.add_argument("paper", metavar="PAPER")
        parser.add_argument("choice", metavar="CHOICE")


def _choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--issue", metavar="I", help="of this issue")
    parser.add_argument("--query", metavar="Q", help="that hold every word; the empty one is every paper")
    parser.add_argument("--marked", action="store_true", help="that are marked")


def _exporting(export: argparse.ArgumentParser, bib: argparse.ArgumentParser) -> None:
    export.add_argument("papers", nargs="*", metavar="PAPER")
    _choice(export)
    bib.add_argument("paths", nargs="+", metavar="FILE, URL or -")
    bib.add_argument("--offline", action="store_true", help="look nothing up")
    for parser in (export, bib):
        parser.add_argument("--output", metavar="FILE", help="write to FILE, whole or not at all")
    export.add_argument(
        "--format", metavar="F", default="bibtex", help="bibtex (the default), biblatex, csl-json, ris, markdown"
    )
    export.add_argument("--fields", metavar="A,B", help="fields beyond the usual ones, such as abstract,keywords")
    export.add_argument("--into", metavar="FILE", help="into this .bib file: what is there stays, the rest is appended")
    export.add_argument("--replace", metavar="KEY", action="append", default=[], help="with --into: take ours")
    export.add_argument("--check", action="store_true", help="with --into: print the difference; 1 if any")
    bib.add_argument("--format", metavar="NAME", help="take it for this kind of digest")
    export.add_argument("--fetch", action="store_true", help="look details up first")
    export.add_argument("--copy", action="store_true", help="to the clipboard")
