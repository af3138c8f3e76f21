"""The library's lock is one program's at a time, and the same that filelock takes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from tui.library.lock import Lock

HOLDER = """
import sys, time
from pathlib import Path
from tui.library.lock import Lock
assert Lock(Path(sys.argv[1])).acquire(10)
print("held", flush=True)
time.sleep(60)
"""


def test_it_is_filelock_s_own(tmp_path: Path) -> None:
    lock, other = Lock(tmp_path / "lock"), FileLock(tmp_path / "lock", is_singleton=False)
    assert lock.acquire(0)
    with pytest.raises(TimeoutError):
        other.acquire(timeout=0)
    lock.release()
    with other:
        assert not lock.acquire(0)
    assert lock.acquire(0)
    lock.release()


@pytest.mark.skipif(os.name == "nt", reason="links are an administrator's there")
def test_nothing_is_made_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        Lock(tmp_path / "lock").acquire(0)
    assert not (tmp_path / "elsewhere").exists()


def test_the_system_frees_it_when_its_holder_is_killed(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "lock")
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        assert not lock.acquire(0.05)
        assert time.monotonic() - started < 5
        holder.kill()
        holder.wait()
    assert lock.acquire(5)
    lock.release()


def test_the_threads_of_a_program_hold_it_together_and_the_last_frees_it(tmp_path: Path) -> None:
    lock, other = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert lock.acquire(0)
    done = threading.Event()

    def join() -> None:
        assert lock.acquire(0)
        lock.release()
        done.set()

    threading.Thread(target=join).start()
    assert done.wait(10)
    assert lock.acquire(0)
    lock.release()
    assert not other.acquire(0)
    lock.release()
    assert other.acquire(0)
    other.release()


def test_a_lock_that_was_deleted_is_held_by_nobody_else(tmp_path: Path) -> None:
    lock, other = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert lock.acquire(0)
    if os.name == "nt":
        pytest.skip("an open file cannot be deleted there")
    (tmp_path / "lock").unlink()
    assert other.acquire(0)
    lock.release()
    assert not lock.acquire(0)
    other.release()
    assert lock.acquire(0)
    lock.release()


def test_who_waits_has_it_as_soon_as_it_is_free(tmp_path: Path) -> None:
    lock, other = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert lock.acquire(0)
    threading.Timer(0.05, lock.release).start()
    assert other.acquire(10)
    other.release()


def test_a_folder_that_is_not_there_is_an_error_and_no_waiting(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Lock(tmp_path / "none" / "lock").acquire(60)
