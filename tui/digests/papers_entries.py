"""One paper of paperrack's own JSON as what each issue says of it, with what belongs to the paper and to no issue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui.digests.papers_details import asked_in
from tui.digests.papers_shapes import identifiers_in, links_in, text_in
from tui.digests.records import Asked, identifier, identifiers_of, kept_key
from tui.identifiers import urlsplit_or_none
from tui.model import Entry, Marks, Record
from tui.shapes import restore

_SHARED = ("year", "venue", "record")
"""What the contract states once a paper; each mention gets it, so that they stay one paper."""

_PRINTED = ("title", "authors", "date", "abstract", "sections", "posts", "metrics", "categories")
"""What a mention states itself; a list that has it at the paper alone gives it to the newest mention."""

_MARKS = ("marked", "starred", "state", "tags", "note")
_NO_MARKS = Marks()
_NO_RECORD = Record()


@dataclass(frozen=True, slots=True)
class Stated:
    """A paper: an entry for each of its mentions, in their order; the reader's marks, its id, what services said."""

    entries: list[Entry]
    marks: Marks
    id: str
    asked: Asked


def stated(item: Mapping[str, Any], line: int) -> Stated | None:
    """Return the paper that *item*, on this line (from 1), is; None where it names no paper."""
    paper = {**item, **_settled(item)}
    entries = [restore(Entry, raw) for raw in _raw_entries(paper, line)]
    if not any(_names_paper(entry) for entry in entries):
        return None
    return Stated(entries, _marks(item), text_in(item, "id") or "", asked_in(item.get("details")))


def mentions_in(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what *item* lists as said by issues, the newest first; empty where it lists nothing."""
    listed = item.get("mentions")
    return [part for part in listed if isinstance(part, Mapping)] if isinstance(listed, list) else []


def _marks(item: Mapping[str, Any]) -> Marks:
    shape = {name: value for name in _MARKS if (value := item.get(name))}
    if key := kept_key(text_in(item, "key") or ""):
        shape["key"] = key
    if "state" not in item and item.get("read") is True:
        shape["state"] = "read"
    return restore(Marks, shape) if shape else _NO_MARKS


def _names_paper(entry: Entry) -> bool:
    named = entry.title or entry.abstract or entry.identifiers or entry.links
    return bool(named or (entry.record and entry.record.title))


def _settled(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return identifiers and record of *item* in their one form, the record made already: each mention gets it."""
    named = item.get("record")
    whole = restore(Record, _one_form(dict(named))) if isinstance(named, Mapping) else _NO_RECORD
    identifiers = identifiers_in(item.get("identifiers")) or identifiers_of(whole)
    settled: dict[str, Any] = {"identifiers": identifiers, "record": whole if whole != _NO_RECORD else None}
    if not (item.get("title") or item.get("abstract") or identifiers):
        # Nothing else would tell this paper from others.
        settled["title"] = whole.title
    return settled


def _one_form(record: dict[str, Any]) -> dict[str, Any]:
    for name in ("arxiv", "doi"):
        if isinstance(record.get(name), str):
            record[name] = identifier(name, record[name])
    for name in ("volume", "number", "pages"):
        # A text here, and a number to whoever wrote it.
        if type(record.get(name)) is int:
            record[name] = str(record[name])
    if isinstance(record.get("url"), str) and not urlsplit_or_none(record["url"]):
        record["url"] = None
    return record


def _raw_entries(item: dict[str, Any], line: int) -> list[dict[str, Any]]:
    """Return what each issue says of the paper, as shapes of entries; the paper itself where no issue is named."""
    raws = [dict(part) for part in mentions_in(item)]
    for raw in raws or [item]:
        raw["links"], raw["line"] = links_in(raw), line
    if not raws:
        return [item]
    # Once details were fetched, what the paper states at its head is a service's and no issue's.
    fetched = bool(item.get("details"))
    for raw in raws:
        own = identifiers_in(raw.get("identifiers"))
        raw["identifiers"] = own if own or (fetched and "identifiers" in raw) else item["identifiers"]
        if "more_authors" not in raw and raw.get("authors") == item.get("authors"):
            raw["more_authors"] = item.get("more_authors")
    if not fetched:
        _hand_on(item, raws)
    _hand_links_on(item, raws, fetched)
    return raws


def _hand_on(item: Mapping[str, Any], raws: list[dict[str, Any]]) -> None:
    """Give the mentions what only the head of the paper states."""
    for name in _SHARED:
        if value := item.get(name):
            for raw in raws:
                raw.setdefault(name, value)
    record = item.get("record") or _NO_RECORD
    for name in _PRINTED:
        # Most are stated by the first mention already.
        if raws[0].get(name) or not (value := item.get(name)) or getattr(record, name, None):
            continue
        if not any(raw.get(name) for raw in raws):
            raws[0][name] = value


def _hand_links_on(item: Mapping[str, Any], raws: list[dict[str, Any]], fetched: bool) -> None:
    links = links_in(item)
    if links == raws[0]["links"]:
        return
    known = {link["url"] for each in ([links] if fetched else [raw["links"] for raw in raws]) for link in each}
    raws[0]["links"] = [*raws[0]["links"], *(link for link in links if link["url"] not in known)]
