from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import SettingsError
from tui.exports.keys import assign, is_safe, propose, refuse_key
from tui.key_pattern import DEFAULT
from tui.model import Record


def free(_: str) -> bool:
    """No key is another paper's."""
    return False


def one_of(*keys: str) -> Callable[[str], bool]:
    """Return what says that these keys, in whatever case, are other papers'."""
    return lambda key: key.lower() in {each.lower() for each in keys}


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"authors": ("Aaqib Saeed",), "year": 2020, "title": "Contrastive Learning of Audio"}, "saeed2020contrastive"),
        ({"authors": ("Laurens van der Maaten",), "title": "The t-SNE of It", "year": 2008}, "vandermaaten2008tsne"),
        ({"authors": ("Ştefan Łuß",), "title": "A Título", "year": 1999}, "luss1999titulo"),
        ({"authors": ("Иван Щербаков",), "title": "On It", "year": 1999}, "shcherbakov1999on"),
        ({"authors": ("Γιώργος Παπαδόπουλος",), "title": "Words", "year": 1999}, "papadopoulos1999words"),
        ({"authors": ("王小明",), "title": "Deep Words", "year": 1999}, "deep1999words"),
        ({"authors": ("김 철수",), "title": "深度学习", "year": 1999}, "gim1999"),
        ({"authors": ("김철수",), "title": "Deep Words", "year": 1999}, "gim1999deep"),
        ({"authors": ("やまだ たろう",), "title": "Deep Words", "year": 1999}, "tarou1999deep"),
        ({"authors": ("みすゞ",), "title": "Deep Words", "year": 1999}, "misu1999deep"),
        ({"authors": ("Bell and Howell Company",), "title": "Deep Words", "year": 1999}, "bell1999deep"),
        ({"authors": ("The Rain Group",), "title": "Deep Words", "year": 1999}, "rain1999deep"),
        ({"authors": ("Νίκος Ζούκος",), "title": "Deep Words", "year": 1999}, "zoukos1999deep"),
        ({"authors": ("And Other Systems Group",), "title": "Deep Words", "year": 1999}, "other1999deep"),
        ({"authors": ("王 小明",), "title": "深度学习", "year": 1999}, "arxiv-1999-00001"),
        ({"authors": ("Gözde Şahin",), "title": "Words", "year": 1999}, "sahin1999words"),
        ({"authors": ("Łukasz Ängström",), "title": "Words", "year": 1999}, "angstrom1999words"),
        ({"authors": ("Νίκος Ευαγγέλου",), "title": "Words", "year": 1999}, "eyangelou1999words"),
        ({"authors": ("Gemini Team",), "title": "Gemini: A Family of Models", "year": 2023}, "gemini2023family"),
        ({"authors": ("Translate Team",), "title": "Translate", "year": 2023}, "translate2023"),
        ({"title": "Translate, Translate", "year": 2023}, "translate2023"),
        ({"title": "Turing and Turing-Hopf Bifurcations", "year": 2023}, "turing2023bifurcations"),
        ({"title": "Low-Rank Words", "year": 1999}, "low1999words"),
        ({"title": "On-Line Words", "year": 1999}, "online1999words"),
        ({"title": "The ﬁeld of ½ Words", "year": 1999}, "field1999words"),
        ({"editors": ("Ed Itor",), "title": "A Handbook", "year": 1999}, "itor1999handbook"),
        ({"authors": ("Max Born",), "title": "Zur Quantenmechanik", "year": 1925}, "born1925quantenmechanik"),
        ({"authors": ("A B",), "title": "Über die Entwicklung der Niere", "year": 1925}, "b1925entwicklung"),
        ({"authors": ("A B",), "title": "Bellman's Error", "year": 1925}, "b1925bellmans"),
        ({"authors": ("A B",), "title": "L'utilisation de TeX", "year": 1925}, "b1925utilisation"),
        ({"title": "L'eau en Rain", "year": 1925}, "eau1925rain"),
        ({"authors": ("A B",), "title": "Una Descripción de LaTeX", "year": 1925}, "b1925descripcion"),
        ({"authors": ("A B",), "title": "Dello Stato e Delle Leggi", "year": 1925}, "b1925stato"),
        ({"authors": ("A B",), "title": "MIT in the Age of Zur", "year": 1925}, "b1925mit"),
        ({"authors": ("A B",), "title": "Sin and Son of Man", "year": 1925}, "b1925sin"),
        ({"authors": ("A B",), "title": "DOS: mit und ohne MIT", "year": 1925}, "b1925dos"),
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


