# ruff: noqa: E501 - seeds, tokens and laws are data, each on a line of its own
"""What leaves: every export of any record, and the reader's .bib file that entries are put into."""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import bibtexparser

from tests.exports.bibfiles import FILES, NEW, bib
from tests.fuzz import laws, tokens
from tests.fuzz.of_texts import _DANGEROUS, balanced
from tests.fuzz.target import Target, text_of
from tui.errors import ExportError
from tui.exports import EXPORTS, Item, Options
from tui.exports.bibfile.file import BibFile, entries_in
from tui.exports.bibfile.merging import merge
from tui.exports.bibfile.project import find_project
from tui.exports.bibfile.scan import UnclosedError, keys_in, scan
from tui.exports.keys import is_safe
from tui.model import Record
from tui.shapes import restore
from tui.text import clean


def _items(data: bytes) -> list[Item]:
    """Return the records that the JSON *data* holds, each under its key."""
    try:
        found = json.loads(text_of(data))
    except (ValueError, RecursionError):
        return []
    items: list[Item] = []
    for key, shape in list(
        found.items() if isinstance(found, dict) else enumerate(found if isinstance(found, list) else ())
    )[:6]:
        try:
            items.append(Item(clean(key) if isinstance(key, str) else f"key{key}", restore(Record, shape)))
        except (ValueError, RecursionError):
            continue
    return items


def _options(items: list[Item]) -> Iterator[Options]:
    yield Options()
    yield Options((*tuple(items[0].record.more)[:8], "abstract", "-url"), "unicode")


def records(data: bytes) -> None:
    """Write records as everything that they can be: each entry is one, or is left out with a sentence."""
    items = _items(data)
    if not items:
        return
    for options in _options(items):
        for export in EXPORTS:
            written = export.write(items, options)
            laws.clean(written.failures)
            laws.clean(written.warnings)
            laws.clean_text(written.text.replace("\r\n", "\n"), f"{export.NAME}'s text", lines=True)
            laws.law(written.count + len(written.failures) >= len(items), f"{export.NAME} writes or names each")
            _FORMS[export.NAME](written.text, written.count, [item.key for item in items])


def _entries(text: str, count: int, keys: list[str]) -> None:
    parsed = bibtexparser.parse_string(text, parse_stack=[])
    laws.law(not parsed.failed_blocks, "bibtexparser reads every entry")
    laws.same(len(parsed.entries), count, "there are as many entries as are told")
    laws.law(len(parsed.blocks) == count, "nothing but entries is written")
    laws.law({entry.key for entry in parsed.entries} <= set(keys), "entries have the keys that were asked for")
    laws.law(all(is_safe(entry.key) for entry in parsed.entries), "written keys are safe")
    found = scan(text)
    laws.same(
        [block.key for block in found.blocks], [entry.key for entry in parsed.entries], "both readers find the same"
    )
    laws.law(not any(block.broken for block in found.blocks), "no entry is broken")
    for entry in parsed.entries:
        for each in entry.fields:
            laws.law(balanced(each.value), f"the braces of {each.key} balance")
            url = each.key in ("url", "doi", "file")
            laws.law(url or not _DANGEROUS.search(each.value), f"{each.key} reads and runs nothing")


def _csl(text: str, count: int, _: list[str]) -> None:
    laws.same(len(json.loads(text) if text else []), count, "CSL-JSON holds as many items as are told")


def _ris(text: str, count: int, _: list[str]) -> None:
    laws.same(len(re.findall(r"^TY  - ", text, re.MULTILINE)), count, "RIS begins as many records as are told")
    laws.same(len(re.findall(r"^ER  - ", text, re.MULTILINE)), count, "RIS ends as many records as are told")
    laws.law(
        all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in text.splitlines() if line), "every line of RIS has a tag"
    )


def _markdown(text: str, count: int, _: list[str]) -> None:
    laws.same(
        len([line for line in text.splitlines() if line.startswith("- ")]), count, "Markdown lists as many as are told"
    )
    text = re.sub(r"(`+).*?\1", "", text)  # what is code leads nowhere
    laws.law(not re.search(r"\]\((?!https?://|<https?://)", text), "Markdown leads to the web alone")
    laws.law(not re.search(r"(?<!\\)<(?!https?://)[A-Za-z/!]", text), "Markdown holds no HTML")


_FORMS = {"bibtex": _entries, "biblatex": _entries, "csl-json": _csl, "ris": _ris, "markdown": _markdown}


def bibliography(data: bytes) -> None:
    """Put entries into a reader's file: what was there stays byte for byte, and is found again."""
    text = text_of(data)
    for key in keys_in(text):
        laws.law(key, "a key is not empty")
    with contextlib.suppress(UnclosedError):
        scan(text)
    try:
        before = entries_in(data, "refs.bib")
    except ExportError as error:
        laws.sentence(error)
        return
    last = 0
    for entry in before:
        laws.law(last <= entry.start < entry.end <= len(data), "entries stand one behind the other")
        laws.law(data[entry.start : entry.start + 1] == b"@", "an entry begins with its sign")
        laws.law(entry.line == data.count(b"\n", 0, entry.start) + 1, "an entry knows its line")
        last = entry.end
        for look in (entry.ids, entry.mentioned, entry.title, entry.record, entry.authors, entry.preprint):
            laws.law(look is not None, "an entry says what it is")
    file = BibFile(Path("refs.bib"), True, data, before, ())
    for replace in ((), file.keys):
        _merged(file, data, replace)


