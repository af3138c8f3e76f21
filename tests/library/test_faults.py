"""A save that fails or dies at any of its system calls leaves the old file or the new one, and says what it knows."""

from __future__ import annotations

import dataclasses
import datetime
import errno
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.library.papers import ASKED, ISSUE, MARKED, PAPERS, READ, WHOLE, details_of, file_of, held, kept, made
from tui.errors import LibraryError
from tui.library import Library, PaperState
from tui.library.atomic import System, replace_file
from tui.library.backups import Backups
from tui.model import Marks

CALLS = ("open", "write", "fsync", "close", "replace", "unlink")
NEW = PaperState(Marks(note="new", starred=True))
NEWER = dataclasses.replace(ISSUE, title="Week 6, corrected")


class DeathError(BaseException):
    """The process is gone: nothing after this call runs, not even what tidies up."""


class Faults:
    """A system whose calls from the *first* on fail as *fail* says; ``count`` is how many were made."""

    def __init__(self, first: int, fail: Callable[[str, Callable[..., Any], tuple[Any, ...]], Any], last: int) -> None:
        self.count = 0
        self.last = last
        self._first, self._fail = first, fail
        self.system = System(**{name: self._wrapped(name) for name in CALLS})

    def _wrapped(self, name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def made_or_failed(*args: Any) -> Any:
            self.count += 1
            if self._first <= self.count <= self.last:
                return self._fail(name, call, args)
            return call(*args)

        return made_or_failed


def die(*_: object) -> NoReturn:
    raise DeathError


def full(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Fail as a full disk does: a write takes the half of it first; a file is closed all the same."""
    if name == "write":
        os.write(args[0], args[1][: len(args[1]) // 2])
    if name == "close":
        call(*args)
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _calls_of_a_save(folder: Path) -> int:
    faults = Faults(0, die, -1)
    replace_file(folder / "count", b"content", faults.system)
    return faults.count


def test_a_save_goes_to_the_disk_before_it_takes_the_name_and_the_folder_after(tmp_path: Path) -> None:
    seen: list[str] = []

    def note(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        seen.append(name)
        return call(*args)

    replace_file(tmp_path / "file", b"content", Faults(1, note, 99).system)
    assert seen[:5] == ["open", "write", "fsync", "close", "replace"]
    if os.name == "posix":
        assert seen[5:] == ["open", "fsync", "close"]


@pytest.mark.parametrize("first", range(1, 9))
@pytest.mark.parametrize(("fail", "forever"), [(die, True), (full, False), (full, True)])
def test_a_file_is_old_or_new_whichever_call_of_its_save_fails(
    tmp_path: Path, first: int, fail: Callable[..., Any], forever: bool
) -> None:
    if first > _calls_of_a_save(tmp_path):
        pytest.skip("this system makes fewer calls")
    path = tmp_path / "folder" / "file"
    path.parent.mkdir()
    path.write_bytes(b"old" * 1000)
    faults = Faults(first, fail, 99 if forever else first)
    with pytest.raises((DeathError, OSError)):
        replace_file(path, b"new" * 2000, faults.system)
    assert path.read_bytes() in (b"old" * 1000, b"new" * 2000)
    if fail is full and not forever:
        assert list(path.parent.iterdir()) == [path]


def _is_tidy(folder: Path) -> bool:
    return not [path for path in folder.rglob("*") if ".tmp-" in path.name]


@pytest.mark.parametrize("first", range(1, 26))
def test_a_library_opens_whole_whichever_call_of_its_saves_was_the_last(tmp_path: Path, first: int) -> None:
    made(tmp_path).close()
    faults = Faults(first, die, 10**6)
    library = Library(tmp_path, system=faults.system)
    write = library._writer._write

    def until_death(batch: Any, saved: Any) -> Any:
        try:
            return write(batch, saved)
        except DeathError:  # which ends a program, not a thread
            return dict.fromkeys(batch, "dead")

    library._writer._write = until_death
    library.put_inquiries({PAPERS[0]: {"waiting": True}})
    library.put_states({PAPERS[0]: NEW, PAPERS[1]: NEW})
    if first <= 3 * _calls_of_a_save(tmp_path / "papers"):
        with pytest.raises(LibraryError, match="could not be saved"):
            library.close()
    library.close()
    found = kept(tmp_path)
    assert found.issues == WHOLE.issues
    assert found.states[PAPERS[0]] in (READ, NEW)
    assert found.states[PAPERS[1]] in (MARKED, NEW)
    assert found.inquiries[PAPERS[0]] in (ASKED, {"waiting": True})
    assert _is_tidy(tmp_path)


@pytest.mark.parametrize("first", range(1, 9))
@pytest.mark.parametrize("new", [True, False])
def test_an_issue_is_old_or_new_whichever_call_of_its_save_was_the_last(tmp_path: Path, first: int, new: bool) -> None:
    if not new:
        made(tmp_path).close()
    faults = Faults(first, die, 10**6)
    library = Library(tmp_path, system=faults.system)
    if first <= _calls_of_a_save(tmp_path / "issues"):
        with pytest.raises(DeathError):
            library.put_issue(NEWER, PAPERS)
    library.close()
    assert kept(tmp_path).issues.get(ISSUE.id) in (None if new else ISSUE, NEWER)
    assert _is_tidy(tmp_path)


@pytest.mark.parametrize("first", range(1, 5))
@pytest.mark.parametrize("fail", [die, full])
def test_an_issue_is_there_or_not_whichever_call_of_its_removal_failed(
    tmp_path: Path, first: int, fail: Callable[..., Any]
) -> None:
    made(tmp_path).close()
    library = Library(tmp_path, system=Faults(first, fail, 10**6).system)
    if os.name == "posix" or first == 1:
        with pytest.raises((DeathError, LibraryError)):
            library.remove_issue(ISSUE.id)
    library.close()
    assert kept(tmp_path).issues in ({}, WHOLE.issues)


@pytest.mark.parametrize("first", range(1, 13))
@pytest.mark.parametrize("place", [file_of, details_of])
def test_a_damaged_file_comes_back_whichever_call_of_its_restoring_was_the_last(
    tmp_path: Path, first: int, place: Callable[[Path, str], Path]
) -> None:
    made(tmp_path).close()
    Backups(tmp_path).make(datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC))
    place(tmp_path, PAPERS[0]).write_bytes(b"{")
    with Library(tmp_path, system=Faults(first, die, 10**6).system) as library, suppress(DeathError):
        held(library)
        assert first > 11
    with Library(tmp_path) as again:
        assert held(again) == WHOLE
    assert _is_tidy(tmp_path)


KINDS: dict[str, Callable[[Library], None]] = {
    "states": lambda library: library.put_states({PAPERS[0]: NEW}),
    "details": lambda library: library.put_inquiries({PAPERS[0]: {"waiting": True}}),
}


@pytest.mark.parametrize("first", range(1, 9))
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_full_disk_refused_is_named_and_saved_once_there_is_room(tmp_path: Path, kind: str, first: int) -> None:
    made(tmp_path).close()
    if first > _calls_of_a_save(tmp_path / "papers"):
        pytest.skip("this system makes fewer calls")
    faults = Faults(first, full, 10**6)
    heard: list[str] = []
    library = Library(tmp_path, system=faults.system)
    library.on_error = heard.append
    KINDS[kind](library)
    with pytest.raises(LibraryError) as caught:
        library.flush()
    assert str(caught.value) == f"The changes to {PAPERS[0]} could not be saved: No space left on device."
    assert len(library.unsaved_files()) == 1
    _wait_for(lambda: set(heard) == {str(caught.value)})
    with Library(tmp_path) as other:
        assert held(other).issues == WHOLE.issues
    faults.last = 0
    library.flush()
    library.close()
    found = kept(tmp_path)
    assert (found.states[PAPERS[0]] == NEW, found.inquiries[PAPERS[0]] != ASKED) == (kind == "states", kind != "states")


@pytest.mark.parametrize("first", range(1, 9))
def test_an_issue_that_a_full_disk_refused_is_named_at_once(tmp_path: Path, first: int) -> None:
    made(tmp_path).close()
    if first > _calls_of_a_save(tmp_path / "papers"):
        pytest.skip("this system makes fewer calls")
    with Library(tmp_path, system=Faults(first, full, first).system) as library:
        with pytest.raises(LibraryError) as caught:
            library.put_issue(NEWER, PAPERS)
        assert str(caught.value) == f"The issue {ISSUE.id} could not be saved: No space left on device."
        assert _is_tidy(tmp_path)
    assert kept(tmp_path).issues[ISSUE.id] in (ISSUE, NEWER)


def test_one_file_that_fails_keeps_no_other_from_being_saved(tmp_path: Path) -> None:
    made(tmp_path).close()
    # The states are put while the details fail, so that they are written together.
    failing, put = threading.Event(), threading.Event()

    def slow_failure(*_: object) -> NoReturn:
        failing.set()
        put.wait(30)
        raise OSError(errno.EIO, "Input/output error")

    library = Library(tmp_path, system=Faults(1, slow_failure, 1).system)
    library.put_inquiries({PAPERS[1]: ASKED})
    assert failing.wait(30)
    library.put_states({PAPERS[0]: NEW})
    file_of(tmp_path, PAPERS[0]).write_text("{}")
    library._reading.restore = _broken  # type: ignore[method-assign]  # what is there cannot be set aside
    put.set()
    with pytest.raises(LibraryError, match="could not be saved"):
        library.flush()
    with Library(tmp_path) as other:
        assert held(other).inquiries == {PAPERS[0]: ASKED, PAPERS[1]: ASKED}


def _broken(*_: object) -> NoReturn:
    raise OSError(errno.EIO, "Input/output error")


def test_a_change_after_a_failure_is_saved_with_what_failed_and_not_undone_by_it(tmp_path: Path) -> None:
    made(tmp_path).close()
    faults = Faults(1, full, 10**6)
    library = Library(tmp_path, system=faults.system)
    library.put_states({PAPERS[0]: MARKED, PAPERS[1]: READ})
    with pytest.raises(LibraryError):
        library.flush()
    faults.last = 0
    library.put_states({PAPERS[0]: NEW})
    library.close()
    assert kept(tmp_path).states == {PAPERS[0]: NEW, PAPERS[1]: READ}


def test_a_step_that_could_not_be_kept_is_kept_once_there_is_room(tmp_path: Path) -> None:
    steps: list[str] = []
    broken = [True]

    def step(name: str) -> None:
        if broken[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        steps.append(name)

    library = Library(tmp_path)
    library.put_states({PAPERS[0]: NEW})
    for name in ("one", "two"):
        library.put_step(lambda _, name=name: step(name))  # type: ignore[misc]  # mypy knows no defaults of a lambda
    with pytest.raises(LibraryError, match=r"^The changes to the history could not be saved: No space left"):
        library.flush()
    assert kept(tmp_path).states == {PAPERS[0]: NEW}
    broken[0] = False
    library.close()
    assert steps == ["one", "two"]


def test_a_change_made_while_an_older_one_fails_is_the_one_that_is_saved(tmp_path: Path) -> None:
    failing, put = threading.Event(), threading.Event()

    def slow_failure(*_: object) -> NoReturn:
        failing.set()
        put.wait(30)
        raise OSError(errno.EIO, "Input/output error")

    library = Library(tmp_path, system=Faults(1, slow_failure, 1).system)
    library.put_states({PAPERS[0]: MARKED})
    assert failing.wait(30)
    library.put_states({PAPERS[0]: NEW})
    put.set()
    library.close()
    assert kept(tmp_path).states == {PAPERS[0]: NEW}


def test_a_listener_that_fails_does_not_end_the_saving(tmp_path: Path) -> None:
    def listener(_: str) -> None:
        raise RuntimeError("the screens are gone")

    faults = Faults(1, full, 10**6)
    library = Library(tmp_path, system=faults.system)
    library.on_error = listener
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError):
        library.flush()
    faults.last = 0
    library.close()
    assert kept(tmp_path).states == {PAPERS[0]: MARKED}


def test_whatever_goes_wrong_in_the_thread_a_flush_hears_of_it(tmp_path: Path) -> None:
    library = Library(tmp_path)

    def broken(*_: object) -> dict[str, str]:
        raise MemoryError("no room")

    library._writer._write = broken
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError, match="no room"):
        library.close()
    with pytest.raises(LibraryError, match="no room"):
        library.flush()


def test_no_put_waits_for_a_slow_disk(tmp_path: Path) -> None:
    let_go = threading.Event()

    def slow(_: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        let_go.wait(30)
        return call(*args)

    with Library(tmp_path, system=Faults(1, slow, 99).system) as library:
        started = time.perf_counter()
        for number in range(50):
            library.put_states({f"arxiv:{number}": MARKED})
            if number == 0:
                _wait_for(lambda: bool(library._writer._writing))
        assert time.perf_counter() - started < 10
        assert not list(tmp_path.rglob("papers/*.json"))
        let_go.set()
    assert len(kept(tmp_path).states) == 50


def _wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true() and time.monotonic() < until:
        time.sleep(0.005)
    assert true()
