"""Several files that are replaced at once: each old or new whatever fails, and nothing told that is not there."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.library.failing import DeathError, calls_of, die, failing, full
from tui.errors import LibraryError
from tui.library import Library, PaperState
from tui.library.atomic import LARGEST, System
from tui.library.names import shard_file
from tui.library.together import MOST, _New, replace_files
from tui.model import Marks

OLD, NEW = b"old" * 1000, b"new" * 2000
NAMES = ("a", "b", "c")
MANY = {f"arxiv:2001.{number:05}": PaperState(Marks(note=f"note {number}")) for number in range(60)}


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in NAMES[:2]:
        (folder / name).write_bytes(OLD)
    return folder


def _replace(folder: Path, system: System) -> list[Any]:
    return replace_files([(folder / name, NEW) for name in NAMES], system)


def _calls(tmp_path: Path) -> int:
    return calls_of(lambda system: _replace(tmp_path, system))


def test_all_of_them_are_on_the_disk_before_one_takes_its_name_and_the_folder_follows_once(tmp_path: Path) -> None:
    seen: list[str] = []

    def note(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        seen.append(name)
        return call(*args)

    _replace(tmp_path, failing(1, note))
    assert [name for name in seen if name in ("fsync", "replace")][:6] == ["fsync"] * 3 + ["replace"] * 3
    if os.name == "posix":
        assert seen.count("fsync") == 4


@pytest.mark.parametrize("starts", [True, False])
def test_the_disk_is_waited_for_by_several_threads_and_by_one_where_no_more_can_be_had(
    tmp_path: Path, starts: bool, monkeypatch: Any
) -> None:
    waited: list[str] = []
    sync = _New.sync

    def noting(self: _New) -> None:
        waited.append(threading.current_thread().name)
        sync(self)

    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(_New, "sync", noting)
    if not starts:
        monkeypatch.setattr(threading.Thread, "start", refused)
    folder = _folder(tmp_path)
    names = ["a", "b", *(f"{number}" for number in range(MOST - 2))]
    stamps = replace_files([(folder / name, name.encode() * 9) for name in names])
    assert {len(waited), len(set(stamps))} == {MOST}
    assert ("library disk" in waited) is starts
    assert [(folder / name).read_bytes() for name in names] == [name.encode() * 9 for name in names]
    assert len(os.listdir(folder)) == MOST


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_a_thread_did_not_bring_to_the_disk_for_whatever_reason_takes_no_name(
    tmp_path: Path, monkeypatch: Any
) -> None:
    sync = _New.sync

    def failing_once(self: _New) -> None:
        if self.folder and threading.current_thread().name == "library disk":
            raise MemoryError
        sync(self)

    monkeypatch.setattr(_New, "sync", failing_once)
    folder = _folder(tmp_path)
    made = replace_files([(folder / name, NEW) for name in "abcd"])
    assert [isinstance(each, OSError) for each in made] == [False, True, True, True]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": NEW, "b": OLD}


@pytest.mark.parametrize("first", range(1, 20))
@pytest.mark.parametrize("fail", [die, full])
def test_each_is_old_or_new_whichever_call_was_the_last(tmp_path: Path, first: int, fail: Callable[..., Any]) -> None:
    if first > _calls(tmp_path):
        pytest.skip("this system makes fewer calls")
    folder = _folder(tmp_path)
    made: list[Any] = []
    try:
        made = _replace(folder, failing(first, fail))
    except DeathError:
        assert fail is die
    for name, stamp in zip(NAMES, made, strict=False):
        assert isinstance(stamp, OSError) or (folder / name).read_bytes() == NEW
    for name in NAMES[:2]:
        assert (folder / name).read_bytes() in (OLD, NEW)
    assert not (folder / "c").exists() or (folder / "c").read_bytes() == NEW


@pytest.mark.parametrize("failed", ["write", "fsync", "replace"])
def test_one_that_fails_keeps_no_other_from_being_replaced_and_leaves_nothing_beside_it(
    tmp_path: Path, failed: str
) -> None:
    folder, calls = _folder(tmp_path), []

    def second(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        calls.append(name)
        if name == failed and calls.count(name) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return call(*args)

    made = _replace(folder, failing(1, second))
    assert [isinstance(each, OSError) for each in made] == [False, True, False]
    assert [(folder / name).read_bytes() for name in NAMES] == [NEW, OLD, NEW]
    assert sorted(os.listdir(folder)) == list(NAMES)


def test_one_that_is_too_large_to_be_read_again_is_not_written(tmp_path: Path) -> None:
    made = replace_files([(tmp_path / "a", b"x" * (LARGEST + 1)), (tmp_path / "b", NEW)])
    assert isinstance(made[0], OSError)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b"]


@pytest.mark.parametrize("first", [1, 2, 30, 40, 60, 90, 100, 120, 150, 170, 200, 230, 260, 300])
def test_of_many_shards_those_that_are_told_to_be_saved_are_there_wherever_a_program_ends(
    tmp_path: Path, first: int
) -> None:
    told: list[str] = []
    library = Library(tmp_path, system=failing(first, die))
    library.on_saved = lambda saved: told.append(saved.file)
    write = library._writer._write

    def until_death(batch: Any, saved: Any) -> Any:
        try:
            return write(batch, saved)
        except DeathError:  # which ends a program, not a thread
            return dict.fromkeys(batch, "dead")

    library._writer._write = until_death
    library.put_states(MANY)
    with contextlib.suppress(LibraryError):
        library.close()
    with Library(tmp_path) as again:
        found: dict[str, PaperState] = {}
        for file in again.stamps():
            found |= again.read(file).states  # type: ignore[union-attr]  # there are no others
        assert not again.reports
        assert not [path for path in tmp_path.rglob("*") if ".tmp-" in path.name]
    for name, state in MANY.items():
        assert found.get(name, state) == state
        assert name in found or shard_file(name) not in told


def test_of_many_shards_one_that_is_damaged_is_put_right_and_all_are_saved(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.put_states(MANY)
    (tmp_path / shard_file(next(iter(MANY)))).write_bytes(b"{")
    with Library(tmp_path) as library:
        library.remembered = lambda file: {n: s for n, s in MANY.items() if shard_file(n) == file}
        library.put_states({name: PaperState(Marks(starred=True)) for name in MANY})
        library.flush()
        assert len({shard_file(name) for name in MANY}) > MOST
        for name in MANY:
            assert library.read(shard_file(name)).states[name].marks.starred  # type: ignore[union-attr]  # it is a shard
        assert any("damaged" in sentence or "restored" in sentence for sentence in library.reports)


def test_whoever_knew_what_there_was_knows_what_is_there_with_the_last_of_many(tmp_path: Path) -> None:
    known: list[tuple[int, ...]] = []
    with Library(tmp_path) as library:
        known.append(library.rooms())

        def follow(saved: Any) -> None:
            if saved.rooms_before == known[-1]:
                known.append(saved.rooms)

        library.on_saved = follow
        library.put_states(MANY)
        library.flush()
        assert known[-1] == library.rooms()
