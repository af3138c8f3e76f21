"""What a field says, in the form that a bibliography prints, and addresses in the form that a file can hold."""

from __future__ import annotations

import pytest

from tui.exports.addresses import bare_doi, eprint, plain_url
from tui.exports.reading import read
from tui.exports.typography import typeset
from tui.exports.values import dashed, pages, proceedings, short_title, standard_number, wording


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, None),
        ("", None),
        ("N/A", None),
        ("{}", None),
        ("{ None }", None),
        ("12", "12"),
        ("12–14", "12–14"),
        ("Untitled", None),
        ("Nature", "Nature"),
        ("...", None),
        ("—", None),
        ("$x$", "x"),
        ("unknown.", None),
        ("{Unknown}", None),
    ],
)
def test_what_says_nothing_is_no_value(value: str | None, wanted: str | None) -> None:
    assert ((prose := wording(value)) and prose.plain) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("12", "12"),
        ("3-4", "3-4"),
        ("3 – 4", "3–4"),
        ("3—4", "3–4"),
        ("a‐b", "a–b"),
    ],
)
def test_a_dash_between_numbers_is_one_sign(value: str, wanted: str) -> None:
    assert dashed(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("101--119", "101–119"),
        ("101-119", "101–119"),
        ("pp. 3-19, 25", "3–19, 25"),
        ("p. 7", "7"),
        ("pages 3-4", "3–4"),
        ("page 9", "9"),
        ("1 - 3", "1–3"),
        ("1–3", "1–3"),
        ("e12, 14-15", "e12, 14–15"),
        ("a1-a9", "a1–a9"),
        ("S1-2-S1-9", "S1-2-S1-9"),
        ("12-", "12"),
        ("-12", "12"),
        ("12,", "12"),
        ("1---4", "1–4"),
        ("1––4", "1–4"),
        ("ppm", "ppm"),
        ("1-2,3-4", "1–2, 3–4"),
        ("xii-xv", "xii-xv"),
        ("iv", "iv"),
        ("1:1-1:20", "1:1–1:20"),
        ("25 , 27", "25, 27"),
        ("A.1-A.9", "A.1–A.9"),
        ("10-12-14", "10-12-14"),
        (" 5 ", "5"),
    ],
)
def test_pages_are_ranges_with_a_dash(value: str, wanted: str) -> None:
    assert pages(value) == wanted


