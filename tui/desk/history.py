"""Undo and redo of all that the reader does, over the whole run and after a restart.

A :class:`Step` is what one action of the reader changed; :class:`History` keeps steps in the library, beside the
papers, and hands them out again. Whoever takes one back puts ``step.states(...)``, ``step.issues(...)`` and the rest
into the library inside the ``with`` statement; only when that went well does the step count as undone.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from tui.desk.steps import FileChange, Shelved, Step, UnusableStepError
from tui.errors import ExportError, LibraryError

if TYPE_CHECKING:
    from tui.library.history import KeptStep, Steps
    from tui.library.steps import StepDocument

__all__ = ["FileChange", "History", "Keeper", "Shelved", "Step", "UnusableStepError"]


class Keeper(Protocol):
    """What of a library keeps steps."""

    @property
    def steps(self) -> Steps:
        """The history in its folder."""
        ...

    def put_step(self, change: Callable[[Steps], object], /, first: bool = False) -> None:
        """Have *change* made to the history by the thread that writes, once all that was put before is on the disk.

        Or *first*, before what is put from now on.
        """
        ...

    def flush(self) -> None:
        """Return when everything put so far is on the disk. Raises LibraryError."""
        ...


class History:
    """The steps that can be undone, and those undone that can be done again, of a library."""

    def __init__(self, library: Keeper) -> None:
        self._library = library
        self._refused: str | None = None

    def add(self, step: Step) -> None:
        """Keep *step*, which is about to be done; what was undone before is gone then. Raises LibraryError."""
        when = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        kept = dataclasses.replace(step, when=when)
        self._library.put_step(lambda steps: steps.append(_document_of(kept)), first=True)

    @contextmanager
    def undo(self) -> Iterator[Step | None]:
        """Yield the step that was done last, to be taken back, or None; an exception leaves it where it was.

        Raises LibraryError where it cannot be read or taken back; a step that never can be is forgotten then.
        So is one whose file could not be put back (ExportError) twice.
        """
        return self._turning(back=True)

    @contextmanager
    def redo(self) -> Iterator[Step | None]:
        """Yield the step that is the next to be done again, or None; otherwise like :meth:`undo`."""
        return self._turning(back=False)

    def skip(self, back: bool = True) -> Step | None:
        """Forget the step that :meth:`undo` would take back, or :meth:`redo` do again, and return it.

        It is forgotten whether it can be read or not; where it cannot, what is returned has nothing but a label.
        Raises LibraryError.
        """
        self._library.flush()
        stem = self._library.steps.next_stem(undone=not back)
        if stem is None:
            return None
        step = Step(f"Step {stem}")
        with suppress(LibraryError):
            kept = self._next(back)
            step = _step_of(kept.document) if kept and kept.stem == stem else step
        self._library.put_step(lambda steps: steps.drop(stem))
        self._library.flush()
        return step

    def _turning(self, back: bool) -> Iterator[Step | None]:
        kept = self._next(back)
        if kept is None:
            yield None
            return
        step = _usable(kept.document)
        if step.final:
            self._library.put_step(lambda steps: steps.drop(kept.stem))
            raise LibraryError(f"“{step.label}” cannot be undone: {step.final}.")
        try:
            yield dataclasses.replace(step, label=f"{step.label} ({step.left})") if step.left else step
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            # Somebody wrote it who is no paperrack: what it says can be read, and cannot be.
            raise UnusableStepError("The next step in the history cannot be used: it says what cannot be.") from error
        except ExportError as error:
            if kept.stem != self._refused:
                self._refused = kept.stem
                raise
            # The reader tries again, and it is still another file: it must not stand before all that was done earlier.
            self._library.put_step(lambda steps: steps.drop(kept.stem))
            raise ExportError(f"{error} What was done before can be undone next.") from None
        self._library.put_step(lambda steps: steps.move(kept.stem, undone=back))

    def _next(self, back: bool) -> KeptStep | None:
        # Steps are read where they are kept, so what is on its way there must have come.
        self._library.flush()
        try:
            return self._library.steps.newest() if back else self._library.steps.next_undone()
        except LibraryError as error:
            raise UnusableStepError(str(error)) from None


# How steps are written down is loaded when the first one is: a start should not wait for it.


def _document_of(step: Step) -> StepDocument:
    from tui.desk.step_documents import document_of

    return document_of(step)


def _usable(document: StepDocument) -> Step:
    try:
        return _step_of(document)
    except LibraryError as error:
        raise UnusableStepError(str(error)) from None


def _step_of(document: StepDocument) -> Step:
    from tui.desk.step_documents import step_of

    return step_of(document)
