"""Names as BibTeX reads them: people as ``von Last, Jr, First``, organisations in braces of their own.

The parts are those of BibTeX's manual ("Help On BibTeX Names" by Nicolas Markey, "Tame the BeaST", section 11, has
the rules in full).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tui.exports.prose import Span
from tui.exports.reading import read
from tui.exports.words import words
from tui.patterns import later
from tui.text import shown

_PARTICLES = words(
    """
    van von vom zum zur zu der den dem de del della dei degli des do dos da das di du d la le les lo los las
    ter ten te tot op 't 's af av til el al bin ibn bint ben abu ap e y
    """
)
_CAPITAL_PARTICLES = words(
    """
    Van Von Vander De Der Den Del Della Di Da Dos Du La Le Ter Ten El Al Ben Bin Ibn St. Saint
    """
)
# Among these families Van, Le, Di and Da are names that are given.
_NOT_AFTER_PARTICLE = words(
    """
    Nguyen Nguyễn Tran Trần Le Lê Pham Phạm Hoang Hoàng Phan Vu Vũ Vo Võ Dang Đặng Bui Bùi Do Đỗ Ho Hồ Ngo Ngô
    Duong Dương Ly Lý Dinh Đinh Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao
    Luo
    """
)
_SUFFIX = later(r"(?:jr|sr|jnr|snr)\.?|junior|senior|ii|iii|iv|2nd|3rd", re.IGNORECASE)
_DEGREE = later(r"ph\.?\s?d\.?|m\.?d\.?|m\.?sc\.?|b\.?sc\.?|dr\.?|prof\.?|esq\.?", re.IGNORECASE)
_TITLES = later(r"(?:prof\.? dr|dr|prof|professor|mr|mrs|ms)\.?\s+(?=\w+\W+\w)", re.IGNORECASE)
_ORGANISATION = later(
    r"\b(?:Collaborations?|Consortium|Consortia|Team|Group|Inc|Ltd|LLC|GmbH|Corp|Corporation|University|Université"
    r"|Universität|Universidad|Institute|Institut|Instituto|Organi[sz]ation|Committee|Society|Association|Foundation"
    r"|Department|Ministry|Agency|Commission|Council|Project|Network|Initiative|Laboratory|Laboratories|Labs?|Workshop"
    r"|Research|Center|Centre|Bureau|Alliance|Company|Investigators|Developers|Contributors|Task Force|Federation"
    r"|DeepMind)\b(?!-)"
)
# There are people called Press and College; of an organisation the word is one of three or more.
_MAY_BE_ORGANISATION = later(
    r"\b(?:School|College|Academy|Hospital|Office|Museum|Library|Press|Union|Community|Authors)\b(?!-)"
)
_HOUSES = words(
    """
    Google OpenAI Microsoft Meta NVIDIA Nvidia Anthropic DeepMind IBM Amazon Apple Alibaba Tencent Baidu
    """
)
_OTHERS = later(r"(?:and\s+)?(?:et\.?\s*al\.?|others|and others)\.?", re.IGNORECASE)
_AND_OTHERS = later(r",? ?(?:\band )?\bet\.? al\b\.?|,? ?\band others$", re.IGNORECASE)
_COMMON = later(r"([A-ZÀ-ÖØ-Þ][a-zß-öø-ſ]+(?: [A-Z]\.)?) ([A-ZÀ-ÖØ-ÞŁŠŽŚĆČ][a-zß-öø-ſ]+)")
_ADDRESSES = frozenset(["Dr", "Prof", "Professor", "Mr", "Mrs", "Ms", "By", "And", "Et"])
_AND = later(r"\s(?:and|&)\s", re.IGNORECASE)
_MARKS = later(r"[*†‡§¶#∗⁎]+|[⁰¹²³⁴-⁹]+|\[[^\[\]]{0,40}\]|(?<!\s)\s++\d{4}$|(?<=\w)\d{1,2}$")
_INITIALS = later(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
_ASIAN = later(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
_NOBODY = words("none null nan unknown n/a na undefined - -- ? [none] todo tba author authors") | {
    "",
    "unknown author",
    "anonymous author",
    "not available",
}


@dataclass(frozen=True, slots=True)
class Name:
    """One author or editor in BibTeX's parts; an organisation is all ``last`` and ``whole``."""

    last: str
    first: str = ""
    von: str = ""
    suffix: str = ""
    whole: bool = False

    @property
    def family(self) -> str:
        """The family name with its particles."""
        return f"{self.von} {self.last}".strip()


