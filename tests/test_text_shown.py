"""TeX and HTML that stand in titles and abstracts are shown as readers expect to see them."""

from __future__ import annotations

import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_text import BIDI, TEXTS
from tui.text import MAX_TEX, _latex, clean, clean_lines, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Poincar{\\'e}", "Poincaré"),
        ("Szemer{\\'e}di and Erd{\\H o}s", "Szemerédi and Erdős"),
        ("M\\\"uller, Schr{\\\"o}dinger", "Müller, Schrödinger"),
        ("Ng{\\^o} B\\h{a}o Ch{\\^a}u", "Ngô Bảo Châu"),
        ("Th\\h{\\^e} Ti\\h en", "Thể Tiẻn"),
        ("$2\\%$ of the space", "2% of the space"),
        ("\\emph{any} distance", "any distance"),
        ("$\\beta$-VAE", "β-VAE"),
        ("$K$-Core Sequences", "K-Core Sequences"),
        ("$x^2 + y_{10}$", "x² + y₁₀"),
        ("{BERT}: Pre-training", "BERT: Pre-training"),
        ("E<sub>8</sub> and x<sup>2</sup>", "E₈ and x²"),
        ("<i>E. coli</i> in <jats:p>culture</jats:p>", "E. coli in culture"),
        ("R&amp;D", "R&D"),
        ("A &lt; B", "A < B"),
        # What only looks like TeX or HTML.
        ("How to Train It with $100K Budget", "How to Train It with $100K Budget"),
        ("between $5 and $10", "between $5 and $10"),
        ("90%* ChatGPT Quality", "90%* ChatGPT Quality"),
        ("ARBERT & MARBERT", "ARBERT & MARBERT"),
        ("UMBC_EBIQUITY-CORE", "UMBC_EBIQUITY-CORE"),
        ("C# and F#", "C# and F#"),
        ("a < b and c > d", "a < b and c > d"),
        ("a lone { brace", "a lone { brace"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("plain words", "plain words"),
        ("plain  words", "plain  words"),
        ("TeX by name: \\TeX, \\LaTeX{} and \\BibTeX", "TeX by name: TeX, LaTeX and BibTeX"),
        ("see \\input{notes.tex} or \\include{notes}", "see \\input notes.tex or \\include notes"),
        ("\\unknown word, \\unknown{word}", "\\unknown word, \\unknown word"),
        ("\\alpha{} decay", "α decay"),
        ("Figure~1", "Figure 1"),
        ("\\'Elan vital", "Élan vital"),
        ("one line&#10;stays one", "one line stays one"),
        ("two\nlines &amp; more", "two\nlines & more"),
        ("R&amp;D is one word", "R&D is one word"),
        ("{BERT}~base", "BERT base"),
        ("Fig.~1 (see Eqs.~(2) and~3)", "Fig. 1 (see Eqs. (2) and 3)"),
        ("/~user", "/~user"),
        ("{a} ~ 5 ^ 6", "a ~ 5 ^ 6"),
        ("half of it % no \\emph{comment}", "half of it % no comment"),
        ("$5%$ and $50\\% of% all$", "5% and 50% of% all"),
        ("a $$x^2$$ b", "a x² b"),
        ("\\$$x^2$ for \\$$y$", "$x² for $y"),
        ("$x^{ab}$, $x^{2A}$, $x^{A}$", "xᵃᵇ, x^2A, x^A"),
        ("\\emph{any} $x^2$ and $y_1$ at the end", "any x² and y₁ at the end"),
        ("a set \\{1, 2\\} of {B}", "a set {1, 2} of B"),
        ("{a \\{ b}", "a { b"),
        ("{a \\} b}", "a } b"),
        ("{BERT} and a lone } brace", "{BERT} and a lone } brace"),
        ("\\begin{it} x", "x"),
        ("A<SUP>2</SUP>", "A²"),
    ],
)  # fmt: skip
def test_residue_is_shown_as_readers_expect(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "written",
    ["{" * 900 + "x" + "}" * 900, "{x}" * (MAX_TEX // 2) + "$"],
    ids=["nested too deep", "too much of it"],
)
def test_tex_beyond_all_measure_is_shown_as_it_was_written(written: str) -> None:
    assert shown(written) == written


def test_as_much_tex_as_is_allowed_is_read() -> None:
    assert shown("{x}" * (MAX_TEX // 2)) == "x" * (MAX_TEX // 2)


def test_wrong_tex_writes_no_warning_into_the_screen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("pylatexenc").setLevel(logging.NOTSET)
    _latex.cache_clear()
    assert shown("\\begin{it} a warning")
    assert shown("\\frac")
    assert caplog.records == []
    assert logging.getLogger().level == logging.DEBUG, "what others write is theirs"


@given(TEXTS)
def test_what_is_shown_is_as_safe_as_what_was_cleaned(text: str) -> None:
    seen = shown(clean(text))
    assert clean_lines(seen) == seen
    assert not set(seen) & set(BIDI)


@given(st.from_regex(r"[A-Za-z0-9 ,.:;()-]{1,60}", fullmatch=True))
def test_plain_words_are_shown_as_they_are(text: str) -> None:
    assert shown(text) == text


def test_the_shown_form_never_loses_a_word() -> None:
    text = "We \\cite{knuth} use \\unknowncommand{this thing} and $\\frac{a}{b}$ of it."
    seen = shown(text)
    assert all(re.search(rf"\b{word}\b", seen) for word in ("use", "this", "thing", "of", "it"))
