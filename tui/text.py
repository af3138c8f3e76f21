"""Untrusted text made safe, and LaTeX or HTML residue made readable.

:func:`clean` is the gate that every string from outside passes once, at the model's edge. :func:`shown` is what a
pane prints in place of a cleaned string that still carries TeX or HTML. Neither knows anything of terminals or
widgets; a cleaned string may still hold brackets, which widgets must get as ``Content``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from tui.patterns import later

MAX_CHARS = 200_000
"""The longest text kept of one field: a longer one is no abstract, and costs every later step."""

MAX_TEX = 3_000
"""TeX's characters in one text beyond which it is shown as written: no abstract has them, and each costs 0.1 ms."""

MAX_MARKS = 8
"""Combining marks kept on one letter; Vietnamese and vocalised Arabic need three, "zalgo" uses dozens."""

# ECMA-48 sequences as a terminal would read them: OSC, DCS, SOS, PM and APC run to BEL or ST, CSI to its final byte.
_ESCAPES = later(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]?"
    r"|\x1b[ -/]{0,4}[0-~]?"
)
_LINE_ENDS = later(r"\r\n?|[\x85\u2028\u2029\x0b\x0c]")
# Controls, bidi overrides and marks, invisible separators, interlinear and tag characters, byte order marks,
# surrogates, and what is never drawn, assigned or not (Default_Ignorable_Code_Point: shorthand, notes, plane 14).
# Zero-width (non-)joiners are looked at apart.
_DROPPED = later(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff0-\ufffb\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
# Emoji, Persian and Indic scripts are spelled with joiners. Beside a letter of Latin, Greek, Cyrillic or Armenian or a
# sign of ASCII they do nothing but make two texts of what looks like one. A run is tried from its start alone.
_JOINERS = later(
    r"(?<=[!-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff])[\u200c\u200d]++"
    r"|(?<![\u200c\u200d])[\u200c\u200d]++(?=[!-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff])"
)
_SPACES = later(r"[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BLANK_LINES = later(r"\n{3,}")
# No combining mark is a word character: what holds no such run holds no letter with too many of them.
_MARKS = later(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1}}}")


def clean(text: str, limit: int = MAX_CHARS) -> str:
    """Return *text* as one safe line: no escape sequence, control or bidi character; NFC; blanks folded.

    Applying it twice changes nothing. The result holds at most *limit* characters and may be empty.
    """
    if len(text) <= limit and _is_plain(text) and "  " not in text and text == text.strip():
        return text
    return clean_lines(text, limit).replace("\n\n", " ").replace("\n", " ")


