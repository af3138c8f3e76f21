"""Opens an address in the reader's browser, and nothing else in anything else.

Addresses come from strangers' digests. ``xdg-open`` and Python's ``webbrowser`` hand on whatever they get: a file, a
``javascript:`` address, an option of the browser. So an address is taken apart and written anew first, and the
browser is started from a list of words, away from this terminal.
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
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from tui.errors import PaperrackError
from tui.text import clean

_MAX_URL = 4000
_WAIT = 1.0
# What RFC 3986 lets stand in a path, query or fragment, and the percent signs that are there already.
_KEPT = "%/:?#[]@!$&'()*+,;=-._~"
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.\-_]{0,252})")
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
    tried: list[str] = []
    for command in _browsers(env):
        reason = _start([*command, address], env)
        if reason is None:
            return
        tried.append(f"{os.path.basename(command[0])}: {reason}")
    why = "; ".join(tried) or _nothing(env)
    raise PaperrackError(f"No browser opened {_short(address)} ({why}).")


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


def _nothing(environ: Mapping[str, str]) -> str:
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        return "none is installed"
    return "there is no display here and BROWSER names none that can be used"


def _short(address: str) -> str:
    return address if len(address) <= 100 else address[:99] + "…"
