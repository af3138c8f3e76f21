"""Crossref: the records that publishers deposit with their DOIs, fifty in one request, and a search over all of them.

https://api.crossref.org/swagger-ui/; the pace is that of lists for those who leave no address
(https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from tui.errors import AnswerError, NetworkError
from tui.identifiers import doi
from tui.model import Answer
from tui.providers.asking import About, Question, Service
from tui.providers.crossref_work import answer_of
from tui.providers.query_words import family_name, opening, words
from tui.providers.reading import json_of, list_of, map_of, text_of

NAME = "crossref"
LABEL = "Crossref"
PACE = 1.0
ASKS: Mapping[About, int] = {"doi": 50, "title": 1, "abstract": 1}
KEY: str | None = None
CONTACT = True

_WORKS = "https://api.crossref.org/v1/works"
_CANDIDATES = 8
_MAX_WORDS = 40
_OPENING = 30
_FEWEST = 6
_MAX_ADDRESS = 6_000
"""Letters of DOIs in one address; servers refuse much longer ones."""

_MAX_WORKS = 1_000
_SELECTED = (
    "DOI,title,subtitle,author,editor,container-title,type,issued,published,published-print,published-online,posted,"
    "volume,issue,page,article-number,publisher,relation,update-to,abstract,license,link,event,assertion,"
    "is-referenced-by-count,references-count"
)
"""The members of a work that a search asks for; lists of references are long."""


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return Crossref's works by question; a batch of DOIs is one request."""
    if questions and questions[0].about == "doi":
        return _by_doi(questions, service)
    found: dict[Question, tuple[Answer, ...]] = {}
    for question in questions:
        if searched := _searched(question):
            found[question] = _candidates(searched, service)
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return the works in a single answer or in a list; an answer about something else is refused in words."""
    return tuple(answer for answer in map(answer_of, _works(content)) if answer)


def _works(content: bytes) -> list[Mapping[str, Any]]:
    if content.strip()[:40] == b"Resource not found.":
        return []
    envelope = map_of(json_of(content))
    kind, message = text_of(envelope.get("message-type")), envelope.get("message")
    if envelope.get("status") == "failed":
        raise AnswerError(f"Crossref refuses the request: {_why(message)}.")
    if kind == "work-list" and isinstance(map_of(message).get("items"), list):
        return [map_of(item) for item in map_of(message)["items"][:_MAX_WORKS]]
    if kind == "work" and isinstance(message, dict):
        return [message]
    raise AnswerError("Crossref answered with something that is neither a work nor a list of works.")


def _why(message: object) -> str:
    """Return what Crossref says against a request, or that it says nothing."""
    said = (text_of(map_of(part).get("message")) for part in list_of(message)[:5])
    return next((words[:200].rstrip(". ") for words in said if words), "it does not say why")


def _by_doi(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    asked = {question: doi(question.value) for question in questions}
    names = list(dict.fromkeys(name for name in asked.values() if name))
    found: dict[str, Answer] = {}
    for batch in _batches(names):
        found |= _batch(batch, service)
    return {question: (found[name],) for question, name in asked.items() if name and name in found}


def _batches(names: Sequence[str]) -> Iterator[list[str]]:
    """Yield *names* as they fit into one address; a DOI with a comma, which parts the filter's items, goes alone."""
    batch: list[str] = []
    room = _MAX_ADDRESS
    for name in names:
        if "," in name:
            yield [name]
            continue
        length = len(quote(name, safe="")) + len("doi:,")
        if batch and length > room:
            yield batch
            batch, room = [], _MAX_ADDRESS
        batch.append(name)
        room -= length
    if batch:
        yield batch


def _batch(names: Sequence[str], service: Service) -> dict[str, Answer]:
    """Return the works by the DOIs that were asked for; a DOI that became another's alias leads to that."""
    if len(names) == 1:
        address = _address(f"/{quote(names[0], safe='')}", {}, service)
    else:
        asked = {"filter": ",".join(f"doi:{name}" for name in names), "rows": str(len(names))}
        address = _address("", asked, service)
    found: dict[str, Answer] = {}
    works = _works(content) if (content := service.get(address)) is not None else []
    others = 0
    for work in works:
        known = {doi(text_of(each) or "") for each in (work.get("DOI"), *_aliases(work))}
        others += known.isdisjoint(names)
        if answer := answer_of(work):
            found |= {name: answer for name in names if name in known}
    if others and not found:
        raise AnswerError("Crossref answered with another work than it was asked for.")
    return found


def _aliases(work: Mapping[str, Any]) -> list[Any]:
    return list_of(work.get("aliases"))[:100]


def _candidates(searched: str, service: Service) -> tuple[Answer, ...]:
    """Return the works nearest to the words *searched*, in whole records where Crossref knows other members by now."""
    asked = {"query.bibliographic": searched, "rows": str(_CANDIDATES)}
    try:
        content = service.get(_address("", {**asked, "select": _SELECTED}, service))
    except NetworkError as error:
        if error.status != 400:
            raise
        content = service.get(_address("", asked, service))
    return parse(content) if content is not None else ()


def _address(path: str, asked: Mapping[str, str], service: Service) -> str:
    """Return the address of a request, with the reader's e-mail if there is one: it opens the faster pool."""
    query = urlencode({**asked, **({"mailto": service.contact} if service.contact else {})}, safe=",:")
    return f"{_WORKS}{path}?{query}" if query else f"{_WORKS}{path}"


def _searched(question: Question) -> str | None:
    """Return the words of a search, or None where there are too few to find anything."""
    if question.about == "abstract":
        first = opening(question.value, _OPENING)
        return " ".join(first) if len(first) >= _FEWEST else None
    title = words(question.value)[:_MAX_WORDS]
    family = family_name(question.authors[0]) if question.authors else None
    return " ".join([*title, *([family] if family else [])]) if title else None
