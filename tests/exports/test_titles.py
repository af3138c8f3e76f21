from __future__ import annotations

import pytest

from tui.exports.reading import read
from tui.exports.titles import title


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("BERT: Pre-training of Transformers", "{BERT}: Pre-training of Transformers"),
        ('"Why Should I Trust You?": Explaining It', "``{Why} Should {I} Trust You?'': Explaining It"),
        ("3D Shapes, XLNet and iPhones", "{3D} Shapes, {XLNet} and {iPhones}"),
        ("Type I/II Errors", "Type {I}/{II} Errors"),
        ("BERT-Based T-Cell Models", "{BERT}-Based {T}-Cell Models"),
        ("Vitamin A and A/B Testing of A Model", "Vitamin A and {A}/{B} Testing of A Model"),
        ("Effects of Vitamin A", "Effects of Vitamin {A}"),
        ("Are We There Yet? The Case of It", "Are We There Yet? {The} Case of It"),
        ("Search -- Revisited", "Search -- {Revisited}"),
        ("Learning vs. Memory", "Learning vs. Memory"),
        ("Deep Gaussian Processes for Arabic", "Deep {Gaussian} Processes for {Arabic}"),
        ("Bellman's Error", "Bellman's Error"),
        ("On Bellman's Error", "On {Bellman's} Error"),
        ("A study of dialects in Egypt using models", "A study of dialects in {Egypt} using models"),
        ("a survey: Recent advances in vision", "a survey: Recent advances in vision"),
        (r"A Bound $\Omega(N)$ in \LaTeX", r"A Bound {$\Omega(N)$} in {\LaTeX}"),
        (r"Costs of \$100M Models", r"Costs of \${100M} Models"),
        ("Étude of the École", r"{\'E}tude of the {\'E}cole"),
        ("étude sur le titre de l’École", r"{\'e}tude sur le titre de {l'{\'E}cole}"),
        ("The Łukasiewicz Logic", r"The {{\L}ukasiewicz} Logic"),
        ("{T}-cell {Moon} landing", "{T}-cell {Moon} landing"),
        ("{{Whole Title in Braces}}", "Whole Title in Braces"),
        ("H<sub>2</sub>O at <i>Home</i>", r"{H\textsubscript{2}O} at \emph{Home}"),
        ("Ends With a Stop.", "Ends With a Stop"),
        ("<i>Ends With</i> .", r"\emph{Ends With}"),
        ("Ends With Dots...", "Ends With Dots..."),
        ("Made by Acme, Inc.", "Made by Acme, Inc."),
        ("DEEP LEARNING FOR MRI: A SURVEY OF 3D METHODS", "Deep Learning for {MRI}: A Survey of {3D} Methods"),
    ],
)
def test_capitals_are_protected_word_by_word(text: str, tex: str) -> None:
    assert title(read(text)) == tex
