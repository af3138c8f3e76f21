# ruff: noqa: E501 - seeds, tokens and laws are data, each on a line of its own
"""Texts: the gate itself, identifiers, names, titles, LaTeX, dates, searches, patterns."""

from __future__ import annotations

import datetime
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from tests.fuzz import laws, tokens
from tests.fuzz.target import Target, text_of
from tests.searching.conftest import NEWER, OLDER
from tests.searching.shelf import Shelf
from tui import file_pattern, identifiers, key_pattern
from tui.catalogue import Catalogue
from tui.desk.file_names import file_name, same_name
from tui.digests import bibtex_values, date_parts, dates, weekly_dates
from tui.errors import QueryError, SettingsError
from tui.exports import (
    addresses,
    keys,
    latex,
    markup,
    mathematics,
    names,
    plain,
    reading,
    titles,
    typography,
    values,
    verify,
)
from tui.exports.bylines import byline
from tui.matching import names as matched
from tui.matching import titles as compared
from tui.matching.comparison import compare
from tui.matching.works import family_name, title_words
from tui.model import Record
from tui.model.names import shown_name
from tui.opener import plain_address
from tui.provenance.fields import read as field_of
from tui.providers import bibtex as provided
from tui.providers import markup as marked
from tui.providers import query_words
from tui.providers import reading as shapes
from tui.providers.web.addresses import checked
from tui.providers.web.refusals import until_when
from tui.searching.finding import find
from tui.searching.folding import spellings
from tui.searching.folding import tokens as folded
from tui.searching.query import parse
from tui.text import clean, clean_lines, clean_source, clean_written, drop_controls, fold, shown

NOW = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)


def gate(data: bytes) -> None:
    """Clean a text: what comes out is clean, and is the same when it is cleaned again."""
    text = text_of(data)
    for make, lines in ((clean, False), (clean_lines, True), (clean_source, True), (clean_written, True)):
        made = make(text)
        laws.clean_text(made, make.__name__, lines)
        laws.same(make(made), made, f"{make.__name__} twice is once")
    laws.law(len(clean(text, 50)) <= 50, "a limit is kept")
    laws.law(not laws.DIRTY.search(drop_controls(text)), "the belt of a screen leaves nothing that a terminal obeys")
    read = shown(clean_lines(text))
    laws.clean_text(read, "shown", lines=True)
    found = fold(clean(text))
    laws.same(fold(text), fold(text), "folding is the same each time")
    laws.clean_text(found, "fold", lines=True)


def ids(data: bytes) -> None:
    """Find identifiers and addresses: they are where they are said to be, and their own address leads to them."""
    text = text_of(data)
    for each in (*identifiers.find(text), *identifiers.find_urls(text)):
        laws.law(0 <= each.start < each.end <= len(text), "what is found stands in the text")
        laws.law(each.url is None or text[each.start : each.end] == each.url, "an address is as it is written")
        if each.scheme:
            laws.law(each.value, "an identifier is not empty")
            address = identifiers.link_to(each.scheme, each.value)
            laws.law(address is not None, "an identifier has an address")
    for word in (text, *text.split()[:40]):
        _one_id(word)
    for address in text.split()[:40]:
        identifiers.identify(address)
        identifiers.relation(address, text[:60])
        identifiers.urlsplit_or_none(address)
        laws.law(identifiers.same_address(address) is not None, "an address has a form")


def _one_id(text: str) -> None:
    if found := identifiers.arxiv_id(text):
        laws.same(identifiers.arxiv_id(found), found, "an arXiv id is its own")
        date = identifiers.arxiv_date(found)
        laws.law(date is None or 1 <= date[1] <= 12, "an arXiv id has a month")
    if found := identifiers.doi(text):
        laws.same(identifiers.doi(found), found, "a DOI is its own")
        laws.law(found == found.lower() and not re.search(r"\s", found), "a DOI is lower case without blanks")
    identifiers.by_doi(text)
    text = clean(text)
    if eprint := addresses.eprint(text):
        laws.same(addresses.eprint(eprint), eprint, "an eprint is its own")
    if bare := addresses.bare_doi(text):
        laws.law(bare.isascii() and not re.search(r"[\s{}\\]", bare), "a bare DOI needs no braces")
    if url := addresses.plain_url(text):
        laws.law(
            url.isascii() and url.startswith(("http://", "https://")) and not re.search(r"[\s{}\\]", url),
            "a plain address is one",
        )


