"""What leaves paperrack: each export is a module with the shape of :class:`Export`, named once in :data:`EXPORTS`.

To add one, write its file and put it on the list. What a module needs beyond the model it imports when it writes:
opening the screens loads no parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from tui.exports.asked import Item, Options
from tui.exports.written import Written

__all__ = ["EXPORTS", "Export", "Item", "Options", "Written"]


class Export(Protocol):
    """The shape of an export: the name to ask for it by, the one to show, the suffix of its files, and the writing."""

    NAME: str
    LABEL: str
    SUFFIX: str

    def write(self, items: Sequence[Item], options: Options = ...) -> Written:
        """Return the papers, each under its citation key, in their order."""


EXPORTS: tuple[Export, ...]
"""The exports, in the order in which they are offered; loaded when they are first asked for."""


def __getattr__(name: str) -> object:
    if name == "EXPORTS":
        return _exports()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _exports() -> tuple[Export, ...]:
    from tui.exports import biblatex, bibtex, csl_json, markdown, ris

    return bibtex, biblatex, csl_json, ris, markdown
