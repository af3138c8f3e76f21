"""What an item says of a work that its entry in the reader's file does not."""

from __future__ import annotations

from tui.exports.bibfile.entries import BibEntry
from tui.model import Record
from tui.text import clean

PUBLISHED: tuple[str, ...] = ("journal", "conference", "workshop", "chapter", "book")
"""The types of record that say where a work has appeared."""

_NUMBERS = {"volume": ("volume", "the volume"), "number": ("number", "the number"), "pages": ("pages", "the pages")}


def richer(record: Record, entry: BibEntry) -> str | None:
    """Return a sentence on what *record* has and *entry* lacks: the published version, or fields; else None."""
    published = record.type in PUBLISHED and bool(record.venue or record.publisher)
    if entry.preprint and published:
        place = clean(record.venue or record.publisher or "", 120)
        year = f" ({record.year})" if record.year and str(record.year) not in place else ""
        return f"{clean(entry.key, 100)} is the preprint; it has appeared in {place}{year}."
    if record.type == "preprint" and not entry.preprint:
        return None
    lacking = _lacking(record, entry)
    if not lacking:
        return None
    *first, last = lacking
    return f"{clean(entry.key, 100)} lacks {', '.join(first) + ' and ' if first else ''}{last}, which can be added."


def _lacking(record: Record, entry: BibEntry) -> list[str]:
    fields = entry.fields
    found = ["the DOI"] if record.doi and not entry.doi and not record.doi.lower().startswith("10.48550/") else []
    if record.arxiv and not entry.arxiv:
        found.append("the arXiv id")
    if record.year and not {"year", "date", "crossref"} & set(fields):
        found.append("the year")
    if record.type != "preprint":
        found += [
            said
            for name, (field, said) in _NUMBERS.items()
            if getattr(record, name) and field not in fields and not (name == "number" and "issue" in fields)
        ]
    if record.authors and not record.more_authors and not {"author", "editor"} & set(fields):
        found.append("the authors")
    elif "others" in fields.get("author", "") and entry.record.more_authors and not record.more_authors:
        found.append("authors")
    return found
