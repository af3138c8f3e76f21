"""Backups: what is in them, which stay, what comes back of them, and that nothing that goes wrong takes one along."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import threading
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.library.failing import DeathError, calls_of, die, failing, full
from tui.errors import LibraryError
from tui.library.atomic import replace_file
from tui.library.backups import Backups, archives
from tui.library.backups.archives import ArchiveError, reading
from tui.library.backups.manifest import Manifest, read_manifest
from tui.library.backups.retention import Name, chained, read_name, runs, superseded
from tui.library.backups.whole import fault, kept_files
from tui.library.storage import serialised

NOW = datetime.datetime(2026, 11, 21, 10, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
SHARD, OTHER, ISSUE = "papers/00.json", "papers/01.json", "issues/weekly-6.json"


def shard(*words: str) -> bytes:
    return serialised({"papers": {str(n): {"id": word, "note": "x" * 50} for n, word in enumerate(words, 1)}})


def write(folder: Path, name: str, raw: bytes) -> bytes:
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    replace_file(folder / name, raw)
    return raw


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "library", SHARD, shard("arxiv:1"))
    write(tmp_path / "library", OTHER, shard("arxiv:2"))
    write(tmp_path / "library", ISSUE, serialised({"issue": {"1": {"id": "weekly-6", "title": "Week 6"}}}))
    return tmp_path / "library"


def names(path: Path | None) -> set[str]:
    assert path is not None
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return set(archive.namelist()) - {"manifest.json"}


def archive_files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").glob("*.zip"))


# What is in them


def test_the_first_holds_all_and_the_next_what_changed(folder: Path) -> None:
    backups = Backups(folder)
    assert names(backups.make(NOW)) == {SHARD, OTHER, ISSUE}
    assert backups.make(NOW + HOUR) is None
    write(folder, SHARD, shard("arxiv:1", "arxiv:3"))
    second = backups.make(NOW + 2 * HOUR)
    assert names(second) == {SHARD}
    (folder / OTHER).unlink()
    third = backups.make(NOW + 3 * HOUR)
    assert names(third) == set()
    assert third is not None
    with reading(third) as archive:
        assert set(archive.manifest.documents) == {SHARD, ISSUE}


def test_history_and_searches_are_in_it_and_index_lock_and_what_is_not_ours_are_not(folder: Path) -> None:
    write(folder, "history/000000000001-3fa9c2d1.json", serialised({"step": {"1": {"label": "Marked"}}}))
    write(folder, "history/000000000001-3fa9c2d1.bytes", b"\x00\xff not JSON")
    write(folder, "searches.json", serialised({"searches": {}}))
    write(folder, "details/00f.json", serialised({"details": {"1": {"id": "arxiv:1", "inquiry": {"done": "x"}}}}))
    for name in ("index.sqlite", "index.sqlite-wal", "lock", "papers/.00.json.tmp-a1b2", "papers/00.json.corrupt-1"):
        (folder / name).write_bytes(b"x")
    for copy in ("papers/00 (1).json", "issues/weekly-6.sync-conflict-20261121-101010-ABCDEFG.json", "notes.json"):
        (folder / copy).write_bytes(shard("arxiv:9"))
    found = names(Backups(folder).make(NOW))
    assert found == {
        *(SHARD, OTHER, ISSUE, "searches.json", "details/00f.json"),
        *("history/000000000001-3fa9c2d1.json", "history/000000000001-3fa9c2d1.bytes"),
    }


def test_a_link_that_leads_elsewhere_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_bytes(shard("arxiv:1"))
    (folder / "papers" / "02.json").symlink_to(tmp_path / "secret.json")
    (folder / "papers" / "03.json").symlink_to(folder / SHARD)
    os.mkfifo(folder / "papers" / "04.json")
    assert names(Backups(folder).make(NOW)) == {SHARD, OTHER, ISSUE, "papers/03.json"}


def test_a_copy_is_no_link_so_that_overwriting_in_place_leaves_it_whole(folder: Path) -> None:
    good = (folder / SHARD).read_bytes()
    Backups(folder).make(NOW)
    with (folder / SHARD).open("r+b") as file:
        file.truncate(10)
    assert Backups(folder).newest(SHARD) == good


def test_repositories_leave_them_out_unless_the_reader_wants_them(folder: Path) -> None:
    Backups(folder).make(NOW)
    ignore = folder / "backups" / ".gitignore"
    assert ignore.read_text().splitlines()[-1] == "*"
    ignore.unlink()
    write(folder, SHARD, shard("arxiv:3"))
    Backups(folder).make(NOW + HOUR)
    assert not ignore.exists()


def test_an_empty_library_needs_none(tmp_path: Path) -> None:
    backups = Backups(tmp_path)
    assert not backups.due(NOW)
    assert backups.make(NOW) is None
    assert backups.listed() == ()
    assert backups.newest(SHARD) is None


# When one is due


def test_one_is_due_when_there_is_none_and_an_hour_after_the_last_if_anything_changed(folder: Path) -> None:
    backups = Backups(folder)
    assert backups.due(NOW)
    backups.make(NOW)
    assert not backups.due(NOW + 2 * HOUR)
    write(folder, SHARD, shard("arxiv:3"))
    assert not backups.due(NOW + 0.9 * HOUR)
    assert backups.due(NOW + HOUR)
    # The clock was set back: how long ago the last one was is not known.
    assert backups.due(NOW - 5 * DAY)


def test_after_the_clock_went_back_the_later_backup_is_still_the_newer_one(folder: Path) -> None:
    backups = Backups(folder)
    backups.make(NOW)
    write(folder, SHARD, second := shard("arxiv:second"))
    backups.make(NOW - 300 * DAY)
    assert backups.newest(SHARD) == second
    write(folder, SHARD, third := shard("arxiv:third"))
    backups.make(NOW - 300 * DAY + 2 * HOUR)
    backups.prune(NOW - 300 * DAY + 2 * HOUR)
    assert backups.newest(SHARD) == third
    assert [each.date for each in backups.listed()] == [NOW - 300 * DAY + 2 * HOUR, NOW - 300 * DAY, NOW]
    backups.prune(NOW - 290 * DAY)
    assert [each.date for each in backups.listed()] == [NOW - 300 * DAY + 2 * HOUR]
    assert backups.newest(SHARD) == third


# What is damaged


@pytest.mark.parametrize(
    "raw", [b"", b"\0" * 400, b"{", b"[1]", b'{"papers": {"1": {"id": "arxiv:5"}}}', shard("a")[:-9]]
)
def test_what_is_damaged_does_not_take_the_place_of_a_good_copy(folder: Path, raw: bytes) -> None:
    good = (folder / SHARD).read_bytes()
    backups = Backups(folder)
    backups.make(NOW)
    (folder / SHARD).write_bytes(raw)
    later = backups.make(NOW + HOUR)
    assert names(later) == set()
    assert backups.newest(SHARD) == good
    assert not backups.due(NOW + 3 * HOUR)  # until it changes again there is nothing that could be kept
    backups.prune(NOW + 30 * DAY)
    assert len(archive_files(folder)) == 1
    assert backups.newest(SHARD) == good
    assert all(each.sound for each in backups.listed())


def test_what_a_newer_program_wrote_is_kept_though_it_cannot_be_read(folder: Path) -> None:
    newer = b'{"_meta": {"1": {"checksum": "?", "documents": 1, "schema": 99}},\n"papers": [1]}\n'
    (folder / SHARD).write_bytes(newer)
    assert SHARD in names(Backups(folder).make(NOW))
    assert Backups(folder).newest(SHARD) == newer


def test_what_has_the_bytes_that_this_program_wrote_is_not_taken_apart_and_anything_else_is(folder: Path) -> None:
    kept = (folder / SHARD).read_bytes()
    with mock.patch("tui.library.backups.fault", side_effect=fault) as looked:
        made = Backups(folder, written={SHARD: hashlib.sha256(kept).hexdigest()}).make(NOW)
    assert SHARD in names(made)
    assert SHARD not in [call.args[0] for call in looked.call_args_list]
    (folder / SHARD).write_bytes(kept[:-5])
    written = {SHARD: hashlib.sha256(kept).hexdigest()}
    Backups(folder, written=written).make(NOW + datetime.timedelta(hours=2))
    assert Backups(folder).newest(SHARD) == kept


def test_a_file_is_whole_whether_looked_at_by_lines_or_at_once() -> None:
    good = serialised({"papers": {"1": {"id": "a\u2028b"}, "2": {}}, "other": {}})
    assert fault(SHARD, good) is None
    assert fault(SHARD, json.dumps(json.loads(good), indent=1).encode()) is None
    assert fault(SHARD, good.replace(b'"a', b'"b')) == "its checksum does not fit"
    assert fault("history/step.bytes", b"\0") is None
    head, _, rest = shard("a").partition(b"\n")
    broken = rest.removesuffix(b"}\n").replace(b'"id"', b'"id')
    forged = head.replace(
        json.loads(head[:-1] + b"}")["_meta"]["1"]["checksum"].encode(), hashlib.sha256(broken).hexdigest().encode()
    )
    assert fault(SHARD, forged + b"\n" + broken + b"}\n") == "it is no whole JSON document"


def _damage_member(path: Path, name: str) -> None:
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(name)
    at = info.header_offset + 30 + len(name.encode()) + info.compress_size // 2
    raw[at] ^= 0x55
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: _damage_member(path, SHARD),
        lambda path: path.write_bytes(path.read_bytes()[:-30]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"PK" * 300),
    ],
    ids=["a bit", "truncated", "empty", "garbage"],
)
def test_a_damaged_archive_is_passed_over_told_of_and_made_up_for(
    folder: Path, damage: Callable[[Path], object]
) -> None:
    backups = Backups(folder)
    old = (folder / SHARD).read_bytes()
    backups.make(NOW)
    write(folder, SHARD, shard("arxiv:3"))
    second = backups.make(NOW + HOUR)
    assert second is not None
    damage(second)
    assert backups.newest(SHARD) == old
    assert [each.sound for each in backups.listed()] == [False, True]
    backups.prune(NOW + 30 * DAY)
    assert second.exists(), "what cannot be read is nobody's to remove"
    assert backups.set_aside(second.name).startswith("backups/")
    assert backups.due(NOW + 2 * HOUR) or backups.newest(SHARD) == old
    assert SHARD in names(backups.make(NOW + 2 * HOUR))
    assert backups.newest(SHARD) == shard("arxiv:3")


def test_everything_is_copied_again_where_an_archive_in_between_is_missing(folder: Path) -> None:
    backups = Backups(folder)
    backups.make(NOW)
    write(folder, SHARD, shard("arxiv:3"))
    second = backups.make(NOW + HOUR)
    write(folder, OTHER, shard("arxiv:4"))
    backups.make(NOW + 2 * HOUR)
    assert second is not None
    second.unlink()
    assert backups.due(NOW + 4 * HOUR)
    made = backups.make(NOW + 4 * HOUR)
    assert names(made) == {SHARD, OTHER, ISSUE}
    assert made is not None
    assert "-all" in made.name


@pytest.mark.parametrize(
    "shape", [b"", b"[]", b"{}", b'{"archive": 1}', b'{"archive": 2}', b"1", b"null", b"[" * 99999]
)
def test_a_manifest_of_any_shape_is_refused_in_words(tmp_path: Path, shape: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_manifest(shape)
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", shape)
    with pytest.raises(ArchiveError), reading(path):
        pass


def test_a_manifest_reads_as_it_was_written() -> None:
    raw = Manifest(2, NOW.isoformat(), {}, {"papers/00.json": "0f"}).dumped()
    assert read_manifest(raw).dumped() == raw


# Pruning


def test_the_last_day_stays_whole_the_days_before_one_each_and_the_rest_is_one(folder: Path) -> None:
    backups = Backups(folder)
    content: dict[datetime.datetime, bytes] = {}
    time = NOW - 20 * DAY
    while time <= NOW:
        content[time] = write(folder, SHARD, shard(f"arxiv:{time:%d-%H}"))
        backups.make(time)
        time += 6 * HOUR
    backups.prune(NOW)
    dates = [each.date for each in backups.listed()]
    assert dates[:4] == [NOW, NOW - 6 * HOUR, NOW - 12 * HOUR, NOW - 18 * HOUR]
    assert len(dates) in (4 + 8 + 1, 4 + 9 + 1)  # the days' edges are the calendar's
    assert len({date.date() for date in dates[4:-1]}) == len(dates[4:-1])
    assert NOW - 9 * DAY <= dates[-1] <= NOW - 7 * DAY
    assert all(each.sound for each in backups.listed())
    assert chained(read_name(name) for name in archive_files(folder))  # type: ignore[misc]  # all are names
    assert backups.newest(SHARD) == content[NOW]
    assert backups.newest(ISSUE) == (folder / ISSUE).read_bytes()
    with reading(folder / "backups" / backups.listed()[-1].name) as base:
        assert base.member(SHARD) == content[dates[-1]]
    before = archive_files(folder)
    backups.prune(NOW)
    assert archive_files(folder) == before
    write(folder, OTHER, shard("arxiv:5"))
    assert names(backups.make(NOW + HOUR)) == {OTHER}


def test_what_was_removed_leaves_the_base_with_its_archive_and_not_before(folder: Path) -> None:
    backups = Backups(folder)
    backups.make(NOW)
    gone = (folder / OTHER).read_bytes()
    (folder / OTHER).unlink()
    backups.make(NOW + 10 * DAY)
    write(folder, SHARD, shard("arxiv:3"))
    backups.make(NOW + 10 * DAY + 2 * HOUR)
    backups.prune(NOW + 10 * DAY + 3 * HOUR)
    assert backups.newest(OTHER) == gone
    backups.prune(NOW + 40 * DAY)
    assert backups.newest(OTHER) is None
    assert backups.newest(SHARD) == shard("arxiv:3")


def test_an_archive_that_turns_out_rotten_when_several_become_one_stays_apart(folder: Path) -> None:
    backups = Backups(folder)
    backups.make(NOW)
    write(folder, OTHER, shard("arxiv:3"))
    backups.make(NOW + HOUR)
    write(folder, SHARD, shard("arxiv:4"))
    rotten = backups.make(NOW + 2 * HOUR)
    write(folder, OTHER, shard("arxiv:5"))
    backups.make(NOW + 3 * HOUR)
    write(folder, OTHER, shard("arxiv:6"))
    backups.make(NOW + 4 * HOUR)
    assert rotten is not None
    _damage_member(rotten, SHARD)
    backups.prune(NOW + 30 * DAY)
    assert len(archive_files(folder)) == 3
    assert rotten.exists()
    assert backups.newest(OTHER) == shard("arxiv:6")


def test_one_made_for_a_reason_stays_by_itself_for_ninety_days(folder: Path) -> None:
    backups = Backups(folder)
    pinned = backups.make_of({SHARD}, NOW, "schema1")
    assert pinned is not None
    assert pinned.name.endswith("-schema1.zip")
    assert names(pinned) == {SHARD}
    assert backups.due(NOW)
    assert names(backups.make(NOW)) == {SHARD, OTHER, ISSUE}, "no other one relies on it"
    write(folder, SHARD, shard("arxiv:3"))
    assert backups.make_of({SHARD}, NOW + HOUR, "repair") is not None
    assert names(backups.make(NOW + HOUR)) == {SHARD}, "it leaves no gap among the others"
    assert backups.newest(SHARD) == shard("arxiv:3")
    backups.prune(NOW + 89 * DAY)
    assert pinned.exists()
    backups.prune(NOW + 90 * DAY)
    assert not pinned.exists()
    assert backups.make_of({"papers/ff.json"}, NOW, "repair") is None


names_made = [Name(n, NOW - 30 * DAY + n * DAY, n, n == 1) for n in range(1, 31)]


@pytest.mark.parametrize("wrong", [NOW + 4000 * DAY, NOW - 9000 * DAY])
def test_one_wrong_date_takes_no_other_archive_along(wrong: datetime.datetime) -> None:
    odd = [*names_made[:25], Name(26, wrong, 26), *names_made[26:]]
    old, day = runs(odd, NOW)
    assert [old] == runs(names_made, NOW)
    assert {name.last for name in day} in ({25, 26}, {26, 27}), "it is as old as a neighbour"


def test_a_clock_that_went_back_makes_nothing_old() -> None:
    assert runs(names_made, NOW - 9000 * DAY) == []


def test_only_neighbours_become_one() -> None:
    together = runs(names_made, NOW, apart=[names_made[5]])
    assert [[name.last for name in run] for run in together] == [[1, 2, 3, 4, 5], list(range(7, 23))]


def test_names_say_what_they_are_and_others_are_none() -> None:
    for name in (*names_made, Name(7, NOW, 3, True, "schema1"), Name(7, NOW, 7, False, "repair")):
        assert read_name(str(name)) == name
    for other in ("x.zip", "20261121T101010Z-1.zip", "20261399T101010Z-1-1.zip", "20261121T101010Z-1-1-schema.zip", ""):
        assert read_name(other) is None


def test_what_went_into_another_goes_and_what_did_not_stays() -> None:
    merged = Name(3, NOW, 1, True)
    assert superseded([*names_made[:4], merged], NOW) == names_made[:3]
    assert superseded(names_made[:4], NOW) == []


# What goes wrong


def _copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


@pytest.mark.parametrize("fail", [die, full])
def test_whichever_call_of_a_backup_fails_what_was_there_is_there(
    folder: Path, tmp_path: Path, fail: Callable[..., Any]
) -> None:
    Backups(folder).make(NOW)
    write(folder, SHARD, shard("arxiv:3"))
    old = Backups(folder).newest(SHARD)
    calls = calls_of(lambda made: Backups(_copy(folder, tmp_path / "counted"), made).make(NOW + HOUR))
    assert calls >= 8
    for first in range(1, calls + 1):
        trial = _copy(folder, tmp_path / f"trial-{first}")
        with pytest.raises((DeathError, LibraryError), match=r"No space left|^$"):
            Backups(trial, failing(first, fail)).make(NOW + HOUR)
        backups = Backups(trial)
        assert backups.newest(SHARD) in (old, shard("arxiv:3"))
        assert backups.newest(OTHER) == shard("arxiv:2")
        assert all(each.sound for each in backups.listed())
        backups.make(NOW + 2 * HOUR)
        assert backups.newest(SHARD) == shard("arxiv:3")
        assert [p.name for p in (trial / "backups").iterdir() if p.suffix != ".zip"] == [".gitignore"]


@pytest.mark.parametrize("fail", [die, full])
def test_whichever_call_of_putting_in_order_fails_nothing_is_lost(
    folder: Path, tmp_path: Path, fail: Callable[..., Any]
) -> None:
    backups = Backups(folder)
    for hour in range(4):
        write(folder, SHARD, shard(f"arxiv:{hour}"))
        backups.make(NOW + hour * HOUR)
    (folder / OTHER).write_bytes(b"damaged")
    backups.make(NOW + 5 * HOUR)
    later = NOW + 30 * DAY
    calls = calls_of(lambda made: Backups(_copy(folder, tmp_path / "counted"), made).prune(later))
    assert calls >= 12
    for first in range(1, calls + 1):
        trial = _copy(folder, tmp_path / f"trial-{first}")
        with pytest.raises((DeathError, LibraryError), match=r"No space left|^$"):
            Backups(trial, failing(first, fail)).prune(later)
        for _ in range(2):
            found = Backups(trial)
            assert found.newest(SHARD) == shard("arxiv:3")
            assert found.newest(OTHER) == shard("arxiv:2")
            assert found.newest(ISSUE) == (folder / ISSUE).read_bytes()
            assert all(each.sound for each in found.listed())
            found.prune(later)
        assert len(archive_files(trial)) == 1


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(folder: Path) -> None:
    (folder / "backups").write_bytes(b"a file")
    with pytest.raises(LibraryError, match=r"^The backups of the library could not be written: .+\.$"):
        Backups(folder).make(NOW)


def test_one_that_reads_back_otherwise_than_it_was_written_never_has_a_name(folder: Path) -> None:
    def rotten(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        if name == "write" and args[1][:2] == b"PK":
            raw = bytearray(args[1])
            raw[60] ^= 0xFF
            return call(args[0], bytes(raw))
        return call(*args)

    with pytest.raises(LibraryError, match="could not be written"):
        Backups(folder, failing(1, rotten)).make(NOW)
    assert archive_files(folder) == []


def test_what_was_cut_off_goes_but_not_what_somebody_is_writing(folder: Path) -> None:
    backups = Backups(folder)
    backups.make(NOW)
    (folder / "backups" / ".x.zip.part-00").write_bytes(b"PK")
    started, go_on = threading.Event(), threading.Event()

    def slow(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        if name == "fsync":
            started.set()
            assert go_on.wait(30)
        return call(*args)

    write(folder, SHARD, shard("arxiv:3"))
    thread = threading.Thread(target=Backups(folder, failing(1, slow)).make, args=(NOW + HOUR,))
    thread.start()
    assert started.wait(30)
    write(folder, OTHER, shard("arxiv:4"))
    backups.make(NOW + 2 * HOUR)
    unfinished = [path.name for path in (folder / "backups").iterdir() if ".part-" in path.name]
    go_on.set()
    thread.join()
    assert len(unfinished) == 1
    assert ".x.zip" not in unfinished[0]
    assert len(archive_files(folder)) == 3
    assert backups.newest(SHARD) == shard("arxiv:3")
    assert backups.newest(OTHER) == shard("arxiv:4")
    assert all(each.sound for each in backups.listed())


def test_who_wants_it_no_more_leaves_nothing_behind(folder: Path) -> None:
    stop = threading.Event()
    stop.set()
    assert Backups(folder).make(NOW, stop) is None
    assert [path.name for path in (folder / "backups").iterdir()] == [".gitignore"]


def test_a_file_that_changes_meanwhile_is_whole_in_it_and_copied_again(folder: Path, monkeypatch: Any) -> None:
    real = kept_files

    def then_changed(path: Path) -> Any:
        found = real(path)
        write(folder, SHARD, shard("arxiv:changed"))
        (folder / OTHER).unlink()
        return found

    monkeypatch.setattr("tui.library.backups.kept_files", then_changed)
    made = Backups(folder).make(NOW)
    monkeypatch.undo()
    assert names(made) == {SHARD, ISSUE}
    assert Backups(folder).newest(SHARD) == shard("arxiv:changed")
    assert not Backups(folder).due(NOW + 2 * HOUR)


def test_members_that_claim_to_be_huge_are_not_read(folder: Path, monkeypatch: Any) -> None:
    made = Backups(folder).make(NOW)
    assert made is not None
    monkeypatch.setattr(archives, "LIMIT", 10)
    with pytest.raises(ArchiveError, match="too large"), reading(made) as archive:
        archive.member(SHARD)
    assert Backups(folder).newest(SHARD) is None
    monkeypatch.undo()
    monkeypatch.setattr(archives, "MANIFEST_LIMIT", 10)
    with pytest.raises(ArchiveError, match=r"manifest\.json in it is too large"), reading(made):
        pass
    assert Backups(folder).newest(SHARD) is None


def _bomb(path: Path, method: int, stated: int | None = None) -> None:
    """Make an archive whose manifest is 150 MB of zeros, and perhaps states another size."""
    size = 150_000_000
    with zipfile.ZipFile(path, "w", method, compresslevel=1) as archive, archive.open("manifest.json", "w") as member:
        for _ in range(150):
            member.write(b"0" * 1_000_000)
    if stated is not None:
        raw = path.read_bytes()
        assert raw.count(size.to_bytes(4, "little")) == 2
        path.write_bytes(raw.replace(size.to_bytes(4, "little"), stated.to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("method", "stated", "why"),
    [
        (zipfile.ZIP_DEFLATED, None, "manifest.json in it is too large"),
        (zipfile.ZIP_DEFLATED, 100, "it is no whole archive"),
        (zipfile.ZIP_BZIP2, 100, "manifest.json in it is packed as paperrack packs nothing"),
    ],
)
def test_a_small_archive_of_something_huge_is_refused_and_not_unpacked(
    tmp_path: Path, method: int, stated: int | None, why: str
) -> None:
    path = tmp_path / "bomb.zip"
    _bomb(path, method, stated)
    tracemalloc.start()
    try:
        with pytest.raises(ArchiveError) as failure, reading(path):
            pass
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert str(failure.value) == why


# What is no archive by any look


@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_named_like_an_archive_and_is_no_file_is_never_waited_for(folder: Path, kind: str) -> None:
    backups = Backups(folder)
    made = backups.make(NOW)
    assert made is not None
    trap = made.with_name("20261121T110000Z-2-2-all.zip")
    if kind == "pipe":
        os.mkfifo(trap)
    elif kind == "folder":
        trap.mkdir()
    else:
        trap.symlink_to(made)
    backups.due(NOW)
    newest, first = backups.listed()
    assert first.sound
    assert newest.name == trap.name
    assert newest.why in ("it is not a regular file", "it is a link")
    assert backups.newest(SHARD) == shard("arxiv:1")
    assert not backups.holds([SHARD], "repair")
    backups.prune(NOW + 40 * DAY)
    assert trap.name in os.listdir(folder / "backups")
    aside = backups.set_aside(trap.name)
    assert os.path.lexists(folder / aside)


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_of_backups_that_lies_elsewhere_is_refused(folder: Path, tmp_path: Path, there: bool) -> None:
    outside = tmp_path / "outside"
    if there:
        outside.mkdir()
        (outside / ".20261121T110000Z-2-2.zip.part-a1").write_bytes(b"x")
    (folder / "backups").symlink_to(outside)
    backups = Backups(folder)
    for used in (
        lambda: backups.make(NOW),
        lambda: backups.make_of([SHARD], NOW, "repair"),
        lambda: backups.prune(NOW),
        lambda: backups.due(NOW),
        backups.listed,
        lambda: backups.set_aside("20261121T110000Z-2-2.zip"),
    ):
        with pytest.raises(LibraryError, match=r"is a link that leads out of the library\.$"):
            used()
    assert backups.newest(SHARD) is None
    assert not there or os.listdir(outside) == [".20261121T110000Z-2-2.zip.part-a1"]
