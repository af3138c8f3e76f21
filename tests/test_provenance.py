"""Provenance: which version is shown, why it is believed, and who says what of each field."""

from __future__ import annotations

import dataclasses

import pytest

from tui.model import READER, Answer, Choices, Inquiry, Link, Offer, Record, Reply
from tui.provenance import EDITABLE, LABELS, believed, details_of, read
from tui.providers import providers

TITLE = "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale"
AUTHORS = ("Alexey Dosovitskiy", "Lucas Beyer", "Alexander Kolesnikov", "Dirk Weissenborn", "Neil Houlsby")
STATED = {"arxiv": "2010.11929"}
PREPRINT = Record("preprint", TITLE, AUTHORS, year=2020, month=10, arxiv="2010.11929", primary_class="cs.CV")
PUBLISHED = Record("conference", TITLE, AUTHORS, year=2021, venue="ICLR", pages="1-22")
ARXIV = Answer(
    "arxiv",
    "2010.11929v2",
    "preprint",
    PREPRINT,
    abstract="Pictures as words.",
    identifiers=STATED,
    facts={"comment": "22 pages"},
)
OPENREVIEW = Answer(
    "openreview", "YicbFdNTTy", "published", PUBLISHED, identifiers={"openreview": "YicbFdNTTy"}, via="title"
)
DBLP = Answer("dblp", "conf/iclr/D21", "published", PUBLISHED, identifiers={"dblp": "conf/iclr/D21"}, via="title")
CROSSREF = Answer(
    "crossref",
    "10.1000/vit",
    "published",
    dataclasses.replace(PUBLISHED, doi="10.1000/vit"),
    identifiers={"doi": "10.1000/vit"},
    via="title",
)


def believed_answers(inquiry: Inquiry, choices: Choices, stated: dict[str, str]) -> tuple[Answer, ...]:
    return believed(inquiry, choices, stated).answers


def details(*answers: Answer, choices: Choices = Choices(), prefer: str = "published", **inquiry: object):  # type: ignore[no-untyped-def]  # noqa: B008 - frozen
    made = details_of(Inquiry(answers, **inquiry), choices, STATED, prefer)  # type: ignore[arg-type]  # named below
    assert made is not None
    return made


def test_nothing_asked_is_no_details() -> None:
    assert details_of(Inquiry(), Choices(), STATED) is None


def test_the_published_version_is_shown_with_its_evidence_and_keeps_the_arxiv_id() -> None:
    found = details(ARXIV, OPENREVIEW, DBLP)
    assert [(version.kind, version.provider) for version in found.versions] == [
        ("published", "dblp"),
        ("preprint", "arxiv"),
    ]
    assert found.versions[0].evidence == "DBLP and OpenReview agree: ICLR 2021, 5 of 5 authors"
    assert found.shown is not None
    assert found.shown.record == dataclasses.replace(PUBLISHED, arxiv="2010.11929", primary_class="cs.CV")
    assert found.value("year") == 2021
    assert found.value("month") is None, "a month that only the preprint has is no month of the publication"
    assert found.value("abstract") == "Pictures as words."


@pytest.mark.parametrize(
    ("prefer", "chosen", "shown", "asked"),
    [
        ("published", None, "published", False),
        ("preprint", None, "preprint", False),
        ("ask", None, "preprint", True),
        ("ask", "published", "published", False),
        ("published", "preprint", "preprint", False),
        ("preprint", "published", "published", False),
    ],
)
def test_the_reader_s_choice_of_a_version_comes_before_the_settings(
    prefer: str, chosen: str | None, shown: str, asked: bool
) -> None:
    found = details(ARXIV, DBLP, choices=Choices(version=chosen), prefer=prefer)  # type: ignore[arg-type]  # the two kinds
    assert found.shown is not None
    assert (found.shown.kind, found.question) == (shown, asked)


def test_a_record_is_one_service_s_and_never_filled_from_another() -> None:
    poor = dataclasses.replace(DBLP, record=dataclasses.replace(PUBLISHED, pages=None))
    found = details(ARXIV, poor, choices=Choices(sources={"published": "dblp"}))
    assert found.shown is not None
    assert found.shown.record.pages is None
    assert found.shown.record.month is None


def test_a_whole_record_comes_before_a_trusted_service_s_poor_one() -> None:
    poor = dataclasses.replace(CROSSREF, record=Record("conference", TITLE, (), year=None, doi="10.1000/vit"))
    assert details(poor, DBLP).versions[0].provider == "dblp"


def test_authors_in_the_order_of_the_alphabet_do_not_come_first() -> None:
    record = dataclasses.replace(PUBLISHED, authors=tuple(sorted(AUTHORS)), doi="10.52202/1")
    neurips = dataclasses.replace(CROSSREF, record=record, identifiers={"doi": "10.52202/1"})
    assert details(neurips, DBLP).versions[0].provider == "dblp"