def clean_lines(text: str, limit: int = MAX_CHARS) -> str:
    """Return *text* made safe as :func:`clean` does, with its line breaks kept as ``\\n``."""
    if len(text) <= limit and _is_clean(text):
        return text
    text = _ESCAPES.sub("", text[: limit * 4])
    text = _LINE_ENDS.sub("\n", text)
    text = _DROPPED.sub("", text)
    text = _SPACES.sub(" ", text)
    text = cap_marks(_composed(text))
    text = "\n".join(line.strip(" ") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()[:limit].rstrip()


def clean_source(text: str) -> str:
    """Return a whole source made safe: nothing a terminal obeys, and every line where it stood, blanks and all."""
    if text.replace("\n", "").replace("\t", "").isprintable() and _is_composed(text):
        return text
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    return cap_marks(_composed(_DROPPED.sub("", text)))


def clean_written(text: str, limit: int = MAX_CHARS) -> str:
    """Return what a reader wrote made safe as :func:`clean_source` does, indents and all, in *limit* characters."""
    return clean_source(text)[:limit].rstrip().lstrip("\n")


def unescape(text: str) -> str:
    """Return *text* with HTML's character references read; one beyond Unicode is U+FFFD, as in HTML (13.2.5.80)."""
    if "&" not in text:
        return text
    import html

    # Python reads no number of thousands of digits, and says so with an error.
    return html.unescape(_ENDLESS.sub("\ufffd", text))


_ENDLESS = later(r"&#[0-9]{100,};?")


def drop_controls(text: str) -> str:
    """Return *text* without control, bidi and invisible characters, its blanks as they are: the belt of a screen."""
    # What Python calls printable has none of them.
    return text if text.isprintable() else _DROPPED.sub("", _LINE_ENDS.sub(" ", text))


def _is_clean(text: str) -> bool:
    """Return whether :func:`clean_lines` would leave *text* as it is; what a library holds is, and there is much."""
    if "\n" in text and (" \n" in text or "\n " in text or "\n\n\n" in text):
        return False
    return "  " not in text and text == text.strip() and _is_plain(text, _PLAIN_LINES)


def _is_plain(text: str, plain: bytes | None = None) -> bool:
    """Return whether *text* holds what Python calls printable, in NFC, and, of ASCII, the characters *plain*."""
    if plain is None:
        if len(text) < _SHORT:
            return text.isprintable() and _is_composed(text)
        plain = _PLAIN_BYTES
    # What Python calls printable has no controls, no format characters and no blanks but the plain one. Letters of
    # ASCII are most of all text and need no table: the bytes tell, ten times as fast as the characters.
    rest = text.encode("utf-8", "surrogatepass").translate(None, plain)
    if not rest:
        return True
    others = rest.decode("utf-8", "surrogatepass")
    return others.isprintable() and (not _MAYBE_MARKS.search(others) or _is_composed(text))


_SHORT = 50
_PLAIN_BYTES = bytes(range(0x20, 0x7F))
_PLAIN_LINES = _PLAIN_BYTES + b"\n"
# No character before these is a combining mark, or is spelled in two ways.
_MAYBE_MARKS = later(r"[^\x00-\u02ff]+")


def _is_composed(text: str) -> bool:
    if text.isascii():
        return True
    # A run of marks holds no ASCII, and is one in what is left without it.
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return unicodedata.is_normalized("NFC", text) and not (_MARKS.search(others) and _MARKS.search(text))


def _composed(text: str) -> str:
    """Return *text* in NFC, without joiners that spell nothing."""
    composed = unicodedata.normalize("NFC", text)
    while len(bare := _JOINERS.sub("", composed)) < len(composed):
        # A mark may have come to stand by its letter, which takes two or three to itself.
        composed = unicodedata.normalize("NFC", bare)
    return composed


def cap_marks(text: str) -> str:
    """Drop the combining marks beyond :data:`MAX_MARKS` on each letter; plain text is returned as it is."""
    if text.isascii() or not _MARKS.search(text):
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me") else 0
        if run <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def fold(text: str) -> str:
    """Return *text* as searching and comparing see it: no accents, no case, compatibility forms made plain."""
    if text.isascii():
        return text.lower()
    others = set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    if len(others) > _FEW:
        return _folded(text)
    # Folding looks at one character at a time, most texts hold the same few beyond ASCII, and what is folded once
    # (the tests try all of Unicode) is not changed by a second time.
    for char in others:
        text = text.replace(char, _folded_char(char))
    return text.casefold()


_ASCII = bytes(range(0x80))
_FEW = 12


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    return _folded(char)


def _folded(text: str) -> str:
    decomposed = _MAYBE_MARKS.sub(_unmarked, unicodedata.normalize("NFKD", text))
    return _NOT_PLAIN.sub(lambda match: _PLAIN[match[0]], decomposed).casefold()


def _unmarked(match: re.Match[str]) -> str:
    return "".join(char for char in match[0] if not unicodedata.combining(char))


# Letters that Unicode does not decompose, as readers without that keyboard type them.
_PLAIN = {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "æ": "ae", "Æ": "ae",
                        "œ": "oe", "Œ": "oe", "’": "'", "‘": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"}  # fmt: skip
_NOT_PLAIN = later(f"[{''.join(_PLAIN)}]")

_TEX = "\\${}~^_%#&"
_TAG = later(
    r"</?(?:i|b|u|em|strong|sub|sup|tt|sc|scp|small|span|br|p|jats:[a-z]{1,12}|mml:[a-z]{1,12})(?: [^<>]{0,200})?/?>",
    re.IGNORECASE,
)
# A dollar opens math where a letter follows at once, and closes it after one and before no digit (as pandoc reads it):
# "between $5 and $10" is money.
_MATH = later(r"(?<!\\)\$(?=\S)((?:[^$\\]|\\.){1,2000}?)(?<=\S)\$(?!\d)", re.DOTALL)
# Vietnamese hooks, which the translator of TeX does not know: ``B\h{a}o``, ``Th\h{\^e}``.
_HOOK = later(r"\\h(?:\s{0,9}\{([^{}]{1,8})\}|\s{1,9}([A-Za-z]))")
# What TeX reads as more than it is where no formula stands: commands, groups, quotes and dashes.
_TEX_PROSE = later(r"[\\${}~^`]|''|--")
_COMMAND = later(r"\\(?:[a-zA-Z]+\*?|.)", re.DOTALL)
_SUPER = str.maketrans("0123456789+-=()niabcdefghjklmoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_SUB = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HTML_SCRIPT = later(r"<(su[bp])>([^<>]{1,40})</su[bp]>", re.IGNORECASE)
_SCRIPT = later(r"([\^_])(?:\{([^{}]{1,40})\}|([0-9A-Za-z+\-]))")


def shown(text: str) -> str:
    """Return *text* as a reader expects to see it: ``Poincar{\\'e}`` as Poincaré, ``$2\\%$`` as 2%.

    Text without TeX or HTML comes back as it is, and one line stays one line. What is not understood is left standing,
    never dropped.
    """
    if not _may_be_marked_up(text):
        return text
    read = _read(text)
    # TeX ends a line by ``\\``, and HTML by a character's number; a row of a table has one line.
    return clean(read) if "\n" in read and "\n" not in text else read


def _may_be_marked_up(text: str) -> bool:
    # Six looks for one sign each take a tenth of the time of one look for six; a brace that is not closed is none.
    return "\\" in text or "$" in text or "}" in text or "&" in text or "<" in text or "~" in text


@lru_cache(maxsize=8192)
def _read(text: str) -> str:
    """Return text that holds TeX or HTML as a reader expects to see it."""
    if "<" in text or "&" in text:
        text = _HTML_SCRIPT.sub(_html_script, unescape(text))
        text = unescape(_TAG.sub("", text))
    if not re.search(r"[\\${}]|[\w.,;:)\]]~", text) or sum(map(text.count, _TEX)) > MAX_TEX:
        return clean_lines(text)
    formulas = _MATH.findall(text)
    if formulas and not _TEX_PROSE.search(prose := _MATH.sub("", text)) and prose.isprintable():
        return clean_lines(_MATH.sub(lambda match: _formula(match[0]), text))
    return clean_lines(_untex(_protect(_HOOK.sub(_hooked, text))) or text)


@lru_cache(maxsize=8192)
def _formula(text: str) -> str:
    return _untex(_protect(text)) or text


def _hooked(match: re.Match[str]) -> str:
    return f"{{{match[1] or match[2]}}}\u0309"


def _protect(text: str) -> str:
    """Escape what is TeX's but not meant as TeX: a bare %, #, &, _ or ^, money, a lone brace."""
    if re.search(r"(?<!\\)\$\$", text):
        text = text.replace("$$", "$")
    depth = [text.count("{") - text.count("\\{"), text.count("}") - text.count("\\}")]
    if depth[0] != depth[1]:
        text = re.sub(r"(?<!\\)[{}]", r"\\\g<0>", text)
    pieces: list[str] = []
    end = 0
    for match in _MATH.finditer(text):
        pieces += [_protect_prose(text[end : match.start()]), "$", _scripts(match[1]), "$"]
        end = match.end()
    return "".join([*pieces, _protect_prose(text[end:])])


def _protect_prose(text: str) -> str:
    commands = _COMMAND.findall(text)
    prose = _COMMAND.split(text)
    for index, piece in enumerate(prose):
        piece = re.sub(r"(?<=[\w.,;:)\]}])~(?=[\w(\[{])", " ", piece)
        prose[index] = (
            re.sub(r"[%#&_$^~]", r"\\\g<0>{}", piece)
            .replace("\\~{}", r"\textasciitilde{}")
            .replace("\\^{}", r"\textasciicircum{}")
        )
    joined = [piece for pair in zip(prose, [*commands, ""], strict=True) for piece in pair]
    return "".join(joined)


def _html_script(match: re.Match[str]) -> str:
    return match[2].translate(_SUPER if match[1].lower() == "sup" else _SUB)


def _scripts(math: str) -> str:
    """Raise and lower what Unicode has raised and lowered forms of: ``x^2`` as x², ``\\theta_{10}`` as θ₁₀."""

    def change(match: re.Match[str]) -> str:
        body = match[2] or match[3]
        moved = body.translate(_SUPER if match[1] == "^" else _SUB)
        # The empty group keeps a raised letter from becoming part of the command before it.
        return "{}" + moved if all(a != b for a, b in zip(body, moved, strict=True)) else match[0]

    return _SCRIPT.sub(change, re.sub(r"(?<!\\)%", r"\\%", math))


@lru_cache(maxsize=1)
def _latex() -> Any:
    """Return pylatexenc's translator; loaded at the first text that needs it, for it takes 20 ms."""
    import logging

    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    # Its warnings on stderr would tear a full-screen program.
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    names = get_default_latex_context_db()
    names.add_context_category(
        "paperrack",
        prepend=True,
        macros=[
            *(MacroTextSpec(name, name) for name in ("TeX", "LaTeX", "BibTeX")),
            # The library prints the modifier letter, which is another character.
            MacroTextSpec("textasciicircum", "^"),
            # The library would look for the file; a reader sees the words.
            *(MacroTextSpec(name, "\\" + name + " %s") for name in ("input", "include")),
        ],
    )
    names.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=_unknown))
    return LatexNodes2Text(latex_context=names, math_mode="text", keep_comments=True)


@lru_cache(maxsize=1)
def _commands() -> Any:
    """Return what commands there are and which arguments they take; the library would make it anew for each text."""
    from pylatexenc.latexwalker import get_default_latex_context_db

    return get_default_latex_context_db()


def _unknown(node: Any) -> str:
    return f"\\{node.macroname}{node.macro_post_space or ' '}"


def _untex(text: str) -> str:
    """Return what TeX would print of *text*, or an empty string where it cannot be read as TeX."""
    try:
        return str(_latex().latex_to_text(text, tolerant_parsing=True, latex_context=_commands()))
    except Exception:
        # Strangers' TeX: the library promises no set of errors, and an unread formula is shown as it was written.
        return ""
