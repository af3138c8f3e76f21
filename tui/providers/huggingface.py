"""Hugging Face's page of an arXiv paper: its code, and the models, data sets and Spaces that name it.

https://huggingface.co/docs/hub/api; 500 requests in five minutes without a token. It has no record of the paper that
is not arXiv's, and its summaries are a machine's: neither is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tui.errors import AnswerError, NetworkError, StoppedError
from tui.identifiers import Rel, arxiv_id, relation, urlsplit_or_none
from tui.model import Answer, Link
from tui.providers.asking import About, Question, Service
from tui.providers.reading import int_of, json_of, list_of, map_of, text_of

NAME = "huggingface"
LABEL = "Hugging Face"
PACE = 0.6
ASKS: Mapping[About, int] = {"arxiv": 1}
KEY: str | None = None
CONTACT = False

_HUB = "https://huggingface.co"
_NAME = re.compile(r"[\w.-]{1,100}(?:/[\w.-]{1,100})?", re.ASCII)

MOST_LINKS = 5
"""Models, and data sets, that are linked; a paper may have thousands, and the first are the Hub's choice."""

MAX_PAPERS = 1_000


@dataclass(frozen=True)
class Shelf:
    """What the Hub holds of a paper: names of models and data sets in its order, and how many there are of each."""

    models: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    def links(self) -> tuple[Link, ...]:
        """Return the first models and data sets as addresses."""
        models = (Link(f"{_HUB}/{name}", "other") for name in self.models[:MOST_LINKS])
        return (*(Link(f"{_HUB}/datasets/{name}", "data") for name in self.datasets[:MOST_LINKS]), *models)


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return what the Hub knows of the papers by question; what hangs on a paper is asked only where it has a page."""
    found: dict[Question, tuple[Answer, ...]] = {}
    for question in questions:
        name = arxiv_id(question.value)
        content = service.get(f"{_HUB}/api/papers/{name}", accept="json") if name else None
        if content is None:
            continue
        answers = parse(content)
        if answers and all(answer.id != name for answer in answers):
            raise AnswerError("Hugging Face answered with another paper than it was asked for.")
        found[question] = tuple(_with(answer, _shelf(answer.id, service)) for answer in answers if answer.id == name)
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return the paper, or the papers of a day's list, in an answer."""
    body = json_of(content)
    if isinstance(body, dict) and (words := text_of(body.get("error"))):
        raise AnswerError(f"Hugging Face does not answer: {words[:200].rstrip('.')}.")
    items = [map_of(item) for item in list_of(body)[:MAX_PAPERS]]
    papers = [map_of(item.get("paper")) or item for item in items]
    answers = tuple(answer for answer in map(_answer, papers) if answer)
    # An empty list is an answer: a day without papers.
    if not answers and body != []:
        raise AnswerError("Hugging Face answered with something that is no paper.")
    return answers


def shelf(content: bytes) -> Shelf:
    """Return what hangs on a paper, from the answer that lists its repositories. Raises AnswerError."""
    body = json_of(content)
    if not isinstance(body, dict):
        raise AnswerError("Hugging Face answered with something that is no list of repositories.")
    kinds = ("models", "datasets", "spaces")
    return Shelf(
        models=tuple(_names(body.get("models"))),
        datasets=tuple(_names(body.get("datasets"))),
        counts=tuple((kind, len(body[kind])) for kind in kinds if isinstance(body.get(kind), list)),
    )


def _shelf(name: str, service: Service) -> Shelf:
    """Ask what hangs on the paper; without an answer the paper's own page is still worth having."""
    try:
        content = service.get(f"{_HUB}/api/arxiv/{name}/repos", accept="json")
        return shelf(content) if content is not None else Shelf()
    except StoppedError:
        raise
    except NetworkError:
        return Shelf()


def _with(answer: Answer, found: Shelf) -> Answer:
    counts = {kind: count for kind, count in found.counts if count}
    # The page's own totals are right where the list is cut.
    return replace(answer, links=_once((*answer.links, *found.links())), facts={**counts, **answer.facts})


def _names(value: object) -> Iterator[str]:
    for item in list_of(value)[: MOST_LINKS * 4]:
        name = text_of(map_of(item).get("id"))
        if name and _NAME.fullmatch(name) and ".." not in name:
            yield name


def _answer(paper: Mapping[str, Any]) -> Answer | None:
    name = arxiv_id(text_of(paper.get("id")) or "")
    if not name:
        return None
    counts: dict[str, object] = {
        "upvotes": paper.get("upvotes"),
        "stars": paper.get("githubStars"),
        "models": paper.get("numTotalModels"),
        "datasets": paper.get("numTotalDatasets"),
        "spaces": paper.get("numTotalSpaces"),
    }
    whole = ((fact, int_of(value)) for fact, value in counts.items())
    links = (_link(paper.get("githubRepo"), "code"), _link(paper.get("projectPage"), "project"))
    return Answer(
        provider=NAME,
        id=name,
        identifiers={"arxiv": name},
        links=_once(link for link in links if link),
        facts={fact: count for fact, count in whole if count is not None and count > 0},
    )


def _link(value: object, rel: Rel) -> Link | None:
    """Return the address that *value* is; a data set or a repository that stands in as project page is what it is."""
    url = text_of(value)
    if not url or len(url) > 2_000 or not urlsplit_or_none(url):
        return None
    found = relation(url)
    return Link(url, found if found in ("code", "data") else rel)


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links in order, an address once: the first says what it leads to."""
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.url, link)
    return tuple(found.values())