def _merged(file: BibFile, data: bytes, replace: Any) -> None:
    for items in (list(NEW), list(NEW) + _there()):
        made = merge(file, items, replace=replace)
        laws.clean(made.warnings)
        laws.clean(made.failures)
        laws.clean_text(made.diff.replace("\t", " "), "a diff", lines=True)
        laws.law(made.changed == (made.content != data), "what changes is told")
        again = entries_in(made.content, "refs.bib")
        laws.same(
            [(e.type, e.key, e.fields) for e in again],
            [(e.type, e.key, e.fields) for e in made.entries],
            "a merged file reads as it was meant",
        )
        _untouched(file, data, made.content, again)
        twice = merge(BibFile(file.path, True, made.content, again, ()), items, replace=())
        laws.law(not twice.added, "what is there is not added again")


def _untouched(file: BibFile, data: bytes, after: bytes, again: tuple[Any, ...]) -> None:
    """Raise where a byte outside of the entries is not as it was."""
    laws.same(
        _outside(after, again[: len(file.entries)]), _outside(data, file.entries), "what is outside of entries stays"
    )


def _outside(content: bytes, entries: tuple[Any, ...]) -> list[bytes]:
    pieces, at = [], 0
    for entry in entries:
        pieces.append(content[at : entry.start])
        at = entry.end
    # Behind the last one new ones may stand.
    return pieces


@lru_cache(maxsize=1)
def _there() -> list[Item]:
    """Return items of works that the seeds hold."""
    return [
        Item("knuth", Record(type="book", title="The TeXbook", authors=("Donald E. Knuth",), year=1984, publisher="Addison-Wesley")),
        Item("attn", Record(type="conference", title="Attention Is All You Need", authors=("Ashish Vaswani",), arxiv="1706.03762", venue="NeurIPS", year=2017)),
        Item("he", Record(title="Deep residual learning for image recognition", doi="10.1109/CVPR.2016.90", year=2016)),
    ]  # fmt: skip


def sources(data: bytes) -> None:
    """Find the bibliographies that TeX sources name: files in the folder, whatever is written there."""
    with tempfile.TemporaryDirectory(prefix="paperrack-fuzz-") as place:
        folder = Path(place).resolve()
        (folder / "main.tex").write_bytes(b"\\documentclass{article}\n" + data)
        (folder / "refs.bib").write_bytes(b"@misc{a, title={A}}")
        for path in find_project(folder):
            laws.law(path.suffix == ".bib", "a bibliography is a .bib file")
            laws.law(path.name not in (".bib", f"{folder.name}.bib"), "a bibliography has a name")


def _records() -> Iterator[bytes]:
    yield json.dumps(
        {
            "saeed2020": {
                "type": "journal", "title": "Łódź & 100% of the {μ}-Law: $x^2$ “quoted” <sub>2</sub>", "authors": ["Łukasz Özil", "García Márquez, Gabriel", "von Last, Jr, First", "The ATLAS Collaboration"],
                "year": 2021, "month": 5, "venue": "Journal of {T}ests & more", "volume": "3", "number": "1-2", "pages": "1--9", "publisher": "P & Q", "editors": ["E. Ditor"],
                "doi": "10.1000/tests_3.1", "arxiv": "2010.10915", "primary_class": "cs.SD", "url": "https://a.example/~x_y?a=%20&b",
                "more": {"note": "In {braces} and \\emph{more}", "isbn": "978-3-16-148410-0", "series": "LNCS", "abstract": "A.\n\nB."},
            },
            "b": {"type": "conference", "title": "B", "authors": ["A B"], "more_authors": 3, "venue": "Proc. of X", "year": 2020, "more": {"booktitle": "x", "edition": "2"}},
        }
    ).encode()  # fmt: skip
    for kind in ("preprint", "workshop", "chapter", "book", "thesis", "report", "software", "dataset", "other"):
        yield json.dumps(
            {
                f"k:{kind}": {
                    "type": kind,
                    "title": "On $\\alpha$-things",
                    "authors": ["Ada Lovelace"],
                    "year": 1843,
                    "publisher": "P",
                    "venue": "V",
                }
            }
        ).encode()


def _bibs() -> Iterator[bytes]:
    for name in FILES:
        yield bib(name).read_bytes()
    yield b'@string{x = {y}}\n@book{knuth, title = {The {\\TeX}book}, author = {Donald E. Knuth}, year = 1984, note = x # {z}}\n\n% mine\n@misc(a, title="b"\n)\n'
    yield b"\xef\xbb\xbf@misc{a,\r\n  title = {Attention Is All You Need},\r\n  eprint = {1706.03762},\r\n}\r\n"


def _sources() -> Iterator[bytes]:
    yield b"\\usepackage{biblatex}\\addbibresource[location=local]{refs.bib}\n\\bibliography{refs,../other} % \\bibliography{no}\n\\input{main}\\include{a/b}"


_OWN = tokens.TEX + tokens.BIBTEX
TARGETS = (
    Target("exports", records, (), _records, _OWN, "json", weight=4),
    Target("bibfile", bibliography, ("16*",), _bibs, tokens.BIBTEX, weight=3),
    Target("project", sources, (), _sources, ("\\bibliography{", "\\addbibresource{", "\\input{", "../", "/etc/passwd", "}", "%", "\\endinput", "~", "$HOME", "\0", ".bib", "[", "]", ",")),
)  # fmt: skip
