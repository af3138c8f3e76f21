"""Unpaywall: where a paper with a DOI can be read without paying. It wants an e-mail address with every request.

https://unpaywall.org/products/api and https://unpaywall.org/data-format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from tui.errors import AnswerError
from tui.identifiers import doi, relation, urlsplit_or_none
from tui.model import Answer, Link
from tui.providers.asking import About, Question, Service
from tui.providers.licences import licence_of
from tui.providers.reading import json_of, list_of, map_of, text_of, work_of_doi

NAME = "unpaywall"
LABEL = "Unpaywall"
PACE = 0.5
ASKS: Mapping[About, int] = {"doi": 1}
KEY: str | None = None
CONTACT = True

_WORKS = "https://api.unpaywall.org/v2"
_MAX_PLACES = 50


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return where the papers can be read, by question; nothing, and no request, without the reader's address."""
    found: dict[Question, tuple[Answer, ...]] = {}
    for question in questions if service.contact else ():
        name = doi(question.value)
        address = f"{_WORKS}/{quote(name or '', safe='')}?{urlencode({'email': service.contact})}"
        if name is None or (content := service.get(address)) is None:
            continue
        answers = parse(content)
        found[question] = tuple(answer for answer in answers if answer.id == name)
        if answers and not found[question]:
            raise AnswerError("Unpaywall answered with another paper than it was asked for.")
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return what Unpaywall says of one DOI: no record, but the PDF and the terms it is open on."""
    said = map_of(json_of(content))
    name = doi(text_of(said.get("doi")) or "")
    if said.get("error") or name is None:
        why = text_of(said.get("message"))
        if why:
            raise AnswerError(f"Unpaywall refuses the request: {why[:200].rstrip('. ')}.")
        raise AnswerError("Unpaywall answered with something that says nothing of any DOI.")
    best = map_of(said.get("best_oa_location"))
    facts = {"open_access": text_of(said.get("oa_status")), "licence": licence_of(best.get("license"))}
    return (
        Answer(
            provider=NAME,
            id=name,
            identifiers=work_of_doi(name),
            links=tuple(_links(best, list_of(said.get("oa_locations"))[:_MAX_PLACES])),
            facts={fact: value for fact, value in facts.items() if value},
        ),
    )


def _links(best: Mapping[str, Any], places: Sequence[object]) -> Iterator[Link]:
    """Yield the best open PDF, or the page of the best open copy where no PDF's address is known."""
    pages: list[str] = []
    for place in (best, *map(map_of, places)):
        for name in ("url_for_pdf", "url", "url_for_landing_page"):
            url = text_of(place.get(name))
            if not url or not urlsplit_or_none(url):
                continue
            if name == "url_for_pdf" or relation(url) == "pdf":
                yield Link(url, "pdf")
                return
            pages.append(url)
    yield from (Link(url, "paper") for url in pages[:1])
