"""Steps on the disk: in order, shared by programs, and whole or not there whatever happens while one is written."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.papers import json_values
from tests.library.test_faults import DeathError, Faults, die, full
from tui.errors import LibraryError
from tui.library import history
from tui.library.folder import Folder
from tui.library.history import KeptStep, Steps
from tui.library.steps import StepDocument, read_step, write_step


def document(label: str, **contents: bytes) -> StepDocument:
    return StepDocument({"label": label}, {"changes": [{"papers": [label], "after": {"marks.marked": True}}]}, contents)


def made(folder: Path, *labels: str) -> Steps:
    steps = Steps(_folder(folder))
    for label in labels:
        steps.append(document(label))
    return steps


def _folder(path: Path, **options: Any) -> Folder:
    folder = Folder(path, **options)
    folder.prepare(True)
    return folder


def label(kept: KeptStep | None) -> str | None:
    return kept.document.head["label"] if kept else None


def undone(steps: Steps, count: int = 1) -> list[str | None]:
    found = []
    for _ in range(count):
        kept = steps.newest()
        found.append(label(kept))
        if kept:
            steps.move(kept.stem, undone=True)
    return found


def redone(steps: Steps, count: int = 1) -> list[str | None]:
    found = []
    for _ in range(count):
        kept = steps.next_undone()
        found.append(label(kept))
        if kept:
            steps.move(kept.stem, undone=False)
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "history").iterdir())


def test_steps_come_back_newest_first_and_go_on_in_order_after_a_restart(tmp_path: Path) -> None:
    made(tmp_path, "one", "two", "three")
    assert undone(Steps(_folder(tmp_path)), 4) == ["three", "two", "one", None]
    assert redone(Steps(_folder(tmp_path)), 4) == ["one", "two", "three", None]


def test_a_new_step_is_the_end_of_what_was_undone(tmp_path: Path) -> None:
    steps = made(tmp_path, "one", "two", "three")
    undone(steps, 2)
    steps.append(document("four"))
    assert redone(steps) == [None]
    assert undone(steps, 3) == ["four", "one", None]
    assert len(names(tmp_path)) == 2


def test_an_undone_step_that_a_crash_kept_behind_a_newer_one_is_not_done_again(tmp_path: Path) -> None:
    steps = made(tmp_path, "one", "two")
    undone(steps)
    stale = next((tmp_path / "history").glob("*.undone.json"))
    raw = stale.read_bytes()
    steps.append(document("three"))
    stale.write_bytes(raw)
    assert redone(steps) == [None]
    assert undone(steps, 3) == ["three", "one", None]


def test_nothing_is_made_or_read_before_there_is_a_step(tmp_path: Path) -> None:
    steps = made(tmp_path)
    assert steps.newest() is None
    assert steps.next_undone() is None
    assert not (tmp_path / "history").exists()


def test_only_the_step_that_is_asked_for_is_read(tmp_path: Path) -> None:
    made(tmp_path, "one", "two")
    first, _ = sorted((tmp_path / "history").iterdir())
    first.write_bytes(b"damaged")
    told: list[str] = []
    assert label(Steps(_folder(tmp_path), told.append).newest()) == "two"
    assert told == []


def test_two_programs_see_each_others_steps_and_never_give_two_one_name(tmp_path: Path) -> None:
    here, there = made(tmp_path), made(tmp_path)
    for number in range(5):
        here.append(document(f"here {number}"))
        there.append(document(f"there {number}"))
    assert len(names(tmp_path)) == 10
    assert undone(here, 2) == ["there 4", "here 4"]
    assert undone(there, 1) == ["there 3"]
    assert redone(here, 1) == ["there 3"]
    there.append(document("there 5"))
    assert redone(here) == [None]


def test_a_step_that_two_undo_at_once_is_undone_once(tmp_path: Path) -> None:
    here, there = made(tmp_path, "one", "two"), made(tmp_path)
    kept, same = here.newest(), there.newest()
    assert kept is not None
    assert same == kept
    here.move(kept.stem, undone=True)
    there.move(kept.stem, undone=True)
    assert undone(here, 2) == ["one", None]
    assert redone(there, 2) == ["one", "two"]


def test_steps_of_one_number_from_two_machines_are_both_kept_in_one_order(tmp_path: Path) -> None:
    made(tmp_path / "one", "here")
    made(tmp_path / "two", "there")
    for path in (tmp_path / "two" / "history").iterdir():
        path.rename(tmp_path / "one" / "history" / path.name)
    steps = made(tmp_path / "one")
    order = undone(steps, 2)
    assert set(order) == {"here", "there"}
    assert redone(steps, 2) == order[::-1]


def test_no_more_steps_are_kept_than_a_reader_can_go_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "STEPS", 3)
    steps = made(tmp_path, *"abcdef")
    assert len(names(tmp_path)) == 3
    assert undone(steps, 4) == ["f", "e", "d", None]


def test_the_oldest_go_whole_where_steps_take_too_much_and_the_newest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MOST_BYTES", 6000)
    steps = made(tmp_path, "small")
    for name in ("first", "second"):
        steps.append(document(name, after=os.urandom(2000)))
    assert undone(steps, 4) == ["second", "first", "small", None]
    redone(steps, 3)
    Steps(_folder(tmp_path)).append(document("third", after=os.urandom(2000)))
    assert len(names(tmp_path)) == 4
    steps.append(document("large", after=os.urandom(9000)))
    assert undone(steps, 2) == ["large", None]
    assert len(names(tmp_path)) == 2


def test_bytes_of_files_come_back_as_they_were(tmp_path: Path) -> None:
    contents = {"before": b"", "after": bytes(range(256)) * 300}
    made(tmp_path).append(document("one", **contents))
    kept = Steps(_folder(tmp_path)).newest()
    assert kept is not None
    assert kept.document == document("one", **contents)
    assert sum(path.stat().st_size for path in (tmp_path / "history").iterdir()) < 3000


damages = pytest.mark.parametrize(
    "content", [b"", b"{", b"\0" * 500, b'{"a": 1}', b'{"changes": {}}', b"[]", b"\xff\xfe"]
)


@damages
def test_a_damaged_step_is_set_aside_and_told_of_and_the_others_stay_usable(tmp_path: Path, content: bytes) -> None:
    made(tmp_path, "one", "two", "three")
    newest = sorted((tmp_path / "history").iterdir())[-1]
    newest.write_bytes(content)
    told: list[str] = []
    steps = Steps(_folder(tmp_path), told.append)
    assert undone(steps, 3) == ["two", "one", None]
    assert len(told) == 1
    assert told[0].startswith(f"history/{newest.name} was damaged (")
    assert ".corrupt-" in told[0]
    assert [path.read_bytes() for path in (tmp_path / "history").glob("*.corrupt-*")] == [content]


def test_a_step_changed_by_hand_is_not_trusted(tmp_path: Path) -> None:
    made(tmp_path, "one", "two")
    newest = sorted((tmp_path / "history").iterdir())[-1]
    newest.write_text(newest.read_text("utf-8").replace("two", "2wo"), "utf-8")
    told: list[str] = []
    assert label(Steps(_folder(tmp_path), told.append).newest()) == "one"
    assert "its checksum does not fit" in told[0]


@pytest.mark.parametrize("damage", ["gone", "other", "short"])
def test_a_step_whose_bytes_are_gone_or_others_is_set_aside(tmp_path: Path, damage: str) -> None:
    made(tmp_path, "one").append(document("two", before=b"x" * 99, after=b"y" * 99))
    beside = next((tmp_path / "history").glob("*.bytes"))
    if damage == "gone":
        beside.unlink()
    else:
        beside.write_bytes(beside.read_bytes()[: 5 if damage == "short" else None].replace(b"x", b"z"))
        if damage == "other":
            beside.write_bytes(beside.read_bytes()[::-1])
    told: list[str] = []
    steps = Steps(_folder(tmp_path), told.append)
    assert undone(steps, 2) == ["one", None]
    assert "the bytes that belong to it are" in told[0]
    steps.append(document("three"))
    assert not list((tmp_path / "history").glob("*.bytes"))


def test_a_damaged_step_is_passed_over_where_nothing_can_be_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, "one", "two")
    newest = sorted((tmp_path / "history").iterdir())[-1]
    newest.write_bytes(b"{")
    told: list[str] = []
    folder = _folder(tmp_path)

    def refused(name: str) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder, "set_aside", refused)
    steps = Steps(folder, told.append)
    assert [label(steps.newest()), label(steps.newest())] == ["one", "one"]
    assert len(told) == 1
    assert "stays where it is (Permission denied)" in told[0]


def test_a_step_of_a_newer_program_is_neither_taken_back_nor_passed_over(tmp_path: Path) -> None:
    made(tmp_path, "one", "two")
    newest = sorted((tmp_path / "history").iterdir())[-1]
    data = json.loads(newest.read_text("utf-8"))
    data["_meta"]["1"]["schema"] = 99
    newest.write_text(json.dumps(data), "utf-8")
    with pytest.raises(LibraryError, match=r"^The next step in the history cannot be used: .*newer paperrack.*\.$"):
        made(tmp_path).newest()
    assert newest.exists()


def test_strangers_and_conflict_copies_are_no_steps(tmp_path: Path) -> None:
    steps = made(tmp_path, "one")
    only = next((tmp_path / "history").iterdir())
    copies = [
        only.with_name(f"{only.stem} (conflicted copy 2026-11-21).json"),
        only.with_name(f"{only.stem}.sync-conflict-20261121-101010-ABCDEFG.json"),
        only.with_name(f"x{only.name}"),
        only.with_name(f"notes\n{only.name.replace('1', '2')}"),
        only.with_name("README"),
    ]
    for path in copies:
        path.write_bytes(only.read_bytes())
    assert undone(steps, 2) == ["one", None]
    steps.append(document("two"))
    assert all(path.exists() for path in copies)


def test_a_step_that_a_synced_folder_brings_twice_is_there_once(tmp_path: Path) -> None:
    steps = made(tmp_path, "one", "two")
    newest = sorted((tmp_path / "history").iterdir())[-1]
    newest.with_name(newest.name.replace(".json", ".undone.json")).write_bytes(newest.read_bytes())
    assert undone(steps, 3) == ["two", "one", None]
    assert redone(steps, 3) == ["one", "two", None]


def _calls(folder: Path) -> int:
    faults = Faults(0, die, -1)
    steps = made(folder, "one", "two")
    undone(steps)
    Steps(_folder(folder, system=faults.system)).append(document("new", before=b"b", after=b"a"))
    return faults.count


def test_no_call_of_a_step_goes_untried(tmp_path: Path) -> None:
    assert _calls(tmp_path) <= 17


@pytest.mark.parametrize("first", range(1, 18))
@pytest.mark.parametrize(("fail", "forever"), [(die, True), (full, False), (full, True)])
def test_a_step_is_there_whole_or_not_at_all_whichever_call_fails(
    tmp_path: Path, first: int, fail: Any, forever: bool
) -> None:
    if first > _calls(tmp_path / "count"):
        pytest.skip("a step takes fewer calls")
    folder = tmp_path / "library"
    undone(made(folder, "one", "two"))
    faults = Faults(first, fail, 10**6 if forever else first)
    kept = False
    try:
        Steps(_folder(folder, system=faults.system)).append(document("new", before=b"b", after=b"a"))
        kept = True
    except (DeathError, OSError):
        pass
    told: list[str] = []
    steps = Steps(_folder(folder), told.append)
    found = undone(steps, 3)
    assert found in (["new", "one", None], ["one", None, None])
    if kept:
        assert found[0] == "new"
    assert redone(steps, 3) in (["one", "new", None], ["one", "two", None])
    steps.append(document("after"))
    assert undone(steps)[0] == "after"
    assert told == []
    assert not [name for name in names(folder) if ".tmp-" in name]
    stems = {name.partition(".")[0] for name in names(folder) if name.endswith(".json")}
    assert all(name.partition(".")[0] in stems for name in names(folder))


@pytest.mark.parametrize("first", range(1, 5))
def test_a_step_stands_on_one_side_or_the_other_whichever_call_of_its_undoing_fails(tmp_path: Path, first: int) -> None:
    steps = made(tmp_path, "one", "two")
    kept = steps.newest()
    assert kept is not None
    with pytest.raises(DeathError):
        Steps(_folder(tmp_path, system=Faults(first, die, 99).system)).move(kept.stem, undone=True)
    again = made(tmp_path)
    assert [label(again.newest()), label(again.next_undone())] in (["two", None], ["one", "two"])


steps_of_any_shape = st.builds(
    StepDocument,
    st.dictionaries(st.text(max_size=9), json_values, max_size=3),
    st.dictionaries(
        st.sampled_from(["changes", "issues", "searches"]),
        st.lists(st.dictionaries(st.text(max_size=9), json_values, max_size=3), min_size=1, max_size=4),
    ),
    st.dictionaries(st.text(max_size=9), st.binary(max_size=99), max_size=2),
)


@given(steps_of_any_shape)
def test_what_is_read_is_what_was_written(tmp_path_factory: pytest.TempPathFactory, step: StepDocument) -> None:
    folder = tmp_path_factory.mktemp("step")
    write_step(folder / "step.json", folder / "step.bytes", step)
    assert read_step(folder / "step.json", folder / "step.bytes") == step


@pytest.mark.parametrize("number", [10**12 - 2, 10**12 - 1, 10**20, 10**59, 10**60 - 2, 10**60 - 1])
@pytest.mark.parametrize("suffix", [".json", ".undone.json"])
def test_steps_still_follow_one_with_a_great_number(tmp_path: Path, number: int, suffix: str) -> None:
    steps = made(tmp_path, "one")
    stem = tmp_path / "history" / f"{number:012}-deadbeef"
    write_step(stem.with_suffix(suffix), stem.with_suffix(".bytes"), document("great"))
    for each in ("two", "three", "four"):
        steps.append(document(each))
        assert label(steps.newest()) == each
    found = undone(steps, 2)
    assert found == ["four", "three"]
    assert redone(steps, 3) == ["three", "four", None]


def test_a_number_longer_than_any_is_a_stranger_s(tmp_path: Path) -> None:
    steps = made(tmp_path, "one")
    stranger = tmp_path / "history" / ("9" * 61 + "-deadbeef.json")
    stranger.write_bytes(b"x")
    assert undone(steps, 2) == ["one", None]
    steps.append(document("two"))
    assert stranger.exists()


def test_the_newest_is_named_without_being_read(tmp_path: Path) -> None:
    steps = made(tmp_path)
    assert steps.next_stem(undone=False) is None
    steps.append(document("one"))
    stem = steps.append(document("two"))
    (tmp_path / "history" / f"{stem}.json").write_bytes(b"damaged")
    assert steps.next_stem(undone=False) == stem
