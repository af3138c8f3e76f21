"""Tables of papers by topic: the real ones, and other repositories' layouts of the same."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tui.digests import FORMATS, links, paper_tables, read
from tui.digests.document import Document, open_document
from tui.digests.venues import is_place, place_in
from tui.model import Entry, Issue

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
ARXIV = "https://arxiv.org/abs/"


def real(name: str) -> Document:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside this checkout")
    return open_document(path)


def taken(document: Document | str, name: str = "README.md") -> Issue:
    """Return the one issue in *document*, which no other kind recognises, the generic one aside."""
    document = Document(document, name) if isinstance(document, str) else document
    assert [each for each in FORMATS if each is not links and each.recognises(document)] == [paper_tables]
    (issue,) = read(document)
    return issue


def only(rows: str) -> Entry:
    (entry,) = taken(rows).entries
    return entry


def test_the_real_tables_by_topic() -> None:
    issue = taken(real("topic-tables.md"))
    assert (issue.title, issue.date, len(issue.entries)) == ("Updated on 2026.06.29", "2026-06-29", 101)
    first = issue.entries[0]
    assert (first.title or "").startswith("LEXI-SG: Monocular 3D Scene Graph Mapping")
    assert (first.authors, first.more_authors, first.date) == (("Christina Kassab",), 1, "2026-05-13")
    assert (first.identifiers, first.line) == ({"arxiv": "2605.13741"}, 20)
    assert {entry.categories for entry in issue.entries} == {("SLAM",)}
    assert all(entry.title and entry.date and "arxiv" in entry.identifiers for entry in issue.entries)
    assert all(entry.authors for entry in issue.entries)
    assert issue.entries[-1].title == "MipSLAM: Alias-Free Gaussian Splatting SLAM"
    assert not any(entry.sections for entry in issue.entries)
    assert issue.warnings == ()


def test_the_real_table_of_days_with_folded_abstracts() -> None:
    issue = taken(real("daily-table.md"))
    assert (issue.title, issue.series, issue.date) == ("Daily Papers", "Daily Papers", "2026-08-21")
    assert (issue.introduction or "").startswith("The project automatically fetches")
    assert "Last update" not in (issue.introduction or "")
    assert len(issue.entries) == 46
    first = issue.entries[0]
    assert first.title == "Lévy Attention: Single-Pass Predictive Uncertainty for Continuous-Time Attention"
    assert (first.date, first.identifiers, first.categories) == (
        "2026-08-19",
        {"arxiv": "2608.19171"},
        ("Time Series",),
    )
    assert (first.abstract or "").startswith("Deep models for irregularly-sampled time series")
    assert (first.abstract or "").endswith("in 1.4 seconds.")
    assert [(part.heading, part.text) for part in first.sections] == [
        ("Comment", "23 pages, 2 figures. Under review at TMLR")
    ]
    assert all(entry.abstract and not entry.abstract.startswith("Show") for entry in issue.entries)
    assert all(entry.identifiers.get("arxiv") and entry.title for entry in issue.entries)
    assert sum(bool(entry.sections) for entry in issue.entries) < 46
    assert issue.warnings == ()


def test_columns_of_other_names_are_sections_and_counts_are_metrics() -> None:
    entry = only(
        "| Year | Venue | Paper | Task | Code | Citations |\n|:--|:-:|:--|:--|:--|--:|\n"
        f"|2021|ICLR 2021 (Oral)|[Deep Sets of Sheep]({ARXIV}1703.06114)|Counting sheep|"
        "[Torch](https://github.com/a/b)|1,204|\n"
    )
    assert (entry.year, entry.venue, entry.metrics) == (2021, "ICLR Oral", {"citations": 1204})
    assert [(part.heading, part.text) for part in entry.sections] == [("Task", "Counting sheep")]
    assert [link.rel for link in entry.links] == ["paper", "code"]


def test_a_cell_may_hold_a_badge_the_title_and_its_authors() -> None:
    entry = only(
        "| Title & Authors | Introduction | Links |\n|:--|:-:|:-:|\n"
        "|[![Star](https://img.shields.io/github/stars/a/b.svg)](https://github.com/a/b)<br>**Deep \\| Sets** <br>"
        f' Ada Byron, Max Planck |<img width="1002" src="https://x.example/z.png"> |[Paper]({ARXIV}1703.06114)|\n'
    )
    assert (entry.title, entry.authors) == ("Deep | Sets", ("Ada Byron", "Max Planck"))
    assert [link.url for link in entry.links] == ["https://github.com/a/b", f"{ARXIV}1703.06114"]
    assert entry.sections == ()


def test_headings_above_a_table_are_categories_and_those_of_the_file_are_none() -> None:
    issue = taken(
        "# Awesome Robots\n\n[![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n\n## Table of Contents\n"
        "- [Vision](#vision)\n\n## Papers\n### 🔥 Vision\n#### Depth\n"
        f"|Title|Link|\n|-|-|\n|One Robot Sees|[pdf]({ARXIV}2301.00001)|\n|Unlinked Robot|-|\n\n"
        f"### Grasping\n|Title|Link|\n|-|-|\n|One Robot Grasps|[pdf]({ARXIV}2301.00003)|\n"
    )
    assert [(entry.title, entry.categories) for entry in issue.entries] == [
        ("One Robot Sees", ("Vision", "Depth")),
        ("Unlinked Robot", ("Vision", "Depth")),
        ("One Robot Grasps", ("Grasping",)),
    ]
    assert issue.warnings == ()


def test_what_stands_outside_of_the_tables_is_kept_or_said() -> None:
    rows = "".join(f"|A Paper of Number {n}|{ARXIV}2301.0000{n}|\n" for n in range(1, 4))
    issue = taken(
        f"# Tables\n\nSurvey: [A Survey of Robots]({ARXIV}2301.99999).\n\nNews\n\n|Title|Link|\n|-|-|\n{rows}"
        "|-|lost|\n\n"
        "A word between.\n\n|Model|Where|\n|-|-|\n|GPT|here|\n"
    )
    assert [entry.title for entry in issue.entries] == [
        "A Survey of Robots",
        "A Paper of Number 1",
        "A Paper of Number 2",
        "A Paper of Number 3",
    ]
    assert [(remark.line, remark.text) for remark in issue.warnings] == [
        (5, "News"),
        (12, "-|lost"),
        (18, "GPT|here"),
        (14, "A word between."),
    ]


@pytest.mark.parametrize("head", ["Date | Paper | Authors", "日期 | 标题 | 作者", "Datum | Titel | Autoren"])
def test_a_table_in_other_words_and_without_bars_at_its_ends(head: str) -> None:
    issue = taken(
        f"## arXiv, 21 August 2026\n\n{head}\n--- | --- | ---\n2026-08-20 | [One Paper of Mine]({ARXIV}2608.00001) "
        f"| Ada Byron, Max Planck and 3 others\n2026-08-19 | **[Mine]({ARXIV}2608.00002)** | Max Planck\n"
    )
    assert (issue.date, issue.series) == ("2026-08-21", "arXiv")
    first, second = issue.entries
    assert (first.title, first.authors, first.more_authors) == ("One Paper of Mine", ("Ada Byron", "Max Planck"), 3)
    assert (second.title, second.date) == ("Mine", "2026-08-19")


def test_a_table_of_a_page_is_one_too() -> None:
    issue = taken(
        "<html><head><title>Our papers</title></head><body><h1>Our papers</h1><table><tr><th>Title</th><th>Authors</th>"
        f"<th>PDF</th></tr><tr><td>One Paper of Mine</td><td>Ada Byron</td><td><a href='{ARXIV}2608.00001'>pdf</a></td>"
        f"</tr><tr><td><b>Another</b></td><td></td><td><a href='{ARXIV}2608.00002'>pdf</a></td></tr></table></body>",
        "https://lab.example/papers",
    )
    assert [(entry.title, entry.authors) for entry in issue.entries] == [
        ("One Paper of Mine", ("Ada Byron",)),
        ("Another", ()),
    ]


def test_an_identifier_in_an_abstract_is_not_the_papers_own() -> None:
    entry = only(
        "|Title|Abstract|PDF|\n|-|-|-|\n"
        "|Second Look|<details><summary>Abstract</summary>We take up arXiv:1412.6980 again.</details>"
        f"|[x]({ARXIV}2301.00002)|\n"
    )
    assert entry.identifiers == {"arxiv": "2301.00002"}
    assert entry.abstract == "We take up arXiv:1412.6980 again."


@pytest.mark.parametrize(
    ("words", "venue", "year"),
    [
        ("NeurIPS 2020", "NeurIPS", 2020),
        ("ICLR'21 (Oral)", "ICLR Oral", 2021),
        ("2023 CVPR", "CVPR", 2023),
        ("arXiv, 2023/05", "arXiv", 2023),
        ("2019", None, 2019),
        ("Journal of Sheep 2020", "Journal of Sheep", 2020),
        ("", None, None),
    ],
)
def test_venue_and_year_are_told_apart(words: str, venue: str | None, year: int | None) -> None:
    assert place_in(words) == (venue, year)


def test_a_place_is_no_title() -> None:
    assert all(
        map(is_place, ["NeurIPS 2020", "ICLR 2021 Oral", "(CVPR'22)", "2020", "arXiv 2023.05", "Findings of ACL 2021"])
    )
    assert not any(map(is_place, ["A Science of Sheep", "The ACL of my Dog", "Deep Sets", "MEM1", ""]))


@pytest.mark.parametrize("piece", ["|a|b|\n", "|Title|Link|\n|-|-|\n", "|a... a|http://c.d|\n", "|", "| a  b<br>c |\n"])
def test_very_many_rows_of_one_shape_are_read_in_seconds(piece: str) -> None:
    head = f"|Title|Link|\n|-|-|\n|A paper|{ARXIV}2301.00001|\n|A paper|{ARXIV}2301.00002|\n"
    document = Document(head + piece * (250_000 // len(piece)), "-")
    begin = time.process_time()
    paper_tables.recognises(document)
    paper_tables.parse(document)
    assert time.process_time() - begin < 20


def test_an_address_by_itself_beside_the_tables_is_a_paper_of_its_own() -> None:
    head = "| Date | Title | Link |\n|---|---|---|\n"
    row = "| 2026-08-20 | A study of {0} | [pdf](https://arxiv.org/abs/2408.0000{1}) |\n"
    issue = taken(
        "# Daily papers\n\nLast update: 2026-08-21\n\n- https://doi.org/10.5555/first\n\n## Sheep\n\n"
        f"{head}{row.format('sheep', 1)}{row.format('wool', 2)}\n- https://doi.org/10.5555/second\n\n"
        f"## Goats\n\n{head}{row.format('goats', 3)}{row.format('horns', 4)}{row.format('milk', 5)}\n"
        "- https://doi.org/10.5555/third\n- https://doi.org/10.5555/first\n"
    )
    # Neither the paper above has it, nor is a line far above its title, nor the day of the tables.
    assert [(entry.title, *entry.identifiers.values()) for entry in issue.entries] == [
        (None, "10.5555/first"),
        ("A study of sheep", "2408.00001"),
        ("A study of wool", "2408.00002"),
        (None, "10.5555/second"),
        ("A study of goats", "2408.00003"),
        ("A study of horns", "2408.00004"),
        ("A study of milk", "2408.00005"),
        (None, "10.5555/third"),
    ]
    assert issue.date == "2026-08-21"
