"""What arXiv says of a paper, whichever of its two services said it, as an answer; and how its XML is read.

The query API (https://info.arxiv.org/help/api/user-manual.html) and OAI-PMH (https://info.arxiv.org/help/oa/)
name the same things differently; a :class:`Listing` is what both have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.errors import AnswerError
from tui.identifiers import Rel, arxiv_date, find_urls, relation
from tui.model import Answer, Link, Record
from tui.providers.reading import date_of, work_of_doi, year_and_month
from tui.text import clean, clean_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "arxiv"

MAX_TAGS = 600_000
"""More tags than this are in no answer: a hundred papers of three thousand authors each are within."""

MAX_LINKS = 10
"""Addresses taken from one comment and abstract."""

_ILLEGAL = bytes([*range(9), 11, 12, *range(14, 32)])
_CATEGORY = re.compile(r"[a-z-]{2,20}(?:\.[A-Za-z-]{2,20})?")
_OTHERS = re.compile(r"(?:and\s)?(?:et\.?\sal\.?|others)", re.IGNORECASE)
_BARE_CODE = re.compile(
    r"(?<![\w./@])((?:www\.)?(?:github|gitlab)\.com/[\w.-]{1,100}/[\w.-]{1,100}|huggingface\.co/[\w./-]{3,200})"
)
_GONE = r"(?:withdrawn|retracted)"
_WITHDRAWN = re.compile(
    rf"\b(?:paper|article|manuscript|submission|preprint|version|work|note|report)\s(?:has|have|was|is|had)\s"
    rf"(?:now\s|been\s|being\s|temporarily\s|hereby\s){{0,3}}{_GONE}\b"
    rf"|\b{_GONE}\s(?:by|due\sto|because|since|pending|from\sarxiv)\b",
    re.IGNORECASE,
)
_WITHDRAWN_FIRST = re.compile(rf"\W{{0,5}}(?:\w{{1,12}}\s){{0,2}}{_GONE}\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\b(?:replac|supersed|substitut|extend|correct(?:ed|s)\sversion|erratum|previous|earlier|another|an?\swithdrawn)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Listing:
    """One paper as arXiv lists it. ``arxiv`` is the id without version; dates are as arXiv wrote them."""

    arxiv: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    categories: tuple[str, ...]
    primary: str | None = None
    version: int | None = None
    submitted: str | None = None
    updated: str | None = None
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    licence: str | None = None

    def answer(self) -> Answer:
        """Return the listing as an answer: the preprint's record, and the DOI of what was published of it beside."""
        named = [name for name in (clean(author) for author in self.authors) if re.search(r"\w", name)]
        people = tuple(name for name in named if not _OTHERS.fullmatch(name))
        year, month = year_and_month(self.submitted)
        if year is None:
            year, month = arxiv_date(self.arxiv) or (None, None)
        published = {scheme: value for scheme, value in work_of_doi(self.doi).items() if scheme != "arxiv"}
        categories = tuple(name for name in dict.fromkeys(self.categories) if _CATEGORY.fullmatch(name))
        primary = self.primary if self.primary and _CATEGORY.fullmatch(self.primary) else None
        withdrawn = self._withdrawn()
        return Answer(
            provider=NAME,
            id=self.arxiv,
            kind="preprint",
            record=Record(
                type="preprint",
                title=clean(self.title),
                authors=people,
                more_authors=1 if len(people) < len(named) else 0,
                year=year,
                month=month,
                arxiv=self.arxiv,
                primary_class=primary or next(iter(categories), None),
                url=f"https://arxiv.org/abs/{self.arxiv}",
            ),
            abstract=_abstract(self.abstract),
            identifiers={"arxiv": self.arxiv, **published},
            links=self._links(withdrawn is not None),
            categories=categories,
            facts=self._facts(published.get("doi")),
            withdrawn=withdrawn,
        )

    def _facts(self, published: str | None) -> dict[str, str | int]:
        known: dict[str, str | int | None] = {
            "comment": clean(self.comment or ""),
            "journal_ref": clean(self.journal_ref or ""),
            "published_as": published,
            "version": self.version,
            "submitted": date_of(self.submitted),
            "updated": date_of(self.updated),
            "licence": clean(self.licence or ""),
        }
        return {name: value for name, value in known.items() if value}

    def _links(self, withdrawn: bool) -> tuple[Link, ...]:
        """Return the paper's page and PDF, and the code, data and project pages that its authors name.

        The last version of a withdrawn paper has no PDF.
        """
        found = {f"https://arxiv.org/abs/{self.arxiv}": Link(f"https://arxiv.org/abs/{self.arxiv}", "paper")}
        if not withdrawn:
            # Without a version: the same address that digests print, and it leads to the last one.
            pdf = f"https://arxiv.org/pdf/{self.arxiv}"
            found[pdf] = Link(pdf, "pdf")
        most = len(found) + MAX_LINKS
        for text, rels in ((self.comment or "", ("code", "project", "data", "other")), (self.abstract, _OWN)):
            for url, rel in _addresses(text):
                if rel in rels and len(found) < most:
                    found.setdefault(url, Link(url, rel))
        return tuple(found.values())

    def _withdrawn(self) -> str | None:
        """Return a sentence on the withdrawal, None where neither comment nor abstract tells of one."""
        comment, abstract = clean(self.comment or "", 2_000), clean(self.abstract, 300)
        for text, first in ((comment, True), (abstract, False)):
            said = _WITHDRAWN.search(text) or (_WITHDRAWN_FIRST.match(text) if first else None)
            # "This replaces the withdrawn arXiv:..." is of another paper; so are trials that were withdrawn.
            if said and not _OF_ANOTHER.search(text[: said.end()]) and (first or said.start() < 60):
                words = text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + "…"
                return f"It was withdrawn from arXiv, which says: “{words.rstrip('. ')}”."
        return None


