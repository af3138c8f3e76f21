"""Two titles side by side: what is nothing, what is a slip, and what makes another work."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.matching.comparison import compare
from tui.matching.titles import MAX_CHARS, take_apart

NIGHT = "Reading the Night Sky with Sparse Coding"

RELATIONS = [
    ("equal", "Attention is all you need!", "Attention Is All You Need"),
    ("equal", "End-to-End Learning of Data-Sets", "End to end learning of datasets"),
    ("equal", "Poincar{\\'e} Maps of $O(n^2)$ Things", "Poincaré maps of O(n²) things"),
    ("equal", "Loss &amp; <i>Gain</i>", "Loss & Gain"),
    ("equal", "The eﬃcient ﬁlter", "The Efficient Filter"),
    ("equal", "Part One of the Tale, Part II", "Part 1 of the tale. Part two"),
    ("equal", "Gravity IV", "Gravity 4"),
    ("equal", "7. Gravity of Ice", "Gravity of ice"),
    ("equal", "深層学習の基礎", "深層学習の基礎"),
    ("equal", NIGHT + " (Best Paper Award)", NIGHT),
    ("near", "Reading of the Night Sky with a Sparse Coding", NIGHT),
    ("near", "Colour Models for Centres", "Color model for centers"),
    ("near", "Analysing Optimisation in Wide Nets", "Analyzing optimization in wide nets"),
    ("near", "Bert Reads Poetery", "BERT reads poetry"),
    ("near", "GANs for Everyone", "GAN for everyone"),
    ("near", "Reading Reading the Night Sky with Sparse Coding", NIGHT),
    ("cut", "Reading the Night", "Reading the Night: Sparse Coding of Star Charts"),
    ("cut", "Reading the Night: Sparse Coding of Star Charts", "Reading the night"),
    ("cut", "Reading the Night Sky with Spa…", NIGHT),
    ("headed", "Sparse Coding of Star Charts", "NightNet: Sparse Coding of Star Charts"),
    ("word", "Reading the Sky with Sparse Coding", NIGHT),
    ("word", "Reading the Sky Night with Sparse Coding", NIGHT),
    ("word", "Reading the Night Sky with Sparse Codi", NIGHT),
    ("word", "Reading the Night Sky with Sparse Netw", "Reading the Night Sky with Sparse Networks"),
    ("near", "The Night Sky Sky with Sparse Coding Now", "Night Sky with Sparse Coding Now"),
    ("cut", NIGHT, NIGHT + ": Telescopes Are the Best Part"),
    ("similar", "Reading the Night Sky with Sparse", NIGHT),
    ("different", "", NIGHT),
]

CONFLICTS = [
    ("number", NIGHT, NIGHT + ", Part II"),
    ("number", NIGHT + ", Part I", NIGHT + ", Part II"),
    ("number", "GPT-3 in Court", "GPT-4 in Court"),
    ("number", "Rain on Class A Roofs", "Rain on Class B Roofs"),
    ("number", NIGHT, NIGHT + ": Part Two"),
    ("number", "Gravity of Ice, 2nd Edition", "Gravity of Ice, 3rd Edition"),
    ("number", "Reading the Night", "Reading the Night: Sparse Coding of Star Charts. II"),
    ("number", "Reading the Night Sky with Spar…", NIGHT + " II"),
    ("number", "深層学習の基礎 上", "深層学習の基礎 下"),
    ("number", "Reading Stars in C", "Reading Stars in C++"),
    ("word", "On Exotic Spheres", NIGHT),
    ("word", "Supervised Reading of Stars", "Unsupervised Reading of Stars"),
    ("word", "Overfitting at Night", "Underfitting at Night"),
    ("word", "The Nitrate of Rivers", "The Nitrite of Rivers"),
    ("word", "Fast Reading of Stars", "Faster Reading of Stars"),
    ("word", "Spotting Lies with BERT", "Spotting Lies with BART"),
    ("word", NIGHT, "Improved " + NIGHT),
    ("word", NIGHT, NIGHT + " Revisited"),
    ("word", NIGHT, NIGHT + ": New Results"),
    ("word", "Stars Are Read", "Stars Are Not Read"),
    ("word", "The Tales of a Prat Queen", "The Tales of a Rat Queen"),
    ("word", "Songs of Steel", "Songs in Cold Steel"),
    ("word", NIGHT, "Stars Revisited: " + NIGHT),
    ("word", "Reading the Night Sky with Sparse Net", "Reading the Night Sky with Sparse Networks"),
    ("kind", NIGHT, "Comment on “" + NIGHT + "”"),
    ("kind", NIGHT, NIGHT + ": a rejoinder"),
    ("kind", NIGHT, "Corrigendum to '" + NIGHT + "'"),
    ("kind", NIGHT, "Ответ на: " + NIGHT),
    ("kind", NIGHT, NIGHT + " [Erratum]"),
    ("kind", "Comment on " + NIGHT, "Reply to " + NIGHT),
    ("kind", "[Re] " + NIGHT, NIGHT),
]


@pytest.mark.parametrize(("relation", "one", "other"), RELATIONS)
def test_titles_stand_to_each_other(relation: str, one: str, other: str) -> None:
    compared = compare(one, other)
    assert (compared.relation, compared.conflict) == (relation, None), compared


@pytest.mark.parametrize(("conflict", "one", "other"), CONFLICTS)
def test_what_makes_another_work_is_seen_from_both_sides(conflict: str, one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        compared = compare(first, second)
        assert compared.conflict == conflict, compared
        assert compared.relation in ("similar", "different")


@pytest.mark.parametrize(
    ("title", "words", "kinds"),
    [
        ("Response Surfaces in Practice", "response surfaces in practice", ()),
        ("Error Correction for Poets", "error correction for poets", ()),
        ("Author Correction: Stars", "stars", ("correction",)),
        ("Stars (Reply)", "stars", ("reply",)),
        ("RETRACTED ARTICLE: Stars", "stars", ()),
        ("Comment on Comment on Stars", "stars", ("comment", "comment")),
        ("Erratum", "erratum", ()),
        ("(Oral)", "oral", ()),
        ("Why Should I Trust You?", "why should i trust you", ()),
        ("C++ and β-VAE", "c++ and beta vae", ()),
        ("2001: A Space Odyssey", "2001 a space odyssey", ()),
        ("Re: Stars", "stars", ("reproduction",)),
        ("Stars: A Comment", "stars", ("comment",)),
        ("Stars: Author Correction", "stars", ("correction",)),
        ("Stars: A Very Long Comment by the Author", "stars a very long comment by the author", ()),
        ("Poster: Stars", "stars", ("short",)),
        ("[Poster] Stars", "stars", ()),
        ("Review of Stars", "stars", ("review",)),
        ("Extended Abstract: Stars", "stars", ("short", "short")),
        ("Correction to: The Stars", "stars", ("correction",)),
        ("Note on the Correction: Stars", "stars", ("correction",)),
        ("Stars (Erratum) (Reply)", "stars", ("correction", "reply")),
        ("A Reply", "a reply", ()),
        ("Stars (ICLR 2020) [Oral]", "stars", ()),
        ("(1) Stars", "stars", ()),
        ("12) Stars", "stars", ()),
        ("1234. Stars", "1234 stars", ()),
        ("Stars (Night)", "stars night", ()),
        ("Stars (Response Surfaces)", "stars response surfaces", ()),
        ("Stars: A Comment and Reply", "stars", ("comment", "reply")),
        ("Stars: A Comment and a Reply", "stars a comment and a reply", ()),
        ("[Night] Stars", "night stars", ()),
        ("Stars, i", "stars 1", ()),
        ("X-ray I See", "x ray i see", ()),
        ("V", "v", ()),
        ("Stars V", "stars 5", ()),
        ("Gravity iv now", "gravity iv now", ()),
        ("Gravity IV now", "gravity 4 now", ()),
        ("Stars, part i of", "stars part 1 of", ()),
        ("Part i…", "part i", ()),
        ("ββββ", "ββββ", ()),
        ("One", "one", ()),
    ],
)
def test_a_title_is_taken_apart(title: str, words: str, kinds: tuple[str, ...]) -> None:
    apart = take_apart(title)
    assert (" ".join(apart.words), apart.kinds) == (words, kinds)


@pytest.mark.parametrize(
    ("title", "generic", "distinctive"),
    [
        ("Introduction", True, False),
        ("Deep Learning", True, False),
        ("Machine Learning Methods: A Survey", True, False),
        ("Attention Is All You Need", False, False),
        ("Erratum to: Reading the Night Sky with Sparse Coding", False, False),
        (NIGHT, False, True),
    ],
)
def test_some_titles_say_which_work_it_is_and_some_do_not(title: str, generic: bool, distinctive: bool) -> None:
    apart = take_apart(title)
    assert (apart.generic, apart.distinctive) == (generic, distinctive)


@pytest.mark.parametrize(
    ("title", "starts", "initials", "cut"),
    [
        ("Stars: Night", {1}, set(), False),
        ("Stars — Night", {1}, set(), False),
        ("Stars – Night", {1}, set(), False),
        ("Stars-Night", set(), set(), False),
        ("Stars: Night: A Comment", {1}, set(), False),
        ("Comment on: Stars. Night (Bridges)", {1, 2}, set(), False),
        ("The NASA and ESA of Night Stars", set(), {"nasa", "esa"}, False),
        ("NASA AND ESA STARS", set(), set(), False),
        ("NASA Stars", set(), {"nasa"}, False),
        ("Stars of the…", set(), set(), True),
        ("Stars of the [...]", set(), set(), True),
    ],
)
def test_parts_and_initials_are_known(title: str, starts: set[int], initials: set[str], cut: bool) -> None:
    apart = take_apart(title)
    assert (apart.starts, apart.initials, apart.cut) == (starts, initials, cut)


@pytest.mark.parametrize(
    ("title", "weight"),
    [
        ("Gout", "short"),
        ("Gout in Men", "short"),
        ("Gout of Old Men", ""),
        ("Stars", ""),
        ("One Two", "generic short"),
        ("Deep Three", "generic"),
        ("Songs of Steel", ""),
        ("Bridges of the Deep Networks", ""),
        ("Singing Bridges in Winter", "telling"),
        ("Singing Bronze Bridges", "telling"),
        ("Singing Metal Bridges", ""),
        ("Comment on Singing Bridges in Winter", ""),
        ("Ice on a Tin Roof Sings", ""),
        ("Singing Bridges in Winter Storms of Norway", "telling distinctive"),
    ],
)
def test_a_title_weighs_what_it_says(title: str, weight: str) -> None:
    apart = take_apart(title)
    weights = ("generic", "short", "telling", "distinctive")
    assert " ".join(name for name in weights if getattr(apart, name)) == weight


def test_beyond_what_is_looked_at_only_equal_titles_are_equal() -> None:
    long = "a" * MAX_CHARS
    assert compare(long + "b", long + "b").relation == "equal"
    assert compare(long + "b", long + "c").relation == "different"


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_a_conflict_is_never_agreement(one: str, other: str) -> None:
    compared = compare(one, other)
    assert 0 <= compared.alike <= 1
    assert compared.told
    assert not compared.conflict or compared.relation in ("similar", "different")


@given(st.text(max_size=80))
def test_a_title_is_equal_to_itself_or_says_nothing(title: str) -> None:
    assert compare(title, title).relation == ("equal" if take_apart(title).words else "different")
