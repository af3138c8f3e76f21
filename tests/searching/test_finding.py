"""Which papers a search finds, and in which order."""

from __future__ import annotations

import sqlite3
import threading
import time
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.searching.shelf import Shelf
from tests.searching.writing import optimise, store
from tui.catalogue import Catalogue
from tui.errors import OutdatedError
from tui.model import Entry
from tui.searching import finding
from tui.searching.orders import State

SKY, LISTS, NIGHT = "arxiv:1901.00001", "doi:10.1145/3.x", "title:sky"
CHINESE, ARABIC, SPEECH = "arxiv:2103.00002", "arxiv:2103.00003", "arxiv:2103.00004"
ALL = {SKY, LISTS, NIGHT, CHINESE, ARABIC, SPEECH}

FINDS = [
    ("transformer", {SKY, LISTS}),
    ("trans", {SKY, LISTS}),
    ("t", {SKY, LISTS, NIGHT, CHINESE, SPEECH}),
    ('"trans"', set()),
    ('"transformer was not"', {LISTS}),
    ('"was transformer"', set()),
    ("transformer sky", {SKY}),
    ("transformer OR night", {SKY, LISTS, NIGHT}),
    ("transformer -sky", {LISTS}),
    ("-transformer", ALL - {SKY, LISTS}),
    ("-(transformer OR night)", ALL - {SKY, LISTS, NIGHT}),
    ("sky (night OR transformer)", {SKY, NIGHT}),
    ("title:sky", {SKY, NIGHT}),
    ("abstract:sky", {SPEECH}),
    ("author:lovelace", {SKY}),
    ("lovelace", {SKY, ARABIC}),
    ('author:"van der Berg"', {SKY}),
    ('author:"lovelace joost"', set()),
    ("author:ZULAWSKI", {NIGHT}),
    ("emile", {NIGHT}),
    ("self-supervised", {CHINESE}),
    ("alpha", {CHINESE}),
    ("α", {CHINESE}),
    ("beta-vae", {SPEECH}),
    ("β", {SPEECH}),
    ("机器", {CHINESE}),
    ("学习", {CHINESE}),
    ("习学", set()),
    ("bert做", {CHINESE}),
    ("한국", {SPEECH}),
    ("하", {SPEECH}),
    ("음성", {SPEECH}),
    ("العربية", {ARABIC}),
    ("عربيه", {ARABIC}),
    ("القرا", {ARABIC}),
    ("الق", {ARABIC}),
    ("لغة", {ARABIC}),
    ("ada", {SKY, ARABIC}),
    ("cs.SD", {SPEECH}),
    ("1901.00001", {SKY}),
    ("arxiv:1901.00001v3", {SKY}),
    ("arxiv:2103", {CHINESE, ARABIC, SPEECH}),
    ("https://arxiv.org/abs/1901.00001", {SKY}),
    ("10.1145/3.x", {LISTS}),
    ("doi:10.1145", {LISTS}),
    ("id:10.1145/3", {LISTS}),
    ("venue:neurips", {SKY}),
    ("venue:reading", {LISTS}),
    ('venue:"neur"', set()),
    ("issue:spring", {CHINESE, ARABIC, SPEECH, SKY}),
    ("issue:first-letters", {SKY, LISTS, NIGHT}),
    ("series:letters", {SKY, LISTS, NIGHT}),
    ("series:letters series:seasons", {SKY}),
    ("issues:2", {SKY}),
    ("issues:>=2", {SKY}),
    ("issues:..1", ALL - {SKY}),
    ("-issues:>=2", ALL - {SKY}),
    ("issues:>2", set()),
    ("year:2019", {SKY}),
    ("year:2020..", {LISTS, NIGHT, CHINESE, ARABIC, SPEECH}),
    ("year:<2021", {SKY, LISTS}),
    ("year:2020 OR beta", {LISTS, SPEECH}),
    ("year:2020.. -transformer", {NIGHT, CHINESE, ARABIC, SPEECH}),
    ("-year:2021", {SKY, LISTS}),
    ("is:unread", ALL),
    ("is:read", set()),
    ("sky -is:unread", set()),
    ("", ALL),
]


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_a_search_finds(query: str, found: set[str], standing: Shelf) -> None:
    ids = standing.ids(query)
    assert set(ids) == found
    assert len(ids) == len(found)


