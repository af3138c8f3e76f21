"""Every command on a hostile machine, piped and in a terminal, with stdout and stderr alike: nothing to be obeyed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.machine import Done, Machine, machine, poison_index, write_settings
from tests.terminal.payloads import ALL, PAYLOADS
from tests.terminal.program import Typed
from tests.terminal.sequences import COMMAND, TYPED

NAMED = [text for text in PAYLOADS.values() if "\x00" not in text]
"""What can stand among the words of a command."""

WORD = " ".join(NAMED)

LOOKING = (
    ("issues",), ("papers",), ("papers", "--sort", "tags"), ("search", "title"), ("show", "1706.03762"),
    ("show", "2401.00020"),
    ("tags",), ("searches",), ("sources",), ("sources", "--opml"), ("formats",), ("doctor",), ("note", "2401.00020"),
    ("key", "2401.00021"), ("restore",), ("open", "--print", "2401.00020"),
    *(("export", "--query", "", "--format", each) for each in ("bibtex", "biblatex", "csl-json", "ris", "markdown")),
    ("export", "--query", "", "--fields", "abstract,keywords,note"), ("bib", "--offline", "digest.json", "letter.txt"),
    ("add", "--dry-run", "digest.json", "letter.txt"),
)  # fmt: skip
"""Commands that change nothing."""

CHANGING = (
    ("tag", "2401.00022", "--add", WORD), ("note", "2401.00022", WORD), ("key", "2401.00022", WORD),
    ("set", "2401.00022", "title", WORD), ("searches", "add", WORD, "title"), ("searches", "rename", "mine", WORD),
    ("tags", "rename", "atag", WORD), ("fetch", "1706.03762", "2106.09685"), ("fetch", "--refresh", "2010.11929"),
    ("show", "1706.03762"), ("pdf", "1706.03762"), ("open", "1706.03762"), ("undo",), ("redo",),
    ("remove", "2401.00023"), ("restore",), ("merge", "2401.00024", "2401.00025"),
    ("sources", "add", "SERVICES/feed"), ("sources", "refresh"), ("sources", "rename", "Feed", WORD), ("sources",),
    ("take", "1706.03762", WORD), ("refuse", "1706.03762", WORD),
)  # fmt: skip
"""Commands that change something, in this order."""

WRONG = (
    (WORD,), ("add", WORD), ("add", f"https://{WORD}.example/"), ("papers", "--issue", WORD), ("search", WORD),
    ("papers", "--query", WORD), ("papers", "--query", f"year:{WORD}"), ("papers", "--sort", WORD), ("show", WORD),
    ("export", "--format", WORD, "--query", ""), ("export", "--query", "", "--into", f"{WORD}/x.bib"),
    ("export", "--query", "", "--output", f"no/{WORD}"), ("tag", WORD, "--add", "x"), ("state", "2401.00022", WORD),
    ("completions", WORD), ("pdf", WORD), ("open", WORD), ("sources", "add", WORD), ("sources", "remove", WORD),
    ("bib", WORD), ("set", "2401.00022", WORD, "x"), ("--library", f"/dev/null/{WORD}", "papers"),
    ("--config", WORD, "papers"), ("papers", f"--{WORD}"), ("remove", WORD), ("merge", WORD, WORD),
    ("add", "--format", WORD, "letter.txt"), ("searches", "remove", WORD), ("tags", "remove", WORD),
    ("note", "2401.00022", "--edit"),
)  # fmt: skip
"""Commands whose words are a stranger's."""


@pytest.fixture(scope="module")
def at() -> Iterator[Machine]:
    with machine() as made:
        yield made


def check(done: Done, *, errors: bool = False) -> None:
    """Nothing on either stream is to be obeyed, and nothing is a traceback."""
    # The lines of RIS end with CR and LF.
    for name, written in (("stdout", done.out.replace(b"\r\n", b"\n")), ("stderr", done.err)):
        found = [f"{name}: {each}" for each in COMMAND.strangers(written)]
        assert not found, "\n".join(found[:5])
        assert b"Traceback" not in written, written.decode("utf-8", "replace")
    if errors:
        assert done.status in (1, 2), done


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_a_command_prints_nothing_to_be_obeyed(at: Machine, words: tuple[str, ...]) -> None:
    check(at.run(*words))


