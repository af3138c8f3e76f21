"""arXiv: a hundred papers in one request of its query API, and OAI-PMH in its place where that refuses.

https://info.arxiv.org/help/api/user-manual.html, and its terms of use: one request in three seconds over one
connection, for both services together (https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from tui.errors import AnswerError, NetworkError, StoppedError
from tui.identifiers import arxiv_id
from tui.model import Answer
from tui.providers import arxiv_atom, arxiv_oai
from tui.providers.arxiv_atom import Feed, RefusedQueryError
from tui.providers.arxiv_records import root_of
from tui.providers.asking import About, Question, Service
from tui.providers.query_words import family_name, opening, telling, words

NAME = "arxiv"
LABEL = "arXiv"
PACE = 3.0
ASKS: Mapping[About, int] = {"arxiv": 100, "title": 1, "abstract": 1}
KEY: str | None = None
CONTACT = True

_QUERY = "https://export.arxiv.org/api/query"
_CANDIDATES = 8
_MAX_PHRASE = 25
_OPENING = 10
_FEWEST = 6
"""Words of an abstract below which its opening is anybody's."""

MOST_SINGLE = 5
"""Papers that OAI-PMH is asked for one by one; for more the other services are quicker."""

_MAX_ROUNDS = 8
_MAX_REFUSED = 8


def look_up(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    """Return arXiv's papers by question; a batch of ids is one request unless arXiv cuts its answer or refuses it."""
    if questions and questions[0].about == "arxiv":
        return _by_ids(questions, service)
    found: dict[Question, tuple[Answer, ...]] = {}
    for question in questions:
        for query in _queries(question):
            if answers := _feed({"search_query": query, "max_results": str(_CANDIDATES)}, service).answers:
                found[question] = answers
                break
    return found


def parse(content: bytes) -> tuple[Answer, ...]:
    """Return the papers in a feed of the query API or in a record of OAI-PMH."""
    root = root_of(content)
    if root.tag == arxiv_atom.ROOT:
        return arxiv_atom.feed(root).answers
    if root.tag == arxiv_oai.ROOT:
        return arxiv_oai.records(root)
    raise AnswerError("arXiv answered with something that is no list of papers.")


def _feed(asked: Mapping[str, str], service: Service) -> Feed:
    """Return what the query API answers; an answer that is cut or strangely empty is asked for once more."""
    address = f"{_QUERY}?{urlencode({'start': '0', **asked}, safe=',:')}"
    for again in (True, False):
        content = service.get(address, accept="xml")
        if content is None:
            break
        try:
            root = root_of(content)
            if root.tag == arxiv_atom.ROOT:
                return arxiv_atom.feed(root)
            break
        except AnswerError as error:
            # "Rate exceeded." is no reason to knock again at once.
            if not (again and error.passing and error.status is None):
                raise
    raise AnswerError("arXiv answered with something that is no list of papers.")


def _by_ids(questions: Sequence[Question], service: Service) -> dict[Question, tuple[Answer, ...]]:
    asked = {question: arxiv_id(question.value) for question in questions}
    ids = list(dict.fromkeys(name for name in asked.values() if name))
    try:
        found = _papers(ids, service)
    except StoppedError:
        raise
    except NetworkError as error:
        if len(ids) > MOST_SINGLE or not _refused(error):
            raise
        found = _one_by_one(ids, service, error)
    return {question: (found[name],) for question, name in asked.items() if name in found}


def _refused(error: NetworkError) -> bool:
    """Return whether the query API is there and gives no answer; a machine without network has none of these."""
    return isinstance(error, AnswerError) or error.status is not None or error.until is not None


def _papers(ids: Sequence[str], service: Service) -> dict[str, Answer]:
    """Return the papers by id. An id that arXiv cannot read spoils its whole batch: it is found out and left out."""
    found: dict[str, Answer] = {}
    waiting = [list(ids)] if ids else []
    refusals: list[NetworkError] = []
    answered = False
    while waiting:
        part = waiting.pop()
        try:
            found |= _batch(part, service)
            answered = True
        except NetworkError as error:
            refusals.append(error)
            if error.status != 400 or len(refusals) > _MAX_REFUSED:
                raise
            named = _named(part, error)
            answered = answered or bool(named)
            waiting += _parts([name for name in part if name not in named], halved=not named)
    if not answered and refusals:
        # Every id was refused and none named: that is about the service, and no paper is known to be missing.
        raise refusals[-1]
    return found


def _named(ids: Sequence[str], error: NetworkError) -> set[str]:
    """Return which of *ids* arXiv names as those that it cannot read."""
    said = re.split(r"[\s,;]+", error.words) if isinstance(error, RefusedQueryError) else []
    return set(ids) & {word.strip("'\".:") for word in said}


def _parts(ids: list[str], *, halved: bool) -> list[list[str]]:
    """Return what is to be asked in place of a refused batch: one id that is refused alone is not asked again."""
    middle = len(ids) // 2
    parts = [ids[:middle], ids[middle:]] if halved else [ids]
    return [part for part in parts if part and (not halved or len(ids) > 1)]


def _batch(ids: Sequence[str], service: Service) -> dict[str, Answer]:
    """Return the papers by id, asking for the rest where arXiv lists fewer papers than it counts."""
    found: dict[str, Answer] = {}
    waiting = list(ids)
    for _ in range(_MAX_ROUNDS):
        feed = _feed({"id_list": ",".join(waiting), "max_results": str(len(waiting))}, service)
        listed = {answer.id: answer for answer in feed.answers}
        new = {name: listed[name] for name in waiting if name in listed}
        found |= new
        waiting = [name for name in waiting if name not in found]
        if listed and not new:
            raise AnswerError("arXiv answered with other papers than it was asked for.")
        if not waiting or feed.total <= len(feed.answers):
            return found
    raise AnswerError("arXiv goes on counting more papers than it lists.", passing=True)


def _one_by_one(ids: Sequence[str], service: Service, refusal: NetworkError) -> dict[str, Answer]:
    """Return the papers as OAI-PMH has them. Raises the query API's *refusal* where that refuses too."""
    found: dict[str, Answer] = {}
    for name in ids:
        try:
            content = service.get(arxiv_oai.address(name), accept="xml")
            answers = parse(content) if content is not None else ()
        except StoppedError:
            raise
        except NetworkError as error:
            raise refusal from error
        if answers and answers[0].id != name:
            raise AnswerError("arXiv answered with another paper than it was asked for.")
        if answers:
            found[name] = answers[0]
    return found


def _queries(question: Question) -> list[str]:
    """Return the searches for the paper, the stricter one first; none where there are too few words."""
    if question.about == "abstract":
        first = opening(question.value, _OPENING)
        return [f'abs:"{" ".join(first)}"'] if len(first) >= _FEWEST else []
    phrase = words(question.value)[:_MAX_PHRASE]
    if not phrase:
        return []
    family = family_name(question.authors[0]) if question.authors else None
    strict = f'ti:"{" ".join(phrase)}"' + (f" AND au:{family}" if family else "")
    # A title that was changed, cut or typed anew still has most of its words.
    loose = telling(question.value, 6)
    return [strict, " AND ".join(f'ti:"{word}"' for word in loose)] if len(loose) > 2 else [strict]
