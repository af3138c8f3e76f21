"""Hard papers, taken in as our own JSON and exported, as a reader does it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import bibtexparser
import pytest

from tests.exports.hard import CASES
from tui.desk import Desk
from tui.library import Library
from tui.settings import Settings


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A library that took in every hard case by one file."""
    folder = tmp_path_factory.mktemp("hard")
    listed = [{"id": f"case:{number}", "record": record} for number, (record, _) in enumerate(CASES.values())]
    (folder / "hard.json").write_text(json.dumps(listed), encoding="utf-8")
    with Desk(Library(folder / "library"), Settings()) as desk:
        for source in desk.read([str(folder / "hard.json")]):
            desk.take(source)
        yield desk


@pytest.fixture(scope="module")
def entries(desk: Desk) -> dict[str, dict[str, Any]]:
    """The entry of each case, by its name, as bibtexparser reads it, braces and all."""
    names = desk.papers()
    assert len(names) == len(CASES)
    text = desk.exporting.export(names).text
    parsed = bibtexparser.parse_string(text, parse_stack=[])
    assert not parsed.failed_blocks
    read = [{"@": each.entry_type} | {f.key: f.value for f in each.fields} for each in parsed.entries]
    return dict(zip(CASES, read, strict=True))


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 250


@pytest.mark.parametrize("name", [name for name, (_, expected) in CASES.items() if expected])
def test_a_hard_paper_is_written_as_a_careful_author_would(entries: dict[str, dict[str, Any]], name: str) -> None:
    entry = entries[name]
    for field, expected in CASES[name][1].items():
        value = entry.get(field)
        value = value[1:-1] if value and value[0] == "{" else value
        if isinstance(expected, tuple):
            assert [piece for piece in expected if piece not in (value or "")] == [], value
        else:
            assert value == expected


@pytest.mark.parametrize("format", ["bibtex", "biblatex"])
def test_every_hard_paper_leaves(desk: Desk, format: str) -> None:
    taken = desk.exporting.export(desk.papers(), format)
    assert (taken.count, taken.failures) == (len(CASES), ())
    for trace in (
        "{evil",
        "note={",
        "/home/",
        "\\input",
        "\\write",
        "\\def",
        "\\catcode",
        "{None}",
        "&amp;",
        "secret@",
    ):
        assert trace not in taken.text