@pytest.mark.parametrize(
    ("venue", "year", "wanted"),
    [
        ("ICML 2020", 2020, "ICML"),
        ("Proceedings of the ACL - ACL '02", 2002, "Proceedings of the ACL"),
        ("Proceedings of Rain, 2020", 2020, "Proceedings of Rain"),
        ("Proceedings of Rain, (2020)", 2020, "Proceedings of Rain"),
        ("Proceedings of Rain (2020)", 2020, "Proceedings of Rain"),
        ("Proceedings of Rain (2019)", 2020, "Proceedings of Rain (2019)"),
        ("Proceedings of Rain '20", 2020, "Proceedings of Rain '20"),
        ("NIPS '20", 2020, "NIPS"),
        ("Findings of ACL: EMNLP 2020", 2020, "Findings of ACL: EMNLP 2020"),
        ("Rain 2020", 2020, "Rain"),
        ("Rain: (2020)", 2020, "Rain: (2020)"),
        ("Rain", 2020, "Rain"),
        ("Rain 2020", None, "Rain 2020"),
        ("(2020)", 2020, "(2020)"),
        ("Advances in Rain 20", 2020, "Advances in Rain 20"),
        ("Rain, 20", 2020, "Rain"),
    ],
)
def test_proceedings_lose_the_year_that_is_glued_to_them(venue: str, year: int | None, wanted: str) -> None:
    assert proceedings(venue, year) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("978-0-262-03561-3", "978-0-262-03561-3"),
        (" 1234-567x ", "1234-567X"),
        ("1234", ""),
        ("none", ""),
        ("0262035618 026203561X", ""),
    ],
)
def test_a_standard_number_is_in_its_own_characters(value: str, wanted: str) -> None:
    assert standard_number(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("The Weight of Rain: A Study", "The Weight of Rain"),
        ("One two three four five six seven eight", "One two three four five six"),
        (": Rain", ": Rain"),
        ("Rain? Yes", "Rain"),
        ("Rain – Snow", "Rain"),
    ],
)
def test_a_work_without_an_author_is_listed_under_a_short_title(value: str, wanted: str) -> None:
    assert short_title(read(value)).plain == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("2010.10915", "2010.10915"),
        ("https://arxiv.org/abs/2010.10915v2", "2010.10915"),
        ("http://www.arxiv.org/pdf/2010.10915.pdf", "2010.10915"),
        ("https://export.arxiv.org/html/2010.10915/", "2010.10915"),
        ("10.48550/arXiv.2010.10915", "2010.10915"),
        ("https://doi.org/10.48550/arxiv.2010.10915", "2010.10915"),
        ("https://notarxiv.org/abs/2010.10915", None),
        ("https://arxiv.org/abs/x", None),
        ("hep-th/9711200", "hep-th/9711200"),
        (" arXiv:2010.10915 ", "2010.10915"),
    ],
)
def test_an_arxiv_id_is_found_in_every_form(value: str, wanted: str | None) -> None:
    assert eprint(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("10.1000/ABC", "10.1000/ABC"),
        ("https://doi.org/10.1000/ABC", "10.1000/ABC"),
        ("doi:10.1000/a\\_b", "10.1000/a_b"),
        ("10.1000/a&lt;b", "10.1000/a<b"),
        ("10.1000/a%28b%29", "10.1000/a(b)"),
        ("10.1000/é", None),
        ("none", None),
        ("10.1000/a&copy=2", "10.1000/a&copy=2"),
    ],
)
def test_a_doi_keeps_its_publishers_spelling(value: str, wanted: str | None) -> None:
    assert bare_doi(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("https://Example.org/a b", "https://example.org/a%20b"),
        ("http://u:p@example.org/x", "http://example.org/x"),
        ("\\url{https://example.org/a\\_b}", "https://example.org/a_b"),
        ("https://example.org/a\\%20b", "https://example.org/a%20b"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/f", "ftp://example.org/f"),
        ("https://example.org:8080/x?y=z#w", "https://example.org:8080/x?y=z#w"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("https://exa mple.org/", None),
        ("https:///x", None),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%7Ex", "https://example.org/%7Ex"),
        ("https://example.org/?a&copy=2&amp;b=1", "https://example.org/?a&copy=2&b=1"),
        ("mailto:a@example.org", None),
        ("HTTPS://example.org", "https://example.org"),
        ("https://example.org:99999/", None),
        ("https://example.org/{a}", "https://example.org/%7Ba%7D"),
    ],
)
def test_an_address_is_ascii_and_of_the_web(value: str, wanted: str | None) -> None:
    assert plain_url(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("plain words", "plain words"),
        ("a -- b", "a – b"),
        ("a --- b", "a — b"),
        ("two  blanks", "two blanks"),
        ("``quoted'' words", "“quoted” words"),
        ('"quoted" words', "“quoted” words"),
        ('("quoted")', "(“quoted”)"),
        ("it's 'quoted' here", "it's ‘quoted' here"),
        ("`so' it is", "‘so' it is"),
        ("Fig.~1", "Fig. 1"),
        ("a~b", "a b"),
        ("ﬁne", "fine"),
        ("Ⅳ", "IV"),
        ("２", "2"),
        ("⅓", "1/3"),
        ("x²", "x²"),
        ("é", "é"),
        (" x ", " x "),
        ("Ａ", "A"),
        ("，", "，"),
    ],
)
def test_characters_are_those_of_a_typesetter(value: str, wanted: str) -> None:
    assert typeset(value) == wanted


def test_a_short_title_is_short() -> None:
    assert short_title(read("x" * 100)).plain == "x" * 80


def test_what_is_typeset_stays_as_it_is() -> None:
    assert typeset("a\u200db") == "ab"
    assert typeset("\u2010 \u2011 \u2012 \u2015") == "- - – —"
