"""When two mentions are of one paper, and which of the records that services gave is the paper.

:mod:`~tui.matching.works` decides on what issues print and is used wherever papers are kept;
:mod:`~tui.matching.gates` decides on what services give, and is loaded when the first of those is looked at.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tui.matching.works import abstract_key, clues, family_name, paper_id, same_work, title_words

if TYPE_CHECKING:
    from tui.matching.agreeing import agreement, contradicts, same_record
    from tui.matching.evidence import Wanted
    from tui.matching.gates import Choice, Judgement, Verdict, choose, judge

__all__ = [
    "Choice",
    "Judgement",
    "Verdict",
    "Wanted",
    "abstract_key",
    "agreement",
    "choose",
    "clues",
    "contradicts",
    "family_name",
    "judge",
    "paper_id",
    "same_record",
    "same_work",
    "title_words",
]

_LATER = {
    **dict.fromkeys(("agreement", "contradicts", "same_record"), "agreeing"),
    "Wanted": "evidence",
    **dict.fromkeys(("Choice", "Judgement", "Verdict", "choose", "judge"), "gates"),
}


def __getattr__(name: str) -> object:
    """Return what is loaded when it is first asked for (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
