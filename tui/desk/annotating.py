"""What a reader writes on papers: stars, reading states, tags and notes, each change a step that can be undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence

from tui.desk.marking import Marking, count
from tui.desk.rack import Rack
from tui.errors import UnknownError
from tui.model import STATES, Marks, State
from tui.text import MAX_CHARS, clean, clean_source, fold

MOST_LETTERS = 60
"""The longest tag: it stands in a list of them."""

PUT: dict[State, str] = {
    "new": "made new again",
    "to read": "put to read",
    "reading": "set to reading",
    "read": "read",
    "dropped": "dropped",
}
"""What was done to papers, by the state that they were given."""

LONGEST_NOTE = MAX_CHARS
"""Letters that a note may have."""


class Annotating:
    """The reader's own words and signs on papers; what is returned is how many papers are different by it."""

    def __init__(self, rack: Rack, marking: Marking) -> None:
        self._rack = rack
        self._marking = marking

    def star(self, names: Iterable[str], on: bool = True) -> int:
        """Star papers, or take their star away."""
        chosen = list(names)
        label = f"{count(len(chosen), 'paper')} {'starred' if on else 'unstarred'}"
        return self._marking.change(chosen, label, lambda marks: dataclasses.replace(marks, starred=on))

    def set_state(self, names: Iterable[str], words: str) -> int:
        """Let papers be ``to read``, ``reading`` and so on (:data:`tui.model.STATES`). Raises UnknownError."""
        wanted = clean(words).casefold().replace("-", " ")
        state = next((each for each in STATES if each == wanted), None)
        if state is None:
            raise UnknownError(f"There is no state {clean(words, 40)!r}; there are {', '.join(STATES)}.")
        chosen = list(names)
        label = f"{count(len(chosen), 'paper')} {PUT[state]}"
        return self._marking.change(chosen, label, lambda marks: dataclasses.replace(marks, state=state))

    # Tags

    def tags(self) -> dict[str, int]:
        """Return every tag with how many papers have it, the most used first; of several spellings the most used."""
        return _united(self._rack.catalogue.tags.everywhere())

    def tags_on(self, names: Collection[str]) -> dict[str, int]:
        """Return the tags of the papers *names*, spelt as :meth:`tags` has them, with how many of these have each."""
        known = {tag.casefold(): tag for tag in self.tags()}
        found: dict[str, int] = {}
        for tag, many in self._rack.catalogue.tags.on(names).items():
            tag = known.get(tag.casefold(), tag)
            found[tag] = found.get(tag, 0) + many
        return found

    def tag(self, names: Iterable[str], add: Sequence[str] = (), remove: Sequence[str] = ()) -> int:
        """Add tags to papers and take tags away, whatever their capitals. Raises UnknownError for what is no tag.

        A tag that another paper has already is spelt as it is there.
        """
        known = {tag.casefold(): tag for tag in self.tags()} if add else {}
        added = [known.get(tag.casefold(), tag) for tag in map(usable_tag, add)]
        removed = {clean(each).casefold() for each in remove}
        chosen = list(names)

        def change(marks: Marks) -> Marks:
            kept = [tag for tag in marks.tags if tag.casefold() not in removed]
            there = {tag.casefold() for tag in kept}
            new = {tag.casefold(): tag for tag in added if tag.casefold() not in there}
            return dataclasses.replace(marks, tags=(*kept, *new.values()))

        what = ", ".join([f"+{tag}" for tag in added] + [f"-{clean(tag)}" for tag in remove])
        return self._marking.change(chosen, f"{count(len(chosen), 'paper')} tagged {clean(what, 80)}", change)

    def rename_tag(self, old: str, new: str) -> int:
        """Let the tag *old* be called *new* on every paper, as one step; they become one where *new* is there already.

        Raises UnknownError where there is no such tag, or *new* is none.
        """
        name, spellings = usable_tag(new), self._spelt(old)
        gone = {tag.casefold() for tag in spellings} | {name.casefold()}

        def change(marks: Marks) -> Marks:
            # It takes the place of the first of them.
            first = next(place for place, tag in enumerate(marks.tags) if tag.casefold() in gone)
            kept = [tag for tag in marks.tags if tag.casefold() not in gone]
            return dataclasses.replace(marks, tags=(*kept[:first], name, *kept[first:]))

        papers = self._rack.catalogue.tags.papers(spellings)
        return self._marking.change(papers, f"tag {spellings[0]} renamed {name}", change)

    def remove_tag(self, tag: str) -> int:
        """Take *tag* away from every paper, as one step. Raises UnknownError where there is no such tag."""
        spellings = self._spelt(tag)
        gone = {each.casefold() for each in spellings}

        def change(marks: Marks) -> Marks:
            return dataclasses.replace(marks, tags=tuple(each for each in marks.tags if each.casefold() not in gone))

        papers = self._rack.catalogue.tags.papers(spellings)
        return self._marking.change(papers, f"tag {spellings[0]} removed", change)

    def _spelt(self, words: str) -> list[str]:
        """Return the spellings of the tag that *words* are."""
        self._marking.sync()
        wanted = clean(words).casefold()
        found = [tag for tag in self._rack.catalogue.tags.everywhere() if tag.casefold() == wanted]
        if not found:
            raise UnknownError(f"There is no tag {clean(words, MOST_LETTERS)!r}.")
        return found

    # Notes

    def note_on(self, name: str) -> str:
        """Return the note on the paper as it is now, whichever program wrote it; empty where there is none."""
        self._marking.sync()
        return self._rack.marks(name).note

    def note(self, name: str, text: str) -> int:
        """Let *text* be the note on a paper; an empty one takes it away. Raises UnknownError where it is too long."""
        written = clean_source(text).rstrip()
        if len(written) > LONGEST_NOTE:
            raise UnknownError(f"A note has at most {LONGEST_NOTE:,} letters; this one has {len(written):,}.")
        label = "a note written" if written else "a note removed"
        return self._marking.change([name], label, lambda marks: dataclasses.replace(marks, note=written))


def usable_tag(words: str) -> str:
    """Return *words* as a tag: one line, without the commas that stand between tags. Raises UnknownError."""
    tag = clean(words)
    if not tag or "," in tag or len(tag) > MOST_LETTERS:
        raise UnknownError(f"A tag has from 1 to {MOST_LETTERS} letters and no comma; {clean(words, 80)!r} is none.")
    return tag


def fitting_tags(tags: Iterable[str], typed: str) -> tuple[str, ...]:
    """Return those of *tags* that *typed* may mean, in their order: those that begin so, then those that hold it."""
    wanted, named = fold(typed.strip()), tuple(tags)
    first = tuple(tag for tag in named if begins(tag, typed))
    return (*first, *(tag for tag in named if wanted in fold(tag) and tag not in first))


def begins(tag: str, typed: str) -> bool:
    """Return whether *tag*, or a word in it, begins as was *typed*: ``ci`` may be the beginning of ``to cite``."""
    wanted, words = fold(typed.strip()), fold(tag)
    return words.startswith(wanted) or f" {wanted}" in words


def _united(tags: Mapping[str, int]) -> dict[str, int]:
    """Return *tags* with the spellings of each under the first of them."""
    found: dict[str, tuple[str, int]] = {}
    for tag, many in tags.items():
        name, before = found.get(tag.casefold(), (tag, 0))
        found[tag.casefold()] = name, before + many
    return dict(sorted(found.values(), key=lambda each: (-each[1], fold(each[0]))))
