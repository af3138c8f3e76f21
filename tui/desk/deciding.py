"""What the reader decides on a paper's details: whose record it is, which version is shown, what a field holds.

Each is one step for undo, and survives every refresh.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

from tui.desk.marking import Marking
from tui.desk.rack import Rack
from tui.errors import UnknownError
from tui.model import READER, Answer, Choices, Kind, Paper
from tui.provenance import EDITABLE, LABELS, read
from tui.text import clean, shown

_SERVICES = tuple(name for name in LABELS if name != READER)
KINDS: tuple[Kind, ...] = ("published", "preprint")


class Deciding:
    """The decisions on the papers of a rack. What they return is a sentence for the reader."""

    def __init__(self, rack: Rack, marking: Marking) -> None:
        self._rack = rack
        self._marking = marking

    def take(self, name: str, choice: str) -> str:
        """Say yes to the offered record *choice* (``crossref:10.1/x``, or a beginning of it that is one only).

        ``published`` and ``preprint`` choose the version instead. Raises UnknownError.
        """
        if choice in KINDS:
            return self.prefer(name, "published" if choice == "published" else "preprint")
        answer = self._found(name, choice)
        self._decide(name, "a record taken", _taking(answer.name))
        return f"Taken: {_told(answer)}."

    def refuse(self, name: str, choice: str) -> str:
        """Say no to an offered record, or to one that was found by a search; it never comes back by itself."""
        answer = self._found(name, choice)
        self._decide(name, "a record refused", _refusing(answer.name))
        return f"Refused: {_told(answer)}."

    def prefer(self, name: str, kind: Kind | None) -> str:
        """Show and export the version *kind*; None leaves it to the settings. Raises UnknownError where it has none."""
        details = self._paper(name).details
        versions = {version.kind: version for version in details.versions} if details else {}
        if kind is not None and kind not in versions:
            raise UnknownError(f"No {_called(kind)} of this paper is known.")
        self._decide(name, "the version", lambda choices: dataclasses.replace(choices, version=kind))
        if kind is None:
            return "The settings choose the version again."
        return f"The {_called(kind)} is shown: {versions[kind].evidence}."

    def edit(self, name: str, field: str, words: str) -> str:
        """Let *field* hold the reader's own *words* (authors joined by ``and``). Raises UnknownError."""
        if field not in EDITABLE:
            raise UnknownError(f"There is no field {clean(field, 40)!r} to write; there are {', '.join(EDITABLE)}.")
        if not words.strip():
            return self.plain(name, field)
        try:
            read(field, words)
        except ValueError as error:
            raise UnknownError(f"This cannot be kept: {clean(str(error))}.") from None
        self._decide(name, f"{field} edited", lambda choices: _with_value(choices, field, words.strip()))
        return f"{field} is yours now; services cannot change it."

    def use(self, name: str, field: str, provider: str) -> str:
        """Let *field* hold what the service *provider* says. Raises UnknownError where it says nothing of it."""
        details = self._paper(name).details
        known = details.fields.get(field) if details else None
        said = [each for each in (known.said, *known.others) if each.provider == provider] if known else []
        if provider not in _SERVICES:
            raise UnknownError(f"There is no service {clean(provider, 40)!r}; there are {', '.join(_SERVICES)}.")
        if not said:
            raise UnknownError(f"{LABELS.get(provider, clean(provider, 40))} says nothing of {clean(field, 40)}.")
        self._decide(name, f"{field} chosen", lambda choices: _with_source(choices, field, provider))
        return f"{field} is what {LABELS.get(provider, provider)} says."

    def plain(self, name: str, field: str) -> str:
        """Take the reader's word or choice on *field* back."""
        self._decide(name, f"{field} as services have it", lambda choices: _without(choices, field))
        return f"{field} is what services say again."

    def _decide(self, name: str, label: str, change: Callable[[Choices], Choices]) -> None:
        self._marking.decide(self._paper(name).id, label, change)

    def _paper(self, name: str) -> Paper:
        return self._rack.paper(self._rack.canonical(name))

    def _found(self, name: str, choice: str) -> Answer:
        """Return the record *choice* of those that were found, also of those that were refused once."""
        inquiry = self._rack.inquiry(self._rack.canonical(name))
        known = {each.name: each for each in (*(offer.answer for offer in inquiry.offers), *inquiry.answers)}
        return known[_single(choice, known)]


def _called(kind: Kind) -> str:
    return "preprint" if kind == "preprint" else "published version"


def _single(choice: str, known: Mapping[str, object]) -> str:
    """Return the one name in *known* that *choice* is, or is the beginning of. Raises UnknownError."""
    fitting = [choice] if choice in known else [name for name in known if choice and name.startswith(choice)]
    if len(fitting) != 1:
        there = f"there are {', '.join(known)}" if known else "nothing is offered for this paper"
        raise UnknownError(f"{clean(choice, 80)!r} is no choice here; {there}.")
    return fitting[0]


def _taking(name: str) -> Callable[[Choices], Choices]:
    return lambda c: dataclasses.replace(c, taken=_added(c.taken, name), refused=_less(c.refused, name))


def _refusing(name: str) -> Callable[[Choices], Choices]:
    return lambda c: dataclasses.replace(c, refused=_added(c.refused, name), taken=_less(c.taken, name))


def _added(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def _less(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != name)


def _with_value(choices: Choices, field: str, words: str) -> Choices:
    return dataclasses.replace(_without(choices, field), values={**choices.values, field: words})


def _with_source(choices: Choices, field: str, provider: str) -> Choices:
    plain = _without(choices, field)
    return dataclasses.replace(plain, sources={**plain.sources, field: provider})


def _without(choices: Choices, field: str) -> Choices:
    values = {name: value for name, value in choices.values.items() if name != field}
    sources = {name: value for name, value in choices.sources.items() if name != field}
    return dataclasses.replace(choices, values=values, sources=sources)


def _told(answer: Answer) -> str:
    parts = (shown(answer.record.title or answer.id), answer.record.venue, str(answer.record.year or ""))
    return f"{', '.join(part for part in parts if part)} ({LABELS.get(answer.provider, answer.provider)})"
