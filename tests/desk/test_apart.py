"""Folders and large files are read in a process of its own, which ends with whoever wants them."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.papers import as_json
from tui import digests
from tui.desk import apart, limited, reading_process
from tui.desk.intake import Source, read_sources
from tui.desk.reading_process import SOURCES, Batch, Mark, Task, batches, read_marked
from tui.errors import UnreadableError
from tui.settings import Settings

BOMB = """
import os, signal, sys, time

LABEL, EXAMPLE = "Bomb", "a text that breaks its reader"


def recognises(document):
    if document.text.startswith("CRASH"):
        os._exit(7)
    if document.text.startswith("NOISE"):
        os.write(1, b"x" * 100)
        os.write(2, b"y" * 100)
        print("noise")
    if document.text.startswith("STALL"):
        time.sleep(60)
    return False


def parse(document):
    return ()
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("apart") / "large.json"
    file.write_text("".join(as_json(1200)), "utf-8")
    return file


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Note the processes that read."""
    found: list[subprocess.Popen[bytes]] = []
    start = limited.start

    def noting(module: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        found.append(start(module, stderr))
        return found[-1]

    monkeypatch.setattr(limited, "start", noting)
    return found


@pytest.fixture
def bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of digests, where somebody installed a format that dies of some and stalls with others."""
    plugins = tmp_path / "plugins"
    (plugins / "bomb-1.dist-info").mkdir(parents=True)
    (plugins / "bomb-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: bomb\nVersion: 1\n", "utf-8")
    (plugins / "bomb-1.dist-info" / "entry_points.txt").write_text("[paperrack.digests]\nbomb = the_bomb\n", "utf-8")
    (plugins / "the_bomb.py").write_text(BOMB, "utf-8")
    # The process looks for modules where this one does, and this one has looked for formats.
    digests.formats()
    monkeypatch.syspath_prepend(str(plugins))
    folder = tmp_path / "digests"
    folder.mkdir()
    for number in range(12):
        listed(folder / f"{number:02}.md", number, 3)
    return folder


def listed(path: Path, number: int, papers: int = 5, head: str = "") -> None:
    """Write a list of papers into the file at *path*."""
    lines = (
        f"- [A Study of Lists, Part {n}](https://arxiv.org/abs/2401.{n:05}). Why not.\n"
        for n in range(number, number + papers)
    )
    path.write_text(f"{head}# List {number}\n\n{''.join(lines)}", "utf-8")


def read(folder: Path) -> list[Source]:
    """Return what the files in *folder* hold, read one by one in this process."""
    return list(read_sources([str(folder)], Settings()))


def test_the_same_is_read_as_in_this_process(large: Path, tmp_path: Path) -> None:
    words = [str(large), str(tmp_path / "nothing.json"), str(tmp_path), "~nobody/x.md", str(large)]
    assert list(apart.read_apart(words, Settings())) == list(read_sources(words, Settings()))


def test_the_same_is_read_of_our_own_samples() -> None:
    words = [str(Path(__file__).resolve().parents[2] / "sample_data")]
    expected = list(read_sources(words, Settings()))
    assert list(apart.read_apart(words, Settings())) == expected
    assert sum(bool(source.issues) for source in expected) > 5


def test_small_sources_come_together_and_none_of_them_is_lost(tmp_path: Path) -> None:
    for number in range(70):
        listed(tmp_path / f"{number:02}.md", number)
    (tmp_path / "69.md").write_bytes(b"")
    words = [str(tmp_path), str(tmp_path / "nothing.json")]
    found = list(apart.read_together(words, Settings()))
    assert [source for sources in found for source in sources] == list(read_sources(words, Settings()))
    assert 4 <= len(found) < 35
    assert len(found[0]) < len(found[-2])


