"""``doctor`` says how everything is, and mends it when it is told to."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.calling import Call, Done
from tests.conftest import SAMPLES
from tui.cli import run
from tui.library.storage import AtomicJSONStorage


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return what runs a command in this process, on the test's own library."""

    def call(*words: str) -> Done:
        capsys.readouterr()
        status = run(words, lambda *_: 99)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


@pytest.fixture
def folder(call: Call, tmp_path: Path) -> Path:
    call("add", str(SAMPLES))
    call("mark", call("papers", "--json").json[0]["id"])
    return tmp_path / "library"


def test_a_healthy_library_is_counted_in_words_and_in_json(call: Call, folder: Path) -> None:
    done = call("doctor", "--json")
    assert done.status == 0
    assert done.json["problems"] == done.json["repaired"] == done.json["set_aside"] == []
    assert done.json["papers"] == len(call("papers", "--json").json)
    assert done.json["files"] == len([*folder.glob("*/*.json"), *folder.glob("*.json")])
    words = call("doctor")
    assert words.status == 0
    assert f"papers: {done.json['papers']}" in words.out.splitlines()
    assert words.err == done.err == "There is no problem.\n"


def test_damage_is_restored_from_the_backup_and_told_of(call: Call, folder: Path) -> None:
    assert call("doctor", "--repair", "--json").json["backups"][0]["sound"]
    path = next((folder / "issues").glob("*.json"))
    before, size = call("papers", "--json").out, path.stat()
    raw = bytearray(path.read_bytes())
    raw[-9] = 0
    with path.open("r+b") as file:  # where it lies, as a failing disk does
        file.write(raw)
    os.utime(path, ns=(size.st_atime_ns, size.st_mtime_ns))
    sick = call("doctor", "--json")
    assert sick.status == 1
    assert any(f"issues/{path.name} cannot be used" in problem for problem in sick.json["problems"])
    mended = call("doctor", "--repair", "--json")
    assert mended.status == 0
    assert mended.json["problems"] == []
    assert any("came back from the backup" in line for line in mended.json["repaired"])
    assert mended.json["set_aside"]
    assert call("papers", "--json").out == before
    again = call("doctor", "--repair", "--json").json
    assert again["set_aside"] == mended.json["set_aside"], "what was set aside is the reader's"


def test_an_index_that_disagrees_is_told_of_and_made_anew(call: Call, folder: Path) -> None:
    with sqlite3.connect(folder / "index.sqlite") as index:
        index.execute("DELETE FROM states")
        index.execute("UPDATE papers SET marked = 0")
    index.close()
    sick = call("doctor", "--json")
    assert sick.status == 1
    assert sick.json["problems"] == [
        f"The index does not agree with the files: it has 0 states, and they have {sick.json['states']}."
    ]
    told = call("doctor", "--repair", "--json").json["repaired"]
    assert told[-1] == "The index was dropped and made anew from the files."
    assert call("doctor").status == 0
    assert len(call("papers", "--marked", "--json").json) == 1


def test_what_cannot_be_decided_is_left_and_the_status_says_so(call: Call, folder: Path) -> None:
    path = next((folder / "issues").glob("*.json"))
    shutil.copy(path, folder / "issues" / "another-name.json")
    done = call("doctor", "--repair")
    assert done.status == 1
    assert "it was left." in done.out


def test_a_backup_that_is_broken_is_a_problem_until_it_is_repaired(call: Call, folder: Path) -> None:
    call("doctor", "--repair")
    bad = next((folder / "backups").glob("*.zip"))
    bad.write_bytes(bad.read_bytes()[:-50])
    done = call("doctor")
    assert done.status == 1
    assert "not to be relied upon: it is no whole archive" in done.out
    assert done.err == "There is a problem; --repair mends what can be mended.\n"
    assert call("doctor", "--repair").err == "There is no problem.\n"
    assert call("doctor").status == 0


def test_keys_that_cannot_be_are_a_problem(call: Call, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[keys]\nstar = "crtl+b"\n', "utf-8")
    done = call("--config", str(tmp_path / "config.toml"), "doctor", "--json")
    assert done.status == 1
    assert "line 2: [keys] star" in done.json["problems"][0]


@pytest.mark.parametrize(
    ("file", "table", "documents", "count"),
    [
        ("searches.json", "searches", [{"name": "kept", "query": "x"}, {"name": 7}, {"name": "KEPT", "query": "y"}], 2),
        ("sources.json", "sources", [{"id": "a", "url": 5}, {"id": "a", "url": "https://a.example/feed"}], 1),
    ],
)
def test_what_cannot_be_used_of_a_list_is_counted(
    call: Call, folder: Path, file: str, table: str, documents: list[dict[str, object]], count: int
) -> None:
    AtomicJSONStorage(folder / file).write({table: dict(enumerate(documents, 1))})
    done = call("doctor", "--json")
    assert [each for each in done.json["notices"] if each.startswith(f"In {file} {count} ")]
    assert done.status == 0, "nothing is lost by it, and --repair could not know what was meant"


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_lock_that_nobody_can_take_is_told_of(call: Call, folder: Path, kind: str, tmp_path: Path) -> None:
    (folder / "lock").unlink(missing_ok=True)
    if kind == "link":
        (folder / "lock").symlink_to(tmp_path / "elsewhere")
    else:
        (folder / "lock").mkdir()
    done = call("doctor", "--json")
    assert done.status == 1
    assert [each for each in done.json["problems"] if each.startswith("lock cannot be used: it is no file")]
    assert not (tmp_path / "elsewhere").exists()
