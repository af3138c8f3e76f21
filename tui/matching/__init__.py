"""When two mentions are of one paper, and which of the records that services gave is the paper.

:mod:`~tui.matching.works` decides on what issues print and is used wherever papers are kept;
:mod:`~tui.matching.gates` decides on what services give.
"""

from tui.matching.agreement import agreement, contradicts, same_record
from tui.matching.evidence import Wanted
from tui.matching.gates import Choice, Judgement, Verdict, choose, judge
from tui.matching.works import abstract_key, clues, family_name, paper_id, same_work, title_words

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
