"""Looking papers up with the keyboard: what is asked, what arrives while one reads, and the dialogs about it."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.desk.test_taking_in import COLA, HINTON, PERFORMER, weekly
from tests.screens.answers import (
    ABSTRACT,
    AUTHORS,
    LATER,
    NOW,
    Standing,
    arxiv,
    dblp,
    failure,
    github,
    inquiry,
    keep,
    offer,
    standing,
)
from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.model import Entry, Inquiry, Job, Progress, Section, ServiceState
from tui.settings import Details, Settings

Make = Callable[..., Desk]

PAPER = "arxiv:2009.14794"
ALL = ("arxiv:2010.10915", PAPER)
LONG = tuple(Section(f"Part {number}", f"word{number} " * 120) for number in range(9))


@pytest.fixture
def desk(make_desk: Make) -> Desk:
    return make_desk(weekly("6", COLA, PERFORMER))


@pytest.fixture
def stand(desk: Desk) -> Standing:
    return standing(desk)


async def arrive(hands: Driven, stand: Standing, paper: str, found: Inquiry) -> None:
    """Let *found* arrive as it does: told by another thread."""
    stand.arriving[paper] = found
    assert stand.on_arrival
    thread = threading.Thread(target=stand.on_arrival)
    thread.start()
    thread.join()
    deadline = time.monotonic() + 20
    while stand.arriving or hands.browse._told or hands.browse._picture:
        assert time.monotonic() < deadline
        await hands.pilot.pause(0.01)
    await hands.settle()


def on_screen(hands: Driven) -> list[str]:
    """Return the lines of the details that are seen."""
    pane = hands.browse.details
    return pane.plain.splitlines()[int(pane.scroll_y) :][: pane.size.height]


# Asking


async def test_f_looks_the_paper_under_the_cursor_up(desk: Desk, stand: Standing) -> None:
    async with driven(desk) as hands:
        await hands.press("j", "f")
        assert stand.asked == [((PAPER,), False)]


async def test_enter_looks_a_paper_up_that_never_was_and_no_other(desk: Desk, stand: Standing) -> None:
    keep(desk, ALL[0], inquiry(arxiv()))
    async with driven(desk) as hands:
        await hands.press("enter", "h", "j", "enter")
        assert stand.asked == [((PAPER,), False)]
        assert hands.browse.pane == "details"
        assert hands.toasts == []


async def test_a_paper_that_was_looked_up_says_so_and_how_to_ask_again(desk: Desk, stand: Standing) -> None:
    keep(desk, ALL[0], inquiry(arxiv()))
    async with driven(desk) as hands:
        await hands.press("f")
        assert hands.toasts == ["There is nothing new to ask; R asks again."]


async def test_shift_f_looks_up_the_list_as_it_is_filtered_or_all_marked_papers(desk: Desk, stand: Standing) -> None:
    async with driven(desk) as hands:
        await hands.press("F")
        await hands.press("slash", *"perf", "enter", "F")
        await hands.press("escape", "g", "space", "F")
        assert [names for names, _ in stand.asked] == [ALL, (PAPER,), (ALL[0],)]
        assert hands.toasts[0] == "Looking up 2 papers; J shows how far each is."


async def test_shift_f_says_how_far_it_is_where_all_is_under_way(desk: Desk, stand: Standing) -> None:
    for name in ALL:
        keep(desk, name, inquiry(arxiv()))
    stand.how_far = Progress(1, 2)
    async with driven(desk) as hands:
        await hands.press("F")
        assert hands.toasts == ["Under way already: 1 of 2 done. J shows the rest."]


async def test_shift_r_refreshes_what_the_focused_pane_shows(desk: Desk, stand: Standing) -> None:
    async with driven(desk, (200, 40)) as hands:
        await hands.press("j", "R")
        assert "Looking up 2 papers" in hands.toasts[-1]
        await hands.press("l", "R")
        assert stand.asked == [(ALL, True), ((PAPER,), True)]


async def test_an_empty_list_asks_nothing(make_desk: Make) -> None:
    desk = make_desk()
    stand = standing(desk)
    async with driven(desk) as hands:
        await hands.press("f", "F", "R", "plus", "minus", "w", "i", "enter")
        assert stand.asked == []
        assert hands.app.is_running


async def test_the_cursor_s_rest_looks_a_paper_up_only_where_the_settings_say_so(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA, PERFORMER), settings=Settings(details=Details(auto=True)))
    stand = standing(desk)
    async with driven(desk) as hands:
        await hands.press("j")
        assert stand.asked == []  # it has not rested yet
        await hands.pilot.pause(0.9)
        assert stand.asked == [((PAPER,), False)]
        keep(desk, PAPER, inquiry(arxiv()))
        await hands.press("k", "j")
        await hands.pilot.pause(0.9)
        assert len(stand.asked) == 1
        await hands.press("slash")
        await hands.press(*"contrastive")
        await hands.pilot.pause(0.9)
        assert len(stand.asked) == 1  # nothing is asked while one types


async def test_without_that_setting_a_resting_cursor_asks_nothing(desk: Desk, stand: Standing) -> None:
    async with driven(desk) as hands:
        await hands.press("j")
        await hands.pilot.pause(0.9)
        assert stand.asked == []


async def test_what_waited_at_the_last_exit_goes_on(desk: Desk, stand: Standing) -> None:
    stand.waited = 3
    stand.how_far = Progress(0, 3)
    async with driven(desk) as hands:
        for done in (1, 3):
            stand.how_far = Progress(done, 3, failed=done)
            hands.browse.say_progress()
            await hands.settle()
            assert ("━━────── 1/3" if done == 1 else "3 not looked up: J") in hands.screen_text.splitlines()[0]
        assert hands.toasts == [], "nobody asked for it in this run"
        for how_far in (Progress(0, 4), Progress(4, 4, failed=4)):
            stand.how_far = how_far
            hands.browse.say_progress()
            await hands.settle()
        assert hands.toasts == ["0 papers looked up, 4 not reached; J shows how each went."]


# What arrives


async def test_what_arrives_fills_the_pane_and_the_list(make_desk: Make) -> None:
    desk = make_desk(weekly("6", dataclasses.replace(PERFORMER, title=None, abstract="Performers estimate")))
    stand = standing(desk)
    async with driven(desk) as hands:
        assert "“Performers estimate”" in hands.screen_text
        await arrive(hands, stand, PAPER, inquiry(arxiv(), github()))
        assert "Rethinking Attention with Performers" in hands.screen_text.splitlines()[2]
        text = " ".join(hands.browse.details.plain.split())
        for words in (*AUTHORS, "36 pages, published at ICLR 2021", "34,512", "looked up 21 Nov 2026 · arXiv, GitHub"):
            assert words in text
        assert " ".join(ABSTRACT.split()[:3]) in text


async def test_the_cursor_the_order_and_the_focus_stay_when_titles_change(desk: Desk, stand: Standing) -> None:
    async with driven(desk) as hands:
        await hands.press("s", "t", "j")
        before = list(hands.browse.paper_list.papers[:])
        record = dataclasses.replace(arxiv().record, title="A Title that Sorts First")
        await arrive(hands, stand, PAPER, inquiry(arxiv(record=record)))
        assert list(hands.browse.paper_list.papers[:]) == before
        assert hands.browse.paper_list.current == PAPER
        assert hands.browse.focused is hands.browse.paper_list


async def test_the_text_on_top_stays_there_while_details_arrive_above_it(make_desk: Make) -> None:
    entry = dataclasses.replace(PERFORMER, authors=(), sections=LONG)
    desk = make_desk(weekly("6", entry))
    stand = standing(desk)
    async with driven(desk, (80, 24)) as hands:
        await hands.press("enter", *["j"] * 30)
        before = on_screen(hands)
        many = tuple(f"Author Number{n} of Many" for n in range(60))
        record = dataclasses.replace(arxiv().record, authors=many)
        await arrive(hands, stand, PAPER, inquiry(arxiv(record=record), offers=(offer(),)))
        assert "and 40 more" in hands.browse.details.plain
        assert on_screen(hands) == before
        assert any("word3" in line for line in before)


async def test_the_beginning_stays_on_top_where_the_reader_has_not_scrolled(desk: Desk, stand: Standing) -> None:
    async with driven(desk, (80, 24)) as hands:
        await hands.press("enter")
        await arrive(hands, stand, PAPER, inquiry(arxiv()))
        assert hands.browse.details.scroll_y == 0


async def test_the_line_on_the_look_up_is_one_line_in_every_state(desk: Desk, stand: Standing) -> None:
    every = tuple(each.name for each in stand.services())
    keep(desk, PAPER, inquiry(waiting=True, done=None))
    async with driven(desk, (80, 24)) as hands:
        hands.browse.clock = lambda: NOW
        await hands.press("j", "enter")
        for job, words in (
            (Job(PAPER, "x", "running", every), "looking up: arXiv, DataCite, Crossref"),
            (Job(PAPER, "x", "paused", ("arxiv",), None, LATER), "arXiv paused until "),
            (Job(PAPER, "x", "waiting"), "waits to be looked up"),
            (Job(PAPER, "x", "cancelled"), "the look-up was cancelled · f goes on"),
            (Job(PAPER, "x", "failed", (), "The network is off in the settings."), "The network is off"),
            (None, "waits to be looked up"),
        ):
            stand.held = (job,) if job else ()
            await arrive(hands, stand, PAPER, inquiry(waiting=True, done=None))
            lines = hands.browse.details.plain.splitlines()
            assert words in lines[6]
            assert not any(lines[7:])


async def test_a_flood_of_arrivals_is_shown_a_few_times_a_second(
    desk: Desk, stand: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(desk) as hands:
        assert stand.on_arrival
        shown: list[float] = []
        show = hands.browse.show_changed
        monkeypatch.setattr(hands.browse, "show_changed", lambda names: (shown.append(time.monotonic()), show(names)))
        told, begin = 0, time.monotonic()
        while time.monotonic() - begin < 0.6:
            stand.on_arrival()
            told += 1
            await hands.pilot.pause(0.001)
        await hands.pilot.pause(0.3)
        assert told > 20
        assert 2 <= len(shown) <= 8
        assert stand.collected <= told + 1


async def test_after_the_screen_is_gone_nobody_listens(desk: Desk, stand: Standing) -> None:
    async with driven(desk):
        pass
    assert stand.on_arrival is None


async def test_the_line_on_top_shows_how_far_the_look_ups_are(desk: Desk, stand: Standing) -> None:
    async with driven(desk, (80, 24)) as hands:
        top = hands.screen_text.splitlines()[0]
        assert "/" not in top
        stand.how_far = Progress(12, 20)
        await arrive(hands, stand, PAPER, inquiry(arxiv()))
        assert "━━━━──── 12/20" in hands.screen_text.splitlines()[0]
        stand.how_far = Progress(20, 20)
        await arrive(hands, stand, PAPER, inquiry(arxiv()))
        assert hands.screen_text.splitlines()[0] == top
        assert hands.toasts == ["20 papers looked up; J shows how each went."]


# Is this it, versions


@pytest.fixture
async def asked(make_desk: Make) -> Desk:
    """A desk with Hinton's paper, of which a record is offered."""
    desk = make_desk(weekly("6", dataclasses.replace(HINTON, year=2021)))
    standing(desk)
    keep(desk, desk.papers()[0], inquiry(offers=(offer(), offer("Another Record of Something Else"))))
    return desk


