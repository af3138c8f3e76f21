"""What a DOI or an address in a record says of the paper."""

from __future__ import annotations

import pytest

from tui.providers.elsewhere import work_at, work_under


@pytest.mark.parametrize(
    ("url", "identifiers"),
    [
        ("https://doi.org/10.1109/ICCV48922.2021.00986", {"doi": "10.1109/iccv48922.2021.00986"}),
        ("https://doi.org/10.18653/v1/P19-1001", {"acl": "P19-1001", "doi": "10.18653/v1/p19-1001"}),
        ("https://doi.org/10.48550/arXiv.2010.10915", {"arxiv": "2010.10915"}),
        ("https://dl.acm.org/doi/10.1145/1234.5678", {"doi": "10.1145/1234.5678"}),
        ("https://dl.acm.org/doi/10.5555/3295222.3295349", {}),
        ("https://doi.org/10.5555/3295222.3295349", {}),
        ("https://aclanthology.org/P19-1001/", {"acl": "P19-1001"}),
        ("https://arxiv.org/abs/2010.10915v2", {"arxiv": "2010.10915"}),
        ("https://openreview.net/forum?id=YicbFdNTTy", {"openreview": "YicbFdNTTy"}),
        ("https://proceedings.mlr.press/v139/a.html", {}),
        ("https://doi.org/10.1234/\ud800", {}),
        ("https://[", {}),
        ("", {}),
    ],
)
def test_an_address_spells_out_identifiers(url: str, identifiers: dict[str, str]) -> None:
    assert work_at(url) == identifiers


@pytest.mark.parametrize("doi", [None, 7, ["10.1145/1"], "", "no doi", "10.5555/1", "10.1234/\ud800"])
def test_what_is_no_doi_that_resolves_is_nothing(doi: object) -> None:
    assert work_under(doi) == {}
