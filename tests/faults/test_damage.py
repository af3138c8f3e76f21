"""Files of every kind damaged in every way, and then the desk is opened: what comes back, what is told, what opens."""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bench import papers
from tests.faults.truth import differences, litter, seen
from tui.desk import Desk
from tui.library import Library, shard_file
from tui.library.backups import Backups
from tui.settings import Settings

NOTE = "kept by the reader"


class Sound(NamedTuple):
    """A library with a backup, what the desk shows of it, and the file of each kind that tests damage."""

    folder: Path
    shown: dict[str, object]
    files: dict[str, str]
    paper: str


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    folder = tmp_path_factory.mktemp("sound") / "library"
    papers.build(folder, 60)
    with Desk(Library(folder), Settings()) as desk:
        paper = desk.papers()[7]
        desk.marking.change([paper], "noted", lambda marks: marks.__class__(note=NOTE, marked=True))
    with Desk(Library(folder), Settings()) as desk:
        shown = seen(desk)
    Backups(folder).make(datetime.datetime.now(datetime.UTC))
    files = {
        "issue": next(folder.glob("issues/*.json")).relative_to(folder).as_posix(),
        "marks": shard_file(paper),
        "details": next(folder.glob("details/*.json")).relative_to(folder).as_posix(),
        "step": sorted(folder.glob("history/*.json*"))[-1].relative_to(folder).as_posix(),
        "catalogue": "index.sqlite",
    }
    return Sound(folder, shown, files, paper)


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    """Open the library as programs do that look at every file once their first screen stands."""
    with Desk(Library(folder), Settings()) as desk:
        desk.filling.sync(whole=True)
        yield desk


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda raw: raw[: len(raw) // 2],
    "zeroed": lambda raw: b"\0" * len(raw),
    "empty": lambda _: b"",
    "foreign": lambda _: b"\x89PNG\r\n\x1a\n" * 40,
    "foreign JSON": lambda _: b'{"songs": {"1": {"id": "x"}}}',
}


def damaged(sound: Sound, folder: Path, kind: str, damage: Callable[[bytes], bytes]) -> tuple[Path, bytes]:
    """Copy the sound library into *folder*, damage one file, and return its path and what is in it now."""
    shutil.copytree(sound.folder, folder)
    path = folder / sound.files[kind]
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    return path, broken


@pytest.mark.parametrize("catalogue", ["with the catalogue", "without it"])
@pytest.mark.parametrize("kind", ["issue", "marks", "details"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_set_aside_restored_and_told_of_and_everything_is_as_before(
    sound: Sound, tmp_path: Path, kind: str, damage: str, catalogue: str
) -> None:
    path, broken = damaged(sound, tmp_path / "library", kind, DAMAGE[damage])
    if catalogue == "without it":
        (tmp_path / "library" / "index.sqlite").unlink()
    with opened(tmp_path / "library") as desk:
        assert seen(desk) == sound.shown
        (told,) = desk.library.reports
    assert sound.files[kind] in told
    (aside,) = path.parent.glob("*.corrupt-*")
    assert aside.read_bytes() == broken
    with opened(tmp_path / "library") as again:
        assert again.library.reports == ()
        assert seen(again) == sound.shown
    assert litter(tmp_path / "library") == []


@pytest.mark.parametrize("damage", DAMAGE)
def test_marks_without_a_backup_come_back_from_the_catalogue(sound: Sound, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "library"
    damaged(sound, folder, "marks", DAMAGE[damage])
    shutil.rmtree(folder / "backups")
    with opened(folder) as desk:
        assert desk.rack.marks(sound.paper).note == NOTE
        assert len(desk.library.reports) == 1
    assert differences(folder, sound.shown) == []


@pytest.mark.parametrize("kind", ["issue", "marks"])
def test_what_nobody_has_any_more_is_named_by_its_papers_and_the_rest_opens(
    sound: Sound, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "library"
    damaged(sound, folder, kind, lambda raw: raw[:-20])
    shutil.rmtree(folder / "backups")
    (folder / "index.sqlite").unlink()
    with opened(folder) as desk:
        (told,) = desk.library.reports
        rows = seen(desk)["rows"]
        assert isinstance(rows, dict)
        if kind == "marks":
            assert sound.paper in told
            assert len(rows) == 60
            assert desk.rack.marks(sound.paper).note == ""
        else:
            assert any(scheme in told for scheme in ("arxiv:", "doi:", "acl:", "openreview:"))
            assert 0 < len(rows) < 60


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_catalogue_is_made_anew_without_a_word(sound: Sound, tmp_path: Path, damage: str) -> None:
    damaged(sound, tmp_path / "library", "catalogue", DAMAGE[damage])
    with opened(tmp_path / "library") as desk:
        assert seen(desk) == sound.shown
        assert desk.library.reports == ()
    assert litter(tmp_path / "library") == []


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_step_keeps_nothing_from_opening_and_undo_says_so(sound: Sound, tmp_path: Path, damage: str) -> None:
    damaged(sound, tmp_path / "library", "step", DAMAGE[damage])
    with opened(tmp_path / "library") as desk:
        assert seen(desk) == sound.shown
        desk.marking.undo()
        assert desk.rack.marks(sound.paper).note == NOTE
        assert any("history" in told for told in desk.library.reports)


@pytest.mark.parametrize("kind", ["issue", "marks"])
def test_a_file_edited_by_hand_holds_what_the_hand_wrote(sound: Sound, tmp_path: Path, kind: str) -> None:
    words = {"issue": b"papers that were read here", "marks": NOTE.encode()}[kind]
    damaged(sound, tmp_path / "library", kind, lambda raw: raw.replace(words, b"edited in an editor"))
    with opened(tmp_path / "library") as desk:
        if kind == "marks":
            assert desk.rack.marks(sound.paper).note == "edited in an editor"
        else:
            path = Path(sound.files["issue"])
            assert "edited in an editor" in str(desk.rack.issue(path.stem).introduction)
        (told,) = desk.library.reports
        assert sound.files[kind] in told
    with opened(tmp_path / "library") as again:
        assert again.library.reports == ()


@pytest.mark.parametrize("kind", ["issue", "marks", "details"])
def test_a_file_of_a_newer_program_stays_as_it_is_and_the_rest_can_be_changed(
    sound: Sound, tmp_path: Path, kind: str
) -> None:
    def newer(raw: bytes) -> bytes:
        shape = json.loads(raw)
        shape["_meta"]["1"]["schema"] += 40
        return json.dumps(shape).encode()

    path, written = damaged(sound, tmp_path / "library", kind, newer)
    with opened(tmp_path / "library") as desk:
        assert any(sound.files[kind] in told for told in desk.library.reports)
        other = next(name for name in desk.papers() if shard_file(name) != sound.files["marks"])
        desk.marking.mark([other])
        desk.library.flush()
        assert desk.rack.marks(other).marked
    assert path.read_bytes() == written
    assert not list(path.parent.glob("*.corrupt-*"))
