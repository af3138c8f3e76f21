"""The words that citation keys are made of: those of a title that say something, and the short names of venues."""

from __future__ import annotations

import re

from tui.exports.nouns import FUNCTION_WORDS
from tui.exports.prose import Span
from tui.exports.reading import read
from tui.exports.romanised import romanised
from tui.exports.words import words
from tui.key_pattern import Part
from tui.model import Record
from tui.patterns import later

_WORD = later(r"[A-Za-z0-9](?:[A-Za-z0-9'-]*[A-Za-z0-9])?")
_LONGEST = 40
_MOST_SAID = 10
"""More authors than these cannot be words of the title as well."""

_ARTICLES = words("le la les un une der die das ein eine el los las il gli")
"""Articles that no English title means as words."""

_FOREIGN = (
    # French, German, Spanish and Portuguese, Italian, Dutch, the Scandinavian languages; without accents.
    words(
        """
        le la les l un une des du de d et en au aux a sur pour par dans avec sans sous entre vers chez ce cette ces son
        sa ses leur leurs que qui ou est sont se ne pas plus comme
        """
    ),
    words(
        """
        der die das den dem des ein eine einen einem einer eines und oder fur von vom zu zum zur mit ohne im in am an
        auf aus bei beim uber unter durch gegen nach vor als wie ist sind nicht sich
        """
    ),
    words(
        """
        el la los las lo un una unos unas de del al y e o u en para por con sin sobre entre como que se su sus es son
        os as um uma uns umas do da dos das em no na nos nas com sem ao aos
        """
    ),
    words(
        """
        il lo la i gli le l un uno una di del dello della dei degli delle da dal dalla e ed o in nel nello nella con per
        su sul sulla tra fra che non come
        """
    ),
    words("de het een van voor en met in op aan bij naar uit over door tussen zijn is niet als te ter ten"),
    words("och en ett av i pa for med till om som den det de og et til der ved fra ikke"),
)
_ENGLISH_TOO = words(
    """
    a an am as at con com come d den des die do door dos e en est i in is l la met no o over par per plus ser sin son
    sur te ten un uno van y
    """
)
"""Words of the tables that English titles have too: they tell nothing of a title's language."""

_TELLING = frozenset[str]().union(*_FOREIGN) - _ENGLISH_TOO

_ELIDED = later(r"^(?:[dljmnst]|qu|dell|nell|dall|sull|all|un)'(?=[a-z]{2})")

_SERIES = {
    "neural information processing systems": "neurips",
    "international conference on machine learning": "icml",
    "international conference on learning representations": "iclr",
    "computer vision and pattern recognition": "cvpr",
    "international conference on computer vision": "iccv",
    "european conference on computer vision": "eccv",
    "winter conference on applications of computer vision": "wacv",
    "north american chapter of the association for computational linguistics": "naacl",
    "european chapter of the association for computational linguistics": "eacl",
    "findings of the association for computational linguistics": "findings",
    "transactions of the association for computational linguistics": "tacl",
    "annual meeting of the association for computational linguistics": "acl",
    "empirical methods in natural language processing": "emnlp",
    "conference on computational natural language learning": "conll",
    "international conference on computational linguistics": "coling",
    "language resources and evaluation": "lrec",
    "international joint conference on artificial intelligence": "ijcai",
    "aaai conference on artificial intelligence": "aaai",
    "artificial intelligence and statistics": "aistats",
    "uncertainty in artificial intelligence": "uai",
    "conference on learning theory": "colt",
    "conference on robot learning": "corl",
    "conference on language modeling": "colm",
    "knowledge discovery and data mining": "kdd",
    "acoustics, speech and signal processing": "icassp",
    "human factors in computing systems": "chi",
    "transactions on pattern analysis and machine intelligence": "tpami",
    "transactions on machine learning research": "tmlr",
    "journal of machine learning research": "jmlr",
    "proceedings of the national academy of sciences": "pnas",
}
"""What a venue's name holds, and how its readers call it; the more particular first."""

_ACRONYM = later(r"\(([A-Z][A-Za-z]{0,11}[A-Z]s?)\b[^()]{0,12}\)")
_NUMBERING = later(r"\b(?:\d+(?:st|nd|rd|th)?|vol(?:ume)?|no)\b\.?|[’'`]\d\d\b", re.IGNORECASE)
_OF_VENUES = words("proceedings proc annual meeting workshop conference international advances conf int")


