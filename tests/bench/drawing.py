"""One paper at a time, drawn by lot: what an issue prints of it, what a reader did with it, what a service said."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from functools import cached_property

from tests.bench.words import FIELDS, LISTS, Field, Zipf, sentences
from tui.model import Answer, Entry, Inquiry, Link, Marks, Post, Record, Reply, Section, State

_POOL = 16_000
_NAMES = 40_000

_TITLES: tuple[Callable[[str, list[str], list[str]], str], ...] = (
    lambda name, n, a: f"{name}: {a[0]} {n[0]} for {a[1]} {n[1]} {n[2]}",
    lambda name, n, a: f"{a[0]} {n[0]} and {n[1]} in {a[1]} {n[2]}",
    lambda name, n, a: f"On the {n[0]} of {a[0]} {n[1]} with {a[1]} {n[2]}",
    lambda name, n, a: f"Learning {a[0]} {n[0]} from {a[1]} {n[1]}: the {name} {n[2]}",
    lambda name, n, a: f"{name}: towards {a[0]} {n[0]} without {n[1]} {n[2]}",
    lambda name, n, a: f"Does {n[0]} need {a[0]} {n[1]}? A {a[1]} study of {n[2]}",
    lambda name, n, a: f"A survey of {a[0]} {n[0]} in {n[1]} and {a[1]} {n[2]}",
    lambda name, n, a: f"{a[0]} {n[0]} via {a[1]} {n[1]}, with {name} as {n[2]}",
    lambda name, n, a: f"Measuring the {n[0]} of {n[1]} at $z \\sim {len(name)}$: {a[0]} {n[2]} from {name}",
    lambda name, n, a: f"An $\\mathcal{{O}}(n \\log n)$ {n[0]} for {a[0]} {n[1]} ({name})",
)
_HEADINGS = ("What is it?", "Why it matters", "The catch")


class Drawing:
    """What is drawn by lot from *seed*, in order."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        fields = [Field(random.Random(seed + 100 + number)) for number in range(FIELDS)]
        self._field = 0
        self._sentences = [sentences(random.Random(seed + 2), field, _POOL // FIELDS) for field in fields]
        self._nouns = [field.nouns.draw(self._chance, _POOL // FIELDS) for field in fields]
        self._adjectives = [field.adjectives.draw(self._chance, _POOL // FIELDS) for field in fields]
        self._coined = ["".join(self._chance.choices(LISTS["syllables"], k=2)) for _ in range(_POOL)]
        self._months: dict[str, int] = {}

    @staticmethod
    def series() -> list[str]:
        """Return the names of the series that issues belong to."""
        return LISTS["series"]

    @cached_property
    def _names(self) -> list[str]:
        """Authors: given and family names, one in four with an initial, one in thirty in another script."""
        chance, given, family, elsewhere = (
            random.Random(3),
            Zipf(LISTS["given"]),
            Zipf(LISTS["family"]),
            LISTS["elsewhere"],
        )
        firsts, lasts = given.draw(chance, _NAMES), family.draw(chance, _NAMES)
        names = []
        for first, last in zip(firsts, lasts, strict=True):
            lot = chance.random()
            middle = f" {chance.choice('ABCDEFGHJKLMNPRSTVW')}." if lot < 0.25 else ""
            if lot < 0.6:  # most families have few authors
                last = "".join(chance.choices(LISTS["syllables"], k=3)).capitalize()
            names.append(chance.choice(elsewhere) if lot > 0.967 else f"{first}{middle} {last}")
        return names

    def _some(self, count: int) -> tuple[str, ...]:
        """Return *count* authors; some write more than others."""
        lot, names = self._chance.random, self._names
        return tuple(dict.fromkeys(names[int(lot() * lot() * _NAMES)] for _ in range(count)))

    def _pooled(self, count: int) -> list[str]:
        lot, pool = self._chance.random, self._sentences[self._field]
        return [pool[int(lot() * len(pool))] for _ in range(count)]

    def entry(self, number: int, day: date) -> Entry:
        """Return the paper *number* (from 0, none twice) as an issue of *day* prints it."""
        lot = self._chance.random
        self._field = int(lot() * FIELDS)
        name, title = self._title()
        identifiers, category = self._identifiers(number, day)
        opening = (
            f"We present {name}, and ask how {title.rpartition(' ')[2].lower()} can be had on {number % 977 + 2} of it."
        )
        abstract = f"{opening} {' '.join(self._pooled(6 + int(lot() * 4)))}"
        venues = LISTS["venues"]
        authors = self._some(25 if lot() < 0.02 else 1 + int(lot() * lot() * 9))
        shown = 5 if lot() < 0.3 else 40
        sections = zip(_HEADINGS, self._pooled(int(lot() * 4)), strict=False) if number % 2 else ()
        posts = (self._post(day),) if lot() < 0.1 else ()
        return Entry(
            title=None if lot() < 0.005 else title,
            authors=authors[:shown],
            more_authors=max(0, len(authors) - shown),
            year=day.year,
            venue=venues[int(lot() * len(venues))] if lot() < 0.4 else None,
            abstract=None if lot() < 0.05 else abstract[:1500],
            identifiers=identifiers,
            links=self._links(name.lower(), identifiers),
            sections=tuple(Section(heading, text) for heading, text in sections),
            posts=posts,
            categories=(category,),
            metrics={"retweets": int(lot() * 300), "favorites": int(lot() * 900)} if posts else {},
            date=day.isoformat(),
        )

    def again(self, entry: Entry) -> Entry:
        """Return what a second issue prints of the paper: less of it, and words of its own."""
        return Entry(
            title=entry.title,
            authors=entry.authors[:3],
            more_authors=max(0, len(entry.authors) - 3) + entry.more_authors,
            abstract=None if entry.title else entry.abstract,
            identifiers=entry.identifiers,
            links=entry.links[:1],
            sections=(Section("Seen again", self._pooled(1)[0]),),
        )

    def _title(self) -> tuple[str, str]:
        """Return a title, and the name that the authors give to what they made."""
        lot = self._chance.random
        naming = LISTS["naming"]
        first, second = self._coined[int(lot() * _POOL)], self._coined[int(lot() * _POOL)]
        name = f"{first}{second}".capitalize() + naming[int(lot() * len(naming))]
        nouns, adjectives = self._nouns[self._field], self._adjectives[self._field]
        noun, adjective = int(lot() * (len(nouns) - 3)), int(lot() * (len(adjectives) - 2))
        pattern = _TITLES[int(lot() * 9.2)]
        title = pattern(name, nouns[noun : noun + 3], adjectives[adjective : adjective + 2])
        return name, title[0].upper() + title[1:]

    def _identifiers(self, number: int, day: date) -> tuple[dict[str, str], str]:
        lot = self._chance.random()
        category = LISTS["classes"][int(self._chance.random() ** 2 * len(LISTS["classes"]))]
        found: dict[str, str] = {}
        if lot < 0.7:
            month = f"{day.year % 100:02}{day.month:02}"
            self._months[month] = count = self._months.get(month, 0) + 1
            found["arxiv"] = f"{month}.{count:05}"
        if 0.6 < lot < 0.9:
            publisher = ("1145/3", "1038/s41586-", "1109/access.", "1103/physrevlett.", "1016/j.cell.")[number % 5]
            found["doi"] = f"10.{publisher}{100000 + number}"
        elif 0.9 < lot < 0.94:
            found["acl"] = f"{day.year}.{('acl', 'emnlp', 'naacl')[number % 3]}-v{number // 9000}.{number % 9000 + 1}"
        elif 0.94 < lot < 0.97:
            found["openreview"] = f"O{number:07x}Rv"
        return found, category

    def _links(self, name: str, identifiers: dict[str, str]) -> tuple[Link, ...]:
        lot = self._chance.random()
        links = []
        if arxiv := identifiers.get("arxiv"):
            links.append(Link(f"https://arxiv.org/abs/{arxiv}", "paper"))
            if lot < 0.4:
                links.append(Link(f"https://arxiv.org/pdf/{arxiv}", "pdf"))
        elif doi := identifiers.get("doi"):
            links.append(Link(f"https://doi.org/{doi}", "paper"))
        if 0.3 < lot < 0.6:
            links.append(Link(f"https://github.com/{name}-lab/{name}", "code"))
        elif lot > 0.95:
            links.append(Link(f"https://{name}.github.io/", "project"))
        return tuple(links)

    def _post(self, day: date) -> Post:
        author = self._some(1)[0]
        return Post(self._pooled(1)[0], author, f"reader{int(self._chance.random() * 9999)}", day.isoformat())

    def marks(self) -> Marks | None:
        """Return what a reader did with a paper; None for the seven in ten that nobody touched."""
        lot, chance = self._chance.random, self._chance
        if lot() > 0.3:
            return None
        state: State = chance.choice(("read", "read", "read", "to read", "dropped", "new"))
        starred, tagged, noted = lot() < 0.15, lot() < 0.25, lot() < 0.12
        return Marks(
            marked=state == "new" or lot() < 0.2,
            starred=starred,
            state=state,
            tags=tuple(dict.fromkeys(chance.choices(LISTS["tags"], k=2))) if tagged else (),
            note=f"{chance.choice(LISTS['remarks'])}\n{self._pooled(1)[0]}" if noted else "",
        )

    def inquiry(self, entry: Entry, day: date) -> Inquiry | None:
        """Return what services said of one paper in twenty that has an identifier they know; None of the others."""
        asked = self._chance.random() < 0.06
        scheme = next((name for name in ("doi", "arxiv") if name in entry.identifiers), None)
        if not asked or not scheme or not entry.title:
            return None
        provider, value, when = (
            ("crossref" if scheme == "doi" else "arxiv"),
            entry.identifiers[scheme],
            f"{day}T10:00:00Z",
        )
        record = Record(
            type="journal" if scheme == "doi" else "preprint",
            title=entry.title,
            authors=entry.authors,
            year=day.year,
            month=day.month,
            venue=entry.venue or "Nature" if scheme == "doi" else None,
            doi=value if scheme == "doi" else None,
            arxiv=value if scheme == "arxiv" else None,
            primary_class=entry.categories[0] if scheme == "arxiv" else None,
        )
        answer = Answer(
            provider,
            value,
            "published" if scheme == "doi" else "preprint",
            record,
            entry.abstract,
            dict(entry.identifiers),
            links=entry.links,
            facts={"citations": int(self._chance.random() ** 4 * 900)} if scheme == "doi" else {},
            fetched=when,
        )
        reply = Reply(f"{provider} {scheme} {value}", provider, "answered", when, gave=(answer.name,))
        return Inquiry((answer,), replies=(reply,), done=when)
