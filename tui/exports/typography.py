"""Characters brought to the ones that are meant: quotes that open and close, dashes, ligatures, invisible signs."""

from __future__ import annotations

import re
import unicodedata

from tui.exports.symbols import LETTERS, MARKS, math_form, text_form
from tui.patterns import later

_PLAIN = later(r"[A-Za-z0-9 ,.:;?!()/+*=À-ÖØ-öø-ſ\[\]-]*")
# Joiners and variation selectors choose a glyph; 8-bit TeX has neither glyph. Frames of emoji likewise.
_INVISIBLE = later("[\u200c\u200d\ufe00-\ufe0f\ufffc\u20d0-\u20f0\U000e0100-\U000e01ef]")
_SAME = str.maketrans({"‐": "-", "‑": "-", "⁃": "-", "‒": "–", "―": "—", "’": "'", "ʼ": "'", "‛": "‘", "ʻ": "‘",
                       "‟": "“", "⁄": "/", "∕": "/", "\ufffd": "?", "‚": ",", "„": "“", "‥": "..", "․": ".",
                       "´": "'", "˜": "~", "\n": " "})  # fmt: skip
_ASCII_QUOTE = later(r'"')
_QUOTED = later(r"(?<![\w'])'(?=\w)([^'‘]{1,80})(?<=[\w.!?,])'(?!\w)")
_TEX_QUOTED = later(r"`([^`'‘\s][^`'‘]{0,80})'")
_TIE = later(r"(?<=[\w.])~(?=[\w\U00100000-\U0010ffff])")
_OPENS_AFTER = " ([{-–—/“‘¿¡"
_MARKED = later(r"(?:^|[^\u0300-\u036f])[\u0300-\u036f]+", re.DOTALL)
_UNUSUAL = later(r"[^\x00-\x7f]")


def typeset(text: str) -> str:
    """Return *text* as a typesetter would set it. Applying it twice changes nothing."""
    if "--" not in text and "  " not in text and _PLAIN.fullmatch(text):
        return text
    # Composing comes first: what it gives may be a sign that stands for another.
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_SAME)
    if not text.isascii():
        text = _MARKED.sub(lambda match: _marked(match[0]), unicodedata.normalize("NFC", text))
        text = _UNUSUAL.sub(lambda match: _usual(match[0]), text)
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    text = _TEX_QUOTED.sub(r"‘\1'", text)
    text = _TIE.sub(" ", text)
    text = _ASCII_QUOTE.sub(lambda match: _quote(text, match.start()), text)
    text = _QUOTED.sub(r"‘\1'", text)
    return re.sub(r"  +", " ", text).strip() if text != " " else text


def _marked(cluster: str) -> str:
    """Return a letter with the marks that no composed character has, as far as TeX can set them on it."""
    base, *marks = list(unicodedata.normalize("NFD", cluster))
    base = {"ı": "i", "ȷ": "j"}.get(base, base)
    if (base.isascii() and base.isalpha()) or base in LETTERS.values():
        cluster = base + "".join(mark for mark in marks if mark in MARKS)
        return unicodedata.normalize("NFC", cluster)
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", cluster))


def _quote(text: str, at: int) -> str:
    return "“" if at == 0 or text[at - 1] in _OPENS_AFTER else "”"


def _usual(char: str) -> str:
    """Return the usual characters for a presentation form: ﬁ as fi, Ⅳ as IV, ２ as 2, ⅓ as 1/3."""
    if char.isalpha() and unicodedata.decomposition(char)[:1] != "<":
        return char
    plain = unicodedata.normalize("NFKC", char).replace("⁄", "/").replace("−", "-")
    if plain == char or not plain.isascii() or text_form(char) or math_form(char):
        return char
    # A small figure is set small; Chinese punctuation of full width belongs to its script.
    if unicodedata.decomposition(char).startswith(("<super>", "<sub>")):
        return char
    return plain if plain.strip() and (plain[0].isalnum() or char not in "，。：；！？（）") else char
