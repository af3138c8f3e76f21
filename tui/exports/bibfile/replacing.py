"""An entry of the reader's file with what an item says in its place, under the key that it has there."""

from __future__ import annotations

from typing import NamedTuple

from tui.exports.bibfile.difference import Edit
from tui.exports.bibfile.entries import BibEntry
from tui.exports.bibfile.file import entries_in
from tui.exports.bibfile.richer import PUBLISHED
from tui.model import Record

_NAME_COLUMN = 15
# What says where a work appeared; of two places an entry can have one.
_PLACES = (
    "journal", "journaltitle", "booktitle", "howpublished", "school", "institution", "organization", "crossref",
    "maintitle", "eventtitle",
)  # fmt: skip
_OF_PREPRINT = (
    "volume", "number", "pages", "eid", "publisher", "series", "edition", "issue", "version", "pubstate", "type",
    "issn", "isbn", "entrysubtype",
)  # fmt: skip
_SAME = {"date": "year", "year": "date", "month": "date", "location": "address", "address": "location",
         "eprinttype": "archiveprefix", "archiveprefix": "eprinttype", "eprintclass": "primaryclass",
         "primaryclass": "eprintclass", "issue": "number"}  # fmt: skip


class Replacement(NamedTuple):
    """What takes an entry's place: the bytes, and what a reader must find there; ``changes`` is whether it differs."""

    edit: Edit
    now: BibEntry
    changes: bool


def replacement(text: str, entry: BibEntry, record: Record, newline: bytes) -> Replacement:
    """Return what takes the place of *entry*: *text*, the one entry that an export made of *record*, under its key.

    Fields that are the reader's own stay, behind the others and as they are written.
    """
    content = text.encode()
    (draft,) = entries_in(content, "the export")
    kept = _kept(entry, draft, record)
    fields = content[draft.start : draft.end].partition(b"{")[2][len(draft.key.encode()) : -1]
    lines = [f"@{draft.type}{{{entry.key}".encode() + fields.replace(b"\n", newline)]
    if not lines[0].rstrip().endswith(b","):
        lines = [lines[0].rstrip(), b",", newline]
    lines += [f"  {name:<{_NAME_COLUMN}} = {value},".encode() + newline for name, value in kept.items()]
    now = BibEntry(draft.type, entry.key, {**draft.fields, **kept}, entry.start, entry.end, entry.line, entry.macros)
    changes = (now.type, now.fields) != (entry.type, entry.fields)
    return Replacement(Edit(entry.start, entry.end, b"".join([*lines, b"}"])), now if changes else entry, changes)


def _kept(entry: BibEntry, ours: BibEntry, record: Record) -> dict[str, str]:
    """Return the fields of *entry* that stay when *ours* takes its place: the reader's own, and what *ours* lacks.

    What says where a preprint lies is no field of the published version.
    """
    dropped = set(ours.fields)
    if any(name in ours.fields for name in _PLACES):
        dropped.update(_PLACES)
    if entry.preprint and record.type in PUBLISHED:
        dropped.update(_PLACES + _OF_PREPRINT)
    return {
        name: value
        for name, value in entry.fields.items()
        if name not in dropped and _SAME.get(name, name) not in ours.fields
    }
