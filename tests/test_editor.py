"""The reader's own editor: which one it is, what it is given, and what becomes of what it leaves behind."""

from __future__ import annotations

import os
import pty
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tui import editor
from tui.errors import EditorError, UnknownError

Install = Callable[..., dict[str, str]]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what makes editors of Python scripts and gives the environment that names the first of them."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(editor, "_AT_ONCE", 0.0)

    def install(script: str, name: str = "ed it", variable: str = "VISUAL", options: str = "") -> dict[str, str]:
        path = bin_folder / name
        path.write_text(f"#!{sys.executable}\nimport os, sys\nfrom pathlib import Path\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return {"PATH": str(bin_folder), "HOME": str(tmp_path), variable: f"'{path}' {options}".strip()}

    return install


def left(tmp_path: Path) -> list[Path]:
    """Return what lies in the folder for temporary files."""
    return sorted((tmp_path / "temporary").rglob("*"))


APPEND = "file = Path(sys.argv[-1])\nfile.write_text(file.read_text() + '  - more\\n')"


def test_what_was_written_is_kept_and_no_file_is_left(install: Install, tmp_path: Path) -> None:
    kept: list[str] = []
    assert editor.edit("- one", kept.append, install(APPEND))
    assert kept == ["- one\n  - more\n"]
    assert left(tmp_path) == []


def test_the_file_is_the_readers_alone_and_ends_as_markdown_does(install: Install, tmp_path: Path) -> None:
    look = "p = Path(sys.argv[-1])\nprint(oct(p.stat().st_mode & 0o777), oct(p.parent.stat().st_mode & 0o777), p.suffix"
    found = tmp_path / "found"
    editor.edit(
        "x", lambda _: None, install(f"{look}, os.listdir(p.parent) == [p.name], file=open({str(found)!r}, 'w'))")
    )
    assert found.read_text().split() == ["0o600", "0o700", ".md", "True"]


def test_the_command_is_split_as_a_shell_does_and_runs_without_one(install: Install, tmp_path: Path) -> None:
    found = tmp_path / "found"
    env = install(
        f"Path({str(found)!r}).write_text(repr(sys.argv[1:-1]))", options="--a 'b c' \"$HOME\" ; touch x & `y`"
    )
    editor.edit("x", lambda _: None, env)
    assert found.read_text() == repr(["--a", "b c", "$HOME", ";", "touch", "x", "&", "`y`"])


def test_visual_comes_before_editor_and_both_before_what_is_usual(install: Install) -> None:
    env = install("", "one", "VISUAL") | install("", "two", "EDITOR")
    install("", "vi")
    assert [Path(editor.command(env)[0]).name for env in (env, {**env, "VISUAL": " "}, {"PATH": env["PATH"]})] == [
        "one",
        "two",
        "vi",
    ]
    install("", "nano")
    assert Path(editor.command({"PATH": env["PATH"]})[0]).name == "nano"


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"VISUAL": "no-such-editor --wait"}, "The editor that VISUAL names cannot be found: no-such-editor."),
        ({"EDITOR": "vi 'x"}, "EDITOR is no command: a quote in it is not closed (vi 'x)."),
        ({"EDITOR": "''"}, "The editor that EDITOR names cannot be found: ."),
        ({}, "No editor was found: neither VISUAL nor EDITOR is set, and there is no nano and no vi."),
    ],
)
def test_an_editor_that_is_not_there_is_one_sentence(env: dict[str, str], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(EditorError) as error:
        editor.edit("x", lambda _: None, {"PATH": str(tmp_path), **env})
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (f"{APPEND}\nsys.exit(1)", "ed it ended with status 1; nothing was changed."),
        (f"{APPEND}\nos.kill(os.getpid(), 9)", "ed it was ended by signal 9; nothing was changed."),
        ("os.remove(sys.argv[-1])", "The editor left no file behind; nothing was changed."),
        ("os.remove(sys.argv[-1]); os.mkfifo(sys.argv[-1])", "something else than a file behind"),
        ("os.remove(sys.argv[-1]); os.symlink('/etc/passwd', sys.argv[-1])", "The editor left no file behind"),
        ("os.remove(sys.argv[-1]); os.mkdir(sys.argv[-1])", "something else than a file behind"),
    ],
)
def test_an_editor_that_fails_changes_nothing(install: Install, tmp_path: Path, script: str, sentence: str) -> None:
    kept: list[str] = []
    with pytest.raises(EditorError) as error:
        editor.edit("x", kept.append, install(script))
    assert sentence in str(error.value)
    assert (kept, left(tmp_path)) == ([], [])


def test_an_editor_that_cannot_run_is_one_sentence(install: Install, tmp_path: Path) -> None:
    env = install("")
    (tmp_path / "bin" / "ed it").write_bytes(b"\x7fELF no program")
    with pytest.raises(EditorError, match=r"ed it could not be started: .+\."):
        editor.edit("x", lambda _: None, env)


