"""What a load is run on: a library of many papers, sources on servers of this machine, and services there."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import platformdirs

from tests.bench import papers
from tests.services import Services
from tui.providers.web.recorded.asked import Reply
from tui.settings import PROVIDERS

ROOT = Path(__file__).resolve().parents[2]
_PORTS = "ports.json"
_MADE = 1
"""How a place is made, which has another number where :func:`_make` makes another one."""
HOSTS = 40
"""So many hosts, which are ports, share the sources: one host is asked once a second."""


class Feeds(Services):
    """All services, and beside them feeds: ``/feed/N`` is one with an item of its own, which never changes."""

    @property
    def port(self) -> int:
        """The port of this machine at which it serves."""
        return int(self.url.rpartition(":")[2])

    def take(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Any:
        """Answer as a service, or with a feed."""
        reply, fault = super().take(method, target, headers, body)
        self.log.clear()  # for ten minutes it would be long
        if target.startswith("/feed/"):
            number = target.rpartition("/")[2]
            return Reply(200, {"Content-Type": "application/rss+xml"}, _feed(number)), fault
        return reply, fault


def _served(stack: ExitStack, port: int = 0) -> Feeds:
    """Return feeds that are served until *stack* ends, at *port*, or at one that no client is given by chance.

    Those begin at 32,768. Raises OSError where somebody else is at *port*.
    """
    while True:
        try:
            feeds = Feeds(port=port or 20_000 + secrets.randbelow(12_000))
        except OSError:
            if port:
                raise
        else:
            stack.enter_context(feeds)
            return feeds


def _feed(number: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Letters of {number}</title>'
        f"<link>https://letters.example/</link><description>Letters</description><item><title>Letter {number}</title>"
        f"<link>https://letters.example/{number}</link><guid>{number}</guid>"
        "<pubDate>Sat, 01 Jan 2000 08:00:00 GMT</pubDate>"
        f"<description>We read https://arxiv.org/abs/0901.{int(number):04}</description></item></channel></rss>"
    ).encode()


@dataclass(frozen=True)
class Place:
    """A reader's machine in *folder*; *mark* is in the environment of every process that belongs to it."""

    folder: Path
    environ: dict[str, str]
    mark: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self.folder / "library"

    @property
    def words(self) -> tuple[str, ...]:
        """The command without its words."""
        own = ("--library", str(self.library), "--config", str(self.folder / "config.toml"))
        return (sys.executable, "-m", "tui", *own)

    def run(self, *words: str) -> str:
        """Return what a command prints, in a process of its own. Raises CalledProcessError where it fails."""
        done = subprocess.run(
            [*self.words, *words], env=self.environ, cwd=self.folder, capture_output=True, text=True, check=True,
            timeout=900,
        )  # fmt: skip
        return done.stdout

    def paper(self, name: str) -> dict[str, Any]:
        """Return a paper as another program sees it."""
        found: dict[str, Any] = json.loads(self.run("show", name, "--json"))
        return found

    def processes(self) -> list[str]:
        """Return the processes of this place that are there: number and words."""
        found = []
        for each in Path("/proc").iterdir():
            try:
                if each.name.isdecimal() and self.mark.encode() in (each / "environ").read_bytes():
                    words = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                    found.append(f"{each.name} {words}"[:120])
            except OSError:
                continue
        return found

    def litter(self) -> list[str]:
        """Return what lies in the library that a program which has ended leaves nothing of."""
        ends = ("-wal", "-shm", ".tmp", ".part")
        names = (path.name for path in self.library.rglob("*"))
        return [name for name in names if name.endswith(ends) or (name.startswith(".") and name != ".gitignore")]


