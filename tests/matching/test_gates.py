"""From what is known of a paper to its record: what is taken, what is offered, what is neither."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.matching import Choice, Wanted, choose, judge
from tui.model import Answer, Record

TITLE = "Pruning by Candlelight: How Sparse Networks Learn to Forget Slowly"
PEOPLE = ("Ada Lovelace", "Mary Somerville", "Charles Babbage")
WANTED = Wanted(TITLE, PEOPLE, 0, 2019)
HEAD = Wanted("Pruning by Candlelight", PEOPLE, 0, 2019)
TEXT = (
    "We light one candle for every weight that is pruned and count how many are needed before the network forgets what "
    "a cat is; the answer depends on the order in which the candles burn, and we prove that for two layers it is the "
    "worst order that gradient descent finds, while for three it is the best."
)


def found(title: str | None, *authors: str, year: int | None = 2019, name: str = "1", **more: object) -> Answer:
    record = Record(title=title, authors=authors, year=year)
    return Answer("somewhere", name, record=record, **{"kind": "published", **more})  # type: ignore[arg-type]  # tables


SAME = [
    ("as it is", WANTED, found(TITLE, *PEOPLE)),
    ("capitals", Wanted(TITLE.upper(), PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("a label behind", Wanted(TITLE + " (Spotlight)", PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("a label in front", Wanted("[Oral] " + TITLE, PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("the subtitle cut", HEAD, found(TITLE, *PEOPLE)),
    ("the record's subtitle cut", WANTED, found("Pruning by Candlelight", *PEOPLE)),
    ("an ellipsis in a word", Wanted(TITLE[:45] + "…", PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("a letter lost", Wanted(TITLE.replace("Sparse", "Spase"), PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("a number of the list", Wanted("12. " + TITLE, PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("two letters lost at the end", Wanted(TITLE[:-2], PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("a word twice", Wanted(TITLE.replace("Learn", "Learn Learn"), PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("neighbours swapped", Wanted(TITLE.replace("Sparse Networks", "Networks Sparse"), PEOPLE, 0, 2019),
     found(TITLE, *PEOPLE)),
    ("a word lost", Wanted(TITLE.replace("Forget", ""), PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("initials", Wanted(TITLE, ("A. Lovelace", "M. Somerville"), 1, 2019), found(TITLE, *PEOPLE)),
    ("family names", Wanted(TITLE, ("Lovelace",), 2, 2019), found(TITLE, *PEOPLE)),
    ("alphabetical authors", WANTED, found(TITLE, *sorted(PEOPLE))),
    ("published two years later", WANTED, found(TITLE, *PEOPLE, year=2021)),
    ("the preprint of a published one", WANTED, found(TITLE, *PEOPLE, year=2017, kind="preprint")),
    ("nobody named", Wanted(TITLE, year=2019), found(TITLE, *PEOPLE)),
    ("nothing but a telling title", Wanted(TITLE), found(TITLE, *PEOPLE)),
    ("names that cannot be compared", Wanted(TITLE, ("李飞飞",), 0, 2019), found(TITLE, "Fei-Fei Li")),
    ("TeX and Greek", Wanted("$\\beta$-VAE and its \\emph{Latent} Traversals", ("I. Lee",), 0, 2019),
     found("beta-VAE and Its Latent Traversals", "Irina Lee")),
    ("HTML", Wanted("CO2 in Deep Ice &amp; Snow", ("I. Lee",), 0, 2019),
     found("CO<sub>2</sub> in deep ice & snow", "Irina Lee")),
    ("hyphens and plurals", Wanted("Data-set shift in model zoos", ("I. Lee",), 0, 2019),
     found("Dataset shifts in model zoos", "Irina Lee")),
    ("roman and arabic", Wanted("Gravity in Flat Space, Part II", ("I. Lee",), 0, 2019),
     found("Gravity in flat space. Part 2", "Irina Lee")),
    ("the same erratum", Wanted("Erratum to: Gravity in Flat Space", ("I. Lee",), 0, 2019),
     found("Erratum: Gravity in flat space", "Irina Lee")),
    ("taken back", Wanted("Gravity in Flat Space", ("I. Lee",), 0, 2019),
     found("RETRACTED ARTICLE: Gravity in flat space", "Irina Lee")),
    ("an abstract that was cut", Wanted(abstract=TEXT[:180] + "…"), found("Anything", abstract=TEXT)),
    ("an abstract with broken words", Wanted(abstract=TEXT.replace("work", " work").replace("les", "\nles")),
     found("Anything", abstract=TEXT)),
    ("another title and one abstract", Wanted("How Candles Prune", PEOPLE, 0, 2019, TEXT),
     found(TITLE, *PEOPLE, abstract=TEXT)),
]  # fmt: skip

PERHAPS = [
    ("part two", WANTED, found(TITLE + ", Part II", *PEOPLE)),
    ("a second part behind the cut", HEAD, found(TITLE + " II", *PEOPLE)),
    ("revisited", WANTED, found(TITLE + " Revisited", *PEOPLE)),
    ("another version", Wanted("Candle-3 Technical Notes for Pruners", PEOPLE),
     found("Candle-4 Technical Notes for Pruners", *PEOPLE)),
    ("a word more at the end", WANTED, found(TITLE + " in Practice", *PEOPLE)),
    ("a word more in front", WANTED, found("Notes on " + TITLE, *PEOPLE)),
    ("less than half of a title", Wanted("Pruning by Candlelight: How Sp…", PEOPLE, 0, 2019),
     found(TITLE + " and Never Remember Anything", *PEOPLE)),
    ("another word", WANTED, found(TITLE.replace("Forget", "Remember"), *PEOPLE)),
    ("an opposite", WANTED, found(TITLE.replace("Learn", "Unlearn"), *PEOPLE)),
    ("far years", WANTED, found(TITLE, *PEOPLE, year=2011)),
    ("one author of five", Wanted(TITLE, (*PEOPLE, "Luigi Menabrea", "Annabella Byron"), 0, 2019),
     found(TITLE, PEOPLE[0])),
    ("a telling title by others", WANTED, found(TITLE, "Isaac Newton")),
    ("a short title by nobody", Wanted("Gout", year=2019), found("Gout", "Isaac Newton")),
    ("a bare subtitle", HEAD, found("Pruning by Candlelight: New results", *PEOPLE)),
    ("a beginning that is not cut", HEAD,
     found("Pruning by Candlelight in Northern Forests of Norway", *PEOPLE)),
    ("BERT and BART", Wanted("Reading Minds with BERT Alone", PEOPLE, 0, 2019),
     found("Reading Minds with BART Alone", *PEOPLE)),
    ("a column of every year", Wanted("Introduction", ("I. Lee",), 0, 2019), found("Introduction", "I. Lee")),
    ("an abstract by others", Wanted(None, PEOPLE, 0, None, TEXT), found("Anything", "Isaac Newton", abstract=TEXT)),
]  # fmt: skip

OTHER = [
    ("a comment", WANTED, found(f"Comment on “{TITLE}”", *PEOPLE)),
    ("a reply", WANTED, found(f"Reply to: {TITLE}", *PEOPLE)),
    ("an erratum", WANTED, found(f"Erratum: {TITLE}", *PEOPLE)),
    ("an author's correction", WANTED, found(f"Author Correction: {TITLE}", *PEOPLE)),
    ("a retraction", WANTED, found(f"Retraction: {TITLE}", *PEOPLE)),
    ("a German correction", WANTED, found(f"Berichtigung zu: {TITLE}", *PEOPLE)),
    ("a French reply", WANTED, found(f"Réponse à {TITLE}", *PEOPLE)),
    ("a reproduction", WANTED, found(f"[Re] {TITLE}", *PEOPLE)),
    ("what a reproduction is of", Wanted(f"[Re] {TITLE}", PEOPLE, 0, 2019), found(TITLE, *PEOPLE)),
    ("a reply to a comment", Wanted(f"Comment on: {TITLE}", PEOPLE), found(f"Reply to: Comment on: {TITLE}", *PEOPLE)),
    ("a comment on a comment", Wanted(f"Comment on {TITLE}", PEOPLE),
     found(f"Comment on: Comment on {TITLE}", *PEOPLE)),
    ("a supplement", WANTED, found(f"Supplementary material for {TITLE}", *PEOPLE)),
    ("another work", WANTED, found("Exotic Spheres for Everybody", *PEOPLE)),
    ("an introduction by somebody else", Wanted("Introduction", ("I. Lee",)), found("Introduction", "I. Newton")),
    ("no title", WANTED, found(None, *PEOPLE)),
    ("nothing wanted", Wanted(), found(TITLE, *PEOPLE)),
    ("an abstract too short to say", Wanted(abstract="We study it."), found("Anything", abstract="We study it.")),
    ("an abstract that only begins alike", Wanted(abstract=TEXT), found("Anything", abstract=TEXT[:80] + TEXT[::-1])),
]  # fmt: skip

CASES = [(name, wanted, answer, verdict) for verdict, rows in (("same", SAME), ("perhaps", PERHAPS), ("other", OTHER))
         for name, wanted, answer in rows]  # fmt: skip


@pytest.mark.parametrize(("wanted", "answer", "verdict"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_a_record_is_judged(wanted: Wanted, answer: Answer, verdict: str) -> None:
    said = judge(wanted, answer)
    assert said.verdict == verdict, said
    assert (said.score >= 90) is (verdict == "same")


@pytest.mark.parametrize(("wanted", "answer", "verdict"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_only_what_is_sure_is_taken(wanted: Wanted, answer: Answer, verdict: str) -> None:
    choice = choose(wanted, [answer])
    assert (choice.accepted == answer) is (verdict == "same")
    assert bool(choice.offers) is (verdict == "perhaps")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (found(TITLE + ", Part II", *PEOPLE, year=2021),
         "The title goes on with “Part II”; 3 of 3 authors agree; 2021 and not 2019."),
        (found(TITLE.replace("Forget", "Remember"), *PEOPLE[:2]),
         "The title has “Remember” and not “Forget”; 2 of 3 authors agree; 2019 as looked for."),
        (found(TITLE.replace("Sparse ", ""), "I. Newton", year=None), "The title lacks “Sparse”; other authors."),
        (found(TITLE, year=2019), "The title is the same; its authors cannot be compared; 2019 as looked for."),
        (found(f"Comment on {TITLE}", *PEOPLE),
         "It is of another kind (comment); 3 of 3 authors agree; 2019 as looked for."),
    ],
)  # fmt: skip
def test_a_judgement_says_what_agrees_and_what_differs(answer: Answer, why: str) -> None:
    assert judge(WANTED, answer).why == why


def test_two_works_that_agree_equally_are_both_offered() -> None:
    answers = [
        found("Pruning by Candlelight: Weights of Wax and Wick", *PEOPLE, name="a"),
        found(TITLE, *PEOPLE, name="b"),
    ]
    choice = choose(HEAD, answers)
    assert choice.accepted is None
    assert [offer.answer.id for offer in choice.offers] == ["a", "b"]


def test_a_telling_title_by_nobody_is_not_taken_where_two_have_it() -> None:
    answers = [found(TITLE, *PEOPLE, name="a"), found(TITLE, "Isaac Newton", name="b")]
    assert choose(Wanted(TITLE), answers).accepted is None
    assert choose(WANTED, answers).accepted == answers[0]
    older = [answers[0], found(TITLE, "Isaac Newton", year=2012, name="b")]
    assert choose(Wanted(TITLE, year=2019), older).accepted is None
    assert choose(Wanted(TITLE, year=2019), answers[:1]).accepted == answers[0]


def test_two_works_of_one_title_by_namesakes_are_both_offered() -> None:
    answers = [
        found(TITLE, "Ada Lovelace", "Mary Somerville", "Charles Babbage", name="a"),
        found(TITLE, "Alan Lovelace", "Isaac Newton", "Max Born", name="b"),
    ]
    wanted = Wanted(TITLE, ("A. Lovelace",), 2, 2019)
    choice = choose(wanted, answers)
    assert choice.accepted is None
    assert {judge(wanted, answer).verdict for answer in answers} == {"same"}


def test_preprint_and_published_version_are_no_rivals() -> None:
    preprint = found(TITLE, *PEOPLE, name="a", kind="preprint", year=2018)
    published = found(TITLE, *PEOPLE, name="b")
    assert choose(WANTED, [preprint, published]).accepted == published
    renamed = found(TITLE.replace("Sparse ", ""), *PEOPLE, name="c")
    assert choose(WANTED, [preprint, renamed]).accepted == preprint


def test_a_refused_record_is_neither_taken_nor_offered() -> None:
    answer = found(TITLE, *PEOPLE)
    assert choose(WANTED, [answer], refused={answer.name}) == Choice()


def test_at_most_three_are_offered_best_first() -> None:
    parts = [found(f"{TITLE}, Part {part}", *PEOPLE, name=str(part)) for part in range(2, 8)]
    far = found(TITLE, *PEOPLE, year=2003, name="far")
    offers = choose(WANTED, [*parts, far]).offers
    assert len(offers) == 3
    assert list(offers) == sorted(offers, key=lambda offer: -offer.score)
    assert "far" in {offer.answer.id for offer in offers}


TITLES = st.text(max_size=60) | st.sampled_from(
    [TITLE, TITLE + ", Part II", "Introduction", "∂", "深層学習の基礎", "...", "[Re]", "(Oral)", "II", "", "Comment on",
     "Erratum", "$x^2$", "a: b: c", TITLE[:40] + "…"]
)  # fmt: skip
PERSONS = st.lists(
    st.sampled_from(["Ada Lovelace", "A. Lovelace", "Lovelace", "李飞飞", "OpenAI", "", ",", "et al.", "X Y"])
    | st.text(max_size=15),
    max_size=4,
).map(tuple)
YEARS = st.none() | st.integers(0, 9999)
TEXTS = st.none() | st.just(TEXT) | st.text()
WANTEDS = st.builds(Wanted, st.none() | TITLES, PERSONS, st.integers(0, 3), YEARS, TEXTS)
RECORDS = st.builds(
    lambda title, authors, year: Record(title=title, authors=authors, year=year), st.none() | TITLES, PERSONS, YEARS
)
ANSWERS = st.builds(
    lambda record, name, text, kind: Answer("somewhere", name, kind, record, text),
    RECORDS, st.sampled_from("abc"), TEXTS, st.sampled_from([None, "preprint", "published"]),
)  # fmt: skip


@given(WANTEDS, st.lists(ANSWERS, max_size=5))
def test_whatever_is_asked_one_is_taken_or_some_are_offered(wanted: Wanted, answers: list[Answer]) -> None:
    choice = choose(wanted, answers)
    assert choice.accepted is None or choice.accepted in answers
    assert len(choice.offers) <= 3
    assert not (choice.accepted and choice.offers)
    for offer in choice.offers:
        assert 0 <= offer.score <= 100
        assert offer.why.endswith(".")


@given(ANSWERS)
def test_a_record_is_never_another_than_itself(answer: Answer) -> None:
    record = answer.record
    said = judge(Wanted(record.title, record.authors, 0, record.year), answer)
    assert said.verdict != "other" or said.why.startswith("One of the titles says nothing") or not record.title


@pytest.mark.parametrize("letters", [5_000, 200_000])
@pytest.mark.parametrize("bit", ["a", "a ", "(a", "[", ". ", " - ", "深", "comment on ", "\\x{", "II ", "abcde fgh "])
def test_hostile_titles_cost_nothing(bit: str, letters: int) -> None:
    begin = time.process_time()
    title = (bit * letters)[:letters]
    choose(Wanted(title, year=2019), [found(title + "b"), found("b" + title), found(title[::-1])])
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("name", ["Wei Li", "{} Li", "Li {}", "Author Number{}", "{}, X"])
def test_five_thousand_authors_cost_little(name: str) -> None:
    ours = tuple(name.format("ABCDEFGHIJ"[number % 10] + str(number)) for number in range(5_000))
    begin = time.process_time()
    judge(Wanted(TITLE, ours), found(TITLE, *reversed(ours)))
    assert time.process_time() - begin < 2
