"""What was found out about an object of the model once, and stays with it, from process to process."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from tui.model.clean import Clean

_M = TypeVar("_M", bound=Clean)
_T = TypeVar("_T")


def noted(find: Callable[[_M], _T]) -> Callable[[_M], _T]:
    """Return *find*, which notes what it found with the object: it does not change, so nor does what is found.

    The note is no field: it is neither compared nor kept in a file, but pickled with the object.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @functools.wraps(find)
    def asked(thing: _M) -> _T:
        notes = thing.__dict__
        if name not in notes:
            notes[name] = find(thing)
        found: _T = notes[name]
        return found

    return asked
