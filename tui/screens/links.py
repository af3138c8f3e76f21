"""The dialog with every address of a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen

from tui.model import Link
from tui.widgets.link_list import DIGITS, LinkList
from tui.widgets.where import Answers, Heading, Notice

HINT = "   ·   ".join(
    f"[@click=screen.{action}][bold $accent]{key}[/] {does}[/]"
    for action, key, does in (
        ("choose('open')", "enter", "opens"),
        ("choose('copy')", "y", "copies"),
        ("choose('fetch')", "p", "fetches a PDF"),
        ("dismiss", "esc", "closes"),
    )
)


class Wanted(NamedTuple):
    """What the reader wants of an address."""

    what: Literal["open", "copy", "fetch"]
    link: Link


class Links(ModalScreen[Wanted | None]):
    """The addresses of the paper called *title*; gives back what is wanted of which."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,O", "dismiss", "Close", tooltip="Back to the papers"),
        Binding("enter,o", "choose('open')", "Open", tooltip="Open it in the browser"),
        Binding("y", "choose('copy')", "Copy", tooltip="Copy the address"),
        Binding("p", "choose('fetch')", "Fetch", tooltip="Fetch the PDF from there, and open it"),
        *(Binding(str(n), f"digit({n})", f"Open {n}", show=False) for n in range(1, DIGITS + 1)),
        Binding("j,down", "cursor(1)", "Down", show=False),
        Binding("k,up", "cursor(-1)", "Up", show=False),
        Binding("ctrl+d,pagedown", "page(0.5)", "Page", show=False),
        Binding("ctrl+u,pageup", "page(-0.5)", "Page up", show=False),
        Binding("g,home", "edge(0)", "First", show=False),
        Binding("G,end", "edge(1000000000)", "Last", show=False),
    ]

    rows = query_one("#links-list", LinkList)
    notice = query_one("#links-notice", Notice)

    def __init__(self, title: str, links: Sequence[Link]) -> None:
        super().__init__()
        self.paper = title
        self.links = links

    def compose(self) -> ComposeResult:
        """Show the list between what paper it is of and the whole address under the cursor."""
        with Vertical(id="links", classes="dialog"):
            heading = Heading("Links", id="links-heading")
            heading.say("Links", self.paper)
            yield heading
            rows = LinkList(self.links, id="links-list")
            rows.styles.height = min(len(self.links), 16)
            yield rows
            yield Notice(id="links-notice", markup=False)
            yield Answers(Content.from_markup(HINT), id="links-hint")

    def on_mount(self) -> None:
        """Take the keys, and show the first address whole."""
        self.rows.focus()
        self._say()

    @on(LinkList.Moved)
    def _say(self) -> None:
        self.notice.say(self.rows.current.url)

    @on(LinkList.Chosen)
    def _chosen(self) -> None:
        self.action_choose("open")

    def action_cursor(self, by: int) -> None:
        """Move by rows."""
        self.rows.move(by)

    def action_page(self, by: float) -> None:
        """Move by pages."""
        self.rows.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first row, or the last."""
        self.rows.move_to(to)

    def action_digit(self, number: int) -> None:
        """Open the address with that number."""
        if number <= len(self.links):
            self.dismiss(Wanted("open", self.links[number - 1]))

    def action_choose(self, what: Literal["open", "copy", "fetch"]) -> None:
        """Give back what is wanted of the address under the cursor."""
        if what == "fetch" and self.rows.current.rel != "pdf":
            self.notice.say(f"{self.rows.current.url}\nThis is no address of a PDF; enter opens it in the browser.")
        else:
            self.dismiss(Wanted(what, self.rows.current))
