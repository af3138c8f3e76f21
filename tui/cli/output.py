"""What commands print: data on stdout, narration on stderr, and the JSON documents of the contract."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from tui.desk import Desk, Taken
from tui.desk.exporting import Taken as Exported
from tui.desk.intake import Source
from tui.model import Entry, Field, Issue, IssueRow, Marks, Mention, Paper
from tui.model.names import others, shown_name
from tui.provenance import LABELS
from tui.text import MAX_MARKS, clean, fold, shown


def write_json(document: object) -> None:
    """Print one JSON document."""
    sys.stdout.write(f"{_json(document, indent=2)}\n")


def _json(document: object, indent: int | None = None) -> str:
    """Return *document* as JSON, in which what a terminal would obey is escaped (RFC 8259, 7): nothing is lost."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False)
    if text.isascii() and "\x7f" not in text:
        return text  # JSON escapes the other controls itself
    table = {ord(char): _escaped(char) for char in set(text) if not (char.isprintable() or char == "\n")}
    return _MARKS.sub(lambda run: _escaped(run[0]), text.translate(table) if table else text)


def _escaped(text: str) -> str:
    # DEL is the one control that the library lets through.
    return json.dumps(text)[1:-1].replace("\x7f", "\\u007f")


_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")
"""More combining marks than a letter can have, among other signs of which nobody writes so many."""


def write_list(items: Iterable[object]) -> None:
    """Print one JSON list, an item a line, each as soon as it is there: a list may be longer than memory is large."""
    sys.stdout.write("[")
    _write_items(items)
    sys.stdout.write("]\n")


def _write_items(items: Iterable[object]) -> None:
    behind = ""
    for item in items:
        sys.stdout.write(f"{behind}\n{_json(item)}")
        behind = ","
    sys.stdout.write("\n" if behind else "")


def write_added(results: Iterator[tuple[Source, Taken]], errors: Iterable[Source]) -> None:
    """Print the document of ``add --json`` as the issues are taken in; what is among *errors* then ends it.

    It is a whole document where the reader interrupts it, too; and where nobody reads it to its end, all is taken in.
    """
    sys.stdout.write('{"issues": [')
    try:
        _write_items(_taken(source, each) for source, each in results)
    except BrokenPipeError:
        for _ in results:
            pass
        raise
    finally:
        failed = [{"source": clean(each.name), "error": clean(each.error or "")} for each in errors]
        sys.stdout.write(f'], "errors": {_json(failed)}}}\n')


