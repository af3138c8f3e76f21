"""What lies elsewhere: a paper's PDF, its page, its links."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.desk import Desk
from tui.desk.marking import count
from tui.errors import AnswerError, PaperrackError, StoppedError, UnknownError
from tui.model import Paper
from tui.screens.annotating import Annotating
from tui.text import clean
from tui.widgets.paper_text import host_of

if TYPE_CHECKING:
    from tui.desk.pdf_queue import Fetched, Turn
    from tui.desk.pdfs import Pdf
    from tui.screens.links import Wanted

MOST_PAGES = 10
"""Pages that are opened at a stroke."""

POLL = 0.15
"""Seconds between two looks at how far a PDF is."""

MOST_PDFS = 500
"""PDFs that are fetched at a stroke: at the pace that hosts ask for, half an hour's worth."""


class Opening(Annotating):
    """The keys that open what lies elsewhere, on top of those that write."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.fetching = ""
        self._pdf_turns = asyncio.Lock()

    def ask(self, names: Iterable[str], refresh: bool = False, quiet: bool = False, front: bool = True) -> None:
        """Look *names* up."""
        raise NotImplementedError  # Looking knows

    def pdf_of(self, paper: Paper) -> str:
        """Return the name of the file in which the paper's PDF is, or an empty text where it is not here."""
        path = self.desk.pdfs.path(paper.id)
        return path.name if path else ""

    def say_counts(self) -> None:
        """Show in the line on top what is under way, PDFs first, and how much is marked."""
        super().say_counts()
        if self.fetching:
            self.where.counts = " · ".join(part for part in (self.fetching, self.where.counts) if part)

    def on_unmount(self) -> None:
        """End what is being fetched: the program waits for its threads."""
        self.desk.pdfs.close()

    # PDFs

    async def action_pdf(self) -> None:
        """Fetch the PDF, unless it is here, and open it; of a range, fetch all and open none."""
        if (name := self.seen()) is None:
            return
        many = len(self.paper_list.range or ())
        if not many:
            self._fetch_one(name)
            return
        if many > MOST_PDFS:
            self.tell(f"{many:,} papers are in the range; p fetches {MOST_PDFS} PDFs at most.", "warning")
            return
        from tui.screens.sure import Sure

        names, here = await asyncio.to_thread(self._ranged_and_here)
        if len(names) == 1:
            self.end_range()
            self._fetch_one(names[0])
            return
        there = f" {here:,} of them {'is' if here == 1 else 'are'} here already." if here else ""
        said = (
            f"They are fetched one after the other into {self.desk.pdfs.shown_folder}, and none is opened.{there} "
            f"{self.key('jobs')} shows and cancels them."
        )
        self.app.push_screen(
            Sure(f"Fetch {count(len(names), 'PDF')}?", said, "fetches them"),
            lambda sure: self._fetch_range(names) if sure else None,
        )

    def _ranged_and_here(self) -> tuple[tuple[str, ...], int]:
        """Return the papers of the range, and how many of them have their PDFs here."""
        names = self.ranged()
        return names, sum(self.desk.pdfs.path(name) is not None for name in names)

    def _fetch_range(self, names: tuple[str, ...]) -> None:
        self.end_range()
        self._fetch_all(names)

    @work(group="pdfs", exit_on_error=False)
    async def _fetch_one(self, name: str, url: str | None = None) -> None:
        """Fetch the PDF, from *url* where the reader chose that, and open it, or say in one sentence why not."""
        try:
            if path := self.desk.pdfs.path(name):
                await asyncio.to_thread(self.desk.pdfs.open, path)
                self.tell(f"Opened {path.name}.")
                return
            turns = self.desk.pdfs.queue.add([name], url)
            if not turns:
                self.tell("This PDF is being fetched; J cancels it.")
                return
            if url is None:
                await self._details_first([name])
            pdf = await self._turn(turns[0])
            self.show_pdfs([name])
            self.tell(f"{pdf.path.name} {_came(pdf)}.")
            await asyncio.to_thread(self.desk.pdfs.open, pdf.path)
        except StoppedError:
            self.tell("The PDF was cancelled; p goes on with it.")
        except PaperrackError as error:
            self.tell(self._with_page(name, error), "warning")

    @work(group="pdfs", exit_on_error=False)
    async def _fetch_all(self, names: tuple[str, ...]) -> None:
        """Fetch PDFs one after the other, and say in one line what came of it."""
        from tui.desk.pdf_queue import Fetched

        turns = await asyncio.to_thread(self.desk.pdfs.queue.add, names)
        await self._details_first(names)
        pdfs: list[Pdf] = []
        failures: list[tuple[str, str]] = []
        for place, turn in enumerate(turns):
            try:
                pdfs.append(await self._turn(turn, (place, len(turns))))
            except StoppedError:
                continue
            except PaperrackError as error:
                failures.append((turn.paper, str(error)))
        self.show_pdfs(names)
        cancelled = len(turns) - len(pdfs) - len(failures)
        self._say_fetched(Fetched(tuple(pdfs), tuple(failures), cancelled))

    def _say_fetched(self, fetched: Fetched) -> None:
        # Why one failed is said of one alone; of several, where to look.
        more = (
            f": {fetched.failures[0][1]}"
            if len(fetched.failures) == 1
            else f"; {self.key('jobs')} shows why." * bool(fetched.failures)
        )
        self.tell(f"{fetched.said()}{more or '.'}", "warning" if fetched.failures else "information")

    async def _turn(self, turn: Turn, among: tuple[int, int] | None = None) -> Pdf:
        """Wait for the turn, fetch the PDF in a thread, and show how far it is."""
        async with self._pdf_turns:
            fetching = asyncio.ensure_future(asyncio.to_thread(self.desk.pdfs.queue.fetch, turn))
            try:
                while not fetching.done():
                    self._say_fetching(_progress(turn, among))
                    await asyncio.wait({fetching}, timeout=POLL)
            finally:
                self._say_fetching("")
            return fetching.result()

    def _say_fetching(self, words: str) -> None:
        if words != self.fetching and self.is_running:
            self.fetching = words
            self.say_counts()

    async def _details_first(self, names: Iterable[str]) -> None:
        """Look those papers up of which no PDF is known and services were never asked, and wait for that."""
        needs = self.desk.pdfs.needs_details
        wanted = await asyncio.to_thread(lambda: [name for name in names if needs(name)])
        if not wanted:
            return
        self.tell("No address of a PDF is known yet: services are asked for one.")
        self.ask(wanted, quiet=True)
        while self._asked(frozenset(wanted)):
            await asyncio.sleep(POLL)

    def _asked(self, names: frozenset[str]) -> bool:
        """Return whether any of *names* is being looked up, or will be once the reader said whom services write to."""
        from tui.screens.contact import Contact

        if any(isinstance(screen, Contact) for screen in self.app.screen_stack):
            return True
        return any(job.paper in names and job.state in ("running", "waiting") for job in self.desk.looking.jobs())

    def _with_page(self, name: str, error: PaperrackError) -> str:
        """Return what went wrong, and the way to the page where that may help."""
        helps = isinstance(error, (AnswerError, UnknownError)) or getattr(error, "status", None) in (401, 402, 403)
        return f"{error} o opens its page." if helps and self.desk.pdfs.page(name) else str(error)

    def show_pdfs(self, names: Iterable[str]) -> None:
        """Show in the details that a PDF is here now."""
        if self.is_running and self.paper_list.current in set(names):
            self.refresh_details(stay=True)

    # Pages

    def action_browser(self) -> None:
        """Open the paper's page in the browser; those of a range after a question."""
        if (name := self.seen()) is None:
            return
        many = len(self.paper_list.range or ())
        if many > MOST_PAGES:
            self.tell(f"{many:,} papers are in the range; o opens {MOST_PAGES} pages at most.", "warning")
        elif many > 1:
            from tui.screens.sure import Sure

            names = self.ranged()
            self.app.push_screen(
                Sure(f"Open {count(many, 'page')}?", "Each in the browser, as a page of its own.", "opens them"),
                lambda sure: self._open_range(names) if sure else None,
            )
        else:
            self.end_range()
            self._open((name,))

    def _open_range(self, names: tuple[str, ...]) -> None:
        self.end_range()
        self._open(names)

    @work(group="browser", exit_on_error=False)
    async def _open(self, names: tuple[str, ...]) -> None:
        opened: list[str] = []
        for name in names:
            try:
                opened.append(await asyncio.to_thread(self.desk.exporting.open, name))
            except PaperrackError as error:
                self.tell(str(error), "error")
                if not isinstance(error, UnknownError):
                    return  # the next would fail alike
        if len(names) == 1 and opened:
            self.tell(f"Opened {host_of(opened[0])}.")
        elif opened:
            self.tell(f"Opened {count(len(opened), 'page')}.")

    # Links

    def action_links(self) -> None:
        """Show every address of the paper, to open, copy or fetch one."""
        from tui.screens.links import Links

        if (name := self.seen()) is None:
            return
        links = self.desk.pdfs.links(name)
        if not links:
            self.tell("This paper has no address.", "warning")
            return
        self.app.clear_notifications()  # one would hide what can be chosen
        title = self.desk.pdfs.title(name)
        self.app.push_screen(Links(title, links), partial(self._link_chosen, name))

    def _link_chosen(self, name: str, wanted: Wanted | None) -> None:
        if wanted is None:
            return
        if wanted.what == "fetch":
            self._fetch_one(name, wanted.link.url)
        else:
            self._use_link(wanted)

    @work(group="browser", exit_on_error=False)
    async def _use_link(self, wanted: Wanted) -> None:
        exporting, url = self.desk.exporting, wanted.link.url
        try:
            if wanted.what == "open":
                await asyncio.to_thread(exporting.browse, url)
                self.tell(f"Opened {host_of(url)}.")
            else:
                copied = await asyncio.to_thread(exporting.copy, url, self._osc52)
                said = f"No clipboard took it: it is in {copied.path}" if copied.path else f"{clean(url, 60)} copied"
                self.tell(f"{said}.", "information" if copied.certain else "warning")
        except PaperrackError as error:
            self.tell(str(error), "error")


def _came(pdf: Pdf) -> str:
    """Return how the PDF came to be here."""
    from tui.desk.pdf_queue import size

    if not pdf.new:
        return "was here already"
    return f"fetched from {host_of(pdf.url or '')}, {size(pdf.size)}"


def _progress(turn: Turn, among: tuple[int, int] | None) -> str:
    """Return how far it is, for the line on top."""
    from tui.desk.pdf_queue import amount, bar

    if among:
        done, total = among
        return f"PDF {bar(done, total)} {done:,}/{total:,}"
    if turn.total:
        return f"PDF {bar(turn.there, turn.total)} {100 * turn.there // turn.total} %"
    return f"PDF {amount(turn.there, None)}" if turn.there else "PDF …"
