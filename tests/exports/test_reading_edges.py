"""TeX in titles that is cut, spaced out or too long: it is printed as it stands rather than guessed at."""

from __future__ import annotations

import pytest

from tui.exports.latex import escape
from tui.exports.mathematics import read_math
from tui.exports.reading import read


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        (r"\emph {x} y", r"\emph{x} y"),
        (r"\textbf   {x}", r"\textbf{x}"),
        (r"a\quad b\,c\\d\newline e", "a b c d e"),
        (r"\href{x}{y} z", "y z"),
        (r"\texorpdfstring{D} rest", r"\textbackslash{}texorpdfstring\textbraceleft{}D\textbraceright{} rest"),
        (r"\textcolor{red} blue", r"\textbackslash{}textcolor\textbraceleft{}red\textbraceright{} blue"),
        (r"\href{x", r"\textbackslash{}href\textbraceleft{}x"),
        (r"$\big. x$", "{$x$}"),
        (r"$\left. x \right|$", "{$x |$}"),
        (r"$\sqrt[3]{x}$", r"{$\sqrt[3]{x}$}"),
        (r"A bold \textbf", "A bold"),
        (r"\LaTeX{x} \LaTeX{} y", r"{\LaTeX}x {\LaTeX} y"),
        (r"a \beta^\alpha b", r"a {$\beta^{\alpha}$} b"),
        (r"a \mbox, b", "a , b"),
        (r"the end \em", "the end"),
    ],
)
def test_a_command_takes_what_is_its_own_and_one_that_lacks_it_stands_as_it_is(text: str, tex: str) -> None:
    assert escape(read(text)) == tex


@pytest.mark.parametrize("around", ["{", r"\mbox{", r"\emph{", r"\footnotesize{", r"\texorpdfstring{", r"\unknown{"])
def test_twelve_braces_deep_is_read_and_deeper_is_text(around: str) -> None:
    close = "}{}" if "pdf" in around else "}"
    assert "{$x$}" in escape(read(f"a {around * 12}$x$ {close * 12}"))
    assert r"\emph{y}" in escape(read(f"a {around * 11}\\emph{{y}}{close * 11}"))
    assert "\\emph{y}" not in escape(read(f"a {around * 14}\\emph{{y}}{close * 14}"))


@pytest.mark.parametrize("source", [r"\sqrt[3", r"\sqrt[3{x}", r"\sqrt[", r"\sqrt[3}", r"{\sqrt[3}]x"])
def test_a_root_whose_degree_never_ends_is_no_formula(source: str) -> None:
    assert read_math(source) is None
    assert "{$" not in escape(read(f"${source}$"))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("{", "}"),
        ("a{", "}"),
        ("{{a}b", "}"),
        ("x^{a", "}"),
        (r"\hat{", "}"),
        (r"\frac{a}{", "}"),
        (r"\frac{", "}{a}"),
        (r"a\sqrt{", "}"),
        (r"\sqrt[", "]{a}"),
        (r"\not{", "}"),
    ],
)
def test_a_formula_is_nested_as_deep_as_people_nest_and_no_deeper(opening: str, closing: str) -> None:
    assert read_math(opening * 10 + "x" + closing * 10) is not None
    assert read_math(opening * 40 + "x" + closing * 40) is None
    assert read_math(opening * 5000 + "x" + closing * 5000) is None


@pytest.mark.parametrize("group", ["{a}", "a{b}c", r"\hat{a}", r"\sqrt[3]{a}", "x^{a}", r"\frac{a}{b}"])
def test_what_stands_side_by_side_is_not_nested(group: str) -> None:
    assert read_math(group * 100) is not None


def test_a_bare_formula_longer_than_any_is_text() -> None:
    short, long = r"\alpha_{x}", r"\alpha_{" + "x" * 600 + "}"
    assert escape(read(f"an {short} b")).startswith("an {$")
    made = escape(read(f"an {long} b"))
    assert "x" * 600 in made
    assert r"{$\alpha_{x" not in made