async def test_an_offer_shows_its_differences_and_plus_takes_it(asked: Desk) -> None:
    async with driven(asked) as hands:
        text = hands.browse.details.plain
        for words in ("Is this it?   1 of 2", "Part II", "Neural Computation 2023", "Crossref, 84 % alike"):
            assert words in text
        await hands.press("plus")
        assert hands.current == "How to Represent Part-Whole Hierarchies in a Neural Network: Part II"
        assert "Taken" in hands.toasts[-1]
        await hands.press("u")
        assert hands.current == HINTON.title
        assert "Is this it?" in hands.browse.details.plain


async def test_minus_refuses_an_offer_for_good(asked: Desk) -> None:
    async with driven(asked) as hands:
        await hands.press("minus")
        assert "Network: Part II" not in " ".join(hands.browse.details.plain.split())
        await hands.press("minus")
        assert "Is this it?" not in hands.browse.details.plain
        await hands.press("minus")
        assert "Nothing is offered" in hands.toasts[-1]
        assert hands.current == HINTON.title


async def test_w_shows_the_other_version_and_goes_back(desk: Desk, stand: Standing) -> None:
    keep(desk, PAPER, inquiry(arxiv(), dblp()))
    async with driven(desk) as hands:
        await hands.press("j")
        published = hands.browse.details.plain
        assert "Published version · w shows the preprint (arXiv 2009.14794)" in " ".join(published.split())
        assert "DBLP has it: ICLR 2021" in published
        await hands.press("w")
        assert "Preprint · w shows the published version" in " ".join(hands.browse.details.plain.split())
        await hands.press("w")
        assert hands.browse.details.plain == published


