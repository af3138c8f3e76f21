"""Semantic Scholar: abstracts, counts, and records of either version, asked for in batches of identifiers.

Follows the Academic Graph API (https://api.semanticscholar.org/api-docs/graph). What of a record can be believed is
decided in :mod:`tui.providers.semantic_scholar_paper`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from tui.errors import AnswerError, NetworkError
from tui.model import Answer
from tui.providers.asking import About, Question, Service
from tui.providers.reading import first_text, json_of, map_of
from tui.providers.semantic_scholar_paper import Paper, answer_of

NAME = "semantic_scholar"
LABEL = "Semantic Scholar"
PACE = 1.0
ASKS: Mapping[About, int] = {"arxiv": 500, "doi": 500, "acl": 500, "title": 1}
KEY: str | None = "S2_API_KEY"
CONTACT = False

_API = "https://api.semanticscholar.org/graph/v1/paper/"
_FIELDS = (
    "externalIds,title,abstract,authors,year,publicationDate,venue,publicationVenue,publicationTypes,journal,"
    "openAccessPdf,citationCount,referenceCount,tldr"
)
_PREFIXES = {"arxiv": "ARXIV:", "doi": "DOI:", "acl": "ACL:"}
_SINGLES = 5
"""The most papers that are asked for one by one where a batch of them is refused whole."""

_MOST = 1000
"""The most papers that the service sends in one answer."""

_NOTHING = re.compile(r"\bnot found\b|\bno valid paper ids\b", re.IGNORECASE)


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return what Semantic Scholar knows: one batch for identifiers, one search by title. Raises NetworkError."""
    if questions and questions[0].about == "title":
        query = urlencode({"query": questions[0].value[:300], "fields": _FIELDS})
        content = service.get(f"{_API}search/match?{query}", headers=_headers(service))
        return {questions[0]: parse(content)} if content is not None else {}
    known = [question for question in questions if question.about in _PREFIXES]
    if not known:
        return {}
    try:
        papers = _batch(known, service)
    except NetworkError as error:
        # A batch without any paper that it knows is answered with 400.
        if error.status != 400 or len(known) > _SINGLES:
            raise
        papers = [_single(question, service) for question in known]
    found = {question: _answers_to(question, [paper]) for question, paper in zip(known, papers, strict=False)}
    if any(papers) and not any(found.values()):
        raise AnswerError(f"{LABEL} answered with another paper than the one asked for.")
    return {question: answers for question, answers in found.items() if answers}


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return every paper in *content*: a record, a batch, a page of a search, a list of citations.

    An answer that says that there is none is empty. Raises AnswerError for an error's body or another shape.
    """
    return tuple(answer for paper in _papers(content) if (answer := answer_of(paper, NAME)))


def _headers(service: Service) -> dict[str, str]:
    return {"x-api-key": service.key} if service.key else {}


def _name(question: Question) -> str:
    return _PREFIXES[question.about] + question.value


def _batch(questions: Sequence[Question], service: Service) -> list[Paper]:
    """Return one paper a question, an empty one where there is none: the answer keeps the places of what was asked."""
    body = json.dumps({"ids": [_name(question) for question in questions]}).encode()
    content = service.get(f"{_API}batch?{urlencode({'fields': _FIELDS})}", headers=_headers(service), body=body)
    papers = _papers(content) if content is not None else []
    if len(papers) in (0, len(questions)):
        return papers
    raise AnswerError(f"{LABEL} answered for {len(papers)} papers and was asked for {len(questions)}", passing=True)


def _single(question: Question, service: Service) -> Paper:
    address = f"{_API}{quote(_name(question), safe=':')}?{urlencode({'fields': _FIELDS})}"
    content = service.get(address, headers=_headers(service))
    papers = _papers(content) if content is not None else []
    return papers[0] if papers else {}


def _answers_to(question: Question, papers: Sequence[Paper]) -> tuple[Answer, ...]:
    """Return the answers that are of the paper asked for: those that state no other identifier of that scheme.

    Another DOI is another version or another work, and neither was asked for.
    """
    answers = (answer for paper in papers if (answer := answer_of(paper, NAME)))
    return tuple(
        answer
        for answer in answers
        if answer.identifiers.get(question.about, question.value).lower() == question.value.lower()
    )


def _papers(content: bytes) -> list[Paper]:
    """Return the objects of papers in an answer of any of the API's shapes, an empty one for a null among them."""
    value = json_of(content)
    if isinstance(value, dict):
        if _says_nothing(value):
            return []
        holder = next((value[name] for name in ("data", "recommendedPapers") if name in value), None)
        value = [value] if holder is None and "paperId" in value else holder
    if not isinstance(value, list):
        raise AnswerError(f"{LABEL} answered with something that is no paper.")
    return [_unwrapped(map_of(item)) for item in value[:_MOST]]


def _unwrapped(item: Paper) -> Paper:
    """Return the paper itself, which lists of citations, references and passages wrap."""
    return next((map_of(item[name]) for name in ("citingPaper", "citedPaper", "paper") if name in item), item)


def _says_nothing(value: Mapping[str, Any]) -> bool:
    """Return whether an error's body says "not found"; every other error's body raises AnswerError."""
    said = first_text(value.get("error"), value.get("message"))
    if said is None or "paperId" in value or "data" in value:
        return False
    if _NOTHING.search(said[:300]):
        return True
    busy = str(value.get("code")) == "429" or "too many requests" in said[:300].lower()
    raise AnswerError(f"{LABEL} refuses to answer: “{said[:120].rstrip('. ')}”", passing=busy)
