"""Papers that a block names by address or identifier, and the title that it evidently gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tui.digests.blocks import Block, covers, unemphasised
from tui.digests.bylines import is_byline
from tui.digests.once import kept
from tui.digests.statements import is_label
from tui.digests.venues import is_place
from tui.identifiers import identify, may_name, relation, same_address
from tui.text import clean

MAX_TITLE = 300

_QUOTED = re.compile(r"“([^“”]{8,300})”|\"([^\"]{8,300})\"|„([^„“]{8,300})“|«([^«»]{8,300})»|‘([^‘’]{12,300})’")
_LISTING = re.compile(
    r"/(?:list|search|find|archive|archives|corr|a|topics?|tags?|author|groups?|venues?|events?)(?:/|$)"
)
_INVERTED = re.compile(r"([^\W\d_][\w'’ -]{0,40}), ((?:[^\W\d_]\.[ -]?){1,4})")
_LINK_WORDS = re.compile(
    r"(?:[\[(]\s*+|(?<!\s)\s++)?(?:abs|pdf|paper|code|arxiv|link|doi|openreview|html|url)\s*+[\])]?\s*+[:=]?\s*+$", re.I
)
_TALK = frozenset(
    [
        "we",
        "our",
        "i",
        "you",
        "your",
        "see",
        "check",
        "here",
        "read",
        "they",
        "he",
        "she",
        "my",
        "me",
        "us",
        "who",
        "also",
    ]
)
_POINTS = re.compile(
    r"(?:the|this|that|their|his|her|its|an?|another|one)\s.{0,60}\b(?:papers?|work|article|preprint|study|report|post)",
    re.IGNORECASE,
)
"""Words that point to a paper and are not its title: ``the GPT paper``."""
_ADDRESS = frozenset(["you", "your", "we", "our", "us", "i", "me", "my"])
_ENDS = frozenset(
    [
        "at",
        "in",
        "on",
        "of",
        "by",
        "via",
        "from",
        "see",
        "and",
        "or",
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "with",
        "to",
        "for",
        "this",
        "that",
        "like",
        "as",
        "than",
        "e.g",
        "cf",
    ]
)
_DOI = re.compile(r"(?:doi:?\s?)?10\.\d{4,9}/\S{1,300}", re.IGNORECASE)
_PUNCTUATION = " \t:;,.-–—|·•*_()[]{}\"'“”‘’<>#→"


@dataclass(frozen=True)
class Mention:
    """A paper that a block names: where (end exclusive), by what, and the words that are linked with it."""

    start: int
    end: int
    scheme: str | None
    value: str
    url: str | None
    label: str

    @property
    def key(self) -> str:
        """By what two mentions are known to be of one paper."""
        return f"{self.scheme}:{self.value}" if self.scheme else same_address(self.value)


@kept
def mentions(block: Block) -> tuple[Mention, ...]:
    """Return the papers that *block* names, in order: identifiers, and addresses of PDFs and of publishers' pages."""
    if block.kind == "image" or not (block.links or may_name(block.text)):
        return ()
    found: list[Mention] = []
    for anchor in block.links:
        known = identify(anchor.url)
        if known or is_paper(anchor.url, anchor.label):
            scheme, value = known or (None, anchor.url)
            found.append(Mention(anchor.start, anchor.end, scheme, value, anchor.url, anchor.label))
    linked = covers(block.links)
    stated = [*block.named, *(item for item in block.urls if not item.scheme and is_paper(item.value))]
    for item in stated:
        if not linked(item.start):
            found.append(Mention(item.start, item.end, item.scheme, item.value, item.url, ""))
    first: dict[tuple[int, str], Mention] = {(each.start, each.key): each for each in reversed(found)}
    return tuple(sorted(first.values(), key=lambda each: each.start))


def is_paper(url: str, label: str = "") -> bool:
    """Return whether *url* leads to one paper: a PDF, or a page of a publisher and not its front page or a listing."""
    rel = relation(url, label)
    if rel == "pdf":
        return True
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return rel == "paper" and len(path) > 4 and not _LISTING.search(path.lower())


def is_titular(text: str) -> bool:
    """Return whether *text* can be a title: three words or more, no label, no list of names, no talk."""
    words = text.split()
    if not (3 <= len(words) <= 40 or (len(words) == 2 and len(text) >= 14)) or len(text) > MAX_TITLE:
        return False
    if is_label(text) or is_byline(text) or "://" in text or re.search(r"[a-z]{3}\. [A-Z]", text):
        return False
    lowered = [word.strip(_PUNCTUATION).lower() for word in words]
    return not _TALK & set(lowered) and lowered[-1] not in _ENDS and not lowered[0].startswith(("http", "fig"))


def is_named(text: str) -> bool:
    """Return whether words that a list sets in bold or links are a title: shorter ones count too, ``MEM1``."""
    if not 2 <= len(text) <= MAX_TITLE or is_label(text) or "://" in text or text.isdecimal():
        return False
    return any(char.isalpha() for char in text) and not _DOI.fullmatch(text)


def linked_title(mention: Mention) -> str | None:
    """Return the words that are linked with the paper where they are its title, or a reference that has it."""
    label = bare(mention.label) if mention.label else ""
    if len(label) > 40 and (inner := reference_title(mention.label)):
        return inner[1]
    return label if is_set_off(label) and not (is_place(label) or _POINTS.fullmatch(label)) else None


