"""When two entries speak of one paper, and what that paper is called.

A paper's id is its strongest identifier (``arxiv:2010.10915``), else a slug of its title or abstract with a check
sum. The rules here are strict on purpose: two rows for one paper are a nuisance, one row for two papers is a loss.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tui.identifiers import SCHEMES, same_address
from tui.model import Entry
from tui.model.noted import noted
from tui.patterns import later
from tui.text import fold, shown

_WORD = later(r"[^\W_]+")
_KINDS = frozenset(
    ["comment", "reply", "response", "erratum", "corrigendum", "addendum", "correction", "retraction", "rejoinder"]
)
_GENERATIONS = frozenset(["jr", "sr", "ii", "iii", "iv"])


def title_words(title: str) -> tuple[str, ...]:
    """Return the words of *title* as they are compared: folded, without punctuation, TeX or HTML.

    A title of signs alone, such as ``∂``, is its own word, and so is an accent over nothing; only a blank one has none.
    """
    plain = fold(shown(title)).strip() or title.strip()
    return tuple(_WORD.findall(plain)) or ((plain,) if plain else ())


def family_name(author: str) -> str:
    """Return the last word of the folded family name of *author* (``Given Family`` or ``Family, Given``).

    Particles stand before that word and generations (Jr., III) are passed over, so every spelling gives one name.
    """
    words = [word for word in _WORD.findall(fold(author.split(",")[0])) if word not in _GENERATIONS]
    return words[-1] if words else fold(author)


@noted
def paper_id(entry: Entry) -> str:
    """Return the id of the paper that *entry* speaks of, as far as the entry alone says."""
    for scheme in SCHEMES:
        if value := entry.identifiers.get(scheme):
            return f"{scheme}:{value}"
    if entry.title:
        words = title_words(entry.title) or (entry.title,)
        first = family_name(entry.authors[0]) if entry.authors else ""
        return "title:" + _named(words, " ".join((*words, first)))
    if entry.abstract:
        opening = _WORD.findall(fold(entry.abstract)) or [entry.abstract]
        return "text:" + _named(opening, abstract_key(entry.abstract))
    address = next((link.url for link in entry.links), "")
    return "link:" + _named(_WORD.findall(same_address(address).lower()), same_address(address))


def _named(words: Iterable[str], whole: str) -> str:
    slug = "-".join(word for word in list(words)[:6] if word.isascii())[:48].strip("-")
    check = hashlib.sha256(whole.encode()).hexdigest()[:8]
    return f"{slug}-{check}" if slug else check


_DROPPED = {code: None for code in range(0x80) if not chr(code).isalnum()}


def abstract_key(abstract: str) -> str:
    """Return the letters of the first 300 of *abstract*: sites break words and lines, and cut the end."""
    opening = fold(shown(abstract[:600]))
    # The same letters, a tenth of the time: this is asked of every entry that is taken in.
    return (opening.translate(_DROPPED) if opening.isascii() else "".join(_WORD.findall(opening)))[:300]


@noted
def clues(entry: Entry) -> tuple[str, ...]:
    """Return the words under which a paper's other mentions can be looked for; :func:`same_work` then decides."""
    found = [f"{scheme}:{value}" for scheme, value in entry.identifiers.items()]
    if entry.title:
        found.append("title:" + " ".join(title_words(entry.title)))
    if entry.abstract and len(key := abstract_key(entry.abstract)) >= 120:
        found.append("text:" + key[:120])
    if not found or not (entry.title or entry.abstract):
        found += ["link:" + same_address(link.url) for link in entry.links]
    return tuple(found)


def same_work(one: Entry, other: Entry) -> bool:
    """Return whether both entries speak of one paper.

    A shared identifier says so and a differing one of the same scheme denies it; else the whole titles must agree
    and the authors must not differ; an abstract that agrees from its first words on stands in for a missing title.
    """
    shared = set(one.identifiers) & set(other.identifiers)
    if any(one.identifiers[name] == other.identifiers[name] for name in shared):
        return True
    if shared:
        return False
    if one.title and other.title:
        return _same_title(one, other)
    if one.abstract and other.abstract:
        first, second = abstract_key(one.abstract), abstract_key(other.abstract)
        return min(len(first), len(second)) >= 120 and (first.startswith(second) or second.startswith(first))
    here, there = ({same_address(link.url) for link in each.links} for each in (one, other))
    return not (one.title or other.title or one.abstract or other.abstract) and bool(here & there)


def _same_title(one: Entry, other: Entry) -> bool:
    first, second = title_words(one.title or ""), title_words(other.title or "")
    if first != second or not first:
        return False
    if not (one.authors and other.authors):
        # "Introduction" by nobody is not the same as "Introduction" by somebody.
        return len(first) >= 4 and not _KINDS & set(first[:1])
    ours, theirs = ({family_name(name) for name in each.authors} for each in (one, other))
    return family_name(one.authors[0]) in theirs or family_name(other.authors[0]) in ours
