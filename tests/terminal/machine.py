"""A reader's machine on which every text that is not the reader's own is hostile: digests, library, services, feeds.

The library is made twice over: through ``add``, and then by somebody who wrote payloads into its files and sealed them
again, as one may do who shares a folder with the reader.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.services import Services
from tests.terminal.payloads import ALL, PAYLOADS, hostile
from tui.library.storage import AtomicJSONStorage
from tui.providers.web.recorded.asked import Reply
from tui.settings import PROVIDERS

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_data"
KNOWN = ("1706.03762", "2106.09685", "2010.11929")
"""Papers that the recorded services know."""

_PLAIN = re.compile(r"[\w.:/@+-]*")
_IN_XML = [text for text in PAYLOADS.values() if all(c in "\t\n\r" or c >= " " for c in text) and "[" not in text]


@dataclass(frozen=True)
class Done:
    """What a command gave: its exit status, and its bytes on stdout and stderr."""

    status: int
    out: bytes
    err: bytes


@dataclass(frozen=True)
class Machine:
    """A home, a library and settings in *folder*; the services answer at *services*."""

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    services: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The command without its words."""
        return (sys.executable, "-m", "tui", "--library", str(self.library), "--config", str(self.config))

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self.folder / "library"

    @property
    def config(self) -> Path:
        """The settings."""
        return self.folder / "config.toml"

    def run(self, *words: str, given: bytes = b"", **environ: str) -> Done:
        """Run a command with its streams in pipes."""
        done = subprocess.run(
            [*self.words, *words],
            env={**self.environ, **environ},
            cwd=self.folder,
            input=given,
            capture_output=True,
            timeout=60,
        )
        return Done(done.returncode, done.stdout, done.stderr)


@contextmanager
def machine(papers: int = len(PAYLOADS)) -> Iterator[Machine]:
    """Yield a machine with a hostile library of about *papers* papers, hostile services, and a hostile feed."""
    with tempfile.TemporaryDirectory(prefix="leaving-") as folder, Hostile() as services:
        made = Machine(Path(folder), _environ(Path(folder)), services.url)
        write_settings(made)
        digest(made, papers)
        done = made.run("add", "digest.json", "letter.txt")
        assert done.status == 0, done
        poison_library(made.library)
        yield made


def write_settings(at: Machine, more: str = "") -> None:
    """Write settings in which every provider asks this machine's services, and *more*."""
    tables = [f'[providers.{name}]\nbase_url = "{at.services}/{name}"\npace = 0\n' for name in PROVIDERS]
    network = f'[network]\ncontact = ""\nallow = ["{at.services}"]\n'
    at.config.write_text(network + "".join(tables) + more, encoding="utf-8")


def digest(at: Machine, papers: int) -> None:
    """Write two hostile digests: a list of papers as ``papers --json`` has it, and a newsletter."""
    listed = [_paper(number) for number in range(papers)]
    (at.folder / "digest.json").write_text(json.dumps(listed), encoding="utf-8")
    # Many controls make data of a text.
    said = " ".join(text for name, text in PAYLOADS.items() if not name.startswith(("C0", "NUL")))
    texts = [
        f"{n}. Titled paper {n} in a letter {said}\nhttps://arxiv.org/abs/2402.0000{n}\n{said}\n" for n in range(1, 6)
    ]
    (at.folder / "letter.txt").write_text(f"The {said} letter #4791\n\n" + "\n".join(texts), encoding="utf-8")


def _paper(number: int) -> dict[str, Any]:
    def said(words: str) -> str:
        return hostile(number, words)

    arxiv = KNOWN[number] if number < len(KNOWN) else f"2401.{number:05}"
    mention = {
        "issue": "hostile-week", "issue_title": said("Week of strangers"), "series": said("Strangers weekly"),
        "number": said("7"), "issue_date": "2026-11-01", "position": number + 1, "title": said("Title that is printed"),
        "authors": [said("Eve Author"), said("Mallory Writer")], "submitter": said("Sub Mitter"),
        "sections": [{"heading": said("What is it?"), "text": said("A section of some words")}],
        "posts": [{"author": said("A Poster"), "handle": said("post"), "date": said("2024"), "text": said("A post")}],
        "categories": [said("cs.LG")], "metrics": {said("likes"): 3}, "abstract": said("An abstract of words"),
        "links": [{"rel": "code", "url": f"https://github.com/a/b?{said('x')}"}],
        "identifiers": {"arxiv": arxiv}, "venue": said("A Venue"), "year": 2024, "date": "2024",
    }  # fmt: skip
    return {
        "id": f"arxiv:{arxiv}", "position": number + 1, "identifiers": {"arxiv": arxiv}, "year": 2024,
        "links": [{"rel": "paper", "url": f"https://arxiv.org/abs/{arxiv}"},
                  {"rel": "project", "url": f"https://example.org/{number}"}],
        **{name: mention[name] for name in ("title", "authors", "abstract", "venue", "sections", "posts", "metrics")},
        "tags": [said("atag")], "note": said("A note of mine"), "state": "to read" if number % 3 else "new",
        "starred": number % 4 == 0, "issues": ["hostile-week"], "mentions": [mention],
    }  # fmt: skip