def is_set_off(text: str) -> bool:
    """Return whether words that are linked or quoted are a title: such may speak to the reader, as titles do."""
    if is_titular(text):
        return True
    words = [word.strip(_PUNCTUATION).lower() for word in text.split()]
    if not (4 <= len(words) <= 40 and _ADDRESS & set(words)) or len(text) > MAX_TITLE or not text[:1].isupper():
        return False
    if words[0] in _TALK or (_TALK - _ADDRESS) & set(words) or words[-1] in _ENDS:
        return False
    return not (is_label(text) or "://" in text or re.search(r"[a-z]{3}\. [A-Z]", text))


def bold_title(block: Block) -> tuple[int, int, str] | None:
    """Return the first words in bold that are a title, with where they stand."""
    return next(((start, end, bare(words)) for start, end, words in block.bold if is_named(bare(words))), None)


def quoted_title(text: str) -> str | None:
    """Return the only title in quotation marks in *text*."""
    found = [next(filter(None, match.groups())) for match in _QUOTED.finditer(text[:5000])]
    titles = [bare(words) for words in found if is_set_off(bare(words))]
    return titles[0] if len(titles) == 1 else None


def reference_title(text: str) -> tuple[tuple[str, ...], str] | None:
    """Return authors' words and title of a reference: ``A. Author and B. Author. Title. Venue, 2020.``"""
    text = re.sub(r"^\s*(?:\[[\w+-]{1,12}\]|\(?\d{1,4}[.)])\s*", "", text[:3000])
    dated = re.match(
        r"(?P<by>[^()\n]{5,600}?)\s*\((?:19|20)\d\d[a-z]?(?:,[^()\n]{1,30})?\)[.,:]?\s++(?P<title>[^.?!\n]{8,300}[.?!])",
        text,
    )
    if dated and (by := _turned(dated["by"])):
        return (by,), bare(dated["title"])
    if dated and (is_byline(dated["by"].strip(" .,")) or "et al" in dated["by"]):
        return (dated["by"].strip(" .,"),), bare(dated["title"])
    parts = re.split(r"(?<=[^\W\d_]{2})[.,]\s+(?=[\"“A-Z0-9])|(?<= al)\.,?\s+", text, maxsplit=60)
    for count in range(1, min(len(parts), 40)):
        by = ", ".join(parts[:count]).strip(" .,")
        title = bare(re.split(r"(?<=[\w)])[.?](?:\s|$)", parts[count], maxsplit=1)[0])
        if (
            is_byline(by)
            and ("," in by or " and " in by or "et al" in by)
            and not is_byline(title)
            and is_titular(title)
        ):
            return (by,), title
    return None


def year_of(reference: str) -> int | None:
    """Return the year that a reference states in brackets or behind a comma."""
    pattern = r"\((?:[^()]{0,30}\s)?((?:19|20)\d\d)[a-z]?(?:,[^()]{0,20})?\)|,\s((?:19|20)\d\d)\b"
    match = re.search(pattern, reference[:2000])
    return int(match[1] or match[2]) if match else None


def _turned(text: str) -> str | None:
    """Return names that are printed family first (``Kingma, D. P., & Ba, J., et al.``) given first, else None."""
    inverted = _INVERTED.findall(text)
    rest = _INVERTED.sub("", text)
    others = ", et al." if re.search(r"\bet al\b|\.\.\.|…", rest) else ""
    if not inverted or re.sub(r"\bet al\b|\band\b|[ ,&.…]", "", rest):
        return None
    return ", ".join(f"{given.strip()} {family}" for family, given in inverted) + others


def line_title(block: Block, named: Iterable[Mention]) -> str | None:
    """Return the words of a short line or item that stand before (or, where nothing does, behind) its first address."""
    ordered = sorted(named, key=lambda each: each.start)
    if not ordered or len(block.text) > 2 * MAX_TITLE:
        return None
    behind = block.text[ordered[-1].end :]
    if block.kind == "text" and len(re.findall(r"[^\W\d_]{2,}", behind)) > 3 and block.text[: ordered[0].start].strip():
        # What goes on behind the address is a sentence, and so is what stands before it.
        return None
    before = bare(_LINK_WORDS.sub("", block.text[: ordered[0].start].rstrip(" [(<")))
    if before:
        return before if is_titular(before) and before[0].isupper() else None
    behind = bare(behind)
    return behind if is_titular(behind) and behind[0].isupper() else None


def bare(text: str) -> str:
    """Return *text* without emphasis, numbering, and the punctuation that set it off."""
    text = unemphasised(clean(text[:2000]))
    whole = re.sub(r"^(?:\(?\d{1,4}[.)]|\[\d{1,4}\])\s+", "", text)
    text = _bracketed(whole.strip(' \t:;,-–—|·•*_<>#→[]"“”„«»'), whole)
    # The point behind an initial is the initial's, and three are the author's.
    text = text[:-1] if re.search(r"[^\s.]{2}\.$", text) else text
    opened = text.count("(") - text.count(")")
    return text.rstrip(" (") if opened > 0 and text.endswith("(") else text


def _bracketed(text: str, whole: str) -> str:
    """Return *text*, cut from *whole*, with the bracket at its end or beginning that is the other half of one in it."""
    opened = text.count("[") - text.count("]")
    at = whole.find(text)
    if opened > 0 and whole.startswith("]", at + len(text)):
        return f"{text}]"
    return f"[{text}" if opened < 0 and whole[:at].endswith("[") else text
