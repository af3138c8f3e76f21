"""One note of OpenReview's as an answer: the submission, whether it was accepted, and where.

``venue`` and ``venueid`` say it: "ICLR 2021 Poster" and ``ICLR.cc/2021/Conference`` of what was accepted, "Submitted
to ICLR 2024", "ICLR 2024 Conference Withdrawn Submission" and ``.../Rejected_Submission`` of what was not (yet). Notes
that OpenReview took over from DBLP for an author's page have "CoRR 2021" or "Interspeech 2021" there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tui.identifiers import link_to, relation, urlsplit_or_none
from tui.model import Answer, Link, Record
from tui.model.records import RecordType
from tui.providers.elsewhere import work_at
from tui.providers.reading import first_text, int_of, lines_of, map_of, text_of, year_of
from tui.providers.venues import is_archive, is_workshop, series

Note = Mapping[str, Any]

_ID = re.compile(r"[A-Za-z0-9_-]{5,40}")
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_DECISION = re.compile(
    r"[\s(,-]{1,3}(?:accept(?:ed)?|poster|oral|spotlight|talk|notable|top|papers?|conference|main|track|long|short"
    r"|contributed|regular|\d{1,2}\s?%)\)?$",
    re.IGNORECASE,
)
_STATES = (
    ("withdrawn", re.compile(r"\bwithdr(?:awn?|ew)\b", re.IGNORECASE)),
    ("rejected", re.compile(r"\breject(?:ed)?\b", re.IGNORECASE)),
    ("submitted", re.compile(r"\bsubmission\b|\bsubmitted\b|\bunder review\b|\bdecision pending\b", re.IGNORECASE)),
)
_TLDR = ("TLDR", "TL;DR", "tldr", "one-sentence_summary", "one_sentence_summary")


def answer_of(note: Note, provider: str) -> Answer | None:
    """Return what the submission *note* says, or None for a reply, a deleted note, or one without id or title."""
    own = text_of(note.get("id")) or ""
    forum = text_of(note.get("forum")) or own
    content = {name: _value(value) for name, value in map_of(note.get("content")).items()}
    title = text_of(content.get("title"))
    if not title or not _ID.fullmatch(own) or forum != own or note.get("ddate"):
        return None
    status = _status(content)
    identifiers = _elsewhere(content) | {"openreview": forum}
    record = _accepted(note, content, identifiers) if status == "accepted" else _submitted(note, content, identifiers)
    return Answer(
        provider=provider,
        id=own,
        kind="published" if status == "accepted" else "preprint",
        record=record,
        abstract=lines_of(content.get("abstract")),
        identifiers=identifiers,
        links=_links(content, forum),
        facts=_facts(note, content, status),
        withdrawn="Its authors withdrew this submission, says OpenReview." if status == "withdrawn" else None,
    )


def _value(value: object) -> object:
    """Return the value itself, which API 2 wraps together with who may read it."""
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def _status(content: Note) -> str | None:
    """Return accepted, rejected, withdrawn or submitted; None for a preprint and where nothing is said."""
    venue = text_of(content.get("venue")) or ""
    words = f"{venue} {text_of(content.get('venueid')) or ''}"[:600].replace("_", " ")
    if is_archive(venue):
        return None
    state = next((name for name, pattern in _STATES if pattern.search(words)), None)
    if state or not venue:
        return state
    named = _YEAR.search(venue) or re.search(r"\baccepted\b", venue, re.IGNORECASE) or series(_bare(venue))
    return "accepted" if named else None


def _bare(venue: str) -> str:
    """Return *venue* without the decision and without a year at its end: ICLR of "ICLR 2021 Poster"."""
    name = re.sub(r"^accepted (?:by|to|at) ", "", venue[:300], flags=re.IGNORECASE)
    year = _YEAR.search(name)
    if not year:
        return name.strip()
    tail = name[year.end() :]
    while (shorter := _DECISION.sub("", tail)) != tail:
        tail = shorter
    return f"{name[: year.end()]}{tail}".strip() if tail.strip(" ,;:)") else name[: year.start()].strip(" ,;:(-")


def _accepted(note: Note, content: Note, identifiers: Mapping[str, str]) -> Record:
    """Return the record of the accepted paper, its venue under the name that it is cited by."""
    stated = text_of(content.get("venue")) or ""
    type_, venue = _venue(content, stated)
    stated_year = _YEAR.search(stated) or _YEAR.search(text_of(content.get("venueid")) or "")
    year = int(stated_year[0]) if stated_year else year_of(_cited(content, "year"))
    if year is None and type_ == "journal":
        # A journal's paper is published on the day that the note is; a conference's is not.
        year = _date({"pdate": note.get("pdate")})[0]
    doi = identifiers.get("doi")
    return Record(
        type=type_,
        title=text_of(content.get("title")),
        authors=_authors(content),
        year=year,
        venue=venue,
        doi=doi,
        arxiv=identifiers.get("arxiv"),
        url=link_to("openreview", identifiers["openreview"]) if not doi else None,
    )


def _venue(content: Note, stated: str) -> tuple[RecordType, str]:
    """Return what kind of venue it is and its name: the series', else the one OpenReview's own BibTeX cites it by."""
    where = text_of(content.get("venueid")) or ""
    bare = _bare(stated)
    if is_workshop(stated) or "/workshop" in where.lower():
        return "workshop", _cited(content, "booktitle") or bare
    if known := series(bare):
        return known.type, known.name
    if journal := _cited(content, "journal"):
        return "journal", journal
    in_journal = re.search(r"\bjournals?\b|\btransactions\b", f"{bare} {where}", re.IGNORECASE)
    return "journal" if in_journal else "conference", _cited(content, "booktitle") or bare


def _cited(content: Note, field: str) -> str | None:
    """Return a plain field of the BibTeX entry that OpenReview prints for the note, in one pair of braces."""
    entry = content.get("_bibtex")
    match = re.search(rf"\b{field}\s?=\s?\{{([^{{}}]{{1,300}})\}}", entry[:20_000]) if isinstance(entry, str) else None
    return text_of(match[1]) if match else None


def _submitted(note: Note, content: Note, identifiers: Mapping[str, str]) -> Record:
    """Return the record of what is public and not accepted: a preprint of the day it was put there."""
    year, month = _date(note)
    venue = text_of(content.get("venue")) or ""
    archived = _YEAR.search(venue) if is_archive(venue) else None
    if archived:
        # Taken over from DBLP: the note is younger than the paper.
        year, month = int(archived[0]), None
    arxiv = identifiers.get("arxiv")
    return Record(
        type="preprint",
        title=text_of(content.get("title")),
        authors=_authors(content),
        year=year or year_of(_cited(content, "year")),
        month=month,
        arxiv=arxiv,
        url=link_to("arxiv", arxiv) if arxiv else link_to("openreview", identifiers["openreview"]),
    )


def _date(note: Note) -> tuple[int | None, int | None]:
    """Return year and month of the note: when it was published, else made (milliseconds since 1970, UTC)."""
    stamps = (int_of(note.get(name)) for name in ("pdate", "odate", "cdate", "tcdate"))
    stamp = next((each for each in stamps if each and 0 < each < 4_000_000_000_000), None)
    if stamp is None:
        return None, None
    day = datetime.datetime.fromtimestamp(stamp / 1000, tz=datetime.UTC)
    return day.year, day.month


def _authors(content: Note) -> tuple[str, ...]:
    """Return the authors' names, which are texts or objects with a ``fullname``; hidden ones are left out."""
    stated = content.get("authors")
    names = (
        first_text(each, *(map_of(each).get(name) for name in ("fullname", "name")))
        for each in (stated if isinstance(stated, list) else [])
    )
    return tuple(name for name in names if name and name.lower() not in ("anonymous", "anonymous authors"))


