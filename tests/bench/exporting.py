"""10,000 entries as BibTeX and BibLaTeX, written, read again and compared, beside bibtexparser only writing as many.

Titles and authors are those of the works in :mod:`tests.bench.records`, put together anew for every run, so that no
entry was seen before.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.bench.records import DATA
from tui.exports import Item, Options, biblatex, bibtex
from tui.model import Entry, Issue, Record

ENTRIES = 10_000

Row = tuple[str, float, str, float]


def export(runs: int, folder: Path) -> list[Row]:
    """Milliseconds for all entries: by the writers, and by the desk from a library that holds them."""
    from tui.desk import Desk
    from tui.library import Library
    from tui.settings import Settings

    times: dict[str, list[float]] = {}
    with Desk(Library(folder / "export"), Settings()) as desk:
        for issue in _issues(0):
            desk.keep(issue)
        names = desk.papers()
        assert len(names) == ENTRIES
        for run in range(runs):
            items = _items(run + 1)
            calls = {
                "bibtex": partial(bibtex.write, items, Options()),
                "theirs": _written_by_bibtexparser(bibtex.write(_items(run + 1001), Options()).text),
                "biblatex": partial(biblatex.write, items, Options()),
                "desk": partial(desk.exporting.export, names),
            }
            for name, call in calls.items():
                times.setdefault(name, []).append(_milliseconds(call))
    middle = {name: statistics.median(each) for name, each in times.items()}
    return [
        (f"{what} of {ENTRIES:,} (ms)", middle[name], "write_string alone", middle["theirs"])
        for name, what in (("bibtex", "BibTeX"), ("biblatex", "BibLaTeX"), ("desk", "desk's export"))
    ]


def _milliseconds(work: Callable[[], object]) -> float:
    """Return the processor's time that *work* takes: what else the machine does is no part of it."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def _written_by_bibtexparser(text: str) -> Callable[[], object]:
    """Return the call that writes the same entries, as bibtexparser does it when nobody says how."""
    import bibtexparser
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import Field

    parsed = bibtexparser.parse_string(text).entries
    assert len(parsed) == ENTRIES
    blocks = [Block(e.entry_type, e.key, [Field(f.key, f.value) for f in e.fields]) for e in parsed]
    library = bibtexparser.Library(blocks)
    return lambda: bibtexparser.write_string(library)


def _records(seed: int) -> list[Record]:
    drawn = random.Random(seed)
    works = [line.split("\t") for line in DATA.read_text(encoding="utf-8").splitlines()]
    titles = [work[0] for work in works]
    people = sorted({name for work in works for name in work[1].split("; ") if name})
    made: list[Record] = []
    for number in range(ENTRIES):
        kind = ("conference", "journal", "preprint")[number % 3]
        published = kind != "preprint"
        head, tail = drawn.choice(titles).split(": ")[0], drawn.choice(titles).split(": ")[-1]
        venue = "Proceedings of the {}th Conference on Things" if kind == "conference" else "Journal of Things {}"
        made.append(
            Record(
                type=kind,
                title=f"{head}: {tail} {number}",
                authors=tuple(drawn.sample(people, 1 + number % 6)),
                year=1990 + number % 35,
                month=1 + number % 12,
                venue=venue.format(number % 90) if published else None,
                volume=str(number % 40) if kind == "journal" else None,
                pages=f"{number}-{number + 9}",
                doi=f"10.1000/bench.{number}" if published else None,
                arxiv=None if published else f"{10 + number // 100000}{number // 10000 + 1:02}.{number % 100000:05}",
                primary_class=None if published else "cs.CL",
            )
        )
    return made


def _items(seed: int) -> Sequence[Item]:
    return [Item(f"key{number}", record) for number, record in enumerate(_records(seed))]


def _issues(seed: int) -> list[Issue]:
    entries = [
        Entry(
            title=record.title,
            authors=record.authors,
            identifiers={"doi": record.doi} if record.doi else {"arxiv": record.arxiv or ""},
            record=record,
        )
        for record in _records(seed)
    ]
    return [
        Issue(f"bench-{start}", f"Bench {start}", tuple(entries[start : start + 1000]), "bibtex")
        for start in range(0, len(entries), 1000)
    ]