_PAPER: dict[str, Any] = {
    "type": "conference",
    "title": "Attention Is Building Large Networks for BERT",
    "authors": ("Ashish Vaswani", "Noam Shazeer", "Niki Pärmar"),
    "year": 2017,
    "venue": "Advances in Neural Information Processing Systems 30 (NIPS 2017)",
    "arxiv": "1706.03762",
    "doi": "10.1000/(SICI)17_a",
}


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{author:2,etal,capitalise}_{year:2}_{title:3,sep=-}", "VaswaniShazeerEtAl_17_attention-building-large"),
        ("{author:all,sep=-}{year}", "vaswani-shazeer-parmar2017"),
        ("{author:3,etal}", "vaswanishazeerparmar"),
        ("{author:german,all,letters=4}", "vaswshazpaer"),
        ("{author:etal,letters=3}", "vasetal"),
        ("{author:initials,upper}{year:2}", "VSP17"),
        ("{author:2,initials,etal}", "vs"),
        ("{author:max=3}:{year}", "vas:2017"),
        ("{title:all,capitalise}", "AttentionBuildingLargeNetworksBERT"),
        ("{title:2-3,keep}", "BuildingLarge"),
        ("{title:every,4}", "attentionisbuildinglarge"),
        ("{title:initials}", "ablnb"),
        ("{title:skip=attention}", "building"),
        ("{venue}{year}", "neurips2017"),
        ("{venue:upper}{year:2}", "NEURIPS17"),
        ("{venue:initials}", "anips"),
        ("ref:{year}:{title}", "ref:2017:attention"),
        ("{venue:3,sep=.}", "advances.neural.information"),
        ("{arxiv}", "1706.03762"),
        ("{doi}", "10.1000-sici17_a"),
        ("{doi|arxiv}", "10.1000-sici17_a"),
        ("ref/{author}", "ref/vaswani"),
        ("{author}+", "vaswani+"),
    ],
)
def test_a_pattern_says_what_a_key_is_made_of(pattern: str, key: str) -> None:
    assert propose(Record(**_PAPER), "arxiv:1706.03762", pattern) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [("{title:2,german}", "schoenebaeume"), ("{title:2}", "schonebaume"), ("{author:german}", "mueller"),
     ("{author}", "muller")],
)  # fmt: skip
def test_umlauts_are_spelled_out_where_the_pattern_says_so(pattern: str, key: str) -> None:
    record = Record(title="Schöne Bäume für Jörg", authors=("Anna Müller",))
    assert propose(record, "x", pattern) == key


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("{author}_{year}_{title}", "deep_words"),
        ("{year}-{author}-{title}", "deep-words"),
        ("{title}{author}", "deepwords"),
        ("ref:{year}:{title}", "ref:deep"),
        ("{title}v{year}", "deepv"),
        ("{arxiv}", "deepwords"),
        ("ref:{doi}", "deepwords"),
        ("{arxiv|doi|title}", "deep"),
        ("{venue}", "deepwords"),
    ],
)
def test_what_a_paper_lacks_leaves_no_gap(pattern: str, key: str) -> None:
    assert propose(Record(title="Deep Words"), "x", pattern) == key


@pytest.mark.parametrize(
    ("venue", "key"),
    [
        ("2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)", "cvpr"),
        ("Proceedings of the 59th Annual Meeting of the Association for Computational Linguistics (Volume 1)", "acl"),
        ("NeurIPS 2021", "neurips"),
        ("Journal of the American Statistical Association", "jasa"),
        ("Nature", "nature"),
        ("Poets' and Writer's", "pw"),
        ("The Poet's", "poets"),
        ("Proceedings of the 3rd Workshop on Trustworthy Things (TrustNLP 2023)", "trustnlp"),
        ("IEEE Transactions on Image Processing", "ieeetip"),
        ("Журнал", "zhurnal"),
    ],
)
def test_a_venue_goes_by_its_short_name(venue: str, key: str) -> None:
    assert propose(Record(title="T", venue=venue), "x", "{venue}") == key


def test_a_preprints_venue_is_its_archive() -> None:
    assert propose(Record(title="T", arxiv="1706.03762"), "x", "{venue}{year}") == "arxiv"


