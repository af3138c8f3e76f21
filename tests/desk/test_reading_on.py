"""What a desk answers at its edges: long lists, papers without a page, sentences on copies and on taking in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import OFFLINE
from tui.clipboard import Copied
from tui.desk import Desk
from tui.desk.exporting import Taken as Copy
from tui.desk.intake import Source, open_one
from tui.desk.listing import PAGE, PAGES, page_of
from tui.desk.rack import Recent
from tui.desk.taking import Taken, summary
from tui.errors import ExportError, NetworkError, OutdatedError, UnknownError, UnreadableError
from tui.library import StaleError
from tui.model import Entry, Issue, Link, Mention, Paper
from tui.settings import Settings

Make = Callable[..., Desk]

FILE = Path("/c/copied.txt")

FIRST, SECOND, THIRD = (Entry(title=f"Of {what}", identifiers={"arxiv": f"2501.0000{n}"}) for n, what in enumerate(
    ("maps", "zebras", "attention"), 1)
)  # fmt: skip


def week(number: str, *entries: Entry) -> Issue:
    return Issue(id="", title=f"Week {number}", series="Letters", number=number, format="newsletter", entries=entries)


# Taking in


def test_what_taking_in_would_change_is_told_and_nothing_is_changed(make_desk: Make) -> None:
    desk = make_desk(week("1", FIRST, SECOND))
    read = Source("x", issues=(week("1", FIRST, SECOND), week("1", FIRST, SECOND, THIRD), week("2", SECOND, THIRD)))
    expected = desk.expect(read)
    assert [each.outcome for each in expected] == ["known", "updated", "new"]
    assert [each.known for each in expected] == [(True, True), (True, True, False), (True, False)]
    assert [row.papers for row in desk.shelf()] == [2]
    assert [each.outcome for each in map(desk.keep, read.issues)] == ["known", "updated", "new"]


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ((("known", 2, 0),), "Week 1 is on the rack already; nothing changed."),
        ((("new", 1, 1),), "Week 1 added: 1 paper, 1 new."),
        ((("updated", 2_000, 1_001),), "Week 1 updated: 2,000 papers, 1,001 new."),
        ((("known", 2, 0), ("updated", 2, 1)), "1 issue of 2 taken in, 1 new paper."),
        ((("new", 2, 2), ("new", 3, 2), ("known", 9, 0)), "2 issues of 3 taken in, 4 new papers."),
        ((), "0 issues of 0 taken in, 0 new papers."),
    ],
)
def test_what_was_taken_in_is_one_sentence(taken: tuple[tuple[str, int, int], ...], said: str) -> None:
    assert summary([Taken(week("1"), *each) for each in taken]) == said  # type: ignore[arg-type]


def test_a_page_is_opened_where_the_network_is_on_and_a_folder_is_left_to_who_reads_bit_by_bit(tmp_path: Path) -> None:
    assert open_one(str(tmp_path), Settings()) is None
    assert open_one("-", Settings()) is None
    with pytest.raises(UnreadableError):
        open_one(str(tmp_path / "nothing.md"), Settings())
    with pytest.raises(NetworkError, match="switched off"):
        open_one("https://letters.example/1", OFFLINE)


def test_a_folder_without_a_digest_is_said_to_be_that(make_desk: Make, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (source,) = make_desk().read([str(tmp_path / "empty")])
    assert source.error == f"{tmp_path}/empty is a folder without a file that could be a digest."


# Lists


def test_a_list_keeps_few_pages_and_gives_every_row_again(make_desk: Make) -> None:
    many = PAGE * (PAGES + 2)
    desk = make_desk(
        week("1", *(Entry(title=f"Study {n}", identifiers={"arxiv": f"2501.{n:05}"}) for n in range(many)))
    )
    papers = desk.papers(desk.shelf()[0].id)
    assert len(papers) == many
    for index in (*range(0, many, PAGE), 0, many - 1):
        assert papers.row(index).title == f"Study {index}"
    assert len(papers._pages) == PAGES
    assert papers.index("arxiv:2501.00130") == 130
    for name in ("arxiv:9999.00001", "nothing"):
        assert name not in papers
        with pytest.raises(ValueError, match="is not in the list"):
            papers.index(name)
    assert 3 not in papers


def test_a_search_that_is_given_up_says_that_it_is_outdated(make_desk: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.searching import finding

    desk, find = make_desk(week("1", FIRST)), finding.find
    desk.interrupt()  # with no search under way it is nothing

    def interrupted(connection: sqlite3.Connection, *words: object, **more: object) -> object:
        # As another thread would, while SQLite works on a statement.
        connection.set_progress_handler(desk.interrupt, 1)
        try:
            return find(connection, *words, **more)  # type: ignore[arg-type]
        finally:
            connection.set_progress_handler(None, 1)

    monkeypatch.setattr(finding, "find", interrupted)
    with pytest.raises(OutdatedError):
        desk.papers(query="maps")
    monkeypatch.undo()
    desk.interrupt()
    assert list(desk.papers(query="maps")) == ["arxiv:2501.00001"]


def test_what_is_looked_for_ahead_can_be_given_up_too(make_desk: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.searching import looking_up

    monkeypatch.setattr(looking_up, "LARGE", 0)
    desk = make_desk(week("1", FIRST))
    connection, asked = desk.catalogue.store.connection, list[int]()

    def interrupted() -> None:
        connection.set_progress_handler(None, 1)
        desk.interrupt()

    def goes_on() -> bool:
        asked.append(len(asked))
        if len(asked) == 3:
            connection.set_progress_handler(interrupted, 1)
        return True

    with pytest.raises(OutdatedError):
        desk.make_ready(goes_on)
    assert asked == [0, 1, 2]
    desk.interrupt()  # nothing is under way any more
    desk.make_ready(goes_on)
    assert list(desk.papers(query="m")) == list(desk.papers(query="maps")) == ["arxiv:2501.00001"]


def test_unread_papers_are_looked_for_in_lists_of_the_catalogue_alone(make_desk: Make) -> None:
    desk = make_desk(week("1", FIRST, SECOND))
    assert desk.triaging.next_unread(["arxiv:2501.00001"], -1) is None
    assert desk.triaging.next_unread(desk.papers(), -1) == 0


# What is kept in memory


def test_of_what_was_looked_at_the_older_half_goes(make_desk: Make) -> None:
    recent: Recent[int, str] = Recent(4)
    for number in range(5):
        assert recent.keep(number, str(number)) == str(number)
    assert list(recent) == [2, 3, 4]
    recent.keep(3, "again")
    assert recent == {2: "2", 3: "again", 4: "4"}


def test_a_paper_or_an_issue_that_is_not_there_is_no_other_one(make_desk: Make) -> None:
    desk = make_desk(week("1", FIRST))
    for name in ("arxiv:9999.00001", ""):
        with pytest.raises(KeyError):
            desk.rack.paper(name)
    with pytest.raises(KeyError):
        desk.rack.assembled("arxiv:2501.00001", (), desk.rack.state("arxiv:2501.00001"), {})
    for ask in (desk.rack.issue, desk.rack.head_of):
        with pytest.raises(UnknownError, match="There is no issue week-9 in the library"):
            ask("week-9")


def test_a_file_that_changes_at_every_look_is_given_up_in_the_end(
    make_desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(week("1", FIRST))
    looks, stale = [], []

    def entry(*_: object) -> object:
        looks.append(1)
        raise StaleError("issues/week-1.json")

    desk.rack.forget_all()
    desk.rack.on_stale = lambda: stale.append(1)
    monkeypatch.setattr(desk.library, "entry", entry)
    with pytest.raises(StaleError):
        desk.rack.paper("arxiv:2501.00001")
    assert (len(looks), len(stale)) == (6, 5)
    monkeypatch.undo()
    assert desk.rack.paper("arxiv:2501.00001").title == "Of maps"


# Taking out


@pytest.mark.parametrize(
    ("copied", "number", "said"),
    [
        (Copied("xclip", None, certain=True), 2, "2 titles copied (xclip)."),
        (Copied("file", FILE, certain=True), 1, "No clipboard took it: 1 title is in /c/copied.txt."),
        (Copied("file", FILE, certain=True), 2, "No clipboard took it: 2 titles are in /c/copied.txt."),
        (
            Copied("terminal (OSC 52)", None, certain=False), 1,
            "1 title sent by terminal (OSC 52), which gives no answer: paste to check.",
        ),
    ],
)  # fmt: skip
def test_a_copy_is_never_said_to_be_surer_than_it_is(make_desk: Make, copied: Copied, number: int, said: str) -> None:
    assert make_desk().exporting.said(Copy("title", "Of maps", number, {}), copied) == said


def test_a_format_that_is_none_is_named_with_those_that_are(make_desk: Make) -> None:
    desk = make_desk(week("1", FIRST))
    with pytest.raises(UnknownError, match=r"There is no export called docx; there are bibtex, "):
        desk.exporting.export(["arxiv:2501.00001"], "docx")
    with pytest.raises(ExportError, match=r"A \.bib file holds BibTeX or BibLaTeX, and not "):
        desk.into.preview(["arxiv:2501.00001"], "refs.bib", (), (), "ris")


def paper(*links: Link, **identifiers: str) -> Paper:
    mention = Mention("w", "W", None, None, None, 1, Entry(title="X", identifiers=identifiers, links=links))
    return Paper("x", (mention,))


def test_the_page_of_a_paper_is_by_identifier_else_its_own_link_else_none(make_desk: Make) -> None:
    code, project = Link("https://git.example/x", "code"), Link("https://x.example", "project")
    assert page_of(paper(code, arxiv="2501.00001")) == "https://arxiv.org/abs/2501.00001"
    assert page_of(paper(code, project)) == "https://x.example"
    assert page_of(paper(Link("https://post.example/1", "post"))) == "https://post.example/1"
    assert page_of(paper()) is None
    desk = make_desk(week("1", Entry(title="Of nothing that stands anywhere")))
    with pytest.raises(UnknownError, match="has no address that could be opened"):
        desk.exporting.open(desk.papers()[0])


# One desk after another


def test_removing_nothing_is_no_step(make_desk: Make) -> None:
    desk = make_desk(week("1", FIRST))
    assert desk.remove([]) == 0
    assert desk.marking.undo() is None


def test_who_listens_hears_of_look_ups_that_are_there_already(make_desk: Make) -> None:
    desk = make_desk(week("1", FIRST))
    heard: list[int] = []
    assert not desk.looks_up
    assert not desk.looking.busy
    assert desk.looks_up
    desk.listen(lambda: heard.append(1))
    desk.looking.ask_later(["arxiv:2501.00001"])
    assert heard
    desk.listen(None)
    count = len(heard)
    desk.looking.ask_later(["arxiv:2501.00001"])
    assert len(heard) == count
