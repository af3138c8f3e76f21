"""What follows from what services said of a paper and from what the reader decided: its details.

Every field knows who gave it and what the others say. A version's record is one service's, never a mixture; only the
identifiers of the work, and what the reader wrote or chose, are put into it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from tui.identifiers import by_doi
from tui.model import Answer, Choices, Details, Inquiry, Reply
from tui.provenance.fields import completed, fields_of, read
from tui.provenance.names import EDITABLE, FACTS, LABELS, RECORD_FIELDS
from tui.provenance.versions import shown_of, versions_of

__all__ = [
    "EDITABLE",
    "FACTS",
    "LABELS",
    "RECORD_FIELDS",
    "accepted",
    "details_of",
    "other_versions",
    "read",
]


def details_of(
    inquiry: Inquiry, choices: Choices, stated: Mapping[str, str], prefer: str = "published"
) -> Details | None:
    """Return the details of a paper, None where nothing was asked and the reader wrote nothing.

    *stated* are the identifiers that its issues state; *prefer* is the setting ``bibtex.prefer``.
    """
    if not (inquiry.replies or inquiry.waiting or inquiry.answers or inquiry.offers or choices != Choices()):
        return None
    answers = accepted(inquiry, choices, stated)
    versions = versions_of(answers, choices)
    shown, question = shown_of(versions, choices, prefer)
    said = fields_of(answers, shown, choices)
    if shown is not None:
        shown = dataclasses.replace(shown, record=completed(shown.record, said, choices))
    decided = {*choices.taken, *choices.refused, *(answer.name for answer in answers)}
    known = {version.kind for version in versions}
    return Details(
        fields=said,
        versions=versions,
        shown=shown,
        question=question,
        # A version that is known is not asked about.
        offers=tuple(o for o in inquiry.offers if o.answer.name not in decided and o.answer.kind not in known),
        failures=tuple(_failures(inquiry.replies)),
        withdrawn=next((answer.withdrawn for answer in answers if answer.withdrawn), None),
        waiting=inquiry.waiting,
        done=inquiry.done,
        sources=tuple(dict.fromkeys(answer.provider for answer in answers)),
    )


def accepted(inquiry: Inquiry, choices: Choices, stated: Mapping[str, str]) -> tuple[Answer, ...]:
    """Return the answers that are believed to be about the paper.

    Those that a search found, unless the reader refused them, and those that the reader took, are; an answer to an
    identifier is as long as an issue or one of the others states that identifier.
    """
    taken = [dataclasses.replace(o.answer, via="reader") for o in inquiry.offers if o.answer.name in choices.taken]
    left = [answer for answer in (*inquiry.answers, *taken) if answer.name not in choices.refused]
    known = set(stated.items())
    found: list[Answer] = []
    while True:
        fresh = [a for a in left if a.via != "identifier" or not a.identifiers or known & set(a.identifiers.items())]
        if not fresh:
            break
        found += fresh
        left = [answer for answer in left if answer not in fresh]
        for answer in fresh:
            known |= {*answer.identifiers.items(), *other_versions(answer)}
    order = {answer.name: place for place, answer in enumerate((*inquiry.answers, *taken))}
    unique = {answer.name: answer for answer in found}
    return tuple(sorted(unique.values(), key=lambda answer: order[answer.name]))


def other_versions(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield scheme and identifier of each other version that *answer* names."""
    for name in ("published_as", "preprint_is"):
        if found := by_doi(str(answer.facts.get(name, ""))):
            yield found


def _failures(replies: Iterable[Reply]) -> Iterator[Reply]:
    """Yield the newest failure of each service that said nothing better since."""
    newest: dict[str, Reply] = {}
    for reply in sorted(replies, key=lambda each: each.when):
        newest[reply.provider] = reply
    yield from (reply for reply in newest.values() if reply.outcome == "failed")
