"""Identifiers and addresses of papers: found in text, brought to one form, and told apart by what they lead to.

Schemes are the field's own: ``arxiv`` (without version), ``doi`` (lower case, bare), ``acl`` (Anthology id) and
``openreview`` (forum id). Everything here is a function of strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from tui.frozen import dataclass
from tui.patterns import later
from tui.text import drop_controls

Scheme = Literal["arxiv", "doi", "acl", "openreview"]
Rel = Literal["paper", "pdf", "code", "project", "data", "post", "other"]

SCHEMES: tuple[Scheme, ...] = ("arxiv", "doi", "acl", "openreview")
"""The strongest first: the first one that a paper has names it."""

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga"
    "|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph"
    "|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = rf"(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/\d{{2}}(?:0[1-9]|1[0-2])\d{{3}}"
# ASCII, as the schemes have it: to \d and to a search without case, digits and letters of other scripts are the same.
_ARXIV = later(rf"(?a:(?P<id>{_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d{{1,3}})?)", re.IGNORECASE)
_ARXIV_ONLY = later(rf"(?:arxiv:\s*)?{_ARXIV.pattern}(?:\s*\[[\w.-]{{1,20}}\])?", re.IGNORECASE)
_ARXIV_IN_PROSE = later(rf"arxiv(?:\s*+(?:id|preprint))?\s*+[:#]?\s*+{_ARXIV.pattern}(?![\d.]*\d)", re.IGNORECASE)
# Signs alone are the sentence's: what is left of "10.1000/," without them is no DOI.
_DOI = later(
    r"(?a:10\.\d{4,9}(?:\.\d{1,9}){0,4})/(?=[^\s\"<>{}|\\^`\x00-\x20]{0,20}[^\W_])[^\s\"<>{}|\\^`\x00-\x20]{1,300}"
)
# An address may carry the angle brackets of an old serial's DOI; in a sentence they end it.
_DOI_IN_URL = later(
    r"(?a:10\.\d{4,9}(?:\.\d{1,9}){0,4})/(?=[^\s\"{}|\\^`\x00-\x20]{0,20}[^\W_])[^\s\"{}|\\^`\x00-\x20]{1,300}"
)
_DOI_IN_PROSE = later(rf"(?<![\w./]){_DOI.pattern}")
_ACL = later(
    r"(?a:(?P<id>[A-Z]\d{2}-\d{4,6}|\d{4}\.[a-z0-9_]{1,30}(?:-[a-z0-9_]{1,30}){0,3}\.\d{1,4})(?:v\d+)?)"
    r"(?:\.pdf|\.bib|/)?"
)
_ACL_IN_PROSE = later(rf"\b(?:acl anthology|anthology)\s*+(?:id)?[:#]?\s*+{_ACL.pattern}(?!\w)", re.IGNORECASE)
_IN_PROSE: tuple[tuple[re.Pattern[str], Scheme, str], ...] = (
    (_ARXIV_IN_PROSE, "arxiv", "arxiv"), (_DOI_IN_PROSE, "doi", "10."), (_ACL_IN_PROSE, "acl", "anthology"),
)  # fmt: skip
_OPENREVIEW_ID = later(r"[A-Za-z0-9_-]{5,40}")
_URL = later(r"https?://[^\s<>\"\x00-\x20\x7f-\x9f]{1,2000}", re.IGNORECASE)
# What nearly every address is, and needs no taking apart: no port, no user, nothing beyond ASCII.
_PLAIN_URL = later(r"https?://([A-Za-z0-9][A-Za-z0-9.-]{0,250})(?:[/?#][!-~]{0,4000})?")
_NAMES = later(r"://|arxiv|10\.\d|anthology", re.IGNORECASE)
# What nearly every paper's address is: host, path, query; nothing in it is written in percent.
_PLAIN_PARTS = later(
    r"https?://([A-Za-z0-9][A-Za-z0-9.-]{0,250})(/[!-\"$&->@-~]{0,4000})?(?:\?([!-\"$&-~]{0,4000}))?(?:#[!-~]{0,4000})?"
)
_ARXIV_DOI = later(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ACL_DOI = later(r"10\.18653/v1/(.+)", re.IGNORECASE)

_CODE_HOSTS = frozenset(
    ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "sr.ht", "sourceforge.net", "gitee.com")
)
_POST_HOSTS = frozenset((
    "t.co", "twitter.com", "x.com", "pic.twitter.com", "mastodon.social", "sigmoid.social", "bsky.app", "threads.net",
    "reddit.com", "news.ycombinator.com", "linkedin.com", "facebook.com", "lnkd.in",
))  # fmt: skip
_DATA_HOSTS = frozenset(
    ("zenodo.org", "figshare.com", "kaggle.com", "osf.io", "dataverse.harvard.edu", "datadryad.org")
)
_PROJECT_HOSTS = frozenset(
    ("sites.google.com", "github.io", "gitlab.io", "paperswithcode.com", "netlify.app", "vercel.app")
)
_PAPER_HOSTS = frozenset((
    "arxiv.org", "alphaxiv.org", "doi.org", "aclanthology.org", "aclweb.org", "openreview.net", "biorxiv.org",
    "medrxiv.org", "nature.com", "science.org", "sciencemag.org", "pnas.org", "cell.com", "thelancet.com", "nejm.org",
    "springer.com", "sciencedirect.com", "wiley.com", "tandfonline.com", "ieee.org", "acm.org", "neurips.cc",
    "nips.cc", "mlr.press", "jmlr.org", "thecvf.com", "cv-foundation.org", "aaai.org", "ijcai.org", "usenix.org",
    "isca-speech.org", "mdpi.com", "frontiersin.org", "plos.org", "elifesciences.org", "oup.com", "aps.org",
    "iop.org", "mitpress.mit.edu", "direct.mit.edu", "semanticscholar.org", "ssrn.com", "hal.science",
    "eprint.iacr.org", "ncbi.nlm.nih.gov", "europepmc.org", "rss.org", "roboticsproceedings.org",
))  # fmt: skip

_HOSTS: Mapping[Rel, frozenset[str]] = {
    "code": _CODE_HOSTS, "post": _POST_HOSTS, "data": _DATA_HOSTS, "project": _PROJECT_HOSTS, "paper": _PAPER_HOSTS,
}  # fmt: skip
_SCHEME = later(r"^https?://(?:www\.)?", re.IGNORECASE)
_HOST_PART = later(r"^https?://[^/]*")
_REMEMBERED = 16_384
"""Addresses of which it is remembered what they are: a page of 5 MB has nine thousand, each asked about twice."""

_ARXIV_HOSTS = frozenset(("arxiv.org", "alphaxiv.org", "ar5iv.org", "huggingface.co", "hf.co"))
_ARXIV_PATH = later(rf"/(?:abs|pdf|html|format|ps|e-print|papers|overview|lab)/{_ARXIV.pattern}(?![\d])")
_DOI_PATH = later(r"/(?:doi|abs|article|chapter|content)/")
_PDF_HOSTS = ("arxiv.org", "openreview.net")
_LISTINGS = ("/list/", "/a/", "/search/", "/archive/", "/corr/")


@dataclass(frozen=True)
class Found:
    """An identifier or a paper's address in a text, with the characters where it stands (end exclusive)."""

    start: int
    end: int
    scheme: Scheme | None
    value: str
    url: str | None


