"""One paper of Semantic Scholar's as an answer: which version it is of, and what of it can be believed.

The service keeps one record a work and mixes the versions in it: a conference's name may stand beside arXiv's DOI
and the preprint's year. :func:`_kind` asks for evidence of the publication, and a doubtful year is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from tui.identifiers import Rel, arxiv_date, arxiv_id, identify, link_to, relation, urlsplit_or_none
from tui.model import Answer, Link, Record
from tui.model.details import Kind
from tui.model.records import RecordType
from tui.providers.elsewhere import work_at, work_under
from tui.providers.reading import int_of, lines_of, list_of, map_of, pages_of, text_of, year_and_month, year_of
from tui.providers.venues import is_archive, is_workshop, series

Paper = dict[str, Any]
"""A paper as the API has it."""

_ARCHIVE_DOI = re.compile(
    r"10\.(?:2139/ssrn|21203/rs|31234/|31219/|36227/techrxiv|20944/preprints|26434/chemrxiv|1101/\d)"
)
_ANTHOLOGY = "https://aclanthology.org/"

# DBLP ends its keys with the year's last digits, and a letter where several would be the same.
_DBLP_YEAR = re.compile(r"(\d\d)[a-z]?(?:-\d{1,3})?$")


def answer_of(paper: Paper, provider: str) -> Answer | None:
    """Return what *paper* says, or None where it has neither a title nor an identifier that others know."""
    title = text_of(paper.get("title"))
    identifiers = _identifiers(paper)
    doi = identifiers.get("doi")
    own = text_of(paper.get("paperId"))
    if not title and not identifiers:
        return None
    if own:
        identifiers["s2"] = own
    kind = _kind(paper, identifiers)
    facts = _facts(paper)
    if kind == "preprint" and doi and not _in_archive(doi):
        facts["published_as"] = doi
    return Answer(
        provider=provider,
        id=own or next(iter(identifiers.values()), title or ""),
        kind=kind,
        record=_record(paper, kind, identifiers),
        abstract=lines_of(paper.get("abstract")),
        identifiers=identifiers,
        links=_links(paper),
        facts=facts,
    )


def _identifiers(paper: Paper) -> dict[str, str]:
    """Return the identifiers of the work, the DOI never arXiv's own."""
    stated = map_of(paper.get("externalIds"))
    found = work_under(stated.get("DOI"))
    if arxiv := arxiv_id(text_of(stated.get("ArXiv")) or ""):
        found["arxiv"] = arxiv
    if acl := text_of(stated.get("ACL")):
        found |= {name: value for name, value in work_at(f"{_ANTHOLOGY}{quote(acl)}").items() if name == "acl"}
    for scheme, name in (("dblp", "DBLP"), ("pmid", "PubMed"), ("pmcid", "PubMedCentral")):
        value = text_of(stated.get(name)) or str(int_of(stated.get(name)) or "")
        if value and len(value) < 200:
            found[scheme] = f"PMC{value}" if scheme == "pmcid" and value.isdecimal() else value
    return found


def _venue(paper: Paper) -> str | None:
    """Return the full name of what published the paper, if anything did: an archive of preprints does not."""
    names = (
        map_of(paper.get("publicationVenue")).get("name"),
        paper.get("venue"),
        map_of(paper.get("journal")).get("name"),
    )
    stated = next((name for value in names if (name := text_of(value)) and not is_archive(name)), None)
    known = series(stated) if stated else None
    return known.name if known else stated


def _dblp(identifiers: Mapping[str, str]) -> str:
    """Return DBLP's key of the published version, empty where it only knows the preprint."""
    key = identifiers.get("dblp", "")
    return "" if key.startswith("journals/corr/") else key


def _in_archive(doi: str | None) -> bool:
    """Return whether an archive of preprints gave *doi*."""
    return doi is not None and _ARCHIVE_DOI.match(doi) is not None


def _kind(paper: Paper, identifiers: Mapping[str, str]) -> Kind | None:
    """Return which version the record is of; None where nothing speaks for either.

    A venue alone is no evidence: it is published where a DOI that is not an archive's, DBLP's key, the pages of a
    journal or the type says so too. "JournalArticle" says nothing, arXiv's papers have it.
    """
    doi = identifiers.get("doi")
    archived = "arxiv" in identifiers or _in_archive(doi)
    if not _venue(paper):
        return "preprint" if archived else None
    journal = map_of(paper.get("journal"))
    printed = not is_archive(text_of(journal.get("name")) or "arXiv") and any(map(journal.get, ("pages", "volume")))
    types = list_of(paper.get("publicationTypes"))
    if (doi and not _in_archive(doi)) or _dblp(identifiers) or printed or "Conference" in types:
        return "published"
    return "preprint" if archived else None