def people(authors: Iterable[str]) -> tuple[tuple[Name, ...], bool]:
    """Return the names in *authors* (``Given Family`` or ``Family, Given``), and whether others are left unnamed."""
    found: list[Name] = []
    more = False
    for author in authors:
        names, others = _parsed(author)
        found += names
        more = more or others
    return tuple(found), more


@lru_cache(maxsize=32768)
def _parsed(author: str) -> tuple[tuple[Name, ...], bool]:
    # Nine of ten names need no more than this.
    if (match := _COMMON.fullmatch(author)) and not _is_organisation(author) and match[1] not in _ADDRESSES:
        return (Name(match[2], match[1]),), False
    prose = read(author)
    text = "".join(_word_of(prose.span(char)) or char for char in prose.text)
    if ";" in text:
        several = [_parsed(part) for part in text.split(";")]
        return tuple(name for names, _ in several for name in names), any(more for _, more in several)
    named = _AND_OTHERS.sub("", text)
    more = named != text
    text = _tidy(named)
    if _OTHERS.fullmatch(text) or text.lower() in _NOBODY or not any(char.isalnum() for char in text):
        return (), more or bool(_OTHERS.fullmatch(text))
    return tuple(_name(part) for each in _joined(text) if (part := _worded(each))), more


def _word_of(span: Span | None) -> str:
    """Return what a name says by a formula or a style; a name is words alone."""
    return (shown(f"${span.plain}$") if span.math else span.plain) if span else ""


def _tidy(text: str) -> str:
    """Return one author's name without marks of affiliation, degrees, titles and punctuation round it."""
    if not _is_organisation(text):
        text = _MARKS.sub("", text)
        text = re.sub(r"(?:(?<!\s)\s++)?\([^()]*\)\s*$", "", text)
        text = _TITLES.sub("", text)
        text = re.sub(r"[\[\]{}<>|]", "", text)
    return re.sub(r"^(?:and|by)\s+(?=\w+ \w)|^[,.\s&]+|(?<![,\s&])[,\s&]++$", "", re.sub(r"\s+", " ", text)).strip()


def _worded(text: str) -> str:
    """Return a person's name without the words that are punctuation alone, which BibTeX drops and then misses."""
    if _is_organisation(text):
        return text
    parts = (" ".join(filter(_says, part.split())) for part in text.split(","))
    return ", ".join(filter(None, parts))


def _says(word: str) -> bool:
    """Return whether *word* is more than punctuation; "&" and "/" tell that a text names several."""
    return any(char.isalnum() or char in "&/" for char in word)


def _is_organisation(text: str) -> bool:
    if text.startswith("The ") or text.split(",")[0].split(" ")[0] in _HOUSES:
        return True
    if _MAY_BE_ORGANISATION.search(text) and text.count(" ") >= 2 and "," not in text and "." not in text:
        return True
    # "J. Center" and "Project, Anna" are people.
    return bool(_ORGANISATION.search(text)) and not re.fullmatch(r"(?:\w\. ?){1,6}\w+|\w+, \w+", text)


def _joined(text: str) -> list[str]:
    """Return the names that one string holds: two people may be joined, "Barnes and Noble" may not be split."""
    if _is_organisation(text):
        return [text]
    sides = _AND.split(text)
    if len(sides) > 1 and all(" " in side.strip() for side in sides):
        return [name for side in sides for name in _listed(side)]
    return [text] if len(sides) > 1 else _listed(text)


