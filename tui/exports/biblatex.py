"""BibLaTeX for biber: UTF-8, with its own types (``@online``, ``@thesis``, ``@software``) and fields (``date``)."""

from __future__ import annotations

from collections.abc import Sequence

from tui.exports.asked import Item, Options
from tui.exports.written import Written

NAME = "biblatex"
LABEL = "BibLaTeX"
SUFFIX = ".bib"


def write(items: Sequence[Item], options: Options = Options()) -> Written:  # noqa: B008 - frozen
    """Return *items* as BibLaTeX, in their order; :func:`tui.exports.entries.write_entries` says what is left out."""
    from tui.exports.dialects import BIBLATEX
    from tui.exports.entries import write_entries

    return write_entries(items, options, BIBLATEX)
