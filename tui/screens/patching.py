"""Draws what changed, and nothing beside it: a key that moves a cursor changes two lines of a thousand.

Textual's compositor asks every widget that shares the rectangle round all changes for all of its lines, also those that
lie under another one, and throws most of them away. That is three quarters of what a key costs. This one asks for the
lines that are written to the terminal. It overrides one private method of Textual (hence the version bound on it in
pyproject); ``tests/screens/test_patching.py`` compares what is drawn with what Textual draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import cast

from rich.console import Console
from textual._compositor import ChopsUpdate, Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip

Spans = dict[int, list[tuple[int, int]]]
"""By line, the stretches (from, to) of it that are drawn."""

# Two colours by two others, of which Textual keeps the last thousand: and with them, as it forgot to say that the
# method is the class's, all that a thousand widgets had drawn when their dialogs were closed.
_blended = lru_cache(256)(StylesCache.get_inner_outer.__wrapped__)
StylesCache.get_inner_outer = classmethod(_blended)  # type: ignore[arg-type, method-assign, assignment] # is the same


class Written(ChopsUpdate):
    """What is written of a change: as Textual writes it, without an object for each move of the terminal's cursor."""

    def render_segments(self, console: Console) -> str:
        """Return the strips of the update, each behind the sequence that moves to where it begins (ECMA-48, CUP)."""
        said: list[str] = []
        for y, start, to in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x > to or end <= start:
                    continue
                if not (start <= x < to and end <= to):
                    strip = strip.crop(0, min(end, to) - x)
                said += (f"\x1b[{y + 1};{x + 1}H", strip.render(console))
        return "".join(said)


class Patching(Compositor):
    """A compositor that renders only the lines, and only of those widgets, that are seen in what changed."""

    _spans: Spans | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed since the last picture, or None."""
        self._spans = {}
        for y, start, end in self._regions_to_spans(self._dirty_regions):
            self._spans.setdefault(y, []).append((start, end))
        try:
            update = super().render_partial_update()
            return update and Written(update.chops, update.spans, update.chop_ends)
        finally:
            self._spans = None

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """Return the strips of every line by the cuts where they begin; None where nothing is drawn."""
        cuts = self.cuts
        spans = self._spans
        if spans is None:
            spans = {y: [crop.column_span] for y in crop.line_range}
        chops: list[dict[int, Strip | None]] = [{} for _ in cuts]
        missing: dict[int, set[int]] = {}
        for y, stretches in spans.items():
            if 0 <= y < len(cuts):
                line = cuts[y]
                chops[y] = dict.fromkeys(line[:-1])
                missing[y] = {cut for start, to in stretches for cut, end in pairwise(line) if cut < to and end > start}
        # From front to back: what is in front is what is seen.
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            for rows in _runs(seen, missing):
                inside = Region(seen.x - region.x, rows.start - region.y, seen.width, len(rows))
                for y, strip in zip(rows, widget.render_lines(inside), strict=False):
                    _fill(chops[y], missing[y], cuts[y], seen, strip)
        # Textual says so too, though a part that did not change is None for it as well.
        return cast("Sequence[Mapping[int, Strip]]", chops)


def _fill(chops: dict[int, Strip | None], missing: set[int], cuts: list[int], seen: Region, strip: Strip) -> None:
    """Put *strip*, a line of what is *seen* of a widget, where in its line something is *missing*."""
    first, last = seen.column_span
    within = [cut for cut in cuts if first <= cut <= last]
    # Most widgets are cut nowhere, or only where their scrollbar begins, under which they draw nothing.
    whole = len(within) > 1 and strip.cell_length == within[1] - first
    pieces = (strip,) if whole else strip.divide([cut - first for cut in within[1:]])
    for cut, piece in zip(within, pieces, strict=False):
        if cut in missing:
            chops[cut] = piece
            missing.discard(cut)


def _runs(seen: Region, missing: Mapping[int, set[int]]) -> Iterator[range]:
    """Yield the lines in which something of what is *seen* is missing, in runs."""
    lines, (first, stop) = seen.line_range, seen.column_span
    start: int | None = None
    for y in lines:
        wanted = y in missing and any(first <= cut < stop for cut in missing[y])
        if wanted and start is None:
            start = y
        elif not wanted and start is not None:
            yield range(start, y)
            start = None
    if start is not None:
        yield range(start, lines.stop)
