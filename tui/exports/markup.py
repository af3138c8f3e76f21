"""HTML, JATS and MathML written as TeX, entities and accents as the characters that they mean: one language to read."""

from __future__ import annotations

import re

from tui.exports import commands
from tui.exports.symbols import ACCENTS, LETTERS
from tui.patterns import later
from tui.text import clean

_PRIVATE = later("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ENTITY = later(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LOST_ENTITY = later(r"&([a-z]{2,8});")
_SOURCE = later(r"<(?:\w{1,8}:)?(tex-math|annotation)\b[^<>]{0,200}>([^<>]{1,2000})</(?:\w{1,8}:)?\1>", re.IGNORECASE)
_TAG = later(rf"<(/?)(?:\w{{1,8}}:)?({commands.TAGS})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_LETTER = later(rf"\\({'|'.join(sorted(LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|[ ](?=\S)|(?=\W|$))")
_ACCENT = later(
    r"(?<!\\)\\(?:([`'^\"~=.])[ ]?|([uvHckdbr]|textcommabelow)(?:[ ]|(?=[{\\])))"
    r"(?:\{[ ]?(\\[ij]|[^\W\d_])[ ]?\}|(\\[ij])(?![A-Za-z])|([^\W\d_]))"
)
# The braces of an argument stay until the accent is set.
_LONE = later(r"(?<!\\[uvHckdbr])(?<!\\textcommabelow)\{([^\x00-\x7f])\}")


def prepared(text: str) -> str:
    """Return *text* without markup other than TeX's, and without characters of private use."""
    text = _PRIVATE.sub("", text)
    if "&" in text or "<" in text:
        text = clean(_untag(_unescape(text)))
    return letters(text) if "\\" in text else text


def _unescape(text: str) -> str:
    """Resolve entities; what went through two systems was escaped twice."""
    import html

    for _ in range(3):
        resolved = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if resolved == text:
            break
        text = resolved
    # What no table knows is a residue all the same.
    text = _LOST_ENTITY.sub(r"\1", text)
    return _PRIVATE.sub("", text)


def _untag(text: str) -> str:
    """Return *text* with HTML, JATS and MathML written as TeX; a tag without its partner is dropped."""
    text = _SOURCE.sub(lambda match: "$" + match[2].strip().strip("$") + "$", text)
    tags = list(_TAG.finditer(text))
    partner: dict[int, bool] = {}
    opened: dict[str, list[int]] = {}
    for index, tag in enumerate(tags):
        name = tag[2].lower()
        if _is_text(tag):
            continue
        if not tag[1] and not tag[0].endswith("/>"):
            opened.setdefault(name, []).append(index)
        elif tag[1] and opened.get(name):
            partner[opened[name].pop()] = partner[index] = True
    made, end = [], 0
    for index, tag in enumerate(tags):
        made += [text[end : tag.start()], _tag_as_tex(tag, index in partner)]
        end = tag.end()
    return "".join([*made, text[end:]])


def _is_text(tag: re.Match[str]) -> bool:
    """Return whether it is none: "a<b and c>d" compares."""
    return any(char.isspace() for char in tag[0].strip("</> ")) and "=" not in tag[0]


def _tag_as_tex(tag: re.Match[str], paired: bool) -> str:
    name = tag[2].lower()
    if _is_text(tag):
        return tag[0]
    if name in ("br", "p"):
        return " "
    style = commands.STYLE_OF_TAG.get(name)
    if not (style and paired):
        return ""
    return "}" if tag[1] else f"\\{style}{{"


def letters(text: str) -> str:
    """Return *text* with the commands for accents and letters replaced by the letters, the innermost first."""

    def accent(match: re.Match[str]) -> str:
        base = match[3] or match[4] or match[5]
        base = {"\\i": "i", "\\j": "j"}.get(base, base)
        return clean({"ı": "i", "ȷ": "j"}.get(base, base) + ACCENTS[match[1] or match[2]])

    text = _LETTER.sub(lambda match: LETTERS[match[1]], text)
    for _ in range(3):
        changed = _LONE.sub(r"\1", _ACCENT.sub(accent, text))
        if changed == text:
            break
        text = changed
    return text