MARKED = [
    ("is:marked", {SKY}),
    ("is:starred", {LISTS}),
    ("is:read", {LISTS, NIGHT}),
    ("is:dropped", {NIGHT}),
    ("is:read -is:dropped", {LISTS}),
    ("is:unread", ALL - {SKY, LISTS, NIGHT}),
    ("is:to-read", {SKY}),
    ("is:new", ALL - {SKY, LISTS, NIGHT}),
    ("tag:ml", {SKY, LISTS}),
    ('tag:"ml"', {SKY}),
    ('tag:"ml ops"', {LISTS}),
    ("tag:ops", set()),
    ("tag:night,ml", {SKY, LISTS, NIGHT}),
    ("-tag:ml", ALL - {SKY, LISTS}),
    ("note:bridge", {SKY}),
    ("bridge", {SKY}),
    ("note:sky", set()),
    ("key:lov", {SKY}),
    ('key:"lov"', set()),
    ("key:lovelace1843sky", {SKY}),
    ("id:lovelace1843", {SKY}),
    ("has:code", {LISTS}),
    ("has:code has:pdf", {LISTS}),
    ("has:note", set()),
    ("is:marked transf", {SKY}),
    ("is:marked OR is:starred", {SKY, LISTS}),
    ("transformer (is:marked OR night)", {SKY}),
]


@pytest.mark.parametrize(("query", "found"), MARKED)
def test_what_the_reader_did_is_found(query: str, found: set[str], shelf: Shelf) -> None:
    shelf.mark(SKY, marked=True, state="to read", tags=("ml",), note="The bridge sings.", key="Lovelace1843sky")
    shelf.mark(LISTS, has=("code", "pdf"), starred=True, state="read", tags=("ML ops",))
    shelf.mark(NIGHT, state="dropped", tags=("night",))
    assert set(shelf.ids(query)) == found
    assert set(shelf.ids(query, marked=True)) == found & {SKY}


def test_what_a_paper_was_once_found_by_finds_it_no_longer(shelf: Shelf) -> None:
    shelf.mark(SKY, note="An elephant in the room.")
    assert shelf.ids("elephant") == [SKY]
    for number in range(5):
        shelf.mark(SKY, note=f"A whale, the {number}.")
    assert shelf.ids('"an elephant"') == []
    assert shelf.ids("elephant OR whale") == [SKY]
    assert set(shelf.ids("-whale")) == ALL - {SKY}
    assert shelf.ids("sky -elephant", issue=1) == [SKY, NIGHT]


def test_a_paper_that_no_issue_speaks_of_is_not_found(shelf: Shelf) -> None:
    shelf.catalogue.papers.unlist(shelf.catalogue.papers.number(SKY) or 0)
    assert set(shelf.ids("transformer")) == {LISTS}
    assert set(shelf.ids("-night")) == ALL - {SKY, NIGHT}
    assert SKY not in shelf.ids("")


def test_hits_in_titles_come_first(standing: Shelf) -> None:
    assert standing.ids("sky")[-1] == SPEECH
    assert standing.ids("transformer") == [SKY, LISTS]


