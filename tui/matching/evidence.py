"""What speaks for and against a record: title, authors, year and abstract, each by itself, and all in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tui.matching.abstracts import abstracts_agree
from tui.matching.comparison import Compared, compare
from tui.matching.names import Shared, shared
from tui.matching.titles import Title, take_apart
from tui.model import Answer

Year = Literal["agrees", "far", "differs", "unknown", "not asked"]
"""How a record's year stands to the one looked for: at most one apart, as far as versions are, beyond that.

*Not asked* where it is not known which is looked for.
"""

SHARE = 0.6
"""Authors that must agree where several are known."""


@dataclass(frozen=True)
class Wanted:
    """What is known of the paper that is looked for; ``more_authors`` counts those not named."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    more_authors: int = 0
    year: int | None = None
    abstract: str | None = None


@dataclass(frozen=True)
class Evidence:
    """Everything that speaks for or against a record; ``abstract`` is the share of the shorter one that agrees,
    ``apart`` the title that is looked for.
    """

    title: Compared | None
    authors: Shared
    year: Year
    abstract: float | None
    apart: Title

    @property
    def known(self) -> bool:
        """Whether there are authors on both sides that can be compared."""
        return self.authors.of > 0

    @property
    def share(self) -> float:
        """The share of the authors looked for that agree."""
        return self.authors.agree / self.authors.of if self.authors.of else 0.0

    @property
    def by_same(self) -> bool:
        """Whether enough authors agree."""
        return self.authors.agree >= 1 and self.share >= SHARE

    @property
    def reads_alike(self) -> bool:
        """Whether the abstracts are one."""
        return self.abstract is not None and self.abstract >= 0.9

    @property
    def score(self) -> int:
        """Agreement in percent: four fifths the title, or the abstract in its place, one fifth the authors."""
        alike = self.title.alike if self.title else self.abstract or 0.0
        people = self.share if self.known else 0.8
        return max(0, round(100 * (0.8 * alike + 0.2 * people)) - (8 if self.year == "differs" else 0))


def evidence(wanted: Wanted, answer: Answer) -> Evidence:
    """Return what speaks for and against the record of *answer*."""
    record = answer.record
    title = compare(wanted.title, record.title) if wanted.title and record.title else None
    abstract = abstracts_agree(wanted.abstract, answer.abstract) if wanted.abstract and answer.abstract else None
    authors = people(wanted.authors, record.authors)
    return Evidence(
        title,
        authors,
        _year(wanted.year, answer, authors.of > 0),
        abstract,
        take_apart(wanted.title or ""),
    )


@lru_cache(maxsize=1024)
def people(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Shared:
    """Return how many of *ours* are among *theirs*, and of how many that can be compared."""
    return shared(ours, theirs)


def _year(wanted: int | None, answer: Answer, authors: bool) -> Year:
    """Return whether the years go together: a record may be up to four years after its preprint, or one before.

    The list may speak of the published version and the record be the preprint, then it is the other way round.
    Where there are no *authors* to say more, only the neighbouring years do.
    """
    found = answer.record.year
    if not wanted or not found:
        return "unknown" if wanted else "not asked"
    first, last = (-3, 2) if answer.kind == "preprint" else (-1, 4)
    if not authors:
        first, last = -1, 1
    apart = found - wanted
    return "agrees" if abs(apart) <= 1 else "far" if first <= apart <= last else "differs"


def why(found: Evidence, wanted: Wanted, answer: Answer) -> str:
    """Return what agrees and what differs, in a sentence."""
    said = [found.title.told] if found.title else []
    if found.abstract is not None:
        said.append("the abstract agrees" if found.reads_alike else "the abstract differs")
    if found.known:
        agree, of = found.authors.agree, found.authors.of
        said.append(f"{agree} of {of} authors agree{'s' if of == 1 and agree else ''}" if agree else "other authors")
    elif not wanted.authors:
        said.append("no authors to compare with")
    else:
        said.append("its authors cannot be compared")
    if (year := answer.record.year) and wanted.year:
        said.append(f"{year} as looked for" if year == wanted.year else f"{year} and not {wanted.year}")
    sentence = "; ".join(said)
    return sentence[:1].upper() + sentence[1:] + "."
