"""Taking digests in: once, again, corrected, and the same paper from two issues."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from tui.desk import Desk
from tui.desk.taking import Brought
from tui.errors import UnknownError
from tui.library import PaperState
from tui.model import Entry, Inquiry, Issue, Link

Make = Callable[..., Desk]

COLA = Entry(title="Contrastive Learning of General-Purpose Audio", identifiers={"arxiv": "2010.10915"})
PERFORMER = Entry(title="Rethinking Attention with Performers", identifiers={"arxiv": "2009.14794"})
HINTON = Entry(title="How to represent part-whole hierarchies in a neural network", authors=("Geoffrey Hinton",))


def weekly(number: str, *entries: Entry) -> Issue:
    """Return an issue of a weekly."""
    return Issue(id="", title=f"week {number}", series="ai weekly", number=number, format="newsletter", entries=entries)


def test_the_same_digest_again_changes_nothing_and_says_so(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER))
    again = desk.keep(weekly("6", COLA, PERFORMER))
    assert (again.outcome, again.new_papers) == ("known", 0)
    assert len(desk.shelf()) == 1


def test_what_services_said_comes_back_where_a_crash_kept_it_from_being_written(make_desk: Make) -> None:
    said = Inquiry(done="2026-11-21T10:00:00Z")
    brought = [Brought(PaperState(), said), Brought(PaperState(), said)]
    desk = make_desk(weekly("7", PERFORMER), weekly("6", COLA, PERFORMER))
    desk.keep(weekly("6", COLA, PERFORMER), brought)
    assert desk.rack.inquiry("arxiv:2010.10915") == said
    # Of a paper that another issue speaks of too, no file speaks for services.
    assert desk.rack.inquiry("arxiv:2009.14794") == Inquiry()
    own = Inquiry(done="2026-11-22T10:00:00Z")
    desk.filling.put_inquiries({"arxiv:2010.10915": own})
    desk.keep(weekly("6", COLA, PERFORMER), brought)
    assert desk.rack.inquiry("arxiv:2010.10915") == own


def test_a_corrected_edition_is_taken_and_keeps_the_marks(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER))
    desk.marking.mark(["arxiv:2009.14794"])
    fixed = dataclasses.replace(PERFORMER, title="Rethinking Attention with Performers, Corrected")
    assert desk.keep(weekly("6", COLA, fixed, HINTON)).outcome == "updated"
    assert len(desk.shelf()) == 1
    assert desk.paper("2009.14794").title == "Rethinking Attention with Performers, Corrected"
    assert desk.paper("2009.14794").marks.marked


def test_a_paper_in_two_issues_is_one_with_two_mentions_and_one_set_of_marks(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER), weekly("7", PERFORMER))
    desk.marking.mark_read(["arxiv:2009.14794"])
    assert [mention.number for mention in desk.paper("2009.14794").mentions] == ["7", "6"]
    assert {row.number: row.unread for row in desk.shelf()} == {"6": 1, "7": 0}


def test_a_title_and_the_same_title_with_an_identifier_are_one_paper(make_desk: Make) -> None:
    desk = make_desk(weekly("6", HINTON))
    old = desk.papers()[0]
    desk.marking.mark([old])
    desk.keep(weekly("7", dataclasses.replace(HINTON, identifiers={"arxiv": "2102.12627"})))
    paper = desk.paper(old)
    assert paper.id == "arxiv:2102.12627"
    assert paper.marks.marked
    assert len(paper.mentions) == 2


def test_marks_survive_a_merge_and_a_new_start(make_desk: Make) -> None:
    desk = make_desk(weekly("6", HINTON))
    old = desk.papers()[0]
    desk.marking.mark([old])
    desk.keep(weekly("7", dataclasses.replace(HINTON, identifiers={"arxiv": "2102.12627"})))
    desk.library.flush()
    again = Desk(type(desk.library)(desk.library.folder), desk.settings)
    assert again.paper(old).marks.marked
    assert len(again.paper(old).mentions) == 2
    again.close()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Entry(title="Deep Learning", authors=("Ada Lovelace",)),
            Entry(title="Deep Learning", authors=("Alan Turing",)),
        ),
        (Entry(title="On Learning, Part I", authors=("A. B",)), Entry(title="On Learning, Part II", authors=("A. B",))),
        (
            Entry(title="A Paper", identifiers={"arxiv": "2010.10915"}),
            Entry(title="A Paper", identifiers={"arxiv": "2010.10916"}),
        ),
        (Entry(title="A Study of the Learning Rate"), Entry(title="Comment on A Study of the Learning Rate")),
    ],
)
def test_two_papers_that_look_alike_stay_two(make_desk: Make, one: Entry, other: Entry) -> None:
    assert len(make_desk(weekly("6", one), weekly("7", other)).papers()) == 2


def test_a_page_after_its_text_is_the_same_issue_and_the_richer_one_stays(make_desk: Make) -> None:
    text = Issue(id="", title="Hot Papers 2021-02-26", date="2021-02-26", series="Hot Papers", format="ranking",
                 entries=(HINTON, PERFORMER))  # fmt: skip
    rich = tuple(dataclasses.replace(e, identifiers={"arxiv": i}, links=(Link(f"https://arxiv.org/abs/{i}", "paper"),))
                 for e, i in ((HINTON, "2102.12627"), (PERFORMER, "2009.14794")))  # fmt: skip
    page = dataclasses.replace(text, entries=rich, address="https://example.org/hot/2021-02-26")
    desk = make_desk(text)
    assert desk.keep(page).outcome == "updated"
    assert desk.keep(text).outcome == "known"
    assert len(desk.shelf()) == 1
    assert desk.paper("2102.12627").links


def test_two_weeks_without_numbers_that_share_no_paper_stay_two(make_desk: Make) -> None:
    first = Issue(id="", title="Summarised papers", format="summaries", entries=(COLA,))
    second = Issue(id="", title="Summarised papers", format="summaries", entries=(PERFORMER,))
    desk = make_desk(first, second)
    assert len({row.id for row in desk.shelf()}) == 2


def test_a_removed_issue_takes_its_papers_along_but_not_their_marks(make_desk: Make) -> None:
    issue = weekly("6", COLA)
    desk = make_desk(issue)
    desk.marking.mark(["arxiv:2010.10915"])
    desk.remove(["ai-weekly-6"])
    assert desk.papers() == ()
    assert desk.marked() == ()
    desk.keep(issue)
    assert desk.marked() == ("arxiv:2010.10915",)


@pytest.mark.parametrize(
    "words", ["2010.10915", "arXiv:2010.10915v3", "https://arxiv.org/pdf/2010.10915", "arxiv:2010.1"]
)
def test_a_paper_answers_to_every_name_of_it(make_desk: Make, words: str) -> None:
    assert make_desk(weekly("6", COLA, PERFORMER)).paper(words).id == "arxiv:2010.10915"


def test_an_unclear_name_is_one_sentence(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER))
    with pytest.raises(UnknownError, match=r"could be 2 papers"):
        desk.paper("arxiv:20")
    with pytest.raises(UnknownError, match=r"no paper called 'nothing'"):
        desk.paper("nothing")


def test_a_corrected_edition_with_one_paper_less_is_taken(make_desk: Make) -> None:
    fillers = tuple(Entry(title=f"Paper {n} of the week", identifiers={"arxiv": f"2010.1000{n}"}) for n in range(5))
    desk = make_desk(weekly("6", *fillers))
    fixed = dataclasses.replace(fillers[0], title="Paper 0 of the week, corrected")
    taken = desk.keep(weekly("6", fixed, *fillers[1:4]))
    assert (taken.outcome, taken.papers) == ("updated", 4)
    assert desk.paper("2010.10000").title == "Paper 0 of the week, corrected"


@pytest.mark.parametrize("longer_first", [True, False])
def test_a_part_of_an_issue_never_takes_papers_away(make_desk: Make, longer_first: bool) -> None:
    fillers = [Entry(title=f"Paper {n} of the week", authors=("Ada Lovelace",)) for n in range(8)]
    part = [dataclasses.replace(entry, identifiers={"arxiv": f"2010.1000{n}"}) for n, entry in enumerate(fillers[:3])]
    editions = [weekly("6", *fillers), weekly("6", *part)]
    desk = make_desk(*(editions if longer_first else reversed(editions)))
    assert len(desk.shelf()) == 1
    assert [desk.rack.paper(name).title for name in desk.papers("ai-weekly-6")] == [entry.title for entry in fillers]
    assert desk.paper("2010.10002").title == "Paper 2 of the week"


def test_two_issues_under_one_number_without_a_common_paper_are_both_kept(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA), weekly("6", PERFORMER))
    assert len(desk.shelf()) == 2
    assert len(desk.papers()) == 2
