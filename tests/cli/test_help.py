"""What ``--help`` says: of every command, in 80 cells, and the same as the code does."""

from __future__ import annotations

import re

import pytest

from tui.catalogue.schema import HAS
from tui.cli import explained
from tui.cli.about import ALONE
from tui.cli.commands import COMMANDS
from tui.cli.words import parse
from tui.searching.fields import FIELDS
from tui.searching.query import parse as query
from tui.searching.terms import STATES


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        parse([*words, "--help"])
    assert end.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "demo", *ALONE, *COMMANDS])
def test_help_fits_into_80_cells_and_explains_every_word(capsys: pytest.CaptureFixture[str], name: str) -> None:
    text = said(capsys, *name.split())
    assert all(len(line) <= 80 for line in text.splitlines())
    for word in re.findall(r"^  ([A-Z]{3,}.*)$", text, re.MULTILINE):
        assert re.search(r"\S  +\S", word) or name in ("", "searches"), f"{word} of {name} has no help"


def test_every_command_is_listed_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    listed = dict(re.findall(r"^    ([a-z]+) +(\S.*)$", said(capsys), re.MULTILINE))
    assert {*COMMANDS, *ALONE, "demo"} == set(listed)


def test_the_help_of_searching_names_what_may_be_asked_for() -> None:
    words = set(re.findall(r"[a-z][a-z-]+", explained.SEARCH))
    assert {*FIELDS, *HAS, *(state.replace(" ", "-") for state in STATES)} <= words


def test_every_search_in_the_help_is_understood() -> None:
    examples = re.findall(r"^  '(.+)'  ", explained.SEARCH, re.MULTILINE)
    assert len(examples) > 5
    assert all(query(example) for example in examples)
