"""Papers of the week: the real ones, and other years' and other hands' layouts of the same."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tui.digests import FORMATS, links, read, weekly
from tui.digests.document import Document, open_document
from tui.digests.weekly_dates import last_day
from tui.model import Entry, Issue

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
ARXIV = "https://arxiv.org/abs/"


def real(name: str) -> Document:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside this checkout")
    return open_document(path)


def taken(document: Document | str) -> tuple[Issue, ...]:
    """Return the issues in *document*, which no other kind recognises, the generic one aside."""
    document = Document(document, "weeks.md") if isinstance(document, str) else document
    assert [each for each in FORMATS if each is not links and each.recognises(document)] == [weekly]
    return read(document)


def said(entry: Entry) -> str:
    return "\n".join(part.text for part in entry.sections)


def test_a_real_week_with_titles_in_bold() -> None:
    (issue,) = taken(real("papers-of-the-week-b.md"))
    assert (issue.title, issue.series) == (
        "Top ML Papers of the Week (December 18 - December 24)",
        "Top ML Papers of the Week",
    )
    # The heading states no year: the papers' own identifiers do.
    assert issue.date == "2023-12-24"
    assert [entry.title for entry in issue.entries] == [
        "Gemini’s Language Abilities",
        "PowerInfer",
        "Discovery of a New Family of Antibiotics with Graph Deep Learning",
        "VideoPoet",
        "Multimodal Agents as Smartphone Users",
        "LLM in a Flash",
        "ReST Meets ReAct",
        "Adversarial Attacks on GPT-4",
        "RAG for LLMs",
        "Findings of the BabyLLM Challenge",
    ]
    assert [entry.line for entry in issue.entries] == list(range(4, 14))
    assert sum("arxiv" in entry.identifiers for entry in issue.entries) == 5
    assert issue.entries[2].identifiers == {"doi": "10.1038/s41586-023-06887-8"}
    assert [[link.rel for link in entry.links] for entry in issue.entries][:2] == [["paper", "post"], ["pdf", "post"]]
    assert said(issue.entries[8]).startswith("an overview of all")
    assert said(issue.entries[8]).endswith("has been happening.")
    assert issue.warnings == ()


def test_a_real_week_with_numbered_titles() -> None:
    (issue,) = taken(real("papers-of-the-week-2025.md"))
    assert (issue.date, len(issue.entries)) == ("2025-06-29", 10)
    titles = [entry.title for entry in issue.entries]
    assert titles[:3] == ["Ultra-Fast Diffusion-based Language Models", "MEM1", "Towards AI Search Paradigm"]
    assert titles[-1] == "Whole-Body Conditioned Egocentric Video Prediction"
    assert [len(entry.links) for entry in issue.entries] == [2, 2, 2, 2, 2, 2, 3, 2, 2, 2]
    assert all(entry.links[1].rel == "post" for entry in issue.entries)
    assert [entry.identifiers.get("arxiv") for entry in issue.entries][3:7] == ["2506.08388", "2506.20430", None, None]
    lines = said(issue.entries[0]).split("\n")
    assert lines[0].startswith("This paper introduces Mercury")
    assert [line[:1] for line in lines] == ["T", "●", "●", "●", "●"]
    assert "Paper" not in lines[-1]
    assert issue.warnings == ()


def test_several_weeks_in_a_file_are_as_many_issues_each_with_its_own_lines() -> None:
    one, two = taken(
        "# ML Papers of the Week\n\nEvery Sunday we write down which papers we talked about at breakfast that week.\n\n"
        "- [Week two](#week-two)\n\n## Top ML Papers of the Week (January 9-15)\n\n|Paper|Links|\n|---|---|\n"
        f"| 1) **Muse** - paints. | [Paper]({ARXIV}2301.00704) |\n| 2) **Nothing linked** - all the same. | |\n\n---\n"
        "## Top ML Papers of the Week (December 26 - January 1)\nPaper | Links\n--- | ---\n"
        f"1) **GPT at home**: cooks. | [Paper]({ARXIV}2212.00001), [Code](https://github.com/a/b)\n\n"
        "A word at the end.\n"
    )
    assert [(one.date, one.series), (two.date, two.series)] == [
        ("2023-01-15", "Top ML Papers of the Week"),
        ("2023-01-01", "Top ML Papers of the Week"),
    ]
    assert (one.introduction or "").startswith("Every Sunday")
    assert [(entry.title, said(entry)) for entry in one.entries] == [
        ("Muse", "paints."),
        ("Nothing linked", "all the same."),
    ]
    (gpt,) = two.entries
    assert (gpt.title, gpt.line, two.text.split("\n")[gpt.line - 1][:7]) == ("GPT at home", 4, "1) **GP")
    assert [link.rel for link in gpt.links] == ["paper", "code"]
    assert [(remark.line, remark.text) for remark in two.warnings] == [(6, "A word at the end.")]
    assert one.warnings == ()


ROWS = [
    ("1) **A Fine Title** - says so.", "A Fine Title", "says so."),
    ("**1) A Fine Title** - says so.", "A Fine Title", "says so."),
    ("1. **A Fine Title**: says so.", "A Fine Title", "says so."),
    ("**A Fine Title** says so.", "A Fine Title", "says so."),
    ("1) A Fine Title  This paper says so.", "A Fine Title", "This paper says so."),
    ("1) A Fine Title<br>It says so.", "A Fine Title", "It says so."),
    ("1) A Fine Title This paper says so.", "A Fine Title", "This paper says so."),
    ("1) A Fine Title Introduces a way.", "A Fine Title", "Introduces a way."),
    ("1) A Fine Title – says so.", "A Fine Title", "says so."),
    ("1) **Attention-2: Faster** - says so.", "Attention-2: Faster", "says so."),
    ("1) **1.58 Bits of a Model** - says so.", "1.58 Bits of a Model", "says so."),
    ("**1). A Fine Title** - says so.", "A Fine Title", "says so."),
    ("1)A Fine Title  It says so.", "A Fine Title", "It says so."),
    ("1) A Fine-Title: of Two Parts", "A Fine-Title: of Two Parts", ""),
    (f"1) [A Fine Title]({ARXIV}2301.00303) says so.", "A Fine Title", "says so."),
    ("1) **P(x|y) of Bars** - one | two.", "P(x|y) of Bars", "one | two."),
    ("1) **A Fine Title** - has:  <br>● One. <br>● Two.", "A Fine Title", "has:\n● One.\n● Two."),
]


@pytest.mark.parametrize(("row", "title", "words"), ROWS)
def test_a_row_gives_title_and_words_however_it_was_written(row: str, title: str, words: str) -> None:
    (issue,) = taken(
        "## Papers of the Week\n\n| Paper | Links |\n|---|---|\n"
        f"| {row} | [Paper]({ARXIV}2301.00303), [X](https://x.com/a) |\n"
    )
    (entry,) = issue.entries
    assert (entry.title, said(entry)) == (title, words)
    assert entry.identifiers == {"arxiv": "2301.00303"}
    assert [link.rel for link in entry.links] == ["paper", "post"]


def test_a_row_of_another_paper_in_its_words_is_of_the_paper_beside_it() -> None:
    (issue,) = taken(
        "## Papers of the Week\n\n| Paper | Links |\n|---|---|\n"
        f"| 1) **Second** - goes on from [First]({ARXIV}2301.00001). | [Paper]({ARXIV}2302.00002) |\n"
    )
    (entry,) = issue.entries
    assert entry.identifiers == {"arxiv": "2302.00002"}
    assert [link.url[-10:] for link in entry.links] == ["2302.00002", "2301.00001"]


@pytest.mark.parametrize("mark", ["### {}. {}", "{}). **{}** -", "**{}. {}**", "{}. **{}**"])
def test_a_week_without_a_table_is_a_numbered_list(mark: str) -> None:
    papers = [("The Leaderboard Illusion", "2504.20879"), ("Llama-Nemotron", "2505.00949")]
    parts = [
        f"{mark.format(place, title)}\n\nIt is about arenas; 3. is no number here.\n\n- a point\n\n"
        f"[Paper]({ARXIV}{arxiv}) | [Tweet](https://x.com/a{place})\n"
        for place, (title, arxiv) in enumerate(papers, 1)
    ]
    (issue,) = taken("# 🥇 Top AI Papers of the Week: April 28 – May 4, 2025\n\nThe top ones.\n\n" + "\n".join(parts))
    assert (issue.series, issue.date, issue.introduction) == (
        "Top AI Papers of the Week",
        "2025-05-04",
        "The top ones.",
    )
    assert [(entry.title, entry.identifiers["arxiv"]) for entry in issue.entries] == papers
    assert said(issue.entries[0]).endswith("It is about arenas; 3. is no number here.\n- a point")
    assert all([link.rel for link in entry.links] == ["paper", "post"] for entry in issue.entries)


@pytest.mark.parametrize(
    ("title", "arxiv", "day"),
    [
        ("(December 18 - December 24)", ["2312.11444"], "2023-12-24"),
        ("(December 26 - January 1)", ["2212.00001", "1706.03762"], "2023-01-01"),
        ("(Jan 1-8)", [], None),
        ("(Jan 1-8)", ["2209.00001"], None),
        ("(June 23 - June 29) - 2025", [], "2025-06-29"),
        ("June 23–29, 2025", [], "2025-06-29"),
        ("18 - 24 December 2023", [], "2023-12-24"),
        ("28 July to 3 August 2025", [], "2025-08-03"),
        ("of 2025-06-29", [], "2025-06-29"),
        ("(February 24 - February 30) 2025", [], None),
        ("#12", ["2312.11444"], None),
    ],
)
def test_the_last_day_of_a_week_is_the_issues(title: str, arxiv: list[str], day: str | None) -> None:
    assert last_day(f"Top ML Papers of the Week {title}", arxiv) == day


@pytest.mark.parametrize("text", ["Papers of the week are late.", "# Papers of the week\n\nNone.", "# Notes\n\n1. a"])
def test_a_heading_without_papers_is_no_week(text: str) -> None:
    assert not weekly.recognises(Document(text, "-"))


@pytest.mark.parametrize("piece", ["## Papers of the week\n", "| 1) **a** | [b](http://c.d) |\n", "1) a  b\n", "● "])
def test_very_many_lines_of_one_shape_are_read_in_seconds(piece: str) -> None:
    text = "## Papers of the week\n| 1) **a** | [Paper](http://c.d/e) |\n" + piece * (250_000 // len(piece))
    begin = time.process_time()
    weekly.recognises(Document(text, "-"))
    weekly.parse(Document(text, "-"))
    assert time.process_time() - begin < 20
