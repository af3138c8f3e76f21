"""Patterns that are made while the program runs: by place and expression, what they come out as, or examples of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.providers import datacite_record
from tui.searching import folding, hits

_BOUNDARY = b"^--boundary(--)?[ \\t]*$"
_LABELS = ("pdf", "abs|paper|abstract|arxiv|full paper|doi|publication|proceedings",
           "code|source|github|implementation|repo(?:sitory)?",
           "project(?: page)?|web ?site|demo|page", "data(?:set)?s?", "tweet|post|thread|blog(?: post)?")  # fmt: skip

GATED: Mapping[str, tuple[frozenset[str], int]] = {
    "tui.library.names._COPIES": (frozenset({"fullmatch"}), 255),
    "tui.library.names._NAMES": (frozenset({"fullmatch"}), 255),
}
"""Patterns that stand in a container: the methods they are used by, and the longest text that there can be.

The names of files in a folder have 255 bytes at most, wherever the folder is.
"""

BUILT: Mapping[tuple[str, str], Sequence[str | bytes]] = {
    ("tui.digests.flat_yaml:_quoted", "pattern"): (r"'((?:[^']|'')*+)'", r'"((?:[^"\\]|\\.)*+)"'),
    (
        "tui.digests.mail_parts:_pieces",
        "b'^--' + re.escape(boundary.encode('utf-8', 'replace')) + b'(--)?[ \\\\t]*$'",
    ): (_BOUNDARY, b"^--\\-\\-\\-(--)?[ \\t]*$"),
    ("tui.digests.mentions:year_of", "pattern"): (
        r"\((?:[^()]{0,30}\s)?((?:19|20)\d\d)[a-z]?(?:,[^()]{0,20})?\)|,\s((?:19|20)\d\d)\b",
    ),
    (
        "tui.exports.bibfile.saving:_sweep",
        "re.escape(f'.{path.name[:100]}{_MARK}') + '(\\\\d{1,10})-[0-9a-f]{8}'",
    ): (r"\.refs\.bib\.paperrack-(\d{1,10})-[0-9a-f]{8}",),
    ("tui.exports.ris:_dates", "f'{year}-(\\\\d\\\\d)-(\\\\d\\\\d)'"): (r"2020-(\d\d)-(\d\d)",),
    ("tui.identifiers:_by_label", "pattern"): _LABELS,
    # What is compiled later is found by its object.
    ("tui.patterns:_Later.__getattr__", "self.pattern"): (),
    ("tui.providers.datacite_record:_type", "pattern"): tuple(pattern for pattern, _ in datacite_record._WORDS),
    (
        "tui.providers.markup:_within",
        "f'<(?:\\\\w{{1,8}}:)?{name}(?:\\\\s[^<>]{{0,1000}})?(?<!/)>'",
    ): (r"<(?:\w{1,8}:)?sub(?:\s[^<>]{0,1000})?(?<!/)>", r"<(?:\w{1,8}:)?math(?:\s[^<>]{0,1000})?(?<!/)>"),
    ("tui.providers.markup:_within", "f'</(?:\\\\w{{1,8}}:)?{name}\\\\s{{0,3}}>'"): (r"</(?:\w{1,8}:)?sub\s{0,3}>",),
    ("tui.providers.openalex_work:_identifiers", "pattern"): (r"(\d{1,10})/?$", r"(PMC\d{1,10}|\d{1,10})/?$"),
    (
        "tui.providers.openreview_note:_cited",
        "f'\\\\b{field}\\\\s?=\\\\s?\\\\{{([^{{}}]{{1,300}})\\\\}}'",
    ): (r"\bbooktitle\s?=\s?\{([^{}]{1,300})\}", r"\byear\s?=\s?\{([^{}]{1,300})\}"),
    ("tui.providers.web.recorded.arxiv:_search", "part"): (r"<title>(?:[^<]++|<(?!/?title>))*+</title>",),
    (
        "tui.providers.web.recorded.recordings:tag",
        "f'<{name}(?: [^<>]*)?>((?:[^<]++|<(?!/?{name}\\\\b))*+)</{name}>'",
    ): (r"<title(?: [^<>]*)?>((?:[^<]++|<(?!/?title\b))*+)</title>",),
    ("tui.searching.folding:_pattern", "text"): (
        folding._SOME_ARABIC,
        folding._WITH_ARTICLE,
        folding._SHORT,
        folding._SPECIAL,
        folding._SYMBOL,
        folding._APART,
    ),
    ("tui.searching.hits:_pattern", "f\"(?<![^\\\\W_])(?:{'|'.join(map(_one, each))})\""): tuple(
        made.pattern
        for words in (("a", "attention is ", "a a a"), ("b c d e ",), (". .",))
        if (made := hits._pattern(words))
    ),
}
