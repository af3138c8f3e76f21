"""What blocks state of a paper besides words: addresses, identifiers, remarks on lines that nobody understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tui.digests.blocks import Block
from tui.digests.once import kept
from tui.identifiers import find, identify, may_name, relation, same_address
from tui.model import Link, Remark
from tui.text import clean

MAX_WORDS = 20_000
"""How much of a block is searched for identifiers in words; a longer one is no line of links."""

_LABELS = frozenset(
    re.findall(
        r"\S+",
        "abs abstract and arxiv article at available blog code colab data dataset datasets demo doi full"
        " github here html huggingface hf implementation in journal link links model models official on online"
        " openreview or page paper papers pdf post preprint project proceedings publication publisher read"
        " repo repository see site slides source supplementary talk the thread tweet twitter version video via"
        " web webpage website weights x youtube acl anthology pytorch tensorflow jax camera ready original to"
        " of download supplement supplemental supp material materials appendix extended poster bibtex bib cite"
        " checkpoint checkpoints weblink homepage",
    )
)

_WORD = re.compile(r"[^\W\d_]+")
_SIGN_OFF = re.compile(
    r"that'?s (?:all|it)\b|thanks? (?:you )?(?:so much )?for (?:reading|being|your)|see you (?:next|soon|in)"
    r"|until next|subscribe"
    r"|unsubscribe|if you (?:enjoy|like|have any|want|would)|follow (?:me|us)|share this|forward(?:ed)? this"
    r"|posted (?:by|on|in)"
    r"|written by|view (?:this )?in (?:your )?browser|©|copyright|happy reading|have a (?:great|nice|good)"
    r"|leave a comment"
    r"|feel free to|please (?:share|consider|let)|get in touch|(?:all )?the best,|cheers|best(?: regards|,)|sponsored",
    re.IGNORECASE,
)


def links_of(blocks: Iterable[Block]) -> tuple[Link, ...]:
    """Return every address that *blocks* state, once and in order."""
    stated: dict[str, Link] = {}
    for block in blocks:
        for known, (url, words) in block.stated.items():
            if known not in stated:
                stated[known] = Link(url, relation(url, words))
    return tuple(stated.values())


def identifiers_in(blocks: Iterable[Block]) -> dict[str, str]:
    """Return the identifiers that *blocks* name, by address or in words; of each scheme the first."""
    found: dict[str, str] = {}
    for block in blocks:
        for url, _ in block.addresses:
            if known := identify(url):
                found.setdefault(*known)
        for item in block.named if len(block.text) <= MAX_WORDS else find(block.text[:MAX_WORDS]):
            if item.scheme:
                found.setdefault(item.scheme, item.value)
    return found


def outward(blocks: Iterable[Block], address: str | None) -> Iterator[Block]:
    """Yield *blocks* without links to places on the page at *address* itself, as those are that fold abstracts out."""
    here = same_address((address or "").partition("#")[0])
    for block in blocks:
        if any("#" in each.url for each in block.links):
            kept = tuple(each for each in block.links if not _is_inward(each.url, here))
            yield block if len(kept) == len(block.links) else replace(block, links=kept)
        else:
            yield block


def _is_inward(url: str, here: str) -> bool:
    place, sign, _ = url.partition("#")
    return bool(sign) and same_address(place) == here


@kept
def is_link_line(block: Block) -> bool:
    """Return whether *block* holds addresses or an identifier, and no words but such as name what they lead to."""
    if len(block.text) > 4000 or not (block.links or may_name(block.text)):
        return False
    words = _unlinked(block)
    return words is not None and is_label(words, empty=True)


def _unlinked(block: Block) -> str | None:
    """Return the words of *block* without addresses, identifiers and the labels of links; None if it has none."""
    text = block.text
    spans = [(anchor.start, anchor.end) for anchor in block.links if is_label(anchor.label)]
    spans += [(item.start, item.end) for item in block.named]
    if "://" in text:
        spans += [match.span() for match in re.finditer(r"https?://\S{3,2000}", text)]
    if not spans:
        return None
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def is_labelled(block: Block) -> bool:
    """Return whether a line of links says what they lead to, ``[pdf]`` or ``Paper:``, as those below a title do.

    A bare address, or ``doi:`` before an identifier, says nothing of the kind: it may be a paper's by itself.
    """
    if any(is_label(anchor.label) and not re.search(r"\d", anchor.label) for anchor in block.links):
        return True
    words = re.findall(r"[^\W\d_]+", (_unlinked(block) or "").lower())
    return any(word not in ("doi", "arxiv") for word in words)


def is_code_line(block: Block) -> bool:
    """Return whether *block* is a short line that says where code, data or a page of the paper's is."""
    return len(block.text) <= 200 and any(
        relation(url, words) in ("code", "data", "project") for url, words in block.addresses
    )


def is_label(words: str, empty: bool = False) -> bool:
    """Return whether *words* only name what a link leads to: ``Paper``, ``[pdf]``, ``Code and data``."""
    if len(words) > 400:
        return False
    found = _WORD.findall(words.lower())
    return all(word in _LABELS for word in found) and len(found) <= 8 and (bool(found) or empty)


def remarks(blocks: Sequence[Block], why: str) -> tuple[Remark, ...]:
    """Return a remark for each of *blocks* that is not the site's furniture."""
    return tuple(
        Remark(block.line, clean(block.text, 500), why)
        for block in blocks
        if not (block.furniture or block.kind == "rule")
    )


def is_sign_off(block: Block) -> bool:
    """Return whether *block* takes leave of the reader: thanks, an invitation to subscribe, a copyright line."""
    return len(block.text) <= 400 and bool(_SIGN_OFF.match(block.plain))


def without_sign_off(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """Return *blocks* without what takes leave at their end, and that."""
    end = len(blocks)
    while end > 0 and is_sign_off(blocks[end - 1]):
        end -= 1
    return list(blocks[:end]), list(blocks[end:])