def title_words(record: Record, part: Part) -> list[str]:
    """Return the words of the title that say something, in their own case; of a long compound its first part."""
    title = record.title or ""
    prose = read(title)
    said = prose.text
    if prose.spans:
        said = "".join(char if (span := prose.span(char)) is None else _said(span) for char in said)
    said = romanised(said, part.german)
    found = _WORD.findall(said)
    if part.every:
        found = [word.replace("'", "").replace("-", "") for word in found]
        return [word[:_LONGEST] for word in found if word.lower() not in part.skip]
    foreign = _foreign(found) if "'" in said or not _TELLING.isdisjoint(map(str.lower, found)) else frozenset[str]()
    # One may have stood in for the author, or equal the author's name.
    enough = part.last + _MOST_SAID if part.last else len(found)
    telling, letters = list[str](), list[str]()
    for word in found:
        if not _says_nothing(word, foreign, part.skip):
            head = _head(word)
            (telling if len(head) > 1 else letters).append(head)
            if len(telling) == enough:
                break
    # A letter alone says less than any word; a title of figures and small words alone has nothing else to be called by.
    return telling or letters or [_plain(word) for word in _WORD.findall(romanised(title, part.german))][:2]


def _said(span: Span) -> str:
    """Return what a title's word says by a style; a formula parts the words beside it."""
    return " " if span.math else span.plain


def _foreign(found: list[str]) -> frozenset[str]:
    """Return the stop words of the language, other than English, that a title's words are evidently of; or none."""
    # "MIT" is no German word.
    lower = {word.lower() for word in found if len(word) == 1 or not word.isupper()}
    tables = [table for table in _FOREIGN if _hits(lower, table) and _hits(lower, table) >= _english(lower, table)]
    return max(tables, key=lambda table: _hits(lower, table), default=frozenset())


def _hits(found: set[str], table: frozenset[str]) -> int:
    elided = any(_ELIDED.match(word) for word in found) and "l" in table
    return len((found & table) - _ENGLISH_TOO) + elided


def _english(found: set[str], table: frozenset[str]) -> int:
    return len((found & FUNCTION_WORDS) - table)


def _says_nothing(word: str, foreign: frozenset[str], skip: frozenset[str]) -> bool:
    plain = word.lower().replace("'", "")
    if plain in FUNCTION_WORDS or plain in _ARTICLES or plain in skip or plain.isdigit():
        return True
    return plain in foreign and (len(word) == 1 or not word.isupper())


def _head(word: str) -> str:
    """Return the first part of a compound, and ``L'apprentissage`` as apprentissage; ``Newton's`` is one word."""
    if "'" in word:
        match = _ELIDED.match(word.lower())
        word = (word[match.end() :] if match else word).replace("'", "")
    if "-" not in word:
        return word[:_LONGEST]
    head, *rest = word.split("-")
    while rest and len(head) < 3:
        head += rest.pop(0)
    return head[:_LONGEST]


def _plain(word: str) -> str:
    return word.replace("'", "").replace("-", "")[:_LONGEST]


def venue_words(record: Record, part: Part) -> list[str]:
    """Return the short name of the venue as one word; where *part* counts words or letters, the words of its name."""
    venue = romanised(read(record.venue or "").plain, part.german)
    if not venue:
        return ["arXiv"] if record.arxiv and not part.counted else []
    if not (part.counted or part.initials) and (known := _short(venue)):
        return [known]
    named = _NUMBERING.sub(" ", re.sub(r"\([^()]*\)", " ", venue))
    found = [_plain(word) for word in _WORD.findall(named) if not word.isdigit()]
    telling = [word for word in found if word.lower() not in FUNCTION_WORDS and word.lower() not in _ARTICLES]
    if part.counted or part.initials or len(telling) <= 1:
        return telling
    letters = [word for word in telling if word.lower() not in _OF_VENUES] or telling
    return ["".join(word if word.isupper() and len(word) < 6 else word[0].upper() for word in letters)]


def _short(venue: str) -> str | None:
    """Return the name by which its readers call *venue*: known, or in brackets behind the long one."""
    lower = venue.lower()
    if known := next((short for name, short in _SERIES.items() if name in lower), None):
        return known
    match = _ACRONYM.search(venue)
    return match[1] if match else None
