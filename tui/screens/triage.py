"""Triage: what is unread in a list, one card a paper on the whole screen, and one key a decision."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.notifications import SeverityLevel

from tui.model import Paper
from tui.screens import keymap, keys
from tui.screens.bound import bind
from tui.screens.copying import Taking
from tui.screens.keymap import Keymap
from tui.screens.keys import Key
from tui.widgets import card_text
from tui.widgets.card import CardHead, CardText, RoundLine
from tui.widgets.issue_list import label_of
from tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from tui.desk.rounds import Round
    from tui.desk.triaging import Decision
    from tui.screens.triaging import Triaging

COPYING = ("copy-bibtex", "copy", *(row.id for row in keys.CHORDS[1]))
"""The actions that are the same here as in the panes."""

_OWN = (
    (("read",), "decide('read')", "Read", True, "It is read; then the next one. The same key again takes it back"),
    (("keep",), "decide('keep')", "Keep", True, "Keep it to be read; then the next one"),
    (("skip",), "decide('skip')", "Skip", True, "Drop it; then the next one"),
    (("star",), "decide('star')", "Star", True, "Star it and keep it to be read; then the next one"),
    (("look-up",), "put_off", "Fetch", True, "Ask the services about it, and go on: it comes again at the end"),
    (("pane-right",), "card(1)", "Next", True, "The next one, without a decision"),
    (("pane-left",), "card(-1)", "Before", True, "The card before"),
    (("undo",), "undo", "Undo", True, "Take the last decision back, and go to its card"),
    (("next-unread",), "issue", "Next issue", True, "To the next issue with unread papers"),
    (("pdf",), "panes('pdf')", "PDF", True, "Fetch the open PDF into its file, and open it"),
    (("browser",), "panes('browser')", "Page", True, "Open the paper's page in the browser"),
    (("escape", "quit", "triage"), "leave", "Back", True, "Back to the papers, with the cursor on this one"),
    (("cursor-down", "arrow-down"), "scroll(1)", "Down", False, "A line down"),
    (("cursor-up", "arrow-up"), "scroll(-1)", "Up", False, "A line up"),
    (("page-down", "turn-down"), "page(0.5)", "Page", False, "Half a page down"),
    (("page-up", "turn-up"), "page(-0.5)", "Page up", False, "Half a page up"),
    (("first",), "edge(0)", "First", False, "To the first line"),
    (("last",), "edge(1000000000)", "Last", False, "To the last line"),
    (("open",), "go_on", "Go on", True, "To the next issue with unread papers"),
)
"""The reader's keys for actions of the panes, and what they do here."""

MORE = (
    Binding("n", "card(1)", "Next", show=False, priority=True),
    Binding("space", "page(0.5)", "Page", show=False, priority=True),
)
"""Keys beside the reader's own, where these leave them free."""

ORDER = ("open", "read", "keep", "skip", "star", "look-up", "pane-right", "pane-left", "undo", "copy-bibtex", "escape")
"""The keys of the line at the bottom, in this order."""

SPARE = ("copy", "browser", "pdf", "next-unread", "pane-left", "copy-bibtex")
"""The keys that a narrow line leaves out, the first one first."""

_ON_A_CARD = frozenset({"decide", "put_off", "copy", "panes", "prefix", "chord"})
"""What can be done with a paper alone, and not at the end of a round."""


def own_keys(made: Keymap) -> Iterator[Key]:
    """Yield the keys of this screen as the reader has them."""
    yield from made.bindings(COPYING)
    for ids, action, description, show, tooltip in _OWN:
        yield from made.of_screen(ids, Key("", action, description, ids[0], tooltip, show))