@pytest.mark.parametrize("text", ["", "x", "a\n\n  b"])
def test_a_text_that_was_left_as_it_was_is_not_kept_again(install: Install, tmp_path: Path, text: str) -> None:
    for script in ("", "p = Path(sys.argv[-1]); p.write_text(p.read_text().rstrip('\\n'))"):
        assert not editor.edit(text, lambda _: pytest.fail("kept"), install(script))
    assert left(tmp_path) == []


def test_an_editor_that_went_on_in_a_window_is_told_of(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor, "_AT_ONCE", 60.0)
    with pytest.raises(EditorError, match=r"code ended at once and changed nothing; .* such as --wait"):
        editor.edit("x", lambda _: None, install("", "code"))
    assert not editor.edit("x", lambda _: None, install("", "vim"))


def test_an_editor_that_puts_another_file_in_place_is_read_all_the_same(install: Install) -> None:
    kept: list[str] = []
    script = (
        "Path(sys.argv[-1] + '~').write_bytes(b'caf\\xe9\\r\\n\\xff'); os.replace(sys.argv[-1] + '~', sys.argv[-1])"
    )
    assert editor.edit("x", kept.append, install(script))
    assert kept == ["caf�\n�"]


def test_a_text_that_cannot_be_kept_stays_in_its_file_which_is_named(install: Install, tmp_path: Path) -> None:
    def refuse(text: str) -> None:
        raise UnknownError("The disk is full.")

    with pytest.raises(EditorError, match=r"The disk is full\. What you wrote stays in .+\.md\.") as error:
        editor.edit("x", refuse, install(APPEND))
    (_, file) = left(tmp_path)
    assert str(file) in str(error.value)
    assert file.read_text() == "x\n  - more\n"
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_text_without_end_is_not_read_and_stays(install: Install, tmp_path: Path) -> None:
    with pytest.raises(EditorError, match="more than 1,000,000 bytes"):
        editor.edit("x", lambda _: pytest.fail("kept"), install("Path(sys.argv[-1]).write_text('y' * 1_000_001)"))
    assert left(tmp_path)[-1].stat().st_size == 1_000_001


# In a terminal, with the keys that send signals

DRIVER = """
import sys
from tui import editor
print("kept" if editor.edit("x", lambda text: print(repr(text))) else "left", flush=True)
"""

WAITS = """
import signal
# Not the handler that Python has by itself: the key may come at any time.
signal.signal(signal.SIGINT, lambda *_: print("stopped what it did", flush=True))
print("ready", flush=True)
while sys.stdin.readline().strip() != "save":
    pass
Path(sys.argv[-1]).write_text("y")
"""


def test_ctrl_c_and_ctrl_z_in_the_editor_are_the_editors_own(install: Install, tmp_path: Path) -> None:
    env = {**os.environ, **install(WAITS), "TMPDIR": str(tmp_path / "temporary")}
    master, slave = pty.openpty()
    # A session of its own, so that the terminal's keys reach it; a job that its shell would put to sleep and wake.
    shell = (
        "import os, pty, signal, subprocess, sys, time, fcntl, termios\n"
        "os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "signal.signal(signal.SIGTTOU, signal.SIG_IGN)\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os.setpgid(0, 0); os.tcsetpgrp(0, os.getpid()); signal.signal(signal.SIGTTOU, signal.SIG_DFL)\n"
        f"    os.execv({sys.executable!r}, [{sys.executable!r}, '-c', {DRIVER!r}])\n"
        "while True:\n"
        "    _, status = os.waitpid(child, os.WUNTRACED)\n"
        "    if not os.WIFSTOPPED(status): break\n"
        "    print('asleep', flush=True); os.tcsetpgrp(0, os.getpid())\n"
        "    sys.stdin.readline(); os.tcsetpgrp(0, child); os.killpg(child, signal.SIGCONT)\n"
        "print('ended', os.waitstatus_to_exitcode(status), flush=True)\n"
    )
    root = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", shell], stdin=slave, stdout=slave, stderr=slave, env=env, cwd=root, close_fds=True
    )
    os.close(slave)
    seen = ""

    def until(words: str) -> None:
        nonlocal seen
        deadline = time.monotonic() + 20
        while words not in seen:
            assert time.monotonic() < deadline, seen
            if select.select([master], [], [], 0.1)[0]:
                seen += os.read(master, 4096).decode()
        seen = seen.split(words, 1)[1]

    try:
        until("ready")
        os.write(master, b"\x03")
        until("stopped what it did")
        os.write(master, b"\x1a")
        until("asleep")
        time.sleep(0.3)  # what sleeps last reads no more
        os.write(master, b"fg\n")
        time.sleep(0.2)
        os.write(master, b"save\n")
        until("'y'")
        until("kept")
        until("ended 0")
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(master)
    assert left(tmp_path) == []
