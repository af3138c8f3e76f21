"""Two mentions of one paper meet, and two papers never do."""

from __future__ import annotations

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.matching import abstract_key, clues, family_name, paper_id, same_work, title_words
from tui.model import Entry, Link

ATTENTION = Entry(title="Attention Is All You Need", authors=("Ashish Vaswani", "Noam Shazeer"))
LONG = (
    "The sphere in more than four dimensions can carry smooth structures that are not the usual one, and there are "
    "finitely many of them in every dimension but one. This text counts them and says how each of them is built."
)


def entry(title: str | None = None, *authors: str, **more: object) -> Entry:
    return Entry(title=title, authors=authors, **more)  # type: ignore[arg-type]  # short calls in tables


SAME = [
    ("one arXiv id, other words",
     entry("A", identifiers={"arxiv": "1706.03762"}),
     entry("B", identifiers={"arxiv": "1706.03762"})),
    ("one of two identifiers",
     entry("A", identifiers={"arxiv": "1602.03837", "doi": "10.1103/x"}),
     entry("B", identifiers={"doi": "10.1103/x"})),
    ("one DOI and two arXiv ids",
     entry("A", identifiers={"doi": "10.1/x", "arxiv": "1701.00001"}),
     entry("A", identifiers={"doi": "10.1/x", "arxiv": "1701.00002"})),
    ("case and punctuation",
     ATTENTION,
     entry("Attention is all you need!", "A. Vaswani")),
    ("a title alone",
     ATTENTION,
     entry("Attention is All you Need")),
    ("a title of four words alone",
     entry("Songs of Cold Steel"),
     entry("Songs of cold steel", "A. Lee")),
    ("a title and an id",
     ATTENTION,
     entry("Attention Is All You Need", identifiers={"arxiv": "1706.03762"})),
    ("accents and order of the name",
     entry("On the Poincaré Disk of Things", "Löwe, Sindy"),
     entry("On the Poincare disk of things", "Sindy Lowe")),
    ("TeX in the title",
     entry("$\\beta$-VAE: Learning Basic Visual Concepts", "I. Higgins"),
     entry("β-VAE: learning basic visual concepts", "Irina Higgins")),
    ("an en dash",
     entry("RNN Encoder–Decoder for Translation Tasks", "K. Cho"),
     entry("RNN Encoder-Decoder for Translation Tasks", "Kyunghyun Cho")),
    ("particles",
     entry("Visualizing Data using t-SNE", "Laurens van der Maaten"),
     entry("Visualizing data using t-SNE", "van der Maaten, Laurens")),
    ("a suffix",
     entry("Fast splittable pseudorandom number generators", "Guy L. Steele Jr."),
     entry("Fast Splittable Pseudorandom Number Generators", "Steele, Jr., Guy L.")),
    ("authors listed from the second on",
     entry("A Quite Particular Title", "Ada Lovelace", "Mary Somerville"),
     entry("A quite particular title", "M. Somerville")),
    ("an abstract for a missing title",
     entry(abstract=LONG),
     entry("Exotic Spheres", abstract=LONG[:150])),
    ("an abstract with a word cut in two",
     entry(abstract=LONG.replace("structures", "struc tures")),
     entry(abstract=LONG)),
    ("an address, and an identifier in one of the two",
     entry(links=(Link("https://example.org/a.pdf"),), identifiers={"arxiv": "1706.03762"}),
     entry(links=(Link("https://example.org/a.pdf"),))),
    ("nothing but an address",
     entry(links=(Link("https://www.example.org/a.pdf"),)),
     entry(links=(Link("http://example.org/a.pdf/"),))),
]  # fmt: skip

