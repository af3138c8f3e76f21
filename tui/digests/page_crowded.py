"""Tags of web pages with very many attributes made plain before the parse: libxml2 compares each with all others.

A tag of 100,000 attributes, which fit into 400 kB, takes it ten seconds; real ones have twenty.
https://html.spec.whatwg.org/multipage/parsing.html#tokenization says where a tag ends; no character is read twice.
"""

from __future__ import annotations

import re

MOST = 500
"""The attributes that are kept of one tag."""

_ATTRIBUTE = r"""(?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+|=)"""
_RAW = "script|style|title|textarea|xmp|iframe|noembed|noframes"
# Comments and raw text hold no tags, whatever they look like.
_TAG = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+"
    rf"|<(?:{_RAW})\b(?:[^<]++|<(?!/(?:{_RAW})))*+"
    # A blank and an attribute are a piece each.
    rf"|<[a-z][^\s/>]*+{_ATTRIBUTE}{{0,{2 * MOST}}}+(?P<more>{_ATTRIBUTE}*+)",
    re.IGNORECASE,
)


def uncrowded(text: str) -> str:
    """Return the page *text* without the attributes beyond :data:`MOST` of any tag."""
    more = [match.span("more") for match in _TAG.finditer(text) if match["more"]]
    if not more:
        return text
    starts, ends = [0, *(end for _, end in more)], [*(start for start, _ in more), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
