"""The clipboard: where a copied text went, said truly.

No one route works everywhere, so :func:`copy` tries them in the order that fits where the program runs and returns
the first that took the text: on the reader's own machine the system's tool, tmux, the terminal, a file; over SSH
tmux or the terminal first, for the remote machine's clipboard is not the one that the reader pastes from. What can
be read back is read back before it counts.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tui.clipboard import system, terminal
from tui.clipboard.place import RouteError, is_remote
from tui.clipboard.terminal import terminal_writer
from tui.errors import ClipboardError
from tui.text import clean

__all__ = ["Copied", "copy", "paste", "routes", "terminal_writer"]

TERMINAL = "terminal (OSC 52)"
FILE_NAME = "copied.txt"


@dataclass(frozen=True)
class Copied:
    """The route that took a text, and what the reader should know of it."""

    route: str
    """``xclip``, ``wl-copy``, ``pbcopy`` and so on, ``tmux``, ``terminal (OSC 52)`` or ``file``."""
    path: Path | None
    """The file that holds the text, when the route is a file."""
    certain: bool
    """False for OSC 52: a terminal never says whether it listened."""
    skipped: tuple[str, ...] = ()
    """The routes that exist here and did not take it, each with its reason."""


def copy(
    text: str,
    *,
    osc52: Callable[[str], None] | None,
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Copied:
    """Hand *text* to the first route that takes it, and return which that was.

    *osc52* hands a text to the terminal that the reader sits at (:func:`terminal_writer` makes one for a program
    without a screen); None leaves that route out. *folder* is where the last resort, a file, is written; the
    default is the platform's cache folder. May take some seconds where a tool hangs: call it from a thread.

    Raises ClipboardError where *text* is empty or nothing took it.
    """
    if not text:
        raise ClipboardError("There is nothing to copy.")
    # A lone surrogate is no character: no tool could hand it back.
    text = text.encode("utf-8", "replace").decode("utf-8")
    env = _environment(environ)
    skipped: list[str] = []
    for name, attempt in _attempts(env, osc52, folder):
        try:
            copied = attempt(text)
        except RouteError as reason:
            skipped.append(f"{name}: {reason}")
        else:
            return replace(copied, skipped=tuple(skipped))
    raise ClipboardError(f"Nothing took the text ({'; '.join((*skipped, *_missing(system.tools(env))))}).")


def paste(environ: Mapping[str, str] | None = None) -> str:
    """Return the text that the system's clipboard holds, or tmux's newest buffer where there is no such tool.

    Raises ClipboardError where there is no text or nothing to read it from.
    """
    env = _environment(environ)
    tools = system.tools(env)
    readers = [(tool.name, tool.paste) for tool in tools if tool.missing is None]
    if terminal.tmux_missing(env) is None:
        readers.append(("tmux", partial(terminal.from_tmux, env)))
    if is_remote(env):
        readers.reverse()
    reasons: list[str] = []
    for name, read in readers:
        try:
            if text := read():
                return text
            reasons.append(f"{name} holds no text")
        except RouteError as reason:
            reasons.append(f"{name}: {reason}")
    raise ClipboardError(f"The clipboard cannot be read ({'; '.join(reasons or _missing(tools))}).")


def routes(
    environ: Mapping[str, str] | None = None, *, folder: Path | None = None, listening: bool | None = None
) -> tuple[tuple[str, bool, str], ...]:
    """Return every route as name, whether it is usable here, and why (not), in the order :func:`copy` tries them.

    *listening* says whether there is a terminal to send OSC 52 to; by default that is looked up.
    """
    env = _environment(environ)
    rows = [(tool.name, tool.missing is None, tool.missing or "the system's clipboard") for tool in system.tools(env)]
    no_tmux = terminal.tmux_missing(env)
    tmux = ("tmux", no_tmux is None, no_tmux or "its buffer, passed on to the terminal")
    listening = terminal.has_terminal() if listening is None else listening
    deaf = terminal.deaf(env) if listening else "no terminal is attached"
    osc52 = (TERMINAL, deaf is None, deaf or "a terminal cannot answer, so this is never certain")
    path = _folder(folder) / FILE_NAME
    file = ("file", _writable(path.parent), f"the last resort: {path}")
    return (tmux, osc52, *rows, file) if is_remote(env) else (*rows, tmux, osc52, file)


def _attempts(
    env: Mapping[str, str], osc52: Callable[[str], None] | None, folder: Path | None
) -> Iterator[tuple[str, Callable[[str], Copied]]]:
    """Yield the routes that exist here, each with what hands a text to it; they raise RouteError."""
    tools = [(tool.name, partial(_certain, tool.name, tool.copy)) for tool in system.tools(env) if tool.missing is None]
    remote = is_remote(env)
    if not remote:
        yield from tools
    if terminal.tmux_missing(env) is None:
        yield "tmux", partial(_certain, "tmux", partial(terminal.to_tmux, env))
    if osc52 is not None:
        yield TERMINAL, partial(_to_terminal, env, osc52)
    if remote:
        yield from tools
    yield "file", partial(_to_file, _folder(folder))


def _missing(tools: Iterable[system.Tool]) -> list[str]:
    """Return why the tools that cannot be used here cannot, those of one reason together."""
    names: dict[str, list[str]] = {}
    for tool in tools:
        if tool.missing:
            names.setdefault(tool.missing, []).append(tool.name)
    return [f"{', '.join(alike)}: {reason}" for reason, alike in names.items()]


def _certain(route: str, put: Callable[[str], None], text: str) -> Copied:
    put(text)
    return Copied(route, None, certain=True)


def _to_terminal(env: Mapping[str, str], osc52: Callable[[str], None], text: str) -> Copied:
    if reason := terminal.deaf(env) or terminal.too_long(text):
        raise RouteError(reason)
    try:
        osc52(text)
    except (OSError, ValueError) as error:
        raise RouteError(clean(str(error), 120) or "it cannot be written to") from error
    return Copied(TERMINAL, None, certain=False)


def _to_file(folder: Path, text: str) -> Copied:
    """Write *text* to a file that only the reader may open; whole, or not at all."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # mkstemp makes it 0600 and follows no link; the rename replaces a link that stands in its place.
        handle, name = tempfile.mkstemp(prefix=".copied-", dir=folder)
        try:
            with open(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RouteError(f"{path} cannot be written, {(error.strerror or 'the system refuses').lower()}") from error
    return Copied("file", path, certain=True)


def _folder(folder: Path | None) -> Path:
    if folder is not None:
        return folder
    import platformdirs

    return platformdirs.user_cache_path("paperrack", appauthor=False)


def _writable(folder: Path) -> bool:
    nearest = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _environment(environ: Mapping[str, str] | None) -> Mapping[str, str]:
    return dict(os.environ) if environ is None else environ
