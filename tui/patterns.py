"""Regular expressions that are compiled when the first text needs them.

A start needs none of the hundred of this program, and to compile them takes as long as to draw the first picture.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Later:
    """A pattern that is not compiled yet; it does and has what :class:`re.Pattern` does and has."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not there: what was found once is, and costs no more than a pattern's own.
        found = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, found)
        return found


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return *pattern* as :func:`re.compile` does, compiled at its first use. A wrong one fails then (re.error)."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
