"""gzip unpacked in small steps, so that a bomb is met before it is in memory.

455 bytes can stand for hundreds of megabytes, and a client that unpacks what it received has them all at once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tui.errors import NetworkError

_STEP = 65_536


class Gzip:
    """Unpacks gzip (RFC 1952, also several members in a row) a small step at a time."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)
        self.whole = True
        """Whether the data so far ends where a member ends; an empty body is whole."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what *chunk* unpacks to, in pieces of at most 64 kB."""
        while chunk:
            if self._member.eof:
                if not chunk.startswith(b"\x1f"):
                    return  # padding behind the last member, which gzip(1) passes over too
                self._member = zlib.decompressobj(31)
            try:
                part = self._member.decompress(chunk, _STEP)
            except zlib.error:
                raise NetworkError("The answer is damaged: it says gzip and is not.") from None
            if part:
                yield part
            chunk = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            self.whole = self._member.eof