def _elsewhere(content: Note) -> dict[str, str]:
    """Return the identifiers under which the note itself says that the paper stands elsewhere."""
    found: dict[str, str] = {}
    for page in (text_of(content.get("html")), text_of(content.get("pdf"))):
        found = work_at(page or "") | found
    return found


def _links(content: Note, forum: str) -> tuple[Link, ...]:
    """Return the PDF and the code, where the note has them; the PDF's own address is behind one made of the id."""
    links = []
    pdf = text_of(content.get("pdf"))
    if pdf:
        links.append(Link(pdf if urlsplit_or_none(pdf) else f"https://openreview.net/pdf?id={quote(forum)}", "pdf"))
    for name in ("code", "code_link", "software", "project_page", "website", "dataset"):
        url = text_of(content.get(name))
        if url and urlsplit_or_none(url):
            rel = relation(url)
            links.append(Link(url, "code" if rel == "other" and name.startswith("code") else rel))
    return tuple(links)


def _facts(note: Note, content: Note, status: str | None) -> dict[str, str | int]:
    keywords = content.get("keywords")
    listed = [word for each in keywords if (word := text_of(each))] if isinstance(keywords, list) else []
    found: dict[str, str | None] = {
        "status": status,
        "keywords": ", ".join(listed[:50]) or text_of(keywords),
        "tldr": first_text(*(content.get(name) for name in _TLDR)),
        "licence": text_of(note.get("license")),
    }
    return {name: value for name, value in found.items() if value}
