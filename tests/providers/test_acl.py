"""The ACL Anthology: BibTeX of one paper read as its record, and answers that are none."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.providers.fake import FakeService
from tui.errors import AnswerError, NetworkError
from tui.model import Link
from tui.providers import acl, bibtex
from tui.providers.asking import Provider, Question

BERT = rb"""@inproceedings{devlin-etal-2019-bert,
    title = "{BERT}: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    author = "Devlin, Jacob  and
      Chang, Ming-Wei  and
      Lee, Kenton  and
      Toutanova, Kristina",
    editor = "Burstein, Jill  and
      Doran, Christy  and
      Solorio, Thamar",
    booktitle = "Proceedings of the 2019 Conference of the North {A}merican Chapter of the Association for
      Computational Linguistics: Human Language Technologies, Volume 1 (Long and Short Papers)",
    month = jun,
    year = "2019",
    address = "Minneapolis, Minnesota",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/N19-1423/",
    doi = "10.18653/v1/N19-1423",
    pages = "4171--4186",
    abstract = "A short text of our own with 7.7{\%} of {\textquotedblleft}quotes{\textquotedblright} and $x^2$."
}
"""


def entry(**changed: str) -> bytes:
    said = {
        "title": '"A {T}itle"',
        "author": '"Saeed, Aaqib"',
        "url": '"https://aclanthology.org/2020.acl-main.1/"',
        "year": '"2020"',
    } | changed
    kind = said.pop("kind", "inproceedings")
    return f"@{kind}{{key-2020,\n{','.join(f'{name} = {value}' for name, value in said.items())}\n}}\n".encode()


def asked(value: str) -> Question:
    return Question("acl", "acl", value)


def test_the_module_is_a_provider() -> None:
    module: Provider = acl
    assert (module.NAME, module.PACE, dict(module.ASKS)) == ("acl", 1.0, {"acl": 1})


def test_an_entry_becomes_the_published_record() -> None:
    (answer,) = acl.parse(BERT)
    made = answer.record
    assert (answer.provider, answer.id, answer.kind, made.type) == ("acl", "N19-1423", "published", "conference")
    assert made.title == "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding"
    assert made.authors == ("Jacob Devlin", "Ming-Wei Chang", "Kenton Lee", "Kristina Toutanova")
    assert made.editors == ("Jill Burstein", "Christy Doran", "Thamar Solorio")
    assert made.venue is not None
    assert made.venue.startswith("Proceedings of the 2019 Conference of the North American Chapter")
    assert (made.year, made.month, made.pages) == (2019, 6, "4171-4186")
    assert made.publisher == "Association for Computational Linguistics"
    assert (made.doi, made.url) == ("10.18653/v1/n19-1423", "https://aclanthology.org/N19-1423")
    assert answer.abstract == "A short text of our own with 7.7% of “quotes” and $x^2$."
    assert answer.identifiers == {"acl": "N19-1423", "doi": "10.18653/v1/n19-1423"}
    assert answer.links == (
        Link("https://aclanthology.org/N19-1423", "paper"),
        Link("https://aclanthology.org/N19-1423.pdf", "pdf"),
    )


@pytest.mark.parametrize(
    ("changed", "kind", "venue"),
    [
        ({"booktitle": '"Proceedings of the 4th Workshop on X"'}, "workshop", "Proceedings of the 4th Workshop on X"),
        ({"booktitle": '"Findings of the {A}{C}{L}"'}, "conference", "Findings of the ACL"),
        ({"kind": "article", "journal": '"Transactions of the {A}CL"'}, "journal", "Transactions of the ACL"),
        ({"kind": "proceedings"}, "book", None),
        ({"kind": "misc"}, "other", None),
    ],
)
def test_types_and_venues(changed: dict[str, str], kind: str, venue: str | None) -> None:
    (answer,) = acl.parse(entry(**changed))
    assert (answer.record.type, answer.record.venue) == (kind, venue)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("jun", 6),
        ('"6--11 " # jul', 7),
        ('nov # "-" # dec', 11),
        ('"August"', 8),
        ("{12}", 12),
        ("13", None),
        ('""', None),
    ],
)
def test_months_however_they_are_written(written: str, month: int | None) -> None:
    assert acl.parse(entry(month=written))[0].record.month == month


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (r'"M{\"u}ller, J{\"o}rg and {\O}, {\AA}se"', ("Jörg Müller", "Åse Ø")),
        ('"{Google Research} and Aaqib Saeed"', ("Google Research", "Aaqib Saeed")),
        ('"de la Cruz, Jr., Ana and others"', ("Ana de la Cruz Jr.",)),
        ('"{Barnes and Noble, Inc.} and Plato"', ("Barnes and Noble, Inc.", "Plato")),
        ("{A, B and C, D}", ("B A", "D C")),
        ('"Anders, {And}rea AND Land, Sandy"', ("Andrea Anders", "Sandy Land")),
        ('""', ()),
    ],
)
def test_names_are_split_as_bibtex_splits_them(written: str, names: tuple[str, ...]) -> None:
    assert acl.parse(entry(author=written))[0].record.authors == names


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ('"{BERT}" # " and {ERNIE}"', "BERT and ERNIE"),
        (r'"Poincar{\'e} {\&} {\L}uk"', "Poincaré & Łuk"),
        ('"On $O(n^2)$ {M}ethods"', "On $O(n^2)$ Methods"),
        ("\"``Quoted'' words~here\"", "“Quoted” words here"),
        ('{A "quoted" # sign}', 'A "quoted" # sign'),
        (r'"100\% of {C\#}"', "100% of C#"),
    ],
)
def test_titles_are_read_as_text_and_keep_their_mathematics(written: str, title: str) -> None:
    assert acl.parse(entry(title=written))[0].record.title == title


def test_a_field_that_stands_twice_is_read_once() -> None:
    (answer,) = acl.parse(entry().replace(b"year =", b'title = "Another",\nyear ='))
    assert answer.record.title == "A Title"


def test_a_paper_is_one_request_by_its_id() -> None:
    service = FakeService({"/N19-1423.bib": BERT})
    found = acl.look_up([asked("N19-1423")], service)
    assert found[asked("N19-1423")][0].id == "N19-1423"
    (request,) = service.requests
    assert (request.url, request.accept) == ("https://aclanthology.org/N19-1423.bib", "text")


def test_what_is_not_there_is_nothing() -> None:
    assert acl.look_up([asked("N19-9999")], FakeService({".bib": None})) == {}


def test_another_paper_than_was_asked_for_is_refused() -> None:
    with pytest.raises(AnswerError, match="another paper"):
        acl.look_up([asked("2020.acl-main.1")], FakeService({".bib": BERT}))
    with pytest.raises(AnswerError, match="another paper"):
        acl.look_up([asked("2020.acl-main.1")], FakeService({".bib": entry(url='"https://example.org/"')}))


def test_a_refusal_is_the_callers_business() -> None:
    with pytest.raises(NetworkError, match="closed"):
        acl.look_up([asked("N19-1423")], FakeService({".bib": NetworkError("closed", status=403)}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not BibTeX"),
        (b"<!doctype html><title>Not here</title>", "web page"),
        (b"nothing of the kind", "not BibTeX"),
        (b'{"error": 1}', "not BibTeX"),
        (BERT[:200], "cut or broken"),
        (b"\xff" + BERT, "UTF-8"),
        (BERT * 600, "longer"),
        (b"@a{b,c={" + b"x" * 600_000, "longer"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        acl.parse(content)


def test_an_entry_without_title_or_id_is_no_paper() -> None:
    assert acl.parse(entry(title='""')) == ()
    assert acl.parse(entry(url='"https://example.org/x"')) == ()


def test_a_value_of_hostile_length_is_kept_as_written() -> None:
    (answer,) = acl.parse(entry(abstract='"' + r"\textbf{a} $x$ " * 5_000 + '"'))
    assert answer.abstract is not None
    assert answer.abstract.startswith(r"\textbf{a} $x$")


@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=6))
def test_a_damaged_answer_is_read_or_refused(damage: list[tuple[int, int, bytes]]) -> None:
    whole = BERT
    for start, length, put in damage:
        whole = whole[:start] + put + whole[start + length :]
    with contextlib.suppress(AnswerError):
        assert all(answer.id and answer.record.title for answer in acl.parse(whole))


@given(st.text(alphabet="ab {}\"#$\\',&~%@=\n", max_size=60))
def test_no_value_breaks_the_reader(value: str) -> None:
    with contextlib.suppress(AnswerError):
        for each in bibtex.entries(entry(title=f"{{{value}}}", author=f"{{{value}}}", month=f"{{{value}}}")):
            assert each.type
            assert "\ue000" not in (each.text("title") or "")
            assert all(each.names("author"))