DIFFERENT = [
    ("two arXiv ids and one title",
     entry("Attention Is All You Need", identifiers={"arxiv": "1706.03762"}),
     entry("Attention Is All You Need", identifiers={"arxiv": "1706.03763"})),
    ("part one and part two",
     entry("Some Applications of Machine Learning. I", "A. B. Lee"),
     entry("Some Applications of Machine Learning. II", "A. B. Lee")),
    ("part I and part II",
     entry("Gravity in Flat Space, Part I", "A. Lee"),
     entry("Gravity in Flat Space, Part II", "A. Lee")),
    ("part 1 and part 2",
     entry("Gravity in Flat Space (Part 1)", "A. Lee"),
     entry("Gravity in Flat Space (Part 2)", "A. Lee")),
    ("a comment on it",
     entry("Emergent abilities of large models", "J. Wei"),
     entry("Comment on: Emergent abilities of large models", "J. Wei")),
    ("a reply to it",
     entry("Emergent abilities of large models", "J. Wei"),
     entry("Reply to Emergent abilities of large models", "J. Wei")),
    ("its erratum",
     entry("Emergent abilities of large models", "J. Wei"),
     entry("Erratum: Emergent abilities of large models", "J. Wei")),
    ("its reproduction",
     entry("Badder Seeds for Measuring Bias", "M. Antoniak"),
     entry("[Re] Badder Seeds for Measuring Bias", "J. van der Togt")),
    ("its second edition",
     entry("FlashAttention: Fast Exact Attention", "T. Dao"),
     entry("FlashAttention-2: Fast Exact Attention", "T. Dao")),
    ("one title, other authors",
     entry("Deep Learning for Natural Images", "Ada Lovelace"),
     entry("Deep Learning for Natural Images", "Charles Babbage")),
    ("a short title by nobody",
     entry("Introduction"),
     entry("Introduction", "Ada Lovelace")),
    ("a title of three words by nobody",
     entry("Songs of Steel"),
     entry("Songs of steel", "A. Lee")),
    ("an erratum by nobody",
     entry("Erratum to the paper of last year"),
     entry("Erratum to the paper of last year", "A. Lee")),
    ("a longer title",
     ATTENTION,
     entry("Attention Is All You Need for Speech", "Ashish Vaswani")),
    ("a lost minus in the formula",
     entry("Bounds for x^2 in large graphs", "A. Lee"),
     entry("Bounds for x^3 in large graphs", "A. Lee")),
    ("abstracts that begin alike",
     entry(abstract=LONG),
     entry(abstract=LONG[:100] + "of a kind that nobody had expected there, least of all in this place.")),
    ("short abstracts",
     entry(abstract="We study things."),
     entry(abstract="We study things.")),
    ("two titles and one address",
     entry("First of the Volume Here", links=(Link("https://a.org/v.pdf"),)),
     entry("Second of the Volume Here", links=(Link("https://a.org/v.pdf"),))),
    ("nothing at all",
     entry(),
     entry()),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [pytest.param(*pair[1:], id=pair[0]) for pair in SAME])
def test_mentions_of_one_paper_meet(one: Entry, other: Entry) -> None:
    assert same_work(one, other)
    assert same_work(other, one)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*pair[1:], id=pair[0]) for pair in DIFFERENT])
def test_two_papers_stay_two(one: Entry, other: Entry) -> None:
    assert not same_work(one, other)
    assert not same_work(other, one)


@pytest.mark.parametrize(("one", "other"), [pytest.param(*pair[1:], id=pair[0]) for pair in SAME])
def test_what_is_one_work_can_be_looked_for(one: Entry, other: Entry) -> None:
    assert set(clues(one)) & set(clues(other)), (clues(one), clues(other))


NAMES = st.lists(
    st.sampled_from(["Ada Lovelace", "Lovelace, Ada", "Laurens van der Maaten", "Guy L. Steele Jr.", "Łukasz Kaiser",
                     "OpenAI", "張益唐", "A. B."]), max_size=3, unique=True
).map(tuple)  # fmt: skip
ENTRIES = st.builds(
    Entry,
    title=st.sampled_from([None, "Attention Is All You Need", "attention is all you need", "Introduction", "∂",
                           "深層学習", "[Re] Attention Is All You Need", "$\\beta$-VAE in four words"]),
    authors=NAMES,
    abstract=st.sampled_from([None, LONG, LONG[:150], "Short."]),
    identifiers=st.dictionaries(st.sampled_from(["arxiv", "doi", "acl"]), st.sampled_from(["1706.03762", "10.1/x"])),
    links=st.lists(st.sampled_from([Link("https://a.org/x"), Link("https://b.org/y")]), max_size=2).map(tuple),
)  # fmt: skip