def test_a_batch_ends_with_a_file_and_has_no_more_than_so_many() -> None:
    empty = [(None if odd else Source(str(n)), (0, str(n))) for n in range(3 * SOURCES) for odd in (False, True)]
    made = list(batches(empty))
    assert made == [
        Batch(tuple(Source(str(n)) for n in range(start, start + SOURCES)), (0, str(start + SOURCES - 1)))
        for start in range(0, 3 * SOURCES, SOURCES)
    ]


def test_reading_goes_on_behind_a_file_and_passes_over_broken_ones(tmp_path: Path) -> None:
    for number in range(4):
        listed(tmp_path / f"{number}.md", number)
    word = str(tmp_path)
    begun: list[tuple[Mark, float]] = []

    def marked(after: Mark | None, broken: dict[Mark, str]) -> list[str]:
        begun.clear()
        task = Task((word, word), Settings(), None, after, broken)
        read = read_marked(task, lambda mark, seconds: begun.append((mark, seconds)))
        return [f"{mark[0]}{Path(mark[1]).name} {source.error or ''}".strip() for source, mark in read if source]

    every = [f"{place}{number}.md" for place in range(2) for number in range(4)]
    assert marked(None, {}) == every
    assert [mark for mark, _ in begun[:2]] == [(0, ""), (0, str(tmp_path / "0.md"))]
    assert all(seconds > limited.SECONDS for _, seconds in begun)
    broken = {(1, str(tmp_path / "0.md")): "It broke."}
    assert marked((0, str(tmp_path / "1.md")), broken) == [
        "02.md",
        "03.md",
        "10.md It broke.",
        "11.md",
        "12.md",
        "13.md",
    ]
    assert (1, str(tmp_path / "0.md")) not in [mark for mark, _ in begun]
    # A file that went meanwhile takes none with it.
    assert marked((1, str(tmp_path / "gone.md")), {}) == every[4:]
    assert marked((0, str(tmp_path / "3.md")), {(1, ""): "It is endless."}) == [f"1{tmp_path.name} It is endless."]


def test_a_file_that_the_process_dies_of_costs_a_sentence(
    bombs: Path, processes: list[subprocess.Popen[bytes]]
) -> None:
    expected = read(bombs)
    for number in (0, 5, 6, 11):
        listed(bombs / f"{number:02}.md", number, 3, "CRASH\n")
        name = str(bombs / f"{number:02}.md")
        expected[number] = Source(name, error=f"{name} cannot be taken apart: the process that read it broke down.")
    assert list(apart.read_apart([str(bombs)], Settings())) == expected
    assert len(processes) == 5
    assert all(process.poll() is not None for process in processes)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no signals there")
