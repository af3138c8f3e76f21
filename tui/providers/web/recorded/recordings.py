"""The recorded answers as they lie in their folder: read once, when they are first asked for, and searched by words.

One file a service, in the service's own shape; ``index.json`` says what each one is and which services refuse.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from tui.text import fold

_WORD = re.compile(r"[^\W_]+")
_ENTRY = re.compile(r"<entry>(?:[^<]++|<(?!/?entry>))*+</entry>")
_RECORD = re.compile(r"<record>(?:[^<]++|<(?!/?record>))*+</record>")
_BIBTEX = re.compile(r"^@[^\n]*+(?:\n(?![@}])[^\n]*+)*+\n\}", re.MULTILINE)


def words(text: str) -> frozenset[str]:
    """Return the words of *text* without case and accents: what all searches here compare."""
    return frozenset(_WORD.findall(fold(text)))


def texts(value: object) -> str:
    """Return every text in a JSON *value*, the names of its fields left out."""
    if isinstance(value, dict):
        return " ".join(texts(part) for part in value.values())
    if isinstance(value, list):
        return " ".join(texts(part) for part in value)
    return str(value) if isinstance(value, str | int) else ""


class Shelf:
    """Records of one service in a fixed order, with the words that its search looks at."""

    def __init__(self, records: Iterable[Any], searched: Callable[[Any], str]) -> None:
        self.records = tuple(records)
        self._words = tuple(words(searched(record)) for record in self.records)
        self._known = Counter(word for each in self._words for word in each)

    def nearest(self, query: str, least: float = 0.0) -> list[Any]:
        """Return the records that share words with *query*, the nearest first, as a search engine does.

        A word counts the more the fewer records have it; *least* is the share of the query's words that must be there.
        """
        wanted = words(query)
        if not wanted:
            return []
        found = []
        for place, (record, has) in enumerate(zip(self.records, self._words, strict=True)):
            shared = wanted & has
            if shared and len(shared) >= least * len(wanted):
                weight = sum(1 / self._known[word] for word in shared) + len(shared)
                found.append((-weight, len(has), place, record))
        return [record for *_, record in sorted(found, key=lambda each: each[:3])]

    def having(self, words_or_beginnings: Iterable[str]) -> list[Any]:
        """Return the records that have a word with each of these beginnings; one that ends in ``$`` is a whole word."""
        wanted = [fold(word) for word in words_or_beginnings]
        return [
            record
            for record, has in zip(self.records, self._words, strict=True)
            if all(_has(has, word) for word in wanted)
        ]


def _has(has: frozenset[str], word: str) -> bool:
    return word[:-1] in has if word.endswith("$") else any(each.startswith(word) for each in has)


def tag(name: str, xml: str) -> str:
    """Return what stands in the first element *name* of a record in XML, with its markup, or nothing."""
    found = re.search(rf"<{name}(?: [^<>]*)?>((?:[^<]++|<(?!/?{name}\b))*+)</{name}>", xml, re.DOTALL)
    return found[1] if found else ""


class Recordings:
    """The recorded answers in *folder*. A file that is not there is a service that knows nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _text(self, name: str) -> str:
        path = self.folder / name
        return path.read_text("utf-8") if path.exists() else ""

    def _json(self, name: str) -> Any:
        return json.loads(self._text(name) or "[]")

    @cached_property
    def states(self) -> Mapping[str, Mapping[str, Any]]:
        """How a service refuses (``status``, ``headers``, ``body``) in place of answering, by its name."""
        return dict(json.loads(self._text("index.json") or "{}").get("states", {}))

    @cached_property
    def arxiv(self) -> Mapping[str, str]:
        """arXiv's Atom entries by id, without version."""
        entries = _ENTRY.findall(self._text("arxiv.xml"))
        return {re.sub(r"v\d+$", "", tag("id", entry).partition("/abs/")[2]): entry for entry in entries}

    @cached_property
    def arxiv_records(self) -> Mapping[str, str]:
        """The records of arXiv's OAI-PMH by id."""
        return {tag("id", record): record for record in _RECORD.findall(self._text("arxiv_oai.xml"))}

    @cached_property
    def pdf(self) -> bytes:
        """The PDF that stands in for every paper's at arXiv."""
        path = self.folder / "pdf.pdf"
        return path.read_bytes() if path.exists() else b""

    @cached_property
    def acl(self) -> Mapping[str, str]:
        """The ACL Anthology's BibTeX entries by Anthology id, which is how each one's address ends."""
        entries = _BIBTEX.findall(self._text("acl.bib"))
        return {found[1]: entry for entry in entries if (found := re.search(r"anthology\.org/([^/\"]+)/?\"", entry))}

    @cached_property
    def datacite(self) -> Shelf:
        """DataCite's records, searched by title and creators."""
        return Shelf(
            self._json("datacite.json"), lambda each: texts([each["attributes"][key] for key in ("titles", "creators")])
        )

    @cached_property
    def crossref(self) -> Shelf:
        """Crossref's works, searched as ``query.bibliographic`` does: titles, authors, container, year."""
        fields = ("title", "subtitle", "author", "container-title", "published")
        return Shelf(self._json("crossref.json"), lambda each: texts([each.get(field, "") for field in fields]))

    @cached_property
    def openalex(self) -> Shelf:
        """OpenAlex's works, searched by title."""
        return Shelf(self._json("openalex.json"), lambda each: texts(each["display_name"]))

    @cached_property
    def semantic_scholar(self) -> Shelf:
        """Semantic Scholar's papers, searched by title."""
        return Shelf(self._json("semantic_scholar.json"), lambda each: texts(each["title"]))

    @cached_property
    def dblp(self) -> Shelf:
        """DBLP's publications, searched by title, authors, venue and year."""
        fields = ("title", "authors", "venue", "year")
        return Shelf(self._json("dblp.json"), lambda each: texts([each.get(field, "") for field in fields]))

    @cached_property
    def openreview(self) -> Shelf:
        """OpenReview's notes, searched by title."""
        return Shelf(self._json("openreview.json"), lambda each: texts(each["content"]["title"]))

    @cached_property
    def huggingface(self) -> Mapping[str, Any]:
        """Hugging Face's ``papers`` and ``repos``, each by arXiv id."""
        return dict(self._json("huggingface.json"))

    @cached_property
    def github(self) -> Mapping[str, Any]:
        """GitHub's repositories by ``owner/name`` in small letters."""
        return {each["full_name"].lower(): each for each in self._json("github.json")}

    @cached_property
    def unpaywall(self) -> Mapping[str, Any]:
        """Unpaywall's records by DOI."""
        return {each["doi"].lower(): each for each in self._json("unpaywall.json")}
