"""The versions of a paper, each the record of one service, and why they are believed to be its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from tui.matching import agreement, same_record
from tui.model import READER, Answer, Choices, Kind, Version
from tui.provenance.names import LABELS

_TRUST: Mapping[Kind | None, tuple[str, ...]] = {
    "published": ("acl", "crossref", "dblp", "openreview", "datacite", "openalex", "semantic_scholar", "arxiv"),
    "preprint": ("arxiv", "datacite", "openreview", "crossref", "openalex", "dblp", "semantic_scholar"),
    None: ("arxiv", "acl", "openreview", "crossref", "datacite", "github", "huggingface", "openalex"),
}
_ALPHABETISED = "10.52202/"
"""The prefix under which Crossref has NeurIPS papers, their authors in the order of the alphabet."""


def versions_of(answers: Sequence[Answer], choices: Choices) -> tuple[Version, ...]:
    """Return the published version and the preprint, as far as *answers* have a record of them."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    by_kind = {kind: ranked([a for a in answers if a.kind == kind and a.record.title], kind, choices) for kind in kinds}
    other = {"preprint": by_kind["published"], "published": by_kind["preprint"]}
    return tuple(
        Version(kind, found[0].record, found[0].provider, _evidence(found, other[kind]))
        for kind in ("published", "preprint")
        if (found := by_kind[kind])
    )


def ranked(answers: Sequence[Answer], kind: Kind | None, choices: Choices) -> list[Answer]:
    """Return *answers* with the one to be believed first.

    That is the reader's choice, else a whole record before a part of one, one that another service backs before one
    that stands alone, and then the service that is trusted more.
    """
    chosen, order = choices.sources.get(kind or ""), _TRUST[kind]

    def rank(answer: Answer) -> tuple[bool, int, int, int]:
        record, place = answer.record, order.index(answer.provider) if answer.provider in order else len(order)
        if (record.doi or "").startswith(_ALPHABETISED):
            place = len(order)
        missing = sum(not part for part in (record.authors, record.year, record.venue if kind == "published" else True))
        backing = {other.provider for other in answers if other.provider != answer.provider and _agree(answer, other)}
        return answer.provider != chosen, missing, -min(len(backing), 1), place

    return sorted(answers, key=rank)


def _evidence(found: Sequence[Answer], others: Sequence[Answer]) -> str:
    """Return in a sentence why the first of *found* is believed to be a version of the paper."""
    best = found[0]
    names = [best.provider]
    for answer in found[1:]:
        if answer.provider not in names and _agree(best, answer):
            names.append(answer.provider)
    who = _joined([LABELS.get(name, name) for name in names])
    verb = "agree" if len(names) > 1 else "was taken by you" if best.via == READER else "has it"
    venue, year = best.record.venue or "", str(best.record.year or "")
    what = venue if year in venue else f"{venue} {year}".strip()
    if others:
        agreed, whole = agreement(best.record, others[0].record)
        many = f"{agreed} of {whole} author{'' if whole == 1 else 's'}"
    else:
        many = f"{len(best.record.authors)} author{'' if len(best.record.authors) == 1 else 's'}"
    return f"{who} {verb}: {', '.join(part for part in (what, many) if part)}"


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _agree(one: Answer, other: Answer) -> bool:
    """Return whether two services give one version: the same work, in the same year, and not under two DOIs."""
    first, second = one.record, other.record
    if first.year and second.year and first.year != second.year:
        return False
    return not (first.doi and second.doi and first.doi != second.doi) and same_record(one, other)


def shown_of(versions: Sequence[Version], choices: Choices, prefer: str) -> tuple[Version | None, bool]:
    """Return the version to be shown, and whether the reader should be asked which."""
    wanted = choices.version or ("preprint" if prefer == "ask" else prefer)
    fitting = next((version for version in versions if version.kind == wanted), None)
    asked = prefer == "ask" and choices.version is None and len(versions) > 1
    return fitting or next(iter(versions), None), asked