def opened(data: bytes) -> None:
    """Give an address to a browser or to the network: it is of the web and says one host, or is refused in words."""
    for text in (text_of(data), *text_of(data).split()[:10]):
        for gate in (plain_address, checked):
            try:
                url = str(gate(text))
            except Exception as error:
                laws.law(type(error).__module__ == "tui.errors", f"{gate.__name__} raises {type(error).__name__}")
                laws.sentence(error)
            else:
                laws.law(
                    url.isascii() and url.startswith(("http://", "https://")),
                    f"{gate.__name__} gives an address of the web",
                )
                laws.law(not re.search(r"[\s\x00-\x20\x7f<>\"]", url), f"{gate.__name__} gives no blank")


def waits(data: bytes) -> None:
    """Read until when a server asks to wait."""
    text = text_of(data)
    for status in (200, 403, 429, 503):
        for name in ("retry-after", "x-ratelimit-reset"):
            until = until_when(status, {name: text, "x-ratelimit-remaining": "0"}, NOW)
            laws.law(until is None or until.tzinfo is not None, "a wait has its zone")


def people(data: bytes) -> None:
    """Take names apart, for matching and for BibTeX; a name is the same person as itself."""
    lines = [clean(line) for line in text_of(data).splitlines()[:30]]
    lines = [line for line in lines if line]
    for line in lines:
        one = matched.take_apart(line)
        if one.family and one.script == "latin" and not one.group:
            laws.law(matched.same_person(one, one), "a name is the same person as itself")
        laws.clean_text(shown_name(line), "shown_name")
        laws.law(family_name(line) is not None, "a family name is text")
        said = query_words.family_name(line)
        laws.law(said is None or (said.isascii() and said), "a family name for queries is ASCII")
    found, _ = names.people(lines)
    for unicode in (False, True):
        text = byline(found, False, unicode)
        laws.law(text is None or balanced(text), "a list of authors has balanced braces")
    one_way = matched.shared(lines, list(reversed(lines)))
    laws.law(one_way.agree <= one_way.of, "no more names agree than there are")