async def test_w_says_where_there_is_no_other_version(desk: Desk, stand: Standing) -> None:
    keep(desk, PAPER, inquiry(arxiv()))
    async with driven(desk) as hands:
        await hands.press("w", "j", "w")
        assert hands.toasts[-1] == "Only one version of this paper is known."


async def test_a_withdrawn_paper_and_services_that_failed_are_told(desk: Desk, stand: Standing) -> None:
    failures = (failure("dblp", "DBLP answers with a bot check."), failure("openalex", "It asks to wait.", LATER))
    keep(desk, PAPER, inquiry(arxiv(withdrawn="The authors found an error in a proof."), failures=failures))
    async with driven(desk) as hands:
        hands.browse.clock = lambda: NOW
        await hands.press("j")
        text = hands.browse.details.plain
        assert "Withdrawn. The authors found an error in a proof." in text
        assert "looked up 21 Nov 2026 · 2 not reached · arXiv" in text
        assert "DBLP answers with a bot check." in text
        assert "OpenAlex: It asks to wait, until " in text


# Provenance


async def test_i_shows_who_says_what_and_enter_takes_another_value(desk: Desk, stand: Standing) -> None:
    other = dataclasses.replace(arxiv().record, title="Rethinking Attention, with Performers")
    answers = (arxiv(), arxiv(provider="datacite", id="10.48550/arxiv.2009.14794", record=other))
    keep(desk, PAPER, inquiry(*answers))
    async with driven(desk) as hands:
        await hands.press("j", "i")
        lines = hands.screen_text.splitlines()
        assert any("title" in line and "● Rethinking" in line and "arXiv, the issue" in line for line in lines)
        assert any("○ Rethinking Attention, with" in line and "DataCite" in line for line in lines)
        await hands.press("j", "enter")
        assert "title is what DataCite says." in hands.screen_text
        await hands.press("escape")
        assert hands.current == "Rethinking Attention, with Performers"
        await hands.press("i", "x", "escape")
        assert hands.current == PERFORMER.title


