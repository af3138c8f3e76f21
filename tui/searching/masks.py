"""Which papers hold words, remembered until a text changes.

A mask is a byte for each listed paper, by its place in :class:`~tui.searching.orders.State`: 1 where it is found.
"""

from __future__ import annotations

import zlib

ROOM = 2_000_000
"""Bytes that the masks of the last searches may take: who takes letters back again waits for none of them."""


class Masks:
    """The masks of expressions for FTS5, as long as no text changes."""

    def __init__(self) -> None:
        self._last: dict[str, bytes] = {}
        self._packed: dict[str, bytes] = {}

    def __contains__(self, matched: str) -> bool:
        return matched in self._last or matched in self._packed

    def get(self, matched: str) -> bytes | None:
        """Return the mask of *matched*, or None where it is not known."""
        if packed := self._packed.get(matched):
            return zlib.decompress(packed)
        mask = self._last.pop(matched, None)
        if mask is not None:
            self._last[matched] = mask  # the last again
        return mask

    def put(self, matched: str, mask: bytes) -> None:
        """Keep *mask* in the place of those that were asked for longest ago."""
        self._last[matched] = mask
        while len(self._last) * len(mask) > ROOM:
            self._last.pop(next(iter(self._last)))

    def pack(self, matched: str, mask: bytes) -> None:
        """Keep *mask* for good."""
        self._packed[matched] = zlib.compress(mask, 1)
