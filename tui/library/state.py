"""What is kept of a paper; apart from the files, so that knowing it loads no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tui.model import Choices, Marks


@dataclass(frozen=True)
class PaperState:
    """What is kept of a paper beyond what issues print of it.

    ``inquiry`` is what services were asked and said, in the plain shape of :func:`tui.shapes.plain`: most papers of a
    library are never looked at in a run, so it is restored by whoever looks. ``merged_into`` is the paper that this
    id was found to be; ``extra`` holds the fields of a newer program, which are carried along untouched.
    """

    marks: Marks = field(default_factory=Marks)
    choices: Choices = field(default_factory=Choices)
    inquiry: Mapping[str, Any] = field(default_factory=dict)
    merged_into: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
