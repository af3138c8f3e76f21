"""The command that shells call when tab is pressed; hidden, and quick, so it is apart from the others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from tui.completing import offers
from tui.settings import locate
from tui.text import clean

COMPLETE = "complete"
"""Its name, which no help lists: ``complete KIND START [--library DIR] [--config FILE]``."""


def complete(words: Sequence[str]) -> int:
    """Print what begins with a word, a name a line, with a tab and what it is behind it.

    A name that begins with a hyphen, as a feed may call itself, is not offered: in the line it would be an option.
    """
    named = {name: value for name, value in pairwise(words) if name.startswith("--")}
    kind, start = (*words[:2], "", "")[:2]
    settings = locate(named.get("--config"), named.get("--library"))
    for name, what in offers(kind, start, Path(settings.library.path)):
        word = clean(name)
        if word and not word.startswith("-"):
            print(f"{word}\t{clean(what)}" if what else word)
    return 0
