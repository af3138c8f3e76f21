"""The sample digests say what ``samples_truth.json`` holds against them.

The truth was written down together with the samples: what each digest states, whatever a parser makes of it.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tui.digests import read
from tui.digests.document import gather, open_document
from tui.matching import same_work
from tui.model import Entry, Issue

SAMPLES = Path(__file__).resolve().parents[1] / "sample_data"
TRUTH: list[dict[str, Any]] = json.loads(Path(__file__).with_name("samples_truth.json").read_text("utf-8"))["samples"]
PAPERS = [(sample["file"], paper["position"]) for sample in TRUTH for paper in sample["papers"]]


@lru_cache(maxsize=32)
def issue(name: str) -> Issue:
    issues = read(open_document(SAMPLES / name))
    assert len(issues) == 1, f"{name} holds {len(issues)} issues"
    return issues[0]


def truth(name: str) -> dict[str, Any]:
    return next(sample for sample in TRUTH if sample["file"] == name)


def squeeze(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def names() -> list[str]:
    return [sample["file"] for sample in TRUTH]


def test_every_sample_has_its_truth_and_every_truth_its_sample() -> None:
    assert [path.name for path in gather(SAMPLES)] == names(), "the demo opens whatever lies in this folder"


def test_the_samples_are_a_library_worth_opening() -> None:
    kinds = {sample["kind"] for sample in TRUTH}
    assert {"newsletter", "session", "shamra", "summaries", "ranking", "links"} <= kinds
    assert len(TRUTH) >= 8
    assert len(PAPERS) >= 80
    assert sum((SAMPLES / name).stat().st_size for name in names()) < 250_000


@pytest.mark.parametrize("name", names())
def test_a_sample_is_recognised_as_its_own_kind(name: str) -> None:
    assert issue(name).format == truth(name)["kind"]


@pytest.mark.parametrize("name", names())
def test_an_issue_carries_what_its_digest_says_of_itself(name: str) -> None:
    got = issue(name)
    assert got.title
    for field, wanted in truth(name)["issue"].items():
        if field == "introduction":
            assert squeeze(got.introduction).startswith(squeeze(wanted["starts"]))
            assert squeeze(got.introduction).endswith(squeeze(wanted["ends"]))
        else:
            assert getattr(got, field) == wanted, field


@pytest.mark.parametrize("name", names())
def test_an_issue_holds_its_papers_and_no_others(name: str) -> None:
    wanted = [paper.get("title") for paper in truth(name)["papers"]]
    found = [entry.title for entry in issue(name).entries]
    assert len(found) == len(wanted), f"want {wanted}, got {found}"


@pytest.mark.parametrize("name", names())
def test_nothing_of_a_sample_is_left_over(name: str) -> None:
    assert [(remark.line, remark.text, remark.why) for remark in issue(name).warnings] == []


@pytest.mark.parametrize(("name", "position"), PAPERS)
def test_an_entry_says_what_its_digest_prints(name: str, position: int) -> None:
    wanted = truth(name)["papers"][position - 1]
    entries = issue(name).entries
    assert position <= len(entries)
    assert differences(wanted, entries[position - 1]) == []


def differences(wanted: dict[str, Any], entry: Entry) -> list[str]:
    """Return one line for each thing that *entry* has other than *wanted* says."""
    pairs = [*plain_facts(wanted, entry), *words(wanted, entry), *addresses(wanted, entry), *posts(wanted, entry)]
    return [f"{name}: want {want!r}, got {got!r}" for name, want, got in pairs if want != got]


def plain_facts(wanted: dict[str, Any], entry: Entry) -> list[tuple[str, Any, Any]]:
    fields = ("title", "submitter", "date", "year", "more_authors")
    facts = [(name, wanted[name], getattr(entry, name)) for name in fields if name in wanted]
    facts += [(name, tuple(wanted[name]), getattr(entry, name)) for name in ("authors", "categories") if name in wanted]
    schemes = ("arxiv", "doi", "acl", "openreview")
    facts += [(name, wanted[name], entry.identifiers.get(name)) for name in schemes if name in wanted]
    metrics = ("retweets", "favorites", "words")
    return facts + [(name, wanted[name], entry.metrics.get(name)) for name in metrics if name in wanted]


def words(wanted: dict[str, Any], entry: Entry) -> list[tuple[str, Any, Any]]:
    facts: list[tuple[str, Any, Any]] = []
    if starts := wanted.get("abstract_starts"):
        abstract = squeeze(entry.abstract)
        facts.append(("abstract begins", squeeze(starts), abstract[: len(squeeze(starts))]))
        facts.append(("abstract ends", True, abstract.endswith(squeeze(wanted["abstract_ends"]))))
    headings = [section.heading for section in entry.sections]
    if wanted.get("sections"):
        facts.append(("sections", wanted["sections"], headings))
    for heading, ends in wanted.get("section_text", {}).items():
        text = squeeze(next((section.text for section in entry.sections if section.heading == heading), ""))
        facts.append((f"{heading} begins", squeeze(ends["starts"]), text[: len(squeeze(ends["starts"]))]))
        facts.append((f"{heading} ends", True, text.endswith(squeeze(ends["ends"]))))
    if opening := wanted.get("mentions"):
        text = squeeze(" ".join([entry.abstract or "", *(section.text for section in entry.sections)]))
        facts.append(("mention", True, opening in text))
    return facts


def addresses(wanted: dict[str, Any], entry: Entry) -> list[tuple[str, Any, Any]]:
    urls = [link.url for link in entry.links]
    code = [link.url for link in entry.links if link.rel == "code"]
    facts: list[tuple[str, Any, Any]] = [(url, True, url in urls) for url in wanted.get("urls", [])]
    if "code_urls" in wanted:
        facts.append(("code", wanted["code_urls"], code))
    facts.append(("links once", len(set(urls)), len(urls)))
    return facts


def posts(wanted: dict[str, Any], entry: Entry) -> list[tuple[str, Any, Any]]:
    if "tweets" not in wanted:
        return []
    by = [[post.author, f"@{post.handle}"] for post in entry.posts]
    return [
        ("posts", wanted["tweets"], len(entry.posts)),
        ("post by", [each[:2] for each in wanted.get("tweet_authors", [])], by),
        ("post says", wanted.get("tweet_texts", []), [post.text for post in entry.posts]),
    ]


ONE_WORK = [
    # By title alone in the first, by identifier in the second.
    (("05-track-1-session-3.txt", 1), ("01-margin-notes-14.html", 2)),
    (("05-track-1-session-3.txt", 1), ("13-awesome-foundations.md", 3)),
    (("05-track-1-session-3.txt", 4), ("13-awesome-foundations.md", 12)),
    (("08-hot-papers-2023-07-24.txt", 2), ("02-margin-notes-13.txt", 6)),
    (("07-hot-papers-2023-03-17.txt", 1), ("13-awesome-foundations.md", 14)),
    (("10-short-versions-page-2.txt", 1), ("09-short-versions-page-1.html", 7)),
    # By the same DOI in a mail and on a shelf.
    (("15-reading-group-mail.txt", 5), ("16-coffee-shelf.bib", 7)),
]


@pytest.mark.parametrize(("one", "other"), ONE_WORK)
def test_a_paper_in_two_samples_is_one_work(one: tuple[str, int], other: tuple[str, int]) -> None:
    first, second = (issue(name).entries[position - 1] for name, position in (one, other))
    assert same_work(first, second)
    assert same_work(second, first)


@pytest.mark.parametrize("name", names())
def test_no_two_entries_of_one_sample_are_one_work(name: str) -> None:
    entries = issue(name).entries
    doubles = [(a.title, b.title) for i, a in enumerate(entries) for b in entries[i + 1 :] if same_work(a, b)]
    assert doubles == []


AWKWARD = {
    "brackets at the head of a title": r"^\[Re\] ",
    "math in a title": r"\$\\beta\$-VAE",
    "a sum of money in a title": r"\$100K",
    "an ampersand in a title": r"ARBERT & MARBERT",
    "a per cent sign and an asterisk in a title": r"90%\*",
    "an underscore in a title": r"UMBC_EBIQUITY",
    "a small letter behind the colon": r"Bleu: a Method",
    "a small letter at the head of a title": r"^mixup",
    "a title of nearly two hundred letters": r"^.{185,}$",
    "an organisation as the author": r"^OpenAI$",
    "an author in capitals": r"^Alexis CONNEAU$",
    "an author in small letters": r"^yajie cui$",
    "a particle": r"^Joery A\. de Vries$",
    "a generation behind the name": r"Hejna III$",
    "Polish letters": r"^Łukasz Kaiser$",
    "Turkish letters": r"^Çağlar Gülçehre$",
    "Vietnamese letters": r"^Ngô Bảo Châu$",
    "TeX accents in an abstract": r"Poincar\{\\'e\}",
    "a TeX per cent sign in an abstract": r"\$2\\%\$",
    "a post in Japanese": r"ラベルの体系",
    "an emoji": r"🎮",
    "an identifier of the old form": r"^hep-th/9711200$",
}


@lru_cache(maxsize=1)
def printed() -> tuple[str, ...]:
    """Every title, author, abstract, post and identifier of the samples, as the truth or the source has them."""
    found: list[str] = []
    for name in names():
        for entry in issue(name).entries:
            found += [entry.title or "", *entry.authors, entry.abstract or "", *entry.identifiers.values()]
            found += [post.text for post in entry.posts]
    return tuple(found)


@pytest.mark.parametrize("sort", AWKWARD)
def test_the_samples_hold_an_awkward_one_of_every_sort(sort: str) -> None:
    assert any(re.search(AWKWARD[sort], text) for text in printed()), sort


def test_the_samples_hold_entries_without_title_or_authors_and_one_with_very_many() -> None:
    entries = [entry for name in names() for entry in issue(name).entries]
    assert any(not entry.title and entry.abstract for entry in entries)
    assert any(entry.title and not entry.authors for entry in entries)
    assert any(len(entry.authors) > 30 for entry in entries)
    assert any(entry.more_authors == 1 for entry in entries)
