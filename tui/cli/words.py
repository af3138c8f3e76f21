"""The words of the command line: what may stand there, and what ``--help`` says of it."""

from __future__ import annotations

import argparse
import contextlib
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

_PAPER = "its id or the start of it, or any identifier or URL of it"
_ISSUE = "its id or the start of it (see: paperrack issues)"

_PLAIN = "read in lines: typed commands, for screen readers, terminals without a screen, and pipes"

_ANSWERED = ("-h", "--help", "--version")
"""Options that are the whole question."""


_REFUSED = "\ue000"
"""What argparse is shown before a word that begins with a hyphen and is no option; nobody types it."""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors, which repeat the reader's words, are safe for a terminal, and which hides none of its own.

    argparse passes over a text that it could not write.
    """

    def error(self, message: str) -> NoReturn:
        super().error(clean(message, 1000))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if file is not None and file is not sys.stderr:
            file.write(message)
            return
        with contextlib.suppress(OSError):  # the status says it too
            sys.stderr.write(message)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return what *argv* means. Raises SystemExit with 2 where its words are wrong, with 0 after --help."""
    first = _first_word(argv)
    if first is None:
        # The screens are what most calls are for, and the words of thirty commands take a hundredth of their start.
        return parsers(only_screens=True)[0].parse_args([*argv, SCREENS])
    parser, commands = parsers()
    if first == "search":
        return _searched(parser, argv)
    if first in commands or first in _ANSWERED:
        return parser.parse_args(argv)
    return commands[SCREENS].parse_args(argv, argparse.Namespace(command=SCREENS))


