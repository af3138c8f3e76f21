"""JATS, MathML, HTML and entities out of titles, names and abstracts, and licences by their short names."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.providers.licences import is_open, licence_of
from tui.providers.markup import plain, title_of, words_of

TEX = r"\documentclass[12pt]{minimal} \usepackage{amsmath} \begin{document}$$x^2$$\end{document}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("No markup at all.", "No markup at all."),
        ("Line one.\nLine two.", "Line one.\nLine two."),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<jats:p>It\n   is <jats:italic>so</jats:italic>.</jats:p>", "It is so."),
        ("CO<sub>2</sub> and 10<jats:sup>3</jats:sup>", "CO₂ and 10³"),
        ("a &lt; b, c &gt; d &amp;amp; e", "a < b, c > d & e"),
        ("a < b and c > d", "a < b and c > d"),
        ("&lt;p&gt;Escaped&lt;/p&gt;", "Escaped"),
        ("Q&A&notes", "Q&A&notes"),
        ("<jats:title>Abstract</jats:title><jats:p>We see.</jats:p>", "We see."),
        ("Abstract: birds sing", "birds sing"),
        ("ABSTRACT We hear birds.", "We hear birds."),
        ("Abstract interpretation is sound.", "Abstract interpretation is sound."),
        (
            f"<p>So <jats:inline-formula><jats:alternatives><jats:tex-math>{TEX}</jats:tex-math>"
            "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>"
            "</jats:alternatives></jats:inline-formula> grows.</p>",
            "So $x^2$ grows.",
        ),
        ("The <mml:math> <mml:mi> x </mml:mi> </mml:math> axis", "The x axis"),
        ("<p></p>", None),
        ("", None),
        (None, None),
        (["x"], None),
    ],
)
def test_an_abstract_is_plain(value: Any, text: str | None) -> None:
    assert plain(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("On <i>E. coli</i>", "On <i>E. coli</i>"),
        ("On\n  <i>E. coli</i>\n  .", "On <i>E. coli</i>."),
        ("AT&amp;amp;T", "AT&T"),
        ("a < b > c", "a < b > c"),
        ("Learning $\\alpha$", "Learning $\\alpha$"),
        (" ", None),
        (3, None),
    ],
)
def test_a_title_keeps_what_is_set_apart_in_it(value: Any, text: str | None) -> None:
    assert title_of(value) == text


def test_a_name_has_no_markup() -> None:
    assert words_of("J. <i>Phys</i>&amp;amp;Chem.") == "J. Phys&Chem."
    assert words_of({}) is None


@pytest.mark.parametrize(
    "hostile",
    ["<sub>", "<p ", "&", "&amp;", "<", "<math>", "<a x", "<sub><sub></sub>", "<tex-math>$", "</math>", "<p>", "<p/ "],
)
def test_a_hostile_text_costs_no_more_than_its_length(hostile: str) -> None:
    text = hostile * (400_000 // len(hostile)) + "</math></sub>"
    began = time.process_time()
    for read in (plain, title_of, words_of):
        read(text)
    assert time.process_time() - began < 3


@given(st.text(alphabet="<>/&;abmpsu th:jlx \n$\\{}", max_size=200))
def test_no_text_raises(text: str) -> None:
    for read in (plain, title_of, words_of):
        assert read(text) != ""


@pytest.mark.parametrize(
    ("value", "name", "opens"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0", True),
        ("https://creativecommons.org/licenses/by-nc-nd/3.0/igo/", "CC BY-NC-ND 3.0", True),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0", True),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "public domain", True),
        ("cc-by", "CC BY", True),
        ("cc-by-nc-sa", "CC BY-NC-SA", True),
        ("cc0", "CC0", True),
        ("public-domain", "public domain", True),
        ("other-oa", "other open licence", False),
        (
            "http://www.elsevier.com/open-access/userlicense/1.0/",
            "http://www.elsevier.com/open-access/userlicense/1.0/",
            False,
        ),
        (None, None, False),
        (["cc-by"], None, False),
        ("", None, False),
    ],
)
def test_a_licence_has_a_short_name(value: Any, name: str | None, opens: bool) -> None:
    assert licence_of(value) == name
    assert is_open(licence_of(value)) == opens
