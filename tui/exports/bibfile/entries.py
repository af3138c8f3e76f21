"""An entry of the reader's file: what it is called there, and what it says of its work."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tui.identifiers import arxiv_id, doi, find, identify
from tui.model import Record
from tui.text import unescape

ARCHIVES = ("10.48550/", "10.1101/", "10.2139/", "10.20944/", "10.31234/", "10.31219/", "10.36227/", "10.21203/",
            "10.26434/", "10.31222/", "10.22541/", "10.5281/", "10.6084/", "10.13140/")  # fmt: skip
"""Beginnings of the DOIs that archives of preprints and of data give, beside which a publisher's is another one."""

_ADDRESSES = ("url", "ee", "howpublished", "link", "note", "annote")
_ARXIV_PLACES = ("journal", "journaltitle", "volume", "number", "pages", "eid", "howpublished", "note", "annote")
_ARXIV_FIELDS = ("arxivid", "arxiv", "arxiv-id")
_ESCAPED = re.compile(r"\\(?:textunderscore|textless|textgreater|textasciitilde|url)\b[ ]?|[\\{}\"]")
_SIGNS = {"\\textunderscore": "_", "\\textless": "<", "\\textgreater": ">", "\\textasciitilde": "~"}
_PREPRINT_KINDS = ("unpublished", "online", "electronic", "www", "preprint")
_PREPRINT_PLACE = re.compile(r"arxiv|\bcorr\b|biorxiv|medrxiv|preprint|openreview|ssrn", re.IGNORECASE)
# Taking an address apart is slow, and most name no work.
_MAY_NAME = re.compile(r"arxiv|ar5iv|huggingface|hf\.co|acl|10\.\d|nature\.com", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Macros:
    """The macros of a file, as they are written there."""

    raw: Mapping[str, str]

    @cached_property
    def expanded(self) -> Mapping[str, str]:
        """What each stands for; one that is made of others, of those before it."""
        from tui.digests.bibtex_values import MAX_MACRO, expand

        made: dict[str, str] = {}
        for name, value in self.raw.items():
            made[name] = expand(value, made)[:MAX_MACRO]
        return made


@dataclass(frozen=True, eq=False)
class BibEntry:
    """An entry as it stands: type in lower case, key, fields' values as written, and its bytes in the file.

    ``macros`` are the file's; ``broken`` says that BibTeX would give the entry up.
    """

    type: str
    key: str
    fields: Mapping[str, str]
    start: int
    end: int
    line: int
    macros: Macros
    broken: bool = False

    @property
    def doi(self) -> str | None:
        """The DOI, bare and in lower case, wherever the entry has it; arXiv's own DOIs are its ids."""
        return next((value for scheme, value in (*self.ids, *self.mentioned) if scheme == "doi"), None)

    @property
    def arxiv(self) -> str | None:
        """The arXiv id without version, wherever the entry has it."""
        return next((value for scheme, value in (*self.ids, *self.mentioned) if scheme == "arxiv"), None)

    @cached_property
    def ids(self) -> tuple[tuple[str, str], ...]:
        """Schemes and identifiers that are the work's own, by the fields that they stand in."""
        fields = self.fields
        found: list[tuple[str, str]] = []
        if "doi" in fields:
            found += _of_doi(self._plain("doi"))
        if "eprint" in fields and (value := self._eprint()):
            found.append(("arxiv", value))
        for name in _ARXIV_FIELDS:
            if name in fields and (value := arxiv_id(self._plain(name))):
                found.append(("arxiv", value))
        if "url" in fields:
            found += _of_address(self._plain("url"))
        return tuple(dict.fromkeys(found))

    @cached_property
    def mentioned(self) -> tuple[tuple[str, str], ...]:
        """Schemes and identifiers in prose, which may be another work's."""
        fields = self.fields
        found: list[tuple[str, str]] = []
        for name in _ADDRESSES[1:]:
            if name in fields:
                found += _of_prose(self._plain(name))
        for name in _ARXIV_PLACES:
            if name in fields:
                found += _of_arxiv(self._plain(name))
        return tuple(each for each in dict.fromkeys(found) if each not in self.ids)

    def _plain(self, name: str) -> str:
        """Return the identifier or address in the field *name*; empty where there is none."""
        value = self.fields.get(name, "")
        return plain(self.value(name) if "#" in value or value.lower() in self.macros.raw else value)

    def _eprint(self) -> str | None:
        kind = (self._plain("archiveprefix") or self._plain("eprinttype")).lower()
        value = self._plain("eprint")
        if "://" in value:
            found = identify(value)
            return found[1] if found and found[0] == "arxiv" else None
        if kind in ("", "arxiv") and (found_id := arxiv_id(value)):
            return found_id
        # hep-th papers of the nineties had the archive beside the number.
        group = self._plain("primaryclass") or self._plain("eprintclass") or kind
        return arxiv_id(f"{group}/{value}") if group and "/" not in value else None

    @cached_property
    def title(self) -> str:
        """The title as readable text; empty where there is none."""
        from tui.digests.bibtex_values import prose

        return prose(self.value("title"))

    @cached_property
    def record(self) -> Record:
        """Title, authors and year, as far as two works are told apart by them."""
        from tui.digests.bibtex_names import names

        people, more = names(self.value("author") or self.value("editor"))
        year = _YEAR.search(self.fields.get("year") or self.fields.get("date") or "")
        return Record(
            title=self.title or None,
            authors=tuple(name.kept for name in people),
            more_authors=more,
            year=int(year[0]) if year else None,
        )

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors' names, or the editors'."""
        return self.record.authors

    @property
    def preprint(self) -> bool:
        """Whether the entry is of a preprint and names no publication."""
        place = next((self.value(name) for name in ("journal", "journaltitle", "booktitle") if name in self.fields), "")
        if place:
            return bool(_PREPRINT_PLACE.search(place))
        return self.type in _PREPRINT_KINDS or (self.type == "misc" and self.arxiv is not None)

    def value(self, name: str) -> str:
        """Return the value of the field *name* as TeX, macros replaced; empty where there is none."""
        from tui.digests.bibtex_values import expand

        return expand(self.fields[name], self.macros.expanded).strip() if name in self.fields else ""


def plain(value: str) -> str:
    r"""Return the raw value of an identifier or address without what enclosed and escaped it: ``{a\_b}`` as a_b."""
    value = value.strip()
    if value[:1] in '{"' and "\\" not in value and "&" not in value:
        return value.strip('{}" \t\r\n').replace("{", "").replace("}", "")
    return _ESCAPED.sub(lambda match: _SIGNS.get(match[0].rstrip(), ""), unescape(value)).strip()


def identifiers_of(doi_text: str | None, arxiv: str | None, url: str | None) -> list[tuple[str, str]]:
    """Return what a record's identifiers are known by in an index of entries, the DOI first."""
    found = _of_doi(plain(doi_text)) if doi_text else []
    if arxiv and (eprint := arxiv_id(arxiv)):
        found.append(("arxiv", eprint))
    return found + (_of_address(plain(url)) if url else [])


def _of_doi(text: str) -> list[tuple[str, str]]:
    """Return the DOI *text* as the names it goes by; arXiv's own is arXiv's id."""
    found = doi(text)
    if not found:
        return []
    if found.startswith("10.48550/arxiv.") and (eprint := arxiv_id(found[15:])):
        return [("arxiv", eprint)]
    return [("doi", found)]


def _of_address(text: str) -> list[tuple[str, str]]:
    found = identify(text) if _MAY_NAME.search(text) else None
    return [_named(*found)] if found and found[0] in ("arxiv", "doi", "acl") else []


def _of_prose(text: str) -> list[tuple[str, str]]:
    """Return what *text* names; the Anthology's papers by their DOIs."""
    return [_named(item.scheme, item.value) for item in find(text[:2000]) if item.scheme in ("arxiv", "doi", "acl")]


def _of_arxiv(text: str) -> list[tuple[str, str]]:
    """Return the arXiv id in a field that is for something else: ``arXiv preprint arXiv:…``, ``abs/…``."""
    lower = text[:2000].lower()
    if "abs/" in lower and (found := arxiv_id(text[lower.index("abs/") + 4 :][:30].split(",")[0])):
        return [("arxiv", found)]
    if "arxiv" not in lower:
        return []
    return [("arxiv", item.value) for item in find(text[:2000]) if item.scheme == "arxiv"]


def _named(scheme: str, value: str) -> tuple[str, str]:
    return ("doi", f"10.18653/v1/{value.lower()}") if scheme == "acl" else (scheme, value)