async def test_i_shows_what_every_issue_prints_and_which_of_it_holds(make_desk: Make, stand: Standing) -> None:
    short = dataclasses.replace(PERFORMER, title="Attention, rethought", authors=("K. Choromanski",), abstract=None)
    whole = dataclasses.replace(PERFORMER, authors=("Krzysztof Choromanski", "Ann Other"), abstract="Kernels.")
    async with driven(make_desk(weekly("5", whole), weekly("6", short))) as hands:
        await hands.press("i")
        lines = [line for line in hands.screen_text.splitlines() if "the issue" in line]
        assert "title" in lines[0]
        assert "● Attention, rethought" in lines[0]
        assert "○ Rethinking Attention" in lines[1]
        assert "● Krzysztof Choromanski, Ann Other" in next(line for line in lines if "authors" in line)
        assert any("abstract" in line and "● Kernels." in line for line in lines)


async def test_e_writes_the_reader_s_own_value_and_it_survives_a_refresh(desk: Desk, stand: Standing) -> None:
    keep(desk, PAPER, inquiry(arxiv()))
    async with driven(desk) as hands:
        await hands.press("j", "i", "e")
        assert hands.app.screen.query_one(Input).value == PERFORMER.title
        await hands.press("end", *", annotated", "enter", "escape")
        assert hands.current == f"{PERFORMER.title}, annotated"
        await arrive(hands, stand, PAPER, inquiry(arxiv(), dblp()))
        assert hands.current == f"{PERFORMER.title}, annotated"
        await hands.press("u")
        assert hands.current == PERFORMER.title


async def test_escape_leaves_the_field_first_and_then_the_dialog(desk: Desk, stand: Standing) -> None:
    async with driven(desk) as hands:
        await hands.press("i", "e", *"xqjki", "escape")
        assert len(hands.app.screen_stack) == 2
        await hands.press("escape")
        assert len(hands.app.screen_stack) == 1
        assert hands.current == COLA.title


