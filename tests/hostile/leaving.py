"""What leaves the program for another one: stand-ins for these write down, byte by byte, what they were given.

A stand-in is a script on a PATH of its own. It writes its words, its standard input and what it can see of its file
into a folder, where :class:`Heard` reads them.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.room import Room
from tests.hostile.texts import TEXTS
from tests.terminal.payloads import PAYLOADS
from tests.terminal.sequences import COMMAND
from tui.desk import Desk
from tui.desk.annotating import MOST_LETTERS
from tui.model import Entry, Issue, Link, Post, Section
from tui.text import clean

EDGES = {
    "an option": "--library=canary and words",
    "a short option": "-o canary and words",
    "the end of options": "-- -rf canary and words",
    "lines": "one\ntouch canary\n--config=canary\n\ttwo\r\nthree",
    "quotes": "it's \"so\" `touch canary` ‘and’ “and” $'touch canary' words",
    "substitutions": "${IFS}$(touch canary)<(touch canary) \\$(touch canary) and words",
    "history": "!touch !! ^touch^canary^ and words",
    "patterns": "* ? [a-z]* {canary,b} ~ ~root =ls and words",
    "places of an opener": "%s %u %f %U %F %i %c %k and words",
    "an absolute path": "/etc/passwd and words",
    "a path upwards": "../../canary and words",
    "an address of a file": "file:///etc/passwd and words",
    "an address of a script": "javascript:touch(canary) and words",
    "a home": "~/canary and words",
    "a device": "con.txt and words",
    "percents": "%1b%5d0;pwned4791%07 %0a%0dtouch%20canary %2e%2e%2f and words",
}
"""What other programs take for something else than text."""

LONG = frozenset({"long", "one long word"})

FAMILIES: dict[str, str] = {
    **{name: text[:5000] if name in LONG else text for name, text in TEXTS.items()},
    **EDGES,
    **{f"terminal: {name}": f"{text} and words {text}" for name, text in PAYLOADS.items()},
}
"""Every family of hostile text that the tests know, by what it tries."""


def fill(desk: Desk) -> dict[str, str]:
    """Take a paper of each family into *desk*, hostile in all of its texts, and return the papers' ids by family."""
    names: dict[str, str] = {}
    for number, (family, text) in enumerate(FAMILIES.items()):
        address = f"https://example.org/{number}/{text}"
        title = f"{text} {family} {number}"
        entry = Entry(
            # What is swallowed by a sequence without an end would leave two papers alike.
            title=title if str(number) in clean(title) else f"{number} {family} {text}",
            authors=(text, f"Eve {text}", "Mallory Doe"), submitter=text, venue=text, year=2024,
            abstract=text, categories=(text,), sections=(Section(text, text),), posts=(Post(text, text, text, text),),
            # Half of them have no number, so that the paper's page is the stranger's own address.
            identifiers={"arxiv": f"2401.{number:05}"} if number % 2 else {},
            links=(Link(address, "paper"), Link(text, "project"), Link(f"https://{text}", "code")),
        )  # fmt: skip
        desk.keep(Issue("", f"{text} {number}", (entry,), "links", date="2024-01-01", series=text, number=text))
        (names[family],) = (name for name in desk.papers() if name not in names.values())
        desk.annotating.note(names[family], text)
        if tag := "".join(char for char in clean(text) if char != ",")[:MOST_LETTERS].strip():
            desk.annotating.tag([names[family]], [tag])
    return names


@dataclass(frozen=True)
class Shelf:
    """A desk, the room that it is in, and its papers by family."""

    room: Room
    desk: Desk
    names: dict[str, str]


def clean_bytes(written: bytes, carriages: bool = False) -> str:
    """Fail where *written* holds what a terminal obeys, or is no UTF-8; return it as text."""
    found = [str(each) for each in COMMAND.strangers(written.replace(b"\r\n", b"\n") if carriages else written)]
    assert not found, "\n".join(found[:5])
    return written.decode("utf-8")


@dataclass(frozen=True)
class Heard:
    """What a stand-in was given, each time that it was started, in *folder*."""

    folder: Path

    def times(self) -> int:
        """How often it was started."""
        return len(list(self.folder.glob("argv.*")))

    def last(self, what: str = "argv") -> bytes:
        """Return *what* of the last time: ``argv`` (each word ended by a NUL), or what the stand-in says it writes."""
        return (self.folder / f"{what}.{self.times()}").read_bytes()

    @property
    def argv(self) -> list[str]:
        """The words of the last time."""
        said = self.last().decode("utf-8", "surrogateescape").split("\0")
        assert said.pop() == ""
        return said


_SCRIPT = """#!/bin/sh
number=$(($(ls '{folder}' | grep -c '^argv\\.') + 1))
{more}
: > '{folder}'/new
for word in "$@"; do printf '%s\\0' "$word" >> '{folder}'/new; done
mv '{folder}'/new '{folder}'/argv.$number
"""


def stand_in(bin: Path, name: str, more: str = "") -> Heard:
    """Put a program *name* into the folder *bin*; *more* is shell in which HERE/NAME.$number is a file of its own."""
    folder = bin.parent / f"heard-{name}"
    folder.mkdir(parents=True)
    bin.mkdir(exist_ok=True)
    script = bin / name
    script.write_text(_SCRIPT.format(folder=folder, more=more.replace("HERE", str(folder))), encoding="utf-8")
    script.chmod(0o755)
    return Heard(folder)


@contextmanager
def clipboard(folder: Path, tool: str) -> Iterator[tuple[Heard, dict[str, str]]]:
    """Yield a stand-in of *tool* (wl-copy, xclip, xsel) and an environment in which that is the clipboard's tool."""
    bin = folder / "bin"
    keep = (
        "case \"$*\" in *-o*) cat 'HERE'/kept; exit ;; esac;"
        " cat > 'HERE'/stdin.$number; cp 'HERE'/stdin.$number 'HERE'/kept"
    )
    heard = stand_in(bin, tool, keep)
    environ = {"PATH": f"{bin}{os.pathsep}/usr/bin{os.pathsep}/bin", "TERM": "dumb", "HOME": str(folder)}
    if tool == "wl-copy":
        stand_in(bin, "wl-paste", f"cat '{heard.folder}'/kept")
        with closing(socket.socket(socket.AF_UNIX)) as server:
            server.bind(str(folder / "wl"))
            server.listen()
            yield heard, {**environ, "WAYLAND_DISPLAY": "wl", "XDG_RUNTIME_DIR": str(folder)}
        return
    # Each tool is tried in its turn: an older one is hidden where the other is looked at.
    with closing(socket.socket()) as server:
        _bind(server)
        server.listen()
        yield heard, {**environ, "PATH": f"{bin}{os.pathsep}{_plain(folder)}",
                      "DISPLAY": f"127.0.0.1:{server.getsockname()[1] - 6000}"}  # fmt: skip


def _bind(server: socket.socket) -> None:
    """Bind *server* where an X server of four figures would be."""
    for number in range(7000, 15_999):
        try:
            server.bind(("127.0.0.1", number))
        except OSError:
            continue
        return
    raise AssertionError("every port is taken")


def _plain(folder: Path) -> Path:
    """Return a folder with the few programs that stand-ins need, and no clipboard's tool."""
    plain = folder / "plain"
    plain.mkdir()
    for name in ("sh", "cat", "cp", "mv", "ls", "grep"):
        (plain / name).symlink_to(next(path for path in (Path("/usr/bin", name), Path("/bin", name)) if path.exists()))
    return plain
