# ruff: noqa: E501 - seeds, tokens and laws are data, each on a line of its own
"""Digests: every format as it is told and as it is forced, files read bit by bit, feeds, lists of sources, charsets."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator

from tests.fuzz import laws, tokens
from tests.fuzz.target import Target, text_of
from tui.desk.opml import read_opml, write_opml
from tui.digests import FORMATS, charsets, collect, collections, feed, json_stream, reads_bit_by_bit
from tui.digests.document import Document, beginning, decode
from tui.digests.records import Collection
from tui.errors import SourceError, UnreadableError
from tui.model import FollowedSource

ADDRESS = "https://digest.example/a/b"
_SAMPLES = {
    "papers-json": ("*.json",),
    "csl-json": ("*.json",),
    "mail": ("21*", "15*"),
    "bibtex": ("16*",),
    "ris": ("16*",),
    "arxiv-mailing": ("20*",),
    "feed": ("17*",),
    "hf-daily-papers": ("22*",),
    "hf-newsletter": ("23*",),
    "openreview": ("24*",),
    "acl-anthology": ("25*",),
    "ranking": ("06*", "07*", "08*"),
    "summaries": ("09*", "10*"),
    "shamra": ("11*", "12*"),
    "session": ("04*", "05*"),
    "conference": ("26*",),
    "newsletter": ("01*", "02*", "03*"),
    "weekly": ("18*", "19*"),
    "list": ("13*",),
    "tables": ("13*", "14*"),
}
_TOKENS = {
    "bibtex": tokens.BIBTEX,
    "feed": tokens.XML + tokens.HTML,
    "ris": ("TY  - JOUR", "ER  - ", "\nAU  - ", "\nTI  - ", "\nPY  - ", "\nDO  - ", "\nUR  - ", "\nN2  - ", "  - ", "ER"),
    "mail": (
        "From: ", "\n\n", "Subject: ", "Content-Type: multipart/mixed; boundary=a", "--a", "--a--", "charset=utf-7", "From \n",
        "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "Content-Type: text/html", "MIME-Version: 1.0",
        "Date: Thu, 1 Jan 1970 00:00:00 +9999", "=?utf-8?q?", "?=", ">From ", "Content-Type: message/rfc822", "charset=\"\"", "boundary=",
    ),
    "arxiv-mailing": (
        "------", "\\\\", "Title: ", "Authors: ", "Date: ", "Categories: ", "Comments: ", "arXiv:", "( https://arxiv.org/abs/1 ,  9kb)",
        "%%--%%--%%", "replaced with revised version", "Report-no: ", "(*cross-listing*)", "Subjects: ",
    ),
    "hf-newsletter": ("- ", ": ", "'", "\"", "|", ">", "#", "title: ", "authors:", "  ", "\t", "---", "...", "&a", "*a", "!!", "? ", "[", "{"),
}  # fmt: skip


def read(document: Document, name: str | None = None) -> Collection | None:
    """Return what *document* holds, its laws looked at; None where it holds nothing, and says so in a sentence."""
    try:
        found = collect(document, name)
    except SourceError as error:
        laws.sentence(error)
        return None
    _lawful(found, len(document.text))
    return found


def _lawful(found: Collection, letters: int) -> None:
    issues = found.issues
    laws.law(issues and any(issue.entries for issue in issues), "what is returned names a paper")
    laws.law(sum(len(issue.entries) for issue in issues) <= letters, "there are not more papers than letters")
    laws.clean(issues)
    laws.clean(found.marks)
    laws.clean(found.asked)
    for issue in issues:
        laws.kept_whole(issue)
        laws.law(issue.title, "an issue has a title")
        laws.law(issue.date is None or _is_day(issue.date), "an issue's date is one")
    for at in (*found.marks, *found.asked):
        laws.law(0 <= at[0] < len(issues) and 0 <= at[1] < len(issues[at[0]].entries), "marks are an entry's")


def _is_day(date: str) -> bool:
    try:
        datetime.date.fromisoformat((date + "-01-01")[:10] if len(date) < 8 else date)
    except ValueError:
        return False
    return True


def _document(data: bytes) -> Document | None:
    try:
        return decode(data, "digest.txt", ADDRESS)
    except UnreadableError as error:
        laws.sentence(error)
        return None


def whole(data: bytes) -> None:
    """Read a digest as ``add`` reads a file, and a second time: the same comes of it."""
    document = _document(data)
    if document is not None and (found := read(document)):
        laws.same(collect(document).issues, found.issues, "the same text gives the same issues")


def pasted(data: bytes) -> None:
    """Read a digest as the clipboard gives it: text that was never bytes, and may hold halves of pairs."""
    read(Document(text_of(data), "clipboard"))


def forced(name: str) -> Callable[[bytes], None]:
    """Return what reads a digest as the format *name*, whatever it is."""

    def run(data: bytes) -> None:
        document = _document(data)
        if document is not None:
            read(document, name)

    return run


def streamed(data: bytes) -> None:
    """Read a file bit by bit; where it can be read whole as well, both find as many papers."""
    try:
        if not reads_bit_by_bit(data, "digest.json"):
            return
        parts = [found for found, _ in collections(io.BytesIO(data), data, "digest.json")]
    except SourceError as error:
        laws.sentence(error)
        return
    for found in parts:
        laws.clean(found.issues)
        for issue in found.issues:
            laws.kept_whole(issue)


def json_elements(data: bytes) -> None:
    """Take JSON apart: nothing is raised, and no element is more than the text."""
    text = text_of(data)
    for element in json_stream.elements(text):
        laws.law(element is not None, "an element is one")
    laws.law(json_stream.contents(text) in (None, "papers", "csl"), "the kind of the records is known")


def feeds(data: bytes) -> None:
    """Read a feed with its items, and the feeds that a page names."""
    document = _document(data)
    if document is None:
        return
    for url, title in feed.feed_links(document):
        laws.clean_text(title, "the title of a feed")
        laws.law(url.startswith(("http://", "https://")), "a feed's address is one of the web")
    try:
        found = feed.read_feed(document)
    except UnreadableError as error:
        laws.sentence(error)
        return
    if found is not None:
        issues = feed.issues_of(document, found)
        laws.clean(issues)
        for issue in issues:
            laws.kept_whole(issue)


def opml(data: bytes) -> None:
    """Read a list of sources; what is written of it is read as the same."""
    try:
        listed = read_opml(data, "list.opml")
    except UnreadableError as error:
        laws.sentence(error)
        return
    laws.clean(listed.outlines)
    sources = [
        FollowedSource(
            str(number), each.url, each.title, "page" if each.page else "feed", each.folder, home=each.home,
            attributes=each.attributes,
        )
        for number, each in enumerate(listed.outlines)
    ]  # fmt: skip
    text = write_opml(sources, datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC))
    again = read_opml(text.encode(), "list.opml")
    laws.same([each.url for each in again.outlines], [each.url for each in listed.outlines], "OPML keeps every source")


def encodings(data: bytes) -> None:
    """Tell the encoding: a name that Python knows, and a text that can be kept."""
    name = charsets.declared(data)
    laws.law(not name or "".encode(name) is not None, "a declared encoding is known")
    found = charsets.detected(data)
    laws.law(found is None or "".encode(found) is not None, "a detected encoding is known")
    laws.law(isinstance(charsets.eight(data, name), str), "eight bits are always text")
    document = _document(data)
    if document is not None:
        # A byte order mark or an encoding of two bytes may hold halves; nothing else gives them.
        document.text.encode("utf-8", "surrogatepass")
    cut = beginning(data, "digest")
    laws.law(cut is None or isinstance(cut.text, str), "a beginning is text or nothing")


def _records() -> Iterator[bytes]:
    yield b'[{"id": "a", "record": {"type": "journal", "title": "A {B} C", "authors": ["Ada Lovelace"], "year": 2020, "doi": "10.1/x"}}]'
    yield (
        b'{"papers": [{"title": "T", "authors": ["A B"], "identifiers": {"arxiv": "2010.10915"}, "marks": {"state": "read", "tags": ["x"]},'
        b' "abstract": "A.", "links": [{"url": "https://a.example/"}], "posts": [{"text": "p"}]}]}'
    )
    yield b'[{"type": "article-journal", "title": "T", "author": [{"family": "B", "given": "A"}], "issued": {"date-parts": [[2020, 5]]}, "DOI": "10.1/x"}]'
    yield b'{"items": [{"type": "book", "title": "T", "author": [{"literal": "The Group"}], "issued": {"raw": "May 2020"}, "note": "arXiv: 2010.10915"}]}'


def _ris() -> Iterator[bytes]:
    yield b"TY  - JOUR\nTI  - A Title\nAU  - Lovelace, Ada\nPY  - 2020/05/01\nDO  - 10.1000/182\nSP  - 1\nEP  - 9\nN2  - Words.\nER  - \n"
    yield b"TY  - CONF\r\nT1  - B\r\nA1  - Turing, A. M.\r\nUR  - https://arxiv.org/abs/2010.10915\r\nER  - \r\n"


def _feeds() -> Iterator[bytes]:
    yield (
        b"<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>T</title><link>https://a.example/</link>"
        b"<item><title>Paper</title><link>https://arxiv.org/abs/2010.10915</link><description>&lt;p&gt;A&lt;/p&gt;</description>"
        b"<dc:creator>A B, C D</dc:creator><pubDate>Mon, 1 Jan 2024 00:00:00 GMT</pubDate><guid>x</guid></item></channel></rss>"
    )
    yield (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><id>u</id><link rel='alternate' href='https://a.example/'/><entry><id>i</id>"
        b"<title type='html'>P &amp;amp; Q</title><link href='https://arxiv.org/abs/2010.10915'/><updated>2024-01-01T00:00:00Z</updated>"
        b"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>see <a href='https://doi.org/10.1000/182'>it</a></div></content></entry></feed>"
    )
    yield (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://a.example/", "items": [{"id": "1", "url":'
        b' "https://a.example/1", "title": "P", "content_html": "<a href=https://arxiv.org/abs/2010.10915>x</a>", "date_published": "2024-01-01T00:00:00Z"}]}'
    )
    yield b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed' title='F'></head><body>a</body></html>"


def _opml() -> Iterator[bytes]:
    yield (
        b"<?xml version='1.0'?><opml version='2.0'><head><title>T</title></head><body><outline text='Folder'><outline text='A' type='rss'"
        b" xmlUrl='https://a.example/feed' htmlUrl='https://a.example/' category='/x/y'/></outline><outline text='P' type='page'"
        b" htmlUrl='https://b.example/'/></body></opml>"
    )


def _texts() -> Iterator[bytes]:
    words = "<meta charset=windows-1251>Статья о моделях языка, 论文标题と日本語の文章 한국어 논문, Łódź é ü ß ÿ"
    for name in ("utf-8", "utf-16", "utf-32", "utf-16-be", "gb18030"):
        yield words.encode(name)
    yield from (
        words[:45].encode("cp1251"),
        "論文の題名は長い文章です。これは日本語。".encode("shift_jis"),
        "論文の題名は長い".encode("euc-jp"),
    )
    yield from (
        "Étude des modèles – “été”".encode("cp1252"),
        "논문 제목과 저자 이름".encode("euc-kr"),
        "Ελληνικά γράμματα".encode("iso8859-7"),
    )
    yield from (
        "論文の題名".encode("iso2022_jp"),
        b"+AGEAYg-",
        "עברית וגם".encode("cp1255"),
        "مقالة عن النماذج".encode("cp1256"),
    )


def _seeds_of(name: str) -> Callable[[], Iterator[bytes]] | None:
    return {"papers-json": _records, "csl-json": _records, "ris": _ris, "feed": _feeds}.get(name)


def _every() -> Iterator[bytes]:
    for make in (_records, _ris, _feeds, _texts):
        yield from make()


_PAGES = tokens.HTML + tokens.WORDS

TARGETS = (
    Target("digest", whole, ("*.*",), _every, _PAGES, weight=3),
    Target("pasted", pasted, ("*.txt", "*.md", "*.bib"), _ris, tokens.WORDS),
    *(
        Target(
            f"digest-{each.NAME}", forced(each.NAME), _SAMPLES.get(each.NAME, ("*.txt", "*.md", "1*.html")), _seeds_of(each.NAME),
            _TOKENS.get(each.NAME, _PAGES), "json" if each.NAME in ("papers-json", "csl-json", "hf-daily-papers") else "text",
        )
        for each in FORMATS
    ),
    Target("streamed", streamed, ("*.json", "*.eml"), _records, kind="json"),
    Target("json-elements", json_elements, (), _records, ("[", "]", "{", "}", ",", ":", '"', "\\", "\\u", "null", "[[[[", '"id"')),
    Target("feeds", feeds, ("17*",), _feeds, tokens.XML + tokens.HTML),
    Target("opml", opml, (), _opml, (*tokens.XML, "<outline ", "xmlUrl='http://a/'", "text='", "type='include'", "/>", "</outline>", "isComment='true'")),
    Target("charsets", encodings, (), _texts, ("charset=", "<?xml encoding='", "utf-7", "utf-16", "hz", "idna", "punycode", "rot13", "x-user-defined", "# coding: ")),
)  # fmt: skip
