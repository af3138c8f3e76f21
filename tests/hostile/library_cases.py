"""Libraries that somebody else wrote in, or that were made to be opened by a reader who trusts them."""

from __future__ import annotations

from typing import Any

from tests.hostile.cases import Case
from tests.hostile.edited import (
    DETAILS,
    ISSUE,
    SEARCHES,
    SOURCES,
    STATES,
    STEP,
    Change,
    beside,
    edited,
    folder,
    link,
    pipe,
    put,
    table,
    within,
)
from tests.hostile.running import BERT

BAD = "\x1b]0;PWNED\x07[/] \u202e}}, note={x \x9b31m\nEND"
ENTRY = {"title": BAD, "identifiers": {"arxiv": "2101.00001", BAD: BAD}, "authors": [BAD], "abstract": BAD}

FILES = {"issue": ISSUE, "states": STATES, "details": DETAILS, "searches": SEARCHES, "sources": SOURCES, "step": STEP}

INSTEAD: dict[str, Change] = {
    "nothing": put(b""),
    "zeros": put(b"\0" * 4096),
    "half a document": put(b'{"papers": {"1": {"id": "arxiv:1810'),
    "list": put(b"[]"),
    "number": put(b"1e999"),
    "no numbers": put(b'{"papers": {"x": {"id": "y"}, "-1": {}, "1e3": {}}, "entries": {"a": 1}, "issue": {"b": 2}}'),
    "deep lists": put(b"[" * 200_000),
    "deep tables": put(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "many digits": put(b'{"papers": {"1": {"id": "x", "n": ' + b"9" * 100_000 + b"}}}"),
    "same names": put(b'{"papers": {}, "papers": {"1": {"id": "a"}}, "papers": []}'),
    "escapes": put(f'{{"{BAD.encode("unicode_escape").decode()}": {{}}}}'),
    "newer program": put(b'{"_meta": {"1": {"schema": 99}}, "evil": {"1": {}}}'),
    "newest program": put(b'{"_meta": {"1": {"schema": ' + b"9" * 3000 + b"}}}"),
    "no UTF-8": put(b'{"papers": {"1": {"id": "caf\xe9"}}}'),
    "link out": link("OUTSIDE/precious"),
    "link to itself": link("reading.json"),
    "link to a device": link("/dev/zero"),
    "pipe": pipe,
    "folder": folder,
}  # fmt: skip

WITHIN: dict[str, tuple[str, Change]] = {
    "title of an issue": (ISSUE, within("issue", "1", "title", value=BAD)),
    "id of an issue that is a path": (ISSUE, within("issue", "1", "id", value="../../../canary")),
    "id of an issue with escapes": (ISSUE, within("issue", "1", "id", value=BAD)),
    "kind of an issue": (ISSUE, within("issue", "1", "format", value=BAD)),
    "source of an issue": (ISSUE, within("issue", "1", "source", value="file:///etc/passwd\x1b[31m")),
    "entry": (ISSUE, within("entries", "1", "entry", value=ENTRY)),
    "paper of an entry that is a path": (ISSUE, within("entries", "1", "paper", value="../../canary")),
    "paper of an entry with escapes": (ISSUE, within("entries", "1", "paper", value=BAD)),
    "paper of an entry that is an option": (ISSUE, within("entries", "1", "paper", value="--help")),
    "paper of an entry that is long": (ISSUE, within("entries", "1", "paper", value="a" * 100_000)),
    "paper of an entry that is no text": (ISSUE, within("entries", "1", "paper", value={"a": 1})),
    "entries of wrong shapes": (ISSUE, within("entries", value={"1": [], "2": None, "3": {"entry": 5}, "4": "x"})),
    "authors of wrong shapes": (ISSUE, within("entries", "1", "entry", value={"title": "x", "authors": {"a": [1]}})),
    "links of other schemes": (ISSUE, within("entries", "1", "entry", "links", value=[
        {"rel": "pdf", "url": "file:///etc/passwd"}, {"rel": "pdf", "url": "javascript:alert(1)"},
        {"rel": "pdf", "url": "http://a@b/"}, {"rel": BAD, "url": BAD}, 5, None, {"url": {}},
    ])),
    "metrics of numbers that are none": (ISSUE, within("entries", "1", "entry", "metrics", value={
        "a": float("inf"), "b": float("nan"), "c": 10**400, "d": "x", BAD: 1,
    })),
    "year of many digits": (ISSUE, within("entries", "1", "entry", "year", value=10**4000)),
    "year that is below zero": (ISSUE, within("entries", "1", "entry", "year", value=-(2**70))),
    "abstract without end": (ISSUE, within("entries", "1", "entry", "abstract", value="a " * 1_000_000)),
    "authors without end": (ISSUE, within("entries", "1", "entry", "authors", value=["Ada Byron"] * 20_000)),
    "surrogates": (ISSUE, within("entries", "1", "entry", "title", value="half \ud800 of \udfff")),
    "note": (STATES, within("papers", "1", "marks", "note", value=BAD)),
    "note without end": (STATES, within("papers", "1", "marks", "note", value="x\n" * 500_000)),
    "tags": (STATES, within("papers", "1", "marks", "tags", value=[BAD, "", 5, None, "a\nb", "x" * 5000])),
    "key of TeX": (STATES, within("papers", "1", "marks", "key", value="a}, note={x")),
    "key with escapes": (STATES, within("papers", "1", "marks", "key", value=BAD)),
    "key that is a path": (STATES, within("papers", "1", "marks", "key", value="../../canary")),
    "key that is a list": (STATES, within("papers", "1", "marks", "key", value=["x"])),
    "state": (STATES, within("papers", "1", "marks", "state", value=BAD)),
    "marks that are a list": (STATES, within("papers", "1", "marks", value=[1])),
    "goes to itself": (STATES, within("papers", "1", "merged_into", value=BERT)),
    "goes to nobody": (STATES, within("papers", "1", "merged_into", value="../../x\x1b[31m")),
    "chosen values": (STATES, within("papers", "1", "choices", value={"values": {
        "title": BAD, "year": "x", "doi": "10.1/\x1b[31m", "url": "javascript:x", "authors": 5, BAD: BAD,
    }})),
    "answer": (DETAILS, table("inquiries", {"id": BERT, "inquiry": {"answers": [{
        "provider": BAD, "id": BAD, "kind": "published", "via": BAD, "record": {
            "type": BAD, "title": BAD, "authors": [BAD], "venue": BAD, "url": "javascript:x", "doi": BAD, "year": 1e308,
            "pages": BAD, "more": {BAD: BAD, "file": ":/etc/passwd:PDF", "note": "\\input{x}"},
        }, "facts": {BAD: BAD, "links": [{"rel": "pdf", "url": "file:///etc/passwd"}]},
    }], "replies": [{"provider": BAD, "why": BAD, "until": BAD}], "done": BAD}})),
    "answers without end": (DETAILS, table("inquiries", {"id": BERT, "inquiry": {"answers": [{}] * 50_000}})),
    "answer for another paper": (DETAILS, table("inquiries", {"id": "arxiv:1706.03762", "inquiry": {}})),
    "search": (SEARCHES, table("searches", {"name": BAD, "query": BAD, "order": BAD}, {"name": 5}, {"query": "x"}, {})),
    "search without end": (SEARCHES, table("searches", {"name": "s", "query": "(" * 100_000, "order": "issue"})),
    "searches without end": (SEARCHES, table("searches", *({"name": f"s{n}", "query": "a"} for n in range(3000)))),
    "source": (SOURCES, table("sources", {"id": BAD, "url": "file:///etc/passwd", "title": BAD, "folder": "../.."},
                              {"id": "x", "url": "javascript:x", "title": BAD, "home": "file:///x"}, {"id": 5})),
    "source of a command": (SOURCES, table("sources", {"id": "x", "url": "exec:touch canary", "title": "|touch canary",
                                                       "kind": BAD, "visits": {"etag": "a\r\nX: 1", "checked": BAD}})),
    "source of no name": (SOURCES, table("sources", {"title": ""}, {"title": "", "url": 5}, {"title": []})),
    "step with escapes": (STEP, within("step", "1", "label", value=BAD)),
    "step at no time": (STEP, within("step", "1", "when", value="99999-99-99T\x1b[31m")),
    "step of papers that are not there": (STEP, within("changes", "1", "papers", value=["../../x", BAD, 5])),
    "step of other fields": (STEP, within("changes", "1", "before", value={"marks.__class__": 1, BAD: BAD, "file": 2})),
    "step that writes a file": (STEP, within("files", value={"1": {
        "path": "/tmp/canary.bib", "before": None, "after": "@misc{x}", "seal": "x",
    }})),
    "index that is a pipe": ("index.sqlite", pipe),
    "index that is a folder": ("index.sqlite", folder),
    "index that is a device": ("index.sqlite", link("/dev/zero")),
    "index that is elsewhere": ("index.sqlite", link("OUTSIDE/precious")),
    "index of nothing": ("index.sqlite", put(b"")),
    "index of zeros": ("index.sqlite", put(b"\0" * 8192)),
    "index that only begins like one": ("index.sqlite", put(b"SQLite format 3\0" + b"\xff" * 8192)),
    "lock that is elsewhere": ("lock", link("OUTSIDE/precious")),
    "lock that is a folder": ("lock", folder),
    "stranger beside it": (ISSUE, beside("\x1b[31mred\n.json")),
    "stranger of no UTF-8": (ISSUE, beside("caf\udce9.json")),
    "copy of a synced folder": (ISSUE, beside("reading (Ada's conflicted copy \u202e2024).json")),
    "stranger that is an option": (STATES, beside("--help.json")),
}  # fmt: skip

_TOLD: dict[str, dict[str, Any]] = {
    "issue: nothing": {"told": "was damaged"},
    "issue: link out": {"told": "leads out of the library"},
    "issue: newer program": {"told": "newer"},
    "states: half a document": {"papers": 2, "told": "was damaged"},
    "states: link out": {"papers": 2, "told": "leads out of the library"},
    "details: zeros": {"papers": 2, "told": "was damaged"},
}

CASES = [
    *(
        Case(f"{kind}: {name}", edited, (file, change), _TOLD.get(f"{kind}: {name}", {}))
        for number, (kind, file) in enumerate(FILES.items())
        for place, (name, change) in enumerate(INSTEAD.items())
        # Each comes in the place of an issue, and of the other files in turn; links and pipes in that of all.
        if number == 0
        or (number + place) % 4 == 1
        or name in ("link out", "link to a device", "pipe", "deep lists")
        or f"{kind}: {name}" in _TOLD
    ),
    *(Case(f"within: {name}", edited, edit) for name, edit in WITHIN.items()),
]
