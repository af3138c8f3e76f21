"""Shamra Academia's page of one paper, in Arabic: submitter, year and field, abstract, and related papers.

Related papers have an abstract and no title; some have a line of authors above it (``59 - A , B 2020``, where the
number counts for the site). Who "published" a paper there sent it in and need not have written it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tui.digests.blocks import Block
from tui.digests.bylines import split_names
from tui.digests.document import Document
from tui.digests.paragraphs import gaps_tell, prose, unwrapped
from tui.digests.statements import identifiers_in, links_of, remarks
from tui.model import Entry, Issue, Section
from tui.text import clean, fold

NAME = "shamra"
LABEL = "Shamra Academia page"

SUBMITTER, YEAR, FIELD, LANGUAGE = "نشر من قبل", "تاريخ النشر", "مجال البحث", "والبحث باللغة"
"""What the page calls submitter, year of publication, field and language."""

RELATED = "اقرا ايضا"
"""``Read also`` as :func:`tui.text.fold` leaves it: what follows is other papers'."""

_LABELS = {fold(words): words for words in (SUBMITTER, YEAR, FIELD, LANGUAGE)}
_LABELS[fold("لغة البحث")] = LANGUAGE
_ENDS = tuple(map(fold, ("الأسئلة المقترحة", "التعليقات", "جاري جلب", "سجل دخول", "هل ترغب بارسال")))
_FURNITURE = tuple(
    map(
        fold,
        (
            "ترغب بنشر", "اضغط هنا", "اسأل ChatGPT", "قيم البحث", "سجل دخول",
            "تسجيل الدخول", "تحميل البحث", "استخدم كمرجع", "جاري جلب", "هل ترغب",
            "mircosoft-partner", "microsoft-partner", "ملخص البحث", "أضف تعليق", "اقرأ المزيد",
            "الأسئلة المقترحة", "no english abstract", "لا يوجد ملخص",
        ),
    )
)  # fmt: skip
_BUTTONS = frozenset(
    map(
        fold,
        (
            "الملخص", "المراجع", "مشاركة", "شمرا", "شمرا اكاديميا",
            "القائمة", "بحث", "التعليقات", "read more", "الرئيسية",
        ),
    )
)  # fmt: skip
_COUNTS = re.compile(r"(\d{1,9})(?:\s{1,9}(\d{1,9}))?\s{1,9}(\d\.\d)\s{0,9}\(\s{0,9}(\d{1,9})\s{0,9}\)")
_AUTHORS = re.compile(r"\d{1,6}\s{0,3}[-–—]\s{0,3}(\S.{0,400}?)?\s{0,3}((?:19|20)\d\d)?\s{0,3}")
_SENTENCES = re.compile(r"[.!?؟] +[A-Z\u0600-\u06ff]")
_YEAR = re.compile(r"(?:19|20)\d\d")


def recognises(document: Document) -> bool:
    """Return whether at least two of the page's labels, or one and its line of related papers, stand here."""
    if document.text.isascii() or not re.search(r"[\u0600-\u06ff]", document.text):
        return False
    seen = {label for block in document.blocks if (label := _labelled(block)[0])}
    return len(seen) >= 2 or (bool(seen) and any(_says(block, RELATED) for block in document.blocks))


def parse(document: Document) -> tuple[Issue, ...]:
    """Return the page as one issue, named after its paper; related papers follow it."""
    blocks = list(document.blocks)
    if document.markup == "text":
        blocks = list(unwrapped(blocks, lambda index: _starts(blocks, index)))
    related = next((index for index, block in enumerate(blocks) if _says(block, RELATED)), len(blocks))
    end = next((i for i in range(related, len(blocks)) if _says(blocks[i], *_ENDS)), len(blocks))
    main, warned = _paper(blocks[:related])
    if main is None or not any(_labelled(block)[0] or _says(block, RELATED) for block in blocks):
        return ()
    entries = [main, *_related(blocks[related + 1 : end])]
    return (
        Issue(
            id="",
            title=main.title or clean(document.head.title or "") or LABEL,
            entries=tuple(entries),
            format=NAME,
            address=document.address or document.head.address,
            source=document.source,
            text=document.flat,
            warnings=(
                *remarks(warned, "is no part of the paper that is known"),
                *remarks([b for b in blocks[end:] if not _is_furniture(b)], "stands behind the last paper"),
            ),
        ),
    )


