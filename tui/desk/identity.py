"""Which paper an entry speaks of, which papers are one work, and which paper a reader's words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.desk.rack import Rack, known_of, stated_by, strength
from tui.identifiers import SCHEMES, arxiv_id, doi, identify
from tui.matching import clues, paper_id, same_work
from tui.model import Entry, Paper

_GIVERS = {
    "arxiv": ("arxiv", "datacite"),
    "doi": ("crossref", "datacite"),
    "acl": ("acl",),
    "openreview": ("openreview",),
}
"""Who gives out which identifiers."""

_MOST = 5
"""Papers that a reader's words may name before it is said that they could be several."""


class Identity:
    """Decides it by what the rack knows."""

    def __init__(self, rack: Rack) -> None:
        self._rack = rack

    def same(self, entry: Entry) -> tuple[str, ...]:
        """Return the ids of the papers in the rack that *entry* speaks of; more than one turn out to be one work."""
        found = self._rack.catalogue.papers.likely(clues(entry))
        return self._same(entry, {name for names in found.values() for name in names})

    def _same(self, entry: Entry, likely: Iterable[str]) -> tuple[str, ...]:
        found = []
        for name in likely:
            paper = self._rack.paper(name)
            known = paper.identifiers
            denied = any(known.get(scheme, value) != value for scheme, value in entry.identifiers.items())
            agreed = any(known.get(scheme) == value for scheme, value in entry.identifiers.items())
            if agreed or (not denied and any(same_work(entry, mention.entry) for mention in paper.mentions)):
                found.append(name)
        return tuple(sorted(found))

    def of(self, entries: Sequence[Entry]) -> list[tuple[str, tuple[str, ...]]]:
        """Return for each entry the id of the paper that it speaks of, and the ids that from now on lead to it."""
        papers = self._rack.catalogue.papers
        stated = [paper_id(entry) for entry in entries]
        found = [clues(entry) for entry in entries]
        likely = papers.likely(clue for each in found for clue in each)
        known = papers.known(stated)
        identities = []
        for entry, name, own in zip(entries, stated, found, strict=True):
            if name in known:
                name = papers.name(known[name][0])
            # What the entry is called by itself it is, whatever else that paper is: nobody needs to look.
            others = {each for clue in own for each in likely.get(clue, ())} - {name}
            names = (*self._same(entry, others), name) if others else (name,)
            best = min(names, key=strength)
            olds = [each for each in dict.fromkeys(names) if each != best and papers.listed(each)]
            identities.append((best, tuple(each for each in olds if not self._apart(best, each))))
        return identities

    def _apart(self, one: str, other: str) -> bool:
        """Return whether the reader took it back that these are one work."""
        return other in self._rack.choices(one).apart or one in self._rack.choices(other).apart

    def one_work(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return of all papers that share an identifier with *name* the best id, and those that should lead to it."""
        paper = self._rack.paper(name)
        shared = self.same(Entry(identifiers=paper.identifiers))
        # One service's word is not enough to make one of what issues print as two.
        found = [each for each in shared if each != name and not self._apart(name, each)]
        found = [each for each in found if self._may_be_one(paper, self._rack.paper(each))]
        best = min((name, *found), key=strength)
        return best, tuple(each for each in dict.fromkeys((name, *found)) if each != best)

    def _may_be_one(self, one: Paper, other: Paper) -> bool:
        """Return whether two papers of which services know one identifier can be one work by all else that is known."""
        from tui.matching import same_record
        from tui.provenance import believed

        ours, theirs = stated_by(one.mentions), stated_by(other.mentions)
        if any(ours[scheme] != theirs[scheme] for scheme in ours.keys() & theirs.keys()):
            return False
        if any(same_record(first, second) for first in known_of(one) for second in known_of(other)):
            return True
        # Whatever an issue calls it, who gives out an identifier knows what it is of.
        found = believed(self._rack.inquiry(one.id), self._rack.choices(one.id), ours).answers
        return any(
            answer.provider in _GIVERS.get(scheme, ()) and theirs.get(scheme) == value
            for answer in found
            for scheme, value in answer.identifiers.items()
        )

    def resolve(self, words: str) -> tuple[str, ...]:
        """Return the ids of the papers that *words* name: an id, an identifier, an address or the start of an id."""
        # Halves of pairs, by which Python gives bytes of no UTF-8, are nothing that an index can be asked.
        text = words.strip().encode("utf-8", "replace").decode("utf-8")
        papers = self._rack.catalogue.papers
        exact = [text, f"arxiv:{arxiv_id(text)}", f"doi:{doi(text)}", *(f"{scheme}:{text}" for scheme in SCHEMES)]
        if found := identify(text):
            exact.append(":".join(found))
        for name in exact:
            if papers.listed(canonical := self._rack.canonical(name)):
                return (canonical,)
            if owners := [owner for owner in papers.likely([name]).get(name, ()) if self._has(owner, name)]:
                return tuple(sorted(owners))
        keys = [name for name in papers.with_key(text, _MOST) if papers.listed(name)]
        exactly = [name for name in keys if self._rack.marks(name).key == text]
        return tuple(exactly or keys or (papers.beginning(text, _MOST) if text else ()))

    def _has(self, paper: str, clue: str) -> bool:
        """Return whether the paper has the identifier that *clue* is, by an issue's word or a service's."""
        found = self._rack.paper(paper)
        known = [*found.identifiers.items(), *(pair for m in found.mentions for pair in m.entry.identifiers.items())]
        known += [pair for each in self._rack.inquiry(paper).answers for pair in each.identifiers.items()]
        return clue in {f"{scheme}:{value}" for scheme, value in known} or not clue.startswith(SCHEMES)
