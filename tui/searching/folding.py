"""One spelling for what is indexed and for what is searched, in every script.

SQLite's tokenizer takes runs of letters and digits for words. Scripts without blanks between words are therefore
taken apart into characters, so that a word is a phrase of its characters; Korean into syllables, each spelled in
letters, so that an unfinished syllable is the beginning of a finished one. Arabic loses vowel signs and the article
and has its variant letters unified (as Larkey, Ballesteros and Connell's light stemmer does). A Greek letter by
itself is a symbol and goes by its name, so that ``alpha`` finds ``$\\alpha$``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tui.text import fold

GREEK = "\u0370-\u03ff\u1f00-\u1fff"
ARABIC = "\u0600-\u06ff"
SINGLE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Han: what has no blanks between words."""
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"

_NAMES = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
# The letter first, then what stands before it: that is five times as fast.
_SYMBOL = f"[{''.join(_NAMES)}](?<![{GREEK}].)(?![{GREEK}])"
_APART = f"[{SINGLE}]|[\u1100-\u115f\ua960-\ua97f][\u1160-\u11ff]*"
_SPECIAL = f"[{GREEK}{ARABIC}{SINGLE}{HANGUL}]"
_SOME_ARABIC = f"[{ARABIC}]"
# Letters that are written for one another, vowel signs that do not combine, and two sets of digits.
_ARABIC = {0x0649: "ي", 0x06CC: "ي", 0x06D2: "ي", 0x06A9: "ك", 0x0629: "ه", 0x06C0: "ه", 0x06C1: "ه", 0x06BE: "ه",
           0x0671: "ا", 0x0640: None}  # fmt: skip
_ARABIC |= {start + digit: str(digit) for start in (0x0660, 0x06F0) for digit in range(10)}
_ARTICLE = r"(?:[وفبك]?ال|لل)"
_LETTER = "[\u0620-\u064a]"
# The article is dropped where a word of three letters is left; as often as it stands there, so that once is enough.
_WITH_ARTICLE = f"(?<![{ARABIC}])(?:{_ARTICLE})+(?={_LETTER}{{3}})"
_SHORT = f"{_ARTICLE}({_LETTER}{{1,2}})"
_TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8)
def _pattern(text: str) -> re.Pattern[str]:
    """Return what *text* matches: compiled when it is needed, for classes so wide take 10 ms of a start."""
    return re.compile(text)


def plain(text: str) -> str:
    """Return *text* as it is indexed: folded, and in every script with blanks where words are to be told apart.

    Applying it twice changes nothing but blanks.
    """
    if text.isascii():
        return text.lower()
    text = fold(text)
    return text if text.isascii() or not _pattern(_SPECIAL).search(text) else _respelled(text)


def _respelled(text: str) -> str:
    text = _pattern(_SYMBOL).sub(lambda match: f" {_NAMES[match[0]]} ", text)
    if _pattern(_SOME_ARABIC).search(text):
        text = _pattern(_WITH_ARTICLE).sub("", text.translate(_ARABIC))
    return _pattern(_APART).sub(r" \g<0> ", text)


def tokens(text: str) -> str:
    """Return the words of *text* as they are searched for, with one blank between each; empty where it has none."""
    return " ".join(_TOKEN.findall(plain(text)))


def spellings(word: str) -> tuple[str, ...]:
    """Return what the beginning *word* of a word may stand for in the index.

    Of Arabic it is not known while it is typed whether the article will be dropped: ``الك`` can become ``الكتاب``.
    """
    short = _pattern(_SHORT).fullmatch(word)
    return (word, short[1]) if short else (word,)