def _starts(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if _labelled(block)[0] or _is_furniture(block) or _AUTHORS.fullmatch(block.text) or _COUNTS.fullmatch(block.text):
        return True
    above = blocks[index - 1] if index else None
    return above is None or bool(_labelled(above)[0]) or _is_furniture(above) or bool(_AUTHORS.fullmatch(above.text))


def _labelled(block: Block) -> tuple[str, str]:
    """Return which of the page's labels *block* begins with, and the value behind it; nothing if with none."""
    if len(block.text) > 400:
        return "", ""
    folded = fold(block.text)
    for known, label in _LABELS.items():
        if folded.startswith(known):
            words = block.text.split()[len(known.split()) :]
            return label, " ".join(words).strip(" :؛-|")
    return "", ""


def _says(block: Block, *beginnings: str) -> bool:
    return len(block.text) <= 120 and fold(block.text).strip(" .:»«>").startswith(beginnings)


def _is_furniture(block: Block) -> bool:
    if block.furniture or block.kind in ("rule", "image") or _says(block, *_FURNITURE, RELATED):
        return True
    return len(block.text) <= 40 and fold(block.text).strip(" .:»«>") in _BUTTONS


def _paper(blocks: Sequence[Block]) -> tuple[Entry | None, list[Block]]:
    """Return the page's own paper, and the blocks that say nothing known."""
    facts: dict[str, str] = {}
    waiting, title, metrics = "", None, {}
    above: list[Block] = []
    below: list[Block] = []
    for block in blocks:
        label, value = _labelled(block)
        counts = _COUNTS.fullmatch(block.text)
        if waiting and not label and not _is_furniture(block):
            facts[waiting], waiting = block.plain, ""
        elif label:
            facts[label] = value
            waiting = "" if value else label
        elif counts:
            metrics = {"views": int(counts[1]), "rating": float(counts[3]), "ratings": int(counts[4])}
        elif not _is_furniture(block):
            (below if facts else above).append(block)
    title = next((block for block in reversed(above) if block.kind == "heading"), above[-1] if above else None)
    if title is None and below:
        title = below.pop(0)
    if title is None:
        return None, []
    below = [block for block in below if block.plain != title.plain]
    year = _YEAR.search(facts.get(YEAR, ""))
    links = [title, *below]
    entry = Entry(
        title=title.plain,
        submitter=facts.get(SUBMITTER),
        date=year[0] if year else None,
        year=int(year[0]) if year else None,
        abstract=prose(below) or None,
        identifiers=identifiers_in([block for block in links if len(block.text) < 300]),
        links=links_of(links),
        sections=(Section(LANGUAGE, facts[LANGUAGE]),) if facts.get(LANGUAGE) else (),
        categories=tuple(part for part in re.split(r"(?:(?<!\s)\s++)?[،,|]\s*", facts.get(FIELD, "")) if part),
        metrics=metrics,
        line=title.line,
    )
    return entry, [block for block in above if block is not title and block.plain != title.plain]


def _related(blocks: Sequence[Block]) -> list[Entry]:
    """Return the related papers: an abstract each, with the line of authors and the heading above it, if any."""
    entries: list[Entry] = []
    authors: re.Match[str] | None = None
    title: Block | None = None
    for block in _whole_abstracts([block for block in blocks if not _is_furniture(block)]):
        if match := _AUTHORS.fullmatch(block.text):
            authors = match
        elif block.kind == "heading" or (len(block.text) < 40 and not block.text.endswith(".")):
            title = block
        else:
            entries.append(_related_entry(block, authors, title))
            authors = title = None
    return entries


def _whole_abstracts(blocks: Sequence[Block]) -> list[Block]:
    """Join abstracts that were written over several lines: up to a blank line, or else to the next line of authors."""
    texts = [block.text for block in blocks if not _AUTHORS.fullmatch(block.text)]
    # The site prints each abstract on one line; lines of one sentence each were broken on the way.
    if sum(not _SENTENCES.search(text) for text in texts) * 2 <= len(texts):
        return list(blocks)
    trust = gaps_tell(blocks)
    joined: list[Block] = []
    for block in blocks:
        apart = _AUTHORS.fullmatch(block.text) or block.kind == "heading" or (trust and block.gap)
        if joined and not apart and not _AUTHORS.fullmatch(joined[-1].text) and joined[-1].kind == "text":
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text}\n{block.text}")
        else:
            joined.append(block)
    return joined


def _related_entry(block: Block, authors: re.Match[str] | None, title: Block | None) -> Entry:
    names, more = split_names(authors[1] or "") if authors else ((), 0)
    year = authors[2] if authors else None
    return Entry(
        title=title.plain if title else None,
        authors=names,
        more_authors=more,
        date=year,
        year=int(year) if year else None,
        abstract=block.text,
        links=links_of([block] if title is None else [title, block]),
        line=(title or block).line,
    )
