"""A save that fails or dies at any of its system calls leaves the old file or the new one, and says what it knows."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.library.papers import ISSUE, MARKED, PAPERS, READ, file_of, made
from tui.errors import LibraryError
from tui.library import Library, PaperState, saving
from tui.library.atomic import System, replace_file
from tui.model import Marks

CALLS = ("open", "write", "fsync", "close", "replace", "unlink")
NEW = PaperState(Marks(note="new", starred=True))


class DeathError(BaseException):
    """The process is gone: nothing after this call runs, not even what tidies up."""


class Faults:
    """A system whose calls from the *first* on fail as *fail* says; ``count`` is how many were made."""

    def __init__(self, first: int, fail: Callable[[str, Callable[..., Any], tuple[Any, ...]], Any], last: int) -> None:
        self.count = 0
        self._first, self._last, self._fail = first, last, fail
        self.system = System(**{name: self._wrapped(name) for name in CALLS})

    def _wrapped(self, name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def made_or_failed(*args: Any) -> Any:
            self.count += 1
            if self._first <= self.count <= self._last:
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


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing saved before a flush asks for it, so that it is the flush which meets the fault."""
    monkeypatch.setattr(saving, "PAUSE", 600)


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


@pytest.mark.parametrize("first", range(1, 17))
def test_a_library_opens_whole_whichever_call_of_its_saves_was_the_last(tmp_path: Path, first: int) -> None:
    made(tmp_path).close()
    faults = Faults(first, die, 10**6)
    library = Library(tmp_path, system=faults.system)
    library._writer._write = lambda batch: _until_death(library, batch)  # death ends a program, not a thread
    library.put_states({PAPERS[0]: NEW, PAPERS[1]: NEW})
    with pytest.raises(LibraryError, match="could not be saved"):
        library.close()
    with Library(tmp_path) as again:
        assert again.reports == ()
        assert again.issues() == (ISSUE,)
        assert again.states()[PAPERS[0]] in (READ, NEW)
        assert again.states()[PAPERS[1]] in (MARKED, NEW)
    assert not [path for path in tmp_path.rglob("*") if ".tmp-" in path.name]


def _until_death(library: Library, batch: Any) -> dict[str, str]:
    try:
        return saving.save(batch, library._place, library._holdings, library._intake)
    except DeathError:
        return {file: "dead" for file, _ in batch}


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize("first", range(1, 9))
def test_what_a_full_disk_refused_is_named_and_saved_once_there_is_room(tmp_path: Path, first: int) -> None:
    made(tmp_path).close()
    faults = Faults(first, full, first)
    heard: list[str] = []
    library = Library(tmp_path, system=faults.system)
    library.on_error = heard.append
    library.put_states({PAPERS[0]: NEW})
    with pytest.raises(LibraryError) as caught:
        library.flush()
    assert str(caught.value) == f"The changes to {PAPERS[0]} could not be saved: No space left on device."
    assert library.states()[PAPERS[0]] == NEW
    _wait_for(lambda: heard == [str(caught.value)])
    library.flush()
    library.close()
    with Library(tmp_path) as again:
        assert again.states()[PAPERS[0]] == NEW
        assert again.reports == ()


@pytest.mark.usefixtures("patient")
def test_one_file_that_fails_keeps_no_other_from_being_saved(tmp_path: Path) -> None:
    made(tmp_path).close()
    faults = Faults(1, full, 1)
    library = Library(tmp_path, system=faults.system)
    library.put_states({PAPERS[0]: NEW, PAPERS[1]: NEW})
    with pytest.raises(LibraryError, match="could not be saved"):
        library.flush()
    with Library(tmp_path) as other:
        assert [other.states()[name] for name in PAPERS].count(NEW) == 1
    library.close()


@pytest.mark.usefixtures("patient")
def test_a_change_after_a_failure_is_saved_with_what_failed_and_not_undone_by_it(tmp_path: Path) -> None:
    made(tmp_path).close()
    library = Library(tmp_path, system=Faults(1, full, 1).system)
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError):
        library.flush()
    library.put_states({PAPERS[0]: NEW})
    library.close()
    with Library(tmp_path) as again:
        assert again.states()[PAPERS[0]] == NEW


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
    with Library(tmp_path) as again:
        assert again.states() == {PAPERS[0]: NEW}


@pytest.mark.usefixtures("patient")
def test_a_listener_that_fails_does_not_end_the_saving(tmp_path: Path) -> None:
    def listener(_: str) -> None:
        raise RuntimeError("the screens are gone")

    library = Library(tmp_path, system=Faults(1, full, 1).system)
    library.on_error = listener
    library.put_states({PAPERS[0]: MARKED})
    with pytest.raises(LibraryError):
        library.flush()
    library.close()
    with Library(tmp_path) as again:
        assert again.states() == {PAPERS[0]: MARKED}


def test_whatever_goes_wrong_in_the_thread_a_flush_hears_of_it(tmp_path: Path) -> None:
    library = Library(tmp_path)

    def broken(_: object) -> dict[str, str]:
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
        assert len(library.states()) == 50
        assert time.perf_counter() - started < 10
        assert not list(tmp_path.rglob("papers/*.json"))
        let_go.set()
    with Library(tmp_path) as again:
        assert len(again.states()) == 50


def test_a_link_to_a_file_elsewhere_stays_a_link(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "library", tmp_path / "elsewhere.json"
    made(folder).close()
    path = file_of(folder, PAPERS[0])
    path.rename(elsewhere)
    try:
        path.symlink_to(elsewhere)
    except OSError:
        pytest.skip("this system makes no links")
    with Library(folder) as library:
        library.put_states({PAPERS[0]: NEW})
    assert path.is_symlink()
    assert "starred" in elsewhere.read_text("utf-8")
    with Library(folder) as again:
        assert again.states()[PAPERS[0]] == NEW


def _wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true() and time.monotonic() < until:
        time.sleep(0.005)
    assert true()
