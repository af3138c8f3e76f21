"""OpenAlex: one work for all versions of a paper, with its open copies. Single records are free, lists want a key.

https://docs.openalex.org/how-to-use-the-api/rate-limits-and-authentication; the key goes into a header.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from tui.errors import AnswerError
from tui.identifiers import arxiv_id, doi
from tui.model import Answer
from tui.providers.asking import About, Question, Service
from tui.providers.openalex_work import answer_of
from tui.providers.query_words import opening, single_words
from tui.providers.reading import json_of, map_of, text_of, work_of_doi

NAME = "openalex"
LABEL = "OpenAlex"
PACE = 0.1
ASKS: Mapping[About, int] = {"doi": 50, "arxiv": 1, "title": 1, "abstract": 1}
KEY: str | None = "OPENALEX_API_KEY"
CONTACT = False

_WORKS = "https://api.openalex.org/works"
_CANDIDATES = 8
_MAX_WORDS = 30
_OPENING = 12
_FEWEST = 6
_MAX_WORKS = 200
_MAX_ADDRESS = 4_000
"""Letters of DOIs in one list; OpenAlex refuses longer addresses."""


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return OpenAlex's works by question: DOIs in a list where there is a key, one by one for nothing without.

    Without a key a search has no answers, and no request is made. A refusal ends the look-up.
    """
    if questions and questions[0].about in ("doi", "arxiv"):
        return _by_doi(questions, service)
    found: dict[Question, tuple[Answer, ...]] = {}
    for question in questions if service.key else ():
        if asked := _searched(question):
            found[question] = _answers({"filter": asked, "per-page": str(_CANDIDATES)}, service)
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return the work, or the works of a list; an answer about something else is refused in words."""
    data = map_of(json_of(content))
    if isinstance(data.get("results"), list):
        works = [map_of(each) for each in data["results"][:_MAX_WORKS]]
    elif "id" in data and ("display_name" in data or "title" in data):
        works = [data]
    else:
        said = text_of(data.get("message")) or text_of(data.get("error"))
        if said:
            raise AnswerError(f"OpenAlex refuses the request: {said[:200].rstrip('. ')}.")
        raise AnswerError("OpenAlex answered with something that is neither a work nor a list of works.")
    return tuple(answer for answer in map(answer_of, works) if answer)


def _by_doi(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    asked = {question: _doi(question) for question in questions}
    names = list(dict.fromkeys(name for name in asked.values() if name))
    found: dict[str, Answer] = {}
    for batch in _batches(names, bool(service.key)):
        found |= _batch(batch, service)
    return {question: (found[name],) for question, name in asked.items() if name and name in found}


def _doi(question: Question) -> str | None:
    """Return the DOI that the question names the work by; arXiv's papers have arXiv's own."""
    if question.about == "doi":
        return doi(question.value)
    name = arxiv_id(question.value)
    return f"10.48550/arxiv.{name}".lower() if name else None


def _batches(names: Sequence[str], listed: bool) -> list[list[str]]:
    """Return *names* as they are asked: all that fit into an address, or one at a time.

    A comma or a bar in a DOI would part the list, and a single record is free.
    """
    alone = [name for name in names if not listed or "," in name or "|" in name]
    batches = [[name] for name in alone]
    room = 0
    for name in (name for name in names if name not in alone):
        length = len(quote(name, safe="")) + len("%7C")
        room -= length
        if room < 0:
            batches.append([])
            room = _MAX_ADDRESS - length
        batches[-1].append(name)
    return batches


def _batch(names: Sequence[str], service: Service) -> dict[str, Answer]:
    """Return the works by the DOIs that were asked for. A merged work has another id, and its DOIs stay its own."""
    if len(names) == 1:
        content = service.get(f"{_WORKS}/{quote(f'doi:{names[0]}', safe=':')}", headers=_headers(service))
        answers = parse(content) if content is not None else ()
    else:
        answers = _answers({"filter": f"doi:{'|'.join(names)}", "per-page": str(len(names))}, service)
    found = {name: answer for name in names for answer in answers if _is(answer, name)}
    if answers and not found:
        raise AnswerError("OpenAlex answered with another work than it was asked for.")
    return found


def _is(answer: Answer, name: str) -> bool:
    """Return whether *answer* is of the work with the DOI *name*, whichever version that is of."""
    wanted = work_of_doi(name)
    facts: Mapping[str, Any] = answer.facts
    known = {**answer.identifiers}, {"doi": facts.get("published_as")}, {"doi": facts.get("preprint_is")}
    return any(each.get(scheme) == value for each in known for scheme, value in wanted.items())


def _searched(question: Question) -> str | None:
    """Return the filter of a search, or None where there are too few words to find anything."""
    if question.about == "abstract":
        first = opening(question.value, _OPENING)
        return f'abstract.search:"{" ".join(first)}"' if len(first) >= _FEWEST else None
    title = single_words(question.value)[:_MAX_WORDS]
    return f"title.search:{' '.join(title)}" if title else None


def _answers(asked: Mapping[str, str], service: Service) -> tuple[Answer, ...]:
    content = service.get(f"{_WORKS}?{urlencode(asked, safe=':|,')}", headers=_headers(service))
    return parse(content) if content is not None else ()


def _headers(service: Service) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.key}"} if service.key else {}
