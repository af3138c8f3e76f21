"""What the reader types, what it means, and what is said where it cannot mean anything."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import QueryError
from tui.searching.query import DEEPEST, LONGEST, MOST, parse

MEANT = [
    ("", ""),
    ("   ", ""),
    ("transformers for speech", "transformers for speech"),
    ("Müller ŁUKASZ", "muller lukasz"),
    ("trans*", "trans"),
    ('"attention is"', '"attention is"'),
    ("“attention is”", '"attention is"'),
    ("self-supervised", '"self supervised"*'),
    ('"self superv"*', '"self superv"*'),
    ("model", "model"),
    ('"model"', '"model"'),
    ("author:lovelace", "author:lovelace"),
    ("AUTHOR:Lovelace", "author:lovelace"),
    ("authors: lovelace", "author:lovelace"),
    ('author:"van der Berg"', 'author:"van der berg"'),
    ("title:(poetry OR music)", "title:poetry OR title:music"),
    ("title:(poetry music) x", "title:poetry title:music x"),
    ("title:(author:a b)", "author:a title:b"),
    ("a AND b OR c", "a b OR c"),
    ("a (b OR c)", "a (b OR c)"),
    ("a -b", "a -b"),
    ("a NOT b", "a -b"),
    ("a AND NOT b", "a -b"),
    ("NOT NOT a", "-a"),
    ("-(a OR b)", "-(a OR b)"),
    ("-(a b)", "-(a b)"),
    ("-(-a)", "a"),
    ("and or not", "and or not"),
    ("year:2019", "year:2019"),
    ("year:2019..2021", "year:2019..2021"),
    ("year:2021..2019", "year:2019..2021"),
    ("year:2019-2021", "year:2019..2021"),
    ("year:2019..", "year:2019.."),
    ("year:..2019", "year:..2019"),
    ("year:>=2019", "year:2019.."),
    ("year:>2019", "year:2020.."),
    ("year:<=2019", "year:..2019"),
    ("year:<2019", "year:..2018"),
    ("year:=2019", "year:2019"),
    ("year:2019,2021", "year:2019 OR year:2021"),
    ("issues:3", "issues:3"),
    ("issues:2..", "issues:2.."),
    ("issues:>=2", "issues:2.."),
    ("issues:>2", "issues:3.."),
    ("issues:<=2", "issues:..2"),
    ("issues:<2", "issues:..1"),
    ("issues:=2", "issues:2"),
    ("issues:4..2", "issues:2..4"),
    ("issues:1,3", "issues:1 OR issues:3"),
    ("issues:spring", "issue:spring"),
    ('issues:"6"', 'issue:"6"'),
    ("is:unread", "is:unread"),
    ("is:To-Read", "is:to-read"),
    ('is:"to read"', "is:to-read"),
    ("has:code,pdf", "has:code OR has:pdf"),
    ("tag:a,b", "tag:a OR tag:b"),
    ('tag:"a, b"', 'tag:"a b"'),
    ("arxiv:2010.10915", 'id:"arxiv 2010 10915"*'),
    ("arxiv:2010.10915v2", 'id:"arxiv 2010 10915"*'),
    ("2010.10915v2", '"2010 10915"*'),
    ("arXiv:2010.10915v2 [cs.SD]", 'id:"arxiv 2010 10915"* "cs sd"*'),
    ("doi:10.1145/3.x", 'id:"doi 10 1145 3 x"*'),
    ("https://arxiv.org/abs/2010.10915v3", 'id:"arxiv 2010 10915"*'),
    ("https://doi.org/10.1145/3.X", 'id:"doi 10 1145 3 x"*'),
    ("key:Saeed2020", "key:saeed2020"),
    ("key:a:b_c", 'key:"a:b_c"*'),
    ("foo:bar", '"foo bar"*'),
    ("c++ !!! ?", "c"),
    ("机器学习", '"机 器 学 习"*'),
    ("$\\alpha$ β-VAE", 'alpha "beta vae"*'),
]

HALF_TYPED = [
    ('"attention is al', '"attention is al"*'),
    ("a AND", "a"),
    ("a OR", "a"),
    ("a OR ", "a"),
    ("a NOT", "a"),
    ("AND a", "a"),
    ("a AND OR b", "a OR b"),
    ("a -", "a"),
    ("-", ""),
    ("(a OR b", "a OR b"),
    ("a (", "a"),
    ("a author:", "a"),
    ("is:un", ""),
    ("a is:re", "a"),
    ("has:c", ""),
    ("year:2", "year:2000..2999"),
    ("year:20", "year:2000..2099"),
    ("year:201", "year:2010..2019"),
    ("year:2019.", "year:2019"),
    ("year:2019..2", "year:2019..2999"),
    ("year:2019..20", "year:2019..2099"),
    ("year:..", ""),
    ("year:>", ""),
    ("year:>=", ""),
    ("tag:a,", "tag:a"),
    ("issues:>", ""),
    ("issues:>=", ""),
    ("issues:..", ""),
    ("issues:2.", "issues:2"),
]

WRONG = [
    ("year:abc", "“abc” (letter 6) is no year; write year:2019, year:2019..2021, year:>=2019 or year:..2019."),
    ("year:20190 a", "“20190” (letter 6) is no year; write year:2019, year:2019..2021, year:>=2019 or year:..2019."),
    (
        "issues:2021-05",
        "“2021-05” (letter 8) is no number of issues; write issues:3, issues:2.. or issues:>=2.",
    ),
    (
        "a is:blue",
        "“blue” (letter 6) is none of is: unread, read, marked, starred, dropped, reading, to-read, asks, new, tagged"
        " or noted.",
    ),
    (
        "has:wings",
        "“wings” (letter 5) is none of has: abstract, code, data, details, note or pdf.",
    ),
    ("autor:smith", "There is no field autor: (letter 1); author: is one, and quotes make words of it."),
    ("a abstarct:b", "There is no field abstarct: (letter 3); abstract: is one, and quotes make words of it."),
    ("a)", "The bracket that closes at letter 2 was never opened."),
    ("a" * 100_000, f"The search is 100,000 letters long; {LONGEST:,} are the most."),
    ("a " * (MOST + 1), f"The search asks for more than {MOST} things at once."),
    ("(" * (DEEPEST + 1), f"More than {DEEPEST} brackets stand within one another at letter {DEEPEST + 1}."),
]

WAITING = [
    ("(cats OR", "cats", "OR wants words on both sides."),
    ("a OR", "a", "OR wants words on both sides."),
    ("a AND", "a", "AND wants words on both sides."),
    ("a NOT", "a", "NOT wants a word behind it."),
    ("a (", "a", "The brackets hold nothing yet."),
    ('a "', "a", "The quotes hold no word yet."),
    ("a title:", "a", "title: wants a word."),
    ("title: OR a year:", "a", "title: wants a word."),
    ("a doi:", "a", "doi: wants an identifier."),
]

NOTHING = [
    ('"', "The quotes hold no word yet."),
    ('author:"', "The quotes hold no word yet."),
    ("()", "The brackets hold nothing yet."),
    ("author:(", "The brackets hold nothing yet."),
    ("OR", "OR wants words on both sides."),
    ("NOT", "NOT wants a word behind it."),
    ("title:", "title: wants a word."),
    ("author:", "author: wants a word."),
    ("arxiv:", "arxiv: wants an identifier."),
    ("year:", "year: wants a year, as year:2019 or year:2019..2021."),
    ("issues:", "issues: wants a number, as issues:3 or issues:2..4."),
    ("is:", "is: wants unread, read, marked, starred, dropped, reading, to-read, asks, new, tagged or noted."),
    ("has:", "has: wants abstract, code, data, details, note or pdf."),
]


@pytest.mark.parametrize(("text", "meaning"), MEANT)
def test_what_is_finished_waits_for_nothing(text: str, meaning: str) -> None:
    assert parse(text).hint == ""


@pytest.mark.parametrize(("text", "meaning", "hint"), WAITING)
def test_what_is_not_finished_says_what_it_waits_for(text: str, meaning: str, hint: str) -> None:
    query = parse(text)
    assert (str(query), query.hint) == (meaning, hint)


@pytest.mark.parametrize(("text", "sentence"), NOTHING)
def test_what_asks_for_nothing_yet_is_explained_and_does_not_find_everything(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert str(raised.value) == sentence


@pytest.mark.parametrize(("text", "meaning"), MEANT)
def test_what_is_typed_means_one_thing(text: str, meaning: str) -> None:
    assert str(parse(text)) == meaning


@pytest.mark.parametrize(("text", "meaning"), HALF_TYPED)
def test_what_is_not_finished_is_taken_for_what_it_is_so_far(text: str, meaning: str) -> None:
    assert str(parse(text)) == meaning


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[text[:20] for text, _ in WRONG])
def test_what_cannot_be_meant_is_explained_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text)
    assert str(raised.value) == sentence


@pytest.mark.parametrize("text", ["is:re a", "is:blu", "has:c a"])
def test_a_value_that_is_cut_is_wrong_where_it_is_no_longer_typed_or_leads_nowhere(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)


PARTS = st.sampled_from([
    "a", "model", '"of the"', "(", ")", "-", "AND", "OR", "NOT", "author:", "tag:a,b", "year:2019", "year:>19",
    "issues:>2", "is:new", "has:pdf", "key:X:1", "arxiv:2010.10915", "机器", "الكتاب", "β", "한국", "x*", '"', "title:",
    "issue:", "is:", "…",
])  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=14).map(" ".join), st.lists(PARTS).map("".join)))
def test_the_normal_form_means_the_same_and_is_its_own_normal_form(text: str) -> None:
    with contextlib.suppress(QueryError):
        query = parse(text)
        normal = str(query)
        try:
            again = parse(normal)
        except QueryError as error:
            pytest.fail(f"{normal!r}: {error}")
        assert again == query


@pytest.mark.parametrize("text", ["\udced", "key:\udced", "id:\udced", 'tag:"a\udced"', "-year:\udced"])
def test_a_byte_of_the_shell_s_that_is_no_text_is_none_in_a_search(text: str) -> None:
    with contextlib.suppress(QueryError):
        str(parse(text)).encode()


@pytest.mark.parametrize("part", ["-", '"', "a:", "ال", "(-", "year:"])
def test_a_hostile_search_takes_no_time(part: str) -> None:
    text = part * (LONGEST // len(part))
    start = time.process_time()
    with contextlib.suppress(QueryError):
        parse(text)
    assert time.process_time() - start < 0.5
