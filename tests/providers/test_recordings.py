"""What was recorded: that it is of the samples' papers, that it agrees with itself, and that it is our own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from tests.services import ANSWERS, recorded_samples
from tui.digests import read
from tui.digests.document import open_document
from tui.errors import NetworkError
from tui.model import Answer, Entry
from tui.providers import providers
from tui.providers.asking import About, Accept, Question
from tui.providers.web.recorded import StandIn
from tui.providers.web.recorded.recordings import tag, words

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
STAND_IN = StandIn(ANSWERS, states=False)


class Asked:
    """The service as a provider sees it, in front of the stand-in; it counts requests."""

    key = None
    contact = "reader@example.org"

    def __init__(self) -> None:
        self.requests = 0

    def get(
        self, url: str, *, accept: Accept = "json", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> bytes | None:
        self.requests += 1
        reply = STAND_IN.answer("POST" if body else "GET", url, body or b"")
        if reply.status in (404, 410):
            return None
        if reply.status != 200:
            raise NetworkError(f"{url} answers {reply.status}.", status=reply.status)
        return reply.content


def look_up(name: str, about: About, *values: str, authors: tuple[str, ...] = ()) -> dict[str, tuple[Answer, ...]]:
    provider, service = providers()[name], Asked()
    questions = [Question(name, about, value, authors) for value in values]
    size, answers = provider.ASKS[about], {}
    for start in range(0, len(questions), size):
        answers.update(provider.look_up(questions[start : start + size], service))
    return {question.value: tuple(given) for question, given in answers.items() if given}


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    return tuple(entry for path in recorded_samples() for issue in read(open_document(path)) for entry in issue.entries)


def named(scheme: str) -> list[str]:
    return sorted({entry.identifiers[scheme] for entry in entries() if scheme in entry.identifiers})


@pytest.mark.parametrize(
    ("scheme", "asked"),
    [("arxiv", "arxiv"), ("arxiv", "datacite"), ("doi", "crossref"), ("acl", "acl"), ("openreview", "openreview")],
)
def test_every_paper_that_the_samples_name_by_an_identifier_was_recorded(scheme: About, asked: str) -> None:
    wanted = named(scheme)
    answers = look_up(asked, scheme, *wanted)
    assert len(wanted) >= 5
    assert sorted(answers) == wanted
    for value, given in answers.items():
        (answer,) = given
        assert answer.record.title, value
        assert answer.identifiers.get(scheme) == value or answer.record.doi == value


def test_most_of_the_papers_that_have_only_a_title_are_found_by_a_search() -> None:
    titles = {entry.title: entry.authors for entry in entries() if entry.title and not entry.identifiers}
    met = set()
    for name in ("arxiv", "dblp", "crossref"):
        for title, authors in titles.items():
            for given in look_up(name, "title", title, authors=authors).values():
                if any(words(answer.record.title or "") == words(title) for answer in given):
                    met.add(title)
    assert len(met) > 0.8 * len(titles), sorted(set(titles) - met)


def test_entries_that_have_only_an_abstract_are_found_by_its_words() -> None:
    abstracts = {entry.abstract: entry.authors for entry in entries() if entry.abstract and not entry.title}
    answers = {text: look_up("arxiv", "abstract", text, authors=authors) for text, authors in abstracts.items()}
    assert len(abstracts) == 7
    assert all(answers.values()), [text[:40] for text, given in answers.items() if not given]


@pytest.mark.parametrize(
    ("preprint", "name", "about", "value", "venue", "year"),
    [
        ("2010.11929", "openreview", "openreview", "YicbFdNTTy", "Learning Representations|ICLR", 2021),
        ("1810.04805", "acl", "acl", "N19-1423", "North American Chapter", 2019),
        ("1706.03762", "dblp", "title", "Attention Is All You Need", "Neural Information|NIPS", 2017),
        ("1512.03385", "crossref", "doi", "10.1109/cvpr.2016.90", "Computer Vision", 2016),
        ("2112.10752", "openalex", "doi", "10.1109/cvpr52688.2022.01042", "Computer Vision", 2022),
    ],
)
def test_preprint_and_published_version_are_both_there(
    preprint: str, name: str, about: About, value: str, venue: str, year: int
) -> None:
    (first,) = look_up("arxiv", "arxiv", preprint)[preprint]
    assert (first.kind, first.record.arxiv) == ("preprint", preprint)
    published = [answer for answer in look_up(name, about, value)[value] if answer.kind == "published"]
    assert re.search(venue, published[0].record.venue or "")
    assert published[0].record.year == year
    assert words(published[0].record.title or "") == words(first.record.title or "")
    assert len(published[0].record.authors) == len(first.record.authors)


def test_a_paper_that_was_published_under_another_title_is_met_only_as_something_near() -> None:
    title = "From Images to Textual Prompts: Zero-shot VQA with Frozen Large Language Models"
    near = look_up("crossref", "title", title, authors=("Jiaxian Guo",))[title][0].record
    assert near.doi == "10.1109/cvpr52729.2023.01046"
    assert words(near.title or "") != words(title)


def test_arxivs_three_ways_say_the_same_of_a_paper() -> None:
    recordings = STAND_IN.recordings
    by_doi = {each["id"]: each["attributes"] for each in recordings.datacite.records}
    assert recordings.arxiv.keys() == recordings.arxiv_records.keys()
    for name, entry in recordings.arxiv.items():
        record, attributes = recordings.arxiv_records[name], by_doi[f"10.48550/arxiv.{name.lower()}"]
        assert tag("title", entry) == tag("title", record)
        assert tag("summary", entry) == tag("abstract", record)
        assert entry.count("<author>") == record.count("<author>") == len(attributes["creators"])
        assert attributes["titles"][0]["title"].replace("&", "&amp;") == tag("title", entry)


@pytest.mark.parametrize("name", ["semantic_scholar", "openalex", "huggingface", "github", "unpaywall"])
def test_what_the_other_services_recorded_is_read_by_their_providers(name: str) -> None:
    recordings = STAND_IN.recordings
    asked: dict[str, tuple[About, list[str]]] = {
        "semantic_scholar": ("arxiv", [each["externalIds"]["ArXiv"] for each in recordings.semantic_scholar.records]),
        "openalex": ("doi", [each["doi"].removeprefix("https://doi.org/") for each in recordings.openalex.records]),
        "huggingface": ("arxiv", [name for name, each in recordings.huggingface["papers"].items()]),
        "github": ("repository", [each["full_name"] for each in recordings.github.values()]),
        "unpaywall": ("doi", list(recordings.unpaywall)),
    }
    about, values = asked[name]
    answers = look_up(name, about, *values)
    assert sorted(answers) == sorted(values)
    assert all(len(given) == 1 and given[0].provider == name for given in answers.values())


def shingles(text: str) -> set[tuple[str, ...]]:
    parts = re.findall(r"[^\W_]+", text.lower())
    return set(zip(*(parts[start:] for start in range(8)), strict=False))


@pytest.mark.skipif(not (SHARED / "answers").is_dir(), reason="the services' real answers are not beside the checkout")
def test_no_abstract_holds_eight_words_in_a_row_of_a_real_answer() -> None:
    ours = [tag("summary", entry) for entry in STAND_IN.recordings.arxiv.values()]
    ours += [each["content"]["abstract"] for each in STAND_IN.recordings.openreview.records]
    ours += [each.get("abstract", "") for each in STAND_IN.recordings.crossref.records]
    mine = set().union(*(shingles(json.dumps(text)) for text in ours))
    assert len(mine) > 1000
    for path in (SHARED / "answers").rglob("*"):
        if path.is_file():
            assert not mine & shingles(path.read_text("utf-8", "replace")), path.name
