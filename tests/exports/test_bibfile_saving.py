"""A user's file is old or new whichever call of its save fails, and nothing lies beside it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.exports.bibfiles import NEW
from tui.errors import ExportError
from tui.exports.bibfile import merge, read, saving, undo, write
from tui.exports.bibfile.saving import System

OLD = b"@misc{old,\n  title = {Old},\n}\n"
CALLS = ("open", "read", "write", "chmod", "fsync", "close", "replace", "unlink")


class DeathError(BaseException):
    """The process is gone: nothing after this call runs, not even what tidies up."""


class Faults:
    """A system whose calls from the *first* to the *last* fail as *fail* says; ``count`` is how many were made."""

    def __init__(self, first: int, fail: Callable[..., Any], last: int) -> None:
        self.count = 0
        self._first, self._last, self._fail = first, last, fail
        self.system = System(**{name: self._wrapped(name) for name in CALLS})

    def _wrapped(self, name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def made_or_failed(*args: Any) -> Any:
            self.count += 1
            return self._fail(name, call, args) if self._first <= self.count <= self._last else call(*args)

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


def sabotage(change: Callable[[], object]) -> Callable[..., Any]:
    """Have *change* happen before a call that succeeds."""

    def made(_: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        change()
        return call(*args)

    return made


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "refs.bib"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def _calls() -> range:
    return range(1, 20)


def test_a_save_makes_as_many_calls_as_the_faults_below_count_on(refs: Path) -> None:
    file, faults = read(refs), Faults(0, die, -1)
    write(file, merge(file, NEW), faults.system)
    assert faults.count == len(_calls())


@pytest.mark.parametrize("first", _calls())
@pytest.mark.parametrize(("fail", "forever"), [(die, True), (full, False), (full, True)])
def test_the_file_is_old_or_new_whichever_call_fails(
    refs: Path, first: int, fail: Callable[..., Any], forever: bool
) -> None:
    file = read(refs)
    merged = merge(file, NEW)
    faults = Faults(first, fail, 99 if forever else first)
    said = ""
    try:
        write(file, merged, faults.system)
    except ExportError as error:
        said = str(error)
    except DeathError:
        pass
    assert refs.read_bytes() in (OLD, merged.content)
    assert (refs.read_bytes() == OLD) == bool(said) or fail is die
    assert said in ("", f"{refs} could not be written: No space left on device.")
    if fail is full and not forever:
        assert list(refs.parent.iterdir()) == [refs]


def test_a_disk_that_takes_a_part_at_a_time_gets_the_whole(refs: Path) -> None:
    file = read(refs)
    merged = merge(file, NEW)
    write(file, merged, System(write=lambda handle, data: os.write(handle, data[:7])))
    assert refs.read_bytes() == merged.content


def test_a_disk_that_changes_what_it_is_given_is_found_out(refs: Path) -> None:
    file = read(refs)
    system = System(write=lambda handle, data: os.write(handle, data.replace(b"Saeed", b"saeed")))
    with pytest.raises(ExportError, match="does not read back as it was meant"):
        write(file, merge(file, NEW), system)
    assert refs.read_bytes() == OLD
    assert list(refs.parent.iterdir()) == [refs]


@pytest.mark.parametrize("content", [b"", OLD + b"% a word more\n", None])
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_file_that_changed_since_it_was_read_is_left_alone(refs: Path, content: bytes | None, when: str) -> None:
    file = read(refs)
    merged = merge(file, NEW)

    def change() -> None:
        refs.unlink() if content is None else refs.write_bytes(content)

    faults = Faults(8, sabotage(change), 8)
    if when == "before":
        change()
    with pytest.raises(ExportError, match="was changed by another program meanwhile; look at it and try again"):
        write(file, merged, faults.system if when == "meanwhile" else System())
    assert (refs.read_bytes() if refs.exists() else None) == content
    assert [path for path in refs.parent.iterdir() if path != refs] == []


def test_a_file_made_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.bib"
    file = read(path)
    merged = merge(file, NEW)
    path.write_bytes(OLD)
    with pytest.raises(ExportError, match="changed by another program"):
        write(file, merged)
    assert path.read_bytes() == OLD


def test_a_new_file_is_made_with_the_usual_mode_and_undo_removes_it(tmp_path: Path) -> None:
    path = tmp_path / "new.bib"
    file = read(path)
    assert (file.exists, file.content, file.entries) == (False, b"", ())
    undone = write(file, merge(file, NEW))
    (tmp_path / "plain").touch()
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert undone.before is None
    undo(undone)
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_the_mode_stays(refs: Path, mode: int) -> None:
    refs.chmod(mode)
    undone = write(read(refs), merge(read(refs), NEW))
    assert refs.stat().st_mode & 0o777 == mode
    undo(undone)
    assert refs.stat().st_mode & 0o777 == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(refs: Path) -> None:
    os.chown(refs, 12345, 23456)
    write(read(refs), merge(read(refs), NEW))
    assert (refs.stat().st_uid, refs.stat().st_gid) == (12345, 23456)


def test_a_link_is_followed_and_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.bib", tmp_path / "refs.bib"
    real.write_bytes(OLD)
    link.symlink_to(real)
    file = read(link)
    merged = merge(file, NEW)
    assert merged.warnings[0] == f"{link} is a link, and the file written is {real.resolve()}."
    write(file, merged)
    assert link.is_symlink()
    assert real.read_bytes() == merged.content


def test_undo_leaves_alone_what_is_no_longer_what_was_written(refs: Path) -> None:
    undone = write(read(refs), merge(read(refs), NEW))
    refs.write_bytes(refs.read_bytes() + b"% mine\n")
    after = refs.read_bytes()
    with pytest.raises(ExportError) as caught:
        undo(undone)
    assert str(caught.value) == f"{refs} has changed since it was written, so it was left as it is."
    assert refs.read_bytes() == after


@pytest.mark.parametrize("first", range(1, 22))
def test_undo_leaves_the_file_whole_whichever_call_fails(refs: Path, first: int) -> None:
    undone = write(read(refs), merge(read(refs), NEW))
    new = refs.read_bytes()
    try:
        undo(undone, Faults(first, full, first).system)
    except ExportError:
        assert refs.read_bytes() == new
    else:
        assert refs.read_bytes() == OLD
    assert list(refs.parent.iterdir()) == [refs]


def test_what_a_killed_program_left_is_swept_by_the_next(refs: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    litter = refs.with_name(f".refs.bib.paperrack-{child.pid}-0123abcd")
    ours = refs.with_name(f".refs.bib.paperrack-{os.getpid()}-0123abcd")
    other = refs.with_name(".other.bib.paperrack-1-0123abcd")
    for path in (litter, ours, other):
        path.write_bytes(b"half")
    write(read(refs), merge(read(refs), NEW))
    assert sorted(refs.parent.iterdir()) == sorted([refs, ours, other])


def test_nothing_is_written_where_nothing_changes(refs: Path) -> None:
    file, faults = read(refs), Faults(1, die, 99)
    undone = write(file, merge(file, []), faults.system)
    assert faults.count == 0
    undo(undone)
    assert refs.read_bytes() == OLD


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.mkdir(), "{} is a folder and no .bib file."),
        (lambda path: os.mkfifo(path), "{} is no ordinary file."),
        (lambda path: path.symlink_to(path), "{} could not be read: Too many levels of symbolic links."),
        (lambda path: path.write_bytes(b"a\nb\nJos\xe9\n"), "{} is not UTF-8 (line 3); save it as UTF-8 first."),
        (
            lambda path: path.write_bytes("@misc{a}".encode("utf-16")),
            "{} is not UTF-8 (line 1); save it as UTF-8 first.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, make: Callable[[Path], object], why: str) -> None:
    path = tmp_path / "refs.bib"
    make(path)
    with pytest.raises(ExportError) as caught:
        read(path)
    assert str(caught.value) == why.format(path)


def test_a_file_too_large_is_refused(refs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.exports.bibfile import file

    with refs.open("r+b") as sparse:
        sparse.truncate(file.MAX_BYTES + 1)
    with pytest.raises(ExportError) as caught:
        read(refs)
    assert str(caught.value) == f"{refs} is larger than 100 MB and is no bibliography."


def test_a_read_only_file_is_refused(refs: Path) -> None:
    file = read(refs)
    refs.chmod(0o444)
    with pytest.raises(ExportError) as caught:
        write(file, merge(file, NEW))
    assert str(caught.value) == f"{refs} could not be written: it is read-only."
    assert refs.read_bytes() == OLD


def test_a_folder_that_vanished_is_named(tmp_path: Path) -> None:
    file = read(tmp_path / "gone" / "refs.bib")
    with pytest.raises(ExportError) as caught:
        write(file, merge(file, NEW))
    assert str(caught.value) == f"{file.path} could not be written: its folder is not there."


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no users as POSIX has")
@pytest.mark.parametrize(("folder", "mode"), [(0o555, 0o666), (0o755, 0o000)])
def test_without_permission_the_reader_is_told(tmp_path: Path, folder: int, mode: int) -> None:
    path = tmp_path / "theirs" / "refs.bib"
    path.parent.mkdir()
    path.write_bytes(OLD)
    path.chmod(mode)
    path.parent.chmod(folder)
    script = (
        "import os, sys, pathlib\n"
        "from tests.exports.bibfiles import NEW\n"
        "from tui.errors import ExportError\n"
        "from tui.exports import bibtex, fields, verify\n"
        "from tui.exports.bibfile import merge, read, write\n"
        "import tui.digests.bibtex_names, rapidfuzz.distance\n"
        "merge(read(pathlib.Path('/nowhere')), NEW)\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "try: file = read(pathlib.Path(sys.argv[1])); write(file, merge(file, NEW))\n"
        "except ExportError as error: print(error)\n"
    )
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o055)
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run([sys.executable, "-c", script, str(path)], cwd=root, capture_output=True, text=True)
    path.parent.chmod(0o755)
    verb = "read" if mode == 0 else "written"
    assert (ran.stdout, ran.returncode) == (f"{path} could not be {verb}: Permission denied.\n", 0), ran.stderr
    path.chmod(0o644)
    assert path.read_bytes() == OLD


def test_the_seam_names_every_call_that_it_stands_for() -> None:
    assert tuple(saving.System.__dataclass_fields__) == CALLS


def _other_group() -> int:
    """A group that this process may give a file to, and is not the one of new files."""
    others = set(os.getgroups()) - {os.getgid()} or ({os.getgid() + 1} if os.getuid() == 0 else set())
    if not others:
        pytest.skip("a group of one's own beside the first is needed")
    return min(others)


def test_the_group_stays_and_where_it_may_not_no_other_group_gets_what_it_had(
    refs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = _other_group()
    os.chown(refs, -1, group)
    refs.chmod(0o664)
    write(read(refs), merge(read(refs), NEW))
    assert (refs.stat().st_gid, refs.stat().st_mode & 0o777) == (group, 0o664)

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    refs.write_bytes(OLD)
    monkeypatch.setattr(saving.os, "chown", refused)
    write(read(refs), merge(read(refs), NEW))
    assert (refs.stat().st_gid, refs.stat().st_mode & 0o777) == (os.getgid(), 0o604)


@pytest.mark.parametrize(
    ("number", "said"), [(errno.EINVAL, ""), (errno.EIO, "could not be written: Input/output error")]
)
def test_a_file_system_that_syncs_no_folders_is_no_failure_and_one_that_fails_is(
    tmp_path: Path, number: int, said: str
) -> None:
    def fsync(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(number, os.strerror(number))
        os.fsync(handle)

    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("which file a handle is of is asked of /proc")
    path, system = tmp_path / "new.bib", System(fsync=fsync)
    file = read(path)
    # The new file is in place then; whether its name is on the disk too, nobody is asked.
    undone = write(file, merge(file, NEW), system)
    assert path.exists()
    if said:
        with pytest.raises(ExportError, match=said):
            undo(undone, system)
    else:
        undo(undone, system)
    assert not path.exists()
