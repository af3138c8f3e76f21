"""What lists and texts that draw their own lines have in common: their length changes at every key."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class Scrolling(ScrollView):
    """A scroll view whose length can change without the whole screen being laid out anew.

    Textual's own asks for that, and with it for every scrollbar to be drawn again, for each paper that a cursor passes.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    def measure(self, lines: int) -> None:
        """Be *lines* long; lines are as wide as the widget, so that nothing is ever beside them."""
        self.virtual_size = Size(1, lines)

    def watch_virtual_size(self) -> None:
        """Let the scrollbar come or go where that changed, which takes a layout, and else be as long as it should."""
        fits = self.virtual_size.height <= self.container_size.height
        comes_or_goes = self.styles.overflow_y == "auto" and self.show_vertical_scrollbar == fits
        if comes_or_goes or self.styles.auto_dimensions:
            self.refresh(layout=True)
        elif self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = self.virtual_size.height
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