class Triage(Taking[str | None]):
    """The cards of *round* over the list that *panes* show; gives back the paper that was seen last."""

    AUTO_FOCUS = ""
    line = query_one("#triage-line", RoundLine)
    head = query_one("#triage-head", CardHead)
    text = query_one("#triage-text", CardText)

    def __init__(self, panes: Triaging, round: Round) -> None:
        super().__init__()
        self.desk = panes.desk
        self.panes = panes
        self.prefix = ""
        self._rounds = [(round, panes.named, panes.issue)]
        bind(self, own_keys(keymap.of(self.desk.settings)), MORE)

    def compose(self) -> ComposeResult:
        """Show how far it is, the paper, and the keys."""
        yield RoundLine(id="triage-line")
        with Vertical(id="triage-card"):
            yield CardHead(id="triage-head")
            yield CardText(id="triage-text")
        yield KeyLine(SPARE, ORDER)

    def on_mount(self) -> None:
        """Show the first card."""
        self.show_card()

    def on_resize(self) -> None:
        """Let as many authors be named as there is room for."""
        self.call_after_refresh(self.show_card, True)

    # The card

    @property
    def round(self) -> Round:
        """The round that is gone through now."""
        return self._rounds[-1][0]

    @property
    def issue(self) -> str:
        """The id of the issue that is gone through, empty for another list."""
        return self._rounds[-1][2]

    def paper(self) -> Paper | None:
        """Return the paper of the card, or None at the end; what is gone meanwhile is passed over."""
        while (name := self.round.current) is not None:
            try:
                return self.desk.rack.paper(name)
            except KeyError:
                self.round.go_on()  # another program removed the issue that spoke of it
        return None

    def show_card(self, stay: bool = False) -> None:
        """Show the paper that the round is at; to *stay*, with the same text on top as before."""
        paper = self.paper()
        if paper is None:
            self._show_end()
        else:
            self._show_paper(paper, stay)
        _, place, _ = self._rounds[-1]
        self.line.said = place, card_text.counted(self.counts()), self.round.left, len(self.round.papers)
        self.refresh_bindings()

    def counts(self) -> Counter[str]:
        """Return how many papers each decision was made on, in all rounds."""
        found: Counter[str] = Counter()
        for round, *_ in self._rounds:
            found.update({str(decision): count for decision, count in round.decided.items()})
        return found

    def _show_paper(self, paper: Paper, stay: bool) -> None:
        mention = card_text.here(paper, self.issue or None)
        decision = self.round.decision(paper.id)
        self.head.lines = (
            card_text.styled(card_text.title(paper, paper.marks.starred)),
            card_text.authors(paper, self.head.content_size.width),
            card_text.styled(card_text.facts(paper, mention, self.issue, decision)),
            card_text.styled(card_text.state(paper, self.panes.look_up(paper))),
        )
        self.text.present(*card_text.body(paper, mention), stay=stay)

    def _show_end(self) -> None:
        row, key = self.desk.triaging.next_issue(self.issue), self.panes.keymap.key
        following = "Nothing is unread anywhere."
        if row and row.id != self.issue:
            following = f"{key('open')} goes on with {label_of(row)} ({row.unread:,} unread)."
        elif row:
            following = "No other issue has unread papers."
        self.head.lines = card_text.end(self.counts())
        again = f"{key('pane-right')} goes through what is left again"
        self.text.present((), card_text.closing(self.round.left, again, following), ())

    def show_changed(self, names: Iterable[str]) -> None:
        """Show the card anew where its paper is among *names*."""
        current = self.round.current
        if current is not None and current in set(map(self.desk.rack.canonical, names)):
            self.show_card(stay=True)

    def show_elsewhere(self) -> None:
        """Show what another program changed."""
        self.round.recount()
        self.show_card(stay=True)

    # Deciding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """After the prefix only its choices are alive; at the end only what needs no paper."""
        if action == "chord":
            return parameters[0] == self.prefix
        if self.prefix:
            return action == "leave"
        over = self.round.current is None
        if action == "card" and parameters[0] == 1:
            return not over or bool(self.round.left)
        return not over if action in _ON_A_CARD else over if action == "go_on" else True

    def action_decide(self, decision: Decision) -> None:
        """Decide on the paper, and go on to the next one."""
        with self.panes.telling():
            self.round.decide(decision)
        self.show_card()

    def action_put_off(self) -> None:
        """Ask the services about the paper, and go on; it comes again."""
        if name := self.round.current:
            self.round.put_off()
            self.show_card()
            self.panes.ask([name])

    def action_card(self, by: int) -> None:
        """Go to the next card without a decision, at the end to what is left, or to the card before."""
        if by < 0:
            self.round.go_back()
        elif self.round.current is not None:
            self.round.pass_over()
        elif self.round.left:
            round, place, issue = self._rounds[-1]
            self._rounds.append((self.desk.triaging.round(round.papers), place, issue))
        self.show_card()

    async def action_undo(self) -> None:
        """Take the last decision of these rounds back, and go to its card."""
        while len(self._rounds) > 1 and not self.round.decided:
            self._rounds.pop()
        if not self.round.decided:
            self.tell("Nothing is decided in this round; in the list you can take back what was done before.")
            self.show_card()
            return
        with self.panes.telling():
            label = await asyncio.to_thread(self.desk.marking.undo)
            self.round.taken_back(self.desk.marking.turned)
            self.tell(f"Taken back: {label}." if label else "There is nothing to undo.")
        self.show_card()

    # Elsewhere

    def action_issue(self) -> None:
        """Go to the next issue that has unread papers."""
        row = self.desk.triaging.next_issue(self.issue)
        if row is None or row.id == self.issue:
            self.tell("No other issue has unread papers.")
            return
        self.panes.go_to_issue(row)
        shown = self.panes.paper_list
        round = self.desk.triaging.round(shown.papers, shown.cursor)
        self._rounds.append((round, self.panes.named, row.id))
        self.show_card()

    def action_go_on(self) -> None:
        """From the end of a round, go to the next issue that has unread papers; without one, leave."""
        row = self.desk.triaging.next_issue(self.issue)
        if row is None or row.id == self.issue:
            self.action_leave()
        else:
            self.action_issue()

    async def action_panes(self, action: str) -> None:
        """Let the panes do what they do with the paper under their cursor."""
        if (name := self.round.current) and self.panes.show_paper(name):
            await self.app.run_action(action, self.panes)

    def action_leave(self) -> None:
        """Leave the prefix, else the cards."""
        if self.prefix:
            self.leave_prefix()
        else:
            self.dismiss(self.round.current)

    # Scrolling

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.text.move(by)

    def action_page(self, by: float) -> None:
        """Scroll by pages."""
        self.text.page(by)

    def action_edge(self, to: int) -> None:
        """Go to the first line, or the last."""
        self.text.move_to(to)

    # Taking along

    def chosen(self) -> tuple[str, ...]:
        """Return the paper of the card: what is copied from here is what stands here."""
        name = self.round.current
        return (name,) if name else ()

    def tell(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Tell the reader *sentence*; what stands in it is never markup."""
        self.panes.tell(sentence, severity)

    def look_around(self) -> None:
        """Show what another program changed in the library meanwhile."""
        self.panes.look_around()

    def show_keys(self) -> None:
        """Show nothing: a card names no key."""
