"""Addresses are told apart by what they lead to, and known in every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.identifiers import is_at, relation, same_address, urlsplit_or_none


@pytest.mark.parametrize(
    ("url", "label", "wanted"),
    [
        ("https://github.com/openai/whisper", "", "code"),
        ("https://gitlab.com/a/b", "", "code"),
        ("https://github.com/a/b/paper.pdf", "", "code"),
        ("https://openai.github.io/whisper", "", "project"),
        ("https://t.co/4hYb7MJ1SF", "", "post"),
        ("https://arxiv.org/abs/1706.03762", "", "paper"),
        ("https://arxiv.org/pdf/1706.03762", "", "pdf"),
        ("https://openreview.net/pdf?id=YicbFdNTTy", "", "pdf"),
        ("https://example.org/paper.PDF?download=1", "", "pdf"),
        ("https://doi.org/10.1038/nature14236", "", "paper"),
        ("https://arxiv.org/list/cs.CL/recent", "", "other"),
        ("https://zenodo.org/records/1", "", "data"),
        ("https://lmsys.org/blog/2023-03-30-vicuna/", "", "other"),
        ("https://lmsys.org/blog/2023-03-30-vicuna/", "Blog post", "post"),
        ("https://example.org/x", "[Code]", "code"),
        ("https://example.org/x", "project page", "project"),
        ("https://example.org/x", "(PDF)", "pdf"),
        ("https://example.org/x", "Full paper", "paper"),
        ("https://example.org/x", "abs", "paper"),
        ("https://example.org/x", "Datasets", "data"),
        ("https://example.org/x", "X-ray", "other"),
        ("https://example.org/x", "XcodeX", "other"),
        ("https://example.org/x.pdf#page=2", "", "pdf"),
        ("https://www.github.com/a/b", "", "code"),
        ("https://huggingface.co/datasets/allenai/c4", "", "data"),
        ("https://huggingface.co/allenai/datasets", "", "other"),
        ("https://openreview.net/attachment?id=YicbFdNTTy", "", "paper"),
        ("https://proceedings.mlr.press/v139/", "", "paper"),
        ("https://example.org/show?doi=10.1145/3442188.3445922", "code", "paper"),
        ("https://a.b.c.d.e.f.g.github.com/x", "", "code"),
        ("https://arxiv.org/a/hinton_g_1", "", "other"),
        ("https://arxiv.org/search/?query=x", "", "other"),
        ("https://arxiv.org/help", "", "paper"),
        ("https://notarxiv.org/pdf/1706.03762", "", "other"),
        ("https://notarxiv.org/list/cs.CL/recent", "code", "code"),
        ("https://notopenreview.net/pdf?id=YicbFdNTTy", "", "other"),
        ("https://example.org/arxiv.org/pdf/1706.03762", "", "other"),
        ("https://example.org/huggingface.co/datasets/x", "", "other"),
        ("https://nothuggingface.co/datasets/x", "", "other"),
        ("https://notgithub.com/a/b", "", "other"),
        ("https://github.com.evil.example/a/b", "", "other"),
    ],
)
def test_a_link_is_called_what_it_leads_to(url: str, label: str, wanted: str) -> None:
    assert relation(url, label) == wanted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://example.org/a", True),
        ("https://Example.ORG/a", "https://example.org/a", True),
        ("https://example.org/A", "https://example.org/a", False),
        ("https://example.org/a?b=1", "https://example.org/a?b=2", False),
        ("HTTPS://WWW.example.org/a", "https://example.org/a", True),
        ("https://example.org/a#", "https://example.org/a", True),
        ("https://example.org/aX", "https://example.org/a", False),
        ("https://example.org/A/b", "https://example.org/a/b", False),
        ("https://Example.org", "example.org", True),
    ],
)
def test_two_spellings_of_an_address_are_one(one: str, other: str, same: bool) -> None:
    assert (same_address(one) == same_address(other)) is same


def test_the_form_of_an_address_has_neither_scheme_nor_www() -> None:
    assert same_address(" https://www.Example.org/A/ ") == "example.org/A"


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://Example.org/a", "example.org"),
        ("https://Example.org:8080/a", "example.org"),
        ("http://reader:word@Example.org/a", "example.org"),
        ("https://ex\u00e4mple.org/", "ex\u00e4mple.org"),
        ("http://[::1]:80/", "::1"),
        ("ftp://example.org:21/a", None),
        ("javascript://example.org:1/%0aalert(1)", None),
        ("https://example.org:80/a b", None),
        ("https://:80/", None),
        ("https://[broken", None),
        ("example.org", None),
        ("", None),
    ],
)
def test_only_a_web_address_has_a_host(url: str, wanted: str | None) -> None:
    assert urlsplit_or_none(url) == wanted


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        ("arxiv.org", True),
        ("export.arxiv.org", True),
        ("notarxiv.org", False),
        ("arxiv.org.example", False),
        ("doi.org", True),
        ("org", False),
        ("", False),
    ],
)
def test_a_host_is_at_a_domain_or_below_it(host: str, wanted: bool) -> None:
    assert is_at(host, "arxiv.org", "doi.org") is wanted


@given(st.from_regex(r"https?://[a-z]{1,9}\.org(?:/[A-Za-z0-9._-]{0,9}){0,4}", fullmatch=True))
def test_the_form_of_an_address_is_its_own_form(url: str) -> None:
    assert same_address(same_address(url)) == same_address(url)
