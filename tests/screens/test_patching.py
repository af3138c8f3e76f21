"""What is drawn of a change is what Textual would draw of it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Mapping, Sequence

import pytest
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip

from tests.screens.drive import driven
from tui.desk import Desk
from tui.screens import panes
from tui.screens.patching import Patching

WALK = (
    "j", "j", "k", "space", "l", "j", "ctrl+d", "G", "g", "h", "G", "pagedown", "h", "j", "j", "l", "/", "a", "t",
    "escape", "y", "escape", "question_mark", "j", "escape", "B", "l", "escape", "tab", "tab",
    "s", "escape", "S", "x", "escape",
)  # fmt: skip


class Both(Patching):
    """Draws by itself and as Textual does, and notes where these differ."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn = 0
        self.differing: list[tuple[int, int, int]] = []
        self.written: list[tuple[str, str]] = []

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        if update:
            console = Console(force_terminal=True, color_system="truecolor")
            theirs = ChopsUpdate(update.chops, update.spans, update.chop_ends).render_segments(console)
            # Between the lines Textual has an end of line, and then goes to where the next one begins.
            self.written.append((update.render_segments(console), theirs.replace("\n", "")))
        return update

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip | None]]:
        spans = self._spans or {y: [crop.column_span] for y in crop.line_range}
        ours = super()._render_chops(crop, is_rendered_line)
        theirs = Compositor._render_chops(self, crop, is_rendered_line)
        for y, stretches in spans.items():
            for start, end in stretches:
                self.drawn += 1
                if y < len(ours) and _cells(ours[y], start, end) != _cells(theirs[y], start, end):
                    self.differing.append((y, start, end))
        return ours


def _cells(chops: Mapping[int, Strip | None], start: int, end: int) -> list[tuple[str, object]]:
    cells: dict[int, tuple[str, object]] = {}
    for x, strip in chops.items():
        for segment in strip or ():
            for piece in _letters(segment):
                cells[x] = piece
                x += max(1, Segment(piece[0]).cell_length)
    return [cells.get(x, ("", None)) for x in range(start, end)]


def _letters(segment: Segment) -> list[tuple[str, object]]:
    return [(letter, segment.style) for letter in segment.text]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_change_is_drawn_as_textual_draws_it(
    size: tuple[int, int], sample_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Both] = []

    def both() -> Both:
        made.append(Both())
        return made[-1]

    monkeypatch.setattr(panes, "Patching", both)
    async with driven(sample_desk, size) as hands:
        for key in WALK:
            await hands.press(key)
        await hands.pilot.resize_terminal(size[0] - 7, size[1] - 3)
        await hands.press("j", "l", "j")
    (compositor,) = made
    assert compositor.drawn > 500
    assert compositor.differing == []
    assert len(compositor.written) > 20
    assert all(ours == theirs for ours, theirs in compositor.written)


async def test_lines_that_did_not_change_are_not_asked_for(sample_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driven(sample_desk, (80, 24)) as hands:
        await hands.press("j")
        rows = hands.browse.paper_list
        asked: list[int] = []
        lines = type(rows).render_lines

        def render_lines(widget: object, crop: Region) -> list[Strip]:
            asked.extend(crop.line_range)
            return lines(rows, crop)

        monkeypatch.setattr(rows, "render_lines", lambda crop: render_lines(rows, crop))
        await hands.press("j")
        # The row that the cursor left, and the one that it came to, two lines each.
        assert sorted(set(asked)) == [2, 3, 4, 5]


async def test_what_a_dialog_has_drawn_is_let_go_when_it_is_closed(sample_desk: Desk) -> None:
    drawn: list[weakref.ref[StylesCache]] = []
    async with driven(sample_desk) as hands:
        for _ in range(4):
            await hands.press("question_mark")
            assert len(hands.app.screen_stack) == 2
            drawn.append(weakref.ref(hands.app.screen.children[-1]._styles_cache))
            await hands.press("escape", "j")
            assert len(hands.app.screen_stack) == 1
        gc.collect()
        assert [each() for each in drawn[:3]] == [None] * 3
