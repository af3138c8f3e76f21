"""The pattern of citation keys: what can be said in it, and one phrase for whatever is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import SettingsError
from tui.key_pattern import DEFAULT, Part, check, parse


def only(pattern: str) -> Part:
    ((part,),) = parse(pattern)
    assert isinstance(part, Part)
    return part


def test_a_pattern_is_literals_and_parts_in_order() -> None:
    assert parse("ref:{author|title}_{year:2}") == (
        "ref:", (Part("author"), Part("title")), "_", (Part("year", digits=2),),
    )  # fmt: skip
    assert parse(DEFAULT) == ((Part("author"),), (Part("year"),), (Part("title"),))


@pytest.mark.parametrize(
    ("pattern", "fields"),
    [
        ("{author:3}", {"last": 3, "counted": True}),
        ("{author:all, etal}", {"last": None, "counted": True, "etal": True}),
        ("{author:initials}", {"last": None, "initials": True}),
        ("{author:2,initials}", {"last": 2, "counted": True, "initials": True}),
        ("{title:2-4}", {"first": 2, "last": 4, "counted": True}),
        ("{title:every,all}", {"every": True, "last": None, "counted": True}),
        ("{title:skip=towards+Novel,skip=new}", {"skip": frozenset(["towards", "novel", "new"])}),
        ("{title:3,sep=-,letters=4,max=20}",
         {"last": 3, "counted": True, "separator": "-", "letters": 4, "limit": 20}),
        ("{ Title : UPPER }", {"case": "upper"}),
        ("{venue:capitalize}", {"case": "capitalise"}),
        ("{author:german}", {"german": True}),
        ("{arxiv:max=4}", {"limit": 4}),
        ("{doi:upper}", {"case": "upper"}),
    ],
)  # fmt: skip
def test_a_part_has_the_options_that_follow_its_colon(pattern: str, fields: dict[str, Any]) -> None:
    part = only(pattern)
    assert {name: getattr(part, name) for name in fields} == fields
    assert check(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", ["that holds one of {author}, {year}, {title}, {venue}, {arxiv} and {doi} at least"]),
        ("paper", ["holds one of"]),
        ("[auth][year]", ["holds one of"]),
        ("{author}{year", ['closes each "{" by a "}"']),
        ("{author{year}}", ['closes each "{"']),
        ("author}", ['opens a "{" before each "}"']),
        ("{}", ["author, year, title, venue, arxiv and doi (one is empty)"]),
        ("{author|}", ["(one is empty)"]),
        ("{autor}", ['("autor" is none; did you mean author?)']),
        ("{month}", ['("month" is none)']),
        ("{author:first}", ["the options of {author} are a number, all, etal", '("first" is none)']),
        ("{author:every}", ['("every" is none)']),
        ("{author:2-4}", ['("2-4" is none)']),
        ("{title:4-2}", ['("4-2" is none)']),
        ("{title:0}", ['("0" is none)']),
        ("{title:,}", ["(one is empty)"]),
        ("{year:3}", ["the options of {year} are 4, 2, lower", '("3" is none)']),
        ("{year:sep=-}", ['("sep=-" is none)']),
        ("{doi:2}", ["the options of {doi} are lower"]),
        ("{title:max=}", ['("max=" is none)']),
        ("{title:max=0}", ['("max=0" is none)']),
        ("{title:letters=x}", ['("letters=x" is none)']),
        ("{title:sep=~}", ['without "~", which BibTeX cannot take']),
        ("{author} {year}", ["without blanks"]),
        ("{author}#{year}", ['without "#"']),
        ("{author}é{year}", ['without "é"']),
        ("{author}\\{year}", ['without "\\"']),
        ("{author}\n", ["without line breaks"]),
        ("{author}" * 100, ["at most 500 characters"]),
    ],
)
def test_what_is_wrong_is_one_phrase_with_what_is_allowed(pattern: str, words: list[str]) -> None:
    phrase = check(pattern)
    assert phrase is not None
    assert phrase.startswith('a pattern such as "{author}{year}{title}"')
    assert [word for word in words if word not in phrase] == []
    with pytest.raises(SettingsError) as caught:
        parse(pattern)
    assert str(caught.value) == f"The pattern of citation keys must be {phrase}."


@given(st.text("{}|:,=+-_ authoryetilvnxd0123é#\n", max_size=60) | st.text(max_size=30))
def test_any_text_is_a_pattern_or_refused_in_a_phrase(text: str) -> None:
    phrase = check(text)
    if phrase is None:
        assert any(isinstance(piece, tuple) for piece in parse(text))
    else:
        assert len(phrase) < 400
        assert not phrase.endswith(".")
