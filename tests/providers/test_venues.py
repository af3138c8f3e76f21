"""Series by their letters, and what is an archive or a workshop by its name."""

from __future__ import annotations

import pytest

from tui.providers.venues import is_archive, is_workshop, series


@pytest.mark.parametrize("short", ["ICLR", "iclr", " ICLR "])
def test_a_series_is_known_in_any_case(short: str) -> None:
    found = series(short)
    assert found is not None
    assert (found.name, found.type) == ("International Conference on Learning Representations", "conference")


@pytest.mark.parametrize("short", ["", "ICLR 2021", "XYZ", "ICLR Workshop"])
def test_what_is_not_in_the_table_is_no_series(short: str) -> None:
    assert series(short) is None


@pytest.mark.parametrize(
    "venue",
    ["arXiv.org", "ArXiv", "arXiv preprint", "CoRR", "CoRR 2021", "arXiv: Computation and Language", "bioRxiv",
     "medRxiv", "SSRN Electronic Journal", "IACR Cryptol. ePrint Arch.", "Research Square", "EasyChair Preprints"],
)  # fmt: skip
def test_archives_of_preprints_are_known_by_name(venue: str) -> None:
    assert is_archive(venue)


@pytest.mark.parametrize("venue", ["", "Nature", "ICLR 2021", "Corrosion Science", "Journal of Archives", "Halcyon"])
def test_other_venues_are_no_archives(venue: str) -> None:
    assert not is_archive(venue)


@pytest.mark.parametrize(
    ("venue", "workshop"),
    [
        ("WMT@EMNLP", True),
        ("CVPR Workshops", True),
        ("ICLR 2024 Workshop DPFM", True),
        ("ICLR", False),
        ("a @ b", False),
    ],
)
def test_workshops_are_known_by_name(venue: str, workshop: bool) -> None:
    assert is_workshop(venue) == workshop
