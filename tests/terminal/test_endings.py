"""How it ends: by signals, with a terminal that is gone, with outputs that take nothing, by an error nobody foresaw."""

from __future__ import annotations

import dataclasses
import json
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.machine import Machine, machine, shell
from tests.terminal.payloads import ALL
from tests.terminal.program import Typed
from tests.terminal.sequences import COMMAND, screen


@pytest.fixture(scope="module")
def at() -> Iterator[Machine]:
    with machine(12) as made:
        yield made


def opened(at: Machine, *words: str) -> Typed:
    typed = Typed([*at.words, *words], at.environ, at.folder)
    typed.see("Papers  ")
    typed.quiet()
    return typed


def marked(at: Machine) -> set[str]:
    done = at.run("papers", "--marked", "--json")
    assert done.status == 0, done
    return {paper["id"] for paper in json.loads(done.out)}


def litter(library: Path) -> list[str]:
    names = [path.name for path in library.rglob("*")]
    return [name for name in names if name.startswith(("tmp", ".tmp")) or name.endswith(("-wal", "-shm", ".tmp"))]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_ends_the_screens_as_q_does(at: Machine, number: signal.Signals) -> None:
    before = marked(at)
    with opened(at) as typed:
        typed.strike("space")
        typed.quiet(0.5)
        typed.program.send_signal(number)
        assert typed.ended() == 128 + number
        assert typed.restored
        assert b"Traceback" not in typed.written
        assert b"\x1b[?1049l" in typed.written[-400:], "the screen that was there before is back"
        assert not list(map(str, screen(*typed.size).strangers(bytes(typed.written))))
    assert marked(at) != before
    assert not litter(at.library)


def test_a_terminal_that_is_closed_ends_the_screens_and_saves(at: Machine) -> None:
    before = marked(at)
    with opened(at) as typed:
        typed.strike("space")
        typed.quiet(0.5)
        typed.hang_up()
        assert typed.program.wait(20) == 128 + signal.SIGHUP
    assert marked(at) != before
    assert not litter(at.library)


def test_a_terminal_that_is_closed_while_much_is_written_does_not_hold_the_program(at: Machine) -> None:
    with opened(at) as typed:
        for turn in range(40):
            typed.resize(100 + turn, 30 + turn % 9)
            typed.strike("j")
        typed.hang_up()
        assert typed.program.wait(20) == 128 + signal.SIGHUP


def test_bytes_that_are_no_text_are_read_as_the_sign_for_that(at: Machine) -> None:
    with opened(at) as typed:
        typed.type(b"/ti\xff\xfetle\x80")
        typed.see("ti\ufffd\ufffdtle\ufffd")
        # A half of a letter, a paste that is none, and keys of kitty's that no table has.
        typed.type(b"\xc3")
        typed.quiet()
        typed.type(b"\x1b[200~ a\xffpaste \x1b[201~\x1b[1114112;1u\x1b[1;1;99999999999999999999u")
        typed.see("paste")
        typed.type(b"\xf5\x80 end")
        typed.see("end")
        typed.strike("escape")
        typed.quiet(0.3)
        typed.strike("q")
        assert typed.ended() == 0
        assert not list(map(str, screen(*typed.size).strangers(bytes(typed.written))))


_FAILING = """
import sys
import tui.screens.browse as browse
from tui.__main__ import main
said = {said!r}
def fail(self, *_):
    hostile_local = said
    raise {error}(said)
browse.Browse.action_help = fail
sys.exit(main())
"""


@pytest.mark.parametrize("error", ["RuntimeError", "OSError", "KeyError"])
def test_an_error_that_nobody_foresaw_is_printed_safely(at: Machine, error: str) -> None:
    script = _FAILING.format(said=ALL, error=error)
    with Typed([sys.executable, "-c", script, *at.words[3:]], at.environ, at.folder) as typed:
        typed.see("Papers  ")
        typed.quiet()
        typed.strike("?")
        assert typed.ended() == 1
        assert error.encode() in typed.written
        allowed = dataclasses.replace(screen(*typed.size), controls="\r\n\x07")  # Textual rings the bell
        assert not list(map(str, allowed.strangers(bytes(typed.written))))
        assert typed.restored


@pytest.mark.parametrize("error", ["RuntimeError", "OSError", "ValueError"])
@pytest.mark.parametrize("thread", [False, True])
def test_an_error_that_nobody_foresaw_in_a_command_is_printed_safely(at: Machine, error: str, thread: bool) -> None:
    begin = "import threading; t = threading.Thread(target=fail); t.start(); t.join()" if thread else "fail()"
    script = (
        f"import sys\nimport tui.cli.commands as commands\nfrom tui.__main__ import main\ndef fail():\n"
        f"    raise {error}(5, {ALL!r}, {ALL!r})\ndef issues(*_):\n    {begin}\n    return 1\n"
        f"commands.COMMANDS['issues'] = issues\nsys.exit(main())"
    )
    done = Machine.run(_Scripted(at.folder, at.environ, at.services, script), "issues")
    assert done.status == 1
    assert error.encode() in done.err or b"could not be" in done.err
    assert not list(map(str, COMMAND.strangers(done.err)))


class _Scripted(Machine):
    def __init__(self, folder: Path, environ: dict[str, str], services: str, script: str) -> None:
        super().__init__(folder, environ, services)
        object.__setattr__(self, "script", script)

    @property
    def words(self) -> tuple[str, ...]:
        return (sys.executable, "-c", self.script, *super().words[3:])  # type: ignore[attr-defined]


OUTPUTS = ("papers", "papers --json", "issues", "show 1706.03762", "export --query ''", "doctor", "doctor --json",
           "formats", "search title", "--help", "papers --help", "completions bash", "man", "sources --opml",
           "add letter.txt", "add --json letter.txt", "tags", "--version")  # fmt: skip


@pytest.mark.parametrize("words", OUTPUTS)
@pytest.mark.parametrize(
    ("where", "status"), [(">/dev/full", 1), (">&-", None), ("| head -c 1 >/dev/null", None), (">/dev/full 2>&1", 1)]
)
def test_an_output_that_takes_nothing_is_told_of_in_a_sentence_or_not_at_all(
    at: Machine, words: str, where: str, status: int | None
) -> None:
    done = shell(at, f'"$@" {words} {where}')
    assert b"Traceback" not in done.err, done.err.decode()
    assert b"Exception ignored" not in done.err, done.err.decode()
    if where == ">/dev/full":
        assert done.err.count(b"could not be written") == 1, done.err.decode()
    if status is not None:
        assert done.status == status, done
    assert done.status in (0, 1), done
    assert not list(map(str, COMMAND.strangers(done.err)))


@pytest.mark.parametrize("where", ["2>/dev/full", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_narration_that_nobody_takes_changes_nothing(at: Machine, where: str) -> None:
    assert shell(at, f'"$@" papers {where}').status == 0
    assert shell(at, f'"$@" show nothing-of-that-name {where}').status == 1
    assert shell(at, f'"$@" papers --no-such-word {where}').status == 2


def test_screens_without_a_terminal_are_refused_whichever_stream_is_none(at: Machine) -> None:
    for where in ("</dev/null", ">/dev/null", "<&-", ">&-", "<&- >&- 2>&-", "2>/dev/null"):
        begun = time.monotonic()
        done = shell(at, f'"$@" {where}')
        assert done.status == 2, (where, done)
        assert b"Traceback" not in done.err
        assert time.monotonic() - begun < 30
