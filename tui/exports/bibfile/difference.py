"""What a merge changes, as a unified diff for the reader's eyes (POSIX diff -u)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.text import cap_marks, drop_controls

CONTEXT = 3
"""Unchanged lines round a change."""

MAX_LINE = 2000
"""Characters of a line that are shown."""


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` of a file give way to ``new``."""

    start: int
    end: int
    new: bytes


def applied(content: bytes, edits: Sequence[Edit]) -> bytes:
    """Return *content* with *edits*, which are in order and do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for edit in edits:
        pieces += [content[at : edit.start], edit.new]
        at = edit.end
    return b"".join([*pieces, content[at:]])


def difference(content: bytes, edits: Sequence[Edit], name: str) -> str:
    """Return the diff of *content* and what *edits* make of it, without anything that a terminal obeys."""
    made = [f"--- {name}", f"+++ {name}"] if edits else []
    shift = number = at = 0
    for hunk in _hunks(content, edits):
        first, last = _before(content, hunk[0].start), _behind(content, hunk[-1].end)
        lines: list[str] = []
        here = first
        for edit in hunk:
            lines += _signed(" ", content[here : edit.start])
            lines += _signed("-", content[edit.start : edit.end])
            lines += _signed("+", edit.new)
            here = edit.end
        lines += _signed(" ", content[here:last])
        number, at = number + content.count(b"\n", at, first), first
        old, new = (sum(line[0] in signs for line in lines) for signs in (" -", " +"))
        made.append(f"@@ -{_place(number, old)} +{_place(number + shift, new)} @@")
        made += lines
        shift += new - old
    return "\n".join(made) + "\n" if made else ""


def _hunks(content: bytes, edits: Sequence[Edit]) -> list[list[Edit]]:
    """Return *edits* widened to whole lines, those together that share the lines round them."""
    hunks: list[list[Edit]] = []
    for edit in edits:
        start = content.rfind(b"\n", 0, edit.start) + 1
        end = len(content) if (found := content.find(b"\n", edit.end)) < 0 else found + 1
        lines = start == edit.start and content[edit.end - 1 : edit.end] in (b"", b"\n")
        if lines and (not edit.new or edit.new.endswith(b"\n") or edit.end == len(content)):
            # Whole lines already.
            end = edit.end
        last = hunks[-1][-1] if hunks else None
        if last and start < last.end:
            # Two entries in one line.
            new = last.new[: len(last.new) - (last.end - edit.start)] + edit.new + content[edit.end : end]
            hunks[-1][-1] = Edit(last.start, end, new)
            continue
        wide = Edit(start, end, content[start : edit.start] + edit.new + content[edit.end : end])
        if last and content.count(b"\n", last.end, start) <= 2 * CONTEXT:
            hunks[-1].append(wide)
        else:
            hunks.append([wide])
    return hunks


def _place(before: int, count: int) -> str:
    return f"{before + 1 if count else before},{count}"


def _before(content: bytes, start: int) -> int:
    """Return where the unchanged lines before *start* begin."""
    for _ in range(CONTEXT):
        start = content.rfind(b"\n", 0, start - 1) + 1 if start else 0
    return start


def _behind(content: bytes, end: int) -> int:
    """Return where the unchanged lines behind *end* end."""
    for _ in range(CONTEXT):
        found = content.find(b"\n", end)
        end = found + 1 if found >= 0 else len(content)
    return end


def _signed(sign: str, content: bytes) -> list[str]:
    if not content:
        return []
    lines = content.split(b"\n") if b"\n" in content else content.splitlines()
    whole = not lines[-1]
    made = []
    for line in lines[:-1] if whole else lines:
        text = cap_marks(drop_controls(line.removesuffix(b"\r").decode("utf-8", "replace")))
        made.append(sign + (text if len(text) <= MAX_LINE else text[:MAX_LINE] + "…"))
    return made if whole else [*made, "\\ No newline at end of file"]
