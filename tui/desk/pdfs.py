"""PDFs: where each may be, the one file it is kept in, fetching it, and opening it in the reader's program."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk import addresses
from tui.desk.listing import page_of
from tui.desk.pdf_index import PdfIndex
from tui.errors import AnswerError, LibraryError, NetworkError, OfflineError, SettingsError, StoppedError, UnknownError
from tui.frozen import dataclass
from tui.model import Link, Paper
from tui.text import clean, shown

if TYPE_CHECKING:
    from tui.desk.exporting import Exporting
    from tui.desk.pdf_queue import PdfQueue
    from tui.desk.rack import Rack
    from tui.desk.services import Services
    from tui.providers.web import Stop
    from tui.settings import Settings

Progress = Callable[[int, int | None], None]
"""Is told how many bytes there are and how many there will be, None where that is not known."""

MOST_PLACES = 5
"""Addresses of one paper that are tried."""

_TRIES = 3
"""How often one that breaks off is gone on with at once, as long as more of it comes each time."""


@dataclass(frozen=True)
class Pdf:
    """A PDF that is here: whose, in which file, from which address if that is known, and whether it came just now.

    ``size`` counts bytes.
    """

    paper: str
    path: Path
    url: str | None
    size: int
    new: bool


class Pdfs:
    """The PDFs of one desk's papers, in the folder of the settings."""

    def __init__(self, rack: Rack, exporting: Exporting, settings: Settings, services: Callable[[], Services]) -> None:
        self._rack = rack
        self._exporting = exporting
        self._settings = settings
        self._services = services

    @cached_property
    def folder(self) -> Path:
        """Where PDFs are kept: the settings' folder, else ``paperrack`` in the reader's documents."""
        from platformdirs import user_documents_path

        return self._settings.pdf.folder or user_documents_path() / "paperrack"

    @property
    def shown_folder(self) -> str:
        """The folder as a sentence names it."""
        home, folder = os.path.expanduser("~"), str(self.folder)
        inside = folder.startswith(home + os.sep) and home != os.sep
        return clean(f"~{folder[len(home) :]}" if inside else folder, 300)

    @cached_property
    def _index(self) -> PdfIndex:
        return PdfIndex(self.folder)

    @cached_property
    def queue(self) -> PdfQueue:
        """What screens fetch, one after the other."""
        from tui.desk.pdf_queue import PdfQueue

        return PdfQueue(self)

    # Knowing

    def title(self, name: str) -> str:
        """Return what a list calls the paper."""
        return shown(self._paper(name).title or name)

    def path(self, name: str) -> Path | None:
        """Return the file in which the paper's PDF is, or None where there is none."""
        known = self._index.name_of([name]) if self._index else None
        if known is None and self._index:
            known = self._index.name_of(self._names(name))
        path = self.folder / known if known else None
        return path if path and path.is_file() else None

    def _names(self, name: str) -> list[str]:
        """Return *name* and every id that became it: a PDF may have come under one of those."""
        catalogue = self._rack.catalogue
        num = catalogue.papers.number(name)
        nums = [] if num is None else [num]
        for each in nums:  # it grows by those that lead to it
            rows = catalogue.store.execute("SELECT num FROM papers WHERE goes_to = ?", (each,)).fetchall()
            nums += [other for (other,) in rows if other not in nums]
        return [name, *(each for each in catalogue.papers.names(nums) if each != name)]

    def places(self, name: str) -> tuple[str, ...]:
        """Return the addresses where the paper's PDF may be, in the order in which they are tried."""
        return addresses.pdfs_of(self._paper(name))

    def needs_details(self, name: str) -> bool:
        """Return whether the paper should be looked up first: no PDF is known of, and services were never asked."""
        return self.path(name) is None and not self.places(name) and not self._rack.inquiry(name).done

    def links(self, name: str) -> tuple[Link, ...]:
        """Return every address of the paper."""
        return addresses.links_of(self._paper(name))

    def page(self, name: str) -> str | None:
        """Return the address of the paper's page."""
        return page_of(self._paper(name))

    def _paper(self, name: str) -> Paper:
        return self._rack.paper(self._rack.canonical(name))

    # Fetching

    def fetch(
        self, name: str, progress: Progress | None = None, stop: Stop | None = None, url: str | None = None
    ) -> Pdf:
        """Return the paper's PDF, which is fetched where it is not here yet; for a worker thread.

        Only *url* is asked where that is said. Its file gets its name before it is fetched, so that what broke off is
        gone on with the next time. Raises UnknownError where no address of it is known, NetworkError where none gives
        it (AnswerError: one gives something else), LibraryError and SettingsError where the folder cannot be used,
        StoppedError.
        """
        paper = self._paper(name)
        if there := self.path(paper.id):
            return self._here(paper.id, there, new=False)
        places = (url,) if url else addresses.pdfs_of(paper)
        self._check_folder()
        path = self._claimed(paper, bool(places))
        if path.is_file():
            return self._here(paper.id, path, new=False)
        self._index.note(path.name, self._first(places[:MOST_PLACES], path, progress, stop))
        return self._here(paper.id, path, new=True)

    def _here(self, name: str, path: Path, new: bool) -> Pdf:
        return Pdf(name, path, self._index.source(path.name), path.stat().st_size, new)

    def _check_folder(self) -> None:
        folder = Path(os.path.realpath(self.folder))
        if folder.is_relative_to(os.path.realpath(self._rack.library.folder)):
            where = clean(str(folder), 300)
            raise SettingsError(f"[pdf] folder, {where}, is inside the library, which keeps only its own files there.")

    def _claimed(self, paper: Paper, known: bool) -> Path:
        """Return the file that the paper's PDF is to have. Raises UnknownError where there is and will be none."""
        from tui import file_pattern
        from tui.desk.file_names import file_name
        from tui.desk.pdf_index import is_pdf

        pattern = self._settings.pdf.pattern or file_pattern.DEFAULT
        parts = _parts(paper, self._exporting.keys([paper.id])[paper.id])
        # A key that nobody was given yet may be another paper's tomorrow, and so may a PDF that lies under it.
        adopts = bool(paper.marks.key) or "{title}" in pattern or "{id}" in pattern
        if not known and not (adopts and is_pdf(self.folder / file_name(pattern, parts))):
            asked = "" if paper.details and paper.details.done else "; its details were not looked up yet"
            raise UnknownError(f"No open PDF of this paper is known{asked}.")
        name = self._index.claim(self._names(paper.id), lambda taken: file_name(pattern, parts, taken=taken), adopts)
        return self.folder / name

    def _first(self, places: tuple[str, ...], path: Path, progress: Progress | None, stop: Stop | None) -> str:
        """Fetch the PDF from the first of *places* that gives it, and return which."""
        from tui.providers.web import UnkeptError

        failed: list[NetworkError] = []
        for url in places:
            try:
                self._fetched(url, path, progress, stop)
            except UnkeptError as error:
                raise LibraryError(str(error)) from error
            except (OfflineError, StoppedError):
                raise
            except NetworkError as error:
                failed.append(error)
            else:
                return url
        if not failed:
            raise UnknownError("No open PDF of this paper is known.")
        if len(failed) == 1:
            raise failed[0]
        kind = AnswerError if any(isinstance(error, AnswerError) for error in failed) else NetworkError
        raise kind(f"None of {len(failed)} addresses gives the PDF. The first: {failed[0]}", status=failed[0].status)

    def _fetched(self, url: str, path: Path, progress: Progress | None, stop: Stop | None) -> None:
        """Fetch *url* into *path*, and go on a few times where it breaks off. Raises NetworkError."""
        come = -1
        reached = 0

        def told(there: int, total: int | None) -> None:
            nonlocal reached
            reached = there
            if progress:
                progress(there, total)

        for last in (False,) * (_TRIES - 1) + (True,):
            try:
                self._services().download(url, path, told, stop)
            except NetworkError as error:
                if last or not error.passing or error.until or reached <= come:
                    raise
                come = reached
            else:
                return

    def close(self) -> None:
        """End what is being fetched; the next run goes on with it."""
        if "queue" in self.__dict__:
            self.queue.cancel()

    # Opening

    def open(self, path: Path) -> None:
        """Open a PDF in the reader's program; for a worker thread. Raises PaperrackError, with the path in it."""
        from tui import opener

        opener.open_file(path, self._settings.pdf.open)


def _parts(paper: Paper, key: str) -> dict[str, str]:
    """Return what the parts of a pattern say of *paper*."""
    from tui.exports.names import people

    names, others = people(paper.authors[:3])
    families = [name.family for name in names]
    more = others or paper.more_authors > 0 or len(paper.authors) > 2
    by = f"{families[0]} et al." if more and families else " and ".join(families[:2])
    return {
        "key": key,
        "id": paper.id.replace(":", "-", 1),
        "title": paper.title or "",
        "author": by,
        "year": str(paper.year or ""),
        "venue": paper.venue or "",
    }
