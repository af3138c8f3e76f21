"""paperrack's own JSON of papers, as ``papers --json``, ``search --json`` and ``show --json`` print it.

A paper's ``mentions`` give its issues back, papers in the order of their positions; a paper without mentions goes
into one issue named after the file. Marks, keys and ids come back through :func:`collect`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.digests import json_stream
from tui.digests.document import Document
from tui.digests.papers_details import NOTHING_ASKED, asked_in
from tui.digests.papers_shapes import doubts, identifiers_in, links_in, text_in
from tui.digests.records import Asked, Collection, Place, identifier, identifiers_of, kept_key, named_after
from tui.identifiers import urlsplit_or_none
from tui.model import Entry, Issue, Marks, Record, Remark
from tui.shapes import restore

NAME = "papers-json"
LABEL = "paperrack's own JSON"

_SHARED = ("year", "venue", "record")
"""What the contract states once a paper; each mention gets it, so that they stay one paper."""

_PRINTED = ("title", "authors", "date", "abstract", "sections", "posts", "metrics", "categories")
"""What a mention states itself; a list that has it at the paper alone gives it to the newest mention."""


def recognises(document: Document) -> bool:
    """Return whether *document* is a list of papers in our own shape, or one paper."""
    return json_stream.contents(document.text) == "papers"


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the issues that the papers' mentions name; what cannot be read is among the warnings."""
    return collect(document).issues


@dataclass(frozen=True)
class _Beside:
    """What belongs to a paper and not to what an issue says of it: the reader's marks, its id, what services said."""

    marks: Marks
    id: str
    asked: Asked


@dataclass
class _Group:
    """An issue while its papers come in; ``parts`` are (position, entry, what the paper has beside it)."""

    id: str
    title: str
    series: str | None = None
    number: str | None = None
    date: str | None = None
    parts: list[tuple[int, Entry, _Beside]] = field(default_factory=list)


def collect(document: Document) -> Collection:
    """Return the issues with the reader's marks and the papers' ids, by the places of their entries."""
    remarks: list[Remark] = []
    groups: dict[tuple[str, ...], _Group] = {}
    for element in json_stream.elements(document.text):
        item = element.value
        if element.broken or not isinstance(item, Mapping):
            remarks.append(Remark(element.line, str(item)[:2000], element.broken or "it is no paper but another value"))
        elif not _take(item, element.line, groups, document, remarks):
            why = "the paper has no title, abstract, identifier or link"
            remarks.append(Remark(element.line, str(dict(item))[:2000], why))
    return _collection(document, [*groups.values()], remarks)


def _collection(document: Document, groups: list[_Group], remarks: list[Remark]) -> Collection:
    issues: list[Issue] = []
    marks: dict[Place, Marks] = {}
    ids: dict[Place, str] = {}
    asked: dict[Place, Asked] = {}
    for group in groups or [_Group("", named_after(document))]:
        group.parts.sort(key=lambda part: part[0])
        for index, (_, _, beside) in enumerate(group.parts):
            place = (len(issues), index)
            marks.update({place: beside.marks} if beside.marks != Marks() else {})
            ids.update({place: beside.id} if beside.id else {})
            asked.update({place: beside.asked} if beside.asked != NOTHING_ASKED else {})
        entries = tuple(entry for _, entry, _ in group.parts)
        issue = Issue(group.id, group.title, entries, NAME, group.series, group.number, group.date)
        # One file, one report: the warnings go with its first issue.
        warnings = () if issues else tuple(remarks)
        issues.append(dataclasses.replace(issue, source=document.source, address=None, warnings=warnings))
    return Collection(tuple(issues), marks, ids, asked)


