"""Hostile cases by the hundred, through every way in: what must hold stands beside each as data."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import (
    address_cases,
    digest_cases,
    library_cases,
    service_cases,
    setting_cases,
    shape_cases,
    word_cases,
)
from tests.hostile.cases import Case
from tests.hostile.room import Room

FAMILIES = {
    "digests": digest_cases.CASES,
    "addresses": address_cases.CASES,
    "words": word_cases.CASES,
    "shapes": shape_cases.CASES,
    "services": service_cases.CASES,
    "library": library_cases.CASES,
    "settings": setting_cases.CASES,
}
CASES = [pytest.param(case, id=f"{family}: {case.name}") for family, cases in FAMILIES.items() for case in cases]


@pytest.mark.parametrize("case", CASES)
def test_hostile_case(case: Case, tmp_path: Path) -> None:
    case.way(Room(tmp_path / "room"), case.payload, case.must)


def test_there_are_enough_of_them_and_no_two_are_called_alike() -> None:
    names = [param.id for param in CASES]
    assert len(set(names)) == len(names) >= 300
