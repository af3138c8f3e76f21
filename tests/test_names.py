"""Names: in their parts, as a record keeps them, and as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.names import Name, shown_name


@pytest.mark.parametrize(
    ("name", "kept", "shown"),
    [
        (Name("Lovelace", "Ada"), "Ada Lovelace", "Ada Lovelace"),
        (Name("van der Maaten", "Laurens"), "Laurens van der Maaten", "Laurens van der Maaten"),
        (Name("García Márquez", "Gabriel"), "García Márquez, Gabriel", "Gabriel García Márquez"),
        (Name("King", "Martin Luther", "Jr."), "King, Jr., Martin Luther", "Martin Luther King Jr."),
        (Name("ATLAS Collaboration"), "ATLAS Collaboration", "ATLAS Collaboration"),
        (Name("Google, Inc."), "Google, Inc.", "Google, Inc."),
    ],
)
def test_a_name_is_kept_so_that_its_family_name_can_be_told_and_shown_as_people_say_it(
    name: Name, kept: str, shown: str
) -> None:
    assert (name.kept, shown_name(name.kept)) == (kept, shown)


@given(st.text(max_size=40))
def test_any_text_has_a_display_form(text: str) -> None:
    assert isinstance(shown_name(text), str)
