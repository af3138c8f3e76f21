"""Published ways to choose a record by title, authors and year, as their authors describe them; for comparison only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.matching import Wanted, family_name
from tui.model import Answer

Scorer = Callable[[Wanted, Sequence[Answer]], Answer | None]

_NOTICES = ("correction", "reply", "erratum")


def jabref(wanted: Wanted, answers: Sequence[Answer]) -> Answer | None:
    """Take the first record whose title is at most four edits away (JabRef's fetchers by title)."""
    from rapidfuzz.distance import Levenshtein

    title = (wanted.title or "").lower()
    near = (each for each in answers if Levenshtein.distance(title, (each.record.title or "").lower()) <= 4)
    return next(near, None) if title else None


def bibtexupdater(wanted: Wanted, answers: Sequence[Answer]) -> Answer | None:
    """Weigh sorted words of the title 0.7 and the overlap of the first three family names 0.3; take from 0.90 on."""
    from rapidfuzz import fuzz

    def score(each: Answer) -> float:
        title = fuzz.token_sort_ratio((wanted.title or "").lower(), (each.record.title or "").lower()) / 100
        ours = {family_name(name) for name in wanted.authors[:3]}
        theirs = {family_name(name) for name in each.record.authors[:3]}
        return 0.7 * title + 0.3 * (len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0)

    best = max(answers, key=score, default=None)
    return best if best and wanted.title and score(best) >= 0.90 else None


def sbmv(wanted: Wanted, answers: Sequence[Answer]) -> Answer | None:
    """Weigh title 2.0, authors 0.8 and year 0.4, and take from 0.85 on (Crossref's matching, as COMET has it)."""
    from rapidfuzz import fuzz

    def title(one: str, other: str) -> float:
        alike = 0.4 * fuzz.token_set_ratio(one, other) + 0.4 * fuzz.token_sort_ratio(one, other)
        alike = (alike + 0.2 * fuzz.WRatio(one, other)) / 100
        return alike * (0.7 if one.startswith(_NOTICES) != other.startswith(_NOTICES) else 1.0)

    def score(each: Answer) -> float:
        parts = [(2.0, title((wanted.title or "").lower(), (each.record.title or "").lower()))]
        if wanted.authors and each.record.authors:
            ours, theirs = ([family_name(name) for name in names] for names in (wanted.authors, each.record.authors))
            parts.append((0.8, fuzz.token_set_ratio(" ".join(ours), " ".join(theirs)) / 100))
        if wanted.year and each.record.year:
            apart = abs(wanted.year - each.record.year)
            parts.append((0.4, {0: 1.0, 1: 1.0, 2: 1.0, 3: 0.9, 4: 0.8}.get(apart, 0.0)))
        return sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)

    best = max(answers, key=score, default=None)
    return best if best and wanted.title and score(best) >= 0.85 else None


PUBLISHED: dict[str, Scorer] = {
    "SBMV weights, 0.85": sbmv,
    "0.7 title + 0.3 names, 0.90": bibtexupdater,
    "Levenshtein of at most 4": jabref,
}
