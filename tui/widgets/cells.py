"""Text cut and padded by terminal cells, so that wide and combining characters keep the columns straight."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size


@lru_cache(maxsize=16384)
def fit(text: str, width: int) -> str:
    """Return *text* in exactly *width* cells: cut with an ellipsis where it is longer, padded where shorter."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def fit_right(text: str, width: int) -> str:
    """Return *text* in exactly *width* cells, pushed to the right."""
    room = width - cell_len(text)
    return " " * room + text if room >= 0 else fit(text, width)
