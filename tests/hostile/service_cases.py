"""Hostile servers: on the wire, in headers, in documents, in files."""

from __future__ import annotations

import gzip
import json
from typing import Any

from tests.hostile.cases import Case
from tests.hostile.served import AUTHORS, TITLE, page, pdf, service
from tests.hostile.texts import MARKUP
from tests.providers.server import Behaviour, moved, reply, say

BAD = "\x1b]0;PWNED\x07\x9b31m \u202e[/] }}, note={x\n\x00"
BAD_BYTES = b"\x1b]0;PWNED\x07\x9b31m [/]"
OK = b"HTTP/1.1 200 OK\r\n"


def _bomb(size: int) -> bytes:
    return gzip.compress(b"\0" * size)


def _head(*lines: bytes, status: bytes = b"200 OK", body: bytes = b"hello") -> Behaviour:
    length = b"Content-Length: %d" % len(body)
    return say(b"\r\n".join([b"HTTP/1.1 " + status, length, *lines, b"", b""]) + body)


PAGES: dict[str, tuple[Behaviour, dict[str, Any]]] = {
    "escapes in the reason": (_head(status=b"404 " + BAD_BYTES), {"why": "404|broke off"}),
    "escapes in the reason of a success": (_head(status=b"200 " + BAD_BYTES), {"content": b"hello"}),
    "status that is none": (_head(status=b"999 Evil"), {"why": "999"}),
    "status of letters": (_head(status=b"abc Evil"), {"why": "HTTP"}),
    "status of many digits": (_head(status=b"200000000000 OK"), {"why": "HTTP"}),
    "informations without end": (say(b"HTTP/1.1 100 Continue\r\n\r\n" * 3000), {"why": "."}),
    "no HTTP": (say(b"SSH-2.0-OpenSSH_9.0\r\n"), {"why": "HTTP"}),
    "binary": (say(bytes(range(256)) * 10), {"why": "HTTP"}),
    "nothing": (say(b""), {"why": "HTTP|broke off"}),
    "large header": (_head(b"X-Evil: " + b"a" * 300_000), {"why": "HTTP"}),
    "many headers": (_head(*(b"X-%d: a" % n for n in range(50_000))), {"why": "HTTP"}),
    "header without an end": (say(OK + b"X-Evil: " + b"a" * 400_000), {"why": "HTTP"}),
    "header that is split": (_head(b"X-Evil: a\r\n\tb"), {"content": b"hello"}),
    "header with escapes": (_head(b"Content-Type: text/html; charset=\x1b[31m"), {"content": b"hello"}),
    "cookies": (_head(b"Set-Cookie: a=b; Domain=127.0.0.1; Path=/"), {"content": b"hello"}),
    "two lengths": (_head(b"Content-Length: 50000"), {"why": "HTTP|."}),
    "length below zero": (say(OK + b"Content-Length: -5\r\n\r\nhello"), {"why": "HTTP|."}),
    "length of many digits": (say(OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nhello"), {"why": "."}),
    "length of other digits": (say(OK + "Content-Length: ٥\r\n\r\nhello".encode()), {"why": "."}),
    "length that is too small": (say(OK + b"Content-Length: 2\r\n\r\nhello"), {"content": b"he"}),
    "length that is too large": (say(OK + b"Content-Length: 500\r\n\r\nhello"), {"why": "broke off"}),
    "length that is enormous": (say(OK + b"Content-Length: 999999999999\r\n\r\nhello"), {"why": "not taken"}),
    "chunk of letters": (say(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"), {"why": "HTTP"}),
    "chunk that is enormous": (say(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\nhi"), {"why": "HTTP"}),
    "length and chunks": (
        say(OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n0\r\n\r\n"), {"content": b"he"},
    ),
    "unknown transfer": (say(OK + b"Transfer-Encoding: evil\r\n\r\nhello"), {"why": "."}),
    "bomb": (_head(b"Content-Encoding: gzip", body=_bomb(60_000_000)), {"why": "not taken"}),
    "bomb within a bomb": (
        _head(b"Content-Encoding: gzip, gzip", body=gzip.compress(_bomb(60_000_000))), {"why": "packing"},
    ),
    "bomb of members": (_head(b"Content-Encoding: gzip", body=_bomb(1_000_000) * 80), {"why": "not taken"}),
    "packing that is none": (_head(b"Content-Encoding: gzip", body=b"hello"), {"why": "."}),
    "packing that is cut": (_head(b"Content-Encoding: gzip", body=gzip.compress(b"a" * 9999)[:-9]), {"why": "broke"}),
    "packing with escapes": (_head(b"Content-Encoding: \x1b[31m"), {"why": "packing|HTTP"}),
    "moved to a file": (moved("file:///etc/passwd"), {"why": "only http and https"}),
    "moved to FTP": (moved("ftp://127.0.0.1/"), {"why": "only http and https"}),
    "moved to a script": (moved("javascript:alert(1)"), {"why": "only http|no address"}),
    "moved to data": (moved("data:text/html,x"), {"why": "only http|no address"}),
    "moved inside": (moved("http://127.0.0.1:1/"), {"why": "private"}),
    "moved inside in octal": (moved("http://0177.1:1/"), {"why": "private|no address"}),
    "moved inside in IPv6": (moved("http://[::1]:1/"), {"why": "private"}),
    "moved to metadata": (moved("http://169.254.169.254/latest"), {"why": "private"}),
    "moved to a user": (moved("http://arxiv.org@127.0.0.1/"), {"why": "name and password"}),
    "moved to brackets": (moved("http://[::1"), {"why": "no address"}),
    "moved with escapes": (moved("http://127.0.0.1/\x1b[31m"), {"why": "no address|HTTP"}),
    "moved to nothing": (moved(""), {"why": "redirects|private|HTTP", "asked": 7}),
    "moved to itself": (moved("/page"), {"why": "more than 5", "asked": 7}),
    "moved to a long address": (moved("/" + "x" * 20_000), {"why": "no address|HTTP"}),
    "moved to punycode": (moved("http://xn--/"), {"why": "redirects"}),
    "moved over network": (moved("//169.254.169.254/x"), {"why": "private"}),
    "moved with a backslash": (moved("http:\\\\169.254.169.254/"), {"why": "private|more than", "asked": 7}),
    "two places": (
        _head(b"Location: http://10.0.0.1/", b"Location: http://example.org/", status=b"302 Found"), {"why": "."},
    ),
    "wait of nonsense": (_head(b"Retry-After: \x1b[31m", status=b"429 Slow"), {"why": "429|HTTP"}),
    "wait of ages": (_head(b"Retry-After: " + b"9" * 400, status=b"503 Slow"), {"why": "503"}),
    "wait below zero": (_head(b"Retry-After: -1", status=b"429 Slow"), {"why": "429"}),
    "wait until never": (_head(b"Retry-After: Fri, 99 Foo 99999 99:99:99 GMT", status=b"429 Slow"), {"why": "429"}),
    "refusal with escapes": (_head(status=b"500 No", body=BAD_BYTES), {"why": "500"}),
    "upgrade": (_head(b"Upgrade: websocket", status=b"101 Switching"), {"why": "."}),
    "proxy's demand": (_head(b"Proxy-Authenticate: Basic", status=b"407 No"), {"why": "407"}),
    "password's demand": (_head(b'WWW-Authenticate: Basic realm="\x1b[31m"', status=b"401 No"), {"why": "401|HTTP"}),
}  # fmt: skip

RECORD = {"title": TITLE, "authors": [{"name": name} for name in AUTHORS], "year": 2020, "paperId": "a" * 40}
SHAPES: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "number": b"1e999",
    "no number": b'{"message": {"title": NaN, "year": Infinity}, "results": [NaN], "data": [-Infinity]}',
    "list of nulls": b"[" + b"null," * 50_000 + b"null]",
    "deep lists": b"[" * 100_000,
    "deep tables": b'{"message":' * 50_000 + b"1" + b"}" * 50_000,
    "many digits": b'{"message": {"year": ' + b"9" * 50_000 + b"}}",
    "half": json.dumps(RECORD).encode()[:40],
    "no UTF-8": b'{"title": "\xff\xfe\x80"}',
    "UTF-16": json.dumps(RECORD).encode("utf-16"),
    "HTML": b"<!doctype html><title>\x1b[31mjust a moment</title>",
    "XML with an entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><feed><entry>&e;</entry></feed>',
    "XML that multiplies": (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
            b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
        ) + b"]><feed><entry><title>&j;</title></entry></feed>"
    ),
    "deep XML": b"<feed>" + b"<a>" * 100_000,
    "BibTeX": b'@string{x="EVIL"} @preamble{"\\input{/etc/passwd}"} @article{a, title={' + BAD.encode() + b"}}",
    "text": BAD.encode(),
}  # fmt: skip
SERVICES = (
    "arxiv", "crossref", "openalex", "semantic_scholar", "dblp", "datacite", "openreview", "huggingface", "github",
    "unpaywall", "acl",
)  # fmt: skip


def _hostile(title: str, *authors: str) -> bytes:
    """Return an answer that is, in one, a record of each service: the paper's own, with hostile words beside it."""
    bad = [BAD, MARKUP]
    work = {
        "title": title, "titles": [{"title": title}], "display_name": title, "DOI": f"10.1000/{BAD}", "URL": "file:///x",
        "author": [{"given": BAD, "family": BAD}], "authors": [*({"name": name} for name in authors), {"name": BAD}],
        "creators": [{"name": BAD}], "authorships": [{"author": {"display_name": BAD}}], "year": 2020, "abstract": BAD,
        "container-title": bad, "venue": BAD, "publisher": BAD, "page": BAD, "volume": BAD, "issue": BAD, "type": BAD,
        "externalIds": {"ArXiv": "2010.11929", "DOI": BAD, BAD: BAD}, "paperId": "a" * 40, "id": "2010.11929",
        "openAccessPdf": {"url": "file:///etc/passwd", "license": BAD}, "tldr": {"text": BAD}, "upvotes": 1e308,
        "summary": BAD, "githubRepo": "https://github.com/../../x", "ai_keywords": bad, "publishedAt": BAD,
        "best_oa_location": {"url_for_pdf": "javascript:x", "url": "file:///x", "license": BAD},
        "journal": {"name": BAD, "pages": BAD, "volume": BAD}, "publicationVenue": {"name": BAD}, "subtitle": bad,
        "relation": {BAD: [{"id": BAD}]}, "link": [{"URL": "file:///etc/passwd", "content-type": "application/pdf"}],
        "content": {"title": {"value": title}, "authors": {"value": bad}, "pdf": {"value": "/../../x"}, "venue": BAD},
        "full_name": BAD, "stargazers_count": -1, "license": {"spdx_id": BAD}, "archived": "yes", "description": BAD,
    }  # fmt: skip
    answer = {"message": {**work, "items": [work]}, "results": [work], "data": [work], "notes": [work],
              "result": {"hits": {"hit": [{"info": work}]}}, "paper": work, **work}  # fmt: skip
    return json.dumps(answer).encode()


_JSON = {"Content-Type": "application/json"}
_XML = {"Content-Type": "application/atom+xml"}


def _fault(body: bytes) -> dict[str, Any]:
    return {"status": 200, "headers": _XML if body.startswith(b"<") else _JSON, "body": body}


def _services() -> list[Case]:
    made = []
    for number, (name, body) in enumerate(SHAPES.items()):
        for each in range(3):
            asked = SERVICES[(number * 3 + each) % len(SERVICES)]
            made.append(Case(f"{asked}: {name}", service, (asked, _fault(body))))
    for asked in SERVICES:
        made.append(Case(f"{asked}: hostile words", service, (asked, _fault(_hostile(TITLE, *AUTHORS)))))
        other = {"status": 200, "headers": _JSON, "body": _hostile("Buy cheap pills now", "Mallory Evil")}
        made.append(Case(f"{asked}: another paper", service, (asked, other)))
    faults = {
        "wait of nonsense": {"status": 429, "headers": {"Retry-After": "soon"}, "body": b"x"},
        "refusal in words": {"status": 400, "headers": _JSON, "body": json.dumps({"error": BAD}).encode()},
        "nothing there": {"status": 404, "headers": {}, "body": BAD.encode()},
        "far header": {"status": 403, "headers": {"X-RateLimit-Reset": "9" * 30, "X-RateLimit-Remaining": "0"}},
    }  # fmt: skip
    for number, (name, fault) in enumerate(faults.items()):
        made.append(Case(f"{SERVICES[number]}: {name}", service, (SERVICES[number], fault)))
    return made


PDF = reply(body=b"%PDF-1.7 " + b"x" * 3000, kind="application/pdf")
PDFS: dict[str, tuple[str, Behaviour, dict[str, Any]]] = {
    "title that is a path": ("../../../canary", PDF, {"pattern": "{title}"}),
    "title that is a whole path": ("/etc/cron.d/canary", PDF, {"pattern": "{title}"}),
    "title of Windows": ("C:\\Windows\\canary", PDF, {"pattern": "{title}"}),
    "title that is a device": ("CON", PDF, {"pattern": "{title}"}),
    "title that is a device with a suffix": ("nul.tar.gz", PDF, {"pattern": "{title}"}),
    "title that is an option": ("--output=canary", PDF, {"pattern": "{title}"}),
    "title that is hidden": (".bashrc", PDF, {"pattern": "{title}"}),
    "title of dots": ("a .. .", PDF, {"pattern": "{title}"}),
    "title of a home": ("~/.ssh/authorized_keys", PDF, {"pattern": "{title}"}),
    "title with escapes": ("a \x1b]0;x\x07 b \x9b31m", PDF, {"pattern": "{title}"}),
    "title with lines": ("a\nb\r\nc\u2028d", PDF, {"pattern": "{title}"}),
    "title of TeX with lines": ("a \\\\ b &#10; c", PDF, {"pattern": "{title}"}),
    "title with bidi": ("a\u202efdp.exe", PDF, {"pattern": "{title}"}),
    "title of a stream": ("a.pdf:evil:$DATA", PDF, {"pattern": "{title}"}),
    "title of letters without end": ("é" * 3000, PDF, {"pattern": "{title}"}),
    "title of marks": ("z" + "\u0301" * 500, PDF, {"pattern": "{title}"}),
    "title of a part": ("paper.pdf.part.json", PDF, {"pattern": "{title}"}),
    "title of a pattern": ("{key} {title} %s", PDF, {"pattern": "{title} {year}"}),
    "title of a shell": ("$(touch canary) `touch canary`", PDF, {"pattern": "{title}"}),
    "title of entities": ("a&#47;..&#47;b &sol; &bsol;", PDF, {"pattern": "{title}"}),
    "name that the server gives": (
        "A plain title", reply(body=b"%PDF-1.7 x", kind="application/pdf",
                               Content_Disposition='attachment; filename="../../canary"'), {},
    ),
    "a program": ("A plain title", reply(body=b"MZ\x90\x00" + b"x" * 2000, kind="application/pdf"), {"why": "PDF"}),
    "a script": ("A plain title", reply(body=b"#!/bin/sh\ntouch canary\n", kind="application/pdf"), {"why": "PDF"}),
    "a page": ("A plain title", reply(body=b"<!doctype html><h1>\x1b[31m", kind="text/html"), {"why": "."}),
    "a mark that comes late": ("A plain title", reply(body=b"x" * 5000 + b"%PDF-1.7", kind="x/y"), {"why": "PDF"}),
    "nothing": ("A plain title", reply(body=b"", kind="application/pdf"), {"why": "."}),
    "moved to a file": ("A plain title", moved("file:///etc/passwd"), {"why": "only http"}),
    "moved inside": ("A plain title", moved("http://169.254.169.254/x.pdf"), {"why": "private"}),
    "length that is enormous": (
        "A plain title", say(OK + b"Content-Length: 99999999999999\r\n\r\n%PDF-1.7"), {"why": "."},
    ),
    "refused with escapes": ("A plain title", _head(status=b"403 " + BAD_BYTES), {"why": "."}),
}  # fmt: skip

CASES = [
    *(Case(f"page: {name}", page, behave, must) for name, (behave, must) in PAGES.items()),
    *_services(),
    *(Case(f"pdf: {name}", pdf, (title, behave), must) for name, (title, behave, must) in PDFS.items()),
]
