"""Searches that were saved under a name: kept, called, counted, and removed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from textual import work

from tui.errors import OutdatedError, QueryError
from tui.model import PlaceRow, SearchRow
from tui.screens.searching import Searching

CALM = 0.3
"""Seconds without a change before searches are counted anew."""


class Saved(Searching):
    """The saved searches among the issues, and the keys that keep and remove them."""

    def refresh_issues(self, chosen: str | None = None, details: bool = True) -> None:
        """Show the issues and the saved searches anew, and with them the papers and, if wanted, the details."""
        self.load_searches()
        super().refresh_issues(chosen, details)

    def load_searches(self) -> None:
        """Know the saved searches as the library has them now; counts are shown until there are new ones."""
        known = {row.query: row.papers for row in self.searches}
        with self.telling():
            saved = self.desk.searches.list()
            self.searches = tuple(SearchRow(each.name, each.query, known.get(each.query)) for each in saved)
        if self.search and not isinstance(self.search, PlaceRow):
            name, query = self.search.name, self.search.query
            same = (row for row in self.searches if row.name == name or row.query == query)
            self.search = next(same, None)
        self.count_searches()

    def count_searches(self) -> None:
        """Count what each saved search finds by now, once nothing has changed for a moment."""
        if self.searches:
            self._count()

    @work(exclusive=True, group="counting", exit_on_error=False)
    async def _count(self) -> None:
        await asyncio.sleep(CALM)
        for row in self.searches:
            count = await self._counted(row.query)
            self.searches = tuple(replace(each, papers=count) if each == row else each for each in self.searches)
        self.show_issues()

    async def _counted(self, query: str) -> int | None:
        while True:
            try:
                return len(await self.beside(partial(self.desk.listing, None, query)))
            except OutdatedError:
                await asyncio.sleep(CALM)  # what is typed comes first
            except QueryError:
                return None

    # The keys

    async def action_save_search(self) -> None:
        """Save what is searched for under a name; of a saved search, change its name."""
        from tui.screens.search_name import SearchName

        await self.written()
        row = None if self.words else self.search
        if isinstance(row, PlaceRow):
            self.tell(f"“{row.name}” is always among the issues; / searches in it, and that can be saved.")
            return
        query = row.query if row else self.sought
        if not query:
            self.tell(f"There is no search to save: {self.key('search')} searches every paper.", "warning")
            return
        try:
            self.desk.listing(query=query)
        except QueryError as error:
            self.explain(str(error))
            return

        def named(name: str | None) -> None:
            if name is None:
                return
            with self.telling():
                if row:
                    self.desk.searches.rename(row.name, name)
                else:
                    self.desk.searches.save(name, query)
                self.tell(f"“{name}” stands among the issues.")
            if row and self.search:
                self.search = replace(row, name=name)
            self.load_searches()
            self.show_issues()
            self.say_where()

        taken = {each.name: each.query for each in self.searches}
        self.app.push_screen(SearchName(query, taken, row.name if row else None), named)

    def action_remove_search(self) -> None:
        """Remove the saved search that is shown."""
        if isinstance(self.search, PlaceRow):
            self.tell(
                f"“{self.search.name}” is always there; {self.key('remove-search')} removes saved searches.", "warning"
            )
            return
        if self.search is None:
            self.tell(f"{self.key('remove-search')} removes a saved search; go to one first.", "warning")
            return
        with self.telling():
            self.desk.searches.remove(self.search.name)
            self.tell(f"“{self.search.name}” removed, {self.key('undo')} brings it back.")
        self.end_search()
        self.search = None
        self.refresh_issues()
