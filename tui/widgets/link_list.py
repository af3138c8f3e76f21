"""The list of a paper's addresses: what each leads to, its host in full, and the rest of it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from rich.cells import cell_len

from tui.model import Link
from tui.widgets.cells import fit
from tui.widgets.lines import Lines, Parts

DIGITS = 9
"""Rows that a digit chooses."""

_RELATION = 9


class LinkList(Lines):
    """A row an address; the first nine have a digit."""

    def __init__(self, links: Sequence[Link], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._links = links

    def __len__(self) -> int:
        """Return the number of addresses."""
        return len(self._links)

    @property
    def current(self) -> Link:
        """The address under the cursor."""
        return self._links[self.cursor]

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*."""
        link = self._links[index]
        digit = f"{index + 1}" if index < DIGITS else " "
        host, rest = _parted(link.url)
        room = width - 3 - _RELATION
        host = fit(host, min(cell_len(host), room))
        return [
            [
                (f" {digit} ", "mark"),
                (fit(link.rel, _RELATION), "muted"),
                (host, "strong"),
                (cut(rest, room - cell_len(host)), "muted"),
            ]
        ]


def cut(text: str, width: int) -> str:
    """Return *text* in at most *width* cells, cut in the middle: an address says most where it begins and ends."""
    if cell_len(text) <= width:
        return text
    if width < 3:
        return ""
    front = (width - 1) // 2
    back = text[-(width - 1 - front) :]
    return f"{fit(text, front + 1)[:-1].rstrip()}…{back}" if cell_len(back) == len(back) else fit(text, width)


def _parted(url: str) -> tuple[str, str]:
    """Return what of *url* says whose it is, and the rest; https is not said."""
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return "", url
    start = url.find(host) + len(host) if host else 0
    return url[:start].removeprefix("https://"), url[start:]
