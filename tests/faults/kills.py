"""Kill a program at work, look at what it leaves behind, and begin again."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.ledger import Ledger
from tests.faults.truth import Files, differences, litter, seen, set_aside
from tests.services import Services
from tui.desk import Desk
from tui.library import Library
from tui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_START = 20.0
"""Seconds within which the program must have begun its work."""


@dataclass
class Count:
    """What came of a number of kills."""

    kills: int = 0
    unreadable: int = 0
    wrong: int = 0
    lost: int = 0
    litter: int = 0
    catalogue: int = 0
    """Times that the catalogue showed anything else than one made anew of the files."""
    compared: int = 0
    """How often that was looked at."""
    told: int = 0
    """Changes that the program was told were saved."""
    doing: Counter[str] = field(default_factory=Counter)
    """What was under way when it was killed."""
    notes: list[str] = field(default_factory=list)
    """What was found, in words."""
    program: list[str] = field(default_factory=list)
    """What programs said on stderr before they were killed: nothing, if all is well."""

    @property
    def sound(self) -> bool:
        """Whether nothing at all was wrong."""
        return not (self.unreadable or self.wrong or self.lost or self.litter or self.catalogue or self.program)


def kill(folder: Path, kills: int, seed: int = 1, compare: int = 10) -> Count:
    """Kill a program that works on the library *folder*, *kills* times; every *compare* th time see the catalogue."""
    count, chance, files = Count(), random.Random(seed), Files()
    with Library(folder) as library:
        ledger = Ledger(files.digests(library))
    with Services() as services:
        for number in range(kills):
            early = chance.random() < 0.15
            pause = chance.uniform(0, 0.4) if early else chance.uniform(0, 1.0) ** 2
            if early and chance.random() < 0.5:
                # Killed while the catalogue is made anew.
                for path in folder.glob("index.sqlite*"):
                    path.unlink()
            errors = _run_and_kill(folder, f"{seed * 1000 + number}", services.url, pause, early, ledger)
            count.kills += 1
            count.doing[ledger.doing] += 1
            if errors:
                count.program.append(errors)
            _look(folder, ledger, files, count, compare=(number + 1) % compare == 0 or number + 1 == kills)
            count.told, ledger.told = count.told + ledger.told, 0
    return count


def _run_and_kill(folder: Path, seed: str, services: str, pause: float, early: bool, ledger: Ledger) -> str:
    """Kill a program *pause* seconds after it began to open the library, or to work on it; return its stderr."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.child", str(folder), seed, services],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    begun = threading.Event()
    wanted = "open" if early else "ready"

    def listen() -> None:
        assert program.stdout is not None
        for line in program.stdout:
            ledger.hear(line)
            if ledger.doing == wanted:
                begun.set()
        begun.set()

    listener = threading.Thread(target=listen)
    listener.start()
    begun.wait(_START)
    time.sleep(pause)
    program.kill()
    listener.join()
    assert program.stderr is not None
    with program.stderr, program.stdout or program.stderr:
        errors = program.stderr.read()
    program.wait()
    return errors


def _look(folder: Path, ledger: Ledger, files: Files, count: Count, compare: bool) -> None:
    """Open the library as the next start does, and count what is wrong with it."""
    before = set(set_aside(folder))
    with Library(folder) as library, Desk(library, Settings()) as desk:
        shown = seen(desk) if compare else {}
        found = files.digests(library)
        broken = [*(set(set_aside(folder)) - before), *library.reports]
        len(desk.papers())
    verdict = ledger.settle(found)
    left = litter(folder)
    other = differences(folder, shown)
    count.compared += compare
    count.unreadable += bool(broken)
    count.wrong += bool(verdict.wrong)
    count.lost += bool(verdict.lost)
    count.litter += bool(left)
    count.catalogue += bool(other)
    named = {"unreadable": broken, "wrong": verdict.wrong, "lost": verdict.lost, "litter": left, "catalogue": other}
    for what, names in named.items():
        if names:
            count.notes.append(f"kill {count.kills} in {ledger.doing}: {what}: {', '.join(map(str, names[:4]))}")
