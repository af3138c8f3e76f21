"""Feeds of papers are one issue, feeds of posts an issue a post, and a post that is a digest is taken apart as one."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from html import escape
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.digests.feeds import NEWSLETTER, announced, atom, bombs, masses, rss
from tui.digests import FORMATS, collect, links, read
from tui.digests.document import Document, decode
from tui.digests.feed import Feed, feed_links, issues_of, read_feed
from tui.errors import NoPapersError, PaperrackError, UnreadableError
from tui.model import Issue

HOME = "https://lists.example/feed.xml"


def feed_in(text: str, address: str | None = HOME) -> Feed:
    feed = read_feed(Document(text, "feed.xml", address))
    assert feed is not None
    return feed


def issues_in(text: str, address: str | None = HOME) -> tuple[Issue, ...]:
    document = decode(text.encode(), "feed.xml", address)
    assert [each.NAME for each in FORMATS if each is not links and each.recognises(document)] == ["feed"]
    return collect(document).issues


KINDS = {
    "new": "new",
    "cross": "cross-listed",
    "replace": "replaced (v3)",
    "replace-cross": "replaced, cross-listed (v3)",
    "whatever": "whatever (v3)",
}


def test_arxivs_feed_is_one_issue_with_the_day_in_its_title() -> None:
    channel = (
        "<title>cs.DL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.DL</link>"
        '<atom:link href="http://rss.arxiv.org/rss/cs.DL" rel="self"/>'
        "<pubDate>Fri, 05 Jan 2024 00:00:00 -0500</pubDate>"
    )
    items = [announced(f"2401.0000{n}", kind, 3 if n > 1 else 1, f"List {n} < {n + 1}") for n, kind in enumerate(KINDS)]
    (issue,) = issues_in(rss(*items, channel=channel))
    assert (issue.title, issue.series, issue.date) == ("arXiv cs.DL, 5 January 2024", "arXiv cs.DL", "2024-01-05")
    assert issue.address is None, "tomorrow's list stands at the same address"
    assert [entry.sections[0].text for entry in issue.entries] == list(KINDS.values())
    first = issue.entries[0]
    assert (first.title, first.authors) == ("List 0 < 1", ("Ada Byron", "Max Müller"))
    assert (first.identifiers, first.date, first.categories) == ({"arxiv": "2401.00000"}, "2024-01-05", ("cs.DL",))
    assert first.abstract == "We count lists; $x<3$ of them."
    assert [(link.url, link.rel) for link in first.links] == [("https://arxiv.org/abs/2401.00000", "paper")]
    assert issue.text.split("\n")[first.line - 1].startswith("<item>")


def test_arxivs_atom_feed_and_its_answers_to_queries_are_read_likewise() -> None:
    entry = (
        "<id>{0}</id><title>A Study\n of Lists</title><updated>2024-01-05T00:00:00-05:00</updated>{1}"
        '<link href="https://arxiv.org/abs/2401.00001v2" rel="alternate" type="text/html"/>'
        '<link href="https://arxiv.org/pdf/2401.00001v2" rel="related" type="application/pdf" title="pdf"/>'
        '<category term="cs.DL"/><published>2024-01-04T18:00:00Z</published>'
    )
    told = (
        "<summary>arXiv:2401.00001v2 Announce Type: replace \nAbstract: We count.</summary>"
        "<arxiv:announce_type>replace</arxiv:announce_type><dc:creator>Ada Byron, Max Planck</dc:creator>"
    )
    asked = (
        "<summary>  We count.\n</summary><author><name>Ada Byron</name></author>"
        "<author><name>Max Planck</name></author>"
        "<arxiv:comment>12 pages</arxiv:comment><arxiv:journal_ref>J. Lists 3 (2024) 1</arxiv:journal_ref>"
        "<arxiv:doi>10.1000/Lists.3</arxiv:doi>"
    )
    both = atom(
        entry.format("oai:arXiv.org:2401.00001v2", told), entry.format("http://arxiv.org/abs/2401.00001v2", asked)
    )
    (issue,) = issues_in(both)
    for each in issue.entries:
        assert (each.title, each.authors, each.abstract) == (
            "A Study of Lists",
            ("Ada Byron", "Max Planck"),
            "We count.",
        )
        assert each.identifiers["arxiv"] == "2401.00001"
        assert [link.rel for link in each.links] == ["paper", "pdf"]
    told_entry, asked_entry = issue.entries
    assert [(part.heading, part.text) for part in told_entry.sections] == [("Announced", "replaced (v2)")]
    assert [(part.heading, part.text) for part in asked_entry.sections] == [("Comments", "12 pages")]
    assert asked_entry.identifiers["doi"] == "10.1000/lists.3"
    assert asked_entry.venue == "J. Lists 3 (2024) 1"


def test_arxivs_feed_of_before_2024_has_version_and_class_in_its_titles() -> None:
    item = (
        '<item rdf:about="http://arxiv.org/abs/2001.00001"><title>On $p&lt;0.05$. (arXiv:2001.00001v2 [cs.DL] UPDATED)'
        "</title><link>http://arxiv.org/abs/2001.00001</link><description>&lt;p&gt;We count.\nTwice.&lt;/p&gt;"
        '</description><dc:creator> &lt;a href="http://arxiv.org/a"&gt;J\\"org M\\"uller&lt;/a&gt;, '
        '&lt;a href="x"&gt;Ann Lee&lt;/a&gt; (MIT)</dc:creator></item>'
    )
    (issue,) = issues_in(
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x">'
        "<title>cs.DL updates on arXiv.org</title><link>http://export.arxiv.org/rss/cs.DL</link>"
        f"<dc:date>2020-01-03T20:30:00-05:00</dc:date></channel>{item}</rdf:RDF>"
    )
    (entry,) = issue.entries
    assert (issue.date, entry.title, entry.categories) == ("2020-01-03", "On $p<0.05$", ("cs.DL",))
    assert (entry.authors, entry.sections[0].text) == (("Jörg Müller", "Ann Lee"), "replaced (v2)")
    assert (entry.abstract, entry.identifiers) == ("We count. Twice.", {"arxiv": "2001.00001"})


@pytest.mark.parametrize(
    ("creators", "names"),
    [
        (["Smith, J. A., Doe, B."], ("J. A. Smith", "B. Doe")),
        (["Smith, John", "Doe, Ann"], ("John Smith", "Ann Doe")),
        (["John Smith, Jr.", "Ann Doe"], ("John Smith, Jr.", "Ann Doe")),
        (["Ann Doe"], ("Ann Doe",)),
    ],
)
def test_a_journals_feed_is_one_issue_too(creators: list[str], names: tuple[str, ...]) -> None:
    abstract = "We counted the lists of a whole year and were surprised. " * 6
    item = (
        "<title>Counting lists</title><link>https://journal.example/article/7?rss=1</link>"
        "<dc:identifier>doi:10.1101/2024.01.01.573</dc:identifier>"
        f"<description>&lt;p&gt;{abstract}&lt;/p&gt;</description>"
    )
    item += "".join(f"<dc:creator><![CDATA[{name}]]></dc:creator>" for name in creators)
    (issue,) = issues_in(rss(item, "<title>Editorial</title><link>https://journal.example/8</link>", item))
    assert [entry.identifiers for entry in issue.entries] == [{"doi": "10.1101/2024.01.01.573"}] * 2
    assert (issue.entries[0].authors, issue.entries[0].abstract) == (names, abstract.strip())
    assert [(remark.text, remark.why) for remark in issue.warnings] == [("Editorial", "names no paper")]


def test_a_newsletters_feed_is_an_issue_a_post_as_its_own_kind_reads_it() -> None:
    item = (
        "<title>week 6 - nets</title><link>/p/6</link><guid isPermaLink='false'>6</guid>"
        "<description>Two short ones</description><pubDate>Sat, 06 Mar 2021 10:00:00 GMT</pubDate>"
        f"<content:encoded><![CDATA[{NEWSLETTER}]]></content:encoded>"
    )
    older = (
        item.replace("week 6", "week 5").replace("/p/6", "/p/5").replace("06 Mar", "27 Feb").replace("sixth", "fifth")
    )
    first, second = issues_in(rss(item, older))
    assert [(issue.format, issue.title, issue.number) for issue in (first, second)] == [
        ("newsletter", "week 5 - nets", "5"),
        ("newsletter", "week 6 - nets", "6"),
    ]
    assert (second.series, second.date) == ("paper notes", "2021-03-06")
    assert second.address == "https://lists.example/p/6"
    attention, residual = second.entries
    assert (attention.title, attention.identifiers) == ("Attention Is All You Need", {"arxiv": "1706.03762"})
    assert [part.heading for part in residual.sections] == ["What is it?", "Why it matters?"]
    assert "https://lists.example/code" in [link.url for link in attention.links]
    assert not second.warnings


def test_posts_in_json_are_issues_too_and_a_link_blog_names_what_it_links_to() -> None:
    items = [
        {
            "id": 7, "url": "/7", "title": "Lists", "content_html": "<p>Read arXiv:1706.03762</p>",
            "date_published": "2024-01-02T03:04:05Z", "authors": [{"name": "Ada"}, 3], "tags": ["a", 1],
        },
        {
            "id": "8", "external_url": "https://arxiv.org/abs/1512.03385", "title": "Nets that are deep",
            "content_text": "Worth it.",
        },
    ]  # fmt: skip
    version = "https://jsonfeed.org/version/1.1"
    text = json.dumps({"items": items, "version": version, "title": "L", "home_page_url": "https://l.example"})
    feed = feed_in(text)
    assert [(item.id, item.address) for item in feed.items] == [("7", "https://l.example/7"), ("8", None)]
    assert (feed.items[0].authors, feed.items[0].categories) == (("Ada",), ("a",))
    found = {issue.title: issue for issue in issues_in(text)}
    assert found["Lists"].date == "2024-01-02"
    assert found["Lists"].entries[0].identifiers == {"arxiv": "1706.03762"}
    assert found["Nets that are deep"].entries[0].identifiers == {"arxiv": "1512.03385"}


def test_what_is_published_in_a_post_of_several_weeks_is_an_issue_a_week() -> None:
    weeks = "".join(
        f"<h2>Top Papers of the Week ({month} 1 - {month} 7)</h2><ol>"
        + "".join(
            f"<li><b>A Paper about Lists {n}</b> - it counts them."
            f' <a href="https://arxiv.org/abs/24{n:02}.0000{n}">Paper</a></li>'
            for n in (place, place + 1, place + 2)
        )
        + "</ol>"
        for place, month in ((1, "January"), (5, "February"))
    )
    issues = issues_in(rss(f"<title>Two weeks</title><link>/two</link><description><![CDATA[{weeks}]]></description>"))
    assert sum(len(issue.entries) for issue in issues) == 6
    assert len(issues) == 1 or {issue.address for issue in issues} == {None}


def test_a_post_without_papers_is_kept_beside_one_with_some_and_said_so() -> None:
    with_one = "<title>One</title><link>/1</link><description>arXiv:1706.03762</description>"
    walk = (
        "<title>A walk</title><link>/2</link><description>&lt;p&gt;No &lt;b&gt;paper&lt;/b&gt;.&lt;/p&gt;</description>"
    )
    empty, kept = sorted(issues_in(rss(with_one, walk, "")), key=lambda issue: len(issue.entries))
    assert (empty.title, empty.entries, empty.format) == ("A walk", (), "feed")
    assert "No paper." in empty.text
    assert [remark.why for remark in (*empty.warnings, *kept.warnings)].count("is a post that names no paper") == 1
    assert "is an item that says nothing" in {remark.why for remark in (*empty.warnings, *kept.warnings)}
    with pytest.raises(NoPapersError, match=r"^feed\.xml names no paper"):
        read(Document(rss(walk), "feed.xml"))


def test_some_items_of_a_feed_make_their_own_issues() -> None:
    document = Document(
        rss(*(f"<title>Post {n}</title><description>arXiv:2401.0000{n}</description>" for n in range(4))), "-"
    )
    feed = read_feed(document)
    assert feed is not None
    assert [issue.title for issue in issues_of(document, feed, feed.items[1:3])] == ["Post 2", "Post 1"]
    assert issues_of(document, feed, ()) == ()


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/p/1", "https://lists.example/p/1"),
        ("p/1", "https://lists.example/p/1"),
        ("//other.example/1", "https://other.example/1"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_links_are_seen_from_the_site_and_lead_to_the_web_or_nowhere(link: str, address: str | None) -> None:
    (item,) = feed_in(rss(f"<title>x</title><link>{link}</link><description>arXiv:1706.03762</description>")).items
    assert item.address == address
    inside = f'<id>tag:1</id><title>x</title><link href="{link}"/>'
    (entry,) = feed_in(atom(inside, more='xml:base="https://lists.example/"')).items
    assert entry.address == address


def test_bases_are_those_of_the_item_and_scripts_are_words() -> None:
    body = escape('<p>arXiv:1706.03762 <a href="code">code</a> <a href="javascript:x">run</a><script>no()</script>')
    text = atom(
        f'<id>tag:1</id><title>x</title><link href="/a/b"/><content type="html" xml:base="/a/">{body}</content>',
        more='xml:base="https://base.example/"',
    )
    (issue,) = issues_in(text)
    assert issue.address == "https://base.example/a/b"
    assert [link.url for link in issue.entries[0].links] == ["https://base.example/a/code"]
    assert "no()" not in issue.text


@pytest.mark.parametrize(
    ("dated", "published"),
    [
        ("Tue, 02 Jan 2024 10:00:00 GMT", "2024-01-02"),
        ("2024-01-02T23:59:59-11:00", "2024-01-02"),
        ("02 Jan 24 10:00 EST", "2024-01-02"),
        ("January 2, 2024", "2024-01-02"),
        ("0000-00-00T00:00:00Z", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("9999-12-31T23:59:59Z", None),
        ("soon", None),
    ],
)
def test_dates_are_read_however_they_are_written_and_impossible_ones_are_said(
    dated: str, published: str | None
) -> None:
    text = rss(f"<title>x</title><description>arXiv:1706.03762</description><pubDate>{dated}</pubDate>")
    assert feed_in(text).items[0].published == published
    (issue,) = issues_in(text)
    assert issue.date == published
    assert [remark.text for remark in issue.warnings] == ([] if published else [dated])


def test_items_without_title_date_or_link_have_names_that_last() -> None:
    bare = "<description>See arXiv:1706.03762</description>"
    once, again = (feed_in(rss(bare, "<title>y</title>", bare + "<b/>")).items for _ in range(2))
    assert [item.id for item in once] == [item.id for item in again]
    assert (once[0].title, once[0].address, once[0].published) == (None, None, None)
    assert once[0].id != once[1].id
    assert issues_in(rss(bare))[0].title == "Reading lists"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (rss("<title>für arXiv:1706.03762</title>").encode("latin-1"), "für"),
        (rss("<title>für arXiv:1706.03762</title>").replace("UTF-8", "ISO-8859-1").encode("utf-8"), "für"),
        (rss("<title>für arXiv:1706.03762</title>").replace("UTF-8", "UTF-16").encode("utf-8"), "für"),
        (rss("<title>für arXiv:1706.03762</title>").encode("utf-16"), "für"),
        (rss("<title>論文 arXiv:1706.03762</title>").replace("UTF-8", "Shift_JIS").encode("shift_jis"), "論文"),
        (b"\xef\xbb\xbf \n" + rss("<title>für arXiv:1706.03762</title>").encode(), "für"),
    ],
)
def test_a_feed_may_lie_about_its_encoding(data: bytes, title: str) -> None:
    (issue,) = read(decode(data, "feed.xml"))
    assert issue.title == f"{title} arXiv:1706.03762"


BROKEN = {
    "bare ampersands": rss("<title>R&D & arXiv:1706.03762</title>"),
    "entities of HTML": rss("<title>R&amp;D &amp;&nbsp;arXiv:1706.03762</title>"),
    "controls": rss("<title>R&amp;D\x07 &amp; arXiv:1706.03762</title>"),
    "forbidden characters": rss("<title>R&amp;D &amp;&#8; arXiv:1706.03762</title>"),
    "a prefix that nobody declared": rss("<title>R&amp;D &amp; arXiv:1706.03762</title><foo:bar>x</foo:bar>"),
    "elements in a body with a prefix that nobody declared": rss(
        "<title>R&amp;D &amp; arXiv:1706.03762</title><description>a <x:b>c</x:b> <x:>d</description>"
    ),
    "an end tag too few": rss("<title>R&amp;D &amp; arXiv:1706.03762</title><b>"),
    "cut": rss("<title>R&amp;D &amp; arXiv:1706.03762</title><description><![CDATA[words")[:-30],
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_feed_that_is_broken_gives_what_can_be_read_and_says_so(how: str) -> None:
    (issue,) = read(decode(BROKEN[how].encode(), "feed.xml"))
    assert issue.title == "R&D & arXiv:1706.03762"
    told = [remark.why for remark in issue.warnings]
    declared = how == "a prefix that nobody declared"
    assert declared or told == ["is no well-formed XML; what could be read of the feed was"]


def test_json_that_is_cut_gives_the_items_before() -> None:
    text = '{"version": "https://jsonfeed.org/version/1", "items": [{"title": "x", "content_text": "arXiv:1706.03762"}'
    text += ',\n{"ti'
    (issue,) = issues_in(text)
    assert issue.title == "x"
    assert [(remark.line, remark.text) for remark in issue.warnings] == [(2, '{"ti')]
    deep = text[:-5] + "[" * 200_000
    assert len(feed_in(deep).remarks) == 1


@pytest.mark.parametrize("bomb", bombs())
def test_a_feed_with_entities_of_its_own_is_refused_in_one_sentence(bomb: str) -> None:
    begin = time.perf_counter()
    with pytest.raises(UnreadableError) as raised:
        read(Document(bombs()[bomb], "bomb.xml"))
    assert str(raised.value) == "bomb.xml declares entities of its own, as no feed needs to, and was not read."
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize("page", ["<!DOCTYPE html [{}]><html><body><p>&a9; arXiv:1706.03762</p></body></html>"])
@pytest.mark.parametrize("bomb", bombs())
def test_no_entity_of_a_page_is_expanded(bomb: str, page: str) -> None:
    inside = bombs()[bomb].partition("[")[2].partition("]>")[0]
    (issue,) = read(Document(page.format(inside), "bomb.html"))
    assert len(issue.text) < 100_000
    assert "root:" not in issue.text


@pytest.mark.parametrize("mass", masses())
def test_too_much_of_one_thing_is_read_in_seconds(mass: str) -> None:
    begin = time.perf_counter()
    (issue,) = read(Document(masses()[mass], "mass.xml"))
    assert issue.entries[0].identifiers == {"arxiv": "1706.03762"}
    assert time.perf_counter() - begin < 20


def test_a_document_type_without_declarations_is_harmless() -> None:
    text = rss("<title>See arXiv:1706.03762</title>").replace(
        "<rss", '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "file:///etc/passwd"><rss'
    )
    assert issues_in(text)[0].entries


def test_fifty_thousand_items_are_read_and_what_is_more_is_said() -> None:
    many = rss(*(f"<title>Post {n}</title><link>/{n}</link><description>words</description>" for n in range(50_010)))
    feed = feed_in(many.replace("words", "arXiv:1706.03762", 1))
    assert len(feed.items) == 50_000
    assert [remark.why for remark in feed.remarks] == ["has more than 50,000 items; 10 were left out"]


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><head><title>Log in</title></head><body><form>Password <input></form></body></html>",
        '<?xml version="1.0"?><opml version="2.0"><body/></opml>',
        '<?xml version="1.0"?><feed><a/></feed>',
        '{"version": "https://example.org/1", "items": []}',
        "<rs",
        "",
        "words",
    ],
)
def test_what_is_no_feed_is_none(text: str) -> None:
    assert read_feed(Document(text, "feed.xml")) is None
    with pytest.raises(NoPapersError, match=r"^feed\.xml names no paper"):
        read(Document(text or " ", "feed.xml"))


def test_a_page_names_its_feeds() -> None:
    page = """<html><head><base href="/blog/"><link rel="alternate" type="application/rss+xml" title="All" href="feed">
        <link rel="ALTERNATE feed" type="application/atom+xml; charset=utf-8" href="//f.example/atom">
        <link rel="alternate" type="application/feed+json" href="javascript:x">
        <link rel="alternate" hreflang="de" href="/de">
        <link rel="alternate" type="application/json" title="JSON Feed" href="/feed.json"><link rel="alternate"
        type="application/json" href="/wp-json/1"><link rel="alternate" type="application/rss+xml" href="feed">"""
    assert feed_links(Document(page, "-", "https://site.example/a")) == (
        ("https://site.example/blog/feed", "All"),
        ("https://f.example/atom", ""),
        ("https://site.example/feed.json", "JSON Feed"),
    )
    assert feed_links(Document("words", "-")) == ()


PIECES = (
    "<item>", "</item>", "<title>", "</title>", "<link>", "</link>", "<description>", "</description>", "<![CDATA[",
    "]]>", "&amp;", "&nbsp;", "&#0;", "<dc:creator>", "arXiv:1706.03762", "<guid>", "<pubDate>x", '<link href="//"/>',
    "\x1b[31m", "\u202e", "<p>", "<b>", "<!-- ", "-->", "<?x", "?>", '<content type="xhtml"><div>',
    "https://arxiv.org/abs/1706.03762",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=25), st.sampled_from(["rss", "atom", "json"]))
def test_no_mixture_of_pieces_breaks_the_reader(pieces: list[str], kind: str) -> None:
    inside = "".join(pieces)
    text = {
        "rss": f"<rss><channel>{inside}",
        "atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{inside}',
        "json": '{"version":"https://jsonfeed.org/version/1","items":[{"title":' + inside,
    }[kind]
    with suppress(PaperrackError):
        for issue in collect(Document(text, "-")).issues:
            shown = [issue.title, issue.text, *(entry.title or "" for entry in issue.entries)]
            assert not any(char in each for each in shown for char in "\x1b\u202e")


def test_an_item_is_read_when_it_is_looked_at_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.digests import feed_elements

    read = Mock(wraps=feed_elements.titled)
    monkeypatch.setattr(feed_elements, "titled", read)
    feed = feed_in(rss(*(f"<title>Post {number}</title>" for number in range(30))))
    before = read.call_count
    assert len(feed.items) == 30
    assert (feed.items[-1].title, feed.items[-1].title) == ("Post 29", "Post 29")
    assert [item.title for item in feed.items[:2]] == ["Post 0", "Post 1"]
    assert read.call_count == before + 3
    assert [item.title for item in feed.items] == [f"Post {number}" for number in range(30)]
    assert read.call_count == before + 30
    with pytest.raises(IndexError):
        feed.items[30]
