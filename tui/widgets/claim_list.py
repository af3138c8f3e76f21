"""The list of who says what: each field of a paper, the value that holds, and under it what the others say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tui.model import READER, Field, Mention, Paper, Said, Value
from tui.text import shown
from tui.widgets.cells import fit, fit_right
from tui.widgets.details_text import words_of
from tui.widgets.issue_list import short_date
from tui.widgets.lines import Lines, Parts
from tui.widgets.times import day

ISSUE = "issue"
"""Who says what an issue prints."""

_FIRST = ("title", "authors", "year", "month", "venue", "type")
_PRINTED = ("title", "authors", "year", "venue", "abstract")
_NAME, _WHO = 17, 26


@dataclass(frozen=True)
class Claim:
    """A value of a field: whether it holds, who gives it (several where they agree), and when it was fetched.

    ``leads`` is the first value of a field, beside which its name stands.
    """

    field: str
    value: Value
    holds: bool
    providers: tuple[str, ...]
    when: str = ""
    leads: bool = True

    @property
    def words(self) -> str:
        """The value as it would be written by the reader: names of people joined by `` and ``."""
        if isinstance(self.value, tuple) and self.field in ("authors", "editors"):
            return " and ".join(str(name) for name in self.value)
        return str(self.value) if isinstance(self.value, int) else words_of(self.value)


def claims(paper: Paper) -> tuple[Claim, ...]:
    """Return what is said of *paper*, field by field: first what holds, then the other values, each once."""
    fields = dict(paper.details.fields) if paper.details else {}
    unheld = paper.details.unheld if paper.details else {}
    names = dict.fromkeys((*_FIRST, *(name for name in (*fields, *unheld) if name != "abstract"), "abstract"))
    return tuple(claim for name in names for claim in _of_field(paper, name, fields.get(name)))


def _of_field(paper: Paper, name: str, known: Field | None) -> Iterator[Claim]:
    left_open = paper.details.unheld.get(name, ()) if paper.details else ()
    said = [known.said, *known.others] if known else list(left_open)
    # Links are collected from everybody: what others say is among them.
    said = said[:1] if name == "links" else said
    if name in _PRINTED:
        printed = [each for mention in paper.mentions for each in _printed(mention, name)]
        # Of issues that print it differently, that one holds whose words the paper has: the longest list of authors.
        said += printed if said else sorted(printed, key=lambda each: each.value != getattr(paper, name))
    groups: dict[Value, list[Said]] = {}
    for each in said:
        groups.setdefault(each.value, []).append(each)
    for number, (value, group) in enumerate(groups.items()):
        when = next((day(each.fetched) for each in group if each.fetched), "")
        providers = tuple(dict.fromkeys(each.provider for each in group))
        yield Claim(name, value, not number and not left_open, providers, when, not number)


def _printed(mention: Mention, name: str) -> list[Said]:
    value = getattr(mention.entry, name)
    return [Said(value, ISSUE, mention.date)] if value else []


class ClaimList(Lines):
    """Fields and their values, the value that holds first; a field's name stands beside its first value."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._claims: Sequence[Claim] = ()
        self._labels: Mapping[str, str] = {}

    def show(self, claims: Sequence[Claim], labels: Mapping[str, str], field: str | None = None) -> None:
        """Show *claims* with services called as in *labels*; the cursor goes to *field*, or stays."""
        places = (place for place, claim in enumerate(claims) if claim.field == field)
        self._claims, self._labels = claims, labels
        self.reset(next(places, self.cursor))

    @property
    def current(self) -> Claim | None:
        """The value under the cursor."""
        return self._claims[self.cursor] if self._claims else None

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self._claims)

    def paint(self, index: int, width: int) -> Sequence[Parts]:
        """Return row *index*: the field's name, the value, and on the right who says so."""
        claim = self._claims[index]
        name = self._labels.get(f"field {claim.field}", claim.field.replace("_", " ")) if claim.leads else ""
        who, named = min(_WHO, width // 3), min(_NAME, width // 5)
        room = width - named - 5 - who
        return [
            [
                (fit(name, named), "heading"),
                ("● " if claim.holds else "○ ", "mark" if claim.holds else "muted"),
                (fit(shown(words_of(claim.value)).replace("\n", " "), room), "strong" if claim.holds else "muted"),
                (fit_right(f" {said_by(claim, self._labels, who)}", who + 2), "muted"),
                (" ", ""),
            ]
        ]


def said_by(claim: Claim, labels: Mapping[str, str], width: int = 0) -> str:
    """Return who gives the value, and how many more where their names do not fit into *width* cells."""
    names = ["the issue" if name == ISSUE else labels.get(name, name) for name in claim.providers]
    whole = ", ".join(names)
    if not width:
        return whole if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return whole if len(whole) <= width else f"{names[0]} +{len(names) - 1}"


def told(claim: Claim | None, labels: Mapping[str, str]) -> str:
    """Return the whole value of *claim*, who says so and since when."""
    if claim is None:
        return ""
    by = said_by(claim, labels)
    when = f", {short_date(claim.when)}" if claim.when else ""
    verb = "wrote" if claim.providers == (READER,) else "say" if len(claim.providers) > 1 else "says"
    by = f"The{by[3:]}" if by.startswith("the ") else by
    return f"{by} {verb}{when}:\n{shown(words_of(claim.value))}"
