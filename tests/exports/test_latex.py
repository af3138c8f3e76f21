from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
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
        ("⋐ ⇛ ℗", r"{$\Subset$} {$\Rrightarrow$} \textcircledP{}"),
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
    once = escape(read(text.strip()))
    assert escape(read(once)) == once


# Written as letters that say the currency, or as TeX's opening quote, which alone may be a grave accent.
_LOSSY = "‘ʻ‛₠₣₨₪₭₮₴₵₸₹₺₼₽₾₿"
_PRINTED = [
    chr(code) for code in (*range(0x20, 0x3000), *range(0x1D400, 0x1D800))
    if unicodedata.category(chr(code))[0] not in "CZM" and chr(code) not in _LOSSY
]  # fmt: skip


def test_every_character_that_is_written_is_written_the_same_when_its_tex_is_read() -> None:
    changed = []
    for char in _PRINTED:
        once = escape(typeset(f"a{char}b"))
        if escape(read(once)) != once:
            changed.append((char, once, escape(read(once))))
    assert changed == []


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "Sm", "Sc"], exclude_characters="$" + _LOSSY), max_size=20))
def test_letters_and_signs_in_a_row_are_written_the_same_when_their_tex_is_read(text: str) -> None:
    once = escape(read(text.strip()))
    assert escape(read(once)) == once


@settings(deadline=None)
@given(PROSE)
def test_what_is_escaped_for_utf8_is_read_back_as_it_was(text: str) -> None:
    text = typeset(text)
    assert decoded(escape(text, unicode=True)) == text
