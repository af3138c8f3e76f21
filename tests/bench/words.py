"""The words of generated papers, from ``words.txt``: real ones, in lists, the frequent first; ``_`` is a blank."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")


def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = words = []
        else:
            words.extend(word.replace("_", " ") for word in line.split())
    return found


LISTS = _lists()
"""Each list of words by its name."""

FIELDS = 40
"""Fields of research, each with frequent words of its own: in 2 of 100 abstracts there is a graph, and not in 60."""

_PREFIXES = ("", "meta", "hyper", "multi", "inter", "sub", "micro", "cross", "co", "anti", "pre", "non")


class Zipf:
    """Draws of *words*, the n-th of them with a chance that falls as 1/n (Zipf, 1949)."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """Return *count* words."""
        return chance.choices(self._words, cum_weights=self._weights, k=count)


class Field:
    """The words of a field: some thousand nouns, of which it uses others often than its neighbours do."""

    def __init__(self, chance: random.Random) -> None:
        nouns, adjectives = LISTS["nouns"][:], LISTS["adjectives"][:]
        chance.shuffle(nouns)
        chance.shuffle(adjectives)
        self.nouns = Zipf([prefix + noun for prefix in _PREFIXES for noun in nouns])
        self.adjectives = Zipf(adjectives)


def sentences(chance: random.Random, field: Field, count: int) -> list[str]:
    """Return *count* sentences of a kind that abstracts of *field* have, 70 to 200 letters each."""
    return list(itertools.islice(_sentences(chance, field), count))


def _sentences(chance: random.Random, field: Field) -> Iterator[str]:
    verbs, effects = LISTS["verbs"], LISTS["effects"]
    while True:
        nouns, adjectives = field.nouns.draw(chance, 6), field.adjectives.draw(chance, 4)
        verb, effect, figure = chance.choice(verbs), chance.choice(effects), chance.randrange(2, 999)
        (a, b, c, d, e, f), (p, q, r, s) = nouns, adjectives
        yield f"We {verb} {p} {a} for {q} {b}, which {effect} the {c} of {r} {d} without {e} or {s} {f}."
        yield f"In {p} {a}, {b} {effect} {c} by a factor of {figure / 10} over {q} {d} on {figure} {r} {e}s."
        yield f"While the {a} of {p} {b} is well understood, its {q} {c} {effect} {d} only where {e} and {f} agree."
        yield f"Existing {p} {a} needs {q} {b}; ours {effect} {c} from {figure} {r} {d}s and their {e}."
        yield f"A {p} {a} of the {b} shows that {q} {c} {effect} {d}, and that {r} {e} does not follow from {f}."
        yield f"To this end, a {p} {a} is trained on {q} {b} together with {r} {c}, {d} and {s} {e}."
        yield f"We further {verb} how {p} {a} and {q} {b} interact, and find that {c} {effect} {r} {d} of {e}."