def _record(paper: Paper, kind: Kind | None, identifiers: Mapping[str, str]) -> Record:
    """Return the record of the one version that *kind* says."""
    authors = (text_of(map_of(author).get("name")) for author in list_of(paper.get("authors")))
    year, month = _dated(paper, kind, identifiers)
    arxiv, doi = identifiers.get("arxiv"), identifiers.get("doi")
    shared = Record(
        type="preprint",
        title=text_of(paper.get("title")),
        authors=tuple(name for name in authors if name),
        year=year,
        month=month,
        doi=doi if kind is None or (kind == "preprint") == _in_archive(doi) else None,
        arxiv=arxiv,
        url=link_to("arxiv", arxiv) if arxiv and kind == "preprint" else None,
    )
    return shared if kind == "preprint" else _published(paper, shared, identifiers)


def _published(paper: Paper, shared: Record, identifiers: Mapping[str, str]) -> Record:
    journal = map_of(paper.get("journal"))
    named = text_of(journal.get("name"))
    own = journal if named and not is_archive(named) else {}
    type_ = _type(paper, identifiers)
    volume = text_of(own.get("volume")) if type_ == "journal" else None
    return replace(shared, type=type_, venue=_venue(paper), volume=volume, pages=pages_of(own.get("pages")))


def _type(paper: Paper, identifiers: Mapping[str, str]) -> RecordType:
    types = list_of(paper.get("publicationTypes"))
    venue = map_of(paper.get("publicationVenue")).get("type")
    key = _dblp(identifiers)
    rules: tuple[tuple[bool, RecordType], ...] = (
        (is_workshop(_venue(paper) or ""), "workshop"),
        ("Dataset" in types, "dataset"),
        ("BookSection" in types, "chapter"),
        (key.startswith("conf/") or venue == "conference", "conference"),
        (key.startswith("journals/") or venue == "journal", "journal"),
        ("Conference" in types, "conference"),
        ("Book" in types, "book"),
        ("JournalArticle" in types and bool(map_of(paper.get("journal"))), "journal"),
    )
    return next((name for holds, name in rules if holds), "other")


def _dated(paper: Paper, kind: Kind | None, identifiers: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Return year and month of the version that *kind* says, as far as they can be believed.

    Beside an arXiv id the date may be the preprint's: of a published version it holds where DBLP's key or the
    proceedings' name has the same year, or where it is plainly later than the preprint.
    """
    year, month = year_and_month(paper.get("publicationDate"))
    if year_of(paper.get("year")) not in (None, year):
        year, month = year_of(paper.get("year")), None
    first = arxiv_date(identifiers.get("arxiv", ""))
    if first is None:
        return year, month
    if year is None:
        return first if kind == "preprint" else (None, None)
    months = (year - first[0]) * 12 + (month - first[1] if month else 0)
    if kind == "preprint":
        return (year, month) if abs(months) <= 1 and month else first
    apart = abs(months) > 1
    stated = _stated_year(paper, identifiers)
    if stated is None:
        return (year, month) if apart else (None, None)
    return (year, month if apart else None) if stated == year % 100 else (None, None)


def _stated_year(paper: Paper, identifiers: Mapping[str, str]) -> int | None:
    """Return the last two digits of the year in DBLP's key or the proceedings' name, which are never the preprint's."""
    if match := _DBLP_YEAR.search(_dblp(identifiers)[-12:]):
        return int(match[1])
    named = text_of(map_of(paper.get("journal")).get("name")) or ""
    match = re.match(r"((?:19|20)\d\d)\s", named)
    return int(match[1]) % 100 if match else None


def _facts(paper: Paper) -> dict[str, str | int]:
    open_access = map_of(paper.get("openAccessPdf"))
    status = text_of(open_access.get("status"))
    found: dict[str, str | int | None] = {
        "citations": int_of(paper.get("citationCount")),
        "references": int_of(paper.get("referenceCount")),
        "open_access": status.lower() if status else None,
        "licence": text_of(open_access.get("license")),
        "tldr": text_of(map_of(paper.get("tldr")).get("text")),
    }
    return {name: value for name, value in found.items() if value is not None}


def _links(paper: Paper) -> tuple[Link, ...]:
    """Return where the paper can be read freely; now and then the address is of a DOI or a page instead of the PDF."""
    url = text_of(map_of(paper.get("openAccessPdf")).get("url"))
    if not url or not urlsplit_or_none(url):
        return ()
    rel: Rel = "paper" if relation(url) == "paper" and identify(url) else "pdf"
    return (Link(url, rel),)
