"""Hugging Face's daily papers and the newsletter on them: what the real ones hold, and what others may look like."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.digests.test_formats import real, recognised_by
from tui.digests import flat_yaml, hf_daily, hf_newsletter, read
from tui.digests.document import Document, open_document
from tui.errors import NoPapersError, SourceError


def test_the_real_list_of_a_day_gives_its_papers() -> None:
    document = open_document(real("samples/hf-daily-papers.json"))
    assert recognised_by(document) == ["hf-daily-papers"]
    (issue,) = read(document)
    assert (issue.title, issue.series, issue.date) == (
        "Daily Papers, 12 June 2026",
        "Hugging Face Daily Papers",
        "2026-06-12",
    )
    assert issue.address == "https://huggingface.co/papers/date/2026-06-12"
    assert not issue.warnings
    assert len(issue.entries) == 8
    assert [len(entry.authors) for entry in issue.entries] == [3, 8, 10, 11, 3, 3, 4, 4]
    assert [entry.metrics["upvotes"] for entry in issue.entries] == [0, 5, 3, 2, 2, 2, 8, 2]
    assert [entry.metrics["comments"] for entry in issue.entries] == [2, 3, 2, 2, 2, 2, 3, 2]
    assert sum("stars" in entry.metrics for entry in issue.entries) == 6
    assert [sum(link.rel == "project" for link in entry.links) for entry in issue.entries].count(1) == 3
    assert all(len(entry.abstract or "") > 800 and entry.submitter for entry in issue.entries)
    first, last = issue.entries[0], issue.entries[-1]
    assert (first.submitter, first.date, first.year, first.line) == ("Rafal Kocielnik", "2026-05-30", 2026, 2)
    assert first.identifiers == {"arxiv": "2606.00467"}
    assert [section.heading for section in first.sections] == [
        "AI-generated summary",
        "AI-generated keywords",
        "Organization",
    ]
    assert ("https://github.com/SAP/toolsense", "code") in {(link.url, link.rel) for link in last.links}


def paper(number: str = "2401.00001", **others: Any) -> dict[str, Any]:
    return {"id": number, "title": "A Title", "upvotes": 3, "authors": [{"name": "Ada Lovelace"}], **others}


def daily(*elements: object, source: str = "daily.json", address: str | None = None) -> Document:
    return Document(json.dumps(elements), source, address)


def test_an_older_answer_is_dated_by_its_element_or_by_the_address() -> None:
    older = {"paper": paper(), "publishedAt": "2024-02-22T02:36:12.000Z", "numComments": 1, "title": "A Title"}
    assert [issue.date for issue in read(daily(older))] == ["2024-02-22"]
    asked = "https://huggingface.co/api/daily_papers?date=2024-02-23"
    assert [issue.date for issue in read(daily(older, source=asked, address=asked))] == ["2024-02-23"]


def test_a_dump_of_several_days_is_an_issue_a_day() -> None:
    lines = "\n".join(
        json.dumps({"paper": paper(f"2401.0000{n}", submittedOnDailyAt=f"2024-01-0{n}T00:00:00.000Z")}) for n in (1, 2)
    )
    assert [(issue.date, len(issue.entries)) for issue in read(Document(lines, "dump.jsonl"))] == [
        ("2024-01-01", 1),
        ("2024-01-02", 1),
    ]


def test_papers_alone_are_read_and_hidden_authors_and_bad_links_are_not() -> None:
    odd = paper(
        submittedOnDailyAt="2024-01-02",
        authors=[{"name": "Ada Lovelace"}, {"name": "No One", "hidden": True}, 7, {"name": None}],
        githubRepo="javascript:alert(1)",
        projectPage="https://example.org/p",
        upvotes=True,
        numComments=4,
        ai_keywords="none",
        organization=[],
        mediaUrls=["file:///etc/passwd", 3],
    )
    (issue,) = read(daily(odd))
    (entry,) = issue.entries
    assert entry.authors == ("Ada Lovelace",)
    assert [link.url for link in entry.links] == ["https://huggingface.co/papers/2401.00001", "https://example.org/p"]
    assert entry.metrics == {"comments": 4}
    assert not entry.sections


def test_a_paper_without_title_is_an_entry_and_what_is_no_paper_is_said() -> None:
    (issue,) = read(daily({"paper": {"id": "2401.00002", "upvotes": 1}}, 7, {"paper": {"id": "", "upvotes": 0}}))
    assert [(entry.title, entry.identifiers) for entry in issue.entries] == [(None, {"arxiv": "2401.00002"})]
    assert len(issue.warnings) == 2


def test_a_list_that_is_cut_gives_its_papers_up_to_there() -> None:
    (issue,) = read(Document(json.dumps([{"paper": paper()}])[:-1] + ', {"paper": {"id": "24', "daily.json"))
    assert len(issue.entries) == 1
    assert "broken" in issue.warnings[0].why


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = ["id", "title", "authors", "summary", "upvotes", "publishedAt", "submittedOnDailyBy", "ai_keywords", "mediaUrls"]


@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), JSONS), max_size=3), st.dictionaries(st.sampled_from(KEYS), JSONS)
)
def test_values_of_any_shape_are_read_or_refused(papers: list[Any], round_it: dict[str, Any]) -> None:
    document = daily(*({**round_it, "paper": each} for each in papers))
    hf_daily.recognises(document)
    with suppress(SourceError):
        hf_daily.parse(document)


def test_the_real_newsletter_s_file_gives_its_paper() -> None:
    document = open_document(real("samples/hf-newsletter.yaml"))
    assert recognised_by(document) == ["hf-newsletter"]
    (issue,) = read(document)
    (entry,) = issue.entries
    assert (issue.series, issue.date, issue.title) == ("HF Daily Paper Newsletter", "2025-12-17", entry.title)
    assert (entry.title or "").startswith("GRAN-TED: Generating Robust, Aligned, and Nuanced")
    assert (entry.authors, entry.identifiers) == (("Bozhou Li",), {"arxiv": "2512.15560"})
    assert entry.categories == ("Diffusion Models", "Text-to-Image Generation")
    assert [section.heading for section in entry.sections] == ["Summary"]
    assert [(link.rel, link.url.split("/")[2]) for link in entry.links] == [
        ("paper", "huggingface.co"),
        ("other", "cdn-thumbnails.huggingface.co"),
        ("other", "raw.githubusercontent.com"),
    ]
    assert not issue.warnings


BY_HAND = """\
# kept by hand
- date: 2025-12-16
  title: "Quoted \\"title\\": with a colon \\u00e9"
  link: https://huggingface.co/papers/2512.00001   # the page
  summary: >
    Folded text
    over lines.

    A second paragraph.
  opinion: |-
    One
    two
  tags: [a, "b, c", 'd''e']
