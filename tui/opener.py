"""Opens an address in the reader's browser, a PDF in the program for those, and nothing else in anything else.

Addresses come from strangers' digests. ``xdg-open`` and Python's ``webbrowser`` hand on whatever they get: a file, a
``javascript:`` address, an option of the browser. So an address is taken apart and written anew first, and the
browser is started from a list of words, away from this terminal. A file is opened by its whole path, which can be taken
for no option, and only where it is there.
"""

from __future__ import annotations

import ipaddress
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from tui.errors import PaperrackError
from tui.text import clean

_MAX_URL = 4000
_WAIT = 1.0
# What RFC 3986 lets stand in a path, query or fragment, and the percent signs that are there already.
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.\-_]{0,252})")
_VIEWERS = ("xdg-open", "gio", "evince", "okular", "zathura", "mupdf")
_DESKTOP = ("xdg-open", "gio", "x-www-browser", "sensible-browser", "firefox", "chromium", "google-chrome")


def open_address(url: str, environ: Mapping[str, str] | None = None) -> None:
    """Open *url* in the browser: BROWSER's if it is set, else the system's.

    Returns as soon as the browser was started, a second later at most; call it from a worker thread. Raises
    PaperrackError where *url* is no plain http or https address, or no browser was found or started.
    """
    address = plain_address(url)
    env = dict(os.environ) if environ is None else environ
    if sys.platform == "win32" and not env.get("BROWSER"):
        os.startfile(address)  # type: ignore[attr-defined,unused-ignore]  # noqa: S606 - on Windows only; an http address and no file
        return
    if (why := _refused(_browsers(env), address, env)) is not None:
        raise PaperrackError(f"No browser opened {_short(address)} ({why or _nothing(env)}).")


def open_file(path: Path, command: str | None = None, environ: Mapping[str, str] | None = None) -> None:
    """Open the file *path* in the program that *command* names, else in the one that the system has for its kind.

    *command* is a program with its options, as a shell would part them; the path is put behind them as one word.
    Returns as soon as the program was started, a second later at most; call it from a worker thread. Raises
    PaperrackError, with the path in it, where there is no such file, or no program was found or started.
    """
    env = dict(os.environ) if environ is None else environ
    place = Path(os.path.abspath(path))
    if not place.is_file():
        raise PaperrackError(f"There is no file {clean(str(place), 500)}.")
    if sys.platform == "win32" and not command:
        os.startfile(place)  # type: ignore[attr-defined,unused-ignore]  # noqa: S606 - on Windows only; a file of ours
        return
    if command:
        words = command_words(command)
        found = shutil.which(os.path.expanduser(words[0]), path=env.get("PATH", os.defpath)) if words else None
        why = _refused([[found, *words[1:]]], str(place), env) if found else f"there is no program {clean(command, 80)}"
    else:
        why = _refused(_viewers(env), str(place), env)
    if why is not None:
        said = why or _nothing(env, "[pdf] open")
        raise PaperrackError(f"No program opened {clean(str(place), 500)} ({said}).")


def command_words(command: str) -> list[str]:
    """Return the words of *command*, without a ``%s`` that stands for the file; none where it is no command."""
    try:
        words = shlex.split(command, posix=sys.platform != "win32")
    except ValueError:
        return []
    return [word.strip('"') if sys.platform == "win32" else word for word in words if word not in ("%s", "%f", "%u")]


def _refused(commands: Iterable[list[str]], target: str, environ: Mapping[str, str]) -> str | None:
    """Start the first of *commands* that works with *target* behind it; return why none does, or None where one did.

    The reason is empty where there was none to try.
    """
    tried: list[str] = []
    for command in commands:
        reason = _start([*command, target], environ)
        if reason is None:
            return None
        tried.append(f"{clean(os.path.basename(command[0]), 40)}: {reason}")
    return "; ".join(tried)


def plain_address(url: str) -> str:
    """Return *url* written anew, so that it can only be read as the http or https address that it is.

    Raises PaperrackError where it is none, holds a control character, a blank or a password, or names no host.
    """
    refused = PaperrackError(f"“{clean(url, 80)}” is not opened: it is no plain http or https address.")
    if len(url) > _MAX_URL or not url.isprintable() or re.search(r"[\s\\]", url):
        raise refused
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        raise refused from None
    # A name before an @ looks like the host to a reader: http://arxiv.org@example.net
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise refused
    place = host if port is None else f"{host}:{port}"
    return urlunsplit(
        (parts.scheme, place, *(quote(part, _KEPT) for part in (parts.path, parts.query, parts.fragment)))
    )


def _host(name: str) -> str:
    """Return the host as it goes over the wire (IDNA), or an empty string. Raises ValueError."""
    if "%" in name:
        # The zone of an IPv6 address may be anything, and is of no machine but this one (RFC 6874).
        return ""
    if ":" in name:
        return f"[{ipaddress.IPv6Address(name)}]"
    ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    return ascii_name if _HOST.fullmatch(ascii_name) else ""


def _browsers(environ: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the commands that may open an address, which is put behind them, the reader's own choice first."""
    chosen = environ.get("BROWSER", "")
    if chosen:
        yield from _chosen(chosen, environ)
    if sys.platform == "darwin":
        yield ["/usr/bin/open"]
        return
    if environ.get("WSL_DISTRO_NAME"):
        yield from _found(("wslview", "explorer.exe"), environ)
    # Without a display they would start a browser for terminals, in a terminal that is ours.
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        yield from _found(_DESKTOP, environ)


def _viewers(environ: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the commands that may open a file, which is put behind them."""
    if sys.platform == "darwin":
        yield ["/usr/bin/open"]
        return
    if environ.get("WSL_DISTRO_NAME"):
        yield from _found(("wslview",), environ)
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        yield from _found(_VIEWERS, environ)


def _chosen(setting: str, environ: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the commands of BROWSER: separated as a PATH is, each a command with its options."""
    for each in setting.split(os.pathsep):
        try:
            words = shlex.split(each)
        except ValueError:
            continue
        # "%s" stands for the address, which we put last. Inside a longer word it would be a script's text.
        words = [word for word in words if word not in ("%s", "&")]
        path = shutil.which(words[0], path=environ.get("PATH", os.defpath)) if words else None
        if path and not any("%s" in word for word in words):
            yield [path, *words[1:]]


def _found(names: tuple[str, ...], environ: Mapping[str, str]) -> Iterator[list[str]]:
    for name in names:
        if path := shutil.which(name, path=environ.get("PATH", os.defpath)):
            yield [path, "open"] if name == "gio" else [path]


def _start(command: list[str], environ: Mapping[str, str]) -> str | None:
    """Start *command* away from this terminal; return why it failed, or None where it runs or is done."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a list of words, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        return clean(str(error), 80)
    try:
        status = process.wait(_WAIT)
    except subprocess.TimeoutExpired:
        # A browser that stays; somebody must take note of its end, or it remains as a zombie.
        threading.Thread(target=process.wait, daemon=True).start()
        return None
    # explorer.exe opens the address and ends with 1.
    return None if status == 0 or command[0].endswith("explorer.exe") else f"ended with status {status}"


def _nothing(environ: Mapping[str, str], setting: str = "BROWSER") -> str:
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return "none is installed"
    return f"there is no display here and {setting} names none that can be used"


def _short(address: str) -> str:
    return address if len(address) <= 100 else address[:99] + "…"
