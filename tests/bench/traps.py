"""Works that stand beside the right one and are not it, made of it and of another work.

``TRAPS`` says which of them the development half has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.bench.damage import telling, words_of
from tests.bench.records import Work
from tui.matching import family_name

Trap = Callable[[Random, Work, Work], Work | None]


def _named_like(form: str) -> Trap:
    def trap(rng: Random, work: Work, other: Work) -> Work | None:
        return replace(work, title=form.format(work.title), year=work.year and work.year + rng.randrange(0, 3))

    trap.__name__ = form
    return trap


def same_title(rng: Random, work: Work, other: Work) -> Work | None:
    if not other.authors or set(map(family_name, work.authors)) & set(map(family_name, other.authors)):
        return None
    return replace(work, authors=other.authors, more=other.more, year=other.year)


def replaced_word(rng: Random, work: Work, other: Work) -> Work | None:
    words, others = words_of(work.title), words_of(other.title)
    places, sources = telling(words), telling(others)
    if len(places) < 2 or not sources:
        return None
    place = rng.choice(places)
    words[place] = others[rng.choice(sources)]
    return replace(work, title=" ".join(words)) if " ".join(words).lower() != work.title.lower() else None


def version(rng: Random, work: Work, other: Work) -> Work | None:
    head, blank, rest = work.title.partition(" ")
    return replace(work, title=f"{head.rstrip(':')}-2{':' if head.endswith(':') else ''}{blank}{rest}")


def opposite(rng: Random, work: Work, other: Work) -> Work | None:
    words = words_of(work.title)
    places = [n for n in telling(words) if words[n].isalpha()]
    if not places:
        return None
    place = rng.choice(places)
    words[place] = rng.choice(["non", "un", "anti", "multi"]) + words[place].lower()
    return replace(work, title=" ".join(words))


def other_number(rng: Random, work: Work, other: Work) -> Work | None:
    found = list(re.finditer(r"\d+", work.title))
    if not found:
        return None
    match = rng.choice(found)
    return replace(work, title=work.title[: match.start()] + str(int(match[0]) + 1) + work.title[match.end() :])


def namesakes(rng: Random, work: Work, other: Work) -> Work | None:
    firsts = [name.split()[0] for name in other.authors if " " in name]
    if not firsts or not all(" " in name for name in work.authors):
        return None
    names = tuple(f"{rng.choice(firsts)} {name.split()[-1]}" for name in work.authors)
    return replace(work, authors=names) if not {n[0] for n in names} & {n[0] for n in work.authors} else None


def word_added(rng: Random, work: Work, other: Work) -> Work | None:
    return replace(work, title=f"{rng.choice(['Towards', 'Improved', 'Beyond', 'Rethinking', 'Fast'])} {work.title}")


def half_of_another(rng: Random, work: Work, other: Work) -> Work | None:
    words, others = words_of(work.title), words_of(other.title)
    if min(len(words), len(others)) < 4:
        return None
    return replace(work, title=" ".join([*words[: len(words) // 2], *others[len(others) // 2 :]]))


def parts_swapped(rng: Random, work: Work, other: Work) -> Work | None:
    head, colon, tail = work.title.partition(": ")
    return replace(other, title=f"{head}: {other.title}", authors=work.authors) if colon and tail else None


def word_lost_by_others(rng: Random, work: Work, other: Work) -> Work | None:
    words = words_of(work.title)
    made = same_title(rng, replace(work, title=" ".join(words[:1] + words[2:])), other)
    return made if len(words) > 4 else None


def first_author_alone(rng: Random, work: Work, other: Work) -> Work | None:
    if len(work.authors) < 3 or not other.authors:
        return None
    return replace(work, authors=(work.authors[0], *other.authors), title=f"{work.title}: {other.title}")


TRAPS: dict[Trap, bool] = {
    _named_like("{}, Part II"): True, _named_like("{}: Part 2"): True, _named_like("{} II"): True,
    _named_like("Comment on “{}”"): True, _named_like("Comment on {}"): True, _named_like("Erratum: {}"): True,
    _named_like("Reply to: {}"): True, same_title: True, replaced_word: True, version: True,
    _named_like("{} Revisited"): True,
    _named_like("[Re] {}"): True, _named_like("Corrigendum to {}"): True, _named_like("Kommentar zu {}"): True,
    _named_like("Réponse à {}"): True, _named_like("Berichtigung zu: {}"): True,
    _named_like("Supplementary material for {}"): True, _named_like("{}: New results"): True,
    _named_like("Book review: {}"): True, _named_like("{} (Chapter 3)"): True, _named_like("{}, Vol. 3"): True,
    _named_like("{}: a rejoinder"): True, _named_like("Retraction: {}"): True, _named_like("A survey of {}"): True,
    opposite: True, other_number: True, namesakes: True, word_added: True,
    _named_like("{} — Extended abstract"): True, _named_like("Discussion of “{}”"): True,
    _named_like("Appendix to: {}"): True, _named_like("Note on “{}”"): True, _named_like("Ответ на: {}"): True,
    _named_like("Commentaire sur « {} »"): True, _named_like("Publisher Correction: {}"): True,
    _named_like("Expression of concern: {}"): True, _named_like("{} in practice"): True,
    _named_like("{} with applications"): True, _named_like("{}. III. Numerical examples"): True,
    _named_like("{}: Third edition"): True, _named_like("{} for mobile devices"): True,
    _named_like("Part I: {}"): True, _named_like("{} (Discussion)"): True, _named_like("Anti-{}"): True,
    half_of_another: True,
    parts_swapped: False, word_lost_by_others: False, first_author_alone: False,
    _named_like("Comments on the paper “{}”"): False, _named_like("{} (reply)"): False,
    _named_like("{}. 2. Theory"): False, _named_like("{}, 2nd edition"): False, _named_like("{}: The sequel"): False,
    _named_like("Errata for {}"): False, _named_like("Solutions to {}"): False, _named_like("Corrección: {}"): False,
}  # fmt: skip
"""Trap to whether the development half has it; the held-out half has all."""
