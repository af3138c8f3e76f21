"""What lies elsewhere, with the keyboard: PDFs, pages, and the list of every address."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.providers.server import FaultServer, fault_server, reply
from tests.screens.answers import arxiv, inquiry, standing
from tests.screens.drive import Driven, driven
from tui.desk import Desk
from tui.errors import PaperrackError
from tui.model import Entry, Issue, Job, Link, Progress
from tui.screens.contact import Contact
from tui.screens.jobs import Jobs
from tui.screens.links import Links
from tui.screens.sure import Sure
from tui.settings import Network, Pdf, Settings

Make = Callable[..., Desk]

BODY = b"%PDF-1.5\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
TITLES = ("Deep Learning of Sagas", "Broad Learning of Tales", "Fast Learning of Yarns")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    monkeypatch.setenv("no_proxy", "*")
    with fault_server(reply(200, BODY, "application/pdf")) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pdfs"


@pytest.fixture
def desk(make_desk: Make, server: FaultServer, folder: Path) -> Desk:
    settings = Settings(network=Network(allow=(server.url,), contact=""), pdf=Pdf(folder=folder))
    entries = [
        Entry(title=title, authors=("Carla Sagan",), year=2020, links=(Link(f"{server.url}/{n}.pdf", "pdf"),))
        for n, title in enumerate(TITLES)
    ]
    return make_desk(
        Issue("week-1", "week 1", (*entries, Entry(title="Only a Title of Its Own")), "x"), settings=settings
    )


@pytest.fixture
def opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The PDFs that were opened."""
    found: list[Path] = []
    monkeypatch.setattr(desk.pdfs, "open", found.append)
    return found


