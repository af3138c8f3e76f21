"""The screen that paperrack is: digests come in, and what else the keys do."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence

from textual import work
from textual.geometry import Size
from textual.message import Message
from textual.worker import Worker, WorkerState, get_current_worker

from tui.desk import Desk, Taken, summary
from tui.desk.intake import Source
from tui.desk.layout import Layout
from tui.screens.remembering import Remembering

AROUND = 3.0
"""Seconds between two looks at what other programs changed in the library."""

OFTEN = 100
"""Looks of which one is at every file."""


LAST = 3
"""Layouts that the first details bring with them: theirs, and those of the scrollbars that hear of it."""


class Browse(Remembering, opened=True):
    """Issues, papers and details of one library; *words* are taken in first, as digests of the kind *format*."""

    class Drawn(Message):
        """The first picture is out."""

    def __init__(
        self, desk: Desk, words: Sequence[str] = (), format: str | None = None, layout: Layout | None = None
    ) -> None:
        super().__init__(desk, layout)
        self._words = words
        self._format = format
        self._looks = self._told_reports = 0
        self.whole = False

    def on_mount(self) -> None:
        """Show the library as it is, then take in what was named on the command line."""
        self.desk.library.on_error = self._not_saved
        self.filter.display = False
        self.refresh_issues(self.return_to(), details=False)
        self.go_to("papers")
        # The details are laid out once their width is known.
        self.call_after_refresh(self._complete)
        self.set_interval(AROUND, self._around)
        self._tell_reports()
        if self._words:
            self.take_in(self._words, quiet=True)

    def _compositor_refresh(self) -> None:
        """Draw the screen, but for what comes before the first picture is whole.

        Textual draws each of its first layouts, six of them, and each would be written over by the next.
        """
        if self.whole:
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()

    def _screen_resized(self, size: Size) -> None:
        """Lay out what has another size now; at the start Textual tells the same one three times."""
        if self.whole or size != self.outer_size:
            super()._screen_resized(size)

    def _complete(self) -> None:
        self.refresh_details()
        self._draw(LAST)

    def _draw(self, later: int) -> None:
        """Draw the first picture after as many layouts as are to come, and then begin what goes on beside the keys."""
        if later:
            self.call_after_refresh(self.call_later, self._draw, later - 1)
            return
        self.whole = True
        if not self._layout_required:
            self._compositor_refresh()
        self.call_after_refresh(self.post_message, self.Drawn())
        self.call_after_refresh(self.listen)
        self.call_after_refresh(self._keep_watch)

    @work(exclusive=True, group="around", exit_on_error=False)
    async def _around(self) -> None:
        # Looking at the files of a large library takes longer than a key may wait.
        whole, self._looks = self._looks % OFTEN == 0, self._looks + 1
        with self.telling():
            if await asyncio.to_thread(self.desk.marking.sync, whole):
                self.show_elsewhere()
        self._tell_reports()

    def _tell_reports(self) -> None:
        """Tell what the library reports, each once: what was set aside and restored, or is read-only."""
        reports = self.desk.library.reports
        for report in reports[self._told_reports :]:
            self.tell(report, "warning")
        self._told_reports = len(reports)

    def _keep_watch(self) -> None:
        """Look at every file once the first picture is out, and make backups from time to time."""
        self._around()
        self.desk.keeping.on_error = self._not_saved
        self.desk.keep_backups()

    def _not_saved(self, sentence: str) -> None:
        self.app.call_from_thread(self.tell, sentence, "error")

    def action_add(self) -> None:
        """Ask for a digest."""
        from tui.screens.add import Add

        def take(words: str | Source | None) -> None:
            if isinstance(words, str):
                self.take_in([words])
            elif words is not None:
                self.take_source(words)

        self.app.push_screen(Add(self.desk), take)

    @work(group="reading", exit_on_error=False)
    async def take_source(self, source: Source) -> None:
        """Take in what was read and seen already."""
        taken: list[Taken] = []
        with self.telling():
            for place in range(len(source.issues)):
                taken.append(await asyncio.to_thread(self.desk.take, source, place))
        self._report([], taken, False)

    @work(group="reading", exit_on_error=False)
    async def take_in(self, words: Sequence[str], quiet: bool = False) -> None:
        """Take in what *words* name; *quiet* says only what went wrong."""
        self.reading = "reading …"
        self.say_where()
        failed: list[Source] = []
        taken: list[Taken] = []
        papers = 0
        worker = get_current_worker()
        reading = self.desk.read(words, self._format)
        while not worker.is_cancelled and (source := await asyncio.to_thread(next, reading, None)) is not None:
            failed += [source] if source.error else []
            for place in range(len(source.issues)):
                with self.telling():
                    # An issue at a time, so that a key never waits for more than one.
                    each = await asyncio.to_thread(self.desk.take, source, place)
                    taken.append(dataclasses.replace(each, issue=dataclasses.replace(each.issue, entries=(), text="")))
                    papers += each.papers
            self.reading = f"reading … {papers:,}"
            self.say_where()
        self.reading = ""
        self._report(failed, taken, quiet)

    def _report(self, sources: Sequence[Source], taken: Sequence[Taken], quiet: bool) -> None:
        """Show what was taken in, the newest of it first, and say in one sentence what that changed."""
        for source in sources:
            if source.error:
                self.failure = source.error
                self.tell(source.error, "error")
        if taken and not quiet:
            self.tell(summary(taken))
        shelf = {row.id: place for place, row in enumerate(self.desk.shelf())}
        newest = min((each.issue.id for each in taken), key=lambda name: shelf.get(name, len(shelf)), default=None)
        if newest:
            self.issue, self.search = newest, None
        self.refresh_issues()
        if newest:
            self.paper_list.move_to(0)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say when something that ran beside the keyboard failed in a way that nobody foresaw."""
        if event.state is WorkerState.ERROR:
            self.reading = ""
            self.tell(f"That failed: {type(event.worker.error).__name__}: {event.worker.error}", "error")

    def action_help(self) -> None:
        """Show every key."""
        from tui.screens.help import Help

        async def do(action: str | None) -> None:
            if action:
                await self.run_action(action)

        self.app.clear_notifications()  # one would hide what is shown
        self.app.push_screen(Help(self.keymap), do)

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()

    def action_interrupt(self) -> None:
        """Say how to quit: ctrl+c is struck by habit."""
        self.tell(f"{self.key('quit')} quits paperrack.")
