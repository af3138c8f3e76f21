"""Where the words of a search stand in what is shown."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.searching.shelf import Shelf
from tui.searching.folding import tokens
from tui.searching.hits import hits

LIT = [
    ("Transformers and the transformation", ("transf",), ["Transf", "transf"]),
    ("A retransformer", ("transf",), []),
    ("modelling a model", ("model ",), ["model"]),
    ("modelling a model", ("model",), ["model", "model"]),
    ("Self-Supervised learning", ("self supervised", "learn"), ["Self-Supervised", "learn"]),
    ("the sky, the  skyline", ("the sky ",), ["the sky"]),
    ("sky skyline", ("sky", "skyl"), ["sky", "skyl"]),
    ("Müller, Łukasz Straße", ("muller", "luk", "strass"), ["Müller", "Łuk", "Straß"]),
    ("naïve “quoted” — words", ("naive", "quoted"), ["naïve", "quoted"]),
    ("用BERT做机器学习", ("学 习", "bert"), ["BERT", "学习"]),
    ("한국어 자연어처리", (tokens("자연"), tokens("처리")), ["자연", "처리"]),
    ("β-VAE, α1 and αβγ", ("beta vae", "alpha"), ["β-VAE", "α"]),
    ("الكتاب المقدس", ("كتاب",), ["الكتاب"]),
    ("ﬁnance", ("fin",), ["ﬁn"]),
    ("ﬁnance", ("f ",), []),
    ("x² + H₂O", ("x2", "h2"), ["x²", "H₂"]),
    ("İstanbul ŉ", ("istanbul",), ["İstanbul"]),
    ("snake_case", ("case",), ["case"]),
    ("nothing", (), []),
    ("nothing", ("", " "), []),
    ("", ("a",), []),
    ("a.b (c) [d] \\ *", ("a b", "c", "d"), ["a.b", "c", "d"]),
]


@pytest.mark.parametrize(("text", "words", "lit"), LIT)
def test_words_are_lit_where_they_stand(text: str, words: tuple[str, ...], lit: list[str]) -> None:
    assert [text[start:end] for start, end in hits(text, words)] == lit


LETTERS = st.text("abAB éßﬁαβ学习الك한국-_.'\u0301\u0e33İ", max_size=40)


@given(LETTERS, st.lists(LETTERS.map(tokens), max_size=4))
def test_places_are_in_the_text_and_in_order(text: str, words: list[str]) -> None:
    end = 0
    for start, stop in hits(text, tuple(words)):
        assert end <= start < stop <= len(text)
        end = stop


@example("α\u0301α")
@given(LETTERS)
def test_a_text_is_found_in_itself(text: str) -> None:
    words = tokens(text)
    if words:
        assert hits(text, (words,))


@pytest.mark.parametrize("part", ["α学", "of ", "é", "ال", " "])
def test_long_texts_take_a_moment(part: str) -> None:
    text = "of" + part * 60_000
    start = time.process_time()
    hits(text, ("of the", "alpha", "学 习"))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "query", ["trans", '"the sky"', "机器", "لغة", "alpha", "beta-vae", "음성", "zulawski", "1901.00001"]
)
def test_what_a_search_found_is_lit_in_the_paper(query: str, standing: Shelf) -> None:
    found = standing.find(query)
    for name in standing.catalogue.papers.names(found.nums):
        paper = standing.papers[name]
        shown = [paper.title or "", paper.abstract or "", *paper.authors, *paper.identifiers.values()]
        shown += [section.text for mention in paper.mentions for section in mention.entry.sections]
        if query != "alpha":  # there TeX is shown as it is read
            assert any(hits(text, found.words) for text in shown)
