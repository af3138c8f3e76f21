"""The papers over all issues: which entries are one work, and what is known of it.

Issues and states come from the library and are the truth; everything here is derived from them and held in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.identifiers import SCHEMES, arxiv_id, doi, identify
from tui.library import PaperState
from tui.matching import clues, paper_id, same_work
from tui.model import Answer, Choices, Details, Entry, Inquiry, Issue, Marks, Mention, Paper, Record
from tui.shapes import plain, restore

NO_MARKS = Marks()
"""A paper's marks before the reader did anything with it: made once, for most papers have these."""
NO_CHOICES = Choices()
NOTHING_ASKED = Inquiry()
"""The same for what the reader decided on its details, and for what services were asked."""


class Rack:
    """Issues by id and papers by id, with the index that finds a paper's other mentions."""

    def __init__(self, states: Mapping[str, PaperState], prefer: str = "published") -> None:
        self._prefer = prefer
        self.issues: dict[str, Issue] = {}
        self.order: dict[str, tuple[str, ...]] = {}
        self._states = states
        self._places: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._clues: dict[str, set[str]] = defaultdict(set)
        self._papers: dict[str, Paper] = {}
        self._inquiries: dict[str, tuple[Mapping[str, Any] | None, Inquiry]] = {}
        for name in states:
            self._note(name)

    def __contains__(self, name: str) -> bool:
        return self.canonical(name) in self._places

    def ids(self) -> Iterator[str]:
        """Yield the id of every paper that an issue speaks of, in the order in which they were first met."""
        return (name for name, places in self._places.items() if places)

    def canonical(self, name: str) -> str:
        """Return the id that *name* goes by now: identities that were found to be one work lead to it."""
        for _ in range(20):  # a damaged library could hold a ring
            state = self._states.get(name)
            if state is None or state.merged_into is None:
                break
            name = state.merged_into
        return name

    def shelve(self, issue: Issue, papers: Sequence[str]) -> None:
        """Put *issue*, whose entries speak of *papers* (an id each), into the rack, in place of an older edition."""
        self.unshelve(issue.id)
        self.issues[issue.id] = issue
        self.order[issue.id] = tuple(self.canonical(name) for name in papers)
        for index, (entry, name) in enumerate(zip(issue.entries, self.order[issue.id], strict=True)):
            self._places[name].append((issue.id, index))
            self._papers.pop(name, None)
            for clue in clues(entry):
                self._clues[clue].add(name)

    def reload(self, shelf: Iterable[tuple[Issue, Sequence[str]]]) -> None:
        """Hold what *shelf* holds, issues with the ids of their papers: another program changed the library."""
        there = {issue.id: (issue, papers) for issue, papers in shelf}
        for issue_id in [name for name in self.issues if name not in there]:
            self.unshelve(issue_id)
        for issue, papers in there.values():
            if self.issues.get(issue.id) is not issue:
                self.shelve(issue, papers)
        for name in [name for name in self._places if self.canonical(name) != name]:
            self.merge(name, self.canonical(name))
        for name in self._states:
            self._note(name)
        self._papers.clear()

    def unshelve(self, issue_id: str) -> None:
        """Take the issue out; papers that no other issue speaks of go with it, their marks stay in the library."""
        for name in set(self.order.pop(issue_id, ())):
            self._places[name] = [place for place in self._places[name] if place[0] != issue_id]
            if not self._places[name]:
                del self._places[name]
            self._papers.pop(name, None)
        self.issues.pop(issue_id, None)

    def forget(self, names: Iterable[str]) -> None:
        """Drop what was assembled of these papers: their states changed."""
        for name in names:
            self._papers.pop(name, None)
            self._note(name)

    def _note(self, name: str) -> None:
        """Let the paper be found by the identifiers that services gave it."""
        state = self._states.get(name)
        answers = state.inquiry.get("answers") if state and state.inquiry else None
        for answer in answers if isinstance(answers, (list, tuple)) else ():
            known = answer.get("identifiers") if isinstance(answer, dict) else None
            for scheme, value in known.items() if isinstance(known, dict) else ():
                self._clues[f"{scheme}:{value}"].add(self.canonical(name))

    def paper(self, name: str) -> Paper:
        """Return the paper with the canonical id *name*. Raises KeyError where no issue speaks of it."""
        known = self._papers.get(name)
        if known is None:
            places = self._places.get(name)
            if not places:
                raise KeyError(name)
            mentions = sorted((self._mention(*place) for place in places), key=self._newest_first, reverse=True)
            known = self._papers[name] = Paper(name, tuple(mentions), self.marks(name), self._details(name, mentions))
        return known

    def _details(self, name: str, mentions: Iterable[Mention]) -> Details | None:
        state = self._states.get(name)
        if state is None or not (state.inquiry or state.choices != NO_CHOICES):
            return None
        from tui.provenance import details_of

        return details_of(self.inquiry(name), state.choices, stated_by(mentions), self._prefer)

    def inquiry(self, name: str) -> Inquiry:
        """Return what services were asked about the paper and said."""
        state = self._states.get(name)
        if state is None or not state.inquiry:
            return NOTHING_ASKED
        shape, known = self._inquiries.get(name, (None, NOTHING_ASKED))
        if shape is not state.inquiry:
            known = restore(Inquiry, state.inquiry)
            self._inquiries[name] = (state.inquiry, known)
        return known

    def remember(self, name: str, inquiry: Inquiry) -> Mapping[str, Any]:
        """Return the plain shape of *inquiry*, which is about to be kept of the paper."""
        shape: Mapping[str, Any] = plain(inquiry)
        self._inquiries[name] = (shape, inquiry)
        return shape

    def choices(self, name: str) -> Choices:
        """Return what the reader decided on the paper's details."""
        state = self._states.get(name)
        return state.choices if state else NO_CHOICES

    def marks(self, name: str) -> Marks:
        """Return the reader's marks of the paper, the default ones where it has none."""
        state = self._states.get(name)
        return state.marks if state else NO_MARKS

    def _mention(self, issue_id: str, index: int) -> Mention:
        issue = self.issues[issue_id]
        return Mention(issue.id, issue.title, issue.series, issue.number, issue.date, index + 1, issue.entries[index])

    def _newest_first(self, mention: Mention) -> tuple[tuple[str, tuple[int, ...], str], int]:
        return self.issues[mention.issue].order, -mention.position

    def same(self, entry: Entry) -> tuple[str, ...]:
        """Return the ids of the papers in the rack that *entry* speaks of; more than one turn out to be one work."""
        found = []
        for name in sorted({name for clue in clues(entry) for name in self._clues.get(clue, ())}):
            if name not in self._places:
                continue
            paper = self.paper(name)
            known = paper.identifiers
            denied = any(known.get(scheme, value) != value for scheme, value in entry.identifiers.items())
            agreed = any(known.get(scheme) == value for scheme, value in entry.identifiers.items())
            if agreed or (not denied and any(same_work(entry, mention.entry) for mention in paper.mentions)):
                found.append(name)
        return tuple(found)

    def identity(self, entry: Entry) -> tuple[str, tuple[str, ...]]:
        """Return the id for the paper that *entry* speaks of, and the ids that from now on lead to it."""
        names = (*self.same(entry), self.canonical(paper_id(entry)))
        best = min(names, key=_strength)
        return best, tuple(name for name in dict.fromkeys(names) if name != best and name in self._places)

    def one_work(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return of all papers that share an identifier with *name* the best id, and those that should lead to it."""
        paper = self.paper(name)
        shared = self.same(Entry(identifiers=paper.identifiers))
        # One service's word is not enough to make one of what issues print as two.
        found = [each for each in shared if each != name and self._may_be_one(paper, self.paper(each))]
        best = min((name, *found), key=_strength)
        return best, tuple(each for each in dict.fromkeys((name, *found)) if each != best)

    def _may_be_one(self, one: Paper, other: Paper) -> bool:
        """Return whether two papers of which services know one identifier can be one work by all else that is known."""
        from tui.matching import same_record
        from tui.provenance import believed

        ours, theirs = stated_by(one.mentions), stated_by(other.mentions)
        if any(ours[scheme] != theirs[scheme] for scheme in ours.keys() & theirs.keys()):
            return False
        if any(same_record(first, second) for first in _known_of(one) for second in _known_of(other)):
            return True
        # Whatever an issue calls it, who gives out an identifier knows what it is of.
        found = believed(self.inquiry(one.id), self.choices(one.id), ours).answers
        return any(
            answer.provider in _GIVERS.get(scheme, ()) and theirs.get(scheme) == value
            for answer in found
            for scheme, value in answer.identifiers.items()
        )

    def merge(self, old: str, new: str) -> None:
        """Move everything that is known of the paper *old* to the paper *new*."""
        places = self._places.pop(old, [])
        self._places[new] += places
        for issue_id, _ in places:
            self.order[issue_id] = tuple(new if name == old else name for name in self.order[issue_id])
            for clue in (clue for entry in self._entries_of(issue_id, new) for clue in clues(entry)):
                self._clues[clue].add(new)
        self.forget((old, new))

    def _entries_of(self, issue_id: str, name: str) -> Iterator[Entry]:
        entries = self.issues[issue_id].entries
        return (entry for entry, owner in zip(entries, self.order[issue_id], strict=True) if owner == name)

    def resolve(self, words: str) -> tuple[str, ...]:
        """Return the ids of the papers that *words* name: an id, an identifier, an address or the start of an id."""
        text = words.strip()
        exact = [text, f"arxiv:{arxiv_id(text)}", f"doi:{doi(text)}", *(f"{scheme}:{text}" for scheme in SCHEMES)]
        if found := identify(text):
            exact.append(":".join(found))
        for name in exact:
            if (canonical := self.canonical(name)) in self._places:
                return (canonical,)
            if owners := [owner for owner in self._clues.get(name, ()) if owner in self._places]:
                return tuple(sorted(owners))
        keys = [n for n, state in self._states.items() if state.marks.key == text and n in self._places]
        return tuple(keys) or tuple(name for name in self.ids() if text and name.startswith(text))


def _known_of(paper: Paper) -> tuple[Answer, ...]:
    """Return the paper as services have it, and as its issues print it, where they print another title."""
    printed = Paper(paper.id, paper.mentions)
    found = [Answer("", paper.id, record=Record(title=paper.title, authors=paper.authors))]
    if printed.title and printed.title != paper.title:
        found.append(Answer("", paper.id, record=Record(title=printed.title, authors=printed.authors or paper.authors)))
    return tuple(found)


def _strength(name: str) -> tuple[int, str]:
    """What sorts the strongest identity first."""
    kind = name.partition(":")[0]
    kinds = (*SCHEMES, "title", "text", "link")
    return (kinds.index(kind) if kind in kinds else len(kinds)), name


_GIVERS = {
    "arxiv": ("arxiv", "datacite"),
    "doi": ("crossref", "datacite"),
    "acl": ("acl",),
    "openreview": ("openreview",),
}
"""Who gives out which identifiers."""


def stated_by(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the identifiers that issues state, the first mention's where they differ."""
    return {name: value for m in reversed(tuple(mentions)) for name, value in m.entry.identifiers.items()}
