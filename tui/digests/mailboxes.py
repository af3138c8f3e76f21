"""A mailbox cut into messages, one at a time (mbox, RFC 4155, in its dialects); one message is read whole, no more."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from tui.digests.mail_head import ENVELOPE

MAX_MESSAGE = 32_000_000
"""The longest message that is read; of a longer one, what is beyond is left. Most providers take 25 MB."""

_LINE = 1 << 16
_QUOTED = re.compile(rb">{1,50}From ")


class Stored(NamedTuple):
    """A message's bytes, the line of the mailbox where it begins (from 1), whether it is longer than what is read, and
    how many bytes of the mailbox are behind it."""

    data: bytes
    line: int
    long: bool
    behind: int


def messages(file: IO[bytes], *, boxed: bool) -> Iterator[Stored]:
    """Yield the messages in *file*; where it is no mailbox (*boxed*, or an envelope first), it is one message."""
    kept = bytearray()
    begin, number, behind, size = 1, 0, 0, 0
    fresh = blank = True
    while line := file.readline(_LINE):
        if fresh:
            number += 1
        if number == 1 and fresh:
            line = line.removeprefix(codecs.BOM_UTF8)
            boxed = boxed or _is_envelope(line)
        if boxed and fresh and blank and _is_envelope(line):
            if kept.strip():
                yield Stored(bytes(kept), begin, size > MAX_MESSAGE, behind)
            kept, begin, size = bytearray(), number + 1, 0
        else:
            size += len(line)
            if size <= MAX_MESSAGE:
                kept += line[1:] if boxed and fresh and _QUOTED.match(line) else line
        behind += len(line)
        blank = fresh and not line.strip()
        fresh = line.endswith(b"\n")
    if kept.strip():
        yield Stored(bytes(kept), begin, size > MAX_MESSAGE, behind)


def _is_envelope(line: bytes) -> bool:
    return line.startswith(b"From ") and bool(ENVELOPE.match(line[:600].decode("latin-1")))
