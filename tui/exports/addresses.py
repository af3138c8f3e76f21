"""Identifiers and addresses as they stand in a .bib file: bare, verbatim, in ASCII, never escaped."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from tui.identifiers import arxiv_id
from tui.identifiers import doi as found_doi
from tui.patterns import later

# Everything that a URL may hold (RFC 3986), a per cent sign included, and neither braces nor a backslash.
_SAFE = "!#$&'()*+,/:;=?@[]~%-._"


_AT_ARXIV = later(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)"
    r"([\w./-]+?)(?:\.pdf)?/?",
    re.IGNORECASE,
)


def eprint(text: str) -> str | None:
    """Return the arXiv id, without version, that *text* is, or leads to as an address or arXiv's own DOI, or None."""
    match = _AT_ARXIV.fullmatch(text.strip())
    return arxiv_id(match[1] if match else text)


# HTML's own reader takes "&copy=2" of a query for a copyright sign.
_ENTITY = later(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")


def _unescaped(text: str) -> str:
    import html

    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


def bare_doi(text: str) -> str | None:
    """Return the DOI that *text* holds, as its publisher spells it, without resolver or label, or None.

    A DOI with a brace, a backslash or a character beyond ASCII cannot be written bare; there are none in use.
    """
    text = _unescaped(text).strip().replace("\\_", "_")
    found = found_doi(text)
    if not found or not found.isascii():
        return None
    plain = unquote(text)
    at = plain.lower().find(found)
    return plain[at : at + len(found)] if at >= 0 else found


def plain_url(text: str) -> str | None:
    """Return the address *text* in ASCII, without a user's name and password, or None where it is none of the web."""
    text = _unescaped(text).strip()
    text = re.sub(r"^\\url\{(.*)\}$", r"\1", text)
    text = re.sub(r"\\([_%&#~$])", r"\1", text)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        if parts.scheme.lower() not in ("http", "https", "ftp") or not host:
            return None
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if not re.fullmatch(r"[a-z0-9.:_-]+", host):
        return None
    host = f"[{host}]" if ":" in host else host
    place = f"{host}:{port}" if port else host
    rest = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), place, *rest))


def _encoded(part: str) -> str:
    # A per cent sign that begins no escape is one itself.
    part = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(part, safe=_SAFE)
