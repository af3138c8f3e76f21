"""A ``.bib`` file as an issue named after it; each entry's key is kept as the paper's.

Values are read as BibTeX does: ``@string`` and month macros expanded, pieces joined by ``#``, names split at brace
depth 0 ("Tame the BeaST", sections 11 and 12); TeX is decoded to Unicode.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

from tui.digests.bibtex_blocks import START, Block, split
from tui.digests.bibtex_more import more
from tui.digests.bibtex_names import names
from tui.digests.bibtex_values import prose
from tui.digests.document import Document
from tui.digests.records import (
    Collection,
    address_in,
    arxiv_in,
    bare_doi,
    entry_of,
    issue_named,
    kept_key,
    month_of,
    pages_of,
    settled_type,
    year_of,
)
from tui.digests.unread import Unread
from tui.identifiers import arxiv_id
from tui.model import Entry, Issue, Marks, Record, RecordType

NAME = "bibtex"
LABEL = "BibTeX file"

_NO_PAPERS = ("xdata", "set")
"""Types of entries that lend others what they state, or name them."""

_ARCHIVE = re.compile(r"arxiv(?:\.org)?|cornell university(?: library)?", re.IGNORECASE)
_ENTRY = re.compile(r"^[ \t]*@[A-Za-z]{1,40}[ \t]*[{(][^,{}=\"]{0,200},", re.MULTILINE)

_TYPES: dict[str, RecordType] = {
    "article": "journal", "periodical": "journal", "suppperiodical": "journal",
    "inproceedings": "conference", "conference": "conference",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "inreference": "chapter",
    "book": "book", "mvbook": "book", "booklet": "book", "proceedings": "book", "mvproceedings": "book",
    "collection": "book", "mvcollection": "book", "reference": "book", "mvreference": "book",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "bachelorsthesis": "thesis",
    "techreport": "report", "report": "report", "manual": "report",
    "software": "software", "softwareversion": "software", "dataset": "dataset",
    "unpublished": "preprint", "preprint": "preprint",
}  # fmt: skip


def recognises(document: Document) -> bool:
    """Return whether *document* is BibTeX as a whole; a text that quotes an entry or two is not."""
    text = document.text
    if document.source.lower().endswith((".bib", ".bibtex")):
        return bool(_ENTRY.search(text))
    first = next((line for line in text.split("\n", 200)[:200] if line.strip() and not line.startswith("%")), "")
    if not START.match(first) or not _ENTRY.search(text):
        return False
    inside, outside = _counted(text)
    return outside * 5 <= inside


def _counted(text: str) -> tuple[int, int]:
    """Count the lines inside of blocks and those outside that are no comments."""
    inside = outside = depth = 0
    signs = "{}"
    for line in text.split("\n"):
        if opened := START.match(line):
            depth, signs = 0, "{}" if opened[0].endswith("{") else "()"
        elif depth <= 0:
            outside += bool(line.strip()) and not line.lstrip().startswith("%")
            continue
        inside += 1
        depth += line.count(signs[0]) - line.count(signs[1])
    return inside, outside


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the one issue that holds the entries of *document* in order; broken ones are its warnings."""
    return collect(document).issues


def collect(document: Document) -> Collection:
    """Return the issue with the entries' keys as marks. Raises UnreadableError where nothing can be split."""
    entries: list[Entry] = []
    marks: dict[tuple[int, int], Marks] = {}
    unread = Unread()
    blocks, remarks = split(document, unread)
    parents = {block.key.lower(): block for block in reversed(blocks)}
    keys: set[str] = set()
    for block in blocks:
        if block.kind in _NO_PAPERS:
            continue
        for why in _doubts(block, parents):
            remarks.add(block.line, block.key, why)
        entry = _entry(block.inheriting(parents), unread)
        if entry is None:
            remarks.add(block.line, block.key, "the entry states no title, abstract or identifier")
            continue
        key = kept_key(block.key)
        if key and key.lower() not in keys:
            keys.add(key.lower())
            marks[0, len(entries)] = Marks(key=key)
        else:
            # BibTeX takes keys that differ by case alone for one.
            why = "its key is another entry's already" if key else "its key cannot stand in BibTeX, and it gets another"
            remarks.add(block.line, block.key, f"the entry is read, but {why}")
        entries.append(entry)
    for remark in unread.remarks():
        remarks.add(remark.line, remark.text, remark.why)
    return Collection((issue_named(document, NAME, entries, remarks.sorted(), document.text),), marks)


