"""More than one program, programs that are killed, and folders that may not be written."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from tests.library.papers import ISSUE, MARKED, PAPERS, READ, file_of, held, kept, made, neighbours
from tui.errors import LibraryError
from tui.library import Library, PaperState, Saved
from tui.library.atomic import System
from tui.model import Marks

ROOT = Path(__file__).resolve().parents[2]

# Marks papers that all lie in one file with the other program's, each change saved before the next.
MARKER = """
import sys
from pathlib import Path
from tui.library import Library, PaperState
from tui.model import Marks
with Library(Path(sys.argv[1])) as library:
    for name in sys.argv[2:]:
        library.put_states({name: PaperState(Marks(marked=True))})
        library.put_inquiries({name: {"done": "2026-11-21T10:00:00Z"}})
        library.flush()
"""

# Counts up in the notes of one paper and in an issue's title, and says each number once it is saved.
COUNTER = """
import dataclasses, sys
from pathlib import Path
from tests.library.papers import ISSUE, PAPERS
from tui.library import Library, PaperState
from tui.model import Marks
library = Library(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    number += 1
    library.put_states({name: PaperState(Marks(note=f"{number} " + "x" * (number % 7) * 3000)) for name in PAPERS})
    library.put_inquiries({name: {"done": str(number), "padding": "x" * (number % 7) * 3000} for name in PAPERS})
    library.put_issue(dataclasses.replace(ISSUE, title=str(number)), PAPERS)
    library.flush()
    print(number, flush=True)
"""


def start(program: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_programs_make_200_changes_each_in_one_file_and_all_400_are_there(tmp_path: Path) -> None:
    names = neighbours(400)
    programs = [start(MARKER, str(tmp_path), *names[part::2]) for part in (0, 1)]
    for program in programs:
        _, errors = program.communicate(timeout=120)
        assert (program.returncode, errors) == (0, "")
    found = kept(tmp_path)
    assert (len(found.states), len(found.inquiries)) == (400, 400)


def test_a_killed_program_loses_nothing_that_it_was_told_was_saved(tmp_path: Path) -> None:
    chance = random.Random(20261121)
    told = 0
    for _ in range(12):
        program = start(COUNTER, str(tmp_path), str(told))
        assert program.stdout is not None
        assert program.stderr is not None
        told = int(program.stdout.readline())
        time.sleep(chance.uniform(0, 0.06))
        program.kill()
        rest, errors = program.communicate(timeout=60)
        assert errors == ""
        told = max([told, *(int(line) for line in rest.splitlines())])
        found = kept(tmp_path)
        numbers = [int(state.marks.note.split()[0]) for state in found.states.values()]
        numbers += [int(shape["done"]) for shape in found.inquiries.values()]
        numbers += [int(issue.title) for issue in found.issues.values()]
        assert len(numbers) == 5
        assert all(number in (told, told + 1) for number in numbers)
        told = max(numbers)
        assert not list(tmp_path.rglob("*.tmp-*"))


def test_what_another_program_wrote_stays_and_shows(tmp_path: Path) -> None:
    first, second = neighbours(2)
    with made(tmp_path) as ours, Library(tmp_path) as theirs:
        rooms, stamps = ours.rooms(), ours.stamps()
        theirs.put_states({first: MARKED})
        theirs.flush()
        assert ours.rooms() != rooms
        assert ours.stamps().keys() - stamps.keys() == {"papers/00.json"}
        told: list[Saved] = []
        ours.on_saved = told.append
        before = ours.stamp("papers/00.json")
        ours.put_states({second: READ})
        ours.flush()
        _wait_for(lambda: bool(told))
        assert told[0].before == before
        assert told[0].contents is not None
        assert ours.read("papers/00.json") == theirs.read("papers/00.json")
        assert held(theirs).states.items() >= {first: MARKED, second: READ}.items()
        theirs.remove_issue(ISSUE.id)
        assert ours.read(f"issues/{ISSUE.id}.json") is None
        assert ours.reports == theirs.reports == ()


def test_who_is_alone_keeps_others_out_until_what_was_put_is_saved(tmp_path: Path) -> None:
    with Library(tmp_path) as ours, Library(tmp_path, patience=0.05) as theirs:
        with ours.alone():
            ours.put_issue(ISSUE, PAPERS)
            ours.put_states({PAPERS[0]: MARKED})
            theirs.put_states({PAPERS[0]: READ})
            with pytest.raises(LibraryError, match="Another program has held the library's lock"):
                theirs.flush()
        assert held(theirs).states == {PAPERS[0]: MARKED}
        theirs.flush()
        assert held(ours).states == {PAPERS[0]: READ}


def test_a_paper_that_became_another_is_written_after_the_one_its_marks_went_to(tmp_path: Path) -> None:
    written: list[Path] = []

    def replace(old: str, new: str) -> None:
        os.replace(old, new)
        written.append(Path(new))

    for old, new in (PAPERS, PAPERS[::-1]):
        with Library(tmp_path, system=System(replace=replace)) as library:
            library.put_states({old: PaperState(merged_into=new), new: MARKED})
        assert written[-2:] == [file_of(tmp_path, new), file_of(tmp_path, old)]


def test_a_lock_that_cannot_be_had_is_named_once_and_the_change_is_saved_when_it_is_free(tmp_path: Path) -> None:
    library = Library(tmp_path, patience=0.2)
    with _held(tmp_path):
        started = time.monotonic()
        library.put_states({f"arxiv:{number}": MARKED for number in range(40)})
        with pytest.raises(LibraryError) as caught:
            library.flush()
        assert time.monotonic() - started < 5
        with Library(tmp_path) as reader:
            assert held(reader).states == {}
    assert f"the library's lock {tmp_path / 'lock'} for more than 0.2 seconds" in str(caught.value)
    assert "and 37 more could not be saved" in str(caught.value)
    library.close()
    assert len(kept(tmp_path).states) == 40


def test_nothing_that_another_program_is_saving_is_tidied_away(tmp_path: Path) -> None:
    Library(tmp_path).close()
    unfinished = tmp_path / "papers" / ".00.json.tmp-0123"
    unfinished.write_bytes(b"{")
    with _held(tmp_path):
        assert kept(tmp_path).states == {}
        assert unfinished.exists()
    assert kept(tmp_path).states == {}
    assert not unfinished.exists()


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the lock as another program does: through a file opened for itself."""
    with FileLock(folder / "lock", is_singleton=False):
        yield


# In a child, for tests may run as root, who may write everywhere; drops to the user nobody first.
READER = """
import os, sys
from pathlib import Path
import filelock, tinydb
from tests.library.papers import ISSUE, PAPERS, READ, WHOLE, held
from tui.errors import LibraryError
from tui.library import Library
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
folder = Path(sys.argv[1])
"""

READ_ONLY = """
with Library(folder, create=sys.argv[2] == "create") as library:
    assert not library.writable
    found = held(library)
    assert (found.issues, found.states[PAPERS[0]], found.inquiries) == (WHOLE.issues, READ, WHOLE.inquiries), found
    for report in library.reports:
        print(report)
    for put in (lambda: library.put_states({PAPERS[0]: READ}), lambda: library.put_issue(ISSUE, PAPERS)):
        try:
            put()
        except LibraryError as error:
            print(error)
    library.flush()
"""

CLOSED = """
try:
    Library(folder).stamps()
except LibraryError as error:
    print(error)
"""

UNREADABLE = """
with Library(folder) as library:
    assert library.writable
    held(library)
    print(*library.reports)
    try:
        library.put_states({PAPERS[0]: READ})
    except LibraryError as error:
        print(error)
"""

posix = pytest.mark.skipif(not hasattr(os, "setuid"), reason="permissions as POSIX has them")


@pytest.fixture
def guarded() -> Iterator[Callable[[Path, int], None]]:
    """Return what sets permissions until the test has ended."""
    changed: list[Path] = []

    def guard(path: Path, mode: int) -> None:
        changed.append(path)
        path.chmod(mode)

    yield guard
    for path in changed:
        path.chmod(stat.S_IRWXU)


@pytest.fixture
def public() -> Iterator[Path]:
    """Return a folder that every user may enter; pytest's own is its user's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "library"


def told(program: str, folder: Path, *words: str) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", READER + program, str(folder), *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()


@posix
@pytest.mark.parametrize("create", ["create", "open"])
@pytest.mark.parametrize("damaged", [False, True])
def test_a_folder_that_may_not_be_written_is_read_and_refuses_changes_in_a_sentence(
    public: Path, guarded: Callable[[Path, int], None], create: str, damaged: bool
) -> None:
    made(public).close()
    if damaged:
        file_of(public, PAPERS[1]).write_bytes(b"")
    for path in (public, *public.rglob("*")):
        guarded(path, 0o555 if path.is_dir() else 0o444)
    reports = told(READ_ONLY, public, create)
    assert reports[0] == f"The library {public} is read-only; changes will not be kept."
    assert reports[-2:] == [f"The library {public} is read-only, so this cannot be kept."] * 2
    middle = [f"{file_of(Path(), PAPERS[1]).as_posix()} is damaged (it is empty) and stays where it is, "]
    assert [line.partition("for ")[0] for line in reports[1:-2]] == (middle if damaged else [])
    assert not list(public.rglob("*.corrupt-*"))


@posix
def test_a_folder_that_may_not_be_looked_into_is_named(public: Path, guarded: Callable[[Path, int], None]) -> None:
    made(public).close()
    guarded(public, 0o755)
    guarded(public / "issues", 0o000)
    (line,) = told(CLOSED, public)
    assert line == f"The library folder {public / 'issues'} cannot be read: Permission denied."


@posix
def test_a_folder_that_may_not_be_made_is_named(public: Path) -> None:
    (line,) = told(CLOSED, public)
    assert line == f"The library folder {public} cannot be made: Permission denied."


@posix
def test_a_file_that_may_not_be_read_is_named_and_not_overwritten(
    public: Path, guarded: Callable[[Path, int], None]
) -> None:
    made(public).close()
    for path in (public, *public.rglob("*")):
        guarded(path, 0o777 if path.is_dir() else 0o666)
    path = file_of(public, PAPERS[0])
    before = path.read_bytes()
    guarded(path, 0o000)
    lines = told(UNREADABLE, public)
    assert lines == [f"papers/{path.name} cannot be read: Permission denied."] * 2
    assert path.read_bytes() == before or os.geteuid() != 0


def test_the_saved_state_is_the_last_one_put(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        for number in range(300):
            library.put_states({f"arxiv:{number % 3}": PaperState(Marks(note=str(number)))})
            if number % 50 == 0:
                library.flush()
    found = kept(tmp_path).states
    assert [found[f"arxiv:{part}"].marks.note for part in range(3)] == ["297", "298", "299"]


def _wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true() and time.monotonic() < until:
        time.sleep(0.005)
    assert true()
