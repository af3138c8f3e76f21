"""The fields of a paper: who gives which value, which one holds, and what the others say."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from tui.identifiers import SCHEMES, arxiv_id, doi, urlsplit_or_none
from tui.model import READER, Answer, Choices, Field, Link, Record, RecordType, Said, Value, Version
from tui.provenance.believing import KNOWN
from tui.provenance.names import EDITABLE, FACTS, RECORD_FIELDS
from tui.provenance.versions import ranked
from tui.text import clean

_FORMS: Mapping[str, tuple[Callable[[str], str | None], str]] = {
    "doi": (doi, "DOI"),
    "arxiv": (arxiv_id, "arXiv id"),
    "url": (lambda text: text if urlsplit_or_none(text) else None, "address of the web"),
}
_OF_THE_WORK = frozenset((*SCHEMES, "primary_class"))
"""What belongs to the work, whichever version is shown."""
_LISTS = ("authors", "editors")
_NUMBERS = ("year", "month")


Unheld = dict[str, tuple[Said, ...]]
"""What is said of fields that hold nothing: only another version than the one shown has them."""


def fields_of(answers: Sequence[Answer], shown: Version | None, choices: Choices) -> tuple[dict[str, Field], Unheld]:
    """Return every field that somebody gives, by name, while the version *shown* is shown, and what is left over."""
    values: dict[str, list[Said]] = {}
    kind = shown.kind if shown else None
    first = ranked([answer for answer in answers if answer.kind == kind], kind, choices)
    rest = ranked([answer for answer in answers if answer.kind != kind], None, choices)
    for answer in (*first, *rest):
        for name, value in _values(answer):
            values.setdefault(name, []).append(Said(value, answer.provider, answer.fetched))
    own = {answer.provider for answer in first}
    made: dict[str, Field] = {}
    unheld: Unheld = {}
    for name in dict.fromkeys((*values, *choices.values)):
        if (held := _held(name, values.get(name, []), own if kind else None, choices)) is not None:
            others = tuple(said for said in values.get(name, ()) if said is not held)
            made[name] = Field(name, held, others)
        elif name in values:
            unheld[name] = tuple(values[name])
    if links := _links((*first, *rest)):
        made["links"] = links
    return made, unheld


def _values(answer: Answer) -> Iterator[tuple[str, Value]]:
    record = answer.record
    if answer.kind is not None:
        for name in RECORD_FIELDS:
            if (value := getattr(record, name)) and name not in SCHEMES:
                yield name, value
    known = {**({"doi": record.doi} if record.doi else {}), **answer.identifiers}
    yield from ((name, value) for name, value in known.items() if name in KNOWN)
    if answer.abstract:
        yield "abstract", answer.abstract
    if answer.categories:
        yield "categories", answer.categories
    # By name, as files keep them: what is shown is the same before and after it was written.
    for name, fact in sorted(answer.facts.items()):
        if name not in FACTS:
            continue
        yield ("code_licence" if (answer.provider, name) == ("github", "licence") else name), fact


def _held(name: str, said: list[Said], own: set[str] | None, choices: Choices) -> Said | None:
    """Return the value of the field that holds: the reader's, else that of the version shown, else the first one's.

    A record's field that the version shown leaves open is not filled from the other version.
    """
    if name in choices.values and name in EDITABLE:
        # A library, or a file that was taken in, may hold anything under the reader's name.
        with contextlib.suppress(ValueError):
            return Said(read(name, choices.values[name]), READER)
    if chosen := next((each for each in said if each.provider == choices.sources.get(name)), None):
        return chosen
    if name in RECORD_FIELDS and name not in _OF_THE_WORK and own is not None:
        return next((each for each in said if each.provider in own), None)
    return next(iter(said), None)


def _links(answers: Iterable[Answer]) -> Field | None:
    found: dict[str, tuple[Link, Answer]] = {}
    for answer in answers:
        for link in answer.links:
            found.setdefault(link.url, (link, answer))
    if not found:
        return None
    first = next(iter(found.values()))[1]
    links = tuple(link for link, _ in found.values())
    others = [Said((link,), answer.provider, answer.fetched) for link, answer in found.values() if answer is not first]
    return Field("links", Said(links, first.provider, first.fetched), tuple(others))


def read(name: str, words: str) -> Value:
    """Return what a reader's *words* are as a value of the field *name*. Raises ValueError where they cannot be one."""
    text = words.strip()
    if name in _LISTS:
        return tuple(part.strip() for part in text.replace("\n", " and ").split(" and ") if part.strip())
    if name in _NUMBERS:
        most = 12 if name == "month" else 9999
        if not text.isdecimal() or len(text) > 6 or not 0 < int(text) <= most:
            raise ValueError(f"{name} is a number from 1 to {most}, not “{text}”")
        return int(text)
    if name in _FORMS:
        form, called = _FORMS[name]
        if not (found := form(text)):
            raise ValueError(f"“{text}” is no {called}")
        return found
    if name == "type" and text not in get_args(RecordType):
        raise ValueError(f"a type is one of {', '.join(get_args(RecordType))}")
    return text if name == "abstract" else clean(text)


def completed(record: Record, fields: Mapping[str, Field], choices: Choices) -> Record:
    """Return *record* with the identifiers of the work and with what the reader wrote or chose."""
    changes: dict[str, Any] = {}
    own = [name for name in (*choices.values, *choices.sources) if name in EDITABLE]
    for name in ("arxiv", "doi", *own):
        if name in fields and name in RECORD_FIELDS:
            changes[name] = fields[name].said.value
    if record.type == "preprint" and "doi" not in {*choices.values, *choices.sources}:
        # The DOI of the publication is no part of the preprint's record.
        changes.pop("doi", None)
    if changes.get("arxiv") and not record.primary_class and "primary_class" not in changes:
        changes["primary_class"] = fields["primary_class"].said.value if "primary_class" in fields else None
    if "authors" in changes:
        changes["more_authors"] = 0
    return dataclasses.replace(record, **changes)
