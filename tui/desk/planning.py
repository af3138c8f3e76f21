"""What should be asked next about a paper: a pure function of what is known and of what was asked.

The order is the one that serves the reader: first the record behind an identifier, or the search where there is none;
then the other version; then code, models and the open PDF. A stage begins when the one before it has ended.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tui.identifiers import SCHEMES
from tui.model import Answer, Paper
from tui.provenance import other_versions
from tui.providers.asking import About, Question
from tui.text import shown

Reach = Mapping[str, Collection[About]]
"""The services that can be asked, by name, and what each can be asked about."""

OPEN = "open"
"""How a question stands that was asked and has not ended."""

_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]{1,100})/([\w.-]{1,100})")
_NO_OWNERS = frozenset({"topics", "features", "orgs", "sponsors", "collections", "marketplace", "apps", "search"})
_ACL_DOI = "10.18653/v1/"


@dataclass(frozen=True)
class Situation:
    """A paper, the answers believed to be about it, and how each question asked so far ended or stands, by its name."""

    paper: Paper
    answers: Sequence[Answer]
    ended: Mapping[str, str]

    @property
    def identifiers(self) -> dict[str, list[str]]:
        """Every identifier of the work or of its other version, by scheme, those that issues state first."""
        found: dict[str, list[str]] = {name: [value] for name, value in self.paper.identifiers.items()}
        for answer in self.answers:
            for name, value in (*answer.identifiers.items(), *other_versions(answer)):
                if value not in found.setdefault(name, []):
                    found[name].append(value)
        return found

    def has(self, kind: str | None = None) -> bool:
        """Return whether an answer has a record, of the version *kind* if one is named."""
        return any(a.record.title and a.kind is not None and kind in (None, a.kind) for a in self.answers)


def known(answers: Sequence[Answer]) -> dict[str, str]:
    """Return the questions that *answers* have answered without being asked: a search gives the record behind an id."""
    asked = [
        Question(answer.provider, scheme, answer.identifiers[scheme])
        for answer in answers
        for scheme in SCHEMES
        if scheme in answer.identifiers and answer.kind is not None
    ]
    return {question.name: "answered" for question in asked}


@dataclass(frozen=True)
class Plan:
    """What should be asked now, and in which stage (from 0) that is; no questions at all where it is at its end."""

    stage: int = 0
    questions: tuple[Question, ...] = ()


def plan(situation: Situation, reach: Reach) -> Plan:
    """Return what should be asked next; nothing too while what was asked in the same stage has not ended."""
    for number, stage in enumerate((_identified, _searched, _other_version, _extras)):
        found = [q for group in stage(situation) for q in _next(group, situation.ended, reach)]
        if found or any(situation.ended.get(q.name) == OPEN for group in stage(situation) for q in group):
            return Plan(number, tuple(dict.fromkeys(found)))
    return Plan()


def _next(chain: Sequence[Question], ended: Mapping[str, str], reach: Reach) -> tuple[Question, ...]:
    """Return the first question of *chain* that was not asked yet, none where an earlier one was answered."""
    for question in chain:
        if question.about not in reach.get(question.provider, ()):
            continue
        outcome = ended.get(question.name)
        if outcome is None:
            return (question,)
        if outcome in ("answered", OPEN):
            break
    return ()


Chain = list[Question]
"""Questions that stand in for each other, the best first."""


def _identified(situation: Situation) -> Iterator[Chain]:
    known = situation.identifiers
    for value in known.get("arxiv", [])[:1]:
        yield _of("arxiv", value, "arxiv", "datacite", "openalex", "semantic_scholar")
    for value in known.get("acl", [])[:1]:
        other = Question("crossref", "doi", f"{_ACL_DOI}{value}".lower())
        yield [*_of("acl", value, "acl"), other, *_of("acl", value, "semantic_scholar")]
    for value in known.get("openreview", [])[:1]:
        yield _of("openreview", value, "openreview")
    for value in known.get("doi", [])[:3]:
        if not (value.startswith(_ACL_DOI) and known.get("acl")):
            yield _of("doi", value, "crossref", "datacite", "openalex", "semantic_scholar")


def _of(about: About, value: str, *providers: str) -> Chain:
    return [Question(name, about, value) for name in providers]


def _searched(situation: Situation) -> Iterator[Chain]:
    if situation.has():
        return
    if situation.paper.title:
        yield [*_titled(situation, "arxiv", "datacite", "openreview")]
        yield [*_titled(situation, "crossref", "dblp", "semantic_scholar", "openalex")]
    elif situation.paper.abstract:
        opening = shown(situation.paper.abstract)[:400]
        yield [Question(name, "abstract", opening) for name in ("arxiv", "crossref", "datacite", "openalex")]


def _titled(situation: Situation, *providers: str) -> Chain:
    paper = situation.paper
    title = shown(paper.title or "")
    return [Question(name, "title", title, paper.authors, paper.year) for name in providers]


def _other_version(situation: Situation) -> Iterator[Chain]:
    known = situation.identifiers
    if situation.has("preprint") and not situation.has("published") and situation.paper.title:
        for value in known.get("arxiv", [])[:1]:
            yield _of("arxiv", value, "openalex")
            yield _of("arxiv", value, "semantic_scholar")
        yield _titled(situation, "dblp", "openreview")
        yield _titled(situation, "crossref")
    elif situation.has("published") and not known.get("arxiv") and situation.paper.title and _is_wanting(situation):
        yield _titled(situation, "arxiv")


def _is_wanting(situation: Situation) -> bool:
    """Return whether a preprint would add something: an abstract, a PDF, or what conferences' papers are known by."""
    paper = situation.paper
    if any(answer.record.type in ("conference", "workshop") for answer in situation.answers):
        return True
    return not paper.abstract or not any(link.rel == "pdf" for link in paper.links)


def _extras(situation: Situation) -> Iterator[Chain]:
    known = situation.identifiers
    for value in known.get("arxiv", [])[:1]:
        yield _of("arxiv", value, "huggingface")
    links = [link for link in situation.paper.links if link.rel == "code"]
    for link in links[:3]:
        if (match := _REPOSITORY.match(link.url)) and match[1].lower() not in _NO_OWNERS:
            yield _of("repository", f"{match[1]}/{match[2].removesuffix('.git')}", "github")
            break
    if not any(link.rel == "pdf" for link in situation.paper.links):
        for value in known.get("doi", [])[:1]:
            yield _of("doi", value, "unpaywall")
