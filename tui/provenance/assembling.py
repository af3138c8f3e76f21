"""A paper's details: what services said, what the reader decided, and what follows from both."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from tui.model import Choices, Details, Inquiry, Reply
from tui.provenance.believing import believed
from tui.provenance.fields import completed, fields_of
from tui.provenance.versions import shown_of, versions_of


def details_of(
    inquiry: Inquiry, choices: Choices, stated: Mapping[str, str], prefer: str = "published"
) -> Details | None:
    """Return the details of a paper, None where nothing was asked and the reader wrote nothing.

    *stated* are the identifiers that its issues state; *prefer* is the setting ``bibtex.prefer``.
    """
    known = inquiry.__dict__.get(_NOTE)
    if known is not None and known[:3] == (choices, stated, prefer):
        found: Details | None = known[3]
        return found
    return _details_of(inquiry, choices, stated, prefer)


def note_details(inquiry: Inquiry, choices: Choices, stated: Mapping[str, str], prefer: str = "published") -> None:
    """Find out what :func:`details_of` returns of these, and note it with *inquiry*, be it pickled meanwhile.

    The note is no field: it is neither compared nor kept in a file. It is taken for nothing else than just these.
    """
    inquiry.__dict__[_NOTE] = (choices, dict(stated), prefer, _details_of(inquiry, choices, stated, prefer))


_NOTE = f"{__name__}.details_of"


def _details_of(inquiry: Inquiry, choices: Choices, stated: Mapping[str, str], prefer: str) -> Details | None:
    if not (inquiry.replies or inquiry.waiting or inquiry.answers or inquiry.offers or choices != Choices()):
        return None
    found = believed(inquiry, choices, stated)
    answers = found.answers
    versions = versions_of(answers, choices)
    shown, question = shown_of(versions, choices, prefer)
    said, unheld = fields_of(answers, shown, choices)
    if shown is not None:
        shown = dataclasses.replace(shown, record=completed(shown.record, said, choices))
    decided = {*choices.taken, *choices.refused, *(answer.name for answer in answers)}
    known = {version.kind for version in versions}
    return Details(
        fields=said,
        unheld=unheld,
        versions=versions,
        shown=shown,
        question=question,
        # A version that is known is not asked about.
        offers=tuple(
            offer
            for offer in (*inquiry.offers, *found.strange)
            if offer.answer.name not in decided and offer.answer.kind not in known
        ),
        failures=tuple(_failures(inquiry.replies)),
        withdrawn=next((answer.withdrawn for answer in answers if answer.withdrawn), None),
        waiting=inquiry.waiting,
        done=inquiry.done,
        sources=tuple(dict.fromkeys(answer.provider for answer in answers)),
    )


def _failures(replies: Iterable[Reply]) -> Iterator[Reply]:
    """Yield the newest failure of each service that said nothing better since."""
    newest: dict[str, Reply] = {}
    for reply in sorted(replies, key=lambda each: each.when):
        newest[reply.provider] = reply
    yield from (reply for reply in newest.values() if reply.outcome == "failed")