def test_keys_are_assigned_by_the_readers_pattern_and_kept_ones_stay() -> None:
    wanted = [("one", _RECORD, None), ("two", _RECORD, None), ("three", _RECORD, "My:Own")]
    keys = assign(wanted, free, "{author:capitalise}")
    assert keys == {"one": "Lovelace", "two": "Lovelacea", "three": "My:Own"}
    assert assign([("one", _RECORD, keys["one"])], free, DEFAULT) == {"one": "Lovelace"}
    with pytest.raises(SettingsError, match=r"^The pattern of citation keys must be .*\.$"):
        assign(wanted, free, "{autor}")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "cannot be empty"),
        ("a b", "“a b” cannot be a citation key, for a blank in it breaks"),
        ("a,b", "for , in it breaks BibTeX, TeX or biber"),
        ('a"b', "a quotation mark"),
        ("a\x1bb", "a control character"),
        ("müller", "for ü in it is not ASCII"),
        ("x" * 201, "longer than 200 characters, and this one has 201"),
    ],
)
def test_a_key_that_the_reader_cannot_have_is_refused_in_a_sentence(key: str, words: str) -> None:
    sentence = refuse_key(key)
    assert sentence is not None
    assert words in sentence
    assert sentence.endswith(".")
    assert "\x1b" not in sentence


@pytest.mark.parametrize("key", ["DBLP:conf/nips/VaswaniSPUJGKP17", "knuth84", "a_b-c.d+e"])
def test_usual_keys_can_be_set(key: str) -> None:
    assert refuse_key(key) is None


_RECORD = Record(title="Deep Words", authors=("Ada Lovelace",), year=2001)
_BASE = "lovelace2001deep"


def test_papers_that_want_one_key_get_letters_and_after_z_comes_aa() -> None:
    keys = list(assign([(str(n), _RECORD, None) for n in range(30)], free).values())
    assert keys[:3] == [_BASE, _BASE + "a", _BASE + "b"]
    assert keys[26:29] == [_BASE + "z", _BASE + "aa", _BASE + "ab"]


def test_letters_are_counted_for_each_key_by_itself() -> None:
    other = Record(title="Old Songs", authors=("Max Born",), year=1999)
    wanted = [("1", _RECORD, None), ("2", _RECORD, None), ("3", other, None), ("4", other, None)]
    assert list(assign(wanted, free).values()) == [_BASE, _BASE + "a", "born1999old", "born1999olda"]


def test_of_two_papers_that_keep_one_key_in_whatever_case_the_first_has_it() -> None:
    wanted = [("1", _RECORD, "Key"), ("2", _RECORD, "key"), ("3", _RECORD, "KEY")]
    assert list(assign(wanted, free).values()) == ["Key", _BASE, _BASE + "a"]


def test_a_kept_key_stays_and_others_make_way() -> None:
    wanted = [("one", _RECORD, None), ("two", _RECORD, _BASE.upper()), ("three", _RECORD, "MyKey")]
    assert assign(wanted, one_of("mykey", _BASE + "A")) == {"one": _BASE + "b", "two": _BASE.upper(), "three": "MyKey"}


def test_a_kept_key_that_bibtex_cannot_read_is_made_anew() -> None:
    assert assign([("one", _RECORD, "no key, this")], free) == {"one": _BASE}


@pytest.mark.parametrize("char", " \"#%'(),={}\\~\té")
def test_characters_that_break_a_reader_are_no_part_of_a_key(char: str) -> None:
    assert not is_safe(f"a{char}b")


_TEXT = st.text(max_size=20)


@given(
    st.lists(
        st.tuples(_TEXT, st.lists(_TEXT, max_size=2), st.none() | _TEXT, st.none() | st.integers(0, 9999)), max_size=12
    ),
    st.lists(st.sampled_from([_BASE, "a", "b2001", "paper"]), max_size=4),
    st.sampled_from(
        [DEFAULT, "{title:every,all,sep=-}", "{author:all,etal,keep}{doi}", "x{venue:2}", "{arxiv}.{year:2}"]
    ),
)
def test_keys_are_unique_ignoring_case_and_safe(drawn: list[Any], taken: list[str], pattern: str) -> None:
    wanted = [
        (f"id{n}", Record(title=title, authors=tuple(authors), year=year), kept)
        for n, (title, authors, kept, year) in enumerate(drawn)
    ]
    keys = assign(wanted, one_of(*taken), pattern)
    assert list(keys) == [name for name, _, _ in wanted]
    assert len({key.lower() for key in keys.values()}) == len(wanted)
    kept = {k.lower() for _, _, k in wanted if k}
    assert not ({key.lower() for key in keys.values()} - kept) & {key.lower() for key in taken}
    assert all(re.fullmatch(r"[!-~]+", key) and is_safe(key) for key in keys.values())
    assert keys == assign(wanted, one_of(*taken), pattern)
