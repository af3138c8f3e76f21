"""BibTeX for 8-bit BibTeX and pdfTeX; with ``encoding = "unicode"`` letters stand as UTF-8, as some readers want it."""

from __future__ import annotations

from collections.abc import Sequence

from tui.exports.asked import Item, Options
from tui.exports.written import Written

NAME = "bibtex"
LABEL = "BibTeX"
SUFFIX = ".bib"


def write(items: Sequence[Item], options: Options = Options()) -> Written:  # noqa: B008 - frozen
    """Return *items* as BibTeX, in their order; :func:`tui.exports.entries.write_entries` says what is left out."""
    from tui.exports.dialects import BIBTEX
    from tui.exports.entries import write_entries

    return write_entries(items, options, BIBTEX)
