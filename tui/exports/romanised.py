"""Any text in ASCII, as citation keys need it: accents dropped, other alphabets in Latin letters as far as rules go.

Cyrillic follows ISO 9 and Greek ELOT 743, both without their marks; Hangul the Revised Romanization of Korea, kana
Unicode's own names. Chinese characters have no reading without a dictionary and are left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.patterns import later

_LETTERS = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
            "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ȷ": "j", "ŋ": "ng", "Ŋ": "Ng",
            "ħ": "h", "Ħ": "H", "ə": "a", "Ə": "A", "’": "'", "ʼ": "'", "ʻ": "'", "‐": "-", "‑": "-", "–": "-",
            "ĸ": "k", "ŧ": "t", "Ŧ": "T", "ƒ": "f"}  # fmt: skip
_CYRILLIC = (
    "а a б b в v г g ґ g д d е e є ie ё e ж zh з z и i і i ї i й i к k л l м m н n о o п p р r с s т t у u ў u ф f х kh"
    " ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю iu я ia ђ dj ј j љ lj њ nj ћ c џ dz ѓ g ќ k ѕ dz"
)
_GREEK = "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
_PAIRS = f"{_CYRILLIC} {_GREEK}".replace("_", "").split(" ")
_LATIN = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_GREEK_PAIRS = {"ου": "ou", "γγ": "ng", "γξ": "nx", "γχ": "nch"}
_GREEK_PAIR = later("|".join(_GREEK_PAIRS), re.IGNORECASE)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_VOWELS = ("a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
           "eu", "ui", "i")  # fmt: skip
_FINALS = ("", "k", "k", "k", "n", "n", "n", "t", "l", "l", "l", "l", "l", "l", "l", "l", "m", "p", "p", "t", "t",
           "ng", "t", "t", "k", "t", "p", "t")  # fmt: skip


def romanised(text: str, german: bool = False) -> str:
    """Return *text* in ASCII; *german* writes ä, ö and ü with an e behind. What has no Latin form is left out."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if german:
        text = text.translate(_GERMAN)
    return "".join(char if char.isascii() else _latin(char) for char in _GREEK_PAIR.sub(_pair, _bare_greek(text)))


def _bare_greek(text: str) -> str:
    """Return *text* with its Greek letters bare of accents, so that pairs of them are seen."""
    return "".join(_base(char) if "\u0370" <= char <= "\u03ff" or "\u1f00" <= char <= "\u1fff" else char
                   for char in text)  # fmt: skip


def _base(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    # A diaeresis says that two letters are no pair.
    return char if "\u0308" in parts else parts[0]


def _pair(match: re.Match[str]) -> str:
    latin = _GREEK_PAIRS[match[0].lower()]
    return latin if match[0][0].islower() else latin.capitalize()


@lru_cache(maxsize=8192)
def _latin(char: str) -> str:
    """Return what stands for *char*, which is not ASCII."""
    if known := _one_letter(char):
        return known
    if "\uac00" <= char <= "\ud7a3":
        vowels, final = divmod(ord(char) - 0xAC00, 28)
        initial, vowel = divmod(vowels, 21)
        return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]
    if "\u3041" <= char <= "\u30fa":
        return _kana(char)
    parts = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)]
    plain = "".join(part if part.isascii() else _one_letter(part) for part in parts)
    # A letter of another script separates nothing; every other sign ends a word.
    return plain if plain or char.isalnum() else " "


def _kana(char: str) -> str:
    """Return the syllable by which Unicode names a sign of kana: ``HIRAGANA LETTER KA``."""
    name = unicodedata.name(char, "")
    return name.rpartition(" ")[2].lower() if " LETTER " in name else ""


def _one_letter(char: str) -> str:
    lower = char.lower()
    latin = _LATIN.get(lower)
    if latin is not None:
        return latin if char == lower else latin.capitalize()
    return _LETTERS.get(char, "")