def _listed(text: str) -> list[str]:
    """Return the names of a list with commas; up to two commas belong to one name where its parts say so."""
    parts = [part.strip() for part in text.split(",") if any(char.isalnum() for char in part)]
    parts = [part for index, part in enumerate(parts) if not index or not _DEGREE.fullmatch(part)]
    if len(parts) <= 2 or (len(parts) == 3 and any(_SUFFIX.fullmatch(part) for part in parts[1:])):
        return [", ".join(parts)]
    if all(" " in part for part in parts):
        return parts
    if len(parts) % 2 == 0 and all(re.fullmatch(r"(?:\w\.?[ -]?){1,4}", part) for part in parts[1::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return [text]


def _name(text: str) -> Name:
    parts = [part.strip() for part in text.split(",")]
    words = text.split()
    if _is_organisation(text) or len(parts) > 3 or len(words) > 8 or re.search(r"\s(?:and|&)\s|[/:]", text):
        return Name(text, whole=True)
    if len(words) == 1:
        plain = text[:1].isupper() and text[1:].islower() and text.isalpha()
        return Name(text, whole=not plain)
    if len(parts) == 3:
        suffix = next((part for part in parts[1:] if _SUFFIX.fullmatch(part)), "")
        if not suffix:
            return Name(text, whole=True)
        return _inverted(parts[0], next(part for part in parts[1:] if part != suffix), suffix)
    if len(parts) == 2 and not _SUFFIX.fullmatch(parts[1]):
        return _inverted(parts[0], parts[1])
    return _direct(parts[0].split(), parts[1] if len(parts) == 2 else "")


def _direct(words: list[str], suffix: str) -> Name:
    """Return the name whose *words* stand as they are spoken."""
    if not suffix and len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if len(words) == 1:
        return Name(words[0], suffix=suffix, whole=not suffix)
    if all(_ASIAN.fullmatch(word) for word in words) and len(words) == 2 and len(words[0]) == 1 < len(words[1]):
        # Chinese and Korean put the family first, and most families have one character.
        return Name(words[0], words[1])
    at = _family_at(words)
    return _parted(words[at:], " ".join(words[:at]), suffix)


def _family_at(words: list[str]) -> int:
    """Return the word that the family name, particles included, begins with."""
    last = len(words) - 1
    at = last
    while at > 1 and (_is_particle(words[at - 1], words[last]) or (at > 2 and words[at - 1] == "i")):
        at -= 1
    if at < last and words[at] in ("y", "e", "i") and at > 1:
        # "de la Cruz y Ortega" is one family name, "Gaudí i Cornet" is another.
        at -= 1
        while at > 1 and words[at - 1] in _PARTICLES:
            at -= 1
        return at
    if at == last:
        # "de la Vallée Poussin", "van den Berg Smith": a run of particles opens a family of two words.
        runs = [index for index in range(1, last) if words[index] in _PARTICLES and index + 2 == last]
        if runs and words[last][:2] not in ("d'", "D'") and words[runs[0]] not in ("y", "e"):
            at = runs[0]
            while at > 1 and words[at - 1] in _PARTICLES:
                at -= 1
    if words[at] in ("y", "e") and at > 1:
        at -= 1
    return at


def _is_particle(word: str, family: str) -> bool:
    return word in _PARTICLES or (word in _CAPITAL_PARTICLES and family not in _NOT_AFTER_PARTICLE)


def _inverted(family: str, given: str, suffix: str = "") -> Name:
    """Return the name written ``Family, Given``; particles may stand behind the given name."""
    words, before = given.split(), list[str]()
    while len(words) > 1 and words[-1] in _PARTICLES:
        before.insert(0, words.pop())
    families = family.split()
    if not suffix and len(families) > 1 and _SUFFIX.fullmatch(families[-1]):
        suffix = families.pop()
    return _parted([*before, *families], " ".join(words), suffix)


def _parted(family: list[str], first: str, suffix: str) -> Name:
    count = 0
    while count < len(family) - 1 and family[count] in _PARTICLES and family[count] not in ("e", "y"):
        count += 1
    if re.fullmatch(r"jr|sr", suffix, re.IGNORECASE):
        suffix += "."
    return Name(" ".join(family[count:]), _INITIALS.sub(". ", first), " ".join(family[:count]), suffix)
