"""Large files are read in a process of its own, which ends with whoever wants them."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from tests.bench.papers import as_json
from tui.desk import apart
from tui.desk.intake import read_sources
from tui.errors import UnreadableError
from tui.settings import Settings


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("apart") / "large.json"
    file.write_text("".join(as_json(1200)), "utf-8")
    return file


def test_the_same_is_read_as_in_this_process(large: Path, tmp_path: Path) -> None:
    words = [str(large), str(tmp_path / "nothing.json")]
    assert list(apart.read_apart(words, Settings())) == list(read_sources(words, Settings()))


def test_small_sources_come_together_and_none_of_them_is_lost(tmp_path: Path) -> None:
    for number in range(70):
        (tmp_path / f"{number:02}.md").write_text(
            f"# List {number}\n\n"
            + "".join(
                f"- [A Study of Lists, Part {n}](https://arxiv.org/abs/2401.{n:05}). Why not.\n"
                for n in range(number, number + 5)
            ),
            "utf-8",
        )
    (tmp_path / "69.md").write_bytes(b"")
    words = [str(tmp_path), str(tmp_path / "nothing.json")]
    found = list(apart.read_together(words, Settings()))
    assert [source for sources in found for source in sources] == list(read_sources(words, Settings()))
    assert 4 <= len(found) < 35
    assert len(found[0]) < len(found[-2])


def test_it_pays_for_a_folder_of_much(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("x" * 500_000, "utf-8")
    assert apart.pays([str(tmp_path)])
    (tmp_path / "0.txt").unlink()
    assert not apart.pays([str(tmp_path)])


def test_it_pays_for_large_files_alone(large: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.json"
    small.write_text("[]", "utf-8")
    assert apart.pays([str(small), str(large)])
    for words in ([str(small)], [str(tmp_path)], [str(large), "-"], [str(large), "https://example.org/x"], ["a\0b"]):
        assert not apart.pays(words)


def test_no_module_of_the_working_folder_is_run(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever stands in a folder that a stranger packed reads his digests, and runs nothing of his.
    for name in ("multiprocessing", "pickle", "socket", "lxml", "textual", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("import pathlib\npathlib.Path('run').touch()\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    assert any(source.issues for source in apart.read_apart([str(large)], Settings()))
    assert not (tmp_path / "run").exists()
    assert "PYTHONSAFEPATH" not in os.environ


def test_the_process_ends_with_whoever_reads(large: Path) -> None:
    found = apart.read_apart([str(large)], Settings())
    assert next(found).issues
    (process,) = multiprocessing.active_children()
    found.close()  # type: ignore[attr-defined]  # it is a generator
    assert not process.is_alive()


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_ctrl_c_is_not_for_that_process(large: Path) -> None:
    found = apart.read_apart([str(large)], Settings())
    first = next(found)
    (process,) = multiprocessing.active_children()
    os.kill(process.pid or 0, signal.SIGINT)
    time.sleep(0.05)
    assert sum(len(issue.entries) for source in itertools.chain([first], found) for issue in source.issues) > 1200


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_a_process_that_is_killed_is_told_of_in_a_sentence(large: Path) -> None:
    found = apart.read_apart([str(large)] * 40, Settings())
    next(found)
    (process,) = multiprocessing.active_children()
    process.kill()
    with pytest.raises(UnreadableError, match="ended before it was done"):
        list(found)
