"""Which answers are believed to be about the paper: a service can be wrong, and one may not speak for all.

An answer to an identifier counts as long as an issue, or another answer that counts, states the identifier; and only
as long as it does not plainly speak of other work than the answer that is nearest to what the issues state.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tui.frozen import dataclass
from tui.identifiers import SCHEMES, by_doi
from tui.matching import Wanted, agreement, contradicts
from tui.model import Answer, Choices, Inquiry, Offer
from tui.provenance.names import LABELS

MOST = 30
"""Answers of one paper that are looked at; a look-up gives a dozen."""

_NEAREST = ("arxiv", "acl", "crossref", "datacite", "openreview", "dblp", "openalex", "semantic_scholar")
"""The services whose own the records are, before those that collect them."""

Pair = tuple[str, str]
"""A scheme and an identifier."""


@dataclass(frozen=True)
class Believed:
    """The answers that count, in their order, and as offers those of other work, for the reader to say."""

    answers: tuple[Answer, ...]
    strange: tuple[Offer, ...] = ()


def believed(inquiry: Inquiry, choices: Choices, stated: Mapping[str, str]) -> Believed:
    """Return what counts of *inquiry*; *stated* are the identifiers that issues state.

    What the reader took counts in any case, and what the reader refused in none.
    """
    taken = [dataclasses.replace(o.answer, via="reader") for o in inquiry.offers if o.answer.name in choices.taken]
    given = {answer.name: answer for answer in (*inquiry.answers[:MOST], *taken)}
    left = [answer for name, answer in given.items() if name not in choices.refused]
    strange: dict[str, Offer] = {}
    while True:
        rounds = _reached([answer for answer in left if answer.name not in strange], stated)
        found = _strangers([answer for each in rounds for answer in each], choices.taken)
        if not found:
            break
        strange |= found
    denied = {pair for offer in strange.values() for pair in offer.answer.identifiers.items()} - set(stated.items())
    answers = {answer.name: _without(answer, denied) for each in rounds for answer in each}
    return Believed(tuple(answers[name] for name in given if name in answers), tuple(strange.values()))


def _reached(answers: Sequence[Answer], stated: Mapping[str, str]) -> list[list[Answer]]:
    """Return the answers that something leads to, the nearest to what issues state first."""
    known = set(stated.items())
    left, rounds = list(answers), []
    while fresh := [answer for answer in left if _is_led_to(answer, known)]:
        rounds.append(fresh)
        left = [answer for answer in left if answer not in fresh]
        for answer in fresh:
            known |= {*answer.identifiers.items(), *other_versions(answer)}
    for number, each in enumerate(rounds):
        rounds[number] = sorted(each, key=_distance)
    return rounds


def _is_led_to(answer: Answer, known: Collection[Pair]) -> bool:
    if answer.via != "identifier" or not answer.identifiers:
        return True
    return any(pair in known for pair in answer.identifiers.items())


def _distance(answer: Answer) -> tuple[bool, int]:
    place = _NEAREST.index(answer.provider) if answer.provider in _NEAREST else len(_NEAREST)
    return answer.via != "reader", place


def _strangers(answers: Iterable[Answer], taken: Collection[str]) -> dict[str, Offer]:
    """Return those of *answers* that speak of other work than the first that has a record with authors."""
    records = [answer for answer in answers if answer.kind and answer.record.title]
    first = next((answer for answer in records if answer.record.authors), None)
    if first is None:
        return {}
    found: dict[str, Offer] = {}
    for answer in records:
        if answer is not first and answer.name not in taken and (why := _why_not(first, answer)):
            found[answer.name] = Offer(answer, 50, why)
    return found


def _why_not(first: Answer, other: Answer) -> str | None:
    agreed, of = agreement(first.record, other.record)
    who = LABELS.get(first.provider, first.provider)
    if of and not agreed:
        return f"None of its authors is among those that {who} names."
    record = first.record
    wanted = Wanted(record.title, record.authors, record.more_authors, record.year, first.abstract)
    return contradicts(wanted, other) if not of else None


def _without(answer: Answer, denied: Collection[Pair]) -> Answer:
    """Return *answer* without identifiers that turned out to be of other work."""
    wrong = [scheme for scheme, value in answer.identifiers.items() if (scheme, value) in denied]
    if not wrong:
        return answer
    kept = {scheme: value for scheme, value in answer.identifiers.items() if scheme not in wrong}
    record = dataclasses.replace(answer.record, doi=None) if "doi" in wrong else answer.record
    return dataclasses.replace(answer, identifiers=kept, record=record)


def other_versions(answer: Answer) -> Iterator[Pair]:
    """Yield scheme and identifier of each other version that *answer* names."""
    for name in ("published_as", "preprint_is"):
        if found := by_doi(str(answer.facts.get(name, ""))):
            yield found


KNOWN = frozenset((*SCHEMES, "dblp", "openalex", "s2", "pmid", "pmcid"))
"""The schemes that an answer's identifiers are taken of."""
