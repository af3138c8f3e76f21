"""RIS files (Research Information Systems' tagged format) as an issue named after its file.

Records run from ``TY  -`` to ``ER  -``; tags as in the specification of 2011, and as publishers really use them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tui.digests.document import Document
from tui.digests.records import (
    Collection,
    address_in,
    arxiv_in,
    bare_doi,
    entry_of,
    issue_named,
    markup_free,
    month_of,
    pages_of,
    settled_type,
    year_of,
)
from tui.digests.ris_more import more, name_of
from tui.digests.unread import Unread, new_key
from tui.model import Entry, Issue, Marks, Record, RecordType, Remark

NAME = "ris"
LABEL = "RIS file"

_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$", re.DOTALL)
_BEGINS = re.compile(r"TY {1,2}- ?[A-Z]{2,8}\s*$")

_UNCLOSED = "the record is not closed by an ER line"

_TYPES: dict[str, RecordType] = {
    "JOUR": "journal", "JFULL": "journal", "EJOUR": "journal", "MGZN": "journal", "NEWS": "journal",
    "INPR": "journal", "ABST": "journal", "CONF": "conference", "CPAPER": "conference", "CHAP": "chapter",
    "ECHAP": "chapter", "ENCYC": "chapter", "DICT": "chapter", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "SER": "book", "THES": "thesis", "RPRT": "report", "STAND": "report", "GOVDOC": "report", "COMP": "software",
    "DATA": "dataset", "AGGR": "dataset", "UNPB": "preprint", "UNPD": "preprint", "PREP": "preprint",
}  # fmt: skip


def recognises(document: Document) -> bool:
    """Return whether *document* is RIS: a ``TY`` line at its beginning and an ``ER`` line further on."""
    head = [line for line in document.text[:20_000].split("\n") if line.strip()][:10]
    return any(_BEGINS.match(line.rstrip()[:40]) for line in head) and bool(
        re.search(r"^ER {1,2}-", document.text, re.MULTILINE)
    )


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the one issue that holds the records of *document* in order; stray lines are its warnings."""
    return collect(document).issues


def collect(document: Document) -> Collection:
    """Return the issue, with the reference ids (``ID``) that can stand as citation keys as marks."""
    entries: list[Entry] = []
    remarks: list[Remark] = []
    marks: dict[tuple[int, int], Marks] = {}
    unread = Unread()
    keys: set[str] = set()
    for block in _blocks(document.text, remarks):
        entry = _entry(block, unread)
        if entry is None:
            remarks.append(Remark(block.line, block.kind, "the record states no title, abstract or identifier"))
            continue
        stated = block.first("ID")
        if key := new_key("" if stated.isdecimal() else stated, keys, block.line, unread):
            marks[0, len(entries)] = Marks(key=key)
        entries.append(entry)
    remarks += unread.remarks()
    remarks.sort(key=lambda remark: remark.line)
    return Collection((issue_named(document, NAME, entries, remarks, document.text),), marks)


@dataclass(frozen=True)
class _Block:
    """One record: its type, the line (from 1) of its beginning, and by tag its values, each as its lines."""

    kind: str
    line: int
    values: dict[str, list[list[str]]] = field(default_factory=dict)

    def take(self, tag: str, text: str) -> bool:
        """Take a line in; one without a tag goes on where the last one ended. Return False where none has begun."""
        if not tag:
            if not self.values:
                return False
            self.values[next(reversed(self.values))][-1].append(text)
            return True
        # The tag that was met last stands last.
        found = self.values.pop(tag, [])
        found.append([text])
        self.values[tag] = found
        return True

    def all(self, *tags: str) -> list[str]:
        """Return the values of *tags* that are not empty."""
        found = (" ".join(" ".join(value).split()) for tag in tags for value in self.values.get(tag, ()))
        return [value for value in found if value]

    def first(self, *tags: str) -> str:
        """Return the first value that one of *tags* has, in their order."""
        return next(iter(self.all(*tags)), "")


