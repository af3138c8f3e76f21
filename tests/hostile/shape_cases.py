"""What strangers put on a disk, lists of sources, pasted text, and what lies in the place of an export."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile import digest_shapes
from tests.hostile.bringing import Make, gathered, listed, pasted, written
from tests.hostile.cases import Case
from tests.hostile.texts import MARKUP, TEXTS

A, ENTITIES, LINK = digest_shapes.A, digest_shapes.ENTITIES, digest_shapes.LINK


def _named(name: str) -> Make:
    return lambda folder: (folder / name).write_text(READ)


READ = "- [Layer Normalization](https://arxiv.org/abs/1607.06450)\n"


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")


def _socket(folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("s.md")
    finally:
        os.chdir(here)


def _deep(folder: Path) -> None:
    for _ in range(100):
        folder = folder / "d"
        folder.mkdir()
    (folder / "x.md").write_text(READ)


def _link(name: str, target: str) -> Make:
    return lambda folder: (folder / name).symlink_to(target)


GATHERED: dict[str, tuple[Make, dict[str, Any]]] = {
    "name of escapes": (_named("a\x1b[31m\x1b]0;x\x07b.md"), {"papers": 3}),
    "name of lines": (_named("a\nexit: 0\r\nb.md"), {"papers": 3}),
    "name of bidi": (_named("a\u202edm.exe\u2066.md"), {"papers": 3}),
    "name of markup": (_named(f"{MARKUP.replace('/', '')}.md"), {"papers": 3}),
    "name of no UTF-8": (_named("caf\udce9.md"), {"papers": 3}),
    "name of an option": (_named("--help.md"), {"papers": 3}),
    "name of a dash": (_named("-.md"), {"papers": 3}),
    "name of a shell": (_named("$(touch canary);`x`|.md"), {"papers": 3}),
    "name that is long": (_named("a" * 252 + ".md"), {"papers": 3}),
    "name of dots": (_named("...md"), {}),
    "name that is hidden": (_named(".x.md"), {}),
    "name of a device": (_named("CON.md"), {"papers": 3}),
    "name of a tilde": (_named("~root.md"), {"papers": 3}),
    "pipe": (_pipe, {}),
    "socket": (_socket, {}),
    "folder of that name": (lambda folder: (folder / "x.md").mkdir(), {}),
    "folders without end": (_deep, {"papers": 3}),
    "link to a device": (_link("zero.md", "/dev/zero"), {}),
    "link to the terminal": (_link("tty.md", "/dev/tty"), {}),
    "link to nothing": (_link("gone.md", "/nowhere/\x1b[31m"), {"errors": 1}),
    "link to itself": (_link("self.md", "self.md"), {"errors": 1}),
    "link to the folder": (_link("again", "."), {}),
    "link to the root": (_link("disk", "/"), {}),
    "link to what is open": (_link("proc", "/proc/self/fd"), {}),
    "file that is empty": (lambda folder: (folder / "x.md").write_bytes(b""), {"errors": 1}),
    "file of a picture": (lambda folder: (folder / "x.md").write_bytes(b"\x89PNG"), {"errors": 1}),
}  # fmt: skip


def _opml(*outlines: str, head: str = "") -> str:
    return f'{head}<opml version="2.0"><head><title>x</title></head><body>{"".join(outlines)}</body></opml>'


def _outline(url: str, more: str = "") -> str:
    return f'<outline text="t" type="rss" xmlUrl="{url}" {more}/>'


GOOD = "https://good.example/feed"
OPML: dict[str, tuple[bytes | str, dict[str, Any]]] = {
    "commands": (_opml(*map(_outline, ("exec:touch canary", "filter:touch canary:https://e.example/", "|touch canary")),
                       _outline(GOOD, 'filtercmd="touch canary" cmd="touch canary"')), {"sources": [GOOD]}),
    "schemes": (_opml(*map(_outline, ("file:///etc/passwd", "javascript:x", "data:x", "gopher://x", "feed:file:///x")),
                      _outline(GOOD)), {"sources": [GOOD]}),
    "addresses that are none": (_opml(*map(_outline, ("https://[::1", "http://", "https:///x", "//x", "")),
                                      _outline(GOOD)), {"sources": [GOOD]}),
    "other lists": (_opml('<outline type="include" url="file:///etc/passwd"/>', _outline(GOOD)), {"sources": [GOOD]}),
    "escapes in names": (_opml(f'<outline text="a&#x9b;31m &#x202e;b [/]" xmlUrl="{GOOD}"/>'), {"sources": [GOOD]}),
    "folders that are paths": (_opml(f'<outline text="../../etc"><outline text="a/b" xmlUrl="{GOOD}"/></outline>'),
                               {"sources": [GOOD]}),
    "entities": (_opml(_outline("&x;"), head='<!DOCTYPE opml [<!ENTITY x "https://e.example">]>'), {"why": "entities"}),
    "file": (_opml(_outline("&x;"), head='<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
             {"why": "entities"}),
    "laughs": (_opml(_outline("&j;"), head=f'<!DOCTYPE opml [<!ENTITY a "ha">{ENTITIES}]>'), {"why": "entities"}),
    "entities in UTF-16": (_opml(_outline("&x;"), head='<!DOCTYPE opml [<!ENTITY x "y">]>').encode("utf-16"),
                           {"why": "entities"}),
    "nesting": ("<opml><body>" + '<outline text="a">' * 100_000, {}),
    "one address again and again": (_opml(*[_outline(GOOD)] * 3000), {"sources": [GOOD]}),
    "no list": ("<html><body>x</body></html>", {"why": "no OPML"}),
    "no XML": (b"\0\1\2\3", {"why": "no XML"}),
    "nothing": (b"", {"why": "."}),
}  # fmt: skip

PASTED: dict[str, tuple[str, dict[str, Any]]] = {
    **{name: (f"{TEXTS[name]}\n{LINK}\n", {}) for name in (
        "csi", "osc with st", "c1", "bidi overrides", "tags", "markup", "surrogates", "controls", "marks", "long",
    )},
    "end of a paste": (f"\x1b[201~touch canary\n{LINK}\x1b[200~", {"papers": 1}),
    "only controls": ("\x00\x01\x02", {"papers": 0}),
    "a page": (f"<html><script>x</script><body>{A}", {"papers": 1}),
    "a path": ("/etc/passwd", {"papers": 0}),
    "an address": (LINK, {"papers": 1}),
}  # fmt: skip


def _nothing(_folder: Path) -> None: ...


def _precious(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).symlink_to(folder.parent / "precious")


WRITTEN: dict[str, tuple[Make, str, dict[str, Any]]] = {
    "name of escapes": (_nothing, "OUT/a\x1b[31m.bib", {"status": 0, "holds": "a\x1b[31m.bib"}),
    "name of lines": (_nothing, "OUT/a\nb.bib", {"status": 0, "holds": "a\nb.bib"}),
    "name of no UTF-8": (_nothing, "OUT/caf\udce9.bib", {"status": 0, "holds": "caf\udce9.bib"}),
    "folder that is not there": (_nothing, "OUT/no\x1b[31m/x.bib", {"status": 1}),
    "folder": (_nothing, "OUT", {"status": 1}),
    "name that is too long": (_nothing, "OUT/" + "a" * 300 + ".bib", {"status": 1}),
    "full device": (_nothing, "/dev/full", {"status": 1}),
    "link to itself": (lambda folder: (folder / "x.bib").symlink_to("x.bib"), "OUT/x.bib", {"status": 1}),
    "home of nobody": (_nothing, "~nobody-such/x.bib", {"status": 1}),
    "file of a folder": (lambda folder: (folder / "f").write_text(""), "OUT/f/x.bib", {"status": 1}),
    "into a picture": (
        lambda folder: (folder / "x.bib").write_bytes(b"\x89PNG\xff\x00"),
        "OUT/x.bib",
        {"status": 1, "how": ("--into",)},
    ),
    "into another kind": (_nothing, "OUT/x.tex", {"status": 1, "how": ("--into",)}),
    "into a folder": (_nothing, "OUT", {"status": 1, "how": ("--into",)}),
    "into a device": (_nothing, "/dev/zero", {"status": 1, "how": ("--into",)}),
    "into a pipe": (lambda folder: os.mkfifo(folder / "x.bib"), "OUT/x.bib", {"status": 1, "how": ("--into",)}),
    "into a broken file": (
        lambda folder: (folder / "x.bib").write_text("@misc{a, title = {x"),
        "OUT/x.bib",
        {"status": 1, "how": ("--into",)},
    ),
    "into escapes": (
        lambda folder: (folder / "x.bib").write_text("% \x1b]0;x\x07\n@misc{a\x1b[31m, title = {\x9b31m}}\n"),
        "OUT/x.bib",
        {"status": (0, 1), "how": ("--check", "--into")},
    ),
}

CASES = [
    *digest_shapes.CASES,
    *(Case(f"folder: {name}", gathered, make, must) for name, (make, must) in GATHERED.items()),
    *(Case(f"opml: {name}", listed, data, must) for name, (data, must) in OPML.items()),
    *(Case(f"clipboard: {name}", pasted, text, must) for name, (text, must) in PASTED.items()),
    *(Case(f"written: {name}", written, (make, path), must) for name, (make, path, must) in WRITTEN.items()),
]
