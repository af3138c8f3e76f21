"""What stands round the papers on a conference's page: kinds of talk, times, buttons, and the conference's own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.digests.blocks import Block
from tui.digests.document import Document

SESSION = re.compile(
    r"\b(?:session|track|tutorials?|posters?|orals?|spotlights?|keynotes?|workshop|talks?|day|block|room)\b", re.I
)
"""Words that the heading of a session has."""
KIND = re.compile(
    r"\[?\s?((?:invited|contributed|keynote|lightning|short|long|best paper|outstanding)?\s?(?:oral|poster"
    r"|spotlight|talk"
    r"|keynote|demonstration|demo|paper|panel|tutorial|award|honou?rable mention)s?"
    r"(?: (?:presentation|talk|paper|session)s?)?)\s?\]?",
    re.IGNORECASE,
)
"""A kind of talk on a line of its own: ``Oral``, ``[ Spotlight ]``, ``Invited Talk``."""
KIND_BEFORE = re.compile(r"\[?(oral|poster|spotlight)\]?:?\s*[:\]–—-]\s+(?=\S)", re.IGNORECASE)
"""A kind of talk before a title: ``Oral: …``."""
_TIME = re.compile(r"\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?", re.IGNORECASE)
_TIME_WORDS = re.compile(
    r"mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|\w{3,6}day|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
    r"|january|february|march|april|august|september|october|november|december|am|pm|a|p|m|to|pst|pdt|est|edt|cet|cest"
    r"|utc|gmt|bst|jst|local|time|min|mins|minutes|at|from|until",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"\[?\s?abstract\s?\]?\s?[:.]?", re.IGNORECASE)
_FURNITURE = re.compile(
    r"\W{0,3}(?:visit .{1,60}|show details?|chat is not available\.?|slides?|video|code|paper|pdf|poster"
    r"|openreview|project"
    r" page|bookmark|favorite|add to calendar|log ?in.{0,40}|successful page load|select year.{0,40}|view"
    r" .{1,40}|livestream"
    r".{0,60}|register.{0,40}|sponsors?|getting started|schedule|previous|next|back|events?|home|help|hide|more"
    r"|toggle .{1,40}"
    r"|the .{3,40} logo above may be used .{0,200}|useful links|contact .{1,40}|\[?\s?(?:protected )?link.{0,40}\]?"
    r"|poster ?#? ?\d{1,5}|#\d{1,5}|\d{1,5})\W{0,3}",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"(?:exhibition hall.{0,30}|(?:exhibit )?halls? [a-z0-9 &+-]{1,20}(?:#\d{1,5})?|(?:meeting )?rooms? .{1,40}"
    r"|(?:grand )?ballroom .{1,40}|(?:east|west|great|north|south) (?:.{1,40} )?(?:hall|room|ballroom).{0,40}"
    r"|auditorium.{0,30})",
    re.IGNORECASE,
)
_TITLE_WORDS = re.compile(r"\b(?:for|of|with|the|a|an|via|using|and|in|is|by)\b")
VENUE = re.compile(
    r"\b(NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|WACV|AAAI|IJCAI|ACL|EMNLP|NAACL|EACL|AACL|COLING|AISTATS|UAI"
    r"|COLT|KDD|CoRL"
    r"|MLSys|RSS|ICRA|IROS|SIGIR|CHIL|CoLM|COLM|TMLR|ALT|MIDL|Interspeech|ICASSP|ISMIR|SIGGRAPH)\b"
)  # fmt: skip
"""Names of conferences that have such pages."""
_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")


def aside(block: Block) -> str:
    """Return what *block* is that is no paper's: ``kind``, ``time``, ``room``, ``abstract``, ``site``, or nothing."""
    text = block.text
    if len(text) > 220:
        return ""
    if _ABSTRACT.fullmatch(text):
        return "abstract"
    if KIND.fullmatch(text):
        return "kind"
    if _TIME.search(text) and all(map(_TIME_WORDS.fullmatch, re.findall(r"[^\W\d_]+", text))):
        return "time"
    if len(text) <= 80 and _ROOM.fullmatch(text) and not _TITLE_WORDS.search(text):
        return "room"
    return "site" if _FURNITURE.fullmatch(text) else ""


def leading(blocks: Sequence[Block], title: int) -> int:
    """Return how many lines above the title at *title* say what kind of talk it is, and when."""
    count = 0
    while title - count > 0 and aside(blocks[title - count - 1]) in ("kind", "time"):
        count += 1
    return count


def venue_of(document: Document, before: Sequence[Block]) -> tuple[str | None, int | None]:
    """Return the conference and its year, where page or address states them."""
    address = document.address or document.head.address or ""
    stated = [document.head.title or "", document.head.site or "", *(block.text[:200] for block in before), address]
    host = re.search(r"//(?:www\.|virtual\.)?(neurips|nips|icml|iclr|cvpr|aistats|mlsys)\.(?:cc|com|org)", address)
    named = next((match[1] for words in stated if (match := VENUE.search(words))), None)
    if not named and host:
        known = {"neurips": "NeurIPS", "nips": "NIPS", "mlsys": "MLSys"}
        named = known.get(host[1], host[1].upper())
    year = next((int(match[0]) for words in stated if (match := _YEAR.search(words))), None)
    return named, year
