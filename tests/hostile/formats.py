"""One paper in every format that is read, with a stranger's text wherever that format has room for text."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

Maker = Callable[[str, str], str]
"""Takes the hostile text and an arXiv id, and returns the file."""


def papers_json(text: str, arxiv: str) -> str:
    record = {
        "type": "journal", "title": text, "authors": [text, "Ada Byron"], "year": 2021, "venue": text, "volume": text,
        "number": text, "pages": text, "publisher": text, "editors": [text], "doi": f"10.1000/{text}", "arxiv": arxiv,
        "primary_class": text, "url": f"https://example.org/{text}", "more": {"note": text, text: text},
    }  # fmt: skip
    post = {"author": text, "handle": text, "date": text, "text": text}
    paper = {
        "title": text, "authors": [text, "Ada Byron"], "abstract": text, "venue": text, "date": text, "key": text,
        "identifiers": {"arxiv": arxiv, "doi": f"10.1000/{text}", text: text},
        "links": [{"rel": "code", "url": f"https://example.org/{text}"}, {"rel": text, "url": text}],
        "sections": [{"heading": text, "text": text}], "posts": [post], "categories": [text], "metrics": {text: 3},
        "tags": [text], "note": text, "state": text, "record": record, "submitter": text, "more_authors": text,
        "issues": [text],
        "mentions": [{
            "issue": text, "issue_title": text, "series": text, "number": text, "position": 1, "title": text,
            "authors": [text], "submitter": text, "date": text, "sections": [{"heading": text, "text": text}],
            "posts": [post], "metrics": {text: 2}, "categories": [text], "abstract": text,
            "identifiers": {"arxiv": arxiv},
        }],
    }  # fmt: skip
    return json.dumps([paper])


def csl_json(text: str, arxiv: str) -> str:
    person = {"family": text, "given": text, "suffix": text, "non-dropping-particle": text}
    return json.dumps([{
        "id": text, "type": "article-journal", "title": text, "author": [person, {"literal": text}], "abstract": text,
        "container-title": text, "publisher": text, "volume": text, "page": text, "note": text, "keyword": text,
        "DOI": f"10.1000/{text}", "URL": f"https://arxiv.org/abs/{arxiv}", "issued": {"date-parts": [[2021, text]]},
        "custom": {text: text},
    }])  # fmt: skip


def bibtex(text: str, arxiv: str) -> str:
    fields = ("title", "author", "journal", "abstract", "keywords", "note", "pages", "publisher", "volume", "month")
    said = "".join(f"  {name} = {{{text}}},\n" for name in fields)
    return (
        f"@article{{hostile{arxiv},\n{said}  eprint = {{{arxiv}}},\n  archiveprefix = {{arXiv}},\n  year = 2021\n}}\n"
    )


def ris(text: str, arxiv: str) -> str:
    tags = ("TI", "AU", "T2", "AB", "KW", "N1", "PB", "VL", "SP", "ED", "DO", "M3")
    said = "".join(f"{tag}  - {text}\r\n" for tag in tags)
    return f"TY  - JOUR\r\n{said}UR  - https://arxiv.org/abs/{arxiv}\r\nPY  - 2021\r\nER  - \r\n"


def hugging_face(text: str, arxiv: str) -> str:
    paper = {
        "id": arxiv, "title": text, "summary": text, "ai_summary": text, "authors": [{"name": text}, {"name": "Ada"}],
        "ai_keywords": [text], "publishedAt": "2024-02-27T00:00:00.000Z", "upvotes": 3, "githubRepo": text,
        "submittedOnDailyBy": {"fullname": text, "user": text},
    }  # fmt: skip
    return json.dumps([{"paper": paper, "title": text, "summary": text, "publishedAt": "2024-02-27T00:00:00.000Z",
                        "submittedBy": {"fullname": text, "name": text}}])  # fmt: skip


def _xml(text: str) -> str:
    # What XML cannot hold makes a feed that a careless program wrote.
    return escape(text)


def rss(text: str, arxiv: str) -> str:
    said = _xml(text)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>{said}</title><link>https://feed.example/</link><description>{said}</description><item>"
        f"<title>{said}</title><link>https://arxiv.org/abs/{arxiv}</link><dc:creator>{said}</dc:creator>"
        f"<description>arXiv:{arxiv}v1 Announce Type: new Abstract: {said}</description><category>{said}</category>"
        f"<guid>{said}</guid><pubDate>{said}</pubDate></item></channel></rss>"
    )


def atom(text: str, arxiv: str) -> str:
    said = _xml(text)
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">{said}</title><id>urn:x</id><entry>'
        f'<title type="html">{said}</title><id>https://arxiv.org/abs/{arxiv}</id><author><name>{said}</name></author>'
        f'<link href="https://arxiv.org/abs/{arxiv}"/><link rel="related" href={quoteattr(text)}/>'
        f"<summary>{said}</summary><category term={quoteattr(text)}/></entry></feed>"
    )


def json_feed(text: str, arxiv: str) -> str:
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": text, "home_page_url": "https://feed.example/",
        "items": [{
            "id": text, "title": text, "url": f"https://arxiv.org/abs/{arxiv}", "content_html": f"<p>{text}</p>",
            "summary": text, "authors": [{"name": text, "url": text}], "tags": [text], "external_url": text,
        }],
    })  # fmt: skip


def arxiv_mailing(text: str, arxiv: str) -> str:
    rule = "-" * 78
    return (
        f"{rule}\nSubmissions to:\nLearning\nreceived from  Fri 20 Dec 13 21:00:00 GMT  to  Mon 23 Dec 13 21:00:00 GMT"
        f"\n{rule}\n{rule}\n\\\\\narXiv:{arxiv}\nDate: Fri, 20 Dec 2013 16:38:46 GMT   (116kb,D)\n\nTitle: {text}\n"
        f"Authors: {text} and Ada Byron\nCategories: cs.NE {text}\nComments: {text}\n\\\\\n  {text}\n"
        f"\\\\ ( https://arxiv.org/abs/{arxiv} ,  116kb)\n{rule}\n"
    )


def newsletter(text: str, arxiv: str) -> str:
    return (
        f"week 6 - {text}\nWelcome. {text}\n{text}\nhttps://arxiv.org/abs/{arxiv}\nWhat is it? {text}\n"
        f"Why it matters? {text}\nA second paper with a plain title\nhttps://arxiv.org/abs/1706.03762\n"
        "What is it? Attention.\nWhy it matters? It does.\n"
    )


def page(text: str, arxiv: str) -> str:
    return (
        f"<!doctype html><html><head><title>{text}</title><meta property='og:title' content={quoteattr(text)}></head>"
        f"<body><h1>{text}</h1><ul><li><a href='https://arxiv.org/abs/{arxiv}' title={quoteattr(text)}>{text}</a>, "
        f"{text} <a href={quoteattr(text)}>code</a></li></ul><p>{text}</p></body></html>"
    )


def escaped_page(text: str, arxiv: str) -> str:
    return page(escape(text), arxiv)


def markdown_list(text: str, arxiv: str) -> str:
    return (
        f"---\ntitle: {json.dumps(text)}\ntags: [{text}]\n---\n\n# {text}\n\n"
        f"- [{text}](https://arxiv.org/abs/{arxiv}), {text}\n- **{text}** (2021), {text} [[code]](https://e.example/x)\n"
    )


def markdown_table(text: str, arxiv: str) -> str:
    return (
        f"## Papers of the Week: {text}\n\n| **Paper** | **Links** |\n| --- | --- |\n"
        f"| 1) **{text}** - {text} | [Paper](https://arxiv.org/abs/{arxiv}), [{text}](https://e.example/c) |\n"
    )


def letter(text: str, arxiv: str) -> str:
    subject = base64.b64encode(text[:3000].encode("utf-8", "replace")).decode()
    return (
        f"From: =?utf-8?b?{subject}?= <m@letter.example>\nTo: reader@example.org\nSubject: =?utf-8?b?{subject}?=\n"
        "Date: Mon, 7 Jun 2021 08:30:11 +0200\nMessage-ID: <7@letter.example>\nList-Id: =?utf-8?b?"
        f"{subject}?= <letter.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
        f"{newsletter(text, arxiv)}"
    )


def mailbox(text: str, arxiv: str) -> str:
    return f"From m@letter.example Mon Jun  7 06:30:14 2021\n{letter(text, arxiv)}\n\n" * 2


def hf_newsletter(text: str, arxiv: str) -> str:
    quoted = json.dumps(text)
    return (
        f'date: "2024-03-07"\nauthor: {quoted}\ntitle: {quoted}\nthumbnail: {quoted}\n'
        f"link: https://huggingface.co/papers/{arxiv}\nsummary: {quoted}\nopinion: {quoted}\ntags:\n  - {quoted}\n"
    )


def hf_newsletter_bare(text: str, arxiv: str) -> str:
    return (
        f'date: "2024-03-07"\nauthor: {text}\ntitle: {text}\nlink: https://huggingface.co/papers/{arxiv}\n'
        f"summary: {text}\nopinion: {text}\ntags: [{text}]\n"
    )


def ranking(text: str, arxiv: str) -> str:
    return (
        f"1. {text}\nAda Byron, {text}\n- retweets: 412, favorites: 97 (03/19/2023 07:01:12)\n"
        f"- links: abs | pdf\n- cs.CY | {text}\n{text}\n{text}\n— {text} (@{text}) March 17, 2023\n"
        f"2. A plain title\nAda Byron\nhttps://arxiv.org/abs/{arxiv}\nWords.\n— AK (@ak) May 1, 2020\n"
    )


def session(text: str, arxiv: str) -> str:
    return (
        f"Session\nTrack 2 Session 6\n\n{text}\nAda Byron · {text}\n{text} arXiv:{arxiv}\n\nA plain title of words\n"
        "Ada Byron · Max Planck\nAn abstract of several words that says something of the work and goes on a little.\n"
    )


FORMATS: dict[str, tuple[str, Maker]] = {
    "papers.json": ("papers-json", papers_json),
    "csl.json": ("csl-json", csl_json),
    "refs.bib": ("bibtex", bibtex),
    "refs.ris": ("ris", ris),
    "daily.json": ("hf-daily", hugging_face),
    "rss.xml": ("feed", rss),
    "atom.xml": ("feed", atom),
    "feed.json": ("feed", json_feed),
    "arxiv.txt": ("arxiv-mailing", arxiv_mailing),
    "week.txt": ("newsletter", newsletter),
    "page.html": ("page", page),
    "escaped.html": ("page", escaped_page),
    "list.md": ("list", markdown_list),
    "table.md": ("table", markdown_table),
    "letter.eml": ("mail", letter),
    "letters.mbox": ("mail", mailbox),
    "quoted.yaml": ("hf-newsletter", hf_newsletter),
    "bare.yaml": ("hf-newsletter", hf_newsletter_bare),
    "ranking.txt": ("ranking", ranking),
    "session.txt": ("session", session),
}
"""A file's name, what the format is called, and what makes the file."""

ANY_TEXT = ("papers.json", "csl.json", "daily.json", "feed.json", "quoted.yaml")
"""The formats in which any text can be said: their title is what was written, cleaned."""