def _taken(source: Source, taken: Taken) -> dict[str, Any]:
    issue = taken.issue
    return {
        **_issue(issue),
        "source": clean(source.name),
        "papers": taken.papers,
        "new": taken.outcome == "new",
        "updated": taken.outcome == "updated",
        "warnings": [_plain(remark) for remark in issue.warnings],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    names = ("id", "title", "series", "number", "date", "format", "source")
    return {name: getattr(issue, name) for name in names}


def issue_row(desk: Desk, row: IssueRow) -> dict[str, Any]:
    """Return an issue as ``issues --json`` lists it."""
    return {**_issue(desk.issue(row.id)), "papers": row.papers, "unread": row.unread}


_CHUNK = 100
"""How many papers are asked for their citation keys at a time."""


def papers(desk: Desk, names: Sequence[str], issue: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the papers as the contract has them, one after another."""
    given: set[int] = set()
    for start in range(0, len(names), _CHUNK):
        chunk = names[start : start + _CHUNK]
        keys = desk.exporting.keys(chunk, given)
        for name in chunk:
            yield paper(desk, desk.rack.paper(name), keys[name], issue)


def paper(desk: Desk, paper: Paper, key: str, issue: str | None = None) -> dict[str, Any]:
    """Return a paper as the contract has it, with the words of *issue*, else of the newest that speaks of it."""
    here = next((mention for mention in paper.mentions if mention.issue == issue), paper.mentions[0])
    marks = paper.marks
    return {
        "id": paper.id,
        "position": here.position,
        "title": paper.title,
        "authors": list(paper.authors),
        "more_authors": paper.more_authors,
        "year": paper.year,
        "date": here.entry.date,
        "venue": paper.venue,
        "abstract": paper.abstract,
        "identifiers": dict(paper.identifiers),
        "links": _plain(paper.links),
        **_words(here.entry),
        "issues": list(dict.fromkeys(mention.issue for mention in paper.mentions)),
        "marked": marks.marked,
        "read": marks.read,
        "starred": marks.starred,
        "tags": list(marks.tags),
        "note": marks.note,
        "key": key,
        "state": marks.state,
        "mentions": [_mention(mention) for mention in paper.mentions],
        "record": _plain(desk.exporting.record(paper.id)),
        "details": details(desk, paper),
    }


def export(taken: Exported) -> dict[str, Any]:
    """Return the document of ``export --json`` and ``bib --json``."""
    return {
        "text": taken.text,
        "count": taken.count,
        "keys": dict(taken.keys),
        "failures": list(taken.failures),
        "warnings": list(taken.warnings),
    }


def _words(entry: Entry) -> dict[str, Any]:
    return {
        "sections": _plain(entry.sections),
        "posts": _plain(entry.posts),
        "categories": list(entry.categories),
        "metrics": dict(entry.metrics),
    }


def _mention(mention: Mention) -> dict[str, Any]:
    entry = mention.entry
    return {
        "issue": mention.issue,
        "issue_title": mention.issue_title,
        "series": mention.series,
        "number": mention.number,
        "issue_date": mention.date,
        "position": mention.position,
        "title": entry.title,
        "authors": list(entry.authors),
        "more_authors": entry.more_authors,
        "submitter": entry.submitter,
        "date": entry.date,
        "year": entry.year,
        "venue": entry.venue,
        **_words(entry),
        "identifiers": dict(entry.identifiers),
        "links": _plain(entry.links),
        "abstract": entry.abstract,
        "record": _plain(entry.record),
    }


def details(desk: Desk, paper: Paper) -> dict[str, Any] | None:
    """Return what services say of the paper as the contract has it, and beside it all that makes it whole again."""
    known = paper.details
    if known is None:
        return None
    inquiry, choices = desk.rack.inquiry(paper.id), desk.rack.choices(paper.id)
    return {
        "fields": {name: _field(field) for name, field in known.fields.items()},
        "versions": [
            {"kind": each.kind, "provider": each.provider, "record": _plain(each.record), "evidence": each.evidence}
            for each in known.versions
        ],
        "shown": known.shown.kind if known.shown else None,
        "failures": [{"provider": each.provider, "why": each.why, "until": each.until} for each in known.failures],
        "offers": [_plain(offer) for offer in known.offers],
        "withdrawn": known.withdrawn,
        "waiting": known.waiting,
        "done": known.done,
        "choices": _plain(choices),
        "answers": [_plain(answer) for answer in inquiry.answers],
        "replies": [_plain(reply) for reply in inquiry.replies],
    }


def own(marks: Marks) -> Iterator[tuple[str, str]]:
    """Yield what the reader made of a paper, each with its name."""
    yield "state", f"{marks.state}, starred" if marks.starred else marks.state
    yield "tags", ", ".join(marks.tags)
    yield "note", marks.note


def facts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what is known of a paper beyond its title, authors and year, each fact with its name, as readers see it."""
    yield from paper.identifiers.items()
    if paper.venue:
        yield "venue", shown(paper.venue)
    if paper.abstract:
        yield "abstract", shown(paper.abstract)
    yield from ((link.rel, link.url) for link in paper.links)
    if paper.talked_about:
        yield "talked about", paper.talked_about
    for mention in paper.mentions:
        date = f", {mention.entry.date or mention.date}" if mention.entry.date or mention.date else ""
        yield "in", f"{shown(mention.issue_title)} [{mention.issue}], place {mention.position}{date}"
        if mention.entry.title and fold(mention.entry.title) != fold(paper.title or ""):
            yield "printed as", shown(mention.entry.title)
        yield from ((name, f"{value:,}") for name, value in mention.entry.metrics.items())
        if mention.entry.categories:
            yield "categories", ", ".join(mention.entry.categories)
        yield from ((section.heading, shown(section.text)) for section in mention.entry.sections if section.text)
        posts = (post for post in mention.entry.posts if post.text)
        yield from ((f"post by {post.author or 'somebody'}", shown(post.text)) for post in posts)


def found_lines(paper: Paper) -> Iterator[str]:
    """Yield what services say of the paper, as ``fetch`` and ``show`` print it."""
    known = paper.details
    title = shown(paper.title or paper.abstract or "")[:100]
    if known is None:
        yield f"{paper.id}  {title}  (never looked up)"
        return
    unknown = "nothing found" if known.done else "not looked up"
    sources = ", ".join(LABELS.get(name, name) for name in known.sources) or unknown
    yield f"{paper.id}  {title}  ({sources})"
    for version in known.versions:
        sign = "*" if known.shown and version.kind == known.shown.kind else " "
        yield f"  {sign} {version.kind}: {version.evidence}"
    if known.withdrawn:
        yield f"    withdrawn: {known.withdrawn}"
    for offer in known.offers:
        record = offer.answer.record
        said = (
            shown(record.title or ""),
            ", ".join(map(shown_name, record.authors[:3])),
            record.venue,
            str(record.year or ""),
        )
        yield f"    is this it? {offer.answer.name}: {'; '.join(part for part in said if part)}. {offer.why}"
    for failure in known.failures if known.done else ():
        yield f"    {LABELS.get(failure.provider, failure.provider)}: {failure.why}"


def _field(field: Field) -> dict[str, Any]:
    others = [{"value": _plain(said.value), "provider": said.provider} for said in field.others]
    said = field.said
    return {"value": _plain(said.value), "provider": said.provider, "fetched": said.fetched, "others": others}


def _plain(value: Any) -> Any:
    """Return a model object as JSON has it, nothing left out."""
    kind = type(value)
    if kind is str or value is None or kind is int:
        return value
    if names := _field_names(cast(Any, kind)):
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (tuple, list)) else value


@lru_cache(maxsize=64)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def paper_line(paper: Paper, issue: str | None = None) -> str:
    """Return a paper as a list on a terminal shows it."""
    place = next((f"{mention.position:>3} " for mention in paper.mentions if mention.issue == issue), "")
    signs = ("*" if paper.marks.marked else " ") + (" " if paper.marks.read else "•")
    title = shown(paper.title) if paper.title else f"“{shown((paper.abstract or paper.id)[:80])}…”"
    names = [shown_name(name) for name in paper.authors[:3]]
    left = others(len(paper.authors) - len(names), paper.more_authors)
    more = f" {left}" if left == "et al." else f" and {left}" if left else ""
    by = f" — {', '.join(names)}{more}" if names else ""
    year = f" ({paper.year})" if paper.year else ""
    return f"{place}{signs} {title}{by}{year}  [{paper.id}]"