async def test_a_value_that_cannot_be_kept_stays_in_the_field_with_the_reason(desk: Desk, stand: Standing) -> None:
    keep(desk, PAPER, inquiry(arxiv()))
    async with driven(desk) as hands:
        await hands.press("j", "i", "j", "j", "e")
        field = hands.app.screen.query_one(Input)
        assert field.value == "2020"
        await hands.press("x", "enter")
        assert "year is a number" in hands.screen_text
        assert field.value == "2020x"


async def test_what_an_issue_prints_is_among_what_is_said(desk: Desk, stand: Standing) -> None:
    record = dataclasses.replace(arxiv().record, title="Something Else Entirely")
    keep(desk, PAPER, inquiry(arxiv(record=record)))
    async with driven(desk) as hands:
        await hands.press("j", "i")
        assert any("○ Rethinking" in line and "the issue" in line for line in hands.screen_text.splitlines())
        await hands.press("j", "enter", "escape")
        assert hands.current == PERFORMER.title


# Jobs


@pytest.fixture
def busy(desk: Desk, stand: Standing) -> Standing:
    stand.held = (
        Job(PAPER, PERFORMER.title or "", "running", ("arxiv", "crossref")),
        Job(ALL[0], COLA.title or "", "paused", ("arxiv",), "arXiv asks to wait.", LATER),
    )
    stand.how_far = Progress(1, 3)
    stand.conditions = {
        "arxiv": ServiceState("arxiv", "arXiv", "paused", 0, 14, "It answered 429.", LATER),
        "dblp": ServiceState("dblp", "DBLP", "blocked", 0, 0, "It answers programs with a bot check."),
        "crossref": ServiceState("crossref", "Crossref", "asking", 1, 3),
    }
    return stand


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_jobs_shows_services_papers_and_a_countdown(desk: Desk, busy: Standing, size: tuple[int, int]) -> None:
    now = [NOW]
    async with driven(desk, size) as hands:
        hands.browse.clock = lambda: now[0]
        await hands.press("J")
        text = hands.screen_text
        for words in ("1 of 3 done", "paused", "14 wait", "back in 14 min 02 s", "blocked", "1 asked, 3 wait"):
            assert words in text
        now[0] = LATER - (LATER - NOW) / 2
        await hands.pilot.pause(1.2)
        assert "back in 7 min 01 s" in hands.screen_text
        await hands.press("J")
        assert len(hands.app.screen_stack) == 1


async def test_x_cancels_the_job_or_all_that_a_service_is_asked_and_shift_x_everything(
    desk: Desk, busy: Standing
) -> None:
    async with driven(desk) as hands:
        await hands.press("J", "x", "G", "x", "X")
        assert busy.stopped == [(None, "arxiv"), ((ALL[0],), None), (None, None)]
        assert "2 look-ups cancelled." in hands.screen_text


async def test_the_cursor_stays_on_its_job_while_others_come_and_go(desk: Desk, busy: Standing) -> None:
    async with driven(desk) as hands:
        await hands.press("J", "G")
        busy.held = busy.held[1:]
        await hands.pilot.pause(1.2)
        await hands.press("x")
        assert busy.stopped == [((ALL[0],), None)]


# The address


async def test_the_address_is_asked_for_once_and_the_look_up_goes_on(
    desk: Desk, stand: Standing, tmp_path: Path
) -> None:
    stand.needs_contact = True
    async with driven(desk) as hands:
        await hands.press("f")
        assert stand.asked == []
        assert "say whom to write to" in hands.screen_text
        await hands.press(*"me", "enter")
        assert "is not" in hands.screen_text
        await hands.press(*"@example.org", "enter")
        assert stand.contact == "me@example.org"
        assert stand.asked == [((ALL[0],), False)]
        await hands.press("j", "f")
        assert len(hands.app.screen_stack) == 1


async def test_escape_is_nobody_and_the_look_up_goes_on(desk: Desk, stand: Standing) -> None:
    stand.needs_contact = True
    async with driven(desk) as hands:
        await hands.press("enter", "escape")
        assert stand.contact == ""
        assert stand.asked == [((ALL[0],), False)]