def _doubts(block: Block, parents: Mapping[str, Block]) -> Iterator[str]:
    """Yield what is wrong with an entry that is read all the same."""
    for field in ("crossref", "xdata"):
        if missing := [name for name in block.named(field) if name not in parents]:
            yield f"its {field} names {missing[0][:60]}, which is no entry of this file"
    if block.unknown:
        yield f"a macro that is not defined is read as its name: {', '.join(sorted(block.unknown))[:200]}"


def _entry(block: Block, unread: Unread) -> Entry | None:
    """Return what *block* says of a paper, or None where it names none; what is not kept goes to *unread*."""
    if not block.fields:
        return None
    people, others = names(block.first("author"))
    editors, more_editors = names(block.first("editor"))
    if more_editors:
        unread.add("and others", block.line, "of editors only those who are named are kept")
    arxiv, primary_class = _eprint(block)
    kind = _TYPES.get(block.kind, "other")
    venue = block.text("journal", "journaltitle", "booktitle", "maintitle", "eventtitle")
    if kind in ("book", "thesis"):
        # They stand for themselves; the event of proceedings is among what they state besides.
        venue = None
    kind, venue = settled_type(kind, venue, arxiv)
    own = [*_addresses(block.first("url"))]
    urls = [*own, *(url for name in ("howpublished", "ee", "pdf", "note") for url in _addresses(block.first(name)))]
    record = Record(
        type=kind,
        title=_title(block),
        authors=tuple(name.kept for name in people),
        more_authors=others,
        year=year_of(block.first("date") or block.first("year")),
        month=month_of(block.first("month")) or _month_in(block.first("date")),
        venue=venue,
        # A preprint's "volume" may be the archive's way of numbering (CoRR abs/1706.03762).
        volume=_of_publication(block.first("volume"), kind, arxiv),
        number=_of_publication(block.first("number", "issue"), kind, arxiv),
        pages=pages_of(prose(block.first("pages"))),
        publisher=_of_publication(block.first("publisher", "school", "institution"), kind, arxiv),
        editors=tuple(name.kept for name in editors),
        doi=bare_doi(block.first("doi")),
        arxiv=arxiv,
        primary_class=primary_class if arxiv else None,
        url=own[0] if own else None,
    )
    if beyond := more(block, record, unread):
        record = dataclasses.replace(record, more=beyond)
    categories = [part.strip() for part in re.split("[,;]", prose(block.first("keywords"))) if part.strip()]
    return entry_of(
        record,
        (name.shown for name in people),
        abstract=block.text("abstract"),
        urls=urls,
        categories=categories,
        line=block.line,
    )


def _of_publication(value: str, kind: RecordType, arxiv: str | None) -> str | None:
    """Return what a field says, but nothing where a preprint names its archive there, or its id."""
    text = prose(value)
    if text and kind == "preprint" and arxiv and (arxiv_in(value) or _ARCHIVE.fullmatch(text)):
        return None
    return text or None


def _title(block: Block) -> str | None:
    title, subtitle = block.text("title"), block.text("subtitle")
    return f"{title}: {subtitle}" if title and subtitle else title


def _month_in(date: str) -> int | None:
    """Return the month of a biblatex date such as ``2020-10-21`` or ``2020-10/2020-11``."""
    match = re.match(r"\d{4}-(\d\d)", date)
    return month_of(match[1]) if match else None


def _addresses(value: str) -> Iterator[str]:
    r"""Yield the addresses in a field; ``\_`` and ``\%`` in them are TeX's and not the address's."""
    if "://" in value:
        yield from address_in(re.sub(r"\\([_%#&~$])", r"\1", value.replace("{", " ").replace("}", " ")))


def _eprint(block: Block) -> tuple[str | None, str | None]:
    """Return arXiv id and primary class, wherever the makers of ``.bib`` files put them."""
    archive = block.first("archiveprefix", "eprinttype").lower()
    # "math.AG" in front of an old number, "1706.03762 [cs.CL]" behind a new one.
    group = block.first("primaryclass", "eprintclass")
    stated = block.first("eprint", "arxivid", "arxiv")
    if archive in ("", "arxiv") and stated:
        bracket = re.search(r"\[([\w.-]{1,20})\]", stated)
        found = arxiv_id(stated) or arxiv_in(stated) or arxiv_id(f"{group.split('.')[0]}/{stated}")
        if found:
            return found, group or (bracket[1] if bracket else None)
    doi_of_arxiv = re.search(r"10\.48550/arxiv\.([^\s{}]{1,40})", block.first("doi"), re.IGNORECASE)
    if doi_of_arxiv and (found := arxiv_id(doi_of_arxiv[1])):
        return found, group or None
    for name in ("journal", "volume", "number", "note", "howpublished", "url", "ee"):
        if (value := block.fields.get(name)) and (found := arxiv_in(value)):
            return found, group or None
    return None, group or None
