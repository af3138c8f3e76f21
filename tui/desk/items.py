"""The items of a source: which are new, which changed, and which were there before, under whatever name.

An item becomes one issue. It is known by its own id, by its address, or by title and date together; and what is kept
of it is one short line, for a source may have had thousands.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tui.digests.feed_items import FeedItem
from tui.identifiers import same_address
from tui.model import Issue, Visits
from tui.shapes import plain
from tui.text import fold

NEWEST = 20
"""Items that are taken of a source that was never fetched."""

MOST_SEEN = 500
"""Items that are remembered one by one though their source has them no more; of older ones the day is."""

MOST_ITEMS = 5_000
"""Items of one answer that are looked at, the newest ones."""

PASSED = "-"
"""What stands in place of an issue for an item that was there before the source was followed."""

_SAY_NOTHING = ("id", "source", "taken", "text", "warnings", "kind", "format")
"""Fields of an issue that may differ without the item having changed."""

_GLOBAL = ("http://", "https://", "tag:", "urn:")
"""How ids begin that are the same in whatever feed they stand."""

_CUT = 12


@dataclass(frozen=True)
class Seen:
    """An item that was met: by which names, what it said (a hash), its day, and the issue that it became, if any."""

    keys: tuple[str, ...]
    print: str
    date: str = ""
    issue: str = ""

    def __str__(self) -> str:
        return "|".join((" ".join(self.keys), self.print, self.date, self.issue))


@dataclass(frozen=True)
class Item:
    """An item as the source has it now; ``make`` takes it apart, into one issue as a rule."""

    keys: tuple[str, ...]
    print: str
    date: str
    make: Callable[[], tuple[Issue, ...]]

    @property
    def made(self) -> Item:
        """The same, once it was taken apart: another process can be told of it."""
        return dataclasses.replace(self, make=_nothing)


def _nothing() -> tuple[Issue, ...]:
    return ()


@dataclass(frozen=True)
class Wanted:
    """An item to be taken in, in place of the issue ``edition`` where it is known already."""

    item: Item
    edition: str | None = None


@dataclass(frozen=True)
class Choice:
    """What is to be done with the items of a source: ``wanted`` the oldest first; the others, as they were met."""

    wanted: tuple[Wanted, ...]
    others: tuple[tuple[Item, str], ...]


def seen_in(visits: Visits) -> Iterator[Seen]:
    """Yield what was met, the newest first; a line that nobody here wrote is passed over."""
    for line in visits.seen:
        keys, *rest = line.split("|", 3)
        if keys and len(rest) == 3:
            yield Seen(tuple(keys.split(" ")), *rest)


def of_feed(source: str, items: Iterable[FeedItem], make: Callable[[FeedItem], tuple[Issue, ...]]) -> tuple[Item, ...]:
    """Return the items of a feed of posts, the newest first; *source* is the id of the source, for ids of its own."""
    return _newest(_of_post(source, item, make) for item in items)


def _of_post(source: str, item: FeedItem, make: Callable[[FeedItem], tuple[Issue, ...]]) -> Item:
    date = item.published or item.updated or ""
    named = item.id if item.id.startswith(_GLOBAL) else f"{source} {item.id}"
    keys = ["g" + _hash(named)] if item.id else []
    keys += ["a" + _hash(same_address(item.address))] if item.address else []
    keys += ["t" + _hash(f"{fold(item.title)} {date[:10]}")] if item.title else []
    said = _hash("\n".join((item.title or "", item.address or "", date[:10], item.text, item.summary, *item.links)))
    return Item(tuple(keys) or ("h" + said,), said, date[:10], lambda: make(item))


def of_issues(issues: Iterable[Issue], own: Iterable[str | None]) -> tuple[Item, ...]:
    """Return issues as items, for a page, or a feed that is one issue; *own* are the addresses of the source itself."""
    homes = {same_address(each) for each in own if each}
    return _newest(_of_issue(issue, homes) for issue in issues)


def _of_issue(issue: Issue, homes: frozenset[str] | set[str]) -> Item:
    if issue.address and same_address(issue.address) in homes and (issue.date or issue.number):
        # It is one day of what stands there, and tomorrow's is not another edition of it.
        issue = dataclasses.replace(issue, address=None)
    keys = ["a" + _hash(same_address(issue.address))] if issue.address else []
    keys.append("t" + _hash(f"{fold(issue.title)} {issue.date or ''} {issue.number or ''}".rstrip()))
    said = {name: value for name, value in plain(issue).items() if name not in _SAY_NOTHING}
    for entry in said.get("entries", ()):
        entry.pop("line", None)
    print_ = _hash(json.dumps(said, sort_keys=True, ensure_ascii=False))
    return Item(tuple(keys), print_, (issue.date or "")[:10], lambda: (issue,))


def _newest(items: Iterable[Item]) -> tuple[Item, ...]:
    # Without dates an item stays where the source has it.
    return tuple(sorted(items, key=lambda item: item.date, reverse=True)[:MOST_ITEMS])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_CUT]


class Met:
    """What was met in all sources, by name."""

    def __init__(self, visits: Mapping[str, Visits]) -> None:
        self._met: dict[str, dict[str, Seen]] = {}
        for source, each in visits.items():
            self.note(source, seen_in(each))

    def note(self, source: str, seen: Iterable[Seen]) -> None:
        """Take note of items of *source*."""
        for each in seen:
            for key in each.keys:
                self._met.setdefault(key, {})[source] = each

    def known(self, source: str, item: Item) -> Seen | None:
        """Return the item as it was met before, in its own source first, else in another one; None for a new one."""
        found = [self._met[key] for key in item.keys if key in self._met]
        own = next((met[source] for met in found if source in met), None)
        # Two publishers may give one title to what they say on one day.
        names = (key for key in item.keys if not key.startswith("t") and key in self._met)
        return own or next((each for key in names for each in tuple(self._met[key].values()) if each.issue), None)

    def choose(self, source: str, visits: Visits, items: Sequence[Item], everything: bool = False) -> Choice:
        """Return which *items* of *source* are taken in: what is new, and what changed.

        Of a source that was never fetched these are the newest ones; *everything* takes those, too, that were passed
        over then. Nothing comes back that is older than what is remembered.
        """
        room = len(items) if everything or visits.succeeded else NEWEST
        wanted: list[Wanted] = []
        others: list[tuple[Item, str]] = []
        for item in items:
            known = self.known(source, item)
            edition = self._edition(item, known, everything) if known else _fresh(visits, item, everything)
            if edition is None or len(wanted) >= room:
                others.append((item, known.issue if known else PASSED))
            else:
                wanted.append(Wanted(item, edition or None))
        return Choice(tuple(reversed(wanted)), tuple(others))

    @staticmethod
    def _edition(item: Item, known: Seen, everything: bool) -> str | None:
        """Return the issue that the item is taken in place of, an empty text where it becomes one, None for neither."""
        if known.issue == PASSED:
            return "" if everything else None
        return None if known.print == item.print else known.issue


def _fresh(visits: Visits, item: Item, everything: bool) -> str | None:
    """Return an empty text where the item was never met, None where it is older than what is remembered."""
    old = bool(visits.before and item.date) and item.date <= (visits.before or "")
    return None if old and not everything else ""


def remembered(visits: Visits, met: Sequence[tuple[Item, str]]) -> Visits:
    """Return *visits* with the items that were *met* now, the newest first, each with its issue."""
    now = [Seen(item.keys, item.print, item.date, issue) for item, issue in met]
    names = {key for each in now for key in each.keys}
    old = [each for each in seen_in(visits) if not names.intersection(each.keys)]
    # All that the source still has is remembered: without a date, nothing else tells what is new.
    room = max(0, MOST_SEEN - len(now))
    before = max([visits.before or "", *(each.date for each in old[room:])]) or None
    return dataclasses.replace(visits, seen=tuple(map(str, (*now, *old[:room]))), before=before)
