"""The dialog about the tags of one paper or many: typed with completion, turned on and off in the list."""

from __future__ import annotations

import asyncio
from typing import ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.desk import Desk
from tui.desk.annotating import begins, fitting_tags, usable_tag
from tui.desk.marking import count
from tui.errors import UnknownError
from tui.text import clean, fold, shown
from tui.widgets.tag_list import TagList, TagRow
from tui.widgets.where import Heading, Notice

HINT = "space turns a tag on and off   ·   enter saves   ·   esc changes nothing"
TYPED = "tab completes   ·   a comma ends a tag   ·   -tag takes it away"


class Retagged(NamedTuple):
    """The tags to add and those to take away."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class Typed(NamedTuple):
    """What stands in the field: whole words before the last comma, and the one that is being typed."""

    whole: tuple[str, ...]
    last: str
    away: bool

    @classmethod
    def of(cls, value: str) -> Typed:
        """Return what *value* says; a hyphen before a word takes the tag away."""
        *whole, last = value.split(",")
        last = last.strip()
        return cls(tuple(each.strip() for each in whole if each.strip(" -")), last.removeprefix("-"), last[:1] == "-")


class Words(Input):
    """The field; a blank where nothing is written yet is no letter but an order to the list."""

    class Blank(Message):
        """A blank was struck in the empty field."""

    async def _on_key(self, event: events.Key) -> None:
        # Here and not as a binding: letters that were typed before it may not have been written yet.
        if event.key == "space" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Blank())


class Tags(ModalScreen[Retagged | None]):
    """Asks for the tags of the papers *names*; gives back what is to change, None where the reader leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", priority=True, tooltip="No tag is changed"),
        Binding("ctrl+s,ctrl+enter", "save", "Save", priority=True, tooltip="Save, with what is typed"),
        Binding("tab", "complete", "Complete", priority=True, tooltip="Write the tag under the cursor into the field"),
        Binding("down,ctrl+n", "move(1)", "Down", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", "Up", show=False, priority=True),
        Binding("pagedown", "page(0.5)", "Page", show=False, priority=True),
        Binding("pageup", "page(-0.5)", "Page up", show=False, priority=True),
    ]

    field = query_one("#tags-words", Input)
    tags = query_one("#tags-list", TagList)
    notice = query_one("#tags-notice", Notice)

    def __init__(self, desk: Desk, names: tuple[str, ...]) -> None:
        super().__init__()
        self.desk = desk
        self.names = names
        self._used: dict[str, int] = {}
        self._on: dict[str, int] = {}
        self._order: list[str] = []
        self._wanted: dict[str, bool] = {}
        self._seen = ""
        self._loaded = asyncio.Event()

    def compose(self) -> ComposeResult:
        """Show for how many papers it is, the field, and the tags that there are."""
        one = len(self.names) == 1
        title = shown(self.desk.rack.paper(self.names[0]).title or "A paper without a title") if one else ""
        with Vertical(id="tags", classes="dialog"):
            heading = Heading("Tags")
            heading.say("Tags" if one else f"Tags of {count(len(self.names), 'paper')}", title)
            yield heading
            yield Words(id="tags-words", compact=True, placeholder="a tag, or several with commas")
            yield TagList(id="tags-list")
            yield Notice(id="tags-notice", markup=False)

    def on_mount(self) -> None:
        """Take the keys, and look the tags up: many papers may have many."""
        self.field.focus()
        self._say()
        self._load()

    @work(exit_on_error=False)
    async def _load(self) -> None:
        annotating = self.desk.annotating
        self._used, self._on = await asyncio.to_thread(lambda: (annotating.tags(), annotating.tags_on(self.names)))
        self._order = sorted(self._on, key=lambda tag: (-self._on[tag], fold(tag)))
        self._order += [tag for tag in self._used if tag not in self._on]
        self._loaded.set()
        # A reader with few tags needs no page for them; it does not grow while they are typed.
        self.tags.styles.height = min(10, max(4, len(self._order) + 1))
        self._show()

    # What is shown

    def _many(self, tag: str) -> int:
        """Return how many of the papers would have *tag*."""
        wanted = self._wanted.get(tag)
        return self._on.get(tag, 0) if wanted is None else len(self.names) * wanted

    def _row(self, tag: str) -> TagRow:
        return TagRow(tag, self._many(tag), len(self.names), self._used.get(tag, 0))

    def _rows(self) -> list[TagRow]:
        typed = Typed.of(self.field.value)
        known = [tag for tag in self._order if not typed.away or self._many(tag)]
        fitting = [self._row(tag) for tag in fitting_tags(known, typed.last)]
        new = clean(typed.last)
        if not new or typed.away or any(row.name.casefold() == new.casefold() for row in fitting):
            return fitting
        # A word that begins a tag is most likely that one; one that only stands in a tag is most likely another.
        begin = sum(begins(row.name, new) for row in fitting)
        return [*fitting[:begin], TagRow(new, 0, len(self.names), new=True), *fitting[begin:]]

    def _show(self) -> None:
        # Other words mean other tags: the best of them is the first.
        self.tags.show(self._rows(), None if self.field.value == self._seen else 0)
        self._seen = self.field.value
        self._say()

    def _say(self, sentence: str = "") -> None:
        if not sentence:
            sentence = self._meant() if self.field.value.strip() else self._changes()
        self.notice.say(f"{sentence}\n{TYPED if self.field.value.strip() else HINT}")

    def _meant(self) -> str:
        typed, row = Typed.of(self.field.value), self.tags.current
        if not typed.last:
            return "enter takes these tags"
        if row is None:
            return f"none of these papers has a tag {typed.last}" if typed.away else ""
        if typed.away:
            return f"enter takes {row.name} away"
        return f"enter makes a new tag: {row.name}" if row.new else f"enter adds {row.name}"

    def _changes(self) -> str:
        made = self._made()
        said = ", ".join([*(f"+{tag}" for tag in made.add), *(f"-{tag}" for tag in made.remove)])
        return clean(said, 200) or ("" if self._order or not self._loaded.is_set() else "No paper has a tag yet.")

    def _made(self) -> Retagged:
        add = [tag for tag, wanted in self._wanted.items() if wanted and self._on.get(tag, 0) < len(self.names)]
        return Retagged(tuple(add), tuple(tag for tag, on in self._wanted.items() if not on and self._on.get(tag)))

    # What is done

    @on(Input.Changed)
    def _changed(self) -> None:
        self._show()

    @on(Input.Submitted)
    async def _submitted(self) -> None:
        if not self.field.value.strip() or await self._take():
            self._end(self._made())

    async def _written(self) -> None:
        """Wait until the tags are known, and the field has written what was typed ahead."""
        done = asyncio.Event()
        self.field.call_later(done.set)
        await done.wait()
        await self._loaded.wait()
        self._show()

    async def action_save(self) -> None:
        """Save, with what stands in the field."""
        await self._written()
        if not self.field.value.strip() or await self._take():
            self._end(self._made())

    async def _take(self) -> bool:
        """Take what stands in the field; return whether all of it is a tag."""
        await self._loaded.wait()
        self._show()
        typed = Typed.of(self.field.value)
        row = self.tags.current
        last = row.name if row and typed.last else typed.last
        words = [*typed.whole, *([f"-{last}" if typed.away else last] if last else [])]
        try:
            found = [(self._known(word.removeprefix("-").strip()), word[:1] != "-") for word in words]
        except UnknownError as error:
            self._say(str(error))
            return False
        for tag, wanted in found:
            self._want(tag, wanted)
        self.field.value = ""
        self._show()
        return True

    def _known(self, word: str) -> str:
        tag = usable_tag(word)
        return next((each for each in self._order if each.casefold() == tag.casefold()), tag)

    def _want(self, tag: str, wanted: bool) -> None:
        if tag not in self._order and wanted:
            self._order.insert(0, tag)
        if tag in self._order:
            self._wanted[tag] = wanted

    @on(Words.Blank)
    async def _toggled(self) -> None:
        await self._loaded.wait()
        if self.tags.current:
            self._turn(self.tags.current.name)

    @on(TagList.Picked)
    def _picked(self, event: TagList.Picked) -> None:
        self._turn(event.name)
        self.field.focus()

    def _turn(self, tag: str) -> None:
        """Turn *tag* on for all papers, off, or back to what it was."""
        many, before = self._many(tag), self._on.get(tag, 0)
        if many == 0 and 0 < before < len(self.names):
            self._wanted.pop(tag)
        else:
            self._want(tag, many < len(self.names))
        self._show()

    async def action_complete(self) -> None:
        """Write the tag under the cursor in place of what is typed of it."""
        await self._written()
        typed, row = Typed.of(self.field.value), self.tags.current
        if row and (typed.last or not self.field.value.strip()):
            self.field.value = ", ".join([*typed.whole, f"{'-' * typed.away}{row.name}"])
            self.field.cursor_position = len(self.field.value)

    def action_move(self, by: int) -> None:
        """Move the cursor in the list."""
        self.tags.move(by)
        self._say()

    def action_page(self, by: float) -> None:
        """Move the cursor by pages."""
        self.tags.page(by)
        self._say()

    def action_leave(self) -> None:
        """Change nothing."""
        self._end(None)

    def _end(self, made: Retagged | None) -> None:
        # A key that was struck twice ends the dialog once.
        if self.is_current:
            self.dismiss(made)