def arxiv_id(text: str) -> str | None:
    """Return the arXiv id that *text* is, without version, or None. ``arXiv:2010.10915v2 [cs.SD]`` is one."""
    match = _ARXIV_ONLY.fullmatch(text.strip())
    return _plain_arxiv(match["id"]) if match else None


def _plain_arxiv(found: str) -> str:
    archive, slash, number = found.partition("/")
    # math.AG/0309136 and math/0309136 are one paper: the class was dropped from ids in 2007.
    return f"{archive.split('.')[0].lower()}/{number}" if slash else found


def arxiv_date(identifier: str) -> tuple[int, int] | None:
    """Return year and month in which arXiv gave this id, as the id itself says (arXiv's identifier scheme)."""
    match = re.search(r"(?:^|/)(\d{2})(\d{2})", identifier)
    if not match:
        return None
    year = int(match[1])
    return (1900 if year >= 91 else 2000) + year, int(match[2])


def doi(text: str) -> str | None:
    """Return the DOI that *text* is or begins with, bare and in lower case, or None (ISO 26324; case-insensitive)."""
    text = re.sub(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", text.strip(), flags=re.IGNORECASE)
    match = _DOI_IN_URL.match(unquote(text))
    return drop_controls(_trim(match[0])).lower() if match else None


def _trim(found: str) -> str:
    """Cut what belongs to the sentence and not to the address: final points, unopened brackets, quotes."""
    # Nearly all end in a letter, a digit or a slash.
    if found[-1:].isalnum() or found[-1:] == "/":
        return found
    end = len(found)
    # How many more brackets of a kind are closed than opened, up to the end; counted once, for there may be 2000.
    unopened = {closer: found.count(closer) - found.count(opener) for opener, closer in ("()", "[]", "{}")}
    while end:
        last = found[end - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in ".,;:!?'*_\"”’»":
            break
        end -= 1
    return found[:end]


def is_at(host: str, *domains: str) -> bool:
    """Return whether *host* is one of *domains* or below one: ``export.arxiv.org`` is arXiv's, ``notarxiv.org`` not."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


@lru_cache(maxsize=_REMEMBERED)
def identify(url: str) -> tuple[Scheme, str] | None:
    """Return scheme and identifier of the paper that the address *url* is of, or None if it is of none."""
    if match := _PLAIN_PARTS.fullmatch(url):
        host, path, query = match[1].lower(), match[2] or "", match[3] or ""
    else:
        try:
            parts = urlsplit(url.strip())
        except ValueError:
            return None
        host, path, query = parts.hostname or "", unquote(parts.path), parts.query
    return _identified(host.removeprefix("www."), path, query)


def _identified(host: str, path: str, query: str) -> tuple[Scheme, str] | None:
    """Return the paper that a host gives at *path*, without its percent signs, for the *query*, with them."""
    if host in _ARXIV_HOSTS or host.endswith(".arxiv.org"):
        match = _ARXIV_PATH.search(path)
        return ("arxiv", _plain_arxiv(match["id"])) if match else None
    if is_at(host, "openreview.net"):
        ids = parse_qs(query).get("id")
        return ("openreview", ids[0]) if ids and _OPENREVIEW_ID.fullmatch(ids[0]) else None
    if host in ("aclanthology.org", "aclanthology.info", "aclweb.org"):
        match = _ACL.fullmatch(path.rstrip("/").split("/")[-1])
        return ("acl", match["id"]) if match else None
    asked = parse_qs(query) if query else {}
    for value in (*asked.get("doi", ()), *asked.get("id", ())):
        # Journals on Ambra and the like put the DOI behind the question mark.
        if value.startswith("10.") and (found := doi(value)):
            return _doi_scheme(found)
    return _identify_doi(host, path)


def _identify_doi(host: str, path: str) -> tuple[Scheme, str] | None:
    """Return the DOI that a resolver's or a publisher's address spells out."""
    if is_at(host, "doi.org") or _DOI_PATH.search(path):
        found = doi(re.split(r"/(?=10\.\d)", path, maxsplit=1)[-1])
        if found and is_at(host, "biorxiv.org", "medrxiv.org"):
            # These servers add the version, and the name of a view, to the DOI.
            found = re.sub(r"(?<=\d)v\d.*$|(?<=\d)\.(?:full|abstract|short).*$", "", found)
        return _doi_scheme(found) if found else None
    if host == "nature.com" and (match := re.fullmatch(r"/articles/([a-z0-9.-]{6,40}?)(?:\.pdf|/.*)?", path)):
        # Springer Nature names its articles by the part of the DOI behind 10.1038/.
        return "doi", f"10.1038/{match[1]}"
    return None


def by_doi(text: str) -> tuple[Scheme, str] | None:
    """Return scheme and identifier of the paper that the DOI *text* is of, or None if it is no DOI."""
    found = doi(text)
    return _doi_scheme(found) if found else None


def _doi_scheme(value: str) -> tuple[Scheme, str]:
    """Return arXiv's and the Anthology's own DOIs as the ids that they are made of; others as DOIs."""
    if (match := _ARXIV_DOI.fullmatch(value)) and (found := arxiv_id(match[1])):
        return "arxiv", found
    if (match := _ACL_DOI.fullmatch(value)) and (acl := _ACL.fullmatch(match[1][:1].upper() + match[1][1:])):
        return "acl", acl["id"]
    return "doi", value


def find_urls(text: str) -> tuple[Found, ...]:
    """Return every http and https address in *text*, in order, without the sentence's punctuation."""
    found = []
    for match in _URL.finditer(text) if "://" in text else ():
        url = _trim(match[0])
        if urlsplit_or_none(url):
            scheme, value = identify(url) or (None, url)
            found.append(Found(match.start(), match.start() + len(url), scheme, value, url))
    return tuple(found)


@lru_cache(maxsize=_REMEMBERED)
def urlsplit_or_none(url: str) -> str | None:
    """Return the host of *url* in lower case if it is an http or https address with one, else None."""
    if match := _PLAIN_URL.fullmatch(url):
        return match[1].lower()
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return host.lower() if host and parts.scheme in ("http", "https") and not re.search(r"[\s\x00-\x20]", url) else None


def may_name(text: str) -> bool:
    """Return whether *text* may name a paper: all that does has one of four signs in it, and few lines have any."""
    if "://" in text or "10." in text:
        return True
    # To look for two words takes a tenth of the time of looking for either.
    return ("rxiv" in (small := text.lower()) or "nthology" in small) if text.isascii() else bool(_NAMES.search(text))


def find(text: str, urls: Sequence[Found] | None = None) -> tuple[Found, ...]:
    """Return every paper that *text* names by address or identifier, in order of appearance.

    Addresses that lead to no known paper are left out; :func:`find_urls` has them, and may have given *urls* before.
    """
    if not may_name(text):
        return ()
    found = [
        item for item in (find_urls(text) if urls is None else urls) if item.scheme or relation(item.value) == "pdf"
    ]
    # What an address holds is not read a second time as prose.
    prose = _URL.sub(_blanked, text) if "://" in text else text
    small = prose.lower() if prose.isascii() else ""
    for pattern, scheme, sign in _IN_PROSE:
        if sign in small or not small:
            found += [_in_prose(match, scheme) for match in pattern.finditer(prose)]
    return tuple(sorted(found, key=_start))


def _blanked(match: re.Match[str]) -> str:
    return "\n" * len(match[0])


_start = attrgetter("start")


def _in_prose(match: re.Match[str], scheme: Scheme) -> Found:
    if scheme == "doi":
        value = _trim(match[0])
        return Found(match.start(), match.start() + len(value), *_doi_scheme(drop_controls(value).lower()), None)
    value = _plain_arxiv(match["id"]) if scheme == "arxiv" else match["id"]
    return Found(match.start(), match.end(), scheme, value, None)


@lru_cache(maxsize=_REMEMBERED)
def relation(url: str, label: str = "") -> Rel:
    """Return what the address *url* leads to, judged by its host and path and then by the words linked with it."""
    host = urlsplit_or_none(url) or ""
    kinds = _kinds(host)
    # The first that holds decides: a PDF in a repository is code, a listing of arXiv's is no paper.
    for rel in ("code", "post"):
        if rel in kinds:
            return rel
    path = _HOST_PART.sub("", url.split("?")[0].split("#")[0].lower())
    if path.endswith(".pdf") or (path.startswith("/pdf") and is_at(host, *_PDF_HOSTS)):
        return "pdf"
    if identify(url) is not None:
        return "paper"
    if is_at(host, "arxiv.org") and path.startswith(_LISTINGS):
        return "other"
    if "data" in kinds or (path.startswith("/datasets/") and is_at(host, "huggingface.co")):
        return "data"
    return "project" if "project" in kinds else "paper" if "paper" in kinds else _by_label(label)


@lru_cache(maxsize=1024)
def _kinds(host: str) -> frozenset[Rel]:
    """Return what may be at *host*, or at the domains that it is below."""
    labels = host[-253:].split(".")
    domains = {".".join(labels[start:]) for start in range(max(0, len(labels) - 8), len(labels))}
    return frozenset(rel for rel, hosts in _HOSTS.items() if not domains.isdisjoint(hosts))


def _by_label(label: str) -> Rel:
    words = label.strip(" []()").lower()
    rels: tuple[tuple[str, Rel], ...] = (
        (r"pdf", "pdf"),
        (r"abs|paper|abstract|arxiv|full paper|doi|publication|proceedings", "paper"),
        (r"code|source|github|implementation|repo(?:sitory)?", "code"),
        (r"project(?: page)?|web ?site|demo|page", "project"),
        (r"data(?:set)?s?", "data"),
        (r"tweet|post|thread|blog(?: post)?", "post"),
    )
    return next((rel for pattern, rel in rels if re.fullmatch(pattern, words)), "other")


def same_address(url: str) -> str:
    """Return *url* in the form by which two spellings of one address are known: no scheme, ``www.``, or final slash."""
    url = url.strip()
    parts = url[8:] if url.startswith("https://") and url[8:12].lower() != "www." else _SCHEME.sub("", url)
    host, slash, rest = parts.partition("/")
    return (host.lower() + slash + rest).rstrip("/#")


def link_to(scheme: str, value: str) -> str | None:
    """Return the canonical address of the paper with this identifier, or None for an unknown scheme."""
    places = {
        "arxiv": "https://arxiv.org/abs/",
        "doi": "https://doi.org/",
        "acl": "https://aclanthology.org/",
        "openreview": "https://openreview.net/forum?id=",
    }
    return places[scheme] + value if scheme in places else None
