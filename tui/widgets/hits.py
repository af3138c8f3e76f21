"""Words with the places lit at which a search found them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

Spans = Sequence[tuple[int, int]]
"""Places in a text, as (start, end), one after the other."""

Find = Callable[[str], Spans]
"""What gives the places in a text that a search found."""


def nowhere(text: str) -> Spans:
    """Return no place: nothing is searched for."""
    return ()


def lit(text: str, role: str, spans: Spans) -> Iterator[tuple[str, str]]:
    """Yield *text* as parts: what *spans* cover in the role of a hit, the rest in *role*."""
    end = 0
    for start, stop in spans:
        start, stop = max(start, end), min(stop, len(text))
        if start < stop:
            if end < start:
                yield text[end:start], role
            yield text[start:stop], "hit"
            end = stop
    if end < len(text):
        yield text[end:], role


def kept(spans: Spans, text: str, cut: str) -> Spans:
    """Return what is left of *spans* of *text* where only *cut* of it is shown, with an ellipsis at its end."""
    if not spans or cut.startswith(text):
        return spans
    end = len(cut.rstrip()) - 1
    return [(start, min(stop, end)) for start, stop in spans if start < end]