def test_a_file_without_an_end_costs_a_sentence(bombs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read(bombs)
    listed(bombs / "07.md", 7, 3, "STALL\n")
    listen = reading_process.listen

    def hurried(pipe: object) -> Iterator[tuple[Mark, float]]:
        for mark, seconds in listen(pipe):  # type: ignore[arg-type]  # it is handed on
            yield mark, 0.4 if mark[1].endswith("07.md") else seconds

    monkeypatch.setattr(apart, "listen", hurried)
    monkeypatch.setattr(apart, "_LOOK", 0.1)
    name = str(bombs / "07.md")
    expected[7] = Source(name, error=f"{name} was given up: taking it apart took longer than 0 seconds.")
    assert list(apart.read_apart([str(bombs)], Settings())) == expected


def test_what_a_library_prints_is_no_answer(bombs: Path) -> None:
    expected = read(bombs)
    (bombs / "03.md").write_text("NOISE\n" + (bombs / "03.md").read_text("utf-8"), "utf-8")
    found = list(apart.read_apart([str(bombs)], Settings()))
    assert [source.name for source in found] == [source.name for source in expected]
    assert [len(issue.entries) for source in found for issue in source.issues] == [3] * 12


def test_it_is_given_up_where_no_process_gets_on(bombs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        listed(bombs / f"{number:02}.md", number, 3, "CRASH\n" if number else "")
    monkeypatch.setattr(apart, "_BREAKDOWNS", 3)
    with pytest.raises(UnreadableError, match="ended before it was done"):
        list(apart.read_apart([str(bombs)], Settings()))
    monkeypatch.setattr(limited, "_CODE", "import sys; sys.exit({!r} and {!r} and 3)")
    with pytest.raises(UnreadableError, match="ended before it was done"):
        list(apart.read_apart([str(bombs)], Settings()))
    monkeypatch.setattr("sys.executable", str(bombs / "no python"))
    with pytest.raises(UnreadableError, match="cannot be started: No such file"):
        list(apart.read_apart([str(bombs)], Settings()))


def test_it_is_read_where_that_pays(
    bombs: Path, processes: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read(bombs)
    assert list(apart.read_somewhere([str(bombs)], Settings())) == expected
    assert processes == []
    monkeypatch.setattr(apart, "ENOUGH", 1000)
    assert list(apart.read_somewhere([str(bombs)], Settings())) == expected
    assert len(processes) == 1
    listed(bombs / "00.md", 0, 3, "CRASH\n")
    monkeypatch.setattr(apart, "_BREAKDOWNS", 0)
    (failed,) = apart.read_somewhere([str(bombs)], Settings())
    assert failed == Source(
        str(bombs), error="The process that reads ended before it was done; add the same again to go on."
    )


def test_it_pays_for_a_folder_of_much(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("x" * 500_000, "utf-8")
    assert apart.pays([str(tmp_path)])
    (tmp_path / "0.txt").unlink()
    assert not apart.pays([str(tmp_path)])


def test_it_pays_for_large_files_alone(large: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.json"
    small.write_text("[]", "utf-8")
    assert apart.pays([str(small), str(large)])
    assert apart.pays([str(large), str(tmp_path / "nothing.json")])
    for words in ([str(small)], [str(tmp_path)], [str(large), "-"], [str(large), "https://example.org/x"], ["a\0b"]):
        assert not apart.pays(words)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes there")
def test_a_pipe_is_read_by_whom_it_was_given_to(large: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert not apart.pays([str(large), str(tmp_path / "pipe")])


def test_no_module_of_the_working_folder_is_run(large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoever stands in a folder that a stranger packed reads his digests, and runs nothing of his.
    for name in ("multiprocessing", "pickle", "socket", "lxml", "textual", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("import pathlib\npathlib.Path('run').touch()\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert any(source.issues for source in apart.read_apart([str(large)], Settings()))
    assert not (tmp_path / "run").exists()


def test_the_process_ends_with_whoever_reads(large: Path, processes: list[subprocess.Popen[bytes]]) -> None:
    found = apart.read_apart([str(large)] * 40, Settings())
    assert next(found).issues
    threads = threading.active_count()
    found.close()  # type: ignore[attr-defined]  # it is a generator
    (process,) = processes
    assert process.returncode is not None
    assert threading.active_count() == threads - 2


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_ctrl_c_is_not_for_that_process(large: Path, processes: list[subprocess.Popen[bytes]]) -> None:
    found = apart.read_apart([str(large)], Settings())
    first = next(found)
    # A terminal's ctrl+c is for those of its own group.
    assert os.getsid(processes[0].pid) != os.getsid(0)
    assert sum(len(issue.entries) for source in itertools.chain([first], found) for issue in source.issues) > 1200


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_whoever_is_killed_leaves_no_process_behind(large: Path, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from tui.desk import apart, limited; from tui.settings import Settings\n"
        "start = limited.start\n"
        "def noting(*given):\n    process = start(*given)\n    print(process.pid, flush=True)\n    return process\n"
        "limited.start = noting\n"
        f"next(apart.read_apart([{str(large)!r}] * 40, Settings())); os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    pid = int(done.stdout)
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        threading.Event().wait(0.05)
    pytest.fail("the process is there yet")