async def test_a_cursor_at_rest_asks_nobody_for_an_address(make_desk: Make) -> None:
    desk = make_desk(weekly("6", COLA), settings=Settings(details=Details(auto=True)))
    stand = standing(desk)
    stand.needs_contact = True
    async with driven(desk) as hands:
        await hands.pilot.pause(0.9)
        assert len(hands.app.screen_stack) == 1
        assert stand.asked == []


# Strangers


HOSTILE = "[/] [Re] [@click=app.quit]now[/] \x1b]0;PWNED\x07 \u202eevil"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_services_say_is_shown_letter_for_letter(make_desk: Make, size: tuple[int, int]) -> None:
    desk = make_desk(weekly("6", Entry(title="A paper", identifiers={"arxiv": "2009.14794"})))
    stand = standing(desk)
    record = dataclasses.replace(arxiv().record, title=HOSTILE, authors=(HOSTILE,), venue=HOSTILE)
    answers = (
        arxiv(record=record, abstract=HOSTILE, facts={"comment": HOSTILE}, withdrawn=HOSTILE),
        dataclasses.replace(dblp(), record=dataclasses.replace(record, type="conference", arxiv=None)),
    )
    bad = dataclasses.replace(offer(HOSTILE), why=HOSTILE)
    keep(desk, PAPER, inquiry(*answers, offers=(bad,), failures=(failure("openalex", HOSTILE),)))
    stand.held = (Job(PAPER, HOSTILE, "failed", (HOSTILE,), HOSTILE),)
    stand.conditions = {"arxiv": ServiceState("arxiv", HOSTILE, "blocked", 1, 1, HOSTILE)}
    async with driven(desk, size) as hands:
        for keys in (("enter",), ("w",), ("i",), ("j", "e", "escape", "escape"), ("J", "G"), ("escape",), ("plus",)):
            await hands.press(*keys)
            text = hands.screen_text
            assert hands.app.is_running
            assert not {"\x1b", "\x07", "\u202e"} & set(text)
            assert "[/] [Re]" in text


FILLING = (
    inquiry(arxiv(), waiting=True, done=None),
    inquiry(arxiv(), dblp(), waiting=True, done=None),
    inquiry(arxiv(), dblp()),
    inquiry(),
)
"""What is known of a paper while a look-up goes on, and in the end: more lines in the head, then fewer."""


async def test_what_is_read_below_the_head_does_not_move_while_a_look_up_without_a_key_fills_it(
    make_desk: Make,
) -> None:
    articles = weekly("6", dataclasses.replace(PERFORMER, sections=LONG), COLA)
    desk = make_desk(articles, settings=Settings(details=Details(auto=True)))
    stand = standing(desk)
    job = Job(PAPER, "x", "running", ("arxiv",))
    async with driven(desk, (80, 24)) as hands:
        stand.held, stand.how_far = (job,), Progress(0, 1)
        await hands.press("enter")
        await arrive(hands, stand, PAPER, inquiry(waiting=True, done=None))
        place = hands.browse.details.plain.splitlines().index("Part 0")
        for found in (*FILLING, inquiry(arxiv())):
            stand.held = (job,) if found.waiting else ()
            await arrive(hands, stand, PAPER, found)
            assert hands.browse.details.plain.splitlines().index("Part 0") == place
        await hands.press("h", "j", "k", "enter")
        assert hands.browse.details.plain.splitlines().index("Part 0") < place


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_behind_the_reader_s_own_key_there_is_no_hole_below_the_head(
    make_desk: Make, size: tuple[int, int]
) -> None:
    desk = make_desk(weekly("6", dataclasses.replace(PERFORMER, sections=LONG), COLA))
    stand = standing(desk)
    job = Job(PAPER, "x", "running", ("arxiv",))
    async with driven(desk, size) as hands:
        await hands.press("enter", "f")
        stand.how_far = Progress(0, 1)
        places = []
        for found in (inquiry(waiting=True, done=None), *FILLING):
            stand.held = (job,) if found.waiting else ()
            await arrive(hands, stand, PAPER, found)
            lines = hands.browse.details.plain.splitlines()
            places.append(place := lines.index("Part 0"))
            assert not lines[place - 1]
            assert lines[place - 2], "one blank line stands before a heading"
        assert places[:4] == sorted(places[:4]), "it moves down only, and only as lines come"
