"""DBLP: what is searched for, and records without its own additions."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from tests.providers.fake import FakeService
from tests.providers.hurt import hurt
from tui.errors import AnswerError, NetworkError
from tui.providers import dblp
from tui.providers.asking import Question

VIT: dict[str, Any] = {
    "authors": {
        "author": [
            {"@pid": "199/2166", "text": "Alexey Dosovitskiy"},
            {"@pid": "82/5428-1", "text": "Xiaohua Zhai 0001"},
            {"@pid": "12/3", "text": "Mar&iacute;a d&apos;Or"},
        ]
    },
    "title": "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale.",
    "venue": "ICLR",
    "year": "2021",
    "type": "Conference and Workshop Papers",
    "access": "open",
    "key": "conf/iclr/DosovitskiyB0WZ21",
    "ee": "https://openreview.net/forum?id=YicbFdNTTy",
    "url": "https://dblp.org/rec/conf/iclr/DosovitskiyB0WZ21",
}
COLA: dict[str, Any] = {
    "authors": {"author": {"@pid": "1/2", "text": "Aaqib Saeed"}},
    "title": "Contrastive Learning of General-Purpose Audio Representations.",
    "venue": "CoRR",
    "volume": "abs/2010.10915",
    "year": "2020",
    "type": "Informal and Other Publications",
    "access": "open",
    "key": "journals/corr/abs-2010-10915",
    "ee": "https://arxiv.org/abs/2010.10915",
    "url": "https://dblp.org/rec/journals/corr/abs-2010-10915",
}


def answer(*infos: dict[str, Any], total: int | None = None, single: bool = False) -> bytes:
    hits = [{"@score": "9", "@id": str(place), "info": info, "url": f"URL#{place}"} for place, info in enumerate(infos)]
    found: dict[str, Any] = {"@total": str(len(hits) if total is None else total), "@sent": str(len(hits))}
    if hits:
        found["hit"] = hits[0] if single else hits
    status = {"@code": "200", "text": "OK"}
    return json.dumps({"result": {"query": "x*", "status": status, "hits": found}}).encode()


def asked(title: str, *authors: str) -> list[str]:
    service = FakeService({"dblp.org": answer()})
    dblp.look_up([Question("dblp", "title", title, authors)], service)
    query = parse_qs(urlsplit(service.requests[0].url).query)
    assert query["format"] == ["json"]
    return query["q"][0].split(" ")


def test_the_title_is_searched_by_its_significant_words_and_the_first_family_name() -> None:
    title = "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"
    assert asked(title, "Jacob Devlin", "Ming-Wei Chang") == [
        "bert", "pre", "training", "deep", "bidirectional", "transformers", "language", "understanding", "devlin",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ('A|B $x$ -not "quoted" end$', ["b", "x", "not", "quoted", "end"]),
        ("Is it in the?", ["is", "it", "in", "the"]),
        ("Poincaré Embeddings, what's new", ["poincare", "embeddings", "what", "new"]),
        (" ".join(f"word{place}" for place in range(30)), [f"word{place}" for place in range(10)]),
    ],
)
def test_signs_that_mean_something_to_the_search_are_not_sent(title: str, words: list[str]) -> None:
    assert asked(title) == words


def test_a_title_without_letters_is_not_searched() -> None:
    service = FakeService({})
    assert not any(dblp.look_up([Question("dblp", "title", " ")], service).values())
    assert service.requests == []


def test_the_published_record_has_no_homonym_numbers_entities_or_final_stop() -> None:
    (found,) = dblp.parse(answer(VIT))
    assert found.kind == "published"
    assert found.record.type == "conference"
    assert found.record.title == "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale"
    assert found.record.authors == ("Alexey Dosovitskiy", "Xiaohua Zhai", "María d'Or")
    assert (found.record.year, found.record.venue) == (2021, "International Conference on Learning Representations")
    assert found.record.url == "https://openreview.net/forum?id=YicbFdNTTy"
    assert found.identifiers == {"openreview": "YicbFdNTTy", "dblp": "conf/iclr/DosovitskiyB0WZ21"}
    assert [(link.rel, link.url) for link in found.links] == [("paper", "https://openreview.net/forum?id=YicbFdNTTy")]


def test_corr_is_the_preprint_with_its_arxiv_id() -> None:
    (found,) = dblp.parse(answer(COLA))
    assert (found.kind, found.record.type, found.record.arxiv) == ("preprint", "preprint", "2010.10915")
    assert (found.record.venue, found.record.volume, found.record.doi) == (None, None, None)
    assert found.identifiers == {"arxiv": "2010.10915", "dblp": "journals/corr/abs-2010-10915"}


@pytest.mark.parametrize(
    ("changes", "arxiv"),
    [
        ({"volume": "cs.CL/0108005", "ee": None}, "cs/0108005"),
        ({"volume": None}, "2010.10915"),
        ({"volume": None, "ee": None, "doi": "10.48550/ARXIV.2010.10915"}, "2010.10915"),
        ({"volume": "abs/nothing", "ee": None}, None),
    ],
)
def test_the_arxiv_id_is_taken_from_volume_address_or_doi(changes: dict[str, Any], arxiv: str | None) -> None:
    (found,) = dblp.parse(answer({**COLA, **changes}))
    assert found.kind == "preprint"
    assert found.record.arxiv == arxiv
    assert found.record.doi is None
    assert "doi" not in found.identifiers


def test_a_single_author_and_a_single_hit_are_objects() -> None:
    (found,) = dblp.parse(answer(COLA, single=True))
    assert found.record.authors == ("Aaqib Saeed",)


def test_several_addresses_and_venues_keep_their_first_and_the_doi_is_found_among_them() -> None:
    info = {
        **VIT,
        "venue": ["ACL (1)", "Other"],
        "ee": ["https://doi.org/10.18653/v1/P19-1001", "https://example.org/a.pdf"],
    }
    (found,) = dblp.parse(answer(info))
    assert found.record.venue == "Annual Meeting of the Association for Computational Linguistics"
    assert found.record.doi == "10.18653/v1/p19-1001"
    assert found.record.url is None
    assert found.identifiers["acl"] == "P19-1001"
    assert [link.rel for link in found.links] == ["paper", "pdf"]


@pytest.mark.parametrize(
    ("venue", "shown"),
    [
        ("NeurIPS", "Advances in Neural Information Processing Systems"),
        ("ECCV (12)", "European Conference on Computer Vision"),
        ("ICLR (Poster)", "International Conference on Learning Representations"),
        ("EMNLP (Findings)", "Findings of the Association for Computational Linguistics"),
        ("ACL (demo)", "ACL (demo)"),
        ("DAC", "DAC"),
        ("Trans. Mach. Learn. Res.", "Transactions on Machine Learning Research"),
        ("WMT@EMNLP", "WMT@EMNLP"),
    ],
)
def test_a_series_is_named_in_full_where_it_is_known_for_sure(venue: str, shown: str) -> None:
    (found,) = dblp.parse(answer({**VIT, "venue": venue}))
    assert found.record.venue == shown


@pytest.mark.parametrize(
    ("changes", "type_", "kind"),
    [
        (
            {"type": "Journal Articles", "key": "journals/jmlr/A21", "venue": "J. Mach. Learn. Res."},
            "journal",
            "published",
        ),
        ({"venue": "WMT@EMNLP"}, "workshop", "published"),
        ({"venue": "CVPR Workshops"}, "workshop", "published"),
        ({"type": "Books and Theses", "key": "phd/dnb/A21"}, "thesis", "published"),
        ({"type": "Books and Theses", "key": "books/A21"}, "book", "published"),
        ({"type": "Parts in Books or Collections"}, "chapter", "published"),
        ({"type": "Data and Artifacts"}, "dataset", "published"),
        ({"type": "Informal and Other Publications", "venue": "IACR Cryptol. ePrint Arch."}, "preprint", "preprint"),
        ({"type": "Something New"}, "other", "published"),
        ({"type": None}, "other", "published"),
    ],
)
def test_types_are_ours(changes: dict[str, Any], type_: str, kind: str) -> None:
    (found,) = dblp.parse(answer({**VIT, **changes}))
    assert (found.record.type, found.kind) == (type_, kind)


def test_the_volume_of_proceedings_is_no_paper() -> None:
    assert dblp.parse(answer({**VIT, "type": "Editorship"}, COLA))[0].record.arxiv == "2010.10915"


def test_a_withdrawn_item_says_so() -> None:
    (found,) = dblp.parse(answer({**VIT, "type": "Withdrawn Items"}))
    assert found.withdrawn


def test_a_number_of_the_acm_is_no_doi() -> None:
    (found,) = dblp.parse(answer({**VIT, "ee": "https://dl.acm.org/doi/10.5555/3295222.3295349"}))
    assert "doi" not in found.identifiers
    assert found.record.doi is None


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Attention Is All You Need.", "Attention Is All You Need"),
        ("Why Should I Trust You?", "Why Should I Trust You?"),
        ("To be continued...", "To be continued..."),
        ("R&amp;D in $k$-means.", "R&D in $k$-means"),
    ],
)
def test_only_the_stop_that_dblp_adds_goes(title: str, shown: str) -> None:
    assert dblp.parse(answer({**VIT, "title": title}))[0].record.title == shown


def test_pages_have_one_plain_hyphen() -> None:
    assert dblp.parse(answer({**VIT, "pages": "169–174"}))[0].record.pages == "169-174"
    assert dblp.parse(answer({**VIT, "pages": "1:1-1:24"}))[0].record.pages == "1:1-1:24"


def test_no_hit_is_nothing_and_hits_that_were_not_sent_are_an_error() -> None:
    assert dblp.parse(answer()) == ()
    with pytest.raises(AnswerError) as caught:
        dblp.parse(answer(total=5))
    assert caught.value.passing


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"<html>Making sure you're not a bot!</html>", b'{"result": []}', b'{"result": {"hits": 3}}',
     b'{"result": {"status": {"@code": "500", "text": "busy"}, "hits": {}}}', b"\xff\xfe", b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_result_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(AnswerError, match=r"\w+ \w+"):
        dblp.parse(content)


def test_the_doors_refusal_comes_through() -> None:
    service = FakeService({"dblp.org": NetworkError("DBLP answers programs with a bot check")})
    with pytest.raises(NetworkError, match="bot check"):
        dblp.look_up([Question("dblp", "title", "A title")], service)


@given(hurt(json.loads(answer(VIT, COLA))))
def test_no_answer_however_odd_raises_anything_else(content: bytes) -> None:
    try:
        found = dblp.parse(content)
    except AnswerError:
        return
    assert all(each.provider == "dblp" and each.record.title and each.id for each in found)