def balanced(tex: str) -> bool:
    """Return whether the braces of *tex* balance as BibTeX counts them, escaped or not."""
    depth = 0
    for brace in re.findall("[{}]", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def works(data: bytes) -> None:
    """Compare titles: each is itself, and which of two comes first does not matter for what is the same."""
    one, _, other = clean_lines(text_of(data)).partition("\n")
    one, other = clean(one), clean(other)
    compared.take_apart(one)
    laws.law(bool(title_words(one)) or not one or not shown(one).strip(), "a title has words")
    if one and compared.take_apart(one).words:
        laws.same(type(compare(one, one)), type(compare(one, other)), "titles compare")
    plain.said(one)
    values.standard_number(one)
    laws.law(values.pages(one) is not None, "pages are text")
    keys.propose(Record(title=one, authors=(other,), year=2020), "fallback")
    key = keys.propose(Record(title=one, authors=(other,) if other else (), venue=other, year=2020), "fallback")
    laws.law(keys.is_safe(key), "a proposed key is safe")
    laws.law(keys.refuse_key(key) is None, "a proposed key is one that the reader can have")


def tex_read(data: bytes) -> None:
    """Read TeX and HTML in every place that does: clean text, whatever it was."""
    text = clean_lines(text_of(data))
    for read in (provided.prose, marked.unescaped, verify.decoded, bibtex_values.prose):
        laws.law(isinstance(read(text), str), f"{read.__name__} gives text")
    for value in (marked.words_of(text), marked.title_of(text), marked.plain(text)):
        if value is not None:
            laws.clean_text(value, "what a service writes", lines=True)
    letters = markup.letters(markup.prepared(text))
    laws.law(isinstance(letters, str), "letters are text")
    laws.same(typography.typeset(typography.typeset(text)), typography.typeset(text), "typesetting twice is once")
    for name in ("title", "authors", "year", "pages"):
        with suppress(ValueError):
            laws.clean(field_of(name, clean(text)), name)


def tex_written(data: bytes) -> None:
    """Write TeX: braces balance, nothing is a command that was none, 8 bits are ASCII."""
    text = clean(text_of(data))
    prose = reading.read(text)
    for unicode in (False, True):
        for made in (latex.escape(prose, unicode), titles.title(prose, unicode) or "", latex.escape(text, unicode)):
            laws.law(balanced(made), "written TeX has balanced braces")
            laws.law(not re.search(r"@\w*[ \t]*[{(]", made), "written TeX begins no entry")
            laws.law(not _DANGEROUS.search(made), "written TeX reads and runs nothing")
            laws.law("\n" not in made, "written TeX is one line")
    laws.same(reading.read(text), prose, "reading is the same each time")


_DANGEROUS = re.compile(
    r"(?<!\\)(?:\\\\)*+\\(?:input|include|write|openin|openout|read|def|edef|gdef|xdef|let|catcode|csname|immediate|special|expandafter"
    r"|newcommand|renewcommand|usepackage|lstinputlisting|verbatiminput)(?![A-Za-z])"
)


def formulas(data: bytes) -> None:
    """Read a formula: nothing is left in it but mathematics, with balanced braces."""
    text = clean(text_of(data)).replace("$", "")
    found = mathematics.read_math(text)
    if found is not None:
        laws.law(balanced(found), "a formula has balanced braces")
        laws.law(not _DANGEROUS.search(found), "a formula reads and runs nothing")
        laws.same(mathematics.read_math(found) is not None, True, "a formula that was read can be read")


def days(data: bytes) -> None:
    """Read dates in words: days of the calendar, or nothing."""
    text = text_of(data)
    for language in (None, "de", "en-GB", "fa", "zh", text[:5]):
        for day in dates.dates_in(text, language):
            datetime.date.fromisoformat(day)
        dates.is_date(text, language)
    if found := dates.feed_date(text):
        datetime.date.fromisoformat((found + "-01-01")[:10] if len(found) < 10 else found)
    if found := weekly_dates.last_day(text, ("2010.10915", text[:10])):
        datetime.date.fromisoformat(found)
    dates.number_of(text[:30])
    if text:
        date_parts.number_in(text[:30])
    for value in (text, text[:10]):
        shapes.date_of(value)
        shapes.year_and_month(value)
        shapes.year_of(value)
        shapes.month_of(value)
        shapes.int_of(value)
        shapes.pages_of(value, value)


@lru_cache(maxsize=1)
def _shelf() -> tuple[Shelf, sqlite3.Connection]:
    """Return a small catalogue to search in, in memory."""
    made = Shelf(Catalogue(None))
    made.put("First letters", "2021-01-01", OLDER, series="Letters")
    made.put("Spring reading", "2021-04-01", NEWER, series="Seasons")
    made.mark("title:sky", starred=True, tags=("ml",), state="reading", note="worth it")
    return made, made.catalogue.store.connection


def searches(data: bytes) -> None:
    """Read a search: it is refused in a sentence, or means what its own text means, and can be asked."""
    text = text_of(data)
    try:
        query = parse(text)
    except QueryError as error:
        laws.sentence(error)
        return
    again = str(query)
    if len(again) <= 2_000:
        laws.same(str(parse(again)), again, "a search that is written down is the same search")
    _, connection = _shelf()
    found = find(connection, query)
    if len(again) <= 2_000:
        laws.same(list(find(connection, parse(again)).nums), list(found.nums), "what is written down finds the same")
    for word in folded(text).split()[:5]:
        laws.law(spellings(word), "a word has a spelling")


def key_patterns(data: bytes) -> None:
    """Read a pattern of keys: refused in a phrase, or every key of it is safe."""
    text, _, more = text_of(data).partition("\n")
    why = key_pattern.check(text)
    if why is not None:
        laws.clean_text(why, "a phrase", lines=True) if text.isprintable() else None
        try:
            key_pattern.parse(text)
        except SettingsError:
            return
        laws.law(False, "check and parse agree")
    more = clean(more)
    record = Record(
        title=more, authors=(more, "Ada Lovelace"), year=2020, venue=more, arxiv="2010.10915", doi="10.1000/182_(x)"
    )
    for each in (record, Record(title=more), Record()):
        key = keys.propose(each, "fallback", text)
        laws.law(keys.is_safe(key), "a key made by a pattern is safe")


def file_patterns(data: bytes) -> None:
    """Read a pattern of file names: refused in a phrase, or every name of it is plain."""
    text, _, more = text_of(data).partition("\n")
    if file_pattern.check(text) is not None:
        return
    parts = dict.fromkeys(file_pattern.PARTS, more)
    for each in (parts, {}, {"title": more}, {"key": text_of(data)}):
        name = file_name(text, each)
        laws.law(0 < len(name.encode()) <= 200, "a name fits")
        laws.law(name.endswith(".pdf") and name[0] not in " ._-~" and name != ".pdf", "a name begins with a letter")
        laws.law(not re.search(r'[/\\:*?"<>|\x00-\x1f\x7f]', name), "a name is no path")
        laws.law(
            not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp", "Cf") for char in name), "a name can be seen"
        )
        same_name(name)


def _lines() -> Iterator[bytes]:
    yield "Hinton, G., LeCun, Y. & Bengio, Y.: On {W}eird $x^2$ “things” – arXiv:2010.10915v2 [cs.LG]".encode()
    yield b"see https://doi.org/10.1000/182(3), https://aclanthology.org/N18-1202.pdf; https://openreview.net/forum?id=abcdefgh"


def _names() -> Iterator[bytes]:
    yield "Ludwig van Beethoven\nGarcía Márquez, Gabriel\nvon Last, Jr, First\nJ.-P. Serre\n李飞飞\nFei-Fei Li\nThe ATLAS Collaboration\nO'Brien, P\n{NASA} Team\nMüller KR".encode()


def _titles() -> Iterator[bytes]:
    yield b"[Re] Attention Is All You Need (Extended Abstract)\nAttention is all you need: part II"
    yield b"On $\\mathcal{O}(n^2)$ Bounds &amp; more\nOn O(n2) bounds and more"


def _tex() -> Iterator[bytes]:
    yield rb"Schr{\"o}dinger's {BERT} \& \textit{co} $x_{i}^2 \leq \alpha$ ``q'' -- 5\% of \$5 \url{https://a.example/_x}"
    yield b"<jats:p>A <jats:italic>b</jats:italic> H<sub>2</sub>O &amp;lt; <mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></jats:p>"
    yield "αβ ≤ ∞ ℝ 𝒪 x² SO₄²⁻ é ế ß Łódź “a” ‘b’ – — … € ™".encode()


def _formulas() -> Iterator[bytes]:
    yield rb"\frac{a}{b} \left( x_{i}^{2} \right) \text{if } \mathbb{R} \sum_{i=1}^n \operatorname{argmax} \sqrt[3]{x} \begin{pmatrix} a & b \\ c \end{pmatrix}"


def _days() -> Iterator[bytes]:
    for text in (
        "Published on 7 November 2020", "Nov 7, 2020 – 2020/11/08", "Thu, 01 Jan 2024 10:00:00 +0200", "2024-05-01T10:00:00Z", "1. Mai 2024", "2024年5月1日",
        "۱۴۰۳/۰۲/۱۲", "July 17 - July 23", "5/1/2024", "1er mai 2024", "٧ نوفمبر ٢٠٢٠", "20–21 December 2022", "Week of May 1st",
    ):  # fmt: skip
        yield text.encode()


def _searches() -> Iterator[bytes]:
    for text in (
        'self-supervised "contrastive learning" trans* author:lovelace title:(poetry OR music) -survey', "year:2019..2021 tag:ml is:unread has:code NOT note:x",
        "arxiv:2010.10915 id:10.1145/3 key:saeed2020 issues:>=2", "venue:neurips series:\"weekly\" (a OR (b AND -c)) is:to-read", "论文 الكتاب müller",
    ):  # fmt: skip
        yield text.encode()


def _addresses() -> Iterator[bytes]:
    yield b"https://user:pw@a.example:8080/p/%7Ea?q=1&r=[2]#f http://[::1]:80/ https://xn--bcher-kva.example/ https://m\xc3\xbcnchen.example/\xc3\xa9"


def _patterns() -> Iterator[bytes]:
    yield "{author:2,etal,capitalise}_{year:2}_{title:3,sep=-}\nAttention is all über Łódź 文".encode()
    yield b"{venue|title:2-4,skip=a+b,max=20,letters=4}{doi|arxiv}\nNeurIPS"


def _files() -> Iterator[bytes]:
    yield "{author} {year} - {title} ({venue})\nA: “b”/c? CON. Łódź".encode()
    yield b"{key}\ncon"


def _waits() -> Iterator[bytes]:
    yield from (
        b"120",
        b"Wed, 21 Oct 2024 07:28:00 GMT",
        b"1714521600",
        b"1e3",
        b"-1",
        b"Wed, 21 Oct 99999 07:28:00 GMT",
    )


_TEX_TOKENS = tokens.TEX
_QUERY = (
    "author:", "title:", "year:", "tag:", "is:", "has:", "arxiv:", "id:", "key:", "issues:", "venue:", "series:", "note:", "abstract:", "issue:", "AND", "OR",
    "NOT", "-", "(", ")", '"', "*", '"*', "..", ">=", "<", "=", ",", "unread", "code", "to-read", "2019", "s2:", "rowid:", "words:", "{", "^", "+", "NEAR(",
)  # fmt: skip
_PATTERN = (
    "{author}", "{year}", "{title}", "{venue}", "{arxiv}", "{doi}", "{key}", "{id}", "{", "}", "|", ":", ",", "etal", "max=", "sep=", "letters=", "skip=",
    "initials", "every", "all", "2-4", "german", "lower", "upper", "capitalise", "keep", "=", "+", "-", "999", "0", "sep=}",
)  # fmt: skip
_DATE = (
    "May",
    "mai",
    "月",
    "日",
    "年",
    "st",
    "th",
    "of",
    ".",
    "/",
    "-",
    ":",
    "T",
    "Z",
    "+0000",
    "GMT",
    "AM",
    "2024",
    "31",
    "Feb",
    "Sept.",
    "م",
    "،",
    "–",
    "1404",
)
_NAME = (
    "von",
    "de la",
    "Jr.",
    "III",
    ",",
    ", ",
    "and",
    "et al.",
    "others",
    "{",
    "}",
    "-",
    ".",
    "O'",
    "Mc",
    "’",
    "Team",
    "Inc.",
    "Dr.",
    "PhD",
    "ß",
    "李",
    "(",
    ")",
)

TARGETS = (
    Target("clean", gate, (), _tex, tokens.CONTROLS + tokens.INVISIBLE + tokens.TEX, weight=2),
    Target("identifiers", ids, (), _lines, tokens.WORDS, weight=2),
    Target("addresses", opened, (), _addresses, ("@", ":", "//", "[", "]", "%00", "\\", "?", "#", ".", "xn--", "0x7f", "127.1", "[::", "。", "ß", "\u00ad", "-", " ")),
    Target("waits", waits, (), _waits, ("0", "9" * 8, "-", "+", ".", "e", "GMT", "Wed, ", ":", "99", " ", "٣")),
    Target("names", people, (), _names, _NAME, weight=2),
    Target("titles", works, (), _titles, tokens.TEX),
    Target("latex-read", tex_read, (), _tex, _TEX_TOKENS, weight=2),
    Target("latex-written", tex_written, (), _tex, _TEX_TOKENS, weight=3),
    Target("mathematics", formulas, (), _formulas, _TEX_TOKENS, weight=2),
    Target("dates", days, (), _days, _DATE, weight=2),
    Target("query", searches, (), _searches, _QUERY, weight=2),
    Target("key-pattern", key_patterns, (), _patterns, _PATTERN),
    Target("file-pattern", file_patterns, (), _files, _PATTERN),
)  # fmt: skip