def _take(
    item: Mapping[str, Any],
    line: int,
    groups: dict[tuple[str, ...], _Group],
    document: Document,
    remarks: list[Remark],
) -> bool:
    """Put the paper that *item* is into the issues that it names; return False where it names no paper."""
    paper = {**item, **_settled(item)}
    marks = restore(Marks, {**paper, "key": kept_key(text_in(paper, "key") or "")})
    if "state" not in item and item.get("read") is True:
        marks = dataclasses.replace(marks, state="read")
    parts: list[tuple[_Group, int, Entry]] = []
    for raw in _mentions(paper):
        group = _group(raw, groups, document)
        position = raw.get("position")
        position = position if isinstance(position, int) and "issue" in raw else len(group.parts) + 1
        parts.append((group, position, restore(Entry, {**raw, "links": links_in(raw), "line": line})))
    if not any(_names_paper(entry) for _, _, entry in parts):
        return False
    remarks.extend(doubts(item, line))
    for group, position, entry in parts:
        groups.setdefault(_group_key(group), group)
        group.parts.append((position, entry, _Beside(marks, text_in(item, "id") or "", asked_in(item.get("details")))))
    return True


def _names_paper(entry: Entry) -> bool:
    stated = entry.title or entry.abstract or entry.identifiers or entry.links
    return bool(stated or (entry.record and entry.record.title))


def _settled(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return identifiers and record of *item* in their one form."""
    stated = item.get("record")
    record = dict(stated) if isinstance(stated, Mapping) else {}
    for name in ("arxiv", "doi"):
        if isinstance(record.get(name), str):
            record[name] = identifier(name, record[name])
    for name in ("volume", "number", "pages"):
        # A text here, and a number to whoever wrote it.
        if type(record.get(name)) is int:
            record[name] = str(record[name])
    if isinstance(record.get("url"), str) and not urlsplit_or_none(record["url"]):
        record["url"] = None
    whole = restore(Record, record)
    identifiers = identifiers_in(item.get("identifiers")) or identifiers_of(whole)
    settled: dict[str, Any] = {"identifiers": identifiers, "record": record if whole != Record() else None}
    if not (item.get("title") or item.get("abstract") or settled["identifiers"]):
        # Nothing else would tell this paper from others.
        settled["title"] = whole.title
    return settled


def _mentions(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what each issue says of the paper, as raw entries, the newest first; the paper itself if there is none."""
    stated = item.get("mentions")
    raws = [dict(part) for part in stated if isinstance(part, Mapping)] if isinstance(stated, list) else []
    if not raws:
        return [{name: value for name, value in item.items() if name != "issue"}]
    record = item.get("record") or {}
    # Once details were fetched, what the paper states at its head is a service's and no issue's.
    fetched = bool(item.get("details"))
    for raw in raws:
        raw.update({name: item[name] for name in _SHARED if name not in raw and item.get(name) and not fetched})
        own = identifiers_in(raw.get("identifiers"))
        raw["identifiers"] = own if own or (fetched and "identifiers" in raw) else item["identifiers"]
        if "more_authors" not in raw and raw.get("authors") == item.get("authors"):
            raw["more_authors"] = item.get("more_authors")
    for name in () if fetched else _PRINTED:
        if item.get(name) and not record.get(name) and not any(raw.get(name) for raw in raws):
            raws[0][name] = item[name]
    known = {link["url"] for raw in raws for link in links_in(item if fetched else raw)}
    raws[0]["links"] = [*links_in(raws[0]), *(link for link in links_in(item) if link["url"] not in known)]
    return raws


def _group(raw: Mapping[str, Any], groups: Mapping[tuple[str, ...], _Group], document: Document) -> _Group:
    """Return the issue that a mention names, or the one that is named after the file."""
    name, title = text_in(raw, "issue"), text_in(raw, "issue_title")
    group = _Group("", named_after(document))
    if name or title:
        series, number, date = (text_in(raw, key) for key in ("series", "number", "issue_date"))
        group = _Group(name or "", title or name or "", series, number, date)
    return groups.get(_group_key(group), group)


def _group_key(group: _Group) -> tuple[str, ...]:
    return ("id", group.id) if group.id else ("title", group.title, group.series or "", group.number or "")
