"""Licences by the short names that readers know: ``CC BY 4.0`` for an address or for a service's own code."""

from __future__ import annotations

import re

from tui.providers.reading import text_of

_ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/([a-z+-]{2,12})(?:/(\d\.\d))?", re.IGNORECASE
)
_CODE = re.compile(r"cc-?((?:by|zero|0)(?:-(?:nc|nd|sa)){0,3})(?:-(\d\.\d))?", re.IGNORECASE)
_NAMES = {"zero": "CC0", "0": "CC0", "mark": "public domain"}
_OTHERS = {
    "public-domain": "public domain",
    "pd": "public domain",
    "other-oa": "other open licence",
    "publisher-specific-oa": "the publisher's own open licence",
    "implied-oa": "open, no licence stated",
    "unspecified-oa": "open, no licence stated",
}


def licence_of(value: object) -> str | None:
    """Return the name of the licence that *value* is the address or code of; other text as it is; else None."""
    text = text_of(value)
    match = (_ADDRESS.match(text) or _CODE.fullmatch(text)) if text else None
    if not text or not match:
        return _OTHERS.get(text.lower(), text) if text else None
    name = _NAMES.get(match[1].lower(), f"CC {match[1].upper()}")
    return f"{name} {match[2]}" if match[2] and name != "public domain" else name


def is_open(licence: str | None) -> bool:
    """Return whether the licence of this name lets everybody read and pass on what is under it."""
    return licence is not None and licence.startswith(("CC", "public domain"))