@pytest.fixture
def pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were opened."""
    found: list[str] = []
    monkeypatch.setattr(desk.exporting, "browse", found.append)
    return found


def held(until: threading.Event) -> Callable[[socket.socket], None]:
    """Answer the half of a PDF, and the rest of it when *until* is set."""

    def behave(connection: socket.socket) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(BODY)}\r\n\r\n".encode()
        connection.sendall(head + BODY[: len(BODY) // 2])
        until.wait(10)
        connection.sendall(BODY[len(BODY) // 2 :])

    return behave


async def until(hands: Driven, there: Callable[[], bool]) -> None:
    for _ in range(500):
        if there():
            return
        await hands.pilot.pause(0.02)
    raise AssertionError("it never came")


# PDFs


async def test_p_fetches_the_pdf_and_opens_it_and_the_details_say_where_it_is(
    desk: Desk, opened: list[Path], folder: Path
) -> None:
    async with driven(desk) as hands:
        assert "PDF" not in hands.browse.details.plain.split("Links")[0]
        await hands.press("p")
        assert opened == [folder / "sagan2020deep.pdf"]
        assert hands.toasts == ["sagan2020deep.pdf fetched from 127.0.0.1, 102 kB."]
        assert "PDF sagan2020deep.pdf · p opens it" in hands.browse.details.plain


async def test_p_opens_at_once_what_is_here(desk: Desk, server: FaultServer, opened: list[Path]) -> None:
    desk.pdfs.fetch(desk.rack.order("week-1")[0])
    async with driven(desk) as hands:
        await hands.press("p")
        assert len(opened) == len(server.seen) == 1
        assert hands.toasts == ["Opened sagan2020deep.pdf."]


async def test_the_line_on_top_shows_how_far_a_pdf_is_while_the_keys_go_on(
    desk: Desk, server: FaultServer, opened: list[Path]
) -> None:
    go_on = threading.Event()
    server.tell(held(go_on))
    async with driven(desk) as hands:
        await hands.pilot.press("p")
        await until(hands, lambda: "PDF ━━━━──── 50 %" in hands.browse.where.counts)
        await hands.pilot.press("j")
        assert hands.current == TITLES[1]
        go_on.set()
        await hands.settle()
        assert "PDF" not in hands.browse.where.counts
        assert [path.name for path in opened] == ["sagan2020deep.pdf"]


async def test_j_s_list_shows_a_pdf_and_x_cancels_it(desk: Desk, server: FaultServer, opened: list[Path]) -> None:
    go_on = threading.Event()
    server.tell(held(go_on))
    async with driven(desk) as hands:
        await hands.pilot.press("p")
        await until(hands, lambda: "50 %" in hands.browse.where.counts)
        await hands.pilot.press("J")
        await until(hands, lambda: isinstance(hands.app.screen, Jobs))
        await hands.pilot.press("G")
        await hands.pilot.pause()
        assert "running" in hands.screen_text
        assert "51 of 102 kB" in hands.screen_text
        await hands.pilot.press("x")
        await hands.pilot.pause()
        assert "1 PDF cancelled." in hands.screen_text
        go_on.set()
        await hands.press("escape")
        assert hands.toasts[-1] == "The PDF was cancelled; p goes on with it."
        assert not opened


async def test_leaving_does_not_wait_for_a_pdf(desk: Desk, server: FaultServer, opened: list[Path]) -> None:
    go_on = threading.Event()
    server.tell(held(go_on))
    begun = asyncio.get_running_loop().time()
    async with driven(desk) as hands:
        await hands.pilot.press("p")
        await until(hands, lambda: "50 %" in hands.browse.where.counts)
        await hands.pilot.press("q")
    await asyncio.get_running_loop().shutdown_default_executor()
    assert asyncio.get_running_loop().time() - begun < 8
    go_on.set()


async def test_p_twice_fetches_once(desk: Desk, server: FaultServer, opened: list[Path]) -> None:
    go_on = threading.Event()
    server.tell(held(go_on))
    async with driven(desk) as hands:
        await hands.pilot.press("p")
        await until(hands, lambda: "50 %" in hands.browse.where.counts)
        await hands.pilot.press("p")
        await until(hands, lambda: bool(hands.toasts))
        assert hands.toasts == ["This PDF is being fetched; J cancels it."]
        go_on.set()
        await hands.settle()
        assert len(opened) == len(server.seen) == 1


async def test_a_web_page_in_place_of_a_pdf_is_said_with_the_way_to_the_page(
    desk: Desk, server: FaultServer, opened: list[Path]
) -> None:
    server.tell(reply(200, b"<!doctype html><html>Sign in [/]</html>", "text/html"))
    async with driven(desk) as hands:
        await hands.press("p")
        assert len(hands.toasts) == 1
        assert hands.toasts[0].endswith("/0.pdf gives a web page in place of a PDF. o opens its page.")
        assert not opened


async def test_a_program_that_fails_is_said_with_the_file_that_is_there(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    async with driven(desk) as hands:
        await hands.press("p")
        assert hands.toasts[-1].startswith(f"No program opened {folder / 'sagan2020deep.pdf'} (")
        assert (folder / "sagan2020deep.pdf").read_bytes() == BODY


async def test_a_paper_without_an_address_is_looked_up_first_and_then_fetched(
    desk: Desk, server: FaultServer, opened: list[Path]
) -> None:
    stand = standing(desk)
    name = desk.rack.order("week-1")[3]
    found = arxiv(links=(Link(f"{server.url}/found.pdf", "pdf"),), identifiers={})
    async with driven(desk) as hands:
        stand.held = (Job(name, "Only a Title", "running", ("arxiv",)),)
        stand.how_far = Progress(0, 1)
        await hands.pilot.press("G", "p")
        await until(hands, lambda: stand.asked == [((name,), False)])
        await until(hands, lambda: bool(hands.toasts))
        assert hands.toasts == ["No address of a PDF is known yet: services are asked for one."]
        assert not server.seen
        stand.arriving[name] = inquiry(found)
        stand.held, stand.how_far = (), Progress(1, 1)
        hands.browse.collect()
        await hands.settle()
        assert len(opened) == 1
        assert server.seen[0].target == "/found.pdf"


async def test_where_services_know_none_either_that_is_one_sentence(desk: Desk, opened: list[Path]) -> None:
    stand = standing(desk)
    async with driven(desk) as hands:
        await hands.press("G", "p")
        assert stand.asked
        assert hands.toasts[-1] == "No open PDF of this paper is known; its details were not looked up yet."


async def test_the_reader_is_asked_first_whom_services_may_write_to(desk: Desk, opened: list[Path]) -> None:
    stand = standing(desk)
    stand.needs_contact = True
    async with driven(desk) as hands:
        await hands.pilot.press("G", "p")
        await until(hands, lambda: isinstance(hands.app.screen, Contact))
        await hands.pilot.pause(0.3)
        assert not stand.asked
        stand.needs_contact = False
        await hands.press("escape")
        assert len(stand.asked) == 1
        assert hands.toasts[-1].startswith("No open PDF of this paper is known")


async def test_of_a_range_of_very_many_none_is_fetched(make_desk: Make) -> None:
    desk = make_desk(Issue("week-1", "week 1", tuple(Entry(title=f"Paper {n}") for n in range(501)), "x"))
    async with driven(desk) as hands:
        await hands.press("v", "G", "p")
        assert hands.toasts == ["501 papers are in the range; p fetches 500 PDFs at most."]


async def test_of_a_range_all_are_fetched_after_a_question_and_none_is_opened(
    desk: Desk, server: FaultServer, opened: list[Path], folder: Path
) -> None:
    desk.pdfs.fetch(desk.rack.order("week-1")[0])
    async with driven(desk) as hands:
        await hands.press("v", "j", "j", "p")
        assert isinstance(hands.app.screen, Sure)
        assert "Fetch 3 PDFs?" in hands.screen_text
        assert "1 of them is here already" in hands.screen_text
        await hands.press("escape")
        assert len(server.seen) == 1
        await hands.press("p", "enter")
        assert hands.toasts == ["2 PDFs fetched, 1 was here already."]
        assert len(list(folder.glob("*.pdf"))) == 3
        assert not opened
        assert not hands.browse.ranged()


async def test_of_a_range_what_is_not_to_be_had_is_said_in_the_same_line(
    desk: Desk, server: FaultServer, opened: list[Path]
) -> None:
    server.tell(reply(200, BODY), reply(404), reply(200, BODY))
    async with driven(desk) as hands:
        await hands.press("v", "j", "j", "p", "enter")
        assert hands.toasts[-1].startswith("2 PDFs fetched, 1 not to be had: 127.0.0.1")


async def test_cancelling_all_ends_a_range(desk: Desk, server: FaultServer, opened: list[Path]) -> None:
    go_on = threading.Event()
    server.tell(held(go_on))
    async with driven(desk) as hands:
        await hands.pilot.press("v", "j", "j", "p")
        await until(hands, lambda: isinstance(hands.app.screen, Sure))
        await hands.pilot.press("enter")
        await until(hands, lambda: "PDF ──────── 0/3" in hands.browse.where.counts and bool(server.seen))
        await hands.pilot.press("J", "X")
        await until(hands, lambda: "3 jobs cancelled." in hands.screen_text)
        go_on.set()
        await hands.press("escape")
        assert hands.toasts[-1] == "0 PDFs fetched, 3 cancelled."


# Pages


async def test_o_opens_the_pages_of_a_range_after_a_question(desk: Desk, pages: list[str], server: FaultServer) -> None:
    async with driven(desk) as hands:
        await hands.press("v", "j", "o")
        assert "Open 2 pages?" in hands.screen_text
        assert not pages
        await hands.press("enter")
        assert pages == [f"{server.url}/0.pdf", f"{server.url}/1.pdf"]
        assert hands.toasts == ["Opened 2 pages."]


async def test_o_opens_ten_pages_at_most(make_desk: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = tuple(Entry(title=f"Paper {n}", identifiers={"doi": f"10.1000/{n}"}) for n in range(11))
    desk = make_desk(Issue("week-1", "week 1", entries, "x"))
    async with driven(desk) as hands:
        await hands.press("v", "G", "o")
        assert hands.toasts == ["11 papers are in the range; o opens 10 pages at most."]


async def test_where_the_browser_fails_the_others_of_a_range_are_not_tried(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def fails(address: str) -> None:
        tried.append(address)
        raise PaperrackError("No browser opened it.")

    monkeypatch.setattr(desk.exporting, "browse", fails)
    async with driven(desk) as hands:
        await hands.press("v", "j", "o", "enter")
        assert len(tried) == 1


# Links

LONG = "https://example.org/" + "deep/" * 60 + "end.html"
HOSTILE = "https://arxiv.org.evil.example/abs/[bold]2010.10915[/bold]"


@pytest.fixture
def linked(make_desk: Make, server: FaultServer, folder: Path) -> Desk:
    settings = Settings(network=Network(allow=(server.url,), contact=""), pdf=Pdf(folder=folder))
    links = [Link(LONG, "project"), Link(HOSTILE, "other"), Link(f"{server.url}/x.pdf", "pdf")]
    paper = Entry(title=TITLES[0], identifiers={"doi": "10.1000/x"}, links=tuple(links))
    return make_desk(Issue("week-1", "week 1", (paper,), "x"), settings=settings)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_shift_o_lists_every_address_with_its_host_in_full(linked: Desk, size: tuple[int, int]) -> None:
    async with driven(linked, size) as hands:
        await hands.press("O")
        lines = [line for line in hands.screen_text.splitlines() if "│" in line]
        assert "1 paper    doi.org/10.1000/x" in hands.screen_text
        assert any("2 project  example.org/deep/" in line and "…" in line and "end.html" in line for line in lines)
        assert "3 other    arxiv.org.evil.example/abs/[bold]2010.10915[/bold]" in hands.screen_text
        assert "4 pdf      http://127.0.0.1:" in hands.screen_text


async def test_a_digit_opens_an_address_and_enter_the_one_under_the_cursor(
    linked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []
    monkeypatch.setattr(linked.exporting, "browse", found.append)
    async with driven(linked) as hands:
        await hands.press("O", "2")
        await hands.press("O", "j", "j", "enter")
        assert hands.toasts == ["Opened arxiv.org.evil.example."]
        await hands.press("O", "9")
        assert isinstance(hands.app.screen, Links)
        await hands.press("escape")
        assert found == [LONG, HOSTILE]


async def test_y_copies_an_address_whole(linked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driven(linked) as hands:
        await hands.press("O", "j", "y")
        assert hands.app.clipboard == LONG


async def test_p_fetches_the_pdf_from_the_address_under_the_cursor(
    linked: Desk, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(linked.pdfs, "open", opened.append)
    async with driven(linked) as hands:
        await hands.press("O", "p")
        assert "This is no address of a PDF" in hands.screen_text
        await hands.press("G", "p")
        assert [seen.target for seen in server.seen] == ["/x.pdf"]
        assert len(opened) == 1


async def test_a_paper_without_an_address_has_no_list(desk: Desk) -> None:
    async with driven(desk) as hands:
        await hands.press("G", "O")
        assert hands.toasts == ["This paper has no address."]
