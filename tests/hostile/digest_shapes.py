"""Digests whose shape is the attack: bombs, entities, nesting, codecs, parts without an end."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.hostile.cases import Case
from tests.hostile.taking import digest

A = "arXiv:1706.03762"
LINK = "https://arxiv.org/abs/1706.03762"
ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">{ENTITIES}]>'
XXE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
REMOTE = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:1/evil.dtd">'
RSS = f"<rss version='2.0'><channel><title>t</title><item><title>%s</title><link>{LINK}</link></item></channel></rss>"
ROOT = "root:"


def _links(*urls: str) -> str:
    links = [{"rel": "pdf", "url": url} for url in urls]
    return json.dumps([{"title": "A title of words", "authors": ["Ada Byron"], "links": links}])


def _mail(*headers: str, body: str = f"See {A}\n") -> str:
    return "\n".join(["From: a@b.example", "Subject: x", "Date: Mon, 7 Jun 2021 08:30:11 +0200", *headers, "", body])


def _nested(depth: int) -> str:
    text = f"See {A}\n"
    for number in range(depth):
        text = f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n{text}\n--b{number}--\n"
    return "From: a@b.example\nSubject: x\nDate: Mon, 7 Jun 2021 08:30:11 +0200\nMIME-Version: 1.0\n" + text


DIGESTS: dict[str, tuple[str, bytes | str, dict[str, Any]]] = {
    "links of other schemes": (
        "p.json",
        _links(
            "javascript:alert(1)", "file:///etc/passwd", "http://", "data:x", "//x", "https://[::1", "ftp://e.example/"
        ),
        {"papers": 1, "links": []},
    ),
    "number that JSON has not": (
        "p.json",
        '[{"title": "A title", "year": 1e999, "metrics": {"a": NaN}}]',
        {"either": True},
    ),
    "year of many digits": ("p.json", '[{"title": "A title", "year": ' + "9" * 10_000 + "}]", {"either": True}),
    "nesting of JSON": ("p.json", '[{"title": ' * 50_000, {"either": True}),
    "lists of JSON": ("p.json", "[" * 1_000_000, {"error": "."}),
    "names of JSON": (
        "p.json",
        '[{"title": "a title", ' + ",".join(f'"{n}": 1' for n in range(50_000)) + "}]",
        {"either": True},
    ),
    "one name again and again": (
        "p.json",
        '[{"title": "a", ' * 1 + '"title": "b", ' * 20_000 + '"title": "last of them"}]',
        {"titles": ["last of them"]},
    ),
    "laughs in RSS": ("f.xml", LAUGHS + RSS % "&j;", {"either": True}),
    "laughs in Atom": (
        "f.xml",
        LAUGHS + f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>&j;</title><id>{LINK}</id></entry></feed>",
        {"either": True},
    ),
    "file in RSS": ("f.xml", XXE + RSS % "a &x; title", {"either": True, "without": ROOT}),
    "DTD from elsewhere": ("f.xml", REMOTE + RSS % "&evil;", {"either": True}),
    "inclusion": (
        "f.xml",
        RSS % '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>a title',
        {"either": True, "without": ROOT},
    ),
    "style sheet": ("f.xml", '<?xml-stylesheet href="file:///etc/passwd"?>' + RSS % "a title", {"papers": 1}),
    "nesting of XML": ("f.xml", "<rss><channel><item>" + "<a>" * 200_000, {"error": "."}),
    "attributes of XML": (
        "f.xml",
        "<rss version='2.0'><channel><item "
        + " ".join(f"a{n}='x'" for n in range(50_000))
        + f"><link>{LINK}</link></item></channel></rss>",
        {"either": True},
    ),
    "nesting of HTML": ("p.html", "<html><body>" + "<div>" * 100_000 + A, {"either": True}),
    "tables in tables": ("p.html", "<html><body>" + "<table><tr><td>" * 20_000 + A, {"either": True}),
    "attributes of HTML": (
        "p.html",
        "<html><body><p " + " ".join(f"a{n}=x" for n in range(50_000)) + f">{A}</p>",
        {"either": True},
    ),
    "base of a page": (
        "p.html",
        f"<html><head><base href='javascript:x'></head><body><p>{A} <a href='y'>z</a></p>",
        {"papers": 1},
    ),
    "frame of a file": (
        "p.html",
        f"<html><body><iframe src='file:///etc/passwd'></iframe><p>{A}</p>",
        {"papers": 1, "without": ROOT},
    ),
    "template of a page": (
        "p.html",
        f"<html><body><template><p>arXiv:1111.11111</p></template><svg><script>x</script></svg><p>{A}</p>",
        {"papers": 1},
    ),
    "charset that is none": ("p.html", f"<html><head><meta charset='\x1b[31mevil'></head><body>{A}", {"papers": 1}),
    "charset of a bomb": ("p.html", b"<html><head><meta charset='zip'></head><body>" + A.encode(), {"papers": 1}),
    "charset of a codec": (
        "p.html",
        b"<html><head><meta charset='unicode_escape'></head><body>\\x1b[31m " + A.encode(),
        {"papers": 1},
    ),
    "UTF-7": (
        "p.html",
        b"<html><head><meta charset='utf-7'></head><body>+ADw-script+AD4- " + A.encode(),
        {"papers": 1},
    ),
    "UTF-16 that is cut": ("p.txt", ("\ufeff" + A).encode("utf-16-le")[:-1], {"either": True}),
    "object of YAML": ("n.yaml", "!!python/object/apply:os.system ['touch canary']\n", {"error": "."}),
    "object in a record of YAML": (
        "n.yaml",
        f"date: '2024-03-07'\ntitle: !!python/object/apply:os.system ['touch canary']\nlink: {LINK}\nsummary: x\n",
        {"either": True},
    ),
    "laughs in YAML": (
        "n.yaml",
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(9)),
        {"error": "."},
    ),
    "front matter that runs": (
        "m.md",
        f"---js\nrequire('child_process').exec('touch canary')\n---\n# x\n- [A title of words]({LINK})\n",
        {"papers": 1},
    ),
    "front matter without an end": ("m.md", "---\n" + "a: b\n" * 50_000 + A, {"either": True}),
    "links in links": ("m.md", "[" * 20_000 + f"({LINK})" * 10, {"either": True}),
    "table of many columns": ("m.md", "|" * 100_000 + "\n" + "|-" * 50_000 + f"\n| {A} |\n", {"either": True}),
    "mail in a mail": ("l.eml", _nested(200), {"either": True}),
    "mail of parts": (
        "l.eml",
        _mail("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", body="--b\n\n\n" * 20_000),
        {"error": "."},
    ),
    "mail without an end of a part": (
        "l.eml",
        _mail("Content-Type: multipart/mixed; boundary=b", body=f"--b\n\nSee {A}\n"),
        {"papers": 1},
    ),
    "mail whose boundary is none": (
        "l.eml",
        _mail('Content-Type: multipart/mixed; boundary=""', body=f"See {A}\n"),
        {"either": True},
    ),
    "mail with a file's name": (
        "l.eml",
        _mail("Content-Disposition: attachment; filename=../../canary", f"X: {A}"),
        {"either": True},
    ),
    "mail elsewhere": (
        "l.eml",
        _mail("Content-Type: message/external-body; access-type=local-file; name=/etc/passwd"),
        {"either": True, "without": ROOT},
    ),
    "mail of a charset that is none": ("l.eml", _mail("Content-Type: text/plain; charset=\x1b[31mevil"), {"papers": 1}),
    "mail of a packing that is none": ("l.eml", _mail("Content-Transfer-Encoding: evil"), {"papers": 1}),
    "mail of base64 that is none": (
        "l.eml",
        _mail("Content-Transfer-Encoding: base64", body="%%%% not base64 =" * 50),
        {"error": "."},
    ),
    "mail with headers without end": ("l.eml", _mail(*("X-Evil: a" for _ in range(20_000))), {"papers": 1}),
    "mail with a long header": ("l.eml", _mail("X-Evil: " + "=?utf-8?q?a?= " * 20_000), {"papers": 1}),
    "mail with escapes packed away": (
        "l.eml",
        _mail(
            "Content-Transfer-Encoding: base64",
            body=base64.b64encode(f"\x1b]0;x\x07\x9b31m See {A}\n".encode()).decode(),
        ),
        {"papers": 1},
    ),
    "mail of no time": ("l.eml", _mail("Date: Fri, 99 Foo 99999 99:99:99 +9999"), {"papers": 1}),
    "mailbox of nothing": ("l.mbox", "From \n" * 50_000, {"error": "."}),
    "strings of BibTeX": (
        "r.bib",
        '@string{a = "x"}'
        + "".join(f"@string{{{chr(97 + n + 1)} = {' # '.join([chr(97 + n)] * 10)}}}" for n in range(9))
        + "@misc{k, title = j # {a title}}",
        {"either": True},
    ),
    "string of itself": (
        "r.bib",
        "@string{a = a # a}@string{b = c}@string{c = b}@misc{k, title = a # b # {A title}}",
        {"either": True},
    ),
    "cross references of themselves": (
        "r.bib",
        "@misc{a, crossref={a}, title={A title}}@misc{b, crossref={c}}@misc{c, crossref={b}}",
        {"either": True},
    ),
    "braces of BibTeX": ("r.bib", "@misc{k, title = " + "{" * 30_000 + "x" + "}" * 30_000 + "}", {"either": True}),
    "key of BibTeX": ("r.bib", "@misc{../../canary\x1b[31m, title={A title of words}}", {"papers": 1}),
    "file of BibTeX": (
        "r.bib",
        "@misc{k, title={A title of words}, file={:/etc/passwd:PDF}, url={file:///etc/passwd}}",
        {"papers": 1, "links": [], "without": ROOT},
    ),
    "lines of RIS": ("r.ris", "TY  - JOUR\n" + "TI  - x\n" * 50_000 + "ER  - \n", {"papers": 1}),
    "records of RIS": ("r.ris", "TY  - JOUR\nTY  - JOUR\nTI  - A title of words\nER  - \nER  - \n", {"papers": 1}),
    "type of RIS": (
        "r.ris",
        "TY  - \x1b[31m\nTI  - A title of words\nL1  - file:///etc/passwd\nER  - \n",
        {"either": True, "without": ROOT},
    ),
    "a picture": ("p.md", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, {"error": "a picture"}),
    "a program": ("p.md", b"\x7fELF" + b"\0" * 100, {"error": "a program"}),
    "a PDF": ("p.md", b"%PDF-1.7 " + A.encode(), {"error": "PDF"}),
    "an archive": ("p.md", b"PK\x03\x04" + A.encode(), {"error": "archive"}),
    "controls": ("p.txt", "\x01\x02\x03" * 1000 + A, {"error": "binary"}),
    "blanks": ("p.txt", " \n\t" * 100_000, {"error": "empty"}),
}

CASES = [Case(f"digest: {name}", digest, (file, data), must) for name, (file, data, must) in DIGESTS.items()]
