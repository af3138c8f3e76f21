"""What becomes of an inquiry when a question has ended: pure functions of what was known and what was heard."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.errors import NetworkError
from tui.model import Answer, Inquiry, JobState, Mention, Offer, Paper, Reply, Via
from tui.providers.asking import Question

if TYPE_CHECKING:
    from tui.matching import Wanted

MOST_OFFERS = 6
"""Records that a reader is asked about, of one paper."""


def now() -> str:
    """Return the time as it is kept: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def failed(inquiry: Inquiry, question: Question, error: NetworkError) -> Inquiry:
    """Return *inquiry* after *question* failed: what was known before stays."""
    until = error.until.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if error.until else None
    before = next((reply.gave for reply in inquiry.replies if reply.question == question.name), ())
    reply = Reply(question.name, question.provider, "failed", now(), str(error), until, before)
    return dataclasses.replace(inquiry, replies=_with(inquiry.replies, reply))


def answered(
    inquiry: Inquiry, question: Question, answers: Sequence[Answer], paper: Paper, refused: Collection[str]
) -> Inquiry:
    """Return *inquiry* after *question* gave *answers*, perhaps none.

    A search's answers pass :func:`tui.matching.choose`; an answer to an identifier is believed unless it is plainly
    another paper. What is doubtful is offered to the reader.
    """
    via: Via = question.about if question.about in ("title", "abstract") else "identifier"
    stamped = [dataclasses.replace(answer, via=via, fetched=now()) for answer in answers]
    found, offers = _weighed(stamped, question, paper, refused)
    reply = Reply(
        question.name,
        question.provider,
        "answered" if found else "nothing",
        now(),
        gave=tuple(answer.name for answer in (*found, *(offer.answer for offer in offers))),
    )
    gone = {name for each in inquiry.replies if each.question == question.name for name in each.gave}
    found = [_rooted(answer, inquiry.answers) for answer in found]
    names = {answer.name for answer in found}
    kept = [
        answer
        for answer in inquiry.answers
        if answer.name not in gone and not any(_is_newer(new, answer) for new in found)
    ]
    offered = {offer.answer.name for offer in offers}
    others = [offer for offer in inquiry.offers if offer.answer.name not in gone | names | offered]
    ranked = sorted([*others, *offers], key=lambda offer: -offer.score)
    return dataclasses.replace(
        inquiry,
        answers=(*kept, *found),
        offers=tuple(ranked[:MOST_OFFERS]),
        replies=_with(inquiry.replies, reply),
    )


def _weighed(
    answers: Sequence[Answer], question: Question, paper: Paper, refused: Collection[str]
) -> tuple[list[Answer], tuple[Offer, ...]]:
    """Return the answers that are believed, and those that the reader is asked about."""
    from tui.matching import choose, contradicts

    if question.about in ("title", "abstract"):
        choice = choose(wanted_of(paper), answers, refused)
        return [choice.accepted] if choice.accepted else [], choice.offers
    found: list[Answer] = []
    offers: list[Offer] = []
    for answer in answers:
        why = contradicts(printed_of(paper.mentions), answer) if answer.kind else None
        if why is None:
            found.append(answer)
        elif answer.name not in refused:
            offers.append(Offer(answer, 50, why))
    return found, tuple(offers)


def _is_newer(new: Answer, old: Answer) -> bool:
    """Return whether *new* is what the service says of the record *old* by now."""
    shared = set(new.identifiers.items()) & set(old.identifiers.items())
    return new.provider == old.provider and (new.id == old.id or (new.kind == old.kind and bool(shared)))


def _rooted(answer: Answer, before: Sequence[Answer]) -> Answer:
    """Return *answer* found as the one was that it takes the place of: a search's stays one, asked again by its id."""
    found = next((old.via for old in before if old.via != "identifier" and _is_newer(answer, old)), answer.via)
    return dataclasses.replace(answer, via=found)


def wanted_of(paper: Paper) -> Wanted:
    """Return what a search for *paper* goes by: all that is known of it."""
    from tui.matching import Wanted

    return Wanted(paper.title, paper.authors, paper.more_authors, paper.year, paper.abstract)


def printed_of(mentions: Sequence[Mention]) -> Wanted:
    """Return what the issues print of the paper, which is what a record must not contradict."""
    paper = Paper("", tuple(mentions))
    return wanted_of(paper)


def _with(replies: Sequence[Reply], reply: Reply) -> tuple[Reply, ...]:
    return (*(each for each in replies if each.question != reply.question), reply)


@dataclass(frozen=True)
class End:
    """How a look-up stands when nothing is left to ask, and the inquiry that is kept of it."""

    state: JobState
    why: str | None
    until: datetime | None
    inquiry: Inquiry


def end_of(inquiry: Inquiry, why: str | None) -> End:
    """Return how a look-up ended; *why* is set where it could not even begin.

    A paper of which some service has a record is done, whoever else failed. One that nobody could answer waits, and
    goes on by itself where a service said when.
    """
    failures = [reply for reply in inquiry.replies if reply.outcome == "failed"]
    known = any(answer.record.title for answer in inquiry.answers)
    if known or not failures:
        return End("done", why, None, dataclasses.replace(inquiry, waiting=False, done=now()))
    untils = [until for until in (time_of(reply.until) for reply in failures) if until]
    until = None if why else min(untils, default=None)
    waiting = dataclasses.replace(inquiry, waiting=True)
    return End("paused" if until else "failed", why or failures[-1].why, until, waiting)


def settled(inquiry: Inquiry) -> dict[str, str]:
    """Return how those questions ended that need not be asked again now, by their names."""
    moment = datetime.now(UTC)
    ended: dict[str, str] = {}
    for reply in inquiry.replies:
        until = time_of(reply.until)
        if reply.outcome != "failed" or (until and until > moment):
            ended[reply.question] = reply.outcome
    return ended


def time_of(text: str | None) -> datetime | None:
    """Return the time that *text* states (ISO 8601; UTC where it names no zone), None where it states none."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
