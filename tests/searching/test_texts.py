"""What of a paper is indexed, and in which spelling."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.catalogue.schema import COLUMNS
from tui.model import Entry, Marks, Mention, Paper, Post, Section
from tui.searching.folding import plain, spellings, tokens
from tui.searching.texts import MOST, indexed

SPELLED = [
    ("Attention Is All You Need", "attention is all you need"),
    ("Émile Żuławski", "emile zulawski"),
    ("STRASSE Straße", "strasse strasse"),
    ("x² + H₂O", "x2 h2o"),
    ("naïve “quoted” — text", "naive quoted text"),
    ("机器学习BERT模型", "机 器 学 习 bert 模 型"),
    ("東京タワー", "東 京 タ ワ ー"),
    ("ﾃｽﾄ", "テ ス ト"),
    ("مُحَمَّد", "محمد"),
    ("مـحـمـد", "محمد"),
    ("الكتاب والمدرسة", "كتاب مدرسه"),
    ("القراءة", "قراءه"),
    ("إسلام آداب", "اسلام اداب"),
    ("فارسی", "فارسي"),
    ("٢٠٢٣ ۲۰۲۳", "2023 2023"),
    ("الله", "الله"),
    ("β-VAE", "beta vae"),
    ("αβγ", "αβγ"),
    ("Ελλάδα", "ελλαδα"),
    ("𝛼-decay", "alpha decay"),
    ("snake_case", "snake case"),
    ("", ""),
    ("!?—", ""),
]


@pytest.mark.parametrize(("text", "spelled"), SPELLED)
def test_a_text_has_one_spelling(text: str, spelled: str) -> None:
    assert tokens(text) == spelled


@given(st.text(max_size=40))
def test_the_spelling_of_a_spelling_is_itself(text: str) -> None:
    assert tokens(tokens(text)) == tokens(text)


def test_korean_is_found_by_an_unfinished_syllable() -> None:
    assert tokens("학습").startswith(tokens("하"))
    assert tokens("학습").split()[1].startswith(tokens("스"))


def test_the_beginning_of_an_arabic_word_may_lose_its_article() -> None:
    assert spellings("الك") == ("الك", "ك")
    assert spellings("ال") == ("ال",)
    assert spellings("كتا") == ("كتا",)
    assert spellings("model") == ("model",)


def entry() -> Entry:
    return Entry(
        title="Reading $\\alpha$ <i>decay</i>",
        authors=("Lovelace, Ada", "Joost van der Berg"),
        submitter="Someone Else",
        abstract="Poincar{\\'e} waits.",
        venue="NeurIPS",
        identifiers={"arxiv": "2010.10915", "doi": "10.1145/3.x"},
        sections=(Section("What is it?", "A tokenizer."),),
        posts=(Post("Worth a look!", author="Grace", handle="hopper"),),
        categories=("cs.CL",),
    )


def test_every_column_holds_what_is_said_there() -> None:
    mention = Mention("weekly-6", "Week six", "AI weekly", "6", "2021-01-01", 1, entry())
    older = Mention("old-1", "Old one", None, None, None, 1, Entry(title="Reading Decay", abstract="An older text."))
    marks = Marks(tags=("to do", "ML"), note="The bridge sings.", key="Lovelace2020reading")
    texts = dict(zip(COLUMNS, indexed(Paper("arxiv:2010.10915", (mention, older), marks)), strict=True))
    words = {name: tokens(text) for name, text in texts.items()}
    assert words == {
        "title": "reading alpha decay reading decay",
        "authors": "ada lovelace joost van der berg",
        "abstract": "poincare waits an older text",
        "said": "week six ai weekly 6 neurips someone else cs cl what is it a tokenizer"
        " grace hopper worth a look old one",
        "notes": "the bridge sings",
        "tags": "to do ml",
        "ids": "arxiv 2010 10915 doi 10 1145 3 x lovelace2020reading",
    }


def test_no_phrase_reaches_from_one_author_or_tag_to_the_next() -> None:
    texts = indexed(Paper("title:x", (Mention("i", "I", None, None, None, 1, entry()),), Marks(tags=("a b", "c d"))))
    assert "\ue000" in texts[COLUMNS.index("authors")]
    assert "\ue000" in texts[COLUMNS.index("tags")]


def test_a_paper_of_nothing_has_texts_of_nothing() -> None:
    assert indexed(Paper("", (Mention("i", "", None, None, None, 1, Entry()),))) == ("",) * len(COLUMNS)


def test_a_cut_abstract_is_not_indexed_twice() -> None:
    whole = Entry(abstract="We measure how long a reader waits, and find that it depends.")
    cut = Entry(abstract="We measure how long a reader waits, …")
    paper = Paper("title:x", tuple(Mention(str(n), "I", None, None, None, 1, e) for n, e in enumerate((cut, whole))))
    assert indexed(paper)[COLUMNS.index("abstract")].count("measure") == 1


def test_long_texts_are_cut_and_take_a_moment() -> None:
    long = Entry(title="ال" * 40_000, abstract="α学 " * 50_000, sections=(Section("x", "word " * 30_000),) * 20)
    start = time.process_time()
    texts = indexed(Paper("title:x", (Mention("i", "I", None, None, None, 1, long),)))
    assert time.process_time() - start < 5
    assert max(map(len, texts)) <= 4 * MOST


def test_plain_text_is_only_lowered() -> None:
    text = "We Measure How Long A Reader Waits. " * 30
    assert plain(text) == text.lower()