def test_every_field_knows_who_gave_it_when_and_what_the_others_say() -> None:
    other = dataclasses.replace(
        DBLP, record=dataclasses.replace(PUBLISHED, pages="1-21"), fetched="2026-11-21T10:00:00Z"
    )
    crossref = dataclasses.replace(CROSSREF, fetched="2026-11-20T10:00:00Z")
    pages = details(crossref, other).fields["pages"]
    assert (pages.said.value, pages.said.provider, pages.said.fetched) == ("1-22", "crossref", "2026-11-20T10:00:00Z")
    assert [(said.value, said.provider) for said in pages.others] == [("1-21", "dblp")]


def test_the_reader_s_own_words_win_and_a_chosen_service_comes_next() -> None:
    other = dataclasses.replace(DBLP, record=dataclasses.replace(PUBLISHED, venue="Int. Conf.", pages="1-21"))
    found = details(
        CROSSREF,
        other,
        choices=Choices(values={"venue": "ICLR 2021", "authors": "A B and C D"}, sources={"pages": "dblp"}),
    )
    assert found.shown is not None
    assert found.shown.record.venue == "ICLR 2021"
    assert found.shown.record.authors == ("A B", "C D")
    assert found.shown.record.pages == "1-21"
    assert found.fields["venue"].said.provider == READER
    assert {said.provider for said in found.fields["venue"].others} == {"crossref", "dblp"}


def test_a_refused_answer_takes_with_it_what_was_found_through_it() -> None:
    wrong = dataclasses.replace(CROSSREF, id="10.9000/x", identifiers={"doi": "10.9000/x"})
    through = Answer("openalex", "W1", "published", PUBLISHED, identifiers={"doi": "10.9000/x"})
    inquiry = Inquiry((ARXIV, wrong, through))
    assert len(believed_answers(inquiry, Choices(), STATED)) == 3
    assert believed_answers(inquiry, Choices(refused=("crossref:10.9000/x",)), STATED) == (ARXIV,)


def test_the_published_version_that_a_preprint_names_is_the_paper_s() -> None:
    named = dataclasses.replace(ARXIV, facts={"published_as": "10.1000/vit"})
    by_doi = dataclasses.replace(CROSSREF, via="identifier")
    assert believed_answers(Inquiry((by_doi,)), Choices(), STATED) == ()
    assert believed_answers(Inquiry((by_doi, named)), Choices(), STATED) == (by_doi, named)


def test_an_offer_is_open_until_it_is_taken_or_refused() -> None:
    offer = Offer(CROSSREF, 80, "the year differs")
    assert details(offers=(offer,), replies=()).offers == (offer,)
    taken = details(offers=(offer,), choices=Choices(taken=(CROSSREF.name,)))
    assert taken.offers == ()
    assert taken.shown is not None
    assert taken.shown.evidence == "Crossref was taken by you: ICLR 2021, 5 authors"
    refused = details(offers=(offer,), choices=Choices(refused=(CROSSREF.name,)))
    assert (refused.offers, refused.shown) == ((), None)


def test_the_newest_failure_of_a_service_is_told_until_it_answers() -> None:
    failed = Reply("dblp title x", "dblp", "failed", "2026-11-21T10:00:00Z", "It answers with a bot check.")
    assert details(replies=(failed,)).failures == (failed,)
    later = Reply("dblp title y", "dblp", "nothing", "2026-11-21T11:00:00Z")
    assert details(replies=(later, failed)).failures == ()


def test_what_services_add_is_there_once() -> None:
    one = dataclasses.replace(ARXIV, links=(Link("https://arxiv.org/pdf/2010.11929", "pdf"),))
    two = dataclasses.replace(
        DBLP, links=(Link("https://arxiv.org/pdf/2010.11929", "pdf"), Link("https://github.com/a/b", "code"))
    )
    links = details(one, two).value("links")
    assert isinstance(links, tuple)
    assert sorted(link.url for link in links) == ["https://arxiv.org/pdf/2010.11929", "https://github.com/a/b"]  # type: ignore[union-attr]  # links


def test_the_licence_of_the_code_is_not_the_paper_s() -> None:
    code = Answer("github", "a/b", facts={"licence": "MIT", "stars": 5})
    paper = dataclasses.replace(ARXIV, facts={"licence": "CC BY 4.0"})
    found = details(paper, code)
    assert (found.value("licence"), found.value("code_licence")) == ("CC BY 4.0", "MIT")


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("authors", "Jane Doe and J. Roe", ("Jane Doe", "J. Roe")),
        ("year", " 2021 ", 2021),
        ("title", " A title ", "A title"),
        ("type", "journal", "journal"),
    ],
)
def test_what_a_reader_writes_is_read_as_the_field_s_value(field: str, words: str, value: object) -> None:
    assert read(field, words) == value


@pytest.mark.parametrize(("field", "words"), [("year", "soon"), ("year", "0"), ("month", "13"), ("type", "essay")])
def test_what_cannot_be_the_field_s_value_is_refused(field: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"number|one of"):
        read(field, words)


def test_services_are_called_what_they_call_themselves() -> None:
    assert {name: each.LABEL for name, each in providers().items()} == {
        name: label for name, label in LABELS.items() if name != READER
    }
    assert "abstract" in EDITABLE