def _searched(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """Return what *argv* means, in which ``-word`` is a word that papers must not hold, and no option."""
    refused = [
        f"{_REFUSED}{word}" if word[:1] == "-" and word[1:2] not in ("", "-") and word != "-h" else word
        for word in argv
    ]
    parsed = parser.parse_args(refused)
    parsed.query = [word.removeprefix(_REFUSED) for word in parsed.query]
    return parsed


def misspelt(paths: Sequence[str]) -> str | None:
    """Return what to say where the first of *paths* is no file but nearly a command, else None."""
    first = paths[0] if paths else ""
    if not first or "/" in first or "." in first or Path(first).exists():
        return None
    import difflib

    near = difflib.get_close_matches(first, [name for name in parsers()[1] if name != SCREENS], 1)
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


def parsers(only_screens: bool = False) -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    """Return the parser, and that of each command by its name; completions and the manual are made of them, too."""
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
        "in the files, folders and addresses that are named. paperrack COMMAND --help says more of a command.",
        epilog="A word that names a command is the command; ./add is a path. Exit status: 0 all done, 1 something "
        "failed (the rest is done), 2 the words are wrong, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"paperrack {__version__}")
    parser.add_argument("--plain", action="store_true", help=_PLAIN, default=argparse.SUPPRESS)
    subparsers = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND", prog="paperrack")
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
    screens.add_argument("--format", metavar="NAME", help="take it for this kind of digest (see: paperrack formats)")
    screens.add_argument("--plain", action="store_true", help=_PLAIN, default=argparse.SUPPRESS)
    if not only_screens:
        _commands(command)
    return parser, commands


def _commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    from tui.cli import explained
    from tui.desk.listing import SORTS

    demo = command("demo", "open the screens on the sample digests, in a library that is thrown away")
    demo.add_argument("--plain", action="store_true", help=_PLAIN, default=argparse.SUPPRESS)
    add = command("add", "take digests in: files, folders, addresses, or - for standard input", explained.ADD)
    add.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder, or a URL, or - for standard input")
    add.add_argument("--format", metavar="NAME", help="take it for this kind of digest (see: paperrack formats)")
    add.add_argument("--dry-run", action="store_true", help="show what is in it and keep nothing")
    command("issues", "list the issues", explained.ISSUES_JSON)
    papers = command("papers", "list papers, by issue, or with --query the most relevant first", explained.PAPER_JSON)
    _choice(papers)
    sort_help = "the order: issue (the usual one), title, author, year, unread, state, starred, noted, tags, mentions"
    papers.add_argument("--sort", metavar="ORDER", choices=SORTS, help=sort_help)
    search = command("search", "search every paper, the most relevant first", explained.SEARCH + explained.SEARCH_JSON)
    search.add_argument("query", metavar="QUERY", nargs="+", help="see below")
    show = command("show", "show one paper, with what each issue says of it", explained.ONE_PAPER_JSON)
    show.add_argument("paper", metavar="PAPER", help=_PAPER)
    _exporting(
        command("export", "write papers as BibTeX or otherwise", explained.EXPORT),
        command("bib", "digest in, BibTeX out; keeps nothing", explained.BIB_JSON),
    )
    key = command("key", "print a paper's citation key, or give it one of your own", explained.KEY_JSON)
    key.add_argument("paper", metavar="PAPER", help=_PAPER)
    key.add_argument("key", nargs="?", metavar="KEY", help="the key to give it; an empty one, '', takes yours back")
    _details(command)
    _changing(command)
    _opening(command)
    completions = command("completions", "print what makes a shell complete words", explained.COMPLETIONS)
    completions.add_argument("shell", metavar="SHELL", choices=("bash", "zsh", "fish"), help="bash, zsh or fish")
    command("man", "show the manual; where its output goes elsewhere, print it", explained.MAN)
    command("formats", "list the kinds of digest and of export that are known", explained.FORMATS_JSON)
    doctor = command("doctor", "check the library, its backups, the services and the clipboard", explained.DOCTOR)
    doctor.add_argument("--repair", action="store_true", help="mend the library first, after a backup")


def _changing(command: Callable[..., argparse.ArgumentParser]) -> None:
    from tui.cli import explained

    for name, text in (
        ("mark", "mark papers"),
        ("unmark", "take the mark of papers away"),
        ("read", "make papers read"),
        ("unread", "make papers new again"),
        ("star", "star papers"),
        ("unstar", "take the star of papers away"),
        ("tag", "add tags to papers, and take tags away"),
        ("state", "say how far the reading of papers has come"),
        ("merge", "make one paper of several that are one work, and print its id"),
    ):
        parser = command(name, text, explained.MERGE if name == "merge" else explained.CHANGED_JSON)
        parser.add_argument("papers", nargs="+", metavar="PAPER", help=_PAPER)
        if name == "tag":
            for option, what in (("--add", "a tag to add"), ("--remove", "a tag to take away")):
                help_text = f"{what}; may be said several times"
                parser.add_argument(option, metavar="TAG", action="append", default=[], help=help_text)
        elif name == "state":
            parser.add_argument("state", metavar="STATE", help="new, to-read, reading, read or dropped")
    note = command("note", "write a note on a paper, or print it", explained.NOTE)
    note.add_argument("paper", metavar="PAPER", help=_PAPER)
    text_help = "the note, in place of the one there is; - reads standard input, '' takes it away"
    note.add_argument("text", nargs="*", metavar="TEXT", help=text_help)
    note.add_argument("--edit", action="store_true", help="write it in your own editor")
    tags = command("tags", "list tags; rename or remove one on every paper", explained.TAGS)
    tags.usage = "paperrack tags\n       paperrack tags rename TAG TAG\n       paperrack tags remove TAG ..."
    tags.add_argument("action", nargs="?", choices=("rename", "remove"), metavar="rename, remove")
    tags.add_argument("tags", nargs="*", metavar="TAG", help="a tag, whatever its capitals; behind it the new name")
    remove = command("remove", "remove papers, or issues, whose papers' marks are kept", explained.REMOVE)
    names_help = "an issue's id or the start of it, or what names a paper"
    remove.add_argument("names", nargs="+", metavar="PAPER or ISSUE", help=names_help)
    restore = command("restore", "bring removed papers back, or list what was removed", explained.RESTORE)
    restore.add_argument("papers", nargs="*", metavar="REMOVED", help="its id, or the start of it")
    undo = command("undo", "take the newest change back, whenever it was made", explained.UNDO)
    undo.add_argument("--skip", action="store_true", help="leave it as it is, and forget that it could be undone")
    redo = command("redo", "do again what was undone last", explained.REDO)
    redo.add_argument("--skip", action="store_true", help="leave it undone, and forget that it could be done again")
    searches = command("searches", "list saved searches; keep, rename or remove them", explained.SEARCHES)
    searches.usage = (
        "paperrack searches\n       paperrack searches add NAME QUERY\n"
        "       paperrack searches rename NAME NAME\n       paperrack searches remove NAME ..."
    )
    searches.add_argument("action", nargs="?", choices=("add", "rename", "remove"), metavar="add, rename, remove")
    searches.add_argument("names", nargs="*", metavar="NAME", help="what it is called; behind add the QUERY too")
    _sources(command("sources", "list followed feeds and pages; follow one, fetch what is new", explained.SOURCES))


def _sources(sources: argparse.ArgumentParser) -> None:
    actions = ("add", "rename", "remove", "refresh")
    sources.usage = (
        "paperrack sources\n       paperrack sources add URL or FILE.opml ...\n"
        "       paperrack sources rename NAME TITLE\n       paperrack sources remove NAME ...\n"
        "       paperrack sources refresh [NAME ...] [--all] [--watch]\n       paperrack sources --opml [FILE]"
    )
    sources.add_argument("action", nargs="?", choices=actions, metavar="add, rename, remove, refresh")
    sources.add_argument("names", nargs="*", metavar="NAME", help="its title or address, or the start of it")
    sources.add_argument("--all", action="store_true", help="refresh: also take items from before it was followed")
    sources.add_argument("--watch", action="store_true", help="refresh: again and again, until ctrl+c")
    sources.add_argument("--opml", nargs="?", const="-", metavar="FILE", help="write all sources as OPML")


def _details(command: Callable[..., argparse.ArgumentParser]) -> None:
    from tui.cli import explained

    fetch = command("fetch", "look details up, and say what came from where", explained.FETCH)
    fetch.add_argument("papers", nargs="*", metavar="PAPER", help=_PAPER)
    _choice(fetch)
    fetch.add_argument("--refresh", action="store_true", help="ask again what was answered before")
    change = command("set", "write a field of a paper yourself", explained.SET)
    change.add_argument("paper", metavar="PAPER", help=_PAPER)
    change.add_argument("field", metavar="FIELD", help="see below")
    change.add_argument("value", nargs="*", metavar="VALUE", help="what it is to say")
    change.add_argument("--from", dest="provider", metavar="SERVICE", help="take what this service says")
    for name, text, more in (
        ("take", "say that an offered record is the paper's, or choose the version", explained.TAKE),
        ("refuse", "say that an offered record is another paper's", explained.REFUSE),
    ):
        parser = command(name, text, more)
        parser.add_argument("paper", metavar="PAPER", help=_PAPER)
        parser.add_argument("choice", metavar="CHOICE", help="see below")


def _opening(command: Callable[..., argparse.ArgumentParser]) -> None:
    from tui.cli import explained

    pdf = command("pdf", "fetch open PDFs, each into its file, and open one that is alone", explained.PDF)
    pdf.add_argument("papers", nargs="*", metavar="PAPER", help=_PAPER)
    _choice(pdf)
    pdf.add_argument("--fetch", action="store_true", help="look those up first of which no PDF is known")
    opens = "open it in your program also where stdout is no terminal, or not at all"
    pdf.add_argument("--open", action=argparse.BooleanOptionalAction, help=opens)
    page = command("open", "open papers' pages in the browser, ten at most", explained.OPEN)
    page.add_argument("papers", nargs="+", metavar="PAPER", help=_PAPER)
    page.add_argument("--print", action="store_true", help="print the addresses and open nothing")


def _choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--issue", metavar="ISSUE", help=f"those of this issue: {_ISSUE}")
    query = "those that this search finds (see: paperrack search --help); '' is every paper"
    parser.add_argument("--query", metavar="QUERY", help=query)
    parser.add_argument("--marked", action="store_true", help="those that are marked")


def _exporting(export: argparse.ArgumentParser, bib: argparse.ArgumentParser) -> None:
    export.add_argument("papers", nargs="*", metavar="PAPER", help=_PAPER)
    _choice(export)
    bib.add_argument("paths", nargs="+", metavar="FILE", help="a file, or a URL, or - for standard input")
    bib.add_argument("--offline", action="store_true", help="look nothing up")
    for parser in (export, bib):
        parser.add_argument("--output", metavar="FILE", help="write to FILE, whole or not at all")
        parser.add_argument("--force", action="store_true", help="with --output: replace a file that is there")
    export.add_argument(
        "--format", metavar="F", default="bibtex", help="bibtex (the default), biblatex, csl-json, ris, markdown"
    )
    export.add_argument("--fields", metavar="A,B", help="fields beyond the usual ones, such as abstract,keywords")
    export.add_argument("--into", metavar="FILE", help="into this .bib file: what is there stays, the rest is appended")
    export.add_argument(
        "--replace", metavar="KEY", action="append", default=[], help="with --into: put ours in place of the entry KEY"
    )
    export.add_argument(
        "--check", action="store_true", help="with --into: write nothing, print the difference; exit status 1 if any"
    )
    bib.add_argument("--format", metavar="NAME", help="take it for this kind of digest (see: paperrack formats)")
    export.add_argument("--fetch", action="store_true", help="look details up first")
    export.add_argument("--copy", action="store_true", help="copy to the clipboard")
