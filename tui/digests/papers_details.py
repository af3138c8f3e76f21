"""The ``details`` of a paper in our own JSON, back into what services were asked and what the reader decided."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Mapping
from typing import Any

from tui.digests.records import Asked
from tui.model import Answer, Choices, Inquiry, Record
from tui.provenance import EDITABLE, read
from tui.shapes import restore

NOTHING_ASKED: Asked = (Inquiry(), Choices())


def asked_in(details: object) -> Asked:
    """Return what *details* hold; where only the contract's own names are there, an answer of each version."""
    if not isinstance(details, Mapping):
        return NOTHING_ASKED
    inquiry = restore(Inquiry, {name: details.get(name) for name in ("answers", "offers", "replies", "done")})
    if not inquiry.answers:
        inquiry = dataclasses.replace(inquiry, answers=tuple(_of_versions(details.get("versions"))))
    choices = details.get("choices")
    return inquiry, _sound(restore(Choices, choices)) if isinstance(choices, Mapping) else Choices()


def _sound(choices: Choices) -> Choices:
    """Return *choices* with those values that a reader could have written."""
    values: dict[str, str] = {}
    for name, words in choices.values.items():
        with contextlib.suppress(ValueError):
            if name in EDITABLE and read(name, words):
                values[name] = words
    return dataclasses.replace(choices, values=values)


def _of_versions(versions: object) -> list[Answer]:
    found: list[Answer] = []
    for version in versions if isinstance(versions, list) else ():
        stated: Any = version.get("record") if isinstance(version, Mapping) else None
        if not isinstance(stated, Mapping):
            continue
        record, kind = restore(Record, stated), version.get("kind")
        provider = version.get("provider") if isinstance(version.get("provider"), str) else None
        known = {name: value for name in ("arxiv", "doi") if (value := getattr(record, name))}
        if record.title and kind in ("preprint", "published"):
            # Nobody says how it was found: like a search, it stands for itself.
            found.append(Answer(provider or "import", f"version {kind}", kind, record, identifiers=known, via="title"))
    return found
