"""A digest is seen before it is kept: its kind, its papers, what is known, what was not understood; or another kind."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tests.desk.feeds import FeedServer, feed_servers, item, rss, steady
from tests.providers.server import fault_server
from tests.screens.drive import Driven, driven
from tui.desk import Desk, apart, limited
from tui.model import Entry, Issue
from tui.screens.add import Add
from tui.screens.previewing_digest import PreviewDigest
from tui.settings import Network, Settings

Make = Callable[..., Desk]
NOTE = "# Reading\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n- [BERT](https://arxiv.org/abs/1810.04805)\n"
KNOWN = Issue(id="", title="Old", format="links", entries=(Entry(title="BERT", identifiers={"arxiv": "1810.04805"}),))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with feed_servers() as (one,):
        yield one


async def until(hands: Driven, done: Callable[[], bool]) -> None:
    for _ in range(300):
        await hands.pilot.pause(0.02)
        if done():
            await hands.settle()
            return
    raise AssertionError(f"it never came to pass\n{hands.screen_text}")


async def paste(hands: Driven, text: str) -> None:
    await hands.press("A")
    hands.app.screen.query_one(Input).post_message(events.Paste(text))
    await until(hands, lambda: isinstance(hands.app.screen, PreviewDigest))


async def test_a_paste_is_seen_before_it_is_kept(make_desk: Make) -> None:
    desk = make_desk(KNOWN)
    async with driven(desk) as hands:
        await paste(hands, NOTE)
        text = hands.screen_text
        assert "2 papers, 1 known already" in text
        assert "Attention Is All You Need" in text
        assert len(desk.shelf()) == 1
        await hands.press("escape")
        assert isinstance(hands.app.screen, Add)
        assert len(desk.shelf()) == 1
        hands.app.screen.query_one(Input).post_message(events.Paste(NOTE))
        await until(hands, lambda: isinstance(hands.app.screen, PreviewDigest))
        await hands.press("enter")
        assert len(desk.shelf()) == 2
        assert "Attention Is All You Need" in hands.titles


async def test_another_kind_can_be_chosen(make_desk: Make) -> None:
    desk = make_desk()
    async with driven(desk) as hands:
        await paste(hands, NOTE)
        first = hands.screen_text
        await hands.press("f")
        assert "BibTeX" in hands.screen_text
        letter = next(letter for letter, name in hands.app.screen.query_one("#preview-kinds").letters.items()  # type: ignore[attr-defined]
                      if name == "bibtex")  # fmt: skip
        await hands.press(letter)
        await until(hands, lambda: "names no paper as far as the format bibtex reads it" in hands.screen_text)
        await hands.press("enter")  # there is nothing to keep
        assert isinstance(hands.app.screen, PreviewDigest)
        await hands.press("f", "escape", "f")
        letter = next(letter for letter, name in hands.app.screen.query_one("#preview-kinds").letters.items()  # type: ignore[attr-defined]
                      if name == "links")  # fmt: skip
        await hands.press(letter)
        await until(hands, lambda: "2 papers" in hands.screen_text)
        assert "2 papers" in first
        await hands.press("enter")
        assert [row.papers for row in desk.shelf()] == [2]


async def test_a_page_is_fetched_and_seen_first(make_desk: Make, server: FeedServer) -> None:
    server.pages["/feed"] = steady(rss("Letters", item(1), item(2)))
    desk = make_desk(settings=Settings(network=Network(allow=(server.url,))))
    async with driven(desk) as hands:
        await hands.press("A", *f"{server.url}/feed", "enter")
        await until(hands, lambda: isinstance(hands.app.screen, PreviewDigest))
        assert "2 papers in 2 issues" in hands.screen_text
        await hands.press("enter")
        assert sorted(row.title for row in desk.shelf()) == ["Letter 1", "Letter 2"]
        assert len(server.seen) == 1
        await hands.press("A", *f"{server.url}/feed", "enter")
        await until(hands, lambda: isinstance(hands.app.screen, PreviewDigest))
        assert "on the rack already" in hands.screen_text


async def test_what_cannot_be_fetched_stays_in_the_dialog_with_the_reason(make_desk: Make, server: FeedServer) -> None:
    desk = make_desk(settings=Settings(network=Network(allow=(server.url,))))
    async with driven(desk) as hands:
        await hands.press("A", *f"{server.url}/none", "enter")
        await until(hands, lambda: "404 Not Found" in hands.screen_text)
        assert isinstance(hands.app.screen, Add)


async def test_lines_that_were_not_understood_are_seen_and_folders_go_in_as_they_are_read(
    make_desk: Make, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.md").write_text(
            f"# Reading {n}\n\n- [A study of things {n}](https://arxiv.org/abs/2101.0000{n})\n"
        )
    desk = make_desk()
    async with driven(desk) as hands:
        await hands.press("A", *str(folder), "enter")
        await until(hands, lambda: len(desk.shelf()) == 3)
        await paste(
            hands,
            "@article{a, title={A study of everything}, author={Ann Lee}, year=2020}\n@article{cut, title = {Never",
        )
        assert "not understood" in hands.screen_text
        assert "Not understood" in hands.screen_text


async def test_leaving_ends_the_request_for_a_page(make_desk: Make) -> None:
    gone: list[bool] = []

    def behave(connection: socket.socket) -> None:
        connection.settimeout(60)
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
            connection.recv(1)
        finally:
            gone.append(True)

    with fault_server(behave) as slow:
        async with driven(make_desk(settings=Settings(network=Network(allow=(slow.url,))))) as hands:
            await hands.press("A")
            hands.app.screen.query_one(Input).value = f"{slow.url}/page"
            await hands.pilot.press("enter")
            await until(hands, lambda: bool(slow.seen))
            assert not gone
            await hands.pilot.press("escape")
            await until(hands, lambda: bool(gone))
            assert not isinstance(hands.app.screen, Add)


async def test_a_folder_of_much_is_read_by_another_process(
    make_desk: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "ENOUGH", 100)
    started: list[str] = []
    start = limited.start

    def noting(module: str, stderr: int) -> object:
        started.append(module)
        return start(module, stderr)

    monkeypatch.setattr(limited, "start", noting)
    for number in range(3):
        papers = (f"- [A study of lists, part {n}](https://arxiv.org/abs/2401.{n:05})\n" for n in range(number, 12, 3))
        (tmp_path / f"{number}.md").write_text(f"# List {number}\n\n{''.join(papers)}", "utf-8")
    desk = make_desk()
    async with driven(desk) as hands:
        await hands.press("A")
        hands.app.screen.query_one(Input).value = str(tmp_path)
        await hands.press("enter")
        await until(hands, lambda: len(desk.shelf()) == 3)
        assert "3 issues of 3 taken in" in " ".join(hands.screen_text.split())
    assert started == ["tui.desk.reading_process"]
