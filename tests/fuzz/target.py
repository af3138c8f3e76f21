"""What is fuzzed: a function of bytes that raises :class:`BrokenLawError` where a law does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
SAMPLES = HERE.parents[1] / "sample_data"

LARGEST = 12_000
"""Bytes of the longest input: what takes longer with length is the patterns' and the bench's business."""

SECONDS = 4.0
"""CPU time that one input may take, on a machine that traces and is shared: the usual one takes a hundredth."""


class BrokenLawError(AssertionError):
    """A law does not hold; the text says which, in words that are the same for the same cause."""


@dataclass(frozen=True)
class Target:
    """A parser with its laws: *run* returns where they hold, and raises anything else where they do not.

    ``samples`` are patterns of file names in ``sample_data``, ``seeds`` texts of its own, ``tokens`` the words of its
    format. Inputs of ``json`` are changed as values, too, and not only as text.
    """

    name: str
    run: Callable[[bytes], object]
    samples: tuple[str, ...] = ()
    seeds: Callable[[], Iterator[bytes]] | None = None
    tokens: tuple[str, ...] = ()
    kind: Literal["text", "json"] = "text"
    weight: int = field(default=1)
    """How many times as many runs as another it gets in the minute of CI."""

    def corpus(self) -> list[Path]:
        """Return the files that are kept for it, in order."""
        return sorted(path for path in (CORPUS / self.name).glob("*") if path.is_file())

    def all_seeds(self) -> list[bytes]:
        """Return what its inputs are made of, each once."""
        found = [path.read_bytes() for path in self.corpus()]
        for pattern in self.samples:
            found += [path.read_bytes() for path in sorted(SAMPLES.glob(pattern)) if path.is_file()]
        found += list(self.seeds()) if self.seeds else []
        return list(dict.fromkeys(each[:LARGEST] for each in found))


def text_of(data: bytes) -> str:
    """Return *data* as text, which may hold halves of surrogate pairs; bytes that are no UTF-8 become such."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")