def test_too_many_hits_stand_with_titles_first_and_the_newest_first(
    standing: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.searching.finding.FEW", 0)
    assert standing.ids("sky") == [SKY, NIGHT, SPEECH]
    assert standing.ids("reading") == [LISTS, CHINESE, ARABIC, SPEECH, SKY]


def test_what_a_condition_alone_finds_comes_after_the_hits(standing: Shelf) -> None:
    assert standing.ids("night OR year:2019") == [NIGHT, SKY]


def test_an_issue_keeps_its_order_and_any_order_can_be_asked_for(shelf: Shelf) -> None:
    assert shelf.ids("", issue=2) == [CHINESE, ARABIC, SPEECH, SKY]
    assert shelf.ids("sky", issue=2) == [SPEECH, SKY]
    assert shelf.ids("sky", sort="title") == [SKY, NIGHT, SPEECH]
    assert shelf.ids("sky OR lists", sort="author") == [SKY, LISTS, NIGHT, SPEECH]
    assert shelf.ids("sky", sort="year") == [NIGHT, SPEECH, SKY]
    shelf.mark(SPEECH, state="read")
    assert shelf.ids("sky", sort="unread")[-1] == SPEECH
    shelf.mark(SPEECH, state="new")
    shelf.mark(SKY, state="read")
    assert shelf.ids("sky", sort="unread")[-1] == SKY


def test_without_words_the_newest_come_first(standing: Shelf) -> None:
    assert standing.ids("") == [CHINESE, ARABIC, SPEECH, SKY, LISTS, NIGHT]
    assert standing.ids("is:unread", limit=2) == [CHINESE, ARABIC]


@pytest.mark.parametrize(
    ("query", "found", "instead"),
    [
        ("transfomer", {SKY, LISTS}, {"transfomer": "transformer"}),
        ("tranfsormer", {SKY, LISTS}, {"tranfsormer": "transformer"}),
        ("rtansformer", {SKY, LISTS}, {"rtansformer": "transformer"}),
        ("ransformer", {SKY, LISTS}, {"ransformer": "transformer"}),
        ("trnsfomer", {SKY, LISTS}, {"trnsfomer": "transformer"}),
        ("transfomer sky", {SKY}, {"transfomer": "transformer"}),
        ("transfomer OR night", {SKY, LISTS, NIGHT}, {"transfomer": "transformer"}),
        ("author:lovelase", {SKY}, {"lovelase": "lovelace"}),
        ("author:(lovelase OR somervile)", {SKY, LISTS}, {"lovelase": "lovelace", "somervile": "somerville"}),
        ("modlling", {SPEECH}, {"modlling": "modelling"}),
        ("tramsf", {SKY, LISTS}, {"tramsf": "transf"}),
        ("nihgt", {NIGHT}, {"nihgt": "night"}),
        ("nigth -sky", set(), {"nigth": "night"}),
        ("skz", {SKY, NIGHT, SPEECH}, {"skz": "sky"}),
        ("brt", {CHINESE}, {"brt": "bert"}),
        ("nto", {LISTS, SPEECH}, {"nto": "not"}),
        ("kys", set(), {}),
        ("sk", {SKY, NIGHT, SPEECH}, {}),
        ("zz", set(), {}),
        ("zebra", set(), {}),
        ('"transfomer"', set(), {}),
        ("transf0mer", set(), {}),
        ("-transfomer", ALL, {}),
        ("year:1990 transfomer", set(), {"transfomer": "transformer"}),
        ("year:1990 transformer", set(), {}),
    ],
)
def test_a_misspelt_word_is_taken_for_the_nearest(
    query: str, found: set[str], instead: dict[str, str], standing: Shelf
) -> None:
    result = standing.find(query)
    assert set(standing.ids(query)) == found
    assert result.corrected == instead
    assert not set(result.words) & set(instead)


def test_what_is_found_says_by_which_words(standing: Shelf) -> None:
    assert standing.find('trans "the sky" -night author:ada tag:x is:new').words == ("trans", "the sky ", "ada")
    assert standing.find("transfomer").words == ("transformer",)
    assert standing.find("机器").words == ("机 器",)


def test_what_is_typed_is_never_a_part_of_a_statement(standing: Shelf) -> None:
    for text in (
        "'; DROP TABLE papers; --",
        '" OR 1=1',
        "title : x",
        "NEAR(a b)",
        "words MATCH",
        "^a + b",
        "{title} : a",
        "%",
    ):
        standing.ids(text)
        standing.ids(f"tag:{text} venue:{text} key:{text} issue:{text}")
    assert set(standing.ids("")) == ALL


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_term_and_its_refusal_find_all_papers_between_them(standing: Shelf, data: st.DataObject) -> None:
    words = st.sampled_from(
        ["sky", "t", "transformer", '"the sky"', "year:2021", "is:unread", "author:ada", "zebra", "venue:n", "-sky"]
    )
    joined = st.recursive(words, lambda part: st.tuples(part, st.sampled_from([" ", " OR "]), part).map(
        lambda three: f"({three[0]}{three[1]}{three[2]})"
    ), max_leaves=5)  # fmt: skip
    one, other = data.draw(joined), data.draw(joined)
    found, rest = set(standing.ids(one)), set(standing.ids(f"-({one})"))
    assert not found & rest
    assert found | rest == ALL
    assert set(standing.ids(f"({one}) ({other})")) == found & set(standing.ids(other))
    assert set(standing.ids(f"({one}) OR ({other})")) == found | set(standing.ids(other))
    assert set(standing.ids(one, issue=1)) == found & {SKY, LISTS, NIGHT}


def test_a_search_that_is_given_up_says_so_and_leaves_the_connection_as_it_was(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "index.sqlite")
    shelf = Shelf(catalogue)
    entries = [(f"title:{n}", Entry(title=f"a{n} b{n % 7} c{n % 5} d e f g h i j k l m")) for n in range(1500)]
    shelf.put("Many", "2021-01-01", entries)
    connection = catalogue.store.connection
    stop = threading.Event()

    def interrupting() -> None:
        while not stop.is_set():
            connection.interrupt()
            time.sleep(0.0001)

    thread = threading.Thread(target=interrupting)
    thread.start()
    try:
        with pytest.raises(OutdatedError):
            _until_given_up(shelf)
    finally:
        stop.set()
        thread.join()
    assert not connection.in_transaction
    assert len(shelf.ids("a c")) == 1500
    catalogue.close()


def _until_given_up(shelf: Shelf) -> None:
    for _ in range(1000):
        shelf.find("a b c d e f g h i j k l m OR a OR b")


def test_a_search_within_a_change_sees_it_and_leaves_it_open(shelf: Shelf) -> None:
    with shelf.catalogue.change() as connection:
        shelf.mark(SKY, note="elephant")
        assert shelf.ids("elephant") == [SKY]
        assert connection.in_transaction


def test_other_faults_of_the_catalogue_are_not_hidden(shelf: Shelf) -> None:
    connection = shelf.catalogue.store.connection
    connection.execute("DROP TABLE words")
    with pytest.raises(sqlite3.OperationalError):
        shelf.ids("sky")
    assert not connection.in_transaction


def test_texts_are_stored_and_the_index_can_be_made_one(shelf: Shelf) -> None:
    num = shelf.catalogue.papers.number(SKY) or 0
    connection = shelf.catalogue.store.connection
    edition = connection.execute("SELECT edition FROM papers WHERE num = ?", (num,)).fetchone()[0]
    with shelf.catalogue.change():
        store(connection, num, edition + 1, ("elephant", "", "", "", "", "", ""))
        connection.execute("UPDATE papers SET edition = edition + 1 WHERE num = ?", (num,))
    optimise(connection)
    assert shelf.ids("title:elephant") == [SKY]
    assert shelf.ids("transformer") == [LISTS]


@given(st.lists(st.booleans(), min_size=1, max_size=200), st.sampled_from([1, 2, 10, 1000]))
def test_the_newest_are_the_same_whether_many_or_few_are_looked_for(chosen: list[bool], dense: int) -> None:
    recent = array("q", reversed(range(7, 7 + len(chosen))))
    state = State(recent, array("i"), array("q"))
    with pytest.MonkeyPatch.context() as patched, sqlite3.connect(":memory:") as connection:
        patched.setattr(finding, "DENSE", dense)
        found = finding._Search(connection, state)._newest(bytes(chosen))
    assert list(found) == [num for num, held in zip(recent, chosen, strict=True) if held]
