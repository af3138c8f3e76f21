"""The addresses of a paper: all of them for the reader to choose from, and those where its PDF may be, best first."""

from __future__ import annotations

from collections.abc import Iterator

from tui.identifiers import identify, link_to, same_address, urlsplit_or_none
from tui.model import Link, Paper

PROVIDERS = {
    "arxiv.org": "arxiv",
    "export.arxiv.org": "arxiv",
    "rss.arxiv.org": "arxiv",
    "aclanthology.org": "acl",
    "openreview.net": "openreview",
}
"""The services at whose own hosts PDFs and feeds lie, by host: a stand-in for a service stands in for these too."""

_PROCEEDINGS = (
    "aclanthology.org", "proceedings.mlr.press", "jmlr.org", "openaccess.thecvf.com", "papers.nips.cc",
    "proceedings.neurips.cc", "ijcai.org", "ojs.aaai.org", "isca-speech.org", "usenix.org", "vldb.org",
)  # fmt: skip
"""Open proceedings and journals that give their PDFs to programs too."""


def links_of(paper: Paper) -> tuple[Link, ...]:
    """Return every address of *paper*, each once: its pages by identifier first, then what issues and services give."""
    pages = (link_to(scheme, value) for scheme, value in paper.identifiers.items())
    found: dict[str, Link] = {}
    for link in (*(Link(page, "paper") for page in pages if page), *paper.links):
        if urlsplit_or_none(link.url):
            found.setdefault(same_address(link.url), link)
    return tuple(found.values())


def pdfs_of(paper: Paper) -> tuple[str, ...]:
    """Return where the PDF of *paper* may be, in the order in which it is worth trying.

    First where the version lies that is shown, then where a program is given what it asks for: arXiv and open
    proceedings are, publishers and OpenReview often show it a page that checks for a human. Among the others the
    issues' own links come before those of services, whose order is that of their trust.
    """
    preprint = paper.details is None or paper.details.shown is None or paper.details.shown.kind == "preprint"

    def rank(url: str) -> int:
        host = _host(url)
        if host in ("arxiv.org", "export.arxiv.org"):
            return 0 if preprint else 1
        return (1 if preprint else 0) if any(host == each or host.endswith(f".{each}") for each in _PROCEEDINGS) else 2

    found: dict[str, str] = {}
    for url in (*_stated(paper), *_derived(paper)):
        found.setdefault(same_address(url).removesuffix(".pdf"), url)
    return tuple(sorted(found.values(), key=rank))


def provider_of(url: str) -> str | None:
    """Return the service at whose own host *url* is, or None where it is elsewhere."""
    return PROVIDERS.get(_host(url))


def _host(url: str) -> str:
    return (urlsplit_or_none(url) or "").removeprefix("www.")


def _stated(paper: Paper) -> Iterator[str]:
    for link in paper.links:
        if link.rel == "pdf" and urlsplit_or_none(link.url):
            named = identify(link.url) if provider_of(link.url) == "arxiv" else None
            # Without its version it is the newest, and http became https there.
            yield f"https://arxiv.org/pdf/{named[1]}" if named and named[0] == "arxiv" else link.url


def _derived(paper: Paper) -> Iterator[str]:
    """Yield the addresses that follow from identifiers."""
    known = paper.identifiers
    if name := known.get("acl"):
        yield f"https://aclanthology.org/{name}.pdf"
    if name := known.get("arxiv"):
        yield f"https://arxiv.org/pdf/{name}"
    if name := known.get("openreview"):
        yield f"https://openreview.net/pdf?id={name}"