- date: 16 décembre 2025
  title: 'It''s
    a long title'
  link: https://huggingface.co/papers/2512.00002
  summary: plain text that is
    continued here: with a colon
  tags:
  - x
  - y
  code: javascript:alert(1)
  odd: &a [*a, *a]
  nested:
    deep: er
  title: twice
a line that is broken
"""


def test_several_papers_kept_by_hand_are_an_issue_a_day_and_nothing_is_lost() -> None:
    document = Document(BY_HAND, "papers.yaml")
    assert recognised_by(document) == ["hf-newsletter"]
    (issue,) = read(document)
    first, second = issue.entries
    assert (issue.title, issue.date) == ("HF Daily Paper Newsletter, 16 December 2025", "2025-12-16")
    assert (first.title, first.line) == ('Quoted "title": with a colon é', 2)
    assert first.categories == ("a", "b, c", "d'e")
    assert [section.text for section in first.sections] == ["Folded text over lines.\nA second paragraph.", "One\ntwo"]
    assert (second.title, second.categories, second.line) == ("It's a long title", ("x", "y"), 14)
    assert [link.url for link in second.links] == ["https://huggingface.co/papers/2512.00002"]
    assert {section.heading: section.text for section in second.sections} == {
        "Summary": "plain text that is continued here: with a colon",
        "Code": "javascript:alert(1)",
        "Odd": "&a [*a, *a]",
    }
    assert [(remark.line, remark.text) for remark in issue.warnings] == [
        (26, "deep: er"),
        (27, "title: twice"),
        (28, "a line that is broken"),
    ]


def test_other_yaml_is_no_newsletter() -> None:
    for text in (
        "name: ci\non: push\njobs:\n  build:\n    runs-on: x # https://huggingface.co/papers/2512.00001",
        "---\ntitle: My notes\nlink: https://huggingface.co/papers/2512.00001\n---\n# Notes\n\nSome words.",
        "title: A\nlink: https://example.org\nsummary: b",
    ):
        assert "hf-newsletter" not in recognised_by(Document(text, "a.yaml"))


def test_aliases_are_texts_and_not_followed() -> None:
    bomb = "\n".join(["a0: &a0 lol", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))])
    begin = time.process_time()
    assert sum(len(text) for facts in flat_yaml.read(bomb) for each in facts.values.values() for text in each) < 2000
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    "hostile",
    [
        'a: "' * 20_000,
        "title: '" + "''" * 100_000,
        "title: [" + "'a'," * 20_000,
        "a:\n - b\n" * 20_000,
        "---\na: b\n" * 10_000,
        "- a: b\n" * 10_000,
        "- - - - a: b\n" * 20_000,
        "k: " + " " * 200_000 + "x",
        't: "' + "\\x" * 100_000,
        "a:\n" + "  b: c\n" * 10_000,
    ],
    ids=lambda each: repr(each[:12]),
)
def test_hostile_yaml_takes_no_time(hostile: str) -> None:
    begin = time.process_time()
    hf_newsletter.parse(Document(hostile, "a.yaml"))
    assert time.process_time() - begin < 3


@given(st.text(alphabet=" -:#'\"[],|>&*!\\\nab1{}", max_size=200))
def test_any_text_is_read_as_facts(text: str) -> None:
    facts = flat_yaml.read(text)
    assert all(each.line <= text.count("\n") + 2 for each in facts)


def test_a_newsletter_without_papers_is_refused() -> None:
    with pytest.raises(NoPapersError):
        read(Document("opinion: placeholder", "a.yaml"), "hf-newsletter")


def test_a_folder_s_yaml_is_gathered(tmp_path: Path) -> None:
    from tui.digests.document import gather

    (tmp_path / "a.yaml").write_text("title: x")
    assert [path.name for path in gather(tmp_path)] == ["a.yaml"]
