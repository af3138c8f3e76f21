"""Which of the records that services gave is the paper that was looked for.

A wrong record is worse than none: what is not sure is offered, with what agrees and what differs, and never taken.
The gates are those of reference matching in the field (Crossref's search-based matching with validation and its
preprint matching: title, authors and year must each agree), with words of kind, numbers of parts and replaced words
as vetoes, because similarity alone cannot tell "Part II" from "Part I".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.matching.agreeing import same_record
from tui.matching.comparison import Compared, compare
from tui.matching.evidence import Evidence, Wanted, evidence, why
from tui.model import Answer, Offer

Verdict = Literal["same", "perhaps", "other"]

OFFERS = 3
"""Records that the reader is asked about at most."""

SURE = 90
"""Percent from which on a record is one that is taken; those that are asked about stay below."""

AHEAD = 3
"""Percent by which a record must lead another work's record that agrees as well."""


@dataclass(frozen=True)
class Judgement:
    """Whether a record is the paper, how well it agrees in percent, and what agrees and differs in a sentence."""

    verdict: Verdict
    score: int
    why: str


@dataclass(frozen=True)
class Choice:
    """The record that is taken silently, and those that the reader is asked about, best first."""

    accepted: Answer | None = None
    offers: tuple[Offer, ...] = ()


def judge(wanted: Wanted, answer: Answer) -> Judgement:
    """Return whether the record of *answer* is the paper *wanted*."""
    found = evidence(wanted, answer)
    verdict = _by_title(found, found.title) if found.title else _by_abstract(found)
    score = max(SURE, found.score) if verdict == "same" else min(SURE - 1, found.score)
    return Judgement(verdict, score, why(found, wanted, answer))


def _by_title(found: Evidence, title: Compared) -> Verdict:
    renamed = title.relation == "different" or (title.conflict == "word" and found.reads_alike)
    if title.conflict and (title.conflict == "kind" or not renamed):
        return _in_conflict(found, title)
    if title.relation in ("similar", "different"):
        if found.reads_alike and (found.by_same or not found.known) and found.year != "differs":
            return "same" if found.by_same else "perhaps"
        return "perhaps" if title.relation == "similar" and (found.by_same or title.alike >= 0.75) else "other"
    if not found.known:
        return _without_authors(found, title)
    if not found.by_same:
        return "perhaps" if found.apart.distinctive or found.authors.agree or found.reads_alike else "other"
    return _by_their_authors(found, title)


def _in_conflict(found: Evidence, title: Compared) -> Verdict:
    if title.conflict == "kind":
        return "other"
    return "perhaps" if found.by_same or (not found.known and title.alike >= 0.75) else "other"


def _without_authors(found: Evidence, title: Compared) -> Verdict:
    """Return the verdict on a title that agrees where nobody's name can be compared: only a telling one is enough."""
    if found.reads_alike:
        return "same" if title.relation != "word" else "perhaps"
    if title.relation == "equal":
        sure = found.apart.distinctive and found.year in ("agrees", "not asked")
        return "same" if sure or (found.apart.telling and found.year == "agrees") else "perhaps"
    return "same" if title.relation == "near" and found.apart.distinctive and found.year == "agrees" else "perhaps"


def _by_their_authors(found: Evidence, title: Compared) -> Verdict:
    """Return the verdict on a title that agrees and whose authors do."""
    if found.reads_alike:
        return "same"
    if found.year == "differs":
        return "perhaps"
    several = found.authors.agree >= 2
    dated = found.year in ("agrees", "far")
    if found.apart.generic:
        return "same" if title.relation == "equal" and several and found.year == "agrees" else "perhaps"
    if found.apart.short:
        return "same" if several and dated else "perhaps"
    if title.relation in ("equal", "near"):
        return "same" if found.apart.telling or several or dated else "perhaps"
    # The less the title says, the more the rest must.
    if found.share < 0.99 or found.year == "far":
        return "perhaps"
    if title.relation == "word":
        return "same" if found.apart.distinctive and found.year == "agrees" else "perhaps"
    return "same" if several or (title.relation == "cut" and found.year == "agrees") else "perhaps"


def _by_abstract(found: Evidence) -> Verdict:
    if not found.reads_alike:
        return "perhaps" if (found.abstract or 0) >= 0.6 and (found.by_same or not found.known) else "other"
    if found.known and not found.by_same:
        return "perhaps"
    return "same" if found.year != "differs" else "perhaps"


def choose(wanted: Wanted, answers: Sequence[Answer], refused: Collection[str] = ()) -> Choice:
    """Return which of *answers* (in the service's order) is taken, else which are offered, for the paper *wanted*.

    Those that the reader *refused* (by :attr:`~tui.model.Answer.name`) are passed over. Preprint and published
    version are no rivals: of two that agree equally well the published one is taken.
    """
    judged = [(answer, judge(wanted, answer)) for answer in answers if answer.name not in refused]
    judged.sort(key=lambda pair: -pair[1].score)
    sure = [(answer, said) for answer, said in judged if said.verdict == "same"]
    if sure and not _rivals(sure[0], judged, wanted):
        best = [answer for answer, said in sure if said.score == sure[0][1].score and _one_work(sure[0][0], answer)]
        return Choice(next((answer for answer in best if answer.kind == "published"), best[0]))
    offers = [Offer(answer, said.score, said.why) for answer, said in judged if said.verdict != "other"]
    return Choice(None, tuple(offers[:OFFERS]))


def _one_work(one: Answer, other: Answer) -> bool:
    return one is other or same_record(one, other)


def _rivals(best: tuple[Answer, Judgement], judged: Sequence[tuple[Answer, Judgement]], wanted: Wanted) -> bool:
    """Return whether another work agrees as well as the *best*, so that only the reader can say."""
    equal = wanted.title is None or compare(wanted.title, best[0].record.title or "").relation == "equal"
    for answer, said in judged:
        if said.verdict == "other" or _one_work(best[0], answer):
            continue
        if not wanted.authors and wanted.title and compare(wanted.title, answer.record.title or "").relation == "equal":
            return True
        close = said.score > best[1].score - AHEAD
        if close and (said.verdict == "same" or not equal):
            return True
    return False
