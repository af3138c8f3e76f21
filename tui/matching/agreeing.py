"""Whether two services speak of one work, and whether a record found by its identifier can be the paper's."""

from __future__ import annotations

from tui.matching.comparison import compare
from tui.matching.evidence import SHARE, Wanted, evidence, people
from tui.matching.titles import take_apart
from tui.model import Answer, Record


def same_record(one: Answer, other: Answer) -> bool:
    """Return whether the records of two services are of one work: kind, title and authors agree, years go together."""
    first, second = one.record, other.record
    if not first.title or not second.title:
        return False
    title = compare(first.title, second.title)
    if title.conflict or title.relation not in ("equal", "near", "cut", "headed"):
        return False
    if first.year and second.year and abs(first.year - second.year) > 4:
        return False
    agree, of = agreement(first, second)
    if of == 0:
        return title.relation == "equal" and take_apart(first.title).distinctive
    return agree >= 1 and agree / of >= SHARE


def agreement(one: Record, other: Record) -> tuple[int, int]:
    """Return how many authors agree and of how many, names that cannot be compared and unnamed ones aside."""
    first, second = people(one.authors, other.authors), people(other.authors, one.authors)
    if one.more_authors and other.more_authors:
        of = min(first.of, second.of)
    elif one.more_authors:
        of = first.of
    elif other.more_authors:
        of = second.of
    else:
        of = max(first.of, second.of)
    return min(first.agree, of), of


def contradicts(wanted: Wanted, answer: Answer) -> str | None:
    """Return why a record found by its identifier is plainly another paper's, None where it may be the paper's.

    Two of title, authors and abstract must disagree clearly and none agree: titles change between versions, people
    go by other names, and a digest may print either wrong.
    """
    found = evidence(wanted, answer)
    against: list[str] = []
    if found.title:
        if found.title.relation != "different" or found.title.alike >= 0.5:
            return None
        against.append(f"the title is “{(answer.record.title or '')[:80]}”")
    if found.known:
        if found.authors.agree:
            return None
        against.append("none of the authors agrees")
    if found.abstract is not None:
        if found.abstract >= 0.2:
            return None
        against.append("the abstract is another")
    return f"The service's record is of another paper: {' and '.join(against)}." if len(against) >= 2 else None
