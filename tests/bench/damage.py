"""What lists do to titles and authors, drawn anew for each work.

``DAMAGES`` says which of them the development half has; what is for the held-out half alone was never used while the
gates were made.
"""

from __future__ import annotations

import html
import re
import string
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.bench.records import Work
from tui.matching import Wanted

Damage = Callable[[Random, Work, Wanted], Wanted | None]

_LITTLE = re.compile(r"a|an|the|of|in|on|for|and|to|with|by|from|at|as|is|are|und|der|die|das|de|la|le|les", re.I)


def words_of(title: str) -> list[str]:
    return title.split()


def telling(words: list[str]) -> list[int]:
    long = [n for n, word in enumerate(words) if len(word.strip(string.punctuation)) > 3]
    return [n for n in long if not _LITTLE.fullmatch(words[n])]


def _titled(wanted: Wanted, title: str | None) -> Wanted | None:
    return replace(wanted, title=title) if title and title != wanted.title else None


def case(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, rng.choice([str.upper, str.lower, str.title])(work.title))


def _slip(rng: Random, title: str) -> str | None:
    words = words_of(title)
    places = [n for n, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not places:
        return None
    place = rng.choice(places)
    word, at = words[place], rng.randrange(1, len(words[place]) - 1)
    letter = rng.choice(string.ascii_lowercase)
    words[place] = rng.choice([
        word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ])  # fmt: skip
    return " ".join(words)


def typo(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, _slip(rng, work.title))


def two_typos(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    first = _slip(rng, work.title)
    return _titled(wanted, _slip(rng, first) if first else None)


def subtitle_cut(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    head, colon, _ = work.title.partition(": ")
    return _titled(wanted, head) if colon and len(head) > 3 else None


def ellipsis(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    keep = max(30, int(len(work.title) * rng.uniform(0.55, 0.9)))
    if keep >= len(work.title) - 3:
        return None
    return _titled(wanted, work.title[:keep].rstrip() + rng.choice(["…", "...", " ..."]))


def tag(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    label = rng.choice(["(Spotlight)", "(Oral)", "[Poster]", "(Best Paper Award)"])
    return _titled(wanted, rng.choice([f"{work.title} {label}", f"{label} {work.title}"]))


def venue_behind(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, f"{work.title} ({rng.choice(['ICLR 2021', 'NeurIPS', 'ACL 2023', 'CVPR 2019'])})")


def dropped_word(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    words = words_of(work.title)
    places = telling(words)
    if len(words) < 5 or not places:
        return None
    del words[rng.choice(places)]
    return _titled(wanted, " ".join(words))


def dropped_article(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    words = words_of(work.title)
    places = [n for n, word in enumerate(words) if _LITTLE.fullmatch(word)]
    if not places:
        return None
    del words[rng.choice(places)]
    return _titled(wanted, " ".join(words))


def doubled_word(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    words = words_of(work.title)
    place = rng.randrange(len(words))
    return _titled(wanted, " ".join([*words[:place], words[place], *words[place:]]))


def plural(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    words = words_of(work.title)
    places = [n for n in telling(words) if words[n].isalpha() and words[n].islower()]
    if not places:
        return None
    place = rng.choice(places)
    words[place] = words[place][:-1] if words[place].endswith("s") else words[place] + "s"
    return _titled(wanted, " ".join(words))


def hyphens(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    if "-" in work.title:
        return _titled(wanted, work.title.replace("-", rng.choice([" ", "", "–"])))
    return _titled(wanted, work.title.replace(" ", "-", 1))


def blank_lost(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    blanks = [n for n, sign in enumerate(work.title) if sign == " "]
    if not blanks:
        return None
    place = rng.choice(blanks)
    return _titled(wanted, work.title[:place] + work.title[place + 1 :])


def colon_changed(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, work.title.replace(": ", rng.choice([" - ", ". ", " — ", " "])))


def residue(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    words = words_of(work.title)
    place = rng.randrange(len(words))
    form = rng.choice(["<i>{}</i>", "{{{}}}", "\\emph{{{}}}"])
    words[place] = form.format(html.escape(words[place]))
    return _titled(wanted, " ".join(words))


def without_accents(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    def plain(text: str) -> str:
        return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))

    changed = replace(wanted, title=plain(work.title), authors=tuple(map(plain, wanted.authors)))
    return changed if changed != wanted else None


def british(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    title = work.title
    for one, other in (("ization", "isation"), ("izing", "ising"), ("eling", "elling"), ("avior", "aviour")):
        title = title.replace(one, other)
    return _titled(wanted, title)


def words_swapped(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    words = words_of(work.title)
    if len(words) < 6:
        return None
    place = rng.randrange(len(words) - 1)
    words[place], words[place + 1] = words[place + 1], words[place]
    return _titled(wanted, " ".join(words))


def cut_in_a_word(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, work.title[:-2]) if len(work.title) > 40 and work.title[-4:].isalpha() else None


def footnote(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, work.title + rng.choice(["*", "†", " ⭐", ".", " 🔥"]))


def no_authors(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return replace(wanted, authors=(), more_authors=0)


def no_year(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return replace(wanted, year=None) if wanted.year else None


def title_alone(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return replace(wanted, year=None, authors=(), more_authors=0)


def initial(name: str) -> str:
    words = name.split()
    return " ".join([*(f"{word[0]}." for word in words[:-1]), words[-1]]) if len(words) > 1 else name


def initials(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _named(wanted, tuple(map(initial, work.authors)))


def _named(wanted: Wanted, authors: tuple[str, ...]) -> Wanted | None:
    return replace(wanted, authors=authors) if authors and authors != wanted.authors else None


def surnames(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _named(wanted, tuple(name.split()[-1] for name in work.authors))


def turned_names(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    turned = [f"{name.split()[-1]}, {' '.join(name.split()[:-1])}" if " " in name else name for name in work.authors]
    return _named(wanted, tuple(turned))


def middle_names(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _named(wanted, tuple(" ".join((n.split()[0], n.split()[-1])) if " " in n else n for n in work.authors))


def other_order(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _named(wanted, tuple(sorted(work.authors, key=lambda name: name.split()[-1]))) if work.authors else None


def first_author(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    more = len(work.authors) - 1 + work.more
    return replace(wanted, authors=(initial(work.authors[0]),), more_authors=more) if more and work.authors else None


def preprint_year(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return replace(wanted, year=work.year - rng.randrange(1, 4)) if work.year else None


def author_missing(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _named(wanted, wanted.authors[:-1]) if len(wanted.authors) > 2 else None


def slip_and_initials(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    slipped = typo(rng, work, wanted)
    return initials(rng, work, slipped) if slipped else None


def cut_and_first_author(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    cut = ellipsis(rng, work, wanted)
    return first_author(rng, work, cut) if cut else None


def as_printed(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return wanted


def numbered(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, f"{rng.randrange(1, 40)}{rng.choice(['. ', ') ', ': '])}{work.title}")


def quoted(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    opened, closed = rng.choice(['""', "“”", "«»", "‘’", "**"])
    return _titled(wanted, f"{opened}{work.title}{closed}")


def ampersand(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, re.sub(r"\band\b", "&", work.title))


def ligatures(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, work.title.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"))


def broken_word(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    words = words_of(work.title)
    long = [n for n, word in enumerate(words) if len(word) > 7 and word.isalpha()]
    if not long:
        return None
    place = rng.choice(long)
    words[place] = f"{words[place][:4]}- {words[place][4:]}"
    return _titled(wanted, " ".join(words))


def identifier_behind(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(
        wanted, f"{work.title} {rng.choice(['[arXiv:2101.01234]', '(arXiv 2101.01234)', '[PDF]', '[code]'])}"
    )


def cut_at_a_length(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, f"{work.title[:57]}...") if len(work.title) > 64 else None


def first_author_missing(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _named(wanted, wanted.authors[1:]) if len(wanted.authors) > 2 else None


def names_in_capitals(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _named(wanted, tuple(name.upper() for name in wanted.authors))


def year_behind(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return replace(wanted, title=f"{work.title} ({work.year})") if work.year else None


def all_at_once(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    changed = first_author(rng, work, replace(wanted, title=work.title.lower()))
    return preprint_year(rng, work, changed) if changed else None


def two_authors(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    more = len(work.authors) - 2 + work.more
    return replace(wanted, authors=wanted.authors[:2], more_authors=more) if len(work.authors) > 3 else None


def published_later(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return replace(wanted, year=work.year + 1) if work.year else None


def without_punctuation(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(
        wanted, " ".join("".join(" " if sign in string.punctuation else sign for sign in work.title).split())
    )


def all_words_run_together(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    return _titled(wanted, "_".join(words_of(work.title)))


def vowel_lost(rng: Random, work: Work, wanted: Wanted) -> Wanted | None:
    places = [n for n, sign in enumerate(work.title) if sign in "aeiou" and n > 3]
    place = rng.choice(places or [0])
    return _titled(wanted, work.title[:place] + work.title[place + 1 :]) if places else None


DAMAGES: dict[Damage, bool] = {
    as_printed: True, case: True, typo: True, subtitle_cut: True, ellipsis: True, tag: True, dropped_word: True,
    dropped_article: True, plural: True, hyphens: True, no_authors: True, initials: True, surnames: True,
    other_order: True, first_author: True, preprint_year: True, residue: True,
    two_typos: True, venue_behind: True, doubled_word: True, blank_lost: True, colon_changed: True,
    without_accents: True, british: True, words_swapped: True, cut_in_a_word: True, footnote: True,
    no_year: True, title_alone: True, turned_names: True, middle_names: True, author_missing: True,
    slip_and_initials: True, cut_and_first_author: True,
    numbered: True, quoted: True, ampersand: True, ligatures: True, broken_word: True, identifier_behind: True,
    cut_at_a_length: True, first_author_missing: True, names_in_capitals: True, year_behind: True,
    all_at_once: True,
    two_authors: False, published_later: False, without_punctuation: False, all_words_run_together: False,
    vowel_lost: False,
}  # fmt: skip
"""Damage to whether the development half has it; the held-out half has all."""
