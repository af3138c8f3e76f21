"""What is loaded when: a command loads no screens, and the screens load nothing heavy before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tui import cli
from tui.cli import words as words_of


def modules_after(code: str, folder: Path) -> set[str]:
    """Return the top-level modules that a new process holds after *code*."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=folder)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("words", [["issues"], ["papers", "--json"], ["formats"], ["search", "attention"]])
def test_a_headless_command_loads_no_textual(words: list[str], tmp_path: Path) -> None:
    code = f"""
import os, sys
os.chdir({str(tmp_path)!r})
sys.argv = ["paperrack", "--library", "here", *{words!r}]
from tui.__main__ import main
assert main() == 0
"""
    assert not {"textual", "rich"} & modules_after(code, Path(__file__).parents[1])


def test_the_process_that_reads_ahead_loads_no_screens_and_no_network() -> None:
    code = """
from pathlib import Path
from tui.desk.reading_process import Task, batches, read_marked
from tui.settings import Settings
task = Task((str(Path("sample_data").resolve()),), Settings())
assert any(batch.sources for batch in batches(read_marked(task, print)))
"""
    assert not {"textual", "rich", "httpx", "bibtexparser"} & modules_after(code, Path(__file__).parents[1])


def test_opening_the_screens_loads_nothing_heavy(tmp_path: Path) -> None:
    code = f"""
import asyncio
from pathlib import Path
from tui.app import PaperrackApp
from tui.desk import Desk
from tui.library import Library
from tui.model import Entry, Issue
from tui.settings import Settings

async def main():
    desk = Desk(Library(Path({str(tmp_path)!r})), Settings())
    desk.keep(Issue(id="", title="An issue", format="links", entries=(Entry(title="A paper of its own kind"),)))
    app = PaperrackApp(desk)
    async with app.run_test() as pilot:
        await pilot.press("j", "space", "tab", "h")
    desk.close()

asyncio.run(main())
"""
    heavy = {"httpx", "bibtexparser", "lxml", "pyperclip", "rapidfuzz"}
    assert not heavy & modules_after(code, Path(__file__).parents[1])


MADE = """
from pathlib import Path
from tui.desk import Desk
from tui.library import Library
from tui.model import Entry, Issue
from tui.settings import Settings

with Desk(Library(Path({folder!r})), Settings()) as desk:
    desk.keep(Issue(id="", title="An issue", format="links", entries=(Entry(title="A paper of its own kind"),)))
"""
OPENED = """
import asyncio, json, sys
from pathlib import Path
from tui.app import PaperrackApp
from tui.desk import Desk, opening
from tui.library import Library
from tui.settings import Settings

there = []
display = PaperrackApp._display

def watched(app, screen, renderable):
    if not there and any("of its own kind" in line.text for line in screen._compositor.render_strips()):
        there.extend(sys.modules)
    display(app, screen, renderable)

PaperrackApp._display = watched

async def main():
    with Desk(Library(Path({folder!r})), Settings()) as desk:
        async with PaperrackApp(desk).run_test(size=(140, 45)) as pilot:
            while not there:
                await pilot.pause(0.01)

asyncio.run(main())
print(json.dumps(there))
"""
LATER = (
    "tui.digests", "tui.providers", "tui.clipboard", "tui.opener", "tui.toml_file", "tui.desk.looking",
    "tui.desk.pdf_queue", "tui.desk.services", "tui.desk.into", "tui.desk.deciding", "tui.provenance.believing",
    "tui.matching.comparison", "tui.searching.query", "tui.searching.finding", "tui.searching.texts",
    "tui.screens.add", "tui.screens.contact", "tui.screens.entry", "tui.screens.export", "tui.screens.help",
    "tui.screens.jobs", "tui.screens.provenance", "textual.widgets._footer", "importlib.metadata", "email", "html",
    "tomllib", "tui.cli.commands", "tui.cli.output", "tui.exports.bibtex", "tui.exports.bibfile",
)  # fmt: skip
"""What no first picture needs, of a library whose catalogue is there: each of these took a start its milliseconds."""


def test_the_first_picture_needs_nothing_that_can_come_later(tmp_path: Path) -> None:
    here = Path(__file__).parents[1]
    for code in (MADE, OPENED):
        script = code.format(folder=str(tmp_path / "library"))
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=here)
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert not [name for name in loaded if any(name == each or name.startswith(f"{each}.") for each in LATER)]


STARTED = """
import os, sys
sys.argv = ["paperrack", "--library", {folder!r}, *{words!r}]
import tui.__main__ as door
from tui.cli import run

def opened(desk, paths, format):
    print(json.dumps(sorted(sys.modules)))
    return 0

import json
os.isatty = lambda number: True
sys.stdin.isatty = sys.stdout.isatty = lambda: True
door._screens = opened
assert door.main() == 0
"""


@pytest.mark.parametrize("words", [[], ["--config", "none.toml"]])
def test_a_start_without_words_loads_no_parser_of_words(words: list[str], tmp_path: Path) -> None:
    if words:
        (tmp_path / words[1]).write_text("")
        words = [words[0], str(tmp_path / words[1])]
    script = STARTED.format(folder=str(tmp_path / "library"), words=words)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert not {"argparse", "gettext", "tui.cli.words"} & set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "words",
    [
        [], ["--library", "x"], ["--config", "x"], ["--library", "x", "--config", "y"],
        ["--library", "a", "--library", "b"], ["--library", "-x", "--library", "b"],
        ["--library", ""], ["--library", "--config", "x"], ["--library"], ["--library", "x", "y"], ["--json"],
        ["issues"], ["--config", "issues"], ["--library=x"], ["--lib", "x"], ["a.txt", "b.txt"], ["-"],
        ["--library", "-"], ["--format", "links"],
    ],
)  # fmt: skip
def test_what_is_read_without_the_parser_is_what_the_parser_reads(words: list[str]) -> None:
    opened = cli._only_opened(words)
    if opened is None:
        assert not words or words[0] not in ("--library", "--config") or len(words) % 2 or "-" in (words[1][:1])
    else:
        assert vars(opened) == vars(words_of.parse(words))
