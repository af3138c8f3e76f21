"""DataCite: every arXiv paper, hours behind arXiv itself, and the DOIs of Zenodo and of other archives.

https://support.datacite.org/docs/api; 500 requests in five minutes from one address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from tui.errors import AnswerError
from tui.identifiers import arxiv_id, doi
from tui.model import Answer
from tui.providers.asking import About, Question, Service
from tui.providers.datacite_record import answer_of
from tui.providers.query_words import family_name, single_words
from tui.providers.reading import int_of, json_of, list_of, map_of, text_of

NAME = "datacite"
LABEL = "DataCite"
PACE = 0.6
ASKS: Mapping[About, int] = {"arxiv": 25, "doi": 25, "title": 1}
KEY: str | None = None
CONTACT = True

_WORKS = "https://api.datacite.org/dois"
_CANDIDATES = 8
_MAX_WORDS = 20
_MAX_QUERY = 3_000
"""Characters of a query, before they are escaped: servers cut or refuse addresses of more than some 8,000."""

MAX_ANSWERS = 1_000


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return DataCite's works by question; several identifiers are one search for all of their DOIs."""
    if questions and questions[0].about != "title":
        return _by_doi(questions, service)
    found: dict[Question, tuple[Answer, ...]] = {}
    for question in questions:
        if (query := _query(question)) and (answers := _search(query, _CANDIDATES, service)):
            found[question] = answers
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return the work or works in an answer of the JSON:API, or the one in a document of DataCite JSON."""
    body = json_of(content)
    if not isinstance(body, dict):
        raise AnswerError("DataCite answered with something that is no list of works.")
    if errors := [map_of(each) for each in list_of(body.get("errors"))]:
        if all(int_of(error.get("status")) in (404, 410) for error in errors):
            return ()
        words = next(filter(None, (text_of(error.get("title")) for error in errors)), "it does not say why")
        raise AnswerError(f"DataCite does not answer: {words[:200].rstrip('.')}.")
    if "data" not in body and not isinstance(body.get("doi"), str):
        raise AnswerError("DataCite answered with something that is no list of works.")
    items = list_of(body["data"])[:MAX_ANSWERS] if "data" in body else [{"type": "dois", "attributes": body}]
    works = (map_of(map_of(item).get("attributes")) for item in items if map_of(item).get("type") == "dois")
    return tuple(answer for answer in map(answer_of, works) if answer)


def _by_doi(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    asked = {question: name for question in questions if (name := _doi(question))}
    answers = {answer.id: answer for answer in _works(list(dict.fromkeys(asked.values())), service)}
    found: dict[Question, tuple[Answer, ...]] = {
        question: (answers[name],) for question, name in asked.items() if name in answers
    }
    if answers and not found:
        raise AnswerError("DataCite answered with another work than it was asked for.")
    return found


def _doi(question: Question) -> str | None:
    """Return the DOI that the question is about, in lower case."""
    name = arxiv_id(question.value) if question.about == "arxiv" else None
    return f"10.48550/arxiv.{name}" if name else doi(question.value)


def _works(names: Sequence[str], service: Service) -> tuple[Answer, ...]:
    if not names:
        return ()
    if len(names) == 1:
        content = service.get(f"{_WORKS}/{quote(names[0], safe='')}", accept="json")
        return parse(content) if content is not None else ()
    # The index keeps DOIs as they are, in one case only, and its documentation does not say in which.
    forms = [f'"{form}"' for name in names for form in (name, name.upper())]
    query = f"doi:({' OR '.join(forms)})"
    if len(query) > _MAX_QUERY:
        middle = len(names) // 2
        return (*_works(names[:middle], service), *_works(names[middle:], service))
    return _search(query, len(forms), service)


def _search(query: str, most: int, service: Service) -> tuple[Answer, ...]:
    asked = {"query": query, "page[size]": str(most), "disable-facets": "true"}
    content = service.get(f"{_WORKS}?{urlencode(asked)}", accept="json")
    return parse(content) if content is not None else ()


def _query(question: Question) -> str | None:
    """Return the search for a title: all of its words, and an author beside a title of few words."""
    words = list(dict.fromkeys(single_words(question.value)))[:_MAX_WORDS]
    family = family_name(question.authors[0]) if question.authors and len(words) < 5 else None
    if not words:
        return None
    return f"titles.title:({' AND '.join(words)})" + (f" AND creators.name:{family}" if family else "")
