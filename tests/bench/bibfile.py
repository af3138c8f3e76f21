"""Merging into a user's ``.bib`` file of 10,000 entries, beside bibtexparser's own parse of that file."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

ENTRIES = 10_000
ITEMS = 50
"""Papers merged: half of them are in the file, by DOI, by arXiv id or by title and authors."""

_WORDS = [
    "attention", "transformer", "learning", "deep", "neural", "networks", "for", "language", "understanding", "with",
    "graphs", "and", "scalable", "robust", "models", "of", "vision", "data", "{BERT}", "{GAN}s", "Poincar{\\'e}",
    "sampling", "{$\\Omega(N)$}", "inference",
]  # fmt: skip


def _entry(number: int, draw: random.Random) -> str:
    title = " ".join(draw.choice(_WORDS) for _ in range(9))
    where = (
        f"  doi       = {{10.1000/abc.{number}}},\n",
        f"  eprint    = {{2001.{number:05}}},\n",
        "",
    )
    return (
        f"@inproceedings{{key{number}x,\n"
        f'  author    = {{Lovelace, Ada and M{{\\"u}}ller, J{{\\"o}}rg and Number, A.}},\n'
        f"  title     = {{{title} number {number}}},\n"
        f'  booktitle = "Proceedings of the {number}th Conference on Things",\n'
        f"  year      = {2000 + number % 20},\n"
        f"  month     = jan,\n"
        f"  pages     = {{{number}--{number + 9}}},\n"
        f"{where[number % 3]}"
        f"  url       = {{https://example.org/{number}}},\n"
        "}\n"
    )


def into(runs: int, folder: Path) -> list[tuple[str, float, str, float]]:
    """Read, merge, write and read again, in milliseconds; a file of plain entries, and one with macros and slips."""
    draw = random.Random(4)
    plain = "\n".join(_entry(number, draw) for number in range(ENTRIES))
    odd = '@string{me = "Ada Lovelace"}\n@preamble{"\\hyphenation{Mo-bius}"}\n\n' + plain + "\n@misc{slip, title {x}}\n"
    return [_row(runs, folder, what, text) for what, text in (("10,000 entries", plain), ("also macros, slips", odd))]


def _row(runs: int, folder: Path, what: str, text: str) -> tuple[str, float, str, float]:
    import bibtexparser

    from tui.exports import bibtex
    from tui.exports.bibfile import merge, read, undo, write

    items = _items()
    # What both load is not measured.
    bibtex.write(items)
    path = folder / "refs.bib"
    path.write_text(text, encoding="utf-8")
    ours, theirs = [], []
    for _ in range(runs):
        theirs.append(_took(lambda: bibtexparser.parse_file(str(path))))
        done = []

        def merged(done: list[object] = done) -> None:
            file = read(path)
            made = merge(file, items)
            done[:] = [made, write(file, made)]

        ours.append(_took(merged))
        made, undone = done
        if (len(made.there), len(made.added)) != (ITEMS // 2, ITEMS // 2):
            raise AssertionError(f"{len(made.there)} were found and {len(made.added)} added.")
        undo(undone)
    return (f"--into, {what} (ms)", statistics.median(ours), "its parse", statistics.median(theirs))


def _items() -> list[object]:
    from tui.exports import Item
    from tui.model import Record
    from tui.text import shown

    draw = random.Random(4)
    titles = [" ".join(draw.choice(_WORDS) for _ in range(9)) + f" number {n}" for n in range(ENTRIES)]
    authors = ("Ada Lovelace", "Jörg Müller", "A. Number")
    items = []
    for number in range(ITEMS // 2):
        place = number * 101
        known = ({"doi": f"10.1000/ABC.{place}"}, {"arxiv": f"2001.{place:05}"}, {})[place % 3]
        record = Record(type="conference", title=shown(titles[place]), authors=authors, venue="C", **known)
        items.append(Item(f"old{number}", record))
        new = Record(type="conference", title=f"A new work, {number}", authors=authors, year=2001, venue="C")
        items.append(Item(f"new{number}", new))
    return items


def _took(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000
