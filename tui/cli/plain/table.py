"""The commands of reading in lines: how each is called, what may stand behind it, what it does; help is made of it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tui.cli.plain import doing, following, looking, taking
from tui.cli.plain.reading import MEANT, Reading
from tui.errors import UnknownError
from tui.text import clean

Do = Callable[[Reading, str], Iterable[str]]

_MARKED = "Without PAPERS it is for all that are marked, else for the current paper."
_CURRENT = "Without PAPERS it is for the current paper."


class Command(NamedTuple):
    """A command: its name, the words behind it, what it does in a sentence, and more of that.

    ``whole`` ones are done at once and cannot be broken off in the middle; ``completes`` says what of.
    """

    name: str
    words: str
    text: str
    do: Do
    more: str = ""
    whole: bool = True
    completes: str = ""


def _help(reading: Reading, words: str) -> Iterator[str]:
    if words:
        command = find(words)
        yield f"{command.name} {command.words}".strip()
        yield command.text
        if "PAPERS" in command.words:
            yield f"PAPERS is {MEANT}."
        if command.more:
            yield command.more
        return
    for command in COMMANDS:
        yield f"{f'{command.name} {command.words}'.strip()}: {command.text}"
    yield "A command may be shortened while it stays clear. An empty line goes on: to what follows, or the next paper."
    yield f"PAPERS is {MEANT}."
    yield "Control C ends a command, control D the program."


COMMANDS: tuple[Command, ...] = (
    Command("issues", "", "says and numbers the issues.", looking.issues, whole=False),
    Command(
        "open",
        "ISSUE",
        "opens an issue, by its number, its id or a part of its title, and says its papers; open all: every paper.",
        looking.open_issue,
        whole=False,
        completes="issues",
    ),
    Command(
        "list",
        "[N or N-M]",
        "says the papers of the list, or some of them.",
        looking.list_papers,
        "The numbers stay the papers' until another list is opened.",
        whole=False,
    ),
    Command("next", "[N]", "says the next paper, or the one N further on.", looking.go_on),
    Command("previous", "[N]", "says the paper before, or the one N back.", looking.go_back),
    Command("unread", "", "says the next unread paper, in whatever issue it is.", looking.unread),
    Command("show", "[N]", "says all of a paper and makes it the current one.", looking.show),
    Command("mark", "[PAPERS]", "marks papers.", doing.mark, _CURRENT),
    Command("unmark", "[PAPERS]", "takes the mark away; unmark marked: of all.", doing.unmark, _CURRENT),
    Command(
        "keep",
        "[PAPERS]",
        "puts papers to read.",
        doing.keep,
        f"{_CURRENT} Then it goes on to the next unread one.",
    ),
    Command(
        "read", "[PAPERS]", "makes papers read.", doing.read, f"{_CURRENT} Then it goes on to the next unread one."
    ),
    Command("skip", "[PAPERS]", "drops papers.", doing.skip, f"{_CURRENT} Then it goes on to the next unread one."),
    Command("star", "[PAPERS]", "stars papers.", doing.star, _CURRENT),
    Command("unstar", "[PAPERS]", "takes the star away.", doing.unstar, _CURRENT),
    Command(
        "state",
        "[PAPERS] [STATE]",
        "says or sets the reading state: new, to read, reading, read, dropped.",
        doing.state,
        _CURRENT,
    ),
    Command(
        "tag",
        "[PAPERS] TAG, TAG",
        "adds tags; -TAG takes one away.",
        doing.tag,
        f"{_CURRENT} What begins with a number, all, marked or an id names papers.",
        completes="tags",
    ),
    Command(
        "note", "[N] [TEXT]", "says the note on a paper, or writes it; a hyphen takes it away.", doing.note, _CURRENT
    ),
    Command(
        "search",
        "WORDS",
        "searches every paper, and says what it finds.",
        looking.search,
        "The words are those of paperrack search: author:vaswani, year:2019..2021, tag:nlp, is:unread, -survey.",
        whole=False,
    ),
    Command("marked", "", "says the marked papers.", looking.marked, whole=False),
    Command(
        "saved",
        "[NAME or N]",
        "says the saved searches, or what one of them finds.",
        looking.saved,
        whole=False,
        completes="searches",
    ),
    Command("sort", "[ORDER]", "says the order of lists, or changes it.", looking.sort, completes="orders"),
    Command(
        "copy",
        "[bibtex, keys, cite, title or url] [PAPERS]",
        "copies the entries, or what is said.",
        taking.copy,
        _MARKED,
        completes="whats",
    ),
    Command(
        "export",
        "FILE",
        "writes papers into a new file: .bib, .json, .ris or .md.",
        taking.export,
        "It writes all that are marked, else the current paper.",
        completes="files",
    ),
    Command(
        "replace",
        "FILE",
        "does what export does, to a file that is there.",
        taking.replace,
        "It writes all that are marked, else the current paper.",
        completes="files",
    ),
    Command(
        "into",
        "FILE.bib",
        "adds papers to a .bib file, in which everything else stays.",
        taking.into,
        "It adds all that are marked, else the current paper; undo takes it back.",
        completes="files",
    ),
    Command("check", "FILE.bib", "says what into would do.", taking.check, completes="files"),
    Command("fetch", "[PAPERS]", "looks details up, and says what was found.", taking.fetch, _MARKED, whole=False),
    Command(
        "pdf",
        "[PAPERS]",
        "fetches the PDF into its file and says where; one alone is opened, too.",
        taking.pdf,
        f"{_CURRENT} From a pipe nothing is opened.",
        whole=False,
    ),
    Command("browse", "[N]", "opens the paper's page in the browser.", taking.browse, _CURRENT),
    Command("add", "PATH", "takes digests in: files, folders, addresses.", taking.add, whole=False, completes="files"),
    Command(
        "sources",
        "[URL]",
        "says the feeds and pages that are followed, and how each stands; with an address, follows one more.",
        following.sources,
        whole=False,
    ),
    Command(
        "refresh",
        "[SOURCE]",
        "takes in what is new of all sources, or of one, by its number or a part of its name.",
        following.refresh,
        "Control C ends it where nothing is half; the next refresh goes on with the rest.",
        whole=False,
        completes="sources",
    ),
    Command(
        "undo",
        "[skip]",
        "takes the newest change back; undo skip: leaves it for good, and goes on to the one before.",
        doing.undo,
    ),
    Command("redo", "[skip]", "does again what was undone last; redo skip: leaves it undone for good.", doing.redo),
    Command("where", "", "says where you are, and how much there is.", looking.where),
    Command("page", "[N]", "says after how many lines it waits, or sets it; 0: never.", lambda *_: ()),
    Command("help", "[COMMAND]", "says the commands, or more of one.", _help, completes="commands"),
    Command("quit", "", "leaves.", lambda *_: ()),
)


def find(word: str) -> Command:
    """Return the command that *word* is, or is the beginning of. Raises UnknownError where it is none, or several."""
    word = word.lower()
    found = [each for each in COMMANDS if each.name == word] or [
        each for each in COMMANDS if each.name.startswith(word)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownError(f"{clean(word, 40)} could be {' or '.join(each.name for each in found)}.")
    near = difflib.get_close_matches(word[:40], [each.name for each in COMMANDS], 1)
    meant = f"; did you mean {near[0]}?" if near else "; help says the commands."
    raise UnknownError(f"There is no command {clean(word, 40)}{meant}")
