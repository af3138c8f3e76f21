"""``python -m tests.bench library``: a library of 1,000, 10,000 and 100,000 papers, each figure beside its yardstick.

Programs run in a terminal and are timed from outside: from a key to the last change of the screen. Libraries are made
once a machine (:func:`tests.bench.papers.kept`), and measured on a copy.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest import mock

from tests.bench import papers, saving, screens
from tests.bench.figures import HEAD, Figure

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000


def measure(sizes: Sequence[int], runs: int, parts: Sequence[str] = ()) -> Iterator[Figure]:
    """Yield every figure, or those of *parts*, over libraries of *sizes* papers."""
    place = papers.kept(sizes[0]).parent
    with tempfile.TemporaryDirectory(prefix="run-", dir=place) as folder:
        # Made before the surroundings are another's: what was made once lies in this reader's own cache.
        libraries = {size: papers.make(Path(folder) / str(size), size) for size in sizes}
        with _nobody(Path(folder)):
            for name in parts or PARTS:
                yield from PARTS[name](libraries, runs)


PARTS: dict[str, Callable[[dict[int, Path], int], Iterator[Figure]]] = {
    "start": screens.start,
    "keys": screens.keys,
    "search": screens.search,
    "mark": saving.marks,
    "import": saving.importing,
}
"""What is measured, by the name that ``--part`` takes."""


def _nobody(folder: Path) -> object:
    """Return the surroundings of a reader without settings of their own."""
    names = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    return mock.patch.dict(os.environ, {name: str(folder / "home") for name in names} | {"NO_COLOR": ""})


def table(sizes: Sequence[int], runs: int, parts: Sequence[str] = ()) -> bool:
    """Print the table as it comes; return whether every limit was kept."""
    print(HEAD, flush=True)
    kept = True
    for figure in measure(sizes, runs, parts):
        print(figure, flush=True)
        kept = kept and figure.kept is not False
    return kept