def _blocks(text: str, remarks: list[Remark]) -> Iterator[_Block]:
    """Yield the records of *text*; what is wrong or stands between them goes to *remarks*."""
    block: _Block | None = None
    for number, line in enumerate(text.split("\n"), 1):
        tag, rest = _tagged(line)
        if tag == "TY":
            if block:
                remarks.append(Remark(block.line, block.kind, _UNCLOSED))
                yield block
            block = _Block(rest.strip(), number)
        elif tag == "ER" and block:
            yield block
            block = None
        elif not (block and block.take(tag, rest)) and line.strip():
            remarks.append(Remark(number, line[:2000], "the line belongs to no record or has no tag"))
    if block:
        remarks.append(Remark(block.line, block.kind, _UNCLOSED))
        yield block


def _tagged(line: str) -> tuple[str, str]:
    """Return tag and value of *line*, or two empty strings where it has none."""
    match = _TAG.match(line.rstrip())
    return (match[1], match[2] or "") if match else ("", line)


def _entry(block: _Block, unread: Unread) -> Entry | None:
    """Return what *block* says of a paper, or None where it names none; what is not kept goes to *unread*."""
    if not block.values:
        return None
    arxiv = _arxiv(block)
    whole = block.kind in ("BOOK", "EBOOK", "EDBOOK", "SER", "THES")
    # T2 is the series of a book, and of a thesis nothing that is printed.
    venue = "" if whole else block.first("T2", "JF", "JO", "BT", "JA", "J2", "C3", "T3")
    kind, rest = settled_type(_TYPES.get(block.kind, "other"), venue or None, arxiv)
    people = [name_of(value) for value in block.all("AU", "A1")]
    chaptered = kind in ("chapter", "conference", "workshop")
    editors = [name_of(value) for value in block.all("ED", "A2" if chaptered or kind == "book" else "ED")]
    date = block.first("DA", "Y1", "PY")
    start, end = block.first("SP"), block.first("EP")
    group = re.search(r"\[([\w.-]{1,20})\]$", block.first("AN")) if arxiv else None
    urls = [url for value in block.all("UR", "LK", "L2", "L1") for url in address_in(value)]
    record = Record(
        type=kind,
        title=markup_free(block.first("TI", "T1", "CT", *(["BT"] if whole else []))) or None,
        authors=tuple(dict.fromkeys(name.kept for name in people)),
        year=year_of(block.first("PY", "Y1", "DA")),
        month=month_of(date[5:7]) if date[4:5] in ("/", "-") else None,
        venue=markup_free(rest or "") or None,
        volume=block.first("VL") or None,
        number=block.first("IS", "CP") or None,
        pages=pages_of(f"{start}--{end}" if start and end and "-" not in start else start or end),
        publisher=block.first("PB") or None,
        editors=tuple(dict.fromkeys(name.kept for name in editors)),
        doi=bare_doi(block.first("DO")),
        arxiv=arxiv,
        primary_class=group[1] if group else None,
        url=next(iter(urls), None),
    )
    beyond = more(block.kind, {tag: block.all(tag) for tag in block.values}, record, block.line, unread)
    record = dataclasses.replace(record, more=beyond)
    return entry_of(
        record,
        dict.fromkeys(name.shown for name in people),
        abstract=markup_free(block.first("AB", "N2")) or None,
        urls=urls,
        categories=block.all("KW"),
        line=block.line,
    )


def _arxiv(block: _Block) -> str | None:
    """Return the arXiv id that a record states, from wherever their writers put it."""
    stated = block.all("AN", "M1", "M3", "N1", "C7", "T2", "JO", "JF", "VL", "UR", "L1", "L2")[:40]
    if doi := bare_doi(block.first("DO")):
        stated.append(f"https://doi.org/{doi}")
    return next((found for found in map(arxiv_in, stated) if found), None)
