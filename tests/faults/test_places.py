"""Full disks, folders that may not be written, clocks that go back, other file systems, and two programs at once."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.bench import papers
from tests.faults.truth import Files, differences, litter, seen, set_aside
from tui.desk import Desk
from tui.errors import LibraryError, PaperrackError
from tui.library import Library
from tui.model import Marks
from tui.settings import Settings

ROOT = Path(__file__).resolve().parents[2]

# Writes a note on each paper of its half, and waits each time until it is saved.
NOTER = """
import sys
from pathlib import Path
from tui.desk import Desk
from tui.library import Library
from tui.settings import Settings
with Desk(Library(Path(sys.argv[1])), Settings()) as desk:
    for name in sys.argv[3:]:
        desk.marking.change([name], "noted", lambda marks: marks.__class__(note=f"{sys.argv[2]} noted {name}"))
        desk.library.flush()
"""


@contextmanager
def mounted(*words: str) -> Iterator[Path]:
    """Mount a file system on a folder of its own, as ``mount`` *words*; skip the test where that is not allowed."""
    with tempfile.TemporaryDirectory(prefix="paperrack-mount-") as place:
        try:
            subprocess.run(["mount", *words, place], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("a file system cannot be mounted here")
        try:
            yield Path(place)
        finally:
            subprocess.run(["umount", "-l", place], check=True, capture_output=True)


def _noted(words: str) -> Callable[[Marks], Marks]:
    return lambda marks: dataclasses.replace(marks, note=words)


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096) == 4096:
            pass


def _refusal(desk: Desk, name: str, note: str) -> str | None:
    """Return the sentence with which a note is refused, or None where it is kept."""
    try:
        desk.marking.change([name], "noted", _noted(note))
        desk.library.flush()
    except PaperrackError as error:
        return str(error)
    return None


def test_two_programs_with_200_changes_each_keep_400_and_a_third_sees_them(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    papers.build(folder, 400)
    with Desk(Library(folder), Settings()) as desk:
        names = [*desk.papers()]
        halves = {"one": names[::2], "other": names[1::2]}
        programs = [
            subprocess.Popen(
                [sys.executable, "-c", NOTER, str(folder), who, *half], cwd=ROOT, stderr=subprocess.PIPE, text=True
            )
            for who, half in halves.items()
        ]
        while any(program.poll() is None for program in programs):
            desk.marking.sync()
            time.sleep(0.05)
        assert [program.communicate(timeout=1)[1] for program in programs] == ["", ""]
        desk.marking.sync()
        for who, half in halves.items():
            assert all(desk.rack.marks(name).note == f"{who} noted {name}" for name in half)
        shown = seen(desk)
    assert differences(folder, shown) == []


def test_a_disk_that_fills_up_refuses_in_a_sentence_and_keeps_everything_once_there_is_room() -> None:
    with mounted("-t", "tmpfs", "-o", "size=5m", "tmpfs") as disk:
        folder = disk / "library"
        papers.build(folder, 60)
        ballast = disk / "ballast"
        with Desk(Library(folder), Settings()) as desk:
            desk.library.on_error = lambda _: None
            names = [*desk.papers()]
            before = Files().digests(desk.library)
            _fill(ballast)
            told = [_refusal(desk, name, f"{number} " + "x" * 6000) for number, name in enumerate(names[:20])]
            refused = [sentence for sentence in told if sentence is not None]
            assert refused
            assert all(sentence.endswith(".") for sentence in refused)
            assert set_aside(folder) == []
            with Library(folder, create=False) as other:
                after = Files().digests(other)
                assert other.reports == ()
            assert before.items() <= {**before, **after}.items()
            assert {name for name in before if after.get(name) != before[name]} <= {f"state {name}" for name in names}
            ballast.unlink()
            desk.marking.change([names[30]], "noted", _noted("there is room again"))
            desk.library.flush()
            assert desk.rack.marks(names[30]).note == "there is room again"
            shown = seen(desk)
        with Desk(Library(folder), Settings()) as again:
            assert again.library.reports == ()
            assert seen(again) == shown
        assert litter(folder) == []


def test_a_library_that_may_only_be_read_shows_everything_and_refuses_changes(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    papers.build(folder, 60)
    with Desk(Library(folder), Settings()) as desk:
        shown = seen(desk)
    with _read_only(folder) as place, Desk(Library(place), Settings()) as desk:
        assert not desk.library.writable
        assert seen(desk) == shown
        assert any("read-only" in told for told in desk.library.reports)
        with pytest.raises(LibraryError, match="read-only"):
            desk.marking.mark([desk.papers()[0]])
        assert seen(desk) == shown
    assert litter(folder) == []


@contextmanager
def _read_only(folder: Path) -> Iterator[Path]:
    """Let *folder* be read and not written: by its permissions, or by its mount where the user may write anywhere."""
    if os.geteuid() == 0:
        with mounted("--bind", "-o", "ro", str(folder)) as place:
            subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True, capture_output=True)
            yield place
        return
    places = [folder, *folder.rglob("*")]
    for path in places:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield folder
    finally:
        for path in places:
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_clock_that_goes_back_hides_no_change(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    papers.build(folder, 60)
    # All that is there was written in the future: the clock was wrong then, or is wrong now.
    ahead = time.time() + 9 * 86_400
    for path in folder.rglob("*"):
        os.utime(path, (ahead, ahead))
    with Desk(Library(folder), Settings()) as ours, Desk(Library(folder), Settings()) as theirs:
        name = ours.papers()[3]
        theirs.marking.change([name], "noted", _noted("before noon"))
        theirs.library.flush()
        ours.marking.sync()
        assert ours.rack.marks(name).note == "before noon"
        assert ours.marking.undo() is not None
        ours.library.flush()
        theirs.marking.sync()
        assert theirs.rack.marks(name).note == ""
        shown = seen(ours)
    assert differences(folder, shown) == []


def test_a_library_on_another_file_system_behind_a_link_is_like_any_other(tmp_path: Path) -> None:
    with mounted("-t", "tmpfs", "-o", "size=40m", "tmpfs") as disk:
        (tmp_path / "library").symlink_to(disk / "kept")
        (disk / "kept").mkdir()
        papers.build(tmp_path / "library", 40)
        with Desk(Library(tmp_path / "library"), Settings()) as desk:
            desk.marking.mark(desk.papers()[:5])
            shown = seen(desk)
        with Desk(Library(disk / "kept"), Settings()) as again:
            assert seen(again) == shown
        assert litter(disk / "kept") == []
        assert differences(disk / "kept", shown) == []
