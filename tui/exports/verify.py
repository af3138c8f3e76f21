"""What was written, read again: by bibtexparser as a whole, and each value by BibTeX's own rules.

This is the last gate before an entry leaves. A reader of TeX of its own turns each value back into text, which must be
the text that was meant: letters, accents, quotes, names and braces are held to it. For signs and formulas the encoders'
own table says what is meant, so a wrong sign in that table is found by its tests and by pdfTeX, not here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from tui.exports.fields import Draft
from tui.exports.latex import escape
from tui.exports.names import Name
from tui.exports.prose import Prose
from tui.exports.symbols import ACCENTS, LETTERS
from tui.patterns import later

_SIGNS = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textless": "<",
          "textasciicircum": "^", "textgreater": ">",
          "textbar": "|",
          "textexclamdown": "¡", "textquestiondown": "¿", "textquotedbl": '"', "textasciigrave": "`"}  # fmt: skip
_TEX = later(r"[\\{}$`~]|--|''")
_COMMANDS = later(r"[\\$`~]|\{\}|''")
_READ = later(
    r"\\(?P<accent>[`'^\"~=.]|(?:[uvHckdbr]|textcommabelow)(?=\{))|\\(?P<name>[A-Za-z]+)[ ]*|\\(?P<sign>.)"
    r"|(?P<quote>``|''|---|--|`)|(?P<brace>[{}$])|(?P<text>[^\\{}$`'-]+|.)",
    re.DOTALL,
)
_AS_IT_IS = later("[\x00-\x7fÀ-ÖØ-öø-ʯḀ-ỿ“”‘–—]*")
_BRACE = later(r"[{}]")
_AND = later(r"[{}]|\sand(?=\s)")
_COMMA = later(r"[{}]|,")
_QUOTES = {"``": "“", "''": "”", "---": "—", "--": "–", "`": "‘"}


def fault(draft: Draft, key: str, entry: Any) -> str | None:
    """Return what is wrong with *entry*, as bibtexparser read it, for what *draft* meant, in a phrase; else None."""
    if entry.key != key or entry.entry_type != draft.type:
        return "its key or type does not read back"
    if {item.key: item.value for item in entry.fields} != draft.enclosed:
        return "its fields do not read back as they were written"
    for name, value in draft.values.items():
        if not _balanced(value):
            return f"the braces of its {name} are not balanced"
    for name, prose in draft.prose.items():
        if not _same(draft.values[name], prose, name, draft.unicode):
            return f"its {name} would not print as it is"
    return _names_fault(draft)


def decoded(tex: str) -> str:
    """Return the text that TeX prints of *tex*; commands for symbols, and what is in formulas, stay as they are."""
    if not _TEX.search(tex):
        return tex
    if tex.isascii() and not _COMMANDS.search(tex):
        # Braces that protect, and dashes.
        return tex.replace("{", "").replace("}", "").replace("---", "—").replace("--", "–")
    return _decoded(tex)


@lru_cache(maxsize=32768)
def _decoded(tex: str) -> str:
    made: list[str] = []
    accents: list[str] = []
    for token in _READ.finditer(tex):
        if mark := token["accent"]:
            accents.append(ACCENTS[mark])
            continue
        piece = _piece(token)
        if accents and piece:
            piece = {"ı": "i", "ȷ": "j"}.get(piece[0], piece[0]) + "".join(reversed(accents)) + piece[1:]
            accents = []
        made.append(piece)
    return unicodedata.normalize("NFC", "".join(made))


def _piece(token: re.Match[str]) -> str:
    if name := token["name"]:
        if name == "ensuremath":
            return ""
        return LETTERS.get(name) or _SIGNS.get(name) or "\\" + name
    if token["brace"]:
        return ""
    return token["sign"] or _QUOTES.get(token["quote"] or "", "") or token["text"] or ""


def _same(tex: str, prose: Prose, field: str, unicode: bool) -> bool:
    if tex == prose.text and tex.isascii() and not _TEX.search(tex):
        return True
    written, meant = decoded(tex), _meant(prose, unicode)
    if written == meant:
        return True
    # A title loses its final full stop, and one in capitals throughout is set like others.
    return field == "title" and _loose(written) == _loose(meant)


def _loose(text: str) -> str:
    return re.sub(r"[.,;](?=[”']*$)", "", text.rstrip(" .,;")).rstrip(" .,;").casefold()


def _meant(prose: Prose, unicode: bool) -> str:
    """Return what :func:`decoded` must give: the text itself, symbols by the command that sets them."""
    text = prose.text
    if _AS_IT_IS.fullmatch(text):
        return text
    made: list[str] = []
    for is_sign, characters in groupby(text, key=lambda char: _is_sign(char, prose)):
        run = "".join(characters)
        # Neighbouring signs share a formula.
        made.append(decoded(escape(run, unicode)) if is_sign else "".join(_said(char, prose) for char in run))
    return "".join(made)


def _said(char: str, prose: Prose) -> str:
    span = prose.span(char)
    return decoded(span.tex) if span else char


def _is_sign(char: str, prose: Prose) -> bool:
    """Return whether *char* is set by a command, and not as itself or as a letter with accents."""
    if char.isascii() or char in "“”‘–—" or prose.span(char) or unicodedata.combining(char):
        return False
    raised = unicodedata.decomposition(char).startswith("<")
    return raised or not (char.isalpha() and unicodedata.name(char, "").startswith("LATIN"))


def _balanced(value: str) -> bool:
    """Return whether braces match as BibTeX counts them: each one, escaped or not (bibtex.web, section 218)."""
    if "{" not in value and "}" not in value:
        return True
    depth = 0
    for brace in _BRACE.findall(value):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _names_fault(draft: Draft) -> str | None:
    for field, names in draft.names.items():
        written = _split(draft.values[field], _AND)
        if written[-1:] == ["others"]:
            written.pop()
        if len(written) != len(names):
            return f"its {field}s would not be read as the people they are"
        if not all(_same_name(each, name, draft.unicode) for each, name in zip(written, names, strict=True)):
            return f"its {field}s would not be read as the people they are"
    return None


def _split(value: str, pattern: re.Pattern[str]) -> list[str]:
    """Split *value* where *pattern*, which finds braces too, finds something else outside of them."""
    if "{" not in value:
        return [part.strip() for part in pattern.split(value)]
    parts, depth, start = [], 0, 0
    for token in pattern.finditer(value):
        if token[0] in "{}":
            depth += 1 if token[0] == "{" else -1
        elif depth == 0:
            parts.append(value[start : token.start()].strip())
            start = token.end()
    return [*parts, value[start:].strip()]


@lru_cache(maxsize=32768)
def _same_name(written: str, name: Name, unicode: bool) -> bool:
    meant = [part for part in (name.family, name.suffix, name.first) if part]
    parts = [written] if name.whole else _split(written, _COMMA)
    return [decoded(part) for part in parts] == [_meant(Prose(part), unicode) for part in meant]


def all_read(entries: Sequence[Any], drafts: Mapping[str, Draft]) -> bool:
    """Return whether every entry reads back as it was meant, and no other is there."""
    if len(entries) != len(drafts):
        return False
    pairs = zip(drafts.items(), entries, strict=True)
    return all(fault(made, key, entry) is None for (key, made), entry in pairs)
