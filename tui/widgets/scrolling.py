"""What lists and texts that draw their own lines have in common: their length changes at every key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class Bar(ScrollBar):
    """A vertical scrollbar that is drawn anew only where that looks different.

    Textual's own draws all of its lines for each row that a cursor passes, which is a quarter of what a key costs.
    """

    window_virtual_size: Reactive[int] = Reactive(100, repaint=False)
    window_size: Reactive[int] = Reactive(0, repaint=False)
    position: Reactive[float] = Reactive(0, repaint=False)

    _drawn: tuple[object, ...] = ()
    _strips: Sequence[Strip] = ()

    def watch_window_virtual_size(self) -> None:
        """Be longer or shorter where that is seen."""
        self._look_again()

    def watch_window_size(self) -> None:
        """Be longer or shorter where that is seen."""
        self._look_again()

    def watch_position(self) -> None:
        """Move where that is seen."""
        self._look_again()

    def _look_again(self) -> None:
        if self._drawn and self._drawn[0] != self._thumb():
            self.refresh()

    def _thumb(self) -> tuple[int, int, int]:
        """Return the height, and where the thumb begins and how long it is, in eighths of a line."""
        height, window, whole = self.size.height, self.window_size, self.window_virtual_size
        if not (window and height and window < whole):
            return height, 0, 0
        # As ScrollBarRender.render_bar places it.
        thumb = max(1, window / (whole / height))
        return height, int((height - thumb) * (self.position / (whole - window)) * 8), ceil(thumb * 8)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of *crop*."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or not isinstance(bar.style, RichStyle):
            return super().render_lines(crop)
        looks = (self._thumb(), bar.style)
        if looks != self._drawn:
            self._drawn, self._strips = looks, _bar_strips(bar, bar.style, self.size.height)
        strips: list[Strip] = list(self._strips[crop.y : crop.bottom])
        return _filtered(self, strips)


def _bar_strips(bar: ScrollBarRender, style: RichStyle, height: int) -> list[Strip]:
    segments = bar.render_bar(
        size=height,
        virtual_size=bar.virtual_size,
        window_size=bar.window_size,
        position=bar.position,
        thickness=bar.thickness,
        back_color=style.bgcolor or Color.parse("#555555"),  # type: ignore[arg-type]  # Textual's own does so too
        bar_color=style.color or Color.parse("bright_magenta"),  # type: ignore[arg-type]  # likewise
    ).segments
    made: dict[int, Strip] = {}
    # Most of them are the same segment.
    return [made.setdefault(id(each), Strip([each], bar.thickness)) for each in segments]


class Scrolling(ScrollView):
    """A scroll view whose length can change without the whole screen being laid out anew.

    Textual's own asks for that, and with it for every scrollbar to be drawn again, for each paper that a cursor passes.
    Lines are drawn as :meth:`render_line` gives them, beside the padding alone: borders and the like are for the pane.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is first needed."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = bar = Bar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

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

    @property
    def base(self) -> RichStyle:
        """The colours of the widget itself."""
        return self.visual_style.rich_style

    @property
    def room(self) -> int:
        """How wide a line is: as the widget without its scrollbar. Under that nothing need be drawn, or cut off."""
        return self.region.width - (0 if self.whole else self.scrollbar_size_vertical)

    @property
    def whole(self) -> bool:
        """Whether lines are as wide as the widget. Else words of no letters are left out, as where a line is cut."""
        return not self.show_vertical_scrollbar

    def line(self, y: int, left: int, width: int) -> Strip:
        """Return line *y* of what is visible, with *left* blank cells before it, *width* cells in all."""
        strip = self.render_line(y)
        fill = width - left - strip.cell_length
        if not left and not fill:
            return strip
        if fill < 0:
            strip, fill = strip.crop(0, width - left), 0
        before, behind = (Segment(" " * cells, self.base) for cells in (left, fill))
        return Strip([*([before] if left else ()), *strip, *([behind] if fill else ())], width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of *crop*, which is in the widget's own coordinates; what is under the scrollbar lacks."""
        (whole, height), width = self.region.size, self.room
        padding = self.styles.padding
        blank = Strip.blank(width, self.base)
        text = range(padding.top, height - padding.bottom)
        strips = [self.line(y - padding.top, padding.left, width) if y in text else blank for y in crop.line_range]
        if crop.column_span != (0, whole):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return _filtered(self, strips)


def _filtered(widget: ScrollView | ScrollBar, strips: list[Strip]) -> list[Strip]:
    filters = tuple(widget.get_line_filters())
    if not filters:
        return strips
    together, background = _together(filters), widget.background_colors[1]
    return [strip.apply_filter(together, background) for strip in strips]


@lru_cache(maxsize=8)
def _together(filters: tuple[LineFilter, ...]) -> LineFilter:
    """Return what does all that *filters* do: a strip that one of them made alone would be thrown away."""
    return filters[0] if len(filters) == 1 else _All(filters)


class _All(LineFilter):
    """One filter after the other."""

    def __init__(self, filters: Sequence[LineFilter]) -> None:
        super().__init__()
        self._filters = filters

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return *segments* as the last of the filters leaves them."""
        for each in self._filters:
            segments = each.apply(segments, background)
        return segments