@given(ENTRIES, ENTRIES)
def test_sameness_does_not_depend_on_who_asks(one: Entry, other: Entry) -> None:
    assert same_work(one, other) is same_work(other, one)


@given(ENTRIES)
def test_an_entry_that_says_enough_is_the_same_as_itself(one: Entry) -> None:
    if one.identifiers or (one.title and one.authors):
        assert same_work(one, one)


@given(ENTRIES, ENTRIES)
def test_two_that_are_one_share_a_clue(one: Entry, other: Entry) -> None:
    if same_work(one, other):
        assert set(clues(one)) & set(clues(other))


@given(ENTRIES)
def test_every_entry_has_an_id_that_can_be_typed(one: Entry) -> None:
    name = paper_id(one)
    assert re.fullmatch(r"(?:arxiv|doi|acl|openreview|title|text|link):\S+", name)
    assert name == paper_id(one)


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (entry("A", identifiers={"doi": "10.1/x", "arxiv": "1706.03762"}), "arxiv:1706.03762"),
        (entry("A", identifiers={"openreview": "abcde", "acl": "P02-1040"}), "acl:P02-1040"),
        (entry("A", identifiers={"openreview": "abcde"}), "openreview:abcde"),
    ],
)
def test_the_strongest_identifier_names_the_paper(one: Entry, wanted: str) -> None:
    assert paper_id(one) == wanted


def test_titles_by_different_people_have_different_ids() -> None:
    entries = [entry("Introduction", name) for name in ("Ada Lovelace", "Charles Babbage", "張益唐", "李飞飞")]
    entries += [entry("深層学習"), entry("強化学習"), entry(abstract=LONG), entry(links=(Link("https://a.org/x"),))]
    assert all(paper_id(one) != paper_id(other) for one, other in permutations(entries, 2))


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("Ada Lovelace", "lovelace"),
        ("Lovelace, Ada", "lovelace"),
        ("Laurens van der Maaten", "maaten"),
        ("van der Maaten, Laurens", "maaten"),
        ("Guy L. Steele Jr.", "steele"),
        ("Guy L. Steele, Jr.", "steele"),
        ("Steele, Jr., Guy L.", "steele"),
        ("Donald J. Hejna III", "hejna"),
        ("Łukasz Kaiser", "kaiser"),
        ("Çağlar Gülçehre", "gulcehre"),
        ("yajie cui", "cui"),
        ("Alexis CONNEAU", "conneau"),
        ("OpenAI", "openai"),
        ("张益唐", "张益唐"),
        ("Peter O'Connor", "connor"),
        ("Taylor Berg-Kirkpatrick", "kirkpatrick"),
        ("Berg-Kirkpatrick, Taylor", "kirkpatrick"),
        ("Fei-Fei, Li", "fei"),
        ("Li Fei-Fei", "fei"),
        ("Christopher De Sa", "sa"),
        ("De Sa, Christopher", "sa"),
        ("Quoc V Le", "le"),
        ("Le, Quoc V", "le"),
    ],
)
def test_family_names_are_found(author: str, wanted: str) -> None:
    assert family_name(author) == wanted


def test_title_words_forget_all_but_the_words() -> None:
    assert title_words("[Re] {BERT}: Poincar{\\'e} & the $\\beta$-VAE") == ("re", "bert", "poincare", "the", "β", "vae")
    assert title_words("***") == ("***",)
    assert title_words("\\`") == ("\\`",)
    assert title_words(" ") == ()


def test_the_key_of_an_abstract_forgets_blanks_and_the_end() -> None:
    assert abstract_key("An effect ive  way...") == abstract_key("an effective way")
    assert len(abstract_key("word " * 1000)) == 300
