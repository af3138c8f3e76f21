"""OpenReview: what became of a submission decides which version its record is of."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from tests.providers.fake import FakeService
from tests.providers.hurt import hurt
from tui.errors import AnswerError, NetworkError
from tui.model import Answer
from tui.providers import openreview
from tui.providers.asking import Question

VIT: dict[str, Any] = {
    "id": "YicbFdNTTy",
    "forum": "YicbFdNTTy",
    "cdate": 1601308065000,
    "tcdate": 1601308065000,
    "pdate": None,
    "ddate": None,
    "content": {
        "title": "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
        "authors": ["Alexey Dosovitskiy", "Lucas Beyer", "Alexander Kolesnikov"],
        "abstract": "Pictures are cut into squares and read as words are.",
        "keywords": ["computer vision", "self-attention"],
        "one-sentence_summary": "A plain transformer does well on large data.",
        "pdf": "/pdf/5c1f8c1b.pdf",
        "venue": "ICLR 2021 Oral",
        "venueid": "ICLR.cc/2021/Conference",
        "code": "https://github.com/google-research/vision_transformer",
        "_bibtex": "@inproceedings{\ndosovitskiy2021an,\ntitle={An Image},\nbooktitle={International Conference on "
        "Learning Representations},\nyear={2021},\nurl={https://openreview.net/forum?id=YicbFdNTTy}\n}",
    },
}


def version_2(note: dict[str, Any], **content: object) -> dict[str, Any]:
    """Return *note* in the shape of API 2, with some of its content replaced."""
    whole = {**note["content"], **content}
    return {**note, "content": {name: {"value": value} for name, value in whole.items() if value is not None}}


def answer(*notes: dict[str, Any]) -> bytes:
    return json.dumps({"notes": notes, "count": len(notes)}).encode()


def only(note: dict[str, Any]) -> Answer:
    (found,) = openreview.parse(answer(note))
    return found


def ask(about: Any, value: str, service: FakeService) -> tuple[Answer, ...]:
    question = Question("openreview", about, value)
    return openreview.look_up([question], service).get(question, ())


@pytest.mark.parametrize("note", [VIT, version_2(VIT)], ids=["API 1", "API 2"])
def test_an_accepted_paper_is_published_under_the_series_full_name(note: dict[str, Any]) -> None:
    found = only(note)
    assert (found.kind, found.record.type, found.record.year) == ("published", "conference", 2021)
    assert found.record.venue == "International Conference on Learning Representations"
    assert found.record.authors == ("Alexey Dosovitskiy", "Lucas Beyer", "Alexander Kolesnikov")
    assert found.record.url == "https://openreview.net/forum?id=YicbFdNTTy"
    assert found.record.month is None
    assert found.identifiers == {"openreview": "YicbFdNTTy"}
    assert found.abstract == "Pictures are cut into squares and read as words are."
    assert found.facts == {
        "status": "accepted",
        "keywords": "computer vision, self-attention",
        "tldr": "A plain transformer does well on large data.",
    }
    assert [(link.rel, link.url) for link in found.links] == [
        ("pdf", "https://openreview.net/pdf?id=YicbFdNTTy"),
        ("code", "https://github.com/google-research/vision_transformer"),
    ]


@pytest.mark.parametrize(
    ("venue", "venueid", "status"),
    [
        ("ICLR 2023 notable top 5%", "ICLR.cc/2023/Conference", "accepted"),
        ("NeurIPS 2022 Accept", "NeurIPS.cc/2022/Conference", "accepted"),
        ("Accepted by TMLR", "TMLR", "accepted"),
        ("TMLR", "TMLR", "accepted"),
        ("Interspeech 2021", None, "accepted"),
        ("CoRR 2021", "dblp.org/journals/CORR/2021", None),
        ("Submitted to ICLR 2024", "ICLR.cc/2024/Conference/Rejected_Submission", "rejected"),
        ("ICLR 2024 Conference Withdrawn Submission", "ICLR.cc/2024/Conference/Withdrawn_Submission", "withdrawn"),
        ("ICLR 2024 Conference Desk Rejected Submission", None, "rejected"),
        ("ICLR 2025 Conference Submission", "ICLR.cc/2025/Conference/Submission", "submitted"),
        ("Submitted to ICLR 2022", None, "submitted"),
        ("Under review for TMLR", "TMLR/Under_Review", "submitted"),
        ("Decision pending for TMLR", "TMLR/Decision_Pending", "submitted"),
        ("Withdrawn by Authors", "TMLR/Withdrawn_by_Authors", "withdrawn"),
        ("Workshop on Blind Source Separation 2022", None, "accepted"),
        ("Somewhere", None, None),
        (None, "ICLR.cc/2024/Conference/Withdrawn_Submission", "withdrawn"),
        (None, None, None),
    ],
)
def test_venue_and_venueid_say_what_became_of_it(venue: str | None, venueid: str | None, status: str | None) -> None:
    found = only(version_2(VIT, venue=venue, venueid=venueid))
    assert found.facts.get("status") == status
    assert found.kind == ("published" if status == "accepted" else "preprint")
    assert bool(found.withdrawn) == (status == "withdrawn")


@pytest.mark.parametrize(
    ("venue", "venueid", "booktitle", "type_", "shown"),
    [
        ("ICLR 2021 Poster", None, None, "conference", "International Conference on Learning Representations"),
        ("NeurIPS 2023 spotlight", None, None, "conference", "Advances in Neural Information Processing Systems"),
        ("ICLR 2023 notable top 25%", None, None, "conference", "International Conference on Learning Representations"),
        ("CoRL 2022 Poster", None, None, "conference", "Conference on Robot Learning"),
        ("Accepted by TMLR", "TMLR", None, "journal", "Transactions on Machine Learning Research"),
        (
            "IEEE Trans. Pattern Anal. Mach. Intell. 2023",
            None,
            None,
            "journal",
            "IEEE Transactions on Pattern Analysis and Machine Intelligence",
        ),
        ("Neurocomputing 2021", "dblp.org/journals/IJON/2021", None, "journal", "Neurocomputing"),
        ("NeurIPS 2023 Datasets and Benchmarks Poster", None, "A Track", "conference", "A Track"),
        (
            "NeurIPS 2023 Datasets and Benchmarks Poster",
            None,
            None,
            "conference",
            "NeurIPS 2023 Datasets and Benchmarks",
        ),
        ("ICML 2023 Workshop SPIGM", "ICML.cc/2023/Workshop/SPIGM", None, "workshop", "ICML 2023 Workshop SPIGM"),
        ("SPIGM @ ICML 2023", "ICML.cc/2023/Workshop/SPIGM", None, "workshop", "SPIGM @ ICML"),
        ("Third Learning on Graphs Conference 2024", None, None, "conference", "Third Learning on Graphs Conference"),
    ],
)
def test_the_venue_is_named_as_it_is_cited(
    venue: str, venueid: str | None, booktitle: str | None, type_: str, shown: str
) -> None:
    entry = f"@inproceedings{{a,\nbooktitle={{{booktitle}}},\nyear={{2023}}\n}}" if booktitle else None
    found = only(version_2(VIT, venue=venue, venueid=venueid, _bibtex=entry))
    assert (found.record.type, found.record.venue) == (type_, shown)


def test_a_journals_year_is_that_of_the_bibtex_entry_or_of_the_notes_publication() -> None:
    stated = version_2(VIT, venue="Accepted by TMLR", venueid="TMLR", _bibtex="@article{a, journal={X}, year={2023}}")
    assert only(stated).record.year == 2023
    dated = {**version_2(VIT, venue="Accepted by TMLR", venueid="TMLR", _bibtex=None), "pdate": 1698192000000}
    assert only(dated).record.year == 2023
    assert only({**dated, "pdate": None}).record.year is None


def test_a_year_that_the_venue_does_not_name_is_in_the_venues_id() -> None:
    found = only(version_2(VIT, venue="COLM", venueid="colmweb.org/COLM/2024/Conference", _bibtex=None))
    assert (found.record.year, found.record.venue) == (2024, "Conference on Language Modeling")


def test_a_submission_is_a_preprint_of_the_day_it_was_made_public() -> None:
    found = only(version_2(VIT, venue="Submitted to ICLR 2021", venueid="ICLR.cc/2021/Conference/Rejected_Submission"))
    assert (found.record.type, found.record.year, found.record.month) == ("preprint", 2020, 9)
    assert found.record.venue is None
    assert found.record.url == "https://openreview.net/forum?id=YicbFdNTTy"


def test_a_note_taken_over_from_dblp_has_the_papers_year_and_address_not_the_notes() -> None:
    content = {"title": "GAN Vocoder", "authors": ["Jaeseong You"], "venue": "CoRR 2021",
               "html": "https://arxiv.org/abs/2103.05236"}  # fmt: skip
    found = only(version_2({"id": "k7l7p1yVZj", "tcdate": 1729220267174, "content": content}))
    assert (found.kind, found.record.year, found.record.month) == ("preprint", 2021, None)
    assert found.identifiers == {"arxiv": "2103.05236", "openreview": "k7l7p1yVZj"}
    assert found.record.url == "https://arxiv.org/abs/2103.05236"
    assert found.links == ()


def test_a_published_note_keeps_the_doi_that_its_page_spells_out() -> None:
    found = only(version_2(VIT, venue="Interspeech 2021", html="https://doi.org/10.21437/Interspeech.2021-1"))
    assert found.record.doi == found.identifiers["doi"] == "10.21437/interspeech.2021-1"
    assert found.record.url is None


def test_authors_may_be_objects_and_hidden_ones_are_nobody() -> None:
    people = [
        {"fullname": "Ada Lovelace", "username": "~Ada1"},
        "Anonymous",
        7,
        None,
        {"username": "~X1"},
        "Alan Turing",
    ]
    assert only(version_2(VIT, authors=people)).record.authors == ("Ada Lovelace", "Alan Turing")
    assert only(version_2(VIT, authors="Anonymous")).record.authors == ()


@pytest.mark.parametrize(
    "changes", [{"forum": "otherForum1"}, {"ddate": 1700000000000}, {"id": "a b"}, {"id": None}, {"content": None}]
)
def test_replies_deleted_and_nameless_notes_are_passed_over(changes: dict[str, Any]) -> None:
    assert openreview.parse(answer({**VIT, **changes}, VIT))[-1].id == "YicbFdNTTy"
    assert len(openreview.parse(answer({**VIT, **changes}, VIT))) == 1


def test_a_forum_is_asked_for_with_the_readers_token_in_a_header_only() -> None:
    service = FakeService({"api2.openreview.net/notes?id=YicbFdNTTy": answer(VIT)}, key="secret")
    assert [found.id for found in ask("openreview", "YicbFdNTTy", service)] == ["YicbFdNTTy"]
    assert service.requests[0].headers == {"Authorization": "Bearer secret"}
    assert "secret" not in service.requests[0].url


@pytest.mark.parametrize("first", [None, answer(), b'{"name": "NotFoundError", "message": "no", "status": 404}'])
def test_an_old_forum_is_found_in_api_1(first: bytes | None) -> None:
    service = FakeService({"api2.openreview.net": first, "api.openreview.net": answer(VIT)})
    assert len(ask("openreview", "YicbFdNTTy", service)) == 1
    assert [urlsplit(request.url).hostname for request in service.requests] == [
        "api2.openreview.net",
        "api.openreview.net",
    ]
    assert all(request.headers == {} for request in service.requests)


def test_a_forum_that_neither_has_is_nothing_and_another_one_is_an_error() -> None:
    assert ask("openreview", "YicbFdNTTy", FakeService({"openreview.net": None})) == ()
    with pytest.raises(AnswerError, match="another submission"):
        ask("openreview", "somethingElse", FakeService({"openreview.net": answer(VIT)}))


def test_a_title_is_searched_by_its_words_and_a_withdrawn_namesake_is_no_warning() -> None:
    note = version_2(VIT, venueid="ICLR.cc/2021/Conference/Withdrawn_Submission")
    service = FakeService({"api2.openreview.net/notes/search": answer(note, VIT)})
    first, second = ask("title", 'An "Image" (is) Worth: 16x16 +words', service)
    assert (first.facts["status"], first.withdrawn, second.facts["status"]) == ("withdrawn", None, "accepted")
    query = parse_qs(urlsplit(service.requests[0].url).query)
    assert query["term"] == ["an image is worth 16x16 words"]
    assert (query["type"], query["content"], query["limit"]) == (["terms"], ["title"], ["8"])


def test_a_title_without_words_is_not_searched() -> None:
    assert ask("title", "?!", FakeService({})) == ()


@pytest.mark.parametrize(
    ("body", "words", "passing"),
    [
        ({"name": "ChallengeRequiredError", "message": "Challenge required", "status": 403}, "browser", False),
        ({"name": "ForbiddenError", "message": "You don't have permission", "status": 403}, "permission", False),
        ({"name": "TooManyRequestsError", "message": "Too many requests", "status": 429}, "Too many", True),
        ({"errors": [{"type": "forbidden", "message": "Not allowed"}]}, "Not allowed", False),
        ({"errors": ["Bad id"]}, "Bad id", False),
        ({"notes": None}, "no list", False),
        ([], "no list", False),
        (None, "no list", False),
        ({"notes": {"id": "x"}}, "no list", False),
    ],
)
def test_error_bodies_are_refused_in_words(body: object, words: str, passing: bool) -> None:
    with pytest.raises(AnswerError, match=words) as caught:
        openreview.parse(json.dumps(body).encode())
    assert caught.value.passing == passing


def test_not_found_is_nothing() -> None:
    assert openreview.parse(b'{"name": "NotFoundError", "message": "The Note x was not found", "status": 404}') == ()
    assert openreview.parse(b'{"errors": [{"type": "Not Found", "message": "x"}]}') == ()


def test_the_doors_refusal_comes_through() -> None:
    service = FakeService({"openreview.net": NetworkError("OpenReview refuses programs (403)", status=403)})
    with pytest.raises(NetworkError, match="403"):
        ask("openreview", "YicbFdNTTy", service)


@given(hurt(json.loads(answer(VIT, version_2(VIT, html="https://arxiv.org/abs/2103.05236", venue="CoRR 2021")))))
def test_no_answer_however_odd_raises_anything_else(content: bytes) -> None:
    try:
        found = openreview.parse(content)
    except AnswerError:
        return
    assert all(each.provider == "openreview" and each.record.title and each.identifiers["openreview"] for each in found)
