"""The ACL Anthology: the publisher's own BibTeX of one paper, with its abstract.

https://aclanthology.org/faq/; no limit is published, so one request in a second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from tui.errors import AnswerError
from tui.identifiers import doi, identify, link_to
from tui.model import Answer, Link, Record, RecordType
from tui.providers import bibtex
from tui.providers.asking import About, Question, Service
from tui.providers.reading import work_of_doi, year_of

NAME = "acl"
LABEL = "ACL Anthology"
PACE = 1.0
ASKS: Mapping[About, int] = {"acl": 1}
KEY: str | None = None
CONTACT = False

_ANTHOLOGY = "https://aclanthology.org"
_TYPES: dict[str, RecordType] = {
    "inproceedings": "conference",
    "article": "journal",
    "incollection": "chapter",
    "proceedings": "book",
    "book": "book",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
}


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return the Anthology's papers by question; each is one request."""
    found: dict[Question, tuple[Answer, ...]] = {}
    for question in questions:
        content = service.get(f"{_ANTHOLOGY}/{quote(question.value, safe='')}.bib", accept="text")
        if content is None:
            continue
        answers = parse(content)
        # Volumes are asked for as papers are, and hold their own entry alone.
        same = tuple(answer for answer in answers if answer.id.lower() == question.value.lower())
        if not same:
            raise AnswerError("The ACL Anthology answered with another paper than it was asked for.")
        found[question] = same[:1]
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return the papers in an answer, which is BibTeX of one as a rule."""
    if content.lstrip()[:1] == b"<":
        raise AnswerError("The ACL Anthology answered with a web page.")
    return tuple(answer for answer in map(_answer, bibtex.entries(content)) if answer)


def _answer(entry: bibtex.Entry) -> Answer | None:
    """Return the paper of *entry*, None where it has no title or no id of the Anthology's."""
    names = work_of_doi(entry.address("doi"))
    scheme, place = identify(entry.address("url") or "") or (None, "")
    identifier = place if scheme == "acl" else names.get("acl")
    title = entry.text("title")
    if not identifier or not title:
        return None
    venue = entry.text("journal") or entry.text("booktitle")
    address = str(link_to("acl", identifier))
    return Answer(
        provider=NAME,
        id=identifier,
        kind="published",
        record=Record(
            type=_type(entry.type, venue),
            title=title,
            authors=entry.names("author"),
            year=year_of(entry.text("year")),
            month=entry.month(),
            venue=venue,
            volume=entry.text("volume"),
            number=entry.text("number"),
            pages=_pages(entry.text("pages")),
            publisher=entry.text("publisher"),
            editors=entry.names("editor"),
            doi=doi(entry.address("doi") or ""),
            url=address,
        ),
        abstract=entry.lines("abstract"),
        identifiers={**names, "acl": identifier},
        links=(Link(address, "paper"), Link(f"{address}.pdf", "pdf")),
    )


def _type(written: str, venue: str | None) -> RecordType:
    """Return the record's type; the Anthology writes papers of workshops as it does those of conferences."""
    kind = _TYPES.get(written, "other")
    at_workshop = kind == "conference" and re.search(r"\bworkshops?\b", venue or "", re.IGNORECASE)
    return "workshop" if at_workshop else kind


def _pages(value: str | None) -> str | None:
    return re.sub(r"\s{0,9}[-–—]{1,3}\s{0,9}", "-", value) if value else None
