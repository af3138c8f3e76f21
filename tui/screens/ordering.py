"""The order in which papers are listed, chosen by a letter."""

from __future__ import annotations

from functools import partial

from textual import work

from tui.desk.listing import Sort
from tui.errors import OutdatedError, QueryError
from tui.screens.searching import ORDERS
from tui.screens.triaging import Triaging


class Ordering(Triaging):
    """The key that sorts, on top of those that decide."""

    async def action_sort(self) -> None:
        """Ask for another order."""
        from tui.screens.sorting import Sorting

        def chosen(sort: Sort | None) -> None:
            if sort is not None and sort != self.sort:
                self.sort = sort
                self._resort(sort)

        await self.app.push_screen(Sorting(self.sort), chosen)

    @work(group="sort", exclusive=True, exit_on_error=False)
    async def _resort(self, sort: Sort) -> None:
        # Beside the keyboard: 100,000 papers are not sorted within a frame. The cursor stays on its paper.
        try:
            find = partial(self.desk.listing, self.issue or None, self.sought, sort=sort)
            found = await self.beside(find)
        except OutdatedError:
            return  # what was typed since is sorted so already
        except QueryError as error:
            self.explain(str(error))
            return
        if sort == self.sort:
            self.end_range()
            self.show_papers(found, self.paper_list.current)
            self.tell(f"Sorted {ORDERS.get(sort, f'by {sort}') or 'by place'}.")
