"""When backups are made: from time to time while somebody reads, and at the end of a run that changed something."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.library.papers import ISSUE, MARKED, PAPERS, made
from tui.desk import keeping
from tui.desk.keeping import Keeping
from tui.library import Library
from tui.library.backups import Backups


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made(tmp_path / "library").close()
    return tmp_path / "library"


def archives(folder: Path) -> list[str]:
    return [path.name for path in (folder / "backups").glob("*.zip")]


def test_a_run_that_changed_something_ends_with_a_backup(folder: Path) -> None:
    with Library(folder) as library:
        keeper = Keeping(library)
        library.put_states({PAPERS[1]: MARKED, PAPERS[0]: MARKED})
        library.flush()
        keeper.close()
        keeper.close()
    assert len(archives(folder)) == 1


def test_a_run_that_changed_nothing_makes_none_and_does_not_even_look(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(Backups, "due", lambda *_: pytest.fail("it was looked at"))
    with Library(folder) as library:
        Keeping(library).close()
    assert not (folder / "backups").exists()


def test_within_an_hour_there_is_one(folder: Path) -> None:
    for number in range(3):
        with Library(folder) as library:
            keeper = Keeping(library)
            library.put_issue(ISSUE, [PAPERS[0], f"arxiv:{number}"])
            keeper.close()
    assert len(archives(folder)) == 1


def test_while_somebody_reads_it_is_looked_from_time_to_time(folder: Path, monkeypatch: Any) -> None:
    looks: list[float] = []
    seen = threading.Event()

    def look(_: Keeping, share: float = 1.0) -> None:
        looks.append(share)
        if len(looks) == 3:
            seen.set()

    monkeypatch.setattr(keeping, "FIRST", 0.01)
    monkeypatch.setattr(keeping, "OFTEN", 0.01)
    monkeypatch.setattr(Keeping, "keep", look)
    with Library(folder) as library:
        keeper = Keeping(library)
        keeper.start()
        assert seen.wait(30)
        keeper.close()
        assert max(looks) < 0.5, "it is polite"
    count = len(looks)
    time.sleep(0.05)
    assert len(looks) <= count + 1


def test_nobody_waits_longer_at_the_end_than_they_said(folder: Path, monkeypatch: Any) -> None:
    def endless(_: Backups, now: object, stop: threading.Event, share: float) -> None:
        assert stop.wait(30)

    monkeypatch.setattr(Backups, "make", endless)
    with Library(folder) as library:
        keeper = Keeping(library)
        library.remove_issue(ISSUE.id)
        started = time.monotonic()
        keeper.close(patience=0.05)
        assert time.monotonic() - started < 10


def test_one_that_is_being_made_is_ended_and_waited_for(folder: Path, monkeypatch: Any) -> None:
    begun, ended = threading.Event(), threading.Event()

    def long(_: Backups, now: object, stop: threading.Event, share: float) -> None:
        begun.set()
        assert stop.wait(30)
        time.sleep(0.02)
        ended.set()

    monkeypatch.setattr(keeping, "FIRST", 0.0)
    monkeypatch.setattr(Backups, "make", long)
    with Library(folder) as library:
        keeper = Keeping(library)
        keeper.start()
        assert begun.wait(30)
        keeper.close(patience=1)
        assert ended.is_set()


def test_what_goes_wrong_is_told_in_a_sentence_and_ends_nothing(folder: Path) -> None:
    (folder / "backups").write_bytes(b"no folder")
    heard: list[str] = []
    with Library(folder) as library:
        keeper = Keeping(library)
        keeper.on_error = heard.append
        library.remove_issue(ISSUE.id)
        keeper.close()
    assert len(heard) == 1
    assert heard[0].startswith("The backups of the library could not be written: ")


def test_a_library_that_is_read_only_gets_none(folder: Path) -> None:
    with Library(folder) as library:
        keeper = Keeping(library)
        library.remove_issue(ISSUE.id)
        library.writable = False
        keeper.start()
        keeper.close()
    assert not (folder / "backups").exists()


def test_nothing_is_loaded_before_it_is_time(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tui.library import Library; from tui.desk.keeping import Keeping\n"
        f"with Library(Path({str(folder)!r})) as library:\n"
        "    keeper = Keeping(library); keeper.start(); keeper.close()\n"
        "print([name for name in ('zipfile', 'tui.library.backups') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
