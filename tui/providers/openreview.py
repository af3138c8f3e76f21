"""OpenReview: submissions with their abstracts and what became of them, asked for by forum or by title.

Follows https://docs.openreview.net/reference/api-v2: API 2 wraps every value (``content.title.value``), API 1, which
keeps the venues of before 2023, does not. Programs are only answered with a reader's token.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from tui.errors import AnswerError
from tui.model import Answer
from tui.providers.asking import About, Question, Service
from tui.providers.openreview_note import answer_of
from tui.providers.query_words import words
from tui.providers.reading import first_text, int_of, json_of, map_of

NAME = "openreview"
LABEL = "OpenReview"
PACE = 1.0
ASKS: Mapping[About, int] = {"openreview": 1, "title": 1}
KEY: str | None = "OPENREVIEW_TOKEN"
CONTACT = False

_API = "https://api2.openreview.net/notes"
_API_1 = "https://api.openreview.net/notes"
_HITS = 8
_MOST = 1000
"""The most notes that OpenReview sends in one answer."""


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return the submission of each forum asked for, or what a search by title finds, best first. Raises NetworkError.

    A forum that API 2 does not have is looked for in API 1.
    """
    found = {}
    for question in questions:
        if question.about == "openreview":
            found[question] = _forum(question, service)
        elif question.about == "title" and (term := " ".join(words(question.value))):
            query = {"term": term, "type": "terms", "content": "title", "limit": _HITS}
            content = service.get(f"{_API}/search?{urlencode(query)}", headers=_headers(service))
            answers = parse(content) if content is not None else ()
            # A submission that was taken back says nothing of a paper that only has its title.
            found[question] = tuple(replace(answer, withdrawn=None) for answer in answers)
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return every submission in *content*, of either API, in order; replies and deleted notes are passed over.

    An answer that says that there is none is empty. Raises AnswerError for an error's body or another shape.
    """
    value = map_of(json_of(content))
    notes = value.get("notes")
    if not isinstance(notes, list):
        if _says_nothing(value):
            return ()
        raise AnswerError("OpenReview answered with something that is no list of submissions.")
    return tuple(answer for note in notes[:_MOST] if (answer := answer_of(map_of(note), NAME)))


def _headers(service: Service) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.key}"} if service.key else {}


def _forum(question: Question, service: Service) -> tuple[Answer, ...]:
    came = False
    for api in (_API, _API_1):
        content = service.get(f"{api}?{urlencode({'id': question.value})}", headers=_headers(service))
        answers = parse(content) if content is not None else ()
        if own := tuple(
            answer for answer in answers if question.value in (answer.id, answer.identifiers["openreview"])
        ):
            return own
        came = came or bool(answers)
    if came:
        raise AnswerError("OpenReview answered with another submission than the one asked for.")
    return ()


def _says_nothing(value: Mapping[str, Any]) -> bool:
    """Return whether an error's body says that there is no such note; every other error's body raises AnswerError."""
    errors = value.get("errors")
    first = map_of(errors[0]) if isinstance(errors, list) and errors else {}
    name = first_text(value.get("name"), first.get("name"), first.get("type"), errors) or ""
    status = int_of(value.get("status"))
    if "notfound" in name.lower().replace(" ", "") or status == 404:
        return True
    if "challenge" in name.lower():
        raise AnswerError("OpenReview wants a check that only a browser passes; with a token it answers programs.")
    said = first_text(value.get("message"), first.get("message"), name)
    if said:
        busy = status == 429 or "toomany" in name.lower().replace(" ", "")
        raise AnswerError(f"OpenReview refuses to answer: “{said[:120].rstrip('. ')}”", passing=busy)
    return False
