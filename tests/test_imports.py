"""What is loaded when: a command loads no screens, and the screens load nothing heavy before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


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