def poison_library(folder: Path) -> None:
    """Write payloads into every text of the library's documents but names and numbers, and seal them again."""
    count = 0
    for path in sorted([*folder.glob("*/*.json"), *folder.glob("*.json")]):
        storage = AtomicJSONStorage(path)
        if tables := storage.read():
            storage.write(
                {name: {key: _poisoned(each) for key, each in table.items()} for name, table in tables.items()}
            )
            count += 1
    assert count > 2, "the library has no documents"


def poison_index(folder: Path) -> None:
    """Write payloads into the texts of the library's index, which no checksum protects."""
    with sqlite3.connect(folder / "index.sqlite") as store:
        for table, column in (("papers", "title"), ("papers", "authors"), ("papers", "venue"), ("papers", "tags"),
                              ("issues", "title"), ("issues", "number")):  # fmt: skip
            store.execute(f"UPDATE {table} SET {column} = {column} || ?", (ALL.replace("\x00", ""),))
    store.close()


def _poisoned(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _poisoned(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_poisoned(each, name) for each in value]
    if not isinstance(value, str) or name in ("id", "paper", "state", "format", "goes_to", "checksum", "rel", "at"):
        return value
    return value if _PLAIN.fullmatch(value) and "example.org" not in value else f"{value} {ALL}"


class Hostile(Services):
    """Services whose every answer is the recorded one with payloads in its texts; four fail in hostile words."""

    def take(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Any:
        """Answer with what was recorded, and payloads."""
        reply, fault = super().take(method, target, headers, body)
        if target.startswith("/feed"):
            return Reply(200, {"Content-Type": "application/rss+xml"}, feed()), fault
        service = target.lstrip("/").partition("/")[0]
        if service in ("openalex", "github", "unpaywall"):
            sent = json.dumps({"error": ALL, "message": ALL, "detail": ALL}).encode()
            return Reply(429 if service == "openalex" else 403, {"X-Said": "\x1b]0;4791\x07"}, sent), fault
        if service == "dblp":
            return Reply(500, {"Content-Type": "text/plain"}, ALL.encode()), fault
        return Reply(reply.status, reply.headers, _in(reply.content)), fault


def _in(content: bytes) -> bytes:
    try:
        return json.dumps(_answered(json.loads(content))).encode()
    except ValueError:
        pass
    text = content.decode("utf-8", "replace")
    for number, word in enumerate(("Attention", "LoRA", "Image", "Vaswani", "networks", "model")):
        text = text.replace(word, f"{word}{_IN_XML[number % len(_IN_XML)]}")
    return text.encode()


def _answered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _answered(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_answered(each) for each in value]
    if isinstance(value, str) and " " in value:
        return value.replace(" ", f" {ALL} ", 1)
    return value


def feed(items: int = 3) -> bytes:
    """Return a feed with what of the payloads XML can hold."""
    said = " ".join(_IN_XML).replace("&", "").replace("<", "")
    found = "".join(
        f"<item><title>Letter {n} {said}</title><link>https://letters.example/{n}</link><guid>g{n}</guid>"
        f"<description>&lt;p&gt;A study {said} https://arxiv.org/abs/2301.0000{n}&lt;/p&gt;</description></item>"
        for n in range(items)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed {said}</title>'
        f"<link>https://letters.example/</link><description>{said}</description>{found}</channel></rss>"
    ).encode()


def _environ(folder: Path) -> dict[str, str]:
    """Return the environment of a person at a terminal, and nothing of this one's but the way to Python."""
    (folder / "home").mkdir()
    kept = {name: os.environ[name] for name in os.environ if name == "PATH" or name.startswith("COVERAGE_")}
    more = {"HOME": str(folder / "home"), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "COLORTERM": "truecolor"}
    return {**kept, **more, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}


def shell(at: Machine, script: str, words: Sequence[str] = ()) -> Done:
    """Run the program from a shell's *script*, in which it is ``"$@"``, for redirections that only a shell makes."""
    command = ["sh", "-c", script, "sh", *at.words, *words]
    done = subprocess.run(command, env=at.environ, cwd=at.folder, capture_output=True, timeout=60)
    return Done(done.returncode, done.stdout, done.stderr)
