"""The diff that a reader sees before a file is changed: it is what patch(1) would take, and says all that changes."""

from __future__ import annotations

import difflib
import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.exports.bibfile.difference import MAX_LINE, Edit, applied, difference

LAST = "\\ No newline at end of file"


def lines_of(count: int) -> list[str]:
    return [f"line {number}\n" for number in range(1, count + 1)]


def edits_of(lines: list[str], changes: dict[int, str]) -> list[Edit]:
    """Return the edits that put other text in the place of lines (from 1), or before the one behind the last."""
    ends = [0, *accumulate(len(line.encode()) for line in lines)]
    return [
        Edit(ends[number - 1], ends[min(number, len(lines))], new.encode()) for number, new in sorted(changes.items())
    ]


def by_difflib(old: str, new: str) -> str:
    """Return the same diff by the standard library, with the counts that it leaves out where they are 1."""
    made: list[str] = []
    for line in difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), "refs", "refs"):
        if line.startswith("@@"):
            line = re.sub(r"(?<=[-+])(\d+)(?= )", r"\1,1", line)
        made.append(line.rstrip("\n"))
        if not line.endswith("\n"):
            made.append(LAST)
    return "\n".join(made) + "\n" if made else ""


CHANGES: list[tuple[int, dict[int, str]]] = [
    (9, {}),
    (1, {1: "new\n"}),
    (1, {1: ""}),
    (9, {1: "new\n"}),
    (9, {1: ""}),
    (9, {5: "new\n"}),
    (9, {5: ""}),
    (9, {9: ""}),
    (9, {10: "behind\n"}),
    (9, {10: "behind\nand on\n"}),
    (0, {1: "all\nis\nnew\n"}),
    (9, {4: "new\n", 6: "also\n"}),
    (20, {2: "one\ntwo\nthree\n", 9: "near\n", 17: "far\n"}),
    (20, {2: "", 10: "far\n"}),
    (20, {3: "", 10: "near\n", 21: "behind\n"}),
    (40, {5: "a\nb\n", 15: "", 25: "c\n", 35: "d\ne\nf\n"}),
]


@pytest.mark.parametrize(("count", "changes"), CHANGES)
def test_a_difference_is_the_one_that_the_standard_library_finds(count: int, changes: dict[int, str]) -> None:
    lines = lines_of(count)
    edits = edits_of(lines, changes)
    content = "".join(lines).encode()
    new = applied(content, edits).decode()
    assert difference(content, edits, "refs") == by_difflib(content.decode(), new)


@given(st.integers(0, 40), st.dictionaries(st.integers(1, 41), st.sampled_from(["", "new\n", "two\nlines\n"])))
def test_so_it_is_wherever_lines_change(count: int, changes: dict[int, str]) -> None:
    kept: dict[int, str] = {}
    for number, text in sorted(changes.items()):
        # Of lines beside each other it is not said which goes first; nothing in the place of nothing is no change.
        if number <= count + 1 and number - 1 not in kept and (text or number <= count):
            kept[number] = text and f"{number} {text}"
    test_a_difference_is_the_one_that_the_standard_library_finds(count, kept)


@pytest.mark.parametrize(
    ("content", "edits", "shown"),
    [
        ("a = {x},\nb\n", [Edit(5, 6, b"y")], "@@ -1,2 +1,2 @@\n-a = {x},\n+a = {y},\n b\n"),
        ("a, b, c\nd\n", [Edit(0, 1, b"A"), Edit(3, 4, b"B")], "@@ -1,2 +1,2 @@\n-a, b, c\n+A, B, c\n d\n"),
        ("a, b, c", [Edit(3, 4, b"B"), Edit(6, 7, b"C\n")], f"@@ -1,1 +1,1 @@\n-a, b, c\n{LAST}\n+a, B, C\n"),
        ("a\nb", [Edit(3, 3, b"\nc\n")], f"@@ -1,2 +1,3 @@\n a\n-b\n{LAST}\n+b\n+c\n"),
        ("a\nb\n", [Edit(2, 4, b"c")], f"@@ -1,2 +1,2 @@\n a\n-b\n+c\n{LAST}\n"),
        ("a\r\nb\r\n", [Edit(3, 4, b"c")], "@@ -1,2 +1,2 @@\n a\n-b\n+c\n"),
        ("a\nb\n", [Edit(2, 3, b"c\x1b[2Jd\x00")], "@@ -1,2 +1,2 @@\n a\n-b\n+c[2Jd\n"),
        ("a\nb\n", [Edit(2, 3, b"\xff")], "@@ -1,2 +1,2 @@\n a\n-b\n+\ufffd\n"),
        ("\nb\n", [Edit(0, 0, b"c\n")], "@@ -1,2 +1,3 @@\n+c\n \n b\n"),
        ("\nb\n", [Edit(1, 2, b"c")], "@@ -1,2 +1,2 @@\n \n-b\n+c\n"),
        ("b\n", [Edit(0, 1, b"x" * MAX_LINE)], f"@@ -1,1 +1,1 @@\n-b\n+{'x' * MAX_LINE}\n"),
        ("b\n", [Edit(0, 1, b"x" * MAX_LINE + b"y")], f"@@ -1,1 +1,1 @@\n-b\n+{'x' * MAX_LINE}…\n"),
    ],
)
def test_a_difference_is_of_whole_lines_and_shows_nothing_that_a_terminal_obeys(
    content: str, edits: list[Edit], shown: str
) -> None:
    assert difference(content.encode(), edits, "refs") == f"--- refs\n+++ refs\n{shown}"