_OWN: tuple[Rel, ...] = ("code", "project", "data")


def _abstract(text: str) -> str | None:
    """Return the abstract with its paragraphs and no other breaks; arXiv indents the first line of a paragraph."""
    first, *rest = text.replace("\r\n", "\n").strip().split("\n")
    # Where every line is indented, that is the XML's own look.
    indented = not all(line[:1].isspace() for line in rest if line.strip())
    paragraphs = [[first]]
    for line in rest:
        if not line.strip() or (indented and line.startswith("  ")):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return clean_lines("\n\n".join(" ".join(" ".join(lines).split()) for lines in paragraphs)) or None


def _addresses(text: str) -> list[tuple[str, Rel]]:
    r"""Return the addresses in *text* with what they lead to; ``\url{..}``, ``\_`` and ``github.com/..`` are read."""
    if "." not in text:
        return []
    text = re.sub(r"\\([_%#&~])", r"\1", text[:50_000]).replace("}{", "} {")
    text = _BARE_CODE.sub(r"https://\1", text)
    found = []
    for item in find_urls(text):
        if item.url:
            before = text[max(0, item.start - 30) : item.start].strip(" :({\\").lower()
            found.append((item.url, relation(item.url, _label(before))))
    return found


def _label(before: str) -> str:
    """Return the word for what follows that stands at the end of *before*."""
    match = re.search(
        r"\b(project page|project website|project|website|web site|demo|code|dataset|data)\W{0,3}$", before
    )
    word = match[1] if match else ""
    return "project page" if word in ("project", "project website") else word


def root_of(content: bytes) -> _Element:
    """Return the root of the XML *content*. Raises AnswerError where it is no XML, cut, or has a DTD.

    Nothing outside is fetched, no entity of the document's own is expanded, and the declared encoding is passed over:
    arXiv's is UTF-8.
    """
    from lxml import etree

    content = content.removeprefix(b"\xef\xbb\xbf").translate(None, _ILLEGAL).strip()
    if not content.startswith(b"<"):
        raise _no_xml(content)
    if re.search(rb"<!(?:doctype|entity)", content, re.IGNORECASE):
        raise AnswerError("arXiv answered with a web page, or a document of a kind that it does not write.")
    if content.count(b"<") > MAX_TAGS:
        raise AnswerError("arXiv answered with more than any list of papers holds.")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise AnswerError("arXiv's answer is cut or is no XML.", passing=True) from error


def _no_xml(content: bytes) -> AnswerError:
    if b"rate exceeded" in content[:200].lower():
        return AnswerError("arXiv says that it is asked too often.", status=429, passing=True)
    if not content:
        return AnswerError("arXiv's answer is empty.", passing=True)
    return AnswerError("arXiv answered with something that is no list of papers.")


def text_at(element: _Element, path: str) -> str:
    """Return the text of the first element at *path* below *element*, an empty one where there is none."""
    found = element.find(path)
    return "" if found is None else "".join(str(piece) for piece in found.itertext())


def texts_at(element: _Element, path: str) -> list[str]:
    """Return the texts of every element at *path* below *element*."""
    return ["".join(str(piece) for piece in found.itertext()) for found in element.iterfind(path)]
