"""What a list of papers is to those that show one: its rows by place, asked for when they come into view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, overload

from tui.frozen import dataclass
from tui.model.papers import PaperRow


class Papers(Protocol):
    """Papers in an order, a hundred or a million of them; nothing of it is made before it is asked for.

    A place counts from 0 in this list. What papers are in it, and in which order, never changes; what their rows
    show does, and is read anew after :meth:`forget`.
    """

    def __len__(self) -> int:
        """Return the number of papers."""
        ...

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __iter__(self) -> Iterator[str]: ...

    def row(self, index: int, /) -> PaperRow:
        """Return the row at the place *index*."""
        ...

    def position(self, index: int, /) -> int:
        """Return the number (from 1) that stands before the row: its place in the issue, else in the list."""
        ...

    def index(self, paper: str, /) -> int:
        """Return the place of the paper with that id. Raises ValueError where it is not in the list."""
        ...

    def forget(self) -> None:
        """Read rows anew from now on: some show something else."""
        ...

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words and phrases that a search found its papers by; empty where nothing was searched for."""
        ...

    @property
    def corrected(self) -> Mapping[str, str]:
        """Words of the search that nothing holds, and what was searched for instead."""
        ...

    @property
    def hint(self) -> str:
        """What of the search is not finished yet, in a sentence; empty where all of it is."""
        ...


class NoPapers:
    """A list without papers: what is shown before there is one."""

    words: tuple[str, ...] = ()
    corrected: Mapping[str, str] = {}
    hint: str = ""

    def __len__(self) -> int:
        """Return 0."""
        return 0

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return ()[index]

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def row(self, index: int, /) -> PaperRow:
        """Raise IndexError."""
        raise IndexError(index)

    def position(self, index: int, /) -> int:
        """Raise IndexError."""
        raise IndexError(index)

    def index(self, paper: str, /) -> int:
        """Raise ValueError."""
        raise ValueError(paper)

    def forget(self) -> None:
        """Forget nothing."""


@dataclass(frozen=True)
class SearchRow:
    """A saved search as the list of issues shows it; ``papers`` is None until they were counted."""

    name: str
    query: str
    papers: int | None = None


@dataclass(frozen=True)
class PlaceRow(SearchRow):
    """A search that is always there and that nobody saved: all that is marked, say; ``sign`` is its symbol."""

    id: str = ""
    sign: str = ""