@pytest.mark.parametrize(
    "words", [words for words in LOOKING if words[0] not in ("complete", "completions")], ids=" ".join
)
def test_json_holds_nothing_to_be_obeyed_either(at: Machine, words: tuple[str, ...]) -> None:
    done = at.run(*words, "--json")
    check(done)
    if "--opml" not in words:
        json.loads(done.out)


def test_what_changes_something_says_so_safely(at: Machine) -> None:
    for place, words in enumerate(CHANGING):
        told = [word.replace("SERVICES", at.services) for word in words]
        check(at.run(*told, *["--json"] * (place % 2)))
    for words in (("papers",), ("searches",), ("tags",), ("sources",), ("show", "2401.00022"), ("doctor",)):
        check(at.run(*words))
        check(at.run(*words, "--json"))


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_sentence_about_wrong_words_repeats_them_safely(at: Machine, number: int) -> None:
    words = WRONG[number]
    check(at.run(*words, VISUAL=WORD), errors=words[0] not in ("search", "papers") and "remove" not in words)


def test_all_of_it_in_a_terminal(at: Machine) -> None:
    for words in (*LOOKING, ("fetch", "--refresh", "1706.03762", "2106.09685"), ("add", "digest.json"), *WRONG[1:9]):
        with Typed([*at.words, *words], at.environ, at.folder, shown=False) as typed:
            assert typed.ended() is not None, words
            found = [str(each) for each in TYPED.strangers(bytes(typed.written))]
            assert not found, f"{words}: " + "\n".join(found[:5])
            assert b"Traceback" not in typed.written
            assert typed.restored


PLAIN = "\n".join(
    ("issues", "open 1", "list", "show", "next", "keep", "mark", "tag x", "search title", f"search {WORD}", WORD,
     "note", f"note {WORD}", "note", "bibtex", "export", "add letter.txt", f"add {WORD}", "fetch", "tags", "sources",
     "help", "undo", f"open {WORD}", f"page {WORD}", "url", "key", "copy", "quit")
)  # fmt: skip


def test_reading_in_lines_says_nothing_to_be_obeyed(at: Machine) -> None:
    check(at.run("--plain", given=PLAIN.encode()))
    check(at.run("--plain", given=b"search \xff\xfe\x9b\x80\nlist\nquit\n"))
    with Typed([*at.words, "--plain"], at.environ, at.folder, shown=False) as typed:
        for line in PLAIN.split("\n"):
            # A terminal's own line editor acts on controls; what is typed here is the text without them.
            typed.type("".join(char for char in line if " " <= char <= "~") + "\r")
            typed.quiet(0.1)
        assert typed.ended() == 0
        assert not list(map(str, TYPED.strangers(bytes(typed.written))))


def test_an_index_that_somebody_else_wrote_into_is_printed_safely() -> None:
    with machine(12) as at:
        at.run("papers")
        poison_index(at.library)
        for words in (
            ("papers",),
            ("issues",),
            ("tags",),
            ("search", "title"),
            ("doctor",),
            ("papers", "--sort", "title"),
        ):
            poison_index(at.library)
            check(at.run(*words))
            check(at.run(*words, "--json"))


