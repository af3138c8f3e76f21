"""What must hold of whatever leaves the program, as functions that fail with what broke it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bibtexparser.entrypoint import parse_string

from tui.errors import PaperrackError

T = TypeVar("T")

_JOINERS = {0x200C, 0x200D}
"""Emoji, Persian and Indic scripts are spelled with them."""
_VISIBLE = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
"""Format characters that are drawn: signs that span numbers, and the joints of hieroglyphs."""
_SMUGGLING = {*range(0xE0000, 0xE0100), *range(0xE01F0, 0xE1000), *range(0xFFF0, 0xFFF9)}
"""Never drawn, whether they are assigned or not (Default_Ignorable_Code_Point)."""

TEX = frozenset(
    re.findall(
        r"\w+",
        """
    textbackslash textbraceleft textbraceright textasciitilde textasciicircum textless textgreater textbar emph textbf
    texttt textsc textsf textsubscript textsuperscript textcommabelow textonehalf textquotedbl textquotesingle
    textendash textemdash textellipsis textperiodcentered textbullet textrightarrow textleftarrow textregistered
    texttrademark textcopyright textdegree textmu texttimes textpm textdollar textunderscore textasciigrave
    guilsinglleft guilsinglright TeX LaTeX mathrm mathbb mathcal mathbf mathit text alpha beta Omega log le infty
    aa ae oe o l L O AE OE AA ss i j u v H c d b r k t th dh
    """,
    )
)
"""The commands of TeX that an export may write about hostile text: signs, accents, styles and formulas."""

_RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")
_KEY = re.compile(r"[A-Za-z0-9_:.+/-]{1,200}")


def is_hidden(char: str) -> bool:
    """Return whether a terminal obeys *char*, or a reader does not see it."""
    number = ord(char)
    if number in _SMUGGLING:
        return True
    if number in _JOINERS or number in _VISIBLE:
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def assert_clean(text: str, allowed: str = "\n", where: str = "") -> None:
    """Fail where *text* holds what no terminal should get, or marks without end; *allowed* may stand there."""
    hidden = {char for char in set(text) if char not in allowed and is_hidden(char)}
    assert not hidden, f"{where}: {sorted(map(hex, map(ord, hidden)))} in {text[:300]!r}"
    run = 0
    for char in text if not text.isascii() else "":
        run = run + 1 if unicodedata.combining(char) else 0
        assert run <= 8, f"{where}: marks without end"


def assert_sentence(text: str, most: int = 1500) -> None:
    """Fail where *text* is not one clean sentence or two for the reader, with no traceback and no object's name."""
    assert_clean(text, "", "error")
    assert text.strip(), "nothing is said"
    assert len(text) <= most, text
    assert text.rstrip()[-1] in ".?!)”", text
    for trace in ("Traceback", "Error:", "Exception", " object at 0x", "<class", "lxml", "NoneType"):
        assert trace not in text, text


def outcome(ask: Callable[[], T]) -> tuple[T | None, str]:
    """Return what *ask* gives, or the sentence that it is refused with, which is one."""
    try:
        return ask(), ""
    except PaperrackError as error:
        sentence = str(error)
    assert_sentence(sentence)
    return None, sentence


def strings(value: Any) -> Iterator[str]:
    """Yield every string in a JSON document, names of members among them."""
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            pending += [*part, *part.values()]
        elif isinstance(part, list):
            pending += part


def assert_json(text: str) -> Any:
    """Return the document, one and no more, with nothing in it that a terminal obeys and only numbers that JSON has."""

    def no_number(word: str) -> float:
        raise AssertionError(f"{word} is no JSON")

    document = json.loads(text, parse_constant=no_number)
    for each in strings(document):
        assert_clean(each, "\n\t", "JSON")
    return document


def assert_addresses(document: Any) -> None:
    """Fail where a link in the document of a paper is no http or https address with a host and without a user."""
    for url in (link["url"] for link in document["links"]):
        assert_address(url)


def assert_address(url: str) -> None:
    """Fail where *url* is no http or https address with a host."""
    parts = urlsplit(url)
    assert parts.scheme in ("http", "https"), url
    assert parts.hostname, url
    assert not re.search(r"[\s\x00-\x20]", url), url


def assert_bibtex(text: str, count: int) -> None:
    """Fail where *text* is not exactly *count* entries that every reader of BibTeX reads alike, with tame TeX."""
    assert_clean(text, "\n", "BibTeX")
    library = parse_string(text, parse_stack=[])
    assert not library.failed_blocks, text
    assert [library.strings, library.preambles, library.comments] == [[], [], []], text
    assert len(library.entries) == count, text
    assert len(re.findall(r"^\s*@", text, re.MULTILINE)) == count, text
    for entry in library.entries:
        assert _KEY.fullmatch(entry.key), entry.key
        for field in entry.fields:
            assert re.fullmatch(r"[A-Za-z]{2,20}", field.key), field.key
            _assert_balanced(str(field.value))
    assert "^^" not in text
    commands = set(re.findall(r"\\([A-Za-z]+)", text))
    assert commands <= TEX, f"{commands - TEX} in {text[:500]}"


def _assert_balanced(value: str) -> None:
    depth = 0
    for char in re.sub(r"\\[{}]", "  ", value) if "\\{" in value or "\\}" in value else value:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0, value
    assert depth == 0, value
    assert not value.removesuffix("}").endswith("\\"), value


def assert_ris(text: str, count: int) -> None:
    """Fail where *text* is not exactly *count* records of RIS."""
    assert_clean(text, "\r\n", "RIS")
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line]
    assert all(map(_RIS_LINE.fullmatch, lines)), lines
    assert [line[:2] for line in lines].count("TY") == count
    assert [line[:2] for line in lines].count("ER") == count


def assert_csl(text: str, count: int) -> None:
    """Fail where *text* is not a JSON list of exactly *count* items."""
    items = assert_json(text)
    assert len(items) == count
    assert all(item["type"] and item["title"] for item in items)


_TARGET = re.compile(r"(?<!\\)\]\(([^()\s]{0,3000})\)")


def assert_markdown(text: str, count: int) -> None:
    """Fail where *text* is not exactly *count* items without a tag, a picture or a link that is not to the web."""
    assert_clean(text, "\n", "Markdown")
    assert len(re.findall(r"^- ", text, re.MULTILINE)) == count, text
    assert "<" not in text.replace("\\<", ""), text
    assert not re.search(r"(?<!\\)!\[", text), text
    for target in _TARGET.findall(text):
        assert_address(target.replace("&amp;", "&"))


EXPORTS = {
    "bibtex": assert_bibtex,
    "biblatex": assert_bibtex,
    "ris": assert_ris,
    "csl-json": assert_csl,
    "markdown": assert_markdown,
}
"""What must hold of each export, given its text and how many papers are in it."""
