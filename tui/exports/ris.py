"""RIS, the tagged format that reference managers and publishers exchange: one tag a line, CRLF, ``ER`` at the end.

Tags and types are those of Research Information Systems' specification of 2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.exports.asked import Item, Options
from tui.exports.keys import plausible_year
from tui.exports.names import Name, people
from tui.exports.plain import Work, Works, abstract_of, said
from tui.exports.values import pages
from tui.exports.written import Written

NAME = "ris"
LABEL = "RIS"
SUFFIX = ".ris"

_TYPES = {
    "preprint": "UNPB", "conference": "CPAPER", "workshop": "CPAPER", "journal": "JOUR", "chapter": "CHAP",
    "book": "BOOK", "thesis": "THES", "report": "RPRT", "software": "COMP", "dataset": "DATA", "other": "GEN",
}  # fmt: skip

_MORE = {
    "series": "T3", "eventtitle": "C3", "edition": "ET", "location": "CY", "address": "CY", "isbn": "SN", "issn": "SN",
    "language": "LA", "langid": "LA", "note": "N1", "annotation": "N1", "type": "M3", "shorttitle": "ST",
    "shortjournal": "J2", "volumes": "NV", "library": "CN", "eid": "SP",
}  # fmt: skip
"""BibLaTeX's field to the tag that holds it; what no tag holds stands in a note of its own, with its name."""


def write(items: Sequence[Item], options: Options = Options()) -> Written:  # noqa: B008 - frozen
    """Return *items* as RIS records, in their order; one without a title is left out and named."""
    works = Works()
    made = []
    for work in works.of(items):
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _lines(work, options) if value.strip()]
        made.append("\r\n".join([f"TY  - {_TYPES[work.record.type]}", *lines, "ER  - ", ""]))
        if work.unnamed:
            works.warnings.append(f"{work.item.key}: RIS cannot say that more authors are not named.")
    return Written("\r\n".join(made), len(made), tuple(works.failures), tuple(works.warnings))


def _lines(work: Work, options: Options) -> Iterator[tuple[str, str]]:
    """Yield tags and values in order; a value may be empty."""
    record = work.record
    yield "ID", work.item.key
    yield "TI", work.title
    yield from (("AU", _name(name)) for name in work.authors)
    yield from (("ED", _name(name)) for name in work.editors)
    yield from _place(work)
    yield "VL", work.text("volume")
    yield "IS", work.text("number")
    yield from _pages(work)
    yield from _dates(work)
    yield "DO", work.doi
    if work.arxiv:
        group = f" [{record.primary_class}]" if record.primary_class else ""
        yield from (("AN", f"arXiv:{work.arxiv}{group}"), ("DP", "arXiv"))
    yield "UR", work.url
    yield from _more(work)
    if "abstract" in options.fields:
        yield "AB", abstract_of(work.item)


def _name(name: Name) -> str:
    """Return ``Family, Given, Suffix``; a comma in an organisation's name would part it."""
    if name.whole:
        return name.last.replace(",", "")
    return ", ".join(part for part in (name.family, name.first, name.suffix) if part)


def _place(work: Work) -> Iterator[tuple[str, str]]:
    venue, publisher = work.text("venue"), work.text("publisher")
    if work.record.type in ("thesis", "report"):
        # The institution is the publisher of both, unless another is named.
        yield "T2", venue if publisher else ""
        yield "PB", publisher or venue
        return
    yield "T3" if work.record.type == "book" else "T2", venue
    yield "PB", publisher


def _pages(work: Work) -> Iterator[tuple[str, str]]:
    said_pages = pages(work.text("pages"))
    first, dash, last = said_pages.partition("–")
    if dash and first.strip() and last.strip() and not re.search("[,–]", first + last):
        yield from (("SP", first), ("EP", last))
    else:
        yield "SP", said_pages.replace("–", "-")


def _dates(work: Work) -> Iterator[tuple[str, str]]:
    year, month = plausible_year(work.record.year), work.record.month
    if year is None:
        return
    day = re.fullmatch(rf"{year}-(\d\d)-(\d\d)", work.record.more.get("date", ""))
    yield "PY", str(year)
    if day:
        yield "DA", f"{year}/{day[1]}/{day[2]}/"
    elif month and 1 <= month <= 12:
        yield "DA", f"{year}/{month:02}//"


def _more(work: Work) -> Iterator[tuple[str, str]]:
    used = {"SP"} if work.text("pages") else set[str]()
    for name, value in work.record.more.items():
        tag, text = _MORE.get(name, "N1"), said(value)
        if name in ("abstract", "date") or not text:
            continue
        if name == "keywords":
            yield from (("KW", part.strip()) for part in re.split("[,;]", text))
        elif name == "urldate":
            yield "Y2", text.replace("-", "/")
        elif name in ("translator", "bookauthor"):
            yield from (
                ("A4" if name == "translator" else "A3", _name(each)) for each in people(text.split(" and "))[0]
            )
        elif name in _MORE and (tag not in used or tag == "N1"):
            used.add(tag)
            yield tag, text
        else:
            yield "N1", f"{name}: {text}"
