"""Hugging Face: code, models and data of a paper, and never a record."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.providers.fake import FakeService
from tui.errors import AnswerError, NetworkError, StoppedError
from tui.model import Link, Record
from tui.providers import huggingface
from tui.providers.asking import Provider, Question

PAPER: dict[str, Any] = {
    "id": "2010.11929",
    "authors": [{"_id": "1", "name": "Alexey Dosovitskiy", "hidden": False}],
    "publishedAt": "2020-10-22T17:55:59.000Z",
    "title": "An Image is Worth 16x16 Words",
    "summary": "A short text of our own.",
    "upvotes": 12,
    "githubRepo": "https://github.com/google-research/vision_transformer",
    "githubStars": 10400,
    "projectPage": "https://example.org/vit",
    "ai_summary": "What a machine made of it.",
}
REPOS: dict[str, Any] = {
    "models": [{"id": "google/vit-base-patch16-224", "likes": 700}, {"id": "gpt2"}, {"id": "../x"}, {"id": 7}, None],
    "datasets": [{"id": "ILSVRC/imagenet-1k"}],
    "spaces": [{"id": "a/b"}, {"id": "c/d"}],
}


def as_bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def asked(value: str = "2010.11929") -> Question:
    return Question("huggingface", "arxiv", value)


def test_the_module_is_a_provider() -> None:
    module: Provider = huggingface
    assert (module.NAME, module.KEY, dict(module.ASKS)) == ("huggingface", None, {"arxiv": 1})


def test_a_paper_has_code_models_and_data_and_no_record() -> None:
    service = FakeService({"/api/papers/": as_bytes(PAPER), "/repos": as_bytes(REPOS)})
    (answer,) = huggingface.look_up([asked()], service)[asked()]
    assert (answer.provider, answer.id, answer.kind, answer.record) == ("huggingface", "2010.11929", None, Record())
    assert (answer.abstract, answer.identifiers) == (None, {"arxiv": "2010.11929"})
    assert answer.links == (
        Link("https://github.com/google-research/vision_transformer", "code"),
        Link("https://example.org/vit", "project"),
        Link("https://huggingface.co/datasets/ILSVRC/imagenet-1k", "data"),
        Link("https://huggingface.co/google/vit-base-patch16-224", "other"),
        Link("https://huggingface.co/gpt2", "other"),
    )
    assert answer.facts == {"upvotes": 12, "stars": 10400, "models": 5, "datasets": 1, "spaces": 2}
    assert [request.url for request in service.requests] == [
        "https://huggingface.co/api/papers/2010.11929",
        "https://huggingface.co/api/arxiv/2010.11929/repos",
    ]


def test_a_paper_without_a_page_costs_one_request_and_is_nothing() -> None:
    service = FakeService({"/api/papers/": None})
    assert huggingface.look_up([asked()], service) == {}
    assert len(service.requests) == 1
    assert huggingface.look_up([asked("no id")], FakeService({})) == {}


@pytest.mark.parametrize("reaction", [None, b"<html>", b"[]", NetworkError("It asks to wait.", status=429)])
def test_what_the_page_says_is_kept_where_the_list_of_repositories_fails(reaction: bytes | Exception | None) -> None:
    service = FakeService({"/api/papers/": as_bytes(PAPER), "/repos": reaction})
    (answer,) = huggingface.look_up([asked()], service)[asked()]
    assert answer.facts == {"upvotes": 12, "stars": 10400}


def test_what_the_reader_cancels_is_cancelled() -> None:
    service = FakeService({"/api/papers/": as_bytes(PAPER), "/repos": StoppedError("Cancelled.")})
    with pytest.raises(StoppedError):
        huggingface.look_up([asked()], service)


def test_a_few_of_thousands_are_linked_and_the_pages_own_totals_hold() -> None:
    many = {kind: [{"id": f"owner/{kind}-{number}"} for number in range(1000)] for kind in ("models", "datasets")}
    service = FakeService({"/api/papers/": as_bytes({**PAPER, "numTotalModels": 4321}), "/repos": as_bytes(many)})
    (answer,) = huggingface.look_up([asked()], service)[asked()]
    assert len(answer.links) == 12
    assert (answer.facts["models"], answer.facts["datasets"]) == (4321, 1000)


def test_a_days_list_holds_its_papers_in_order() -> None:
    answers = huggingface.parse(as_bytes([{"paper": PAPER}, {"paper": {"id": "2606.00001"}}, {"paper": None}, 7]))
    assert [answer.id for answer in answers] == ["2010.11929", "2606.00001"]
    assert huggingface.parse(b"[]") == ()


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("https://huggingface.co/datasets/a/b", Link("https://huggingface.co/datasets/a/b", "data")),
        ("https://github.com/a/c", Link("https://github.com/a/c", "code")),
        ("https://huggingface.co/collections/a/b", Link("https://huggingface.co/collections/a/b", "project")),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://example.org/" + "x" * 3000, None),
        (["https://example.org/"], None),
        (None, None),
    ],
)
def test_a_project_page_is_what_its_address_says(page: object, link: Link | None) -> None:
    (answer,) = huggingface.parse(as_bytes({**PAPER, "projectPage": page, "githubRepo": None}))
    assert answer.links == ((link,) if link else ())


@pytest.mark.parametrize(
    ("count", "kept"), [("12", 12), (0, None), (-3, None), (True, None), (1e400, None), ({}, None)]
)
def test_counts_are_whole_numbers(count: object, kept: int | None) -> None:
    content = as_bytes({**PAPER, "upvotes": count}).replace(b"Infinity", b"1e400")
    assert huggingface.parse(content)[0].facts.get("upvotes") == kept


def test_another_paper_than_was_asked_for_is_refused() -> None:
    with pytest.raises(AnswerError, match="another paper"):
        huggingface.look_up([asked("2101.00001")], FakeService({"/api/papers/": as_bytes(PAPER)}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!doctype html>", "web page"),
        (b'{"error": "Sorry, we cannot find this."}', "cannot find"),
        (b'{"models": []}', "no paper"),
        (b'"text"', "no paper"),
        (b"null", "no paper"),
        (b"[1, 2]", "no paper"),
        (b"\xff", "UTF-8"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        huggingface.parse(content)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(sorted(PAPER)), ANYTHING, max_size=4),
    st.dictionaries(st.sampled_from(sorted(REPOS)), ANYTHING, max_size=3),
)
def test_any_shape_in_any_place_is_read_or_refused(paper: dict[str, Any], repos: dict[str, Any]) -> None:
    service = FakeService({"/api/papers/": as_bytes({**PAPER, **paper}), "/repos": as_bytes({**REPOS, **repos})})
    with contextlib.suppress(AnswerError):
        for answers in huggingface.look_up([asked()], service).values():
            assert all(answer.id == "2010.11929" and answer.record == Record() for answer in answers)
