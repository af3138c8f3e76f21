"""The catalogue filled from the library's files, and kept up to date with every change to them.

The files are the truth. What stands in the catalogue before it stands in them is marked as pending there, so that a
program that ends in between leaves nothing that would be believed.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tui.catalogue import Catalogue, Description
from tui.desk.describing import describe, describe_alone, found_clues, shape_of
from tui.desk.rack import Rack
from tui.errors import DamagedIndexError, LibraryError
from tui.library import Library, PaperState, Saved, StaleError, details_file, issue_file, shard_file
from tui.library.contents import NOWHERE, Contents, DetailContents, IssueContents, StateContents
from tui.model import Inquiry, Marks

Told = Callable[[int, int], None]
"""Hears how many files of how many are read."""

_FILES = 20
"""Files that are taken in at a time; other programs, and other threads, have their turn between."""

_MANY = 500
"""Files from which on it pays to make ready for very many."""

_WAITING = ("papers/", "details/")
"""Where changes wait for the thread that writes."""

_NOTHING = PaperState()
_ORDER = ("papers/", "details/", "issues/")
"""States before the issues that speak of the papers: so each paper is described once."""


class Filling:
    """Keeps *rack*'s catalogue as the library's files are."""

    def __init__(self, rack: Rack) -> None:
        self._rack = rack
        self._library: Library = rack.library
        self._catalogue: Catalogue = rack.catalogue
        self._syncing = threading.RLock()
        self._putting = frozenset[str]()
        # Nothing was replaced, or it would be known: the file was written over in place, as some editors do.
        rack.on_stale = lambda: self.sync(whole=True)
        rack.on_new = self.settle
        self._library.on_saved = self._saved
        self._library.remembered = self._catalogue.kept.states_in

    # From the files

    def sync(self, whole: bool = False, told: Told | None = None) -> bool:
        """Take in what changed in the files since they were read last; return whether anything is different.

        Without *whole* this costs nothing where no file was added, removed or replaced. Raises LibraryError.
        """
        if not self._syncing.acquire(blocking=False):
            return False  # another thread is at it
        try:
            return self._sync(whole, told)
        finally:
            self._syncing.release()

    def anew(self, told: Told | None = None) -> None:
        """Make the catalogue anew from the files. Raises LibraryError."""
        with self._syncing:
            self._catalogue.store.make_anew()
            self._rack.forget_all()
            self._sync(True, told)

    def _sync(self, whole: bool, told: Told | None) -> bool:
        if self._catalogue.crowded:
            self._catalogue.store.make_anew()
        changed = self._catalogue.store.strange
        if changed:
            self._catalogue.store.look()
            self._rack.forget_all()
        rooms = self._library.rooms()
        # A change that was put by a program that has ended is not to be seen: it is in no file.
        abandoned = self._catalogue.files.abandoned()
        # While a file is being written, its room is ahead of what is known of it.
        moved = rooms != self._catalogue.files.rooms and not self._catalogue.files.any_pending
        if whole or abandoned or moved:
            try:
                changed |= self._compare(rooms, abandoned, told)
            except DamagedIndexError:
                raise
            except LibraryError as error:
                # A full disk is no reason not to show what is known.
                self._library.tell(f"{error} What is shown may be older than the library's files.")
                return changed
            if (now := self._library.rooms()) != rooms:
                # A file that was read was put right and made others: one of an older schema, or restored.
                changed |= self._compare(now, (), told)
        return changed

    def _compare(self, rooms: tuple[int, ...], abandoned: Iterable[str], told: Told | None) -> bool:
        there, known = self._library.stamps(), self._catalogue.files.stamps()
        # An issue that is on its way to the disk is not gone because it is not there yet.
        unsaved = self._library.unsaved_files() | self._putting
        files = {name for name, stamp in there.items() if known.get(name) != stamp}
        files |= known.keys() - there.keys() | set(abandoned)
        files -= unsaved
        order = sorted(
            files, key=lambda name: (next(i for i, room in enumerate((*_ORDER, "")) if name.startswith(room)), name)
        )
        with self._catalogue.many() if len(order) > _MANY else contextlib.nullcontext():
            for start in range(0, len(order), _FILES):
                with self._catalogue.change():
                    for name in order[start : start + _FILES]:
                        self._take_in(name)
                if told is not None:
                    told(min(start + _FILES, len(order)), len(order))
        if not unsaved and rooms != self._catalogue.files.rooms:
            self._catalogue.files.rooms = rooms
        return bool(order)

    def _take_in(self, name: str) -> None:
        found = self._library.read(name)
        if found is None:
            self._gone(name)
            self._catalogue.files.read(name, self._library.stamp(name))
        else:
            self.take(found)

    def _gone(self, name: str) -> None:
        """Forget what was read from the file *name*: it is gone, or cannot be read."""
        for issue in self._catalogue.issues.in_file(name):
            self._unshelve(issue)
        old = self._catalogue.kept.states_in(name)
        names = self._catalogue.kept.forget_file(name)
        self._settled({paper: (state, PaperState()) for paper, state in old.items()})
        self._described(names)

    def take(self, found: Contents) -> None:
        """Hold what was *found* in a file, in place of what was read from it before."""
        with self._catalogue.change():
            self._catalogue.files.read(found.file, found.stamp)
            if isinstance(found, IssueContents):
                self._shelve(found)
            elif isinstance(found, StateContents):
                if found.details is not None:
                    self._detailed(found.details)
                old = self._catalogue.kept.states_in(found.file)
                changed = {
                    n: (old.get(n, PaperState()), found.states.get(n, PaperState())) for n in {**old, **found.states}
                }
                changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
                self._catalogue.kept.put_states((name, found.file, new) for name, (_, new) in changed.items())
                self._settled(changed)
            elif isinstance(found, DetailContents):
                self._detailed(found)

    def _detailed(self, found: DetailContents) -> None:
        names = self._catalogue.kept.found(found)
        self._rack.forget(names)
        self._described(names)

    def _shelve(self, found: IssueContents) -> None:
        for other in self._catalogue.issues.in_file(found.file):
            if other != found.issue.id:
                self._unshelve(other)
        # They have their numbers from now on: reading what services said may take another file in.
        new = self._add(found)
        papers = self._catalogue.papers.made(found.papers, new)
        touched = self._catalogue.issues.put(found, papers)
        num = self._catalogue.issues.number(found.issue.id)
        self._rack.forget_head(num or 0)
        shared = self._describe(touched.difference(new.values()), found)
        # A paper that could not be described with another issue, whose file was read after that, is counted there now.
        self._catalogue.issues.recount(shared, [num or 0])

    def _add(self, found: IssueContents) -> dict[str, int]:
        """Put papers into the catalogue that were never heard of, and return the number of each.

        They are those of which nobody else says anything: all of it stands in the issue that was *found*.
        """
        positions = {name: position for position, name in enumerate(found.papers, 1)}
        several = {name for position, name in enumerate(found.papers, 1) if positions[name] != position}
        names = list(positions.keys() - several - self._catalogue.papers.heard_of(positions).keys())
        states, inquired = self._catalogue.kept.states(names), self._catalogue.kept.inquired(names)
        told: dict[str, Description] = {}
        for name in sorted(set(names) - inquired, key=positions.__getitem__):
            state = states.get(name, _NOTHING)
            if not state.marks.removed and state.merged_into is None and state.choices == _NOTHING.choices:
                place = positions[name]
                told[name] = describe_alone(name, found.issue, place, found.issue.entries[place - 1], state.marks)
        return self._catalogue.papers.add(told) if told else {}

    def _unshelve(self, issue: str) -> None:
        num = self._catalogue.issues.number(issue)
        self._describe(self._catalogue.issues.remove(issue))
        self._rack.forget_head(num or 0)

    # From the desk

    def put_issue(self, issue: Any, papers: Sequence[str]) -> None:
        """Keep *issue*, whose entries speak of *papers*, on the disk when this returns. Raises LibraryError."""
        # The library before the catalogue, as everywhere: two programs that took them crosswise would wait for ever.
        with self._library.held(), self._catalogue.change():
            file = issue_file(issue.id)
            if file in self._putting:
                self.settle()
            self._putting |= {file}
            try:
                kept = self._library.put_issue(issue, papers, self.take)
            except BaseException:
                self._putting -= {file}
                raise
            if kept.stamp != NOWHERE:
                self._kept([kept])
            else:
                self._rack.just_put.hold(kept)

    @contextlib.contextmanager
    def gathered(self) -> Iterator[None]:
        """Have issues that are put go to the disk together; all are there behind the block. Raises LibraryError."""
        self._library.gather()
        try:
            yield
        except BaseException:
            # What was put goes to the disk, and is looked at with all else that is there.
            with contextlib.suppress(LibraryError):
                self._library.settled(last=True)
            self._putting = frozenset()
            raise
        try:
            self._kept(self._library.settled(last=True))
        finally:
            self._putting = frozenset()
            if not self._catalogue.store.is_alone:
                self._rack.just_put.clear()

    def settle(self) -> None:
        """Return when all issues that were put are on the disk, and known to be. Raises LibraryError."""
        if self._putting:
            self._kept(self._library.settled())

    def _kept(self, issues: Iterable[IssueContents]) -> None:
        for kept in issues:
            self._catalogue.files.read(kept.file, kept.stamp)
            self._rack.just_put.saved(kept)
            self._putting -= {kept.file}

    def remove_issue(self, issue: str) -> None:
        """Forget the issue; what is kept of its papers stays. Raises LibraryError."""
        with self._library.held(), self._catalogue.change():
            file = self._catalogue.issues.file_of(issue)
            self._library.remove_issue(issue)
            self._unshelve(issue)
            if file:
                self._catalogue.files.read(file, None)

    def put_states(self, changed: Mapping[str, PaperState], later: bool = False) -> None:
        """Keep *changed*, by the papers' ids; it is seen at once and written soon, or *later* together with more.

        Raises LibraryError.
        """
        self._library.check_states(changed)
        with self._catalogue.change():
            kept = self._catalogue.kept
            known = kept.states(list(changed))
            pairs = {name: (known.get(name, _NOTHING), state) for name, state in changed.items()}
            files = {name: shard_file(name) for name in changed}
            self._catalogue.files.pend(set(files.values()))
            kept.put_states((name, files[name], state) for name, state in changed.items())
            self._settled(pairs)
            before = {name: old for name, (old, _) in pairs.items()}
            self._catalogue.store.afterwards(lambda: self._library.put_states(changed, later, before))

    def put_inquiries(self, changed: Mapping[str, Inquiry], later: bool = False) -> None:
        """Keep what services said of papers, likewise."""
        shapes = {name: shape_of(inquiry) for name, inquiry in changed.items()}
        with self._catalogue.change():
            files = {name: details_file(name) for name in changed}
            self._catalogue.files.pend(set(files.values()))
            self._catalogue.kept.put_inquiries((name, files[name], shape) for name, shape in shapes.items())
            self._rack.remember(changed)
            self._described(changed)
            self._catalogue.store.afterwards(lambda: self._library.put_inquiries(shapes, later))

    def _saved(self, saved: Saved) -> None:
        """Note that a file was written; the thread that writes waits for no change that is being made meanwhile."""
        self._catalogue.store.note(lambda: self._written(saved))

    def _written(self, saved: Saved) -> None:
        """Take *saved*, a file that was written, for what is in it."""
        with self._catalogue.change():
            files = self._catalogue.files
            stamp, waits = files.known(saved.file)
            # A program that started meanwhile read the file as it was before, and holds that for all of it.
            foreign = stamp not in (saved.before, saved.stamp) or (saved.file.startswith(_WAITING) and not waits)
            # What was put with it failed, so that nothing of it is known any more.
            foreign |= isinstance(saved.contents, IssueContents) and not self._catalogue.issues.in_file(saved.file)
            if isinstance(saved.contents, DetailContents):
                self._catalogue.kept.found(saved.contents, saved=True)
            if self._library.is_unsaved(saved.file):
                # The next save tells of it again.
                if not foreign:
                    files.read(saved.file, saved.stamp)
                files.pend([saved.file])
                return
            if foreign and (found := self._library.read(saved.file)) is not None:
                # Another program changed it in between: all of it is looked at.
                self.take(found)
            else:
                files.read(saved.file, saved.stamp)
            if files.rooms == saved.rooms_before:
                files.rooms = saved.rooms

    # What follows from a change

    def _settled(self, changed: Mapping[str, tuple[PaperState, PaperState]]) -> None:
        """Let what lists show, and what papers go by, follow the states that changed: old and new, by id."""
        papers = self._catalogue.papers
        anew: set[int] = set()
        marked: dict[int, Marks] = {}
        read: set[int] = set()
        for name, (old, new) in changed.items():
            if old.merged_into != new.merged_into:
                anew |= papers.lead(name, new.merged_into)
        listed = papers.listed_of(list(changed))
        for name, (old, new) in changed.items():
            num = listed.get(name)
            if old.marks.removed != new.marks.removed and (there := papers.number(name)) is not None:
                anew.add(there)
                continue
            if num is None:
                continue
            if _is_found_by(old) != _is_found_by(new) or old.choices != new.choices:
                anew.add(num)
            else:
                marked[num] = new.marks
            if old.marks.unread != new.marks.unread:
                read.add(num)
        self._rack.forget_papers(changed)
        papers.mark({num: marks for num, marks in marked.items() if num not in anew})
        self._describe(anew)
        self._catalogue.issues.recount(read | anew)

    def _described(self, names: Iterable[str]) -> None:
        chosen = list(names)
        self._rack.forget_papers(chosen)
        self._describe({num for num, listed in self._catalogue.papers.known(chosen).values() if listed})

    def _describe(self, nums: Iterable[int], read: IssueContents | None = None) -> list[int]:
        """Write anew what the catalogue says of the papers *nums*; *read* is an issue that need not be read again.

        Returns those that several issues speak of.
        """
        papers, kept = self._catalogue.papers, self._catalogue.kept
        if not (chosen_nums := list(nums)):
            return []
        places = self._catalogue.issues.places(chosen_nums)
        names = papers.numbered(list(places))
        chosen = [names[num] for num in places]
        self._rack.forget_papers(chosen)
        states, inquired = kept.states(chosen), kept.inquired(chosen)
        told: dict[int, Description] = {}
        for num, there in places.items():
            name = names[num]
            state = states.get(name, _NOTHING)
            if not there or state.marks.removed:
                papers.unlist(num)
                continue
            plainly = name not in inquired and state.choices == _NOTHING.choices
            if plainly and read is not None and len(there) == 1 and (only := there[0]).file == read.file:
                head, entry = self._rack.head(only.issue), read.issue.entries[only.position - 1]
                told[num] = describe_alone(name, head, only.position, entry, state.marks)
                continue
            shape = self._rack.shape(name) if name in inquired else {}
            with contextlib.suppress(StaleError):  # its file is read after this one, and describes it then
                paper = self._rack.assembled(name, there, state, shape, read)
                newest = next(p.issue for p in there if self._rack.head(p.issue).id == paper.mentions[0].issue)
                told[num] = describe(paper, self._rack.head(newest), found_clues(shape))
        papers.describe(told)
        return [num for num, there in places.items() if len(there) > 1]


def _is_found_by(state: PaperState) -> tuple[object, ...]:
    """Return what of the reader's own a search looks through."""
    return state.marks.note, state.marks.tags, state.marks.key
