"""One daily half hour: the library and the services that it is walked with, and what came of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.services import Services
from tests.walk import script
from tests.walk.terminals import Terminal
from tests.walk.walking import Walk
from tui.settings import PROVIDERS

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_data"
STORIES = Path(__file__).resolve().parent
SIZES = ((80, 24), (120, 40))
NEW = SAMPLES / "01-margin-notes-14.html"
"""The digest that comes in on the morning."""

BIB = r"""% What my paper cites.
@string{pub = {Addison-Wesley}}
@book{knuth84,
  author    = {Knuth, Donald E.},
  title     = "The {\TeX}book",
  publisher = pub,
  year      = 1984
}
"""


@dataclass(frozen=True)
class Place:
    """A reader's machine in a folder: a home, a library, and a paper that is being written."""

    folder: Path
    environ: dict[str, str]

    @property
    def bib(self) -> Path:
        """The bibliography of the paper."""
        return self.folder / "paper" / "refs.bib"

    @property
    def words(self) -> tuple[str, ...]:
        """The command without its words."""
        own = ("--library", str(self.folder / "library"), "--config", str(self.folder / "config.toml"))
        return (sys.executable, "-m", "tui", *own)

    def command(self, *words: str) -> str:
        """Return what a command prints, in a process of its own. Raises CalledProcessError where it fails."""
        command = [*self.words, *words]
        done = subprocess.run(
            command, env=self.environ, cwd=self.bib.parent, capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout

    def papers(self) -> list[dict[str, Any]]:
        """Return all papers, as another program sees them."""
        found: list[dict[str, Any]] = json.loads(self.command("papers", "--json"))
        return found

    @contextmanager
    def walk(self, terminal: type[Terminal], size: tuple[int, int], *words: str) -> Iterator[Walk]:
        """Yield a walk through the program in a *terminal* of *size*."""
        opened = terminal((*self.words, *words), *size, self.environ, self.bib.parent)  # type: ignore[call-arg]
        try:
            yield Walk(opened)
            assert opened.ended(20), "q did not end the program well"
        finally:
            opened.close()


@contextmanager
def place() -> Iterator[Place]:
    """Yield a machine with the sample digests but one in its library, a tag that was used, and services that answer."""
    with tempfile.TemporaryDirectory(prefix="walk-") as folder, Services() as services:
        made = Place(Path(folder), _environ(Path(folder)))
        made.bib.parent.mkdir()
        made.bib.write_text(BIB, encoding="utf-8")
        made.bib.with_name("paper.tex").write_text("\\documentclass{article}\n\\bibliography{refs}\n", encoding="utf-8")
        tables = [f'[providers.{name}]\nbase_url = "{services.url}/{name}"\npace = 0\n' for name in PROVIDERS]
        (made.folder / "config.toml").write_text('[network]\ncontact = ""\n' + "".join(tables), encoding="utf-8")
        older = [str(path) for path in sorted(SAMPLES.iterdir()) if path.is_file() and path != NEW]
        made.command("add", *older)
        made.command("tag", "10.1162/neco.1997.9.8.1735", "--add", "to cite")
        yield made


def _environ(folder: Path) -> dict[str, str]:
    """Return the environment of a person at a terminal, and nothing of this one's but the way to Python and tmux."""
    kept = {name: os.environ[name] for name in ("PATH", "COVERAGE_PROCESS_START") if name in os.environ}
    (folder / "home").mkdir()
    more = {"HOME": str(folder / "home"), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "COLORTERM": "truecolor"}
    return {**kept, **more, "TEXTUAL_ANIMATIONS": "none"}


@dataclass(frozen=True)
class Walked:
    """What came of a walk: what other programs saw before it, after it, and when it was taken back; and its story."""

    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    back: list[dict[str, Any]]
    bib: str
    bib_back: str
    triage: int
    afterwards: int
    story: str

    @property
    def decided(self) -> int:
        """How many papers were decided on."""
        return sum(paper["state"] != "new" for paper in self.after)

    @property
    def counted(self) -> str:
        """The keys that it took, in a sentence."""
        each = self.triage / max(1, self.decided)
        said = f"{self.triage} keys for {self.decided} decisions, {each:.1f} each"
        return f"{said}; {self.afterwards} more, the words of the note among them, for all that came after."


def half_hour(terminal: type[Terminal], size: tuple[int, int]) -> Walked:
    """Walk through the half hour and its way back. Raises AssertionError where something is not seen."""
    with place() as at:
        before = at.papers()
        with at.walk(terminal, size, str(NEW)) as walk:
            walk.go([script.MORNING])
            triage = walk.go(script.TRIAGE)
            afterwards = walk.go(script.AFTERWARDS)
            story = walk.story
        after, bib = at.papers(), at.bib.read_text(encoding="utf-8")
        with at.walk(terminal, size) as walk:
            walk.go([script.NEXT_DAY])
            walk.go(script.back())
            story += walk.story
        walked = Walked(before, after, at.papers(), bib, at.bib.read_text(encoding="utf-8"), triage, afterwards, "")
    columns, rows = size
    title = f"# One daily half hour in a terminal of {columns}x{rows}"
    return Walked(**{**vars(walked), "story": "\n".join((title, "", walked.counted, *story))})


def recorded(size: tuple[int, int]) -> Path:
    """Return the file of the story in a terminal of *size*."""
    return STORIES / f"half_hour_{size[0]}x{size[1]}.txt"


def has_tmux() -> bool:
    """Return whether there is a tmux."""
    return shutil.which("tmux") is not None
