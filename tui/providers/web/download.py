"""A file, such as a PDF: kept as it comes in a neighbour of its place, gone on with after a cut, put in place whole."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tui.errors import AnswerError, NetworkError, OfflineError
from tui.providers.web.addresses import checked, origin, origins
from tui.providers.web.deadline import Deadline
from tui.providers.web.redirects import follow
from tui.providers.web.refusals import refusal
from tui.providers.web.stopping import Stop
from tui.providers.web.visit import TooLargeError, Visit, agent
from tui.text import clean

if TYPE_CHECKING:
    import httpx

Progress = Callable[[int, int | None], None]
"""Is told how many bytes there are and how many there will be, None where that is not known."""


class UnkeptError(NetworkError):
    """What comes cannot be kept: a full disk, a folder that cannot be written; another address would not help."""


LIMIT = 100_000_000
SILENCE = 30.0
"""The seconds without a byte after which it is given up."""

_HEAD = 60.0
"""The seconds that may pass before the first byte of the file comes, redirects and all."""
_LEAST, _WINDOW = 60_000, 60.0
"""The bytes that are to come at least within so many seconds, again and again: the slowest telephone gives four times
as much, and nobody waits for days."""
_MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
_END = b"%%EOF"
_END_WITHIN = 4096
"""Bytes at the end of a file in which it says that it ends (ISO 32000-1, 7.5.5); readers look through 1024 at least."""
_RANGE = re.compile(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)", re.ASCII)


def download(
    url: str,
    path: Path,
    *,
    limit: int = LIMIT,
    progress: Progress | None = None,
    stop: Stop | None = None,
    allow: Collection[str] = (),
    offline: bool = False,
    transport: httpx.BaseTransport | None = None,
    silence: float = SILENCE,
) -> Path:
    """Put the PDF that *url* gives at *path*, which is returned.

    What comes is kept in ``NAME.part`` beside it; after a cut, a stop or a crash the next call goes on from there,
    where the server says that the file is still the same (RFC 9110, 13.1.5 and 14.2). A file that was at *path* is
    replaced when the new one is whole. It has all the time that a slow line needs, but for *silence* without a byte,
    and for a server that gives a byte now and then (:data:`_LEAST`). Raises NetworkError, AnswerError where something
    else than a PDF comes, UnkeptError where it cannot be written, StoppedError where *stop* was set.
    """
    address = checked(url)
    if offline:
        raise OfflineError(f"{address.host} was not asked: the network is switched off (offline).")
    trusted = origins(allow)
    part = _Part(path, url, limit, progress or (lambda _there, _total: None))
    with part.alone(), Deadline(_HEAD, stop) as deadline:
        for _ in range(2):
            visit = Visit(
                address,
                {"User-Agent": agent(), "Accept": "application/pdf, */*;q=0.1", "Accept-Encoding": "identity"}
                | part.resuming(),
                origin(address) in trusted,
                deadline,
                wire=limit,
                unpacked=limit,
                silence=silence,
                transport=transport,
            )
            if follow(visit, part.take, trusted):
                break
        part.put_in_place(visit.where)
    return path


@dataclass(frozen=True)
class _Part:
    """What there is of a file so far, and what is needed to go on with it."""

    path: Path
    url: str
    limit: int
    progress: Progress

    @property
    def _file(self) -> Path:
        return self.path.with_name(f"{self.path.name}.part")

    @property
    def _note(self) -> Path:
        """Where it is kept what the server called the version of which this is a part."""
        return self.path.with_name(f"{self.path.name}.part.json")

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from the same file. Raises UnkeptError where one is at it, or there is no folder."""
        from filelock import FileLock, Timeout

        with self._writing():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path.with_name(f"{self.path.name}.part.lock"), mode=0o600, thread_local=False)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                raise UnkeptError(f"{clean(self.path.name, 100)} is being fetched already.") from None
        try:
            yield
        finally:
            # Before the release: whoever gets a lock sees whether its file is still there, and else tries anew.
            with contextlib.suppress(OSError):
                self.path.with_name(f"{self.path.name}.part.lock").unlink()
            lock.release()

    def resuming(self) -> dict[str, str]:
        """Return the header fields that ask for the rest, none where there is nothing to go on with."""
        with contextlib.suppress(OSError, ValueError, RecursionError):
            if not (_is_plain(self._file) and _is_plain(self._note)):
                return {}
            note = json.loads(self._note.read_text(encoding="utf-8"))
            there = self._file.stat().st_size
            if there and isinstance(note, dict) and note.get("url") == self.url and _is_field(note.get("version")):
                return {"Range": f"bytes={there}-", "If-Range": note["version"]}
        return {}

    def take(self, visit: Visit, response: httpx.Response) -> bool:
        """Keep what a response brings; False where it has to be asked for from the beginning."""
        try:
            return self._take(visit, response)
        except TooLargeError:
            # It would be too large the next time as well, and nobody would ever clear that much away.
            self._forget()
            raise

    def _take(self, visit: Visit, response: httpx.Response) -> bool:
        status = response.status_code
        if status == 416 and "Range" in visit.headers:  # there is more here than there
            self._forget()
            return False
        if not response.is_success:
            raise refusal(visit.where, status, response.headers, datetime.now(UTC))
        start, total = self._place(visit, response)
        with self._opened(start) as file:
            if start == 0:
                self._take_note(response)
            for each in self._checked(visit, response, start):
                with self._writing():
                    file.write(each)
                if file.tell() > self.limit:
                    raise visit.too_large(self.limit)
                self.progress(file.tell(), total)
            with self._writing():
                file.flush()
                os.fsync(file.fileno())
            if file.tell() != total if total is not None else not self._ends():
                raise NetworkError(f"{visit.where} broke off in the middle of its answer.", passing=True)
        return True

    def _ends(self) -> bool:
        """Return whether the file says that it ends: without a stated length, a cut looks like an end."""
        with self._writing(), self._file.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _END_WITHIN))
            return _END in file.read()

    def _place(self, visit: Visit, response: httpx.Response) -> tuple[int, int | None]:
        """Return where in the file the response begins, and the size of the whole where it is known."""
        if response.status_code != 206:
            length = response.headers.get("content-length", "")
            packed = response.headers.get("content-encoding", "identity") != "identity"
            return 0, int(length) if length.isdecimal() and len(length) < 15 and not packed else None
        there = self._file.stat().st_size
        found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
        if not found or int(found[1]) != there or "Range" not in visit.headers:
            self._forget()
            raise NetworkError(f"{visit.where} gives another part of the file than was asked for.", passing=True)
        return there, None if found[2] == "*" else int(found[2])

    def _checked(self, visit: Visit, response: httpx.Response, start: int) -> Iterator[bytes]:
        """Yield the body in pieces, the first of a new file only when it is seen that it is a PDF."""
        parts = _paced(visit, response)
        if start == 0:
            head = b""
            for each in parts:
                head += each
                if len(head) >= _MAGIC_WITHIN:
                    break
            if _MAGIC not in head[:_MAGIC_WITHIN]:
                self._forget()
                page = b"<html" in head[:_MAGIC_WITHIN].lower() or b"<!doctype html" in head[:_MAGIC_WITHIN].lower()
                what = "a web page in place of a PDF" if page else "what is no PDF"
                raise AnswerError(f"{visit.where} gives {what}.", status=response.status_code)
            yield head
        yield from parts

    @contextlib.contextmanager
    def _opened(self, start: int) -> Iterator[BinaryIO]:
        with self._writing():
            file = self._file.open("ab") if start else _new(self._file)
        with file:
            yield file

    def _take_note(self, response: httpx.Response) -> None:
        """Keep what the server calls this version: a strong entity tag, else its date (RFC 9110, 13.1.5)."""
        tag = response.headers.get("etag", "")
        version = tag if tag.startswith('"') else response.headers.get("last-modified", "")
        if "content-encoding" in response.headers or not _is_field(version):
            version = ""
        with self._writing(), _new(self._note) as file:
            file.write(json.dumps({"url": self.url, "version": version}).encode())

    def put_in_place(self, where: str) -> None:
        """Give the whole file its name."""
        if not self._file.exists():
            raise NetworkError(f"{where} could not be fetched.", passing=True)
        with self._writing():
            os.replace(self._file, self.path)
        self._forget()

    def _forget(self) -> None:
        for path in (self._file, self._note):
            with contextlib.suppress(OSError):
                path.unlink()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Say in words what the file system refuses."""
        try:
            yield
        except OSError as error:
            words = f"The file {clean(str(self.path), 200)} cannot be written ({error.strerror or error})."
            raise UnkeptError(words) from None


def _paced(visit: Visit, response: httpx.Response) -> Iterator[bytes]:
    """Yield the body's bytes, whose time begins anew whenever enough of them came."""
    visit.deadline.renew(_WINDOW, _LEAST)
    came = 0
    for each in visit.parts(response):
        came += len(each)
        if came >= _LEAST:
            visit.deadline.renew(_WINDOW, _LEAST)
            came = 0
        yield each


def _is_plain(path: Path) -> bool:
    """Return whether *path* is a file of this name alone: a link leads elsewhere, and a pipe never ends."""
    state = path.lstat()
    return stat.S_ISREG(state.st_mode) and state.st_nlink == 1


def _new(path: Path) -> BinaryIO:
    """Open a new file at *path*; what was there goes, and is not written through (others may share the folder)."""
    path.unlink(missing_ok=True)
    return path.open("xb")


def _is_field(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) < 300 and value.isascii() and value.isprintable()
