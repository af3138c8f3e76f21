"""An entry that does not say what was meant is never written: each way in which it may differ has its phrase."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest

from tui.exports.fields import Draft
from tui.exports.names import Name
from tui.exports.prose import Prose
from tui.exports.verify import all_read, decoded, fault

ADA, HENRI = Name("Byron", "Ada"), Name("Poincaré", "Henri", suffix="Jr.")


def draft(**values: str) -> Draft:
    """Return an article with these fields besides a title and two authors, as the export would draft it."""
    said = {"title": "Of {Z}ebras", "author": r"Byron, Ada and Poincar{\'e}, Jr., Henri"} | values
    return Draft("article", said, prose={"title": Prose("Of Zebras")}, names={"author": (ADA, HENRI)})


def entry(made: Draft, key: str = "ada", **changed: Any) -> SimpleNamespace:
    """Return the entry of *made* as bibtexparser reads it again."""
    fields = [SimpleNamespace(key=name, value=value) for name, value in made.enclosed.items()]
    return SimpleNamespace(**{"key": key, "entry_type": made.type, "fields": fields} | changed)


def test_what_reads_back_as_it_was_meant_has_no_fault() -> None:
    made = draft(year="2024", note=r"a \{brace\} and {another {one}}")
    assert fault(made, "ada", entry(made)) is None
    assert all_read([entry(made)], {"ada": made})


@pytest.mark.parametrize("changed", [{"key": "Ada"}, {"key": ""}, {"entry_type": "misc"}])
def test_another_key_or_type_is_a_fault(changed: dict[str, str]) -> None:
    made = draft()
    assert fault(made, "ada", entry(made, **changed)) == "its key or type does not read back"


@pytest.mark.parametrize("fields", [[], [SimpleNamespace(key="title", value="{Of {Z}ebras}")]])
def test_a_field_that_is_lost_is_a_fault(fields: list[SimpleNamespace]) -> None:
    made = draft()
    assert fault(made, "ada", entry(made, fields=fields)) == "its fields do not read back as they were written"


@pytest.mark.parametrize("value", ["}{", "a } b {", "{", "{{}", "}", r"\{", r"a \} b"])
def test_braces_that_bibtex_counts_otherwise_are_a_fault_escaped_or_not(value: str) -> None:
    made = draft(note=value)
    assert fault(made, "ada", entry(made)) == "the braces of its note are not balanced"


@pytest.mark.parametrize("title", ["Of Zebra", r"Of \emph Zebras!", "Of Zebras?", r"Of {\'Z}ebras"])
def test_a_title_that_would_print_otherwise_is_a_fault(title: str) -> None:
    made = draft(title=title)
    assert fault(made, "ada", entry(made)) == "its title would not print as it is"


@pytest.mark.parametrize("title", ["Of Zebras.", "OF ZEBRAS", "{Of Zebras}"])
def test_a_full_stop_and_the_case_of_a_title_are_styles_matter(title: str) -> None:
    made = draft(title=title)
    assert fault(made, "ada", entry(made)) is None


@pytest.mark.parametrize(
    "author",
    [
        "Byron, Ada",
        r"Byron, Ada and Poincar{\'e}, Jr., Henri and Someone",
        r"{Byron, Ada and Poincar{\'e}, Jr., Henri}",
        r"Byron, Ada and Poincar{\'e}, Henri",
        r"Ada Byron and Poincar{\'e}, Jr., Henri",
        "Byron, Ada and Poincare, Jr., Henri",
        r"Poincar{\'e}, Jr., Henri and Byron, Ada",
        "",
    ],
)
def test_people_who_would_be_read_as_others_are_a_fault(author: str) -> None:
    made = draft(author=author)
    assert fault(made, "ada", entry(made)) == "its authors would not be read as the people they are"


def test_others_are_nobody() -> None:
    made = draft(author=r"Byron, Ada and Poincar{\'e}, Jr., Henri and others")
    assert fault(made, "ada", entry(made)) is None


def test_of_several_entries_none_may_be_missing_or_more() -> None:
    made = draft()
    other = dataclasses.replace(made, type="book")
    assert all_read([entry(made), entry(other, "eve")], {"ada": made, "eve": other})
    assert not all_read([entry(made)], {"ada": made, "eve": other})
    assert not all_read([entry(made), entry(made)], {"ada": made})
    assert not all_read([entry(other, "eve"), entry(made)], {"ada": made, "eve": other})


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{\'\i}", "í"),
        (r"\v{C}ech", "Čech"),
        (r"{\'{\^e}}", "ế"),
        ("``a'' -- b---c", "“a” – b—c"),
        (r"\unknown{x}", r"\unknownx"),
        (r"\'{}", ""),
    ],
)
def test_tex_is_read_as_it_prints(tex: str, text: str) -> None:
    assert decoded(tex) == text
