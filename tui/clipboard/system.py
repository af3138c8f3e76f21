"""The system's own clipboard, through pyperclip in a process of its own.

pyperclip checks no exit status, waits without end, and lets its tools inherit this program's stdout and stderr: their
messages would tear a full screen, and ``paperrack ... | cat`` would hang for as long as ``xclip`` serves the clipboard.
A short-lived child keeps all of that away, and its own end says whether the clipboard holds the text.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tui.clipboard.place import LIMIT, RouteError, program, run
from tui.text import clean

_CHILD = str(Path(__file__).with_name("child.py"))
_TIMEOUT = 8.0
_SLOW = 20.0  # Windows' PowerShell, started from WSL


@dataclass(frozen=True)
class Tool:
    """A clipboard tool of this kind of system; ``missing`` says why it cannot be used, or is None."""

    name: str
    missing: str | None
    environ: Mapping[str, str]

    def copy(self, text: str) -> None:
        """Put *text* on the clipboard and read it back. Raises RouteError where it is not there afterwards."""
        self._child("copy", text.encode())

    def paste(self) -> str:
        """Return the clipboard's text, an empty string where it holds none. Raises RouteError."""
        return self._child("paste", b"")[:LIMIT].decode("utf-8", "replace")

    def _child(self, action: str, given: bytes) -> bytes:
        if self.missing:
            raise RouteError(self.missing)
        # -P: a pyperclip.py in the folder where the reader stands is not ours to run.
        command = [sys.executable, "-P", _CHILD, action, self.name]
        timeout = _SLOW if self.name == "clip.exe" else _TIMEOUT
        return run(command, environ=self._environ(), given=given, output=action == "paste", timeout=timeout)

    def _environ(self) -> dict[str, str]:
        env = {**self.environ, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "ignore"}
        if self.name == "pbcopy":
            # pbcopy reads its input as MacRoman unless the locale says UTF-8.
            env["LC_ALL"] = "en_US.UTF-8"
        return env


def tools(environ: Mapping[str, str]) -> tuple[Tool, ...]:
    """Return the tools that this kind of system has, in the order in which they are tried."""
    return tuple(Tool(name, missing, environ) for name, missing in _known(environ))


def _known(environ: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    if sys.platform == "win32":
        yield "windows", None
        return
    if sys.platform == "darwin":
        yield "pbcopy", _absent(environ, "pbcopy", "pbpaste")
        return
    if _in_wsl(environ):
        yield "clip.exe", _absent(environ, "clip.exe", "powershell.exe")
    yield "wl-copy", _no_wayland(environ) or _absent(environ, "wl-copy", "wl-paste")
    no_x11 = _no_x11(environ)
    yield "xclip", no_x11 or _absent(environ, "xclip")
    yield "xsel", no_x11 or _absent(environ, "xsel")
    yield "klipper", no_x11 or _absent(environ, "klipper", "qdbus")


def _absent(environ: Mapping[str, str], *names: str) -> str | None:
    missing = [name for name in names if not program(name, environ)]
    return f"{' and '.join(missing)} not installed" if missing else None


def _in_wsl(environ: Mapping[str, str]) -> bool:
    if environ.get("WSL_DISTRO_NAME"):
        return True
    try:
        return "microsoft" in Path("/proc/version").read_text("utf-8", "replace").lower()
    except OSError:
        return False


def _no_wayland(environ: Mapping[str, str]) -> str | None:
    """Return why no Wayland compositor can be reached (wl_display_connect's rules), or None."""
    name = environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return "no Wayland session"
    path = Path(environ.get("XDG_RUNTIME_DIR", "")) / name
    return None if _answers(str(path)) else f"no compositor answers at {clean(name, 60)}"


def _no_x11(environ: Mapping[str, str]) -> str | None:
    """Return why no X server can be reached (the display names of X(7)), or None."""
    display = environ.get("DISPLAY", "")
    if not display:
        return "no X display"
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdecimal() or len(number) > 4:
        return f"{display[:40]!r} is no X display"
    if host and host != "unix" and not host.startswith("/"):
        reached = _listens(host, 6000 + int(number))
    else:
        # XQuartz names its socket in full; Linux has an abstract one beside the file.
        path = display if host.startswith("/") else f"/tmp/.X11-unix/X{number}"  # noqa: S108 - the place X gives it
        reached = _answers(path) or (sys.platform == "linux" and _answers(f"\0{path}"))
    return None if reached else f"no X server answers at {clean(display, 60)}"


def _answers(path: str) -> bool:
    """Return whether a program listens at the local socket *path*."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            probe.connect(path)
    except (OSError, ValueError):
        return False
    return True


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except (OSError, ValueError):
        return False
    return True
