"""Triage: what is unread in a list, one card a paper on the whole screen, and one key a decision."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.notifications import SeverityLevel

from tui.model import Paper
from tui.screens import keymap, triage_keys
from tui.screens.bound import bind
from tui.screens.copying import Taking
from tui.widgets import card_text
from tui.widgets.card import CardHead, CardText, RoundLine
from tui.widgets.issue_list import label_of
from tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from tui.desk.rounds import Round
    from tui.desk.triaging import Decision
    from tui.screens.triaging import Triaging


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
        bind(self, triage_keys.own(keymap.of(self.desk.settings)), triage_keys.MORE)

    def compose(self) -> ComposeResult:
        """Show how far it is, the paper, and the keys."""
        yield RoundLine(id="triage-line")
        with Vertical(id="triage-card"):
            yield CardHead(id="triage-head")
            yield CardText(id="triage-text")
        yield KeyLine(triage_keys.SPARE, triage_keys.ORDER)

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
        return not over if action in triage_keys.ON_A_CARD else over if action == "go_on" else True

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

    def action_help(self) -> None:
        """Show every key of a card."""
        from tui.screens.help import Help

        async def do(action: str | None) -> None:
            if action:
                await self.run_action(action)

        made = self.panes.keymap
        self.app.clear_notifications()  # one would hide what is shown
        self.app.push_screen(Help(made, (triage_keys.page(made),), triage_keys.does), do)

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
