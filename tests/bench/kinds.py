"""What each parser reads, of any size: texts of its own kind, made of our samples, and texts that mean harm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

Maker = Callable[[int], str]
Parser = tuple[Callable[[str], object], Maker]

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
_OF_FORMAT = {
    "newsletter": ("01-*.html", "02-*.txt"), "session": ("04-*.html", "05-*.txt"), "ranking": ("06-*.html", "07-*.txt"),
    "summaries": ("09-*.html", "10-*.txt"), "shamra": ("12-*.html", "11-*.txt"), "reading-list": ("13-*.md",),
    "links": ("14-*.md", "15-*.txt"), "bibtex": ("16-*.bib",), "weekly": ("18-*.md",), "paper-tables": ("19-*.md",),
    "arxiv-mailing": ("20-*.txt",), "mail": ("21-*.eml",), "hf-newsletter": ("23-*.yaml",),
    "openreview": ("24-*.html",), "acl-anthology": ("25-*.html",), "conference": ("26-*.html",),
}  # fmt: skip
_RIS = "TY  - JOUR\nTI  - A Study of Lists, Part {n}\nAU  - Lovelace, Ada\nPY  - 2021\nDO  - 10.1000/{n}\nER  - \n\n"
_CSL = {"type": "article-journal", "title": "A Study of Lists", "author": [{"family": "Lovelace", "given": "Ada"}]}
_PROSE = "We measure how long a reader waits, and find that $x_{1}^2$ of {\\'e}t\\'e depends on arXiv:2401.00001. "
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)


def repeated(piece: str, before: str = "", after: str = "") -> Maker:
    """Return a maker of texts that say *piece* again and again between *before* and *after*; ``{n}`` is counted."""

    def made(size: int) -> str:
        if "{n}" not in piece:
            return before + piece * (size // len(piece) + 1) + after
        # Identifiers have as many digits from the first to the last.
        count = size // (len(piece) + 2 * piece.count("{n}")) + 1
        pieces = [piece.replace("{n}", str(10_000 + number % 90_000)) for number in range(count)]
        return before + "".join(pieces) + after

    return made


def sampled(pattern: str) -> Maker:
    """Return a maker of a sample's text, or of what a page's body says, again and again."""
    text = next(SAMPLES.glob(pattern)).read_text("utf-8")
    if pattern.endswith(".html"):
        inside = _BODY.search(text)
        assert inside, pattern
        return repeated(inside[1], text[: inside.start(1)], text[inside.end(1) :])
    return repeated(text.rstrip("\n") + "\n\n")


def listed(*items: object, before: str = "[", after: str = "]") -> Maker:
    """Return a maker of JSON that lists *items* again and again."""
    return repeated(",".join(map(json.dumps, items)) + ",", before, f"{json.dumps(items[0])}{after}")


def _feed(size: int) -> str:
    from tests.bench.sources import feed

    return feed(size // 1_300 + 1).decode()


def _read(name: str) -> Callable[[str], object]:
    def work(text: str) -> object:
        from tui.digests import read
        from tui.digests.document import Document

        suffix = ".html" if text.lstrip()[:1] == "<" and name != "feed" else ".txt"
        return read(Document(text, f"digest{suffix}"), None if name == "any" else name)

    return work


def _recognised(text: str) -> object:
    from tui.digests import FORMATS
    from tui.digests.document import Document

    document = Document(text, "digest.html" if text.lstrip()[:1] == "<" else "digest.txt")
    return [each.recognises(document) for each in FORMATS]


def _opml(text: str) -> object:
    from tui.desk.opml import read_opml

    return read_opml(text.encode(), "list.opml")


def _decoded(text: str) -> object:
    from tui.digests.document import decode

    return decode(text.encode("utf-8"), "digest").markup


def _provider(name: str) -> Callable[[str], object]:
    def work(text: str) -> object:
        from importlib import import_module

        return import_module(f"tui.providers.{name}").parse(text.encode())

    return work


def _settings(text: str) -> object:
    import tempfile

    from tui.settings import load

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "config.toml"
        place.write_text(text, "utf-8")
        return load(place)


def _strings() -> dict[str, Callable[[str], object]]:
    from tui import identifiers, text
    from tui.exports import latex, names
    from tui.matching import family_name
    from tui.searching import folding, hits, query

    return {
        "identifiers": identifiers.find, "addresses": identifiers.find_urls, "DOI": identifiers.doi,
        "clean": text.clean, "clean lines": text.clean_lines, "shown (LaTeX)": text.shown, "fold": text.fold,
        "names": names.parse if hasattr(names, "parse") else family_name, "family name": family_name,
        "LaTeX writing": latex.escape, "query": query.parse, "plain": folding.plain,
        "hits": lambda said: hits.hits(said, ("reader", "a")),
    }  # fmt: skip


def parsers() -> dict[str, Parser]:
    """Return every parser by name, with a maker of text of its own kind."""
    own: dict[str, Parser] = {}
    for name, patterns in _OF_FORMAT.items():
        for pattern in patterns:
            kind = f"{name} page" if len(patterns) > 1 and pattern.endswith(".html") else name
            own[kind] = (_read(name), sampled(pattern))
    daily = json.loads(next(SAMPLES.glob("22-*.json")).read_text("utf-8"))
    own |= {
        "hf-daily-papers": (_read("hf-daily-papers"), listed(*(daily if isinstance(daily, list) else [daily]))),
        "ris": (_read("ris"), repeated(_RIS)),
        "csl-json": (_read("csl-json"), listed(_CSL)),
        "papers-json": (_read("papers-json"), listed({"title": "A Study", "authors": ["Ada Lovelace"]})),
        "feed": (_read("feed"), _feed),
        "links page": (_read("links"), repeated("<p>A Study {n} <a href='https://arxiv.org/abs/2401.{n}'>x</a></p>")),
        "any page": (_recognised, repeated("<p>A Study {n} <a href='https://arxiv.org/abs/2401.{n}'>x</a></p>", "<p>")),
        "any text": (_recognised, repeated("A Study of Lists {n}\nhttps://arxiv.org/abs/2401.00001\nWords.\n\n")),
        "OPML": (
            _opml,
            repeated(_OUTLINE, "<opml><body>", "</body></opml>"),
        ),
        "decoding": (_decoded, repeated(_PROSE)),
        "settings": (_settings, repeated("# a line\n")),
        **{f"answers of {name}": (_provider(name), listed(_CSL)) for name in _PROVIDERS},
        **{name: (work, repeated(_PROSE)) for name, work in _strings().items()},
    }
    return own


_OUTLINE = '<outline text="a {n}" xmlUrl="https://a.example/{n}"/>'
_PROVIDERS = ("arxiv", "crossref", "datacite", "dblp", "openalex", "openreview", "semantic_scholar", "unpaywall")

_LINK = '<a href="https://arxiv.org/abs/2401.{n}">A Study {n}</a> '
_PAGES: dict[str, Maker] = {
    "nested": repeated("<div>"),
    "nested bold": repeated("<b>a<br>", "<p>"),
    "nested links": repeated("<a href=x>a<div>", "<p>"),
    "links in a heading": repeated("<a href=x><h2>a</h2>", "<p>"),
    "a line of links": repeated(_LINK, "<p>"),
    "items of links": repeated(f"<li>{_LINK}</li>", "<ul>"),
    "a row of cells": repeated("<td>a {n}</td>", "<table><tr>"),
    "rows": repeated("<tr><td>a<td>b</tr>", "<table>"),
    "headings": repeated("<h2>What is it? {n}</h2>", "<p>"),
    "pictures": repeated("<img src=a alt=b>", "<p>a"),
    "attributes": repeated(' a{n}="b"', "<p><div", ">a</div>"),
    "one attribute": repeated("a", '<p title="', '">a'),
    "times": repeated("<article><time>", "<p>"),
    "formulas": repeated("<math><mi>a</mi></math>", "<p>"),
    "open tags": repeated("<a <", "<p>"),
    "comments": repeated("<!--", "<p>"),
    "entities": repeated("&amp;&#12;&nosuch", "<p>"),
    "quotations": repeated("<blockquote>a", "<p>"),
}
_TEXTS: dict[str, Maker] = {
    "a letter": repeated("a"),
    "blanks": repeated(" ", "a", "b"),
    "empty lines": repeated("\n", "a", "b"),
    "brackets": repeated("["),
    "half links": repeated("[a](", "a "),
    "links": repeated("[A Study {n}](https://arxiv.org/abs/2401.{n}) "),
    "addresses": repeated("https://arxiv.org/abs/2401.{n} "),
    "identifiers": repeated("arXiv:2401.{n} "),
    "lines": repeated("a\n"),
    "items": repeated("- [A Study {n}](https://a.example/{n}.pdf), Ada Lovelace\n"),
    "headings": repeated("# What is it? {n}\n"),
    "rows": repeated("| a | https://arxiv.org/abs/2401.{n} |\n", "| Title | Paper |\n|---|---|\n"),
    "a row": repeated("| a ", "| Title | Paper |\n|---|---|\n"),
    "numbers": repeated("{n}. A Study of Lists\n"),
    "names": repeated("Ada Lovelace, "),
    "dots": repeated("Ada Lovelace · "),
    "quotes": repeated("> "),
    "braces": repeated("{"),
    "entries": repeated("@a{a{n},\n"),
    "mapping": repeated("a: b\n", "a: https://huggingface.co/papers/1\n"),
    "stars": repeated("**a "),
    "dates": repeated("1 May 2020, "),
    "dollars": repeated("$a^"),
    "commands": repeated("\\a{"),
    "accents": repeated("\\'{e}"),
    "parentheses": repeated("("),
    "quotation marks": repeated('"a '),
    "questions": repeated("What is it? "),
    "marks": repeated("e\u0301\u0300"),
}
_MIXED = "Content-Type: multipart/mixed; boundary=a\n\n"
_RECORDS: dict[str, Maker] = {
    "nested lists": repeated("["),
    "nested maps": repeated('{"a":', "["),
    "one text": repeated("a", '["', '"]'),
    "names of one map": repeated('"a{n}":1,', "[{", '"b":2}]'),
    "fields": repeated("a{n} = {b},\n", "@article{a,\n", "}\n"),
    "value": repeated("{a} # ", "@article{a, title = "),
    "authors": repeated("Ada Lovelace and ", "@article{a, author = {", "}}"),
    "strings": repeated("@string{a{n} = {b}}\n"),
    "RIS lines": repeated("AU  - Ada\n", "TY  - JOUR\n"),
    "head lines": repeated("X-{n}: a\n b\n", "From: a@a.example\nSubject: a\n"),
    "parts": repeated(f"--a\n{_MIXED}", f"From: a@b.c\nSubject: a\n{_MIXED}"),
    "messages": repeated("From a Mon Jan  1 00:00:00 2024\nFrom: a@b.c\nSubject: a\n\na\n\n"),
    "records": repeated("\\\\\nPaper: 2401.{n}\nTitle: A\n"),
}
_ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'>"
_RSS, _END = "<rss><channel><item>", "</item></channel></rss>"
_XML: dict[str, Maker] = {
    "nested": repeated("<item>", "<rss><channel>"),
    "items": repeated("<item/>", "<rss><channel>", "</channel></rss>"),
    "attributes": repeated(' a{n}="b"', "<rss><channel", "/></rss>"),
    "broken": repeated("<item><title>a &b </item>", "<rss><channel>"),
    "CDATA": repeated("<![CDATA[", "<rss><channel><item><title>"),
    "authors": repeated("<author>Ada {n}</author>", _RSS, _END),
    "links": repeated("<link href='https://a.example/{n}'/>", f"{_ATOM}<entry>", "</entry></feed>"),
    "comments": repeated("<!---->", "", "<rss><channel/></rss>"),
    "prefixes": repeated(' xmlns:a{n}="b"', "<rss><channel", "/></rss>"),
    "one text": repeated("a ", f"{_RSS}<description>", f"</description>{_END}"),
    "bodies": repeated("&lt;b&gt;a&lt;p&gt;", f"{_RSS}<title>A</title><description>", f"</description>{_END}"),
}
_RECORDED = frozenset(["bibtex", "ris", "csl-json", "papers-json", "hf-daily-papers", "mail", "arxiv-mailing"])


def hostile(name: str) -> Mapping[str, Maker]:
    """Return the makers of texts that mean harm to the parser called *name*."""
    if name == "feed" or name == "OPML" or name == "answers of arxiv":
        return _XML
    if name in _RECORDED or name.startswith("answers of"):
        return _RECORDS | {kind: _TEXTS[kind] for kind in ("a letter", "lines", "entries", "empty lines", "braces")}
    if name.endswith(" page") or name in ("openreview", "acl-anthology", "conference"):
        return _PAGES
    return _TEXTS