SETTINGS = (
    '[library]\npath = "{said}"\n', '"{said}" = 1\n', '[appearance]\ntheme = "{said}"\n', '[keys]\nread = "{said}"\n',
    '[keys]\n"{said}" = "r"\n', '[pdf]\nopen = "{said}"\n', '[pdf]\npattern = "{said}"\n', '[bibtex]\nkey = "{said}"\n',
    '[providers."{said}"]\nenabled = true\n', '[network]\ncontact = "{said}"\n', '[network]\nallow = ["{said}"]\n',
    '[bibtex]\nfields = ["{said}"]\n', '[broken\n{said}',
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(SETTINGS)))
def test_settings_that_somebody_else_wrote_are_told_of_safely(at: Machine, tmp_path: Path, number: int) -> None:
    said = "".join(f"\\u{ord(char):04X}" if ord(char) < 0x10000 and not char.isalnum() else char for char in ALL)
    config = tmp_path / "config.toml"
    config.write_text(SETTINGS[number].format(said=said), encoding="utf-8")
    for words in (("papers",), ("doctor",), ("doctor", "--json")):
        check(at.run("--config", str(config), *words))


@pytest.mark.parametrize(
    "payload",
    ["".join(NAMED[start : start + 5]) for start in range(0, len(NAMED), 5)],
    ids=lambda text: f"{len(text)} letters",
)
def test_names_of_files_are_printed_safely(at: Machine, tmp_path: Path, payload: str) -> None:
    name = payload.replace("/", "_").encode()[:200].decode("utf-8", "ignore")
    folder = tmp_path / f"f {name}"
    folder.mkdir()
    digest = folder / f"d {name}.txt"
    digest.write_text("1. A study of names\nhttps://arxiv.org/abs/2405.00001\n", encoding="utf-8")
    library = ("--library", str(folder / f"l {name}"))
    check(at.run(*library, "add", str(digest)))
    check(at.run(*library, "add", "--json", str(folder)))
    check(at.run(*library, "doctor"))
    check(at.run(*library, "doctor", "--json"))
    check(at.run(*library, "export", "--query", "", "--output", str(folder / f"o {name}.bib")))
    check(at.run(*library, "export", "--query", "", "--json", "--into", str(folder / f"i {name}.bib")))
    stray = next(folder.glob("l *")) / "papers" / f"{name}.json"
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("{", encoding="utf-8")
    (stray.parent / "00.json").write_text("{", encoding="utf-8")
    check(at.run(*library, "doctor"))
    check(at.run(*library, "doctor", "--json", "--repair"))
    check(at.run(*library, "issues", "--json"))


ENVIRONMENT = ("HOME", "PAPERRACK_LIBRARY", "PAPERRACK_CONFIG", "VISUAL", "EDITOR", "BROWSER", "TERM", "LANG", "LC_ALL",
               "NO_COLOR", "COLUMNS", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR",
               "DISPLAY", "WAYLAND_DISPLAY", "TMUX", "S2_API_KEY", "PYTHONIOENCODING", "PAGER", "MANPAGER")  # fmt: skip


@pytest.mark.parametrize("names", [ENVIRONMENT[start : start + 6] for start in range(0, len(ENVIRONMENT), 6)])
def test_an_environment_that_a_stranger_set_is_told_of_safely(at: Machine, names: tuple[str, ...]) -> None:
    value = WORD.replace("/", "_")[:200]
    values = {name: "ascii" if name == "PYTHONIOENCODING" else value for name in names}
    bare = Machine(at.folder, {**at.environ, **values}, at.services)
    edit, copy = ("note", "2401.00020", "--edit"), ("export", "2401.00020", "--copy")
    for words in (("doctor",), ("open", "2401.00020"), edit, ("--verbose", "issues"), copy, ()):
        check(bare.run(*words))
    for line in (["papers"], ["doctor", "--json"], ["--verbose", "issues"]):
        command = [*bare.words[:3], *line]
        done = subprocess.run(command, env=bare.environ, cwd=bare.folder, capture_output=True, timeout=60)
        check(Done(done.returncode, done.stdout, done.stderr))


def test_the_log_of_a_run_holds_nothing_to_be_obeyed(at: Machine) -> None:
    write_settings(at)
    check(at.run("--verbose", "fetch", "--refresh", "1706.03762", "2401.00020"))
    logs = list((at.folder / "home").rglob("*.log"))
    assert logs
    for log in logs:
        assert not list(map(str, COMMAND.strangers(log.read_bytes())))
