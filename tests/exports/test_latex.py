from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.exports.latex import escape, unprintable
from tui.exports.reading import read
from tui.exports.typography import typeset
from tui.exports.verify import decoded

# What a reader may find in prose, and every character that TeX or BibTeX gives a meaning.
_CHARACTERS = "aZ 09.,:;!?()[]/+*=-'\"\\{}~^<>|`&%#_$@“”‘’–—éÉñüßøŁłőșțğİıąěŵạếỗỮ¿¡"
PROSE = st.text(alphabet=_CHARACTERS, max_size=60)


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("R&D: 50% of #1 costs $5", r"R\&D: 50\% of \#1 costs \$5"),
        ("a_b", r"a\_b"),
        ("~ ^ \\", r"\textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("{x}", r"\textbraceleft{}x\textbraceright{}"),
        ("<x> | y", r"\textless{}x\textgreater{} \textbar{} y"),
        ("a@b", "a{@}b"),
        ("“a” ‘b’", "``a'' `b'"),
        ("“‘a", "``{}`a"),
        ("é É í ñ ü", r"{\'e} {\'E} {\'i} {\~n} {\"u}"),
        ("ß æ ø Ł Đ ı İ", r"{\ss} {\ae} {\o} {\L} {\DJ} {\i} {\.I}"),
        ("ő č ç ą ș ğ", r"{\H{o}} {\v{c}} {\c{c}} {\k{a}} {\textcommabelow{s}} {\u{g}}"),
        ("ế ỗ ạ", r"{\'{\^e}} {\~{\^o}} {\d{a}}"),
        ("1–2 — 3", "1--2 --- 3"),
        ("αβ ≤ ∞", r"{$\alpha\beta$} {$\leq$} {$\infty$}"),
        ("Ω", r"{$\Omega$}"),
        ("x² SO₄²⁻", r"x\textsuperscript{2} SO\textsubscript{4}\textsuperscript{2-}"),
        ("𝒪 ℝ 𝔤", r"{$\mathcal{O}$} {$\mathbb{R}$} {$\mathfrak{g}$}"),
        ("° € ™", r"\textdegree{} \texteuro{} \texttrademark{}"),
        ("≢ ∉", r"{$\not\equiv$} {$\not\in$}"),
        ("王 ع 🎉 Ж", "王 ع 🎉 Ж"),
    ],
)
def test_each_character_is_set_as_latex_sets_it(text: str, tex: str) -> None:
    assert escape(text) == tex


def test_what_eight_bits_cannot_print_is_named_once() -> None:
    assert unprintable(escape("王小王 é ả")) == "王小ả"


@given(PROSE)
def test_what_is_escaped_is_read_back_as_it_was(text: str) -> None:
    text = typeset(text)
    assert decoded(escape(text)) == text


@given(PROSE)
def test_braces_balance_as_bibtex_counts_them(text: str) -> None:
    depth = 0
    for brace in re.findall("[{}]", escape(typeset(text))):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


@given(PROSE)
def test_nothing_special_stays_bare(text: str) -> None:
    tex = escape(typeset(text))
    assert not re.search(r"(?<!\\)[%#&_$]", tex)
    assert not re.search(r"@\w*[ \t]*\{", tex)


@given(PROSE)
def test_typesetting_twice_changes_nothing(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)


@given(st.text(alphabet="ab &%#_~^éÉßŁ王“”x", max_size=40))
def test_what_was_escaped_is_escaped_once_when_it_comes_again(text: str) -> None:
    once = escape(read(text))
    assert escape(read(once)) == once
