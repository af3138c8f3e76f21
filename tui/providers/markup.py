"""Titles and abstracts as publishers deposit them, JATS, MathML, HTML and twice-escaped entities taken out of them.

A title keeps the marks of emphasis, raising and lowering, which :func:`tui.text.shown` and the exports read; an
abstract comes out as plain text. The elements are those of JATS (NISO Z39.96) and MathML 3. Every step is one pass
over the text, so that a hostile one costs no more than its length.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import partial

from tui.text import MAX_CHARS, clean, clean_lines, shown

_ROUNDS = 3
"""How often entities are resolved: what went through two systems was escaped twice."""

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAMES = (
    "abstract|alternatives|annotation|article-title|b|bdi|bold|break|br|del|disp-formula|disp-quote|div|em|ext-link"
    "|fn|font|h[1-6]|i|inline-formula|inline-graphic|ins|italic|label|li|list|list-item|math|mrow|named-content|ol|p|q"
    "|roman|sans-serif|sc|scp|sec|small|span|strike|strong|styled-content|sub|sup|tex-math|title|tt|u|ul|underline|xref"
)
_TAG = re.compile(
    rf"</?(?:(?:jats|mml|m|ns\d):[A-Za-z][\w-]{{0,30}}|(?:{_NAMES}))(?:\s[^<>]{{0,1000}})?/?>", re.IGNORECASE
)
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:p|sec|title|list|list-item|disp-quote|div|ul|ol|li|br|break|h[1-6])(?:\s[^<>]{0,1000})?/?>",
    re.IGNORECASE,
)
_BEFORE_STOP = re.compile(r"(?<=>) (?=[.,;:!?)\]])")
# "Abstract We show" has a heading, "Abstract interpretation" has none.
_HEADING = re.compile(
    r"(?:Abstract|ABSTRACT|Summary|SUMMARY)(?:\s{0,3}[.:—–-]\s{0,3}|\n\s{0,9}"
    r"|\s(?=(?:We|The|This|These|In|Our|An?|It|To|For|While|Despite|Recent(?:ly)?|Although|Background|Objectives?|Purpose"
    r"|Aims?|Motivation|Introduction)\b))"
)
_DOCUMENT = re.compile(r"\\(?:begin|end)\s?\{document\}")


def unescaped(text: str) -> str:
    """Return *text* with its entities resolved, also those that were escaped twice; "Q&A" stays as it is."""
    for _ in range(_ROUNDS):
        resolved = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if resolved == text:
            break
        text = resolved
    return text


def words_of(value: object) -> str | None:
    """Return *value* as one clean line without entities and tags, if it is text with anything in it: a name."""
    return clean(_TAG.sub("", unescaped(value[:MAX_CHARS]))) or None if isinstance(value, str) else None


def title_of(value: object) -> str | None:
    """Return *value* as a title of one clean line, its formulae in words or TeX, other marks as they are; or None."""
    if not isinstance(value, str):
        return None
    text = unescaped(value[:MAX_CHARS])
    if "<" in text:
        text = _BEFORE_STOP.sub("", clean(_formulae(text)))
    return clean(text) or None


def plain(value: object) -> str | None:
    """Return *value* as an abstract: plain text, a line for every paragraph, without its heading; or None."""
    if not isinstance(value, str):
        return None
    text = value[: 2 * MAX_CHARS]
    for _ in range(_ROUNDS):
        # "p &lt; 0.05" is no tag, and becomes one only where it was meant as one by whoever escaped it twice.
        resolved = unescaped_once(_without_tags(text))
        if resolved == text:
            break
        text = resolved
    text = clean_lines(text)
    return clean_lines(text[match.end() :] if (match := _HEADING.match(text)) else text) or None


def unescaped_once(text: str) -> str:
    """Return *text* with its entities resolved once."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def _without_tags(text: str) -> str:
    if not _TAG.search(text):
        return text
    text = _formulae(text)
    if _BLOCK.search(text):
        text = _BLOCK.sub("\n", re.sub(r"\s+", " ", text))
    for name in ("sub", "sup"):
        text = _within(text, name, partial(_moved, name))
    return _TAG.sub("", text)


def _formulae(text: str) -> str:
    """Return *text* with each formula as its TeX, where the publisher gives it, else as the letters of its MathML."""
    text = _within(text, "alternatives", lambda inner: _tex(inner) or inner)
    text = _within(text, "tex-math", _as_tex)
    return _within(text, "math", lambda inner: _tex(inner) or "".join(_ANY_TAG.sub("", inner).split()))


def _tex(inner: str) -> str | None:
    """Return the TeX that a formula gives of itself."""
    found: list[str] = []

    def keep(tex: str) -> str:
        found.append(tex)
        return ""

    for name in ("tex-math", "annotation"):
        _within(inner, name, keep)
    return _as_tex(found[0]) if found else None


def _as_tex(tex: str) -> str:
    parts = _DOCUMENT.split(tex)
    body = (parts[1] if len(parts) > 2 else parts[0]).strip().strip("$").strip()
    return f"${body}$" if body else ""


def _moved(name: str, inner: str) -> str:
    """Return what is raised or lowered with the letters that Unicode has for it."""
    return shown(f"<{name}>{_TAG.sub('', inner)}</{name}>") if len(inner) < 500 else inner


def _within(text: str, name: str, change: Callable[[str], str]) -> str:
    """Return *text* with every element *name*, in whatever namespace, replaced by what *change* makes of its inside."""
    opener = re.compile(rf"<(?:\w{{1,8}}:)?{name}(?:\s[^<>]{{0,1000}})?(?<!/)>", re.IGNORECASE)
    closer = re.compile(rf"</(?:\w{{1,8}}:)?{name}\s{{0,3}}>", re.IGNORECASE)
    made: list[str] = []
    end = 0
    while (first := opener.search(text, end)) and (last := closer.search(text, first.end())):
        made += [text[end : first.start()], change(text[first.end() : last.start()])]
        end = last.end()
    return "".join([*made, text[end:]])
