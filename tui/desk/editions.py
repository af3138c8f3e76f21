"""When two digests are one issue, which of two editions is kept, and what an issue is called."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping

from tui.identifiers import same_address
from tui.model import Issue
from tui.text import fold

_DULL = re.compile(r"[^a-z0-9]+")


def slug(text: str, limit: int = 60) -> str:
    """Return *text* as a name of lower-case ASCII words between hyphens; empty for a script without them."""
    words = _DULL.sub("-", fold(text)).strip("-")
    return words if len(words) <= limit else words[:limit].rpartition("-")[0] or words[:limit]


def name_issue(issue: Issue, papers: Iterable[str], taken: Collection[str]) -> str:
    """Return an id for *issue* that is not among *taken*: series and number or date, else its title."""
    parts = [issue.series, issue.number or issue.date] if issue.series else [issue.title]
    plain = slug(" ".join(part for part in parts if part))
    check = hashlib.sha256("\n".join(papers).encode()).hexdigest()
    choices = (plain, f"{plain}-{issue.date}" if issue.date else "", f"{plain or issue.format}-{check[:6]}", check)
    return next(name for name in choices if name and name not in taken)


def same_issue(new: Issue, papers: frozenset[str], old: Issue, old_papers: frozenset[str]) -> bool:
    """Return whether both are editions of one issue.

    The address says so, else series and number, else the papers: most of them must be the same, or one under the same
    title. A number, date or address that differs denies it.
    """
    if new.address and old.address:
        return same_address(new.address) == same_address(old.address)
    numbered = [(fold(each.series or ""), each.number) for each in (new, old)]
    if all(series and number for series, number in numbered):
        return numbered[0] == numbered[1]
    if any(a and b and a != b for a, b in ((new.number, old.number), (new.date, old.date))):
        return False
    shared, all_papers = len(papers & old_papers), len(papers | old_papers)
    alike = fold(new.title) == fold(old.title) and bool(shared)
    return new.format == old.format and (alike or shared * 2 >= all_papers)


def find_edition(
    issue: Issue, papers: Iterable[str], shelf: Mapping[str, Issue], order: Mapping[str, tuple[str, ...]]
) -> str | None:
    """Return the id under which *shelf* holds an edition of *issue* already, or None."""
    ours = frozenset(papers)
    for name, old in shelf.items():
        if same_issue(issue, ours, old, frozenset(order[name])):
            return name
    return None


def unchanged(new: Issue, old: Issue) -> bool:
    """Return whether *new* prints exactly what *old* prints, wherever it was taken from."""
    same = dataclasses.replace(new, id=old.id, source=old.source, taken=old.taken, text=old.text, warnings=old.warnings)
    return same == old


def poorer(new: Issue, old: Issue) -> bool:
    """Return whether *new* states fewer identifiers than *old* does: the text of a page, after the page itself."""
    return sum(len(entry.identifiers) for entry in new.entries) < sum(len(entry.identifiers) for entry in old.entries)
