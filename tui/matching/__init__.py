"""When two mentions are of one paper, and which of the records that a search gave is the paper.

:mod:`~tui.matching.works` decides about what issues print and is used wherever papers are kept;
:mod:`~tui.matching.gates` decides about what services give.
"""

from tui.matching.works import abstract_key, clues, family_name, paper_id, same_work, title_words

__all__ = ["abstract_key", "clues", "family_name", "paper_id", "same_work", "title_words"]
