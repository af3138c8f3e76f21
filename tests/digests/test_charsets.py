"""Encodings: what is declared, what is told from the bytes, and what stays Western."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.digests import read
from tui.digests.charsets import declared, detected, eight
from tui.digests.document import decode

ENGLISH = "Attention Is All You Need\nAshish Vaswani, Noam Shazeer\nhttps://arxiv.org/abs/1706.03762\n"
TEXTS = {
    "ja": [
        "機械学習の論文を毎週紹介します。今週は三本の論文を取り上げる。",
        "注意機構だけでよい",
        "今週の論文：注意機構\n" + ENGLISH,
    ],
    "zh": ["本周论文精选：注意力机制的新研究。我们介绍三篇论文。", "深度学习", "本周论文\n" + ENGLISH],
    "tw": ["本週論文精選：注意力機制的新研究。我們介紹三篇論文。", "圖靈獎得主", "本週論文\n" + ENGLISH],
    "ko": ["이번 주 논문 세 편을 소개합니다.", "주의만 있으면 된다\n" + ENGLISH],
    "ru": ["Еженедельный обзор статей. На этой неделе три статьи.", "Илья Суцкевер", "Статьи недели\n" + ENGLISH],
    "ar": ["نشرة أسبوعية عن أبحاث تعلم الآلة", "الانتباه هو كل ما تحتاجه", "أوراق الأسبوع\n" + ENGLISH],
}
ENCODINGS = {
    "ja": ("shift_jis", "euc_jp"),
    "zh": ("gb18030", "gb2312"),
    "tw": ("big5",),
    "ko": ("euc_kr",),
    "ru": ("cp1251", "koi8_r", "iso8859_5"),
    "ar": ("cp1256",),
}
CASES = [
    (encoding, text * times)
    for language, encodings in ENCODINGS.items()
    for encoding in encodings
    for text in TEXTS[language]
    for times in (1, 30)
]


@pytest.mark.parametrize(("encoding", "text"), CASES, ids=range(len(CASES)))
def test_an_encoding_that_nothing_declares_is_told_from_the_bytes(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize(
    "text",
    [
        "Wöchentliche Übersicht über Arbeiten; drei Aufsätze für Köln, groß und süß.",
        "Résumé des articles de la semaine : l’attention a été étudiée à l’École.",
        "Resumen semanal: atención, señal y niño. ¿Qué más?",
        "São Paulo, Ação, João, coração, informações",
        "“It’s” — a début…",
        "Müller",
        "naïve",
        "ÄÖÜ",
        "Ærøskøbing, Søren Kierkegård",
        "10 °C ± 5 µm, ©®™",
        "« À »",
        "žšŽŠ",
    ],
)
@pytest.mark.parametrize("times", [1, 30])
def test_western_text_stays_western(text: str, times: int) -> None:
    assert decode((text + "\n").encode("cp1252") * times, "a.txt").text == (text + "\n") * times


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("shift_jis", "cp932", "①の論文：髙橋"),
        ("x-sjis", "cp932", "機械学習"),
        ("euc-jp", "euc_jp", "機械学習"),
        ("gb2312", "gb18030", "镕基，深度学习"),
        ("big5", "big5", "深度學習"),
        ("euc-kr", "cp949", "똠방각하"),
        ("koi8-r", "koi8_r", "ВНИМАНИЕ"),
        ("windows-1251", "cp1251", "ВНИМАНИЕ"),
        ("windows-1256", "cp1256", "الانتباه"),
        ("iso-8859-1", "cp1252", "“It’s” — naïve"),
        ("iso-8859-2", "iso8859_2", "Łódź"),
        ("iso-2022-jp", "iso2022_jp", "機械学習"),
    ],
)
def test_what_a_page_declares_is_read_as_browsers_do(label: str, encoding: str, text: str) -> None:
    page = f'<html><head><meta charset="{label}"></head><body><p>{text}</p></body></html>'
    assert text in decode(page.encode(encoding), "a.html").text
    xml = f'<?xml version="1.0" encoding="{label}"?><rss><title>{text}</title></rss>'
    assert text in decode(xml.encode(encoding), "a.xml").text


def test_a_declaration_that_cannot_be_true_is_not_believed() -> None:
    page = '<html><head><meta charset="shift_jis"></head><p>機械学習の論文を毎週紹介します。これは嘘です。</p></html>'
    assert "機械学習" in decode(page.encode("euc_jp"), "a.html").text


def test_a_text_s_first_lines_may_declare_it() -> None:
    text = "# Статьи\n# -*- coding: koi8-r -*-\nВНИМАНИЕ\n"
    assert decode(text.encode("koi8_r"), "a.txt").text == text


def test_japanese_in_seven_bits_is_told_by_its_escapes() -> None:
    assert "機械学習" in decode(("今週の論文：機械学習\n" + ENGLISH).encode("iso2022_jp"), "a.txt").text


def test_right_to_left_text_comes_in_the_order_in_which_it_is_read() -> None:
    text = "الانتباه هو كل ما تحتاجه، ثم Attention بالإنجليزية"
    assert decode(text.encode("cp1256"), "a.txt").text == text


@given(st.binary(max_size=400))
def test_any_bytes_have_an_encoding_or_none(data: bytes) -> None:
    name = detected(data)
    assert name is None or isinstance(data.decode(name, "replace"), str)
    assert isinstance(eight(data, declared(data)), str)


@pytest.mark.parametrize(
    "data",
    [
        b"\xe9 " * 500_000,
        bytes(range(128, 256)) * 8_000,
        b"\xb0\xa1" * 500_000,
        b"\x82\xa0" * 500_000,
        b"a" * 2_000_000 + b"\xe9\xe9\xe9\xe9",
        b"\xe9\n" * 500_000,
        b"coding" * 200_000,
    ],
    ids=lambda each: repr(each[:12]),
)
def test_a_large_text_is_told_as_soon_as_a_small_one(data: bytes) -> None:
    begin = time.process_time()
    detected(data)
    declared(data)
    assert time.process_time() - begin < 1


def test_a_damaged_byte_leaves_utf_8_what_it_is_and_is_reported() -> None:
    text = "- [深度学习的概览](https://arxiv.org/abs/1909.00204)\n"
    text += "- [Une méthode générale](https://arxiv.org/abs/1909.00205)\n"
    (issue,) = read(decode(text.encode() + b"- \x9b is damaged\n", "list.md"))
    assert [entry.title for entry in issue.entries] == ["深度学习的概览", "Une méthode générale"]
    assert (3, "has a damaged character") in [(each.line, each.why) for each in issue.warnings]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1252", "Une méthode générale, très élevée"),
        ("cp1251", "Обучение языковых моделей"),
        ("gb18030", "深度学习的方法与概览"),
        ("shift_jis", "深いニューラルの学習の方法"),
        ("big5", "深度學習的方法"),
    ],
)
def test_other_encodings_are_not_taken_for_damaged_utf_8(name: str, text: str) -> None:
    assert "\ufffd" not in decode(text.encode(name), "a.md").text
