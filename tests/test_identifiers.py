"""Identifiers are found in whatever form they stand in, and brought to one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.identifiers import (
    arxiv_date,
    arxiv_id,
    by_doi,
    doi,
    find,
    find_urls,
    identify,
    link_to,
    relation,
)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("2010.10915", "2010.10915"),
        ("2010.10915v2", "2010.10915"),
        ("arXiv:2010.10915v2 [cs.SD]", "2010.10915"),
        ("ARXIV: 0801.0446", "0801.0446"),
        ("hep-th/9711200", "hep-th/9711200"),
        ("arXiv:hep-th/9711200v3", "hep-th/9711200"),
        ("math.AG/0309136", "math/0309136"),
        ("quant-ph/0201082v1", "quant-ph/0201082"),
        ("cond-mat.mes-hall/0101001", None),
        ("2013.10915", None),
        ("2000.10915", None),
        ("2010.109155", None),
        ("20101.0915", None),
        ("hep-th/9713200", None),
        ("cooking/9711200", None),
        ("10.1038/nature14236", None),
        ("", None),
    ],
)
def test_an_arxiv_id_is_known_in_every_spelling(written: str, wanted: str | None) -> None:
    assert arxiv_id(written) == wanted


@pytest.mark.parametrize(
    ("identifier", "wanted"),
    [
        ("2010.10915", (2020, 10)),
        ("0801.0446", (2008, 1)),
        ("hep-th/9711200", (1997, 11)),
        ("math/0211159", (2002, 11)),
        ("hep-th/9108028", (1991, 8)),
        ("cs.CL/0101001", (2001, 1)),
        ("arxiv", None),
        ("", None),
    ],
)
def test_an_arxiv_id_says_when_it_was_given(identifier: str, wanted: tuple[int, int] | None) -> None:
    assert arxiv_date(identifier) == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("10.1038/S41586-021-03819-2", "10.1038/s41586-021-03819-2"),
        ("doi:10.1145/3442188.3445922", "10.1145/3442188.3445922"),
        ("DOI: 10.1145/3442188.3445922.", "10.1145/3442188.3445922"),
        ("https://doi.org/10.1016/S0169-7552(98)00110-X", "10.1016/s0169-7552(98)00110-x"),
        ("http://dx.doi.org/10.1162%2Fneco.1997.9.8.1735", "10.1162/neco.1997.9.8.1735"),
        (
            "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2",
        ),
        ("10.12/short-prefix", None),
        ("11.1038/nature", None),
        ("nature14236", None),
        ("", None),
    ],
)
def test_a_doi_is_bare_and_in_small_letters(written: str, wanted: str | None) -> None:
    assert doi(written) == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://arxiv.org/abs/1706.03762v7", ("arxiv", "1706.03762")),
        ("http://www.arxiv.org/pdf/1706.03762.pdf", ("arxiv", "1706.03762")),
        ("https://export.arxiv.org/abs/hep-th/9711200", ("arxiv", "hep-th/9711200")),
        ("https://ar5iv.org/abs/1706.03762", ("arxiv", "1706.03762")),
        ("https://huggingface.co/papers/2512.15560", ("arxiv", "2512.15560")),
        ("https://www.alphaxiv.org/overview/2501.12948", ("arxiv", "2501.12948")),
        ("https://doi.org/10.48550/arXiv.1706.03762", ("arxiv", "1706.03762")),
        ("https://doi.org/10.1038/nature14236", ("doi", "10.1038/nature14236")),
        ("https://www.nature.com/articles/nature16961", ("doi", "10.1038/nature16961")),
        ("https://www.nature.com/articles/s41586-021-03819-2.pdf", ("doi", "10.1038/s41586-021-03819-2")),
        ("https://dl.acm.org/doi/10.1145/3442188.3445922", ("doi", "10.1145/3442188.3445922")),
        ("https://dl.acm.org/doi/abs/10.1145/3442188.3445922", ("doi", "10.1145/3442188.3445922")),
        ("https://www.biorxiv.org/content/10.1101/2020.12.15.422761v1.full", ("doi", "10.1101/2020.12.15.422761")),
        ("https://aclanthology.org/N19-1423/", ("acl", "N19-1423")),
        ("https://aclanthology.org/2021.acl-long.551.pdf", ("acl", "2021.acl-long.551")),
        ("https://www.aclweb.org/anthology/P02-1040.pdf", ("acl", "P02-1040")),
        ("https://doi.org/10.18653/v1/N19-1423", ("acl", "N19-1423")),
        ("https://doi.org/10.18653/v1/2021.acl-long.551", ("acl", "2021.acl-long.551")),
        ("https://openreview.net/forum?id=rJl-b3RcF7", ("openreview", "rJl-b3RcF7")),
        ("https://openreview.net/pdf?id=YicbFdNTTy&noteId=x", ("openreview", "YicbFdNTTy")),
        ("https://hf.co/papers/2512.15560", ("arxiv", "2512.15560")),
        ("https://arxiv.org/abs/math.AG/0309136", ("arxiv", "math/0309136")),
        ("https://aclanthology.info/papers/P02-1040", ("acl", "P02-1040")),
        ("https://aclanthology.org/anthology-files/P02-1040.pdf", ("acl", "P02-1040")),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0185809",
            ("doi", "10.1371/journal.pone.0185809"),
        ),
        ("https://example.org/show?doi=10.1145/3442188.3445922", ("doi", "10.1145/3442188.3445922")),
        ("https://example.org/show?doi=10.48550%2FarXiv.1706.03762", ("arxiv", "1706.03762")),
        ("https://dl.acm.org/doi/10.1000/10.1.1.42", ("doi", "10.1000/10.1.1.42")),
        ("https://dl.acm.org/doi/10.1145/tool2v1.full", ("doi", "10.1145/tool2v1.full")),
        (
            "https://www.medrxiv.org/content/10.1101/2020.03.01.20029769v2.full.pdf",
            ("doi", "10.1101/2020.03.01.20029769"),
        ),
        ("https://www.biorxiv.org/content/10.1101/2020.12.15.422761.abstract", ("doi", "10.1101/2020.12.15.422761")),
        ("https://doi.org/10.18653/v1/p02-1040", ("acl", "P02-1040")),
        # Addresses of the same hosts that are no paper.
        ("https://doi.org/about", None),
        ("https://www.biorxiv.org/content/early/recent", None),
        ("https://example.org/show?doi=10.5", None),
        ("https://example.org/show?doi=none", None),
        ("https://aclanthology.org/P02-1040X", None),
        ("https://openreview.net/about", None),
        ("https://www.nature.com/articles", None),
        # Hosts that only end, or begin, like those.
        ("https://notarxiv.org/abs/1706.03762", None),
        ("https://arxiv.org.example.com/abs/1706.03762", None),
        ("https://notopenreview.net/forum?id=rJl-b3RcF7", None),
        ("https://notdoi.org/10.1038/nature14236", None),
        ("https://arxiv.org@example.com/abs/1706.03762", None),
        ("https://notbiorxiv.org/content/10.1101/2020.12.15.422761v1", ("doi", "10.1101/2020.12.15.422761v1")),
        ("https://arxiv.org/list/cs.CL/recent", None),
        ("https://openreview.net/group?id=ICLR.cc/2024/Conference", None),
        ("https://aclanthology.org/venues/acl/", None),
        ("https://github.com/openai/whisper", None),
        ("https://[broken", None),
        ("", None),
    ],
)
def test_an_address_tells_which_paper_it_is_of(url: str, wanted: tuple[str, str] | None) -> None:
    assert identify(url) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See https://arxiv.org/abs/1706.03762.", [("arxiv", "1706.03762")]),
        ("(https://doi.org/10.1016/S0169-7552(98)00110-X)", [("doi", "10.1016/s0169-7552(98)00110-x")]),
        ("Shor's paper, arXiv:quant-ph/9508027, is short", [("arxiv", "quant-ph/9508027")]),
        ("as in arXiv preprint arXiv:2005.14165v4", [("arxiv", "2005.14165")]),
        ("the critique (doi:10.1145/3442188.3445922), again", [("doi", "10.1145/3442188.3445922")]),
        ("ACL Anthology: P02-1040 is the one", [("acl", "P02-1040")]),
        ("[pdf](https://example.org/a_paper.pdf)", [(None, "https://example.org/a_paper.pdf")]),
        ("https://arxiv.org/abs/1706.03762 arXiv:2005.14165", [("arxiv", "1706.03762"), ("arxiv", "2005.14165")]),
        ("arXiv:math.AG/0309136", [("arxiv", "math/0309136")]),
        ("doi:10.1145/ABC.12", [("doi", "10.1145/abc.12")]),
        ("ACL Anthology P02-1040 and arXiv:2005.14165", [("acl", "P02-1040"), ("arxiv", "2005.14165")]),
        # What stands in an address is not read a second time.
        ("https://example.org/arXiv:2005.14165", []),
        ("http://[broken/arXiv:2005.14165", []),
        # What only looks like an identifier.
        ("version 2010.10915 of the tool", []),
        ("price 10.50/unit, phone 10.1234", []),
        ("P02-1040 alone may be a part number", []),
        ("https://github.com/openai/whisper", []),
        ("", []),
    ],
)  # fmt: skip
def test_papers_are_found_in_prose(text: str, wanted: list[tuple[str | None, str]]) -> None:
    assert [(found.scheme, found.value) for found in find(text)] == wanted


def test_what_is_found_stands_where_it_says() -> None:
    text = "First (https://arxiv.org/abs/1706.03762), then doi:10.1038/nature14236, arXiv:2005.14165v4."
    assert [(text[found.start : found.end], found.url) for found in find(text)] == [
        ("https://arxiv.org/abs/1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("10.1038/nature14236", None),
        ("arXiv:2005.14165v4", None),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("at https://github.com/songlab-cal/tape", ["https://github.com/songlab-cal/tape"]),
        ("see (https://en.wikipedia.org/wiki/Set_(mathematics)).", ["https://en.wikipedia.org/wiki/Set_(mathematics)"]),
        ("<https://example.org/a>, “https://example.org/b”", ["https://example.org/a", "https://example.org/b"]),
        ("**https://example.org/c**", ["https://example.org/c"]),
        ("((https://example.org/d)))", ["https://example.org/d"]),
        ("(https://example.org/e_(f)))", ["https://example.org/e_(f)"]),
        ("[https://example.org/g]{https://example.org/h}", ["https://example.org/g]{https://example.org/h}"]),
        ("javascript:alert(1) ftp://example.org/x https://", []),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text: str, wanted: list[str]) -> None:
    assert [found.url for found in find_urls(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10.48550/arXiv.1706.03762", ("arxiv", "1706.03762")),
        ("https://doi.org/10.18653/v1/N19-1423", ("acl", "N19-1423")),
        ("10.1038/NATURE14236", ("doi", "10.1038/nature14236")),
        ("nature14236", None),
    ],
)
def test_a_doi_tells_which_paper_it_is_of(text: str, wanted: tuple[str, str] | None) -> None:
    assert by_doi(text) == wanted


@pytest.mark.parametrize(
    ("scheme", "value", "wanted"),
    [
        ("arxiv", "1706.03762", "https://arxiv.org/abs/1706.03762"),
        ("doi", "10.1038/nature14236", "https://doi.org/10.1038/nature14236"),
        ("acl", "N19-1423", "https://aclanthology.org/N19-1423"),
        ("openreview", "rJl-b3RcF7", "https://openreview.net/forum?id=rJl-b3RcF7"),
        ("isbn", "9780262035613", None),
    ],
)
def test_an_identifier_has_one_canonical_address(scheme: str, value: str, wanted: str | None) -> None:
    assert link_to(scheme, value) == wanted


ARXIV = st.one_of(
    st.builds("{:02}{:02}.{:05}".format, st.integers(7, 30), st.integers(1, 12), st.integers(0, 99999)),
    st.builds("{}/{:02}{:02}{:03}".format, st.sampled_from(["hep-th", "math", "cs", "cond-mat"]), st.integers(92, 99),
              st.integers(1, 12), st.integers(0, 999)),
)  # fmt: skip
DOI = st.builds(
    "10.{}/{}".format, st.integers(1000, 99999), st.from_regex(r"[a-z0-9][a-z0-9.()-]{0,20}[a-z0-9]", fullmatch=True)
).filter(lambda value: not value.startswith(("10.48550", "10.18653")) and value.count("(") == value.count(")"))
IDS = st.one_of(
    st.tuples(st.just("arxiv"), ARXIV),
    st.tuples(st.just("doi"), DOI),
    st.tuples(st.just("acl"), st.from_regex(r"[A-Z][0-9]{2}-[0-9]{4}", fullmatch=True)),
    st.tuples(st.just("openreview"), st.from_regex(r"[A-Za-z0-9_-]{8,12}", fullmatch=True)),
)


@given(IDS)
def test_the_canonical_address_of_an_identifier_leads_back_to_it(each: tuple[str, str]) -> None:
    scheme, value = each
    url = link_to(scheme, value)
    assert url is not None
    assert identify(url) == (scheme, value)


@given(ARXIV, st.integers(1, 99))
def test_a_version_changes_no_arxiv_id(value: str, version: int) -> None:
    assert arxiv_id(f"arXiv:{value}v{version}") == value
    assert identify(f"https://arxiv.org/pdf/{value}v{version}.pdf") == ("arxiv", value)


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    for found in (*find(text), *find_urls(text)):
        assert 0 <= found.start < found.end <= len(text)
        assert found.value


@given(st.text(max_size=100))
def test_any_text_can_be_taken_for_an_address(text: str) -> None:
    assert relation(text, text)
    identify(text)


@pytest.mark.parametrize(
    "hostile",
    ["https://" * 200_000, "10.1000/" * 200_000, "10." + "1." * 500_000, "arxiv" * 300_000, "arXiv: " * 200_000,
     "https://x.org/" + ")" * 1_000_000, "2010.1091" * 150_000, "(" * 1_000_000, " " * 2_000_000,
     "acl anthology " * 100_000, "https://a.b/?" + "id=x&" * 200_000],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_hostile_megabytes_are_searched_in_good_time(hostile: str) -> None:
    start = time.perf_counter()
    find(hostile)
    assert time.perf_counter() - start < 5, "a text of this size must be linear work"
