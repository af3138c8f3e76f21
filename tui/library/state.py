"""What is kept of a paper; apart from the files, so that knowing it loads no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.model import Marks


@dataclass(frozen=True)
class PaperState:
    """What is kept of a paper beyond what issues print of it.

    ``merged_into`` is the paper that this id was found to be; ``extra`` holds the fields of a newer program, which
    are carried along untouched.
    """

    marks: Marks = field(default_factory=Marks)
    merged_into: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
