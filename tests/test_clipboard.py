"""Copying: by the route that fits, read back where that can be done, and never said falsely."""

from __future__ import annotations

import base64
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui import clipboard
from tui.clipboard import place, system, terminal
from tui.errors import ClipboardError

TEXT = "@article{ada, title = {Poincaré, 論文 \N{MICROSCOPE}}}\n\n  @misc{b}\n"


def needs(*names: str) -> None:
    missing = [name for name in names if not shutil.which(name)]
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed")


def plain(**more: str) -> dict[str, str]:
    """An environment without a display, tmux or SSH; where coverage is measured, it is measured in children too."""
    measured = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
    return {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "HOME": os.environ.get("HOME", "/"),
        **measured,
        **more,
    }


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X server that nobody sees."""
    needs("Xvfb")
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-nolisten", "tcp"],
        pass_fds=[theirs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    with open(ours, encoding="ascii") as numbers:
        number = numbers.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a shell inside a tmux server of our own."""
    needs("tmux")
    env = plain(TMUX_TMPDIR=str(tmp_path))
    tmux = [shutil.which("tmux") or "tmux", "-f", os.devnull, "-L", "paperrack"]
    # The session's environment is looked up by copy(): this one was reached from here, not over SSH.
    subprocess.run([*tmux, "new-session", "-d", "-x", "80", "-y", "24", "sleep 60"], env=env, check=True)
    inside = subprocess.run(
        [*tmux, "display-message", "-p", "#{socket_path},#{pid},0"], env=env, check=True, capture_output=True, text=True
    )
    yield plain(TMUX=inside.stdout.strip())
    subprocess.run([*tmux, "kill-server"], env=env, check=False)


def tmux_buffer(env: dict[str, str]) -> str:
    return subprocess.run(["tmux", "save-buffer", "-"], env=env, check=True, capture_output=True).stdout.decode()


def fake(folder: Path, name: str, script: str) -> str:
    """Put a program of this name into the folder; return a PATH that has it and nothing else that copies."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    for needed in ("cat", "sleep"):
        if not (folder / needed).exists():
            (folder / needed).symlink_to(shutil.which(needed) or f"/bin/{needed}")
    return str(folder)


# A real xclip under a real X server


def test_xclip_takes_the_text_and_another_program_reads_it(display: str, tmp_path: Path) -> None:
    needs("xclip")
    env = plain(DISPLAY=display)
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert (copied.route, copied.path, copied.certain, copied.skipped) == ("xclip", None, True, ())
    read = subprocess.run(["xclip", "-selection", "clipboard", "-o"], env=env, check=True, capture_output=True)
    assert read.stdout.decode() == TEXT
    assert clipboard.paste(env) == TEXT


def test_a_large_text_goes_through_xclip_whole(display: str, tmp_path: Path) -> None:
    needs("xclip")
    env, text = plain(DISPLAY=display), "é" * 600_000
    assert clipboard.copy(text, osc52=None, environ=env, folder=tmp_path).route == "xclip"
    assert clipboard.paste(env) == text


def test_xclip_holds_no_pipe_of_the_program_that_copied(display: str, tmp_path: Path) -> None:
    needs("xclip")
    script = "from tui import clipboard; print(clipboard.copy('x', osc52=None).route)"
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", script], env=plain(DISPLAY=display, XDG_CACHE_HOME=str(tmp_path)),
        capture_output=True, text=True, timeout=20, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("xclip\n", "")
    assert time.monotonic() - start < 10


def test_xsel_takes_the_text_where_there_is_no_xclip(display: str, tmp_path: Path) -> None:
    needs("xsel")
    (tmp_path / "xsel").symlink_to(shutil.which("xsel") or "")
    # xsel writes a log into HOME, and copies nothing where that folder is missing.
    env = plain(DISPLAY=display, PATH=str(tmp_path), HOME=str(tmp_path))
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert (copied.route, copied.skipped) == ("xsel", ())
    assert clipboard.paste(env) == TEXT


def test_an_installed_xclip_without_a_display_is_no_success(tmp_path: Path) -> None:
    needs("xclip")
    for env in (plain(), plain(DISPLAY=":4711"), plain(DISPLAY="nonsense")):
        copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
        assert copied.route == "file"


def test_a_display_that_refuses_us_is_no_success(display: str, tmp_path: Path) -> None:
    fake(tmp_path, "xclip", "cat > /dev/null; echo 'Error: cannot open display' >&2; exit 1")
    # xsel writes a log into HOME, and copies nothing where that folder is missing.
    env = plain(DISPLAY=display, PATH=str(tmp_path), HOME=str(tmp_path))
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert copied.route == "file"
    assert len(copied.skipped) == 1
    assert copied.skipped[0].startswith("xclip: ")


def test_a_tool_that_says_it_is_done_and_is_not_is_found_out(display: str, tmp_path: Path) -> None:
    fake(tmp_path, "xclip", 'case "$*" in *-o*) echo something else;; *) cat > /dev/null;; esac')
    # xsel writes a log into HOME, and copies nothing where that folder is missing.
    env = plain(DISPLAY=display, PATH=str(tmp_path), HOME=str(tmp_path))
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert copied.route == "file"
    assert "does not hold the text" in copied.skipped[0]


def test_a_tool_that_hangs_is_ended_with_all_it_started(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system, "_TIMEOUT", 0.7)
    fake(tmp_path, "xclip", f"echo $$ > '{tmp_path}/pid'; sleep 30")
    env = plain(DISPLAY=display, PATH=str(tmp_path))
    start = time.monotonic()
    tool = next(tool for tool in system.tools(env) if tool.name == "xclip")
    with pytest.raises(place.RouteError, match="no answer within"):
        tool.copy(TEXT)
    assert time.monotonic() - start < 5
    pid = int((tmp_path / "pid").read_text())
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    """Whether a process still works; one that only waits to be taken note of does not."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


