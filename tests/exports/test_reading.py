from __future__ import annotations

import time

import pytest

from tui.exports.latex import escape
from tui.exports.mathematics import read_math
from tui.exports.reading import read


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        (r"Poincar{\'e} and M\"obius", r"Poincar{\'e} and M{\"o}bius"),
        (r"\v{C}ech, \c c, \H{o}, \'{\i}, \^{\'e}", r"{\v{C}}ech, {\c{c}}, {\H{o}}, {\'i}, {\^{\'e}}"),
        (r"stra\ss e \O re {\L}ukasz", r"stra{\ss}e {\O}re {\L}ukasz"),
        (r"100\% \& \$5 \#1 a\_b", r"100\% \& \$5 \#1 a\_b"),
        (r"$2\%$ of it", r"{$2\%$} of it"),
        (r"between $5 and $10", r"between \$5 and \$10"),
        (r"\(x^2\) and $$y$$", r"{$x^2$} and {$y$}"),
        (r"\ensuremath{\mathbb{R}}", r"{$\mathbb{R}$}"),
        (r"\alpha-GAN in \mathbb{R}^d", r"{$\alpha$}-GAN in {$\mathbb{R}^d$}"),
        (r"$\foo{x}$", r"\$\textbackslash{}foo\textbraceleft{}x\textbraceright{}\$"),
        (r"{\em Homo} \textit{sapiens} {\bf x}", r"\emph{Homo} \emph{sapiens} \textbf{x}"),
        (r"\textsc{BERT} \texttt{x\_y}", r"\textsc{BERT} \texttt{x\_y}"),
        (r"A\thanks{me} \mbox{B} \textcolor{red}{C} \texorpdfstring{D}{E}", "A B C D"),
        (r"\LaTeX{} and \LaTeX now", r"{\LaTeX} and {\LaTeX} now"),
        (
            r"\input{/etc/passwd} \write18{rm}",
            r"\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{} "
            r"\textbackslash{}write18rm",
        ),
        ("a } b", r"a \textbraceright{} b"),
        ("``a'' it's", "``a'' it's"),
        ('"a" ("b") \'c\'', "``a'' (``b'') `c'"),
        ("A~B and ~10", r"A B and \textasciitilde{}10"),
        ("H<sub>2</sub>O <i>in vivo</i>", r"H\textsubscript{2}O \emph{in vivo}"),
        ("&amp;amp; &lt;i&gt;x&lt;/i&gt; &eacute;", r"\& \emph{x} {\'e}"),
        ("a<b and c>d <foo>", r"a\textless{}b and c\textgreater{}d \textless{}foo\textgreater{}"),
        ("<b>no end", "no end"),
        ("H<ſub>2</sub>O <ſub>2</ſub> <K>", "H2O 2 \\textless{}K\\textgreater{}"),
        ("<mml:math><mml:mi>x</mml:mi></mml:math>", "x"),
        ("<tex-math>$\\alpha$</tex-math> b", r"{$\alpha$} b"),
        ("ﬁne Ⅳ ２ ⅓ x\u200dy", "fine IV 2 1/3 xy"),
        ("&#x202e;abc&#x200f;&#x85;d", r"abc\ldots{}d"),
    ],
)
def test_titles_are_understood_however_they_are_written(text: str, tex: str) -> None:
    assert escape(read(text)) == tex


@pytest.mark.parametrize(
    ("text", "letter"),
    [(r"\'\i", "í"), (r"\v{\i}", "ǐ"), (r"\'{i}", "í"), (r"\^{\j}", "ĵ"), (r"\^\j", "ĵ"), (r"\'ı", "í"), (r"\^ȷ", "ĵ"),
     (r"{\^ȷ}", "ĵ"), (r'\"{u}', "ü"), (r"\c c", "ç"), (r"\'{\^e}", "ế"), (r"\textasciitilde", "~")],
)  # fmt: skip
def test_an_accent_and_its_letter_are_one_however_they_are_written(text: str, letter: str) -> None:
    assert read(text).plain == letter
    assert read(f"a {{{text}}} b").plain == f"a {letter} b"


@pytest.mark.parametrize(
    ("source", "formula"),
    [
        (r"\Omega(N \log N)", r"\Omega(N \log N)"),
        (r"\frac12", r"\frac{1}{2}"),
        (r"{\cal O}(n)", r"{\mathcal{O}}(n)"),
        (r"\{a\}", r"\lbrace a\rbrace "[:-1]),
        (r"\left(x\right)", "(x)"),
        ("50%", r"50\%"),
        ("x ≤ y", r"x \leq  y"),
        (r"\mathscr L", r"\mathcal{L}"),
        (r"^{18}F", r"{}^{18}F"),
        (r"\sqrt[3]{x}", r"\sqrt[3]{x}"),
        ('x"_1', "x''_1"),
        ("x^2^3", None),
        ("f''(x)", "f''(x)"),
        ("x'`'y", "x'''y"),
        ("x^2'", None),
        ('x^2"', None),
        ("^``", None),
        ("^\\", None),
        ("a\\", None),
        (r"\not\\", None),
        (r"\not=", r"\not="),
        (r"\not T", r"\not T"),
        (r"a \div b", r"a \div b"),
        (r"\alpha*\beta", r"\alpha*\beta"),
        (r"\operatorname*{argmax}", r"\operatorname{argmax}"),
        ("x ^2", "x^2"),
        ("x^1 ^2", None),
        (r"x^1\relax^2", "x^1{}^2"),
        ("x\\ ", "x\\ "),
        (r"\frac1", None),
        ("a}b", None),
        ("x_", None),
        (r"\input{x}", None),
        (r"\def\x{y}", None),
        (r"\begin{array}{c}x\end{array}", None),
        (r"\hat" * 500 + "x", None),
    ],
)
def test_formulas_are_let_through_or_refused(source: str, formula: str | None) -> None:
    assert read_math(source) == formula


@pytest.mark.parametrize(
    "piece",
    [
        r"{\em ",
        r"\emph{",
        "$a",
        "$",
        "{",
        "\\",
        "<i>",
        "&amp;",
        r"\(",
        r"\alpha_",
        r"\alpha{",
        "<tex-math>",
        "<i a",
        "``",
    ],
)
def test_hostile_text_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    start = time.process_time()
    read((piece * 100_000)[:100_000])
    assert time.process_time() - start < 5
