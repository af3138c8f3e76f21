from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.exports.keys import assign, is_safe, propose
from tui.model import Record


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"authors": ("Aaqib Saeed",), "year": 2020, "title": "Contrastive Learning of Audio"}, "saeed2020contrastive"),
        ({"authors": ("Laurens van der Maaten",), "title": "The t-SNE of It", "year": 2008}, "vandermaaten2008tsne"),
        ({"authors": ("Ştefan Łuß",), "title": "A Título", "year": 1999}, "luss1999titulo"),
        ({"authors": ("Иван Щербаков",), "title": "On It", "year": 1999}, "shcherbakov1999on"),
        ({"authors": ("Γιώργος Παπαδόπουλος",), "title": "Words", "year": 1999}, "papadopoylos1999words"),
        ({"authors": ("王小明",), "title": "Deep Words", "year": 1999}, "deep1999words"),
        ({"authors": ("김 철수",), "title": "深度学习", "year": 1999}, "arxiv-1999-00001"),
        ({"authors": ("ATLAS Collaboration",), "title": "Observation of It", "year": 2012}, "atlas2012observation"),
        ({"title": "Rethinking Attention with Performers", "year": 2020}, "rethinking2020attention"),
        ({"authors": (r"{\'E}mile Zola",), "title": r"$\alpha$-GAN and \emph{Others}"}, "zolagan"),
        ({"authors": ("Élie Cartan",), "title": "La théorie", "year": 1937}, "cartan1937theorie"),
        ({"authors": ("Ed O'Brien",), "title": "What We Do: 3D Shapes", "year": 2001}, "obrien20013d"),
        ({"authors": ("Ada Lovelace",), "title": "1984", "year": 1984}, "lovelace1984"),
        ({"authors": ("Ada Lovelace",), "title": "Words", "year": 10**4000}, "lovelacewords"),
        ({"authors": ("Ada Lovelace",), "title": "Words", "year": 10**5000}, "lovelacewords"),
        ({"title": "Deep Words", "year": 20}, "deepwords"),
        ({}, "arxiv-1999-00001"),
    ],
)
def test_a_key_is_author_year_and_title_word(fields: dict[str, Any], key: str) -> None:
    assert propose(Record(**fields), "arxiv:1999.00001") == key


_RECORD = Record(title="Deep Words", authors=("Ada Lovelace",), year=2001)
_BASE = "lovelace2001deep"


def test_papers_that_want_one_key_get_letters_and_after_z_comes_aa() -> None:
    keys = list(assign([(str(n), _RECORD, None) for n in range(30)], []).values())
    assert keys[:3] == [_BASE, _BASE + "a", _BASE + "b"]
    assert keys[26:29] == [_BASE + "z", _BASE + "aa", _BASE + "ab"]


def test_a_kept_key_stays_and_others_make_way() -> None:
    wanted = [("one", _RECORD, None), ("two", _RECORD, _BASE.upper()), ("three", _RECORD, "MyKey")]
    assert assign(wanted, ["mykey", _BASE + "A"]) == {"one": _BASE + "b", "two": _BASE.upper(), "three": "MyKey"}


def test_a_kept_key_that_bibtex_cannot_read_is_made_anew() -> None:
    assert assign([("one", _RECORD, "no key, this")], []) == {"one": _BASE}


@pytest.mark.parametrize("char", " \"#%'(),={}\\~\té")
def test_characters_that_break_a_reader_are_no_part_of_a_key(char: str) -> None:
    assert not is_safe(f"a{char}b")


_TEXT = st.text(max_size=20)


@given(
    st.lists(
        st.tuples(_TEXT, st.lists(_TEXT, max_size=2), st.none() | _TEXT, st.none() | st.integers(0, 9999)), max_size=12
    ),
    st.lists(st.sampled_from([_BASE, "a", "b2001", "paper"]), max_size=4),
)
def test_keys_are_unique_ignoring_case_and_safe(drawn: list[Any], taken: list[str]) -> None:
    wanted = [
        (f"id{n}", Record(title=title, authors=tuple(authors), year=year), kept)
        for n, (title, authors, kept, year) in enumerate(drawn)
    ]
    keys = assign(wanted, taken)
    assert list(keys) == [name for name, _, _ in wanted]
    assert len({key.lower() for key in keys.values()}) == len(wanted)
    kept = {k.lower() for _, _, k in wanted if k}
    assert not ({key.lower() for key in keys.values()} - kept) & {key.lower() for key in taken}
    assert all(re.fullmatch(r"[!-~]+", key) and is_safe(key) for key in keys.values())
    assert keys == assign(wanted, taken)
