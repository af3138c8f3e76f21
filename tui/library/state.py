"""What is kept of a paper; apart from the files, so that knowing it loads no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from tui.frozen import dataclass
from tui.model import Choices, Marks


@dataclass(frozen=True)
class PaperState:
    """What the reader did with a paper, and what became of it.

    ``merged_into`` is the paper that this id was found to be; ``extra`` holds the fields of a newer program, which are
    carried along untouched. What services said of the paper goes its own way, as a plain JSON shape.
    """

    marks: Marks = field(default_factory=Marks)
    choices: Choices = field(default_factory=Choices)
    merged_into: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
