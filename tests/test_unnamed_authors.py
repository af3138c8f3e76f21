"""Authors that nobody names: "et al." is said as such, and only what was counted is a number."""

from __future__ import annotations

import pytest

from tui.cli.output import paper_line
from tui.digests import read
from tui.digests.document import Document
from tui.model import Mention, Paper
from tui.model.names import others
from tui.widgets.details_text import authors


@pytest.mark.parametrize(
    ("unshown", "unnamed", "said"),
    [
        (0, 0, ""),
        (0, 1, "et al."),
        (3, 0, "3 more"),
        (1, 0, "1 more"),
        (3, 1, "3 or more others"),
        (2, 1200, "1,202 more"),
    ],
)
def test_one_author_that_is_not_named_is_nobody_counted(unshown: int, unnamed: int, said: str) -> None:
    assert others(unshown, unnamed) == said


def test_what_a_source_calls_et_al_is_called_so() -> None:
    text = "- **Learning of deep things** (2020), Wei Zhang et al. [[pdf]](https://arxiv.org/pdf/1909.00204)\n"
    (entry,) = read(Document(text, "a.md"))[0].entries
    paper = Paper(id="a", mentions=(Mention("i", "Issue", None, None, None, 1, entry),))
    assert "".join(words for words, _ in authors(paper.authors, paper.more_authors)) == "Wei Zhang et al."
    assert " — Wei Zhang et al. (2020)" in paper_line(paper)