def test_a_pyperclip_in_the_readers_folder_is_not_run(
    display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("xclip")
    (tmp_path / "pyperclip.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    assert clipboard.copy("x", osc52=None, environ=plain(DISPLAY=display), folder=tmp_path).route == "xclip"
    assert not (tmp_path / "run").exists()


# tmux


def test_tmux_gets_the_text_into_its_own_buffer(tmux: dict[str, str], tmp_path: Path) -> None:
    copied = clipboard.copy(TEXT, osc52=None, environ=tmux, folder=tmp_path)
    assert (copied.route, copied.certain) == ("tmux", True)
    assert tmux_buffer(tmux) == TEXT
    assert clipboard.paste(tmux) == TEXT


def test_tmux_passes_the_text_on_to_the_terminal_outside(tmp_path: Path) -> None:
    needs("tmux", "script")
    typescript = tmp_path / "typescript"
    env = plain(TMUX_TMPDIR=str(tmp_path), SHELL="/bin/sh")
    tmux = "tmux -f /dev/null -L outside"
    # xterm-256color has "Ms", the capability by which tmux knows that the terminal takes OSC 52.
    outside = subprocess.Popen(
        ["script", "-q", "-f", "-c", f"{tmux} new-session 'sleep 60'", str(typescript)],
        env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        inside = ""
        for _ in range(100):
            asked = subprocess.run(
                [*tmux.split(), "display-message", "-p", "#{socket_path},#{pid},0 #{session_attached}"],
                env=env, check=False, capture_output=True, text=True,
            )  # fmt: skip
            inside, _, attached = asked.stdout.strip().partition(" ")
            if attached == "1":
                break
            time.sleep(0.05)
        copied = clipboard.copy("over the fence", osc52=None, environ=plain(TMUX=inside), folder=tmp_path)
        assert copied.route == "tmux"
        wanted = base64.b64encode(b"over the fence")
        for _ in range(100):
            if wanted in typescript.read_bytes():
                break
            time.sleep(0.05)
        assert b"\x1b]52;c;" + wanted in typescript.read_bytes().replace(b"\x1b]52;;", b"\x1b]52;c;")
    finally:
        subprocess.run([*tmux.split(), "kill-server"], env=env, check=False, capture_output=True)
        outside.communicate(timeout=10)


def test_an_old_tmux_without_the_option_still_gets_its_buffer(tmp_path: Path) -> None:
    script = (
        f'case "$*" in *-w*) echo "unknown flag -w" >&2; exit 1;; load-buffer*) cat > "{tmp_path}/buffer";;'
        f' save-buffer*) cat "{tmp_path}/buffer";; *) exit 1;; esac'
    )
    fake(tmp_path, "tmux", script)
    env = plain(TMUX="x,1,0", PATH=str(tmp_path))
    assert clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path).route == "tmux"
    assert (tmp_path / "buffer").read_text() == TEXT


def test_a_tmux_whose_server_is_gone_is_no_success(tmp_path: Path) -> None:
    needs("tmux")
    env = plain(TMUX=f"{tmp_path}/gone,1,0")
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert copied.route == "file"
    assert copied.skipped[0].startswith("tmux: ")


# Where the program runs


@pytest.mark.parametrize(
    ("more", "remote"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, False),
        ({"SSH_CONNECTION": "1 2 3 4"}, True),
        ({"SSH_TTY": "/dev/pts/1"}, True),
        ({"SSH_CONNECTION": "1 2 3 4", "DISPLAY": ":0"}, True),
        ({"SSH_CONNECTION": "1 2 3 4", "DISPLAY": "localhost:10.0"}, False),
        ({"SSH_CONNECTION": "1 2 3 4", "WAYLAND_DISPLAY": "waypipe-server-1"}, False),
    ],
)
def test_a_reader_over_ssh_is_remote_unless_a_display_is_forwarded(
    more: dict[str, str], remote: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert place.is_remote(plain(**more)) is remote
    monkeypatch.setattr(sys, "platform", "darwin")
    assert place.is_remote(plain(**more)) is any(name.startswith("SSH") for name in more)


def test_tmux_knows_better_than_an_old_shell_how_the_reader_is_attached(tmux: dict[str, str]) -> None:
    assert not place.is_remote(tmux)
    subprocess.run(["tmux", "set-environment", "SSH_CONNECTION", "1 2 3 4"], env=tmux, check=True)
    assert place.is_remote(tmux)
    subprocess.run(["tmux", "set-environment", "-r", "SSH_CONNECTION"], env=tmux, check=True)
    assert not place.is_remote({**tmux, "SSH_CONNECTION": "1 2 3 4"})


def test_over_ssh_the_terminal_comes_before_the_remote_machines_clipboard(display: str, tmp_path: Path) -> None:
    sent: list[str] = []
    env = plain(DISPLAY=display, SSH_CONNECTION="1 2 3 4")
    copied = clipboard.copy(TEXT, osc52=sent.append, environ=env, folder=tmp_path)
    assert (copied.route, copied.certain, sent) == (clipboard.TERMINAL, False, [TEXT])
    names = [name for name, _, _ in clipboard.routes(env, folder=tmp_path, listening=True)]
    assert names.index(clipboard.TERMINAL) < names.index("xclip")


def test_the_routes_are_listed_in_the_order_in_which_they_are_tried(display: str, tmp_path: Path) -> None:
    needs("xclip")
    rows = clipboard.routes(plain(DISPLAY=display), folder=tmp_path, listening=True)
    names = [name for name, _, _ in rows]
    assert names.index("xclip") < names.index("tmux") < names.index(clipboard.TERMINAL) < names.index("file")
    usable = {name: works for name, works, _ in rows}
    assert usable["xclip"]
    assert not usable["tmux"]
    assert all(why for _, _, why in rows)
    assert (
        next(name for name, works, _ in rows if works)
        == clipboard.copy("x", osc52=None, environ=plain(DISPLAY=display), folder=tmp_path).route
    )


# The terminal and the file


@pytest.mark.parametrize(
    "more", [{"TERM": "dumb"}, {"TERM": "linux"}, {"TERM": ""}, {"TERM_PROGRAM": "Apple_Terminal"}]
)
def test_a_terminal_that_is_known_to_be_deaf_is_passed_by(more: dict[str, str], tmp_path: Path) -> None:
    sent: list[str] = []
    copied = clipboard.copy(TEXT, osc52=sent.append, environ=plain(**more), folder=tmp_path)
    assert copied.route == "file"
    assert not sent
    assert copied.skipped


def test_a_text_too_long_for_terminals_goes_on_to_the_file_and_says_so(tmp_path: Path) -> None:
    sent: list[str] = []
    whole, over = "x" * terminal.LONGEST, "é" * (terminal.LONGEST // 2 + 1)
    assert clipboard.copy(whole, osc52=sent.append, environ=plain(), folder=tmp_path).route == clipboard.TERMINAL
    copied = clipboard.copy(over, osc52=sent.append, environ=plain(), folder=tmp_path)
    assert copied.route == "file"
    assert "74,996 bytes" in copied.skipped[0]
    assert sent == [whole]


def test_a_terminal_that_cannot_be_written_to_is_passed_by(tmp_path: Path) -> None:
    def broken(_text: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    copied = clipboard.copy(TEXT, osc52=broken, environ=plain(), folder=tmp_path)
    assert copied.route == "file"
    assert "Broken pipe" in copied.skipped[0]


@pytest.mark.parametrize("length", [1, 400, 5000])
def test_the_sequence_says_the_text_also_through_gnu_screen(length: int) -> None:
    text = "ä" * length
    bare = terminal.sequence(text, {})
    assert bare.startswith("\x1b]52;c;")
    assert base64.b64decode(bare.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode() == text
    wrapped = terminal.sequence(text, {"STY": "1.pts"})
    pieces = wrapped.split("\x1bP")[1:]
    assert "".join(piece.removesuffix("\x1b\\") for piece in pieces) == bare
    assert all(piece.endswith("\x1b\\") and len(piece) < 768 for piece in pieces)


def test_a_program_without_a_screen_writes_to_its_terminal_though_its_output_goes_elsewhere(tmp_path: Path) -> None:
    needs("script")
    code = "from tui.clipboard import terminal_writer as w; w()('zum Terminal')"
    done = subprocess.run(
        ["script", "-q", "-e", "-c", f"'{sys.executable}' -c \"{code}\" > '{tmp_path}/out' 2>&1", os.devnull],
        env={**plain(), "SHELL": "/bin/sh"}, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=20,
    )  # fmt: skip
    assert terminal.sequence("zum Terminal", {}).encode() in done.stdout
    assert (tmp_path / "out").read_bytes() == b""


def test_without_a_terminal_there_is_no_writer() -> None:
    code = "import sys; from tui.clipboard import terminal_writer as w; sys.exit(w() is not None)"
    done = subprocess.run([sys.executable, "-c", code], start_new_session=True, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_file_is_the_readers_alone_and_holds_the_last_text(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cache"
    (tmp_path / "victim").write_text("untouched")
    clipboard.copy("first", osc52=None, environ=plain(), folder=folder)
    (folder / clipboard.FILE_NAME).unlink()
    (folder / clipboard.FILE_NAME).symlink_to(tmp_path / "victim")
    copied = clipboard.copy("two\r\nlines \ud800", osc52=None, environ=plain(), folder=folder)
    assert copied.path == folder / clipboard.FILE_NAME
    assert copied.path.read_bytes() == b"two\r\nlines ?"
    assert stat.S_IMODE(copied.path.stat().st_mode) == 0o600
    assert (tmp_path / "victim").read_text() == "untouched"
    assert [each.name for each in folder.iterdir()] == [clipboard.FILE_NAME]


def test_when_nothing_took_it_one_sentence_says_why_each_did_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ClipboardError) as caught:
        clipboard.copy(TEXT, osc52=None, environ=plain(), folder=tmp_path / "file")
    sentence = str(caught.value)
    assert sentence.startswith("Nothing took the text (file: ")
    assert "xclip" in sentence
    assert "\n" not in sentence
    assert not clipboard.routes(plain(), folder=tmp_path / "file")[-1][1]


def test_nothing_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(ClipboardError, match="nothing to copy"):
        clipboard.copy("", osc52=None, environ=plain(), folder=tmp_path / "copies")
    assert not (tmp_path / "copies").exists()


def test_pasting_from_nowhere_is_one_sentence() -> None:
    with pytest.raises(ClipboardError, match="no X display"):
        clipboard.paste(plain())


def test_pasting_from_an_empty_clipboard_says_so(tmux: dict[str, str]) -> None:
    with pytest.raises(ClipboardError, match="tmux"):
        clipboard.paste(tmux)


@pytest.mark.parametrize(
    ("platform", "more", "names"),
    [
        ("darwin", {}, ["pbcopy"]),
        ("win32", {}, ["windows"]),
        ("linux", {"WSL_DISTRO_NAME": "Debian"}, ["clip.exe", "wl-copy", "xclip", "xsel", "klipper"]),
    ],
)
def test_each_system_has_its_own_tools(
    platform: str, more: dict[str, str], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert [tool.name for tool in system.tools(plain(**more))] == names


@pytest.mark.parametrize("name", ["wl-copy", "xclip", "xsel", "klipper", "pbcopy", "windows"])
def test_pyperclip_knows_every_tool_by_the_name_that_the_child_gives_it(name: str) -> None:
    import pyperclip

    from tui.clipboard import child

    source = Path(pyperclip.__file__).read_text("utf-8")
    assert f'"{child.NAMES.get(name, name)}": init_' in source
    assert hasattr(pyperclip, "init_wsl_clipboard")


def test_a_wayland_session_uses_its_own_tool(tmp_path: Path) -> None:
    import socket

    fake(tmp_path, "wl-copy", f"cat > '{tmp_path}/board'")
    fake(tmp_path, "wl-paste", f"cat '{tmp_path}/board'")
    env = plain(WAYLAND_DISPLAY="wayland-9", XDG_RUNTIME_DIR=str(tmp_path), PATH=str(tmp_path))
    assert clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path).route == "file"
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-9"))
        compositor.listen()
        assert clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path).route == "wl-copy"
        assert clipboard.paste(env) == TEXT


def test_the_clipboard_loads_neither_pyperclip_nor_platformdirs_before_it_is_used() -> None:
    check = "import sys, tui.clipboard; sys.exit(bool({'pyperclip', 'platformdirs'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_in_wsl_the_text_goes_to_windows_and_its_line_ends_are_no_difference(tmp_path: Path) -> None:
    needs("base64", "iconv", "sed")
    for name in ("base64", "iconv", "sed"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    fake(tmp_path, "clip.exe", f"iconv -f utf-16le -t utf-8 | sed 's/$/\\r/' > '{tmp_path}/board'")
    fake(tmp_path, "powershell.exe", f"base64 < '{tmp_path}/board'")
    env = plain(WSL_DISTRO_NAME="Debian", PATH=str(tmp_path))
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert (copied.route, copied.certain, copied.skipped) == ("clip.exe", True, ())
    assert clipboard.paste(env) == TEXT.replace("\n", "\r\n")


def test_a_windows_that_does_not_answer_is_named_and_the_file_takes_the_text(tmp_path: Path) -> None:
    fake(tmp_path, "clip.exe", "cat > /dev/null")
    fake(tmp_path, "powershell.exe", "echo 'no \x1b[2J interop' >&2")
    env = plain(WSL_DISTRO_NAME="Debian", PATH=str(tmp_path))
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert copied.route == "file"
    assert copied.skipped[0].startswith("clip.exe: Exception: Error pasting from clipboard")
    assert "\x1b" not in copied.skipped[0]


def test_a_kernel_of_microsofts_is_wsl_and_one_that_cannot_be_asked_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "version").write_text("Linux version 5.15.90.1-Microsoft-standard-WSL2\n")
    monkeypatch.setattr(system, "Path", lambda _path: tmp_path / "version")
    assert system.tools({})[0].name == "clip.exe"
    (tmp_path / "version").unlink()
    assert system.tools({})[0].name == "wl-copy"


def test_a_mac_s_tools_are_told_the_encoding_that_they_do_not_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs("env")
    (tmp_path / "env").symlink_to(shutil.which("env") or "")
    fake(tmp_path, "pbcopy", f"cat > '{tmp_path}/board'; env > '{tmp_path}/seen'")
    fake(tmp_path, "pbpaste", f"cat '{tmp_path}/board'")
    env = plain(PATH=str(tmp_path))
    monkeypatch.setattr(sys, "platform", "darwin")
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert (copied.route, copied.skipped) == ("pbcopy", ())
    assert "LC_ALL=en_US.UTF-8" in (tmp_path / "seen").read_text().splitlines()
    assert clipboard.paste(env) == TEXT


@pytest.mark.parametrize(
    ("display", "said"),
    [
        ("127.0.0.1:0", "no X server answers at 127.0.0.1:0"),
        ("127.0.0.1:99999", "'127.0.0.1:99999' is no X display"),
        (":x", "':x' is no X display"),
        ("/gone\x1b[2J:0", "no X server answers at"),
    ],
)
def test_a_display_that_nobody_serves_is_said_by_name_and_harmlessly(
    display: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(system.socket, "create_connection", refused)
    missing = {tool.name: tool.missing for tool in system.tools(plain(DISPLAY=display))}
    assert (missing["xclip"] or "").startswith(said)
    assert "\x1b" not in (missing["xclip"] or "")


def test_a_forwarded_display_is_asked_at_its_own_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        real = socket.create_connection

        def elsewhere(address: tuple[str, int], timeout: float) -> socket.socket:
            asked.append(address)
            return real(server.getsockname(), timeout)

        monkeypatch.setattr(system.socket, "create_connection", elsewhere)
        path = fake(tmp_path, "xclip", "cat")
        tools = {tool.name: tool.missing for tool in system.tools(plain(DISPLAY="localhost:10.0", PATH=path))}
    assert tools["xclip"] is None
    assert set(asked) == {("localhost", 6010)}


def test_over_ssh_a_paste_comes_from_where_the_reader_sits(display: str, tmp_path: Path) -> None:
    needs("xclip")
    fake(tmp_path, "tmux", 'case "$*" in save-buffer*) echo of tmux;; *) exit 1;; esac')
    (tmp_path / "xclip").symlink_to(shutil.which("xclip") or "")
    here = plain(DISPLAY=display, PATH=str(tmp_path), TMUX="x,1,0")
    clipboard.copy("of the display", osc52=None, environ=here, folder=tmp_path)
    assert clipboard.paste(here) == "of the display"
    assert clipboard.paste({**here, "SSH_CONNECTION": "1 2 3 4"}) == "of tmux\n"


def test_over_ssh_without_a_terminal_to_ask_the_machine_s_own_clipboard_is_tried(display: str, tmp_path: Path) -> None:
    needs("xclip")
    (tmp_path / "xclip").symlink_to(shutil.which("xclip") or "")
    env = plain(DISPLAY=display, PATH=str(tmp_path), SSH_CONNECTION="1 2 3 4")
    copied = clipboard.copy(TEXT, osc52=None, environ=env, folder=tmp_path)
    assert (copied.route, copied.skipped) == ("xclip", ())


def test_a_clipboard_that_holds_nothing_is_told_from_one_that_cannot_be_read(tmp_path: Path) -> None:
    fake(tmp_path, "tmux", 'case "$*" in save-buffer*) ;; *) exit 1;; esac')
    with pytest.raises(ClipboardError, match="tmux holds no text"):
        clipboard.paste(plain(PATH=str(tmp_path), TMUX="x,1,0"))
    fake(tmp_path, "tmux", "exit 3")
    with pytest.raises(ClipboardError, match="tmux: it ended with status 3"):
        clipboard.paste(plain(PATH=str(tmp_path), TMUX="x,1,0"))


def test_a_tmux_that_keeps_something_else_is_no_success(tmp_path: Path) -> None:
    fake(tmp_path, "tmux", 'case "$*" in load-buffer*) cat > /dev/null;; save-buffer*) echo old;; *) exit 1;; esac')
    copied = clipboard.copy(TEXT, osc52=None, environ=plain(PATH=str(tmp_path), TMUX="x,1,0"), folder=tmp_path)
    assert (copied.route, copied.skipped) == ("file", ("tmux: its buffer holds something else",))


def test_a_full_disk_leaves_no_half_of_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    clipboard.copy("the last one", osc52=None, environ=plain(), folder=tmp_path / "copies")
    monkeypatch.setattr(clipboard.os, "replace", full)
    with pytest.raises(ClipboardError, match="no space left on device"):
        clipboard.copy(TEXT, osc52=None, environ=plain(), folder=tmp_path / "copies")
    assert [each.read_text() for each in (tmp_path / "copies").iterdir()] == ["the last one"]
