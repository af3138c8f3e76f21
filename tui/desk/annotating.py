"""What a reader writes on papers: stars, reading states, tags and notes, each change a step that can be undone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from tui.desk.marking import Marking, count
from tui.errors import UnknownError
from tui.model import STATES, Marks
from tui.text import clean

MOST_LETTERS = 60
"""The longest tag: it stands in a list of them."""


class Annotating:
    """The reader's own words and signs on papers; what is returned is how many papers are different by it."""

    def __init__(self, marking: Marking) -> None:
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
        label = f"{count(len(chosen), 'paper')} {'put to read' if state == 'to read' else f'set to {state}'}"
        return self._marking.change(chosen, label, lambda marks: dataclasses.replace(marks, state=state))

    def tag(self, names: Iterable[str], add: Sequence[str] = (), remove: Sequence[str] = ()) -> int:
        """Add tags to papers and take tags away, whatever their capitals. Raises UnknownError for what is no tag."""
        added, removed = [usable_tag(each) for each in add], {clean(each).casefold() for each in remove}
        chosen = list(names)

        def change(marks: Marks) -> Marks:
            kept = [tag for tag in marks.tags if tag.casefold() not in removed]
            there = {tag.casefold() for tag in kept}
            new = {tag.casefold(): tag for tag in added if tag.casefold() not in there}
            return dataclasses.replace(marks, tags=(*kept, *new.values()))

        what = ", ".join([f"+{tag}" for tag in added] + [f"-{clean(tag)}" for tag in remove])
        return self._marking.change(chosen, f"{count(len(chosen), 'paper')} tagged {clean(what, 80)}", change)

    def note(self, name: str, text: str) -> int:
        """Let *text* be the note on a paper; an empty one takes it away."""
        label = "a note written" if text.strip() else "a note removed"
        return self._marking.change([name], label, lambda marks: dataclasses.replace(marks, note=text.strip()))


def usable_tag(words: str) -> str:
    """Return *words* as a tag: one line, without the commas that stand between tags. Raises UnknownError."""
    tag = clean(words)
    if not tag or "," in tag or len(tag) > MOST_LETTERS:
        raise UnknownError(f"A tag has from 1 to {MOST_LETTERS} letters and no comma; {clean(words, 80)!r} is none.")
    return tag