@contextmanager
def place(count: int, sources: int) -> Iterator[Place]:
    """Yield a machine with a library of *count* papers and *sources* sources, all of which were read once.

    It is made once a machine, as :func:`tests.bench.papers.kept` makes the papers, and copied from there: the sources
    are at the ports at which they were read then. Hence a second run of as many waits until the first is over; and
    where another program is at such a port, one is made for this run, and what is kept stays.
    """
    home = Path(platformdirs.user_cache_path("paperrack-bench", ensure_exists=True))
    kept = home / _called(count, sources)
    with alone(kept.with_name(f".{kept.name}.lock")), ExitStack() as stack:
        folder = Path(mkdtemp(prefix="load-run-", dir=home))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        made = Place(folder, {})
        made.environ.update(_environ(folder, made.mark))
        feeds = _served_again(stack, kept)
        if feeds:
            shutil.copytree(kept, folder, copy_function=_linked, dirs_exist_ok=True)
        else:
            feeds = [_served(stack) for _ in range(min(HOSTS, max(1, sources)))]
            _make(made, feeds, count, sources)
            if not kept.exists():
                _keep(folder, kept, home)
        _write_settings(folder, feeds)
        yield made


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process is in such a block with the file *path*; it ends with the process, too."""
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another run with {path.stem.lstrip('.')}", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _served_again(stack: ExitStack, kept: Path) -> list[Feeds]:
    """Return the feeds at the ports of what is *kept*; none where nothing is, or a port is another program's."""
    with ExitStack() as tried:
        try:
            feeds = [_served(tried, port) for port in json.loads((kept / _PORTS).read_text())]
        except OSError:
            return []
        stack.push(tried.pop_all())
        return feeds


def _called(count: int, sources: int) -> str:
    """Return what the place of so many is called among those that are kept: by what the library looks like, too."""
    return f"load-{papers.kept(count).name}-{sources}-{_MADE}"


def _keep(folder: Path, kept: Path, home: Path) -> None:
    for old in home.glob(f"{kept.name.rpartition('-')[0]}-*"):
        shutil.rmtree(old)
    made = Path(mkdtemp(prefix="making-", dir=home))
    try:
        shutil.copytree(folder, made / "all", copy_function=_linked)
        (made / "all").rename(kept)
    finally:
        shutil.rmtree(made)


def _linked(old: str, new: str) -> None:
    """Link what the library keeps; what else there is, for instance a log, is written in place."""
    (papers.linked if "library" in Path(old).parts else shutil.copy2)(old, new)


def _make(made: Place, feeds: list[Feeds], count: int, sources: int) -> None:
    _write_settings(made.folder, feeds)
    (made.folder / _PORTS).write_text(json.dumps([each.port for each in feeds]), encoding="utf-8")
    papers.make(made.library, count)
    # What is struck is meant for one paper, and not for all that are marked.
    marked = [each["id"] for each in json.loads(made.run("papers", "--marked", "--json"))]
    for start in range(0, len(marked), 2000):
        made.run("unmark", *marked[start : start + 2000])
    addresses = [f"{feeds[n % len(feeds)].url}/feed/{n}" for n in range(sources)]
    outlines = "".join(f'<outline type="rss" text="Letters {n}" xmlUrl="{url}"/>' for n, url in enumerate(addresses))
    (made.folder / "all.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', encoding="utf-8")
    if sources:
        made.run("sources", "add", "all.opml")
        made.run("sources", "refresh", "--all")


def _write_settings(folder: Path, feeds: list[Feeds]) -> None:
    allowed = ", ".join(f'"{each.url}"' for each in feeds)
    services = feeds[0].url
    tables = [f'[providers.{name}]\nbase_url = "{services}/{name}"\npace = 0\n' for name in PROVIDERS]
    network = f'[network]\ncontact = ""\nallow = [{allowed}]\n'
    (folder / "config.toml").write_text(network + "".join(tables), encoding="utf-8")


def _environ(folder: Path, mark: str) -> dict[str, str]:
    (folder / "home").mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "COVERAGE_PROCESS_START") if name in os.environ}
    more = {"HOME": str(folder / "home"), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "COLORTERM": "truecolor"}
    return {**kept, **more, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none", "PAPERRACK_LOAD": mark}
