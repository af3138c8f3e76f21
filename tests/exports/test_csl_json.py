"""CSL-JSON against the constraints of the schema of CSL 1.0.2 (``csl-data.json``), written down here as a check."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.exports.awkward import RECORDS
from tui.digests.json_stream import CSL_TYPES
from tui.exports import Item, Options, csl_json
from tui.exports.words import words
from tui.model import Record

_NAMES = words("""
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator translator
""")
_DATES = words("accessed available-date event-date issued original-date submitted")
_NUMBERS = words("""
    chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first volume
""")
_STRINGS = words("""
    citation-key language journalAbbreviation shortTitle abstract annote archive archive_collection archive_location
    archive-place authority call-number citation-label collection-title container-title container-title-short
    dimensions division DOI event event-title event-place genre ISBN ISSN jurisdiction keyword medium note
    original-publisher original-publisher-place original-title PMCID PMID publisher publisher-place references
    reviewed-genre reviewed-title scale section source status title title-short URL version volume-title
    volume-title-short year-suffix
""")
_NAME = words("""
    family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering literal parse-names
""")


def check(item: dict[str, Any]) -> None:
    """Assert that *item* is one by the schema, in which other properties than those named may not stand."""
    assert item["type"] in CSL_TYPES
    assert isinstance(item["id"], str)
    for name, value in item.items():
        if name in _NAMES:
            assert isinstance(value, list)
            assert value
            for person in value:
                assert set(person) <= _NAME
                assert all(isinstance(part, str) and part for part in person.values())
                assert "family" in person or "literal" in person
        elif name in _DATES:
            check_date(value)
        elif name == "custom":
            assert isinstance(value, dict)
        else:
            assert name in _STRINGS | _NUMBERS | {"id", "type"}
            assert isinstance(value, str)
            assert value


def check_date(date: dict[str, Any]) -> None:
    assert set(date) <= {"date-parts", "literal"}
    parts = date.get("date-parts", [])
    assert len(parts) <= 2
    assert all(1 <= len(part) <= 3 and all(type(number) is int for number in part) for part in parts)


def written(record: Record, fields: tuple[str, ...] = ()) -> dict[str, Any]:
    text = csl_json.write([Item("key", record)], Options(fields)).text
    (item,) = json.loads(text)
    check(item)
    found: dict[str, Any] = item
    return found


@pytest.mark.parametrize("name", RECORDS)
def test_every_awkward_record_is_valid(name: str) -> None:
    found = written(RECORDS[name], ("abstract",))
    assert found["id"] == found["citation-key"] == "key"


@pytest.mark.parametrize(
    ("kind", "csl"),
    [("preprint", "article"), ("conference", "paper-conference"), ("workshop", "paper-conference"),
     ("journal", "article-journal"), ("chapter", "chapter"), ("book", "book"), ("thesis", "thesis"),
     ("report", "report"), ("software", "software"), ("dataset", "dataset"), ("other", "document")],
)  # fmt: skip
def test_each_type_of_record_has_its_type(kind: Any, csl: str) -> None:
    assert written(Record(type=kind, title="T"))["type"] == csl


def test_names_are_in_their_parts() -> None:
    found = written(
        Record(title="T", authors=("Ludwig van Beethoven", "King, Jr., Martin Luther", "ATLAS Collaboration", "Plato"))
    )
    assert found["author"] == [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"literal": "ATLAS Collaboration"},
        {"family": "Plato"},
    ]


def test_a_preprint_names_its_archive_and_a_published_paper_keeps_the_id() -> None:
    found = written(
        Record(type="preprint", title="T", arxiv="2010.10915v2", primary_class="cs.SD", year=2020, month=10)
    )
    named = ("publisher", "number", "archive", "archive_location", "custom", "issued")
    assert {name: found[name] for name in named} == {
        "publisher": "arXiv", "number": "arXiv:2010.10915", "archive": "arXiv", "archive_location": "2010.10915",
        "custom": {"primary_class": "cs.SD"}, "issued": {"date-parts": [[2020, 10]]},
    }  # fmt: skip
    found = written(Record(type="journal", title="T", venue="JMLR", arxiv="2010.10915"))
    assert (found["container-title"], found["archive_location"]) == ("JMLR", "2010.10915")
    assert "publisher" not in found


@pytest.mark.parametrize(
    ("fields", "issued"),
    [
        ({"year": 2020}, {"date-parts": [[2020]]}),
        ({"year": 2020, "month": 13}, {"date-parts": [[2020]]}),
        ({"year": 2020, "month": 10, "more": {"date": "2020-10-21"}}, {"date-parts": [[2020, 10, 21]]}),
        ({"year": 2020, "more": {"date": "2020-10/2021-01"}}, {"date-parts": [[2020, 10], [2021, 1]]}),
        ({"year": 2020, "more": {"date": "2019-10-21"}}, {"date-parts": [[2020]]}),
        ({"more": {"date": "around 1900"}}, {"literal": "around 1900"}),
        ({"more": {"date": "2020-10"}}, {"date-parts": [[2020, 10]]}),
        ({"more": {"date": "2020-13"}}, {"literal": "2020-13"}),
        ({"more": {"date": "2020/2021/2022"}}, {"literal": "2020/2021/2022"}),
        ({"year": 2020, "month": 12}, {"date-parts": [[2020, 12]]}),
        ({"year": 2020, "month": 1}, {"date-parts": [[2020, 1]]}),
        ({"year": 20, "month": 5}, None),
        ({}, None),
    ],
)
def test_dates_are_parts(fields: dict[str, Any], issued: object) -> None:
    assert written(Record(title="T", **fields)).get("issued") == issued


def test_what_has_a_variable_stands_there_and_the_rest_under_custom() -> None:
    found = written(
        Record(
            type="conference", title="T", number="7",
            more={"isbn": "978", "location": "Oslo", "address": "Rome", "translator": "Roe, R. and Poe, P.",
                  "x": "$y_1$", "urldate": "2020-01-02", "eid": "e7"},
        )
    )  # fmt: skip
    assert (found["ISBN"], found["publisher-place"], found["page"], found["collection-number"]) == (
        "978",
        "Oslo",
        "e7",
        "7",
    )
    assert [each["family"] for each in found["translator"]] == ["Roe", "Poe"]
    assert found["accessed"] == {"date-parts": [[2020, 1, 2]]}
    assert found["custom"] == {"address": "Rome", "x": "y₁"}
