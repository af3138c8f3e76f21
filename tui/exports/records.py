"""The one record that an export of a paper is built from: never a mixture of sources."""

from __future__ import annotations

import dataclasses
import re

from tui.identifiers import SCHEMES, arxiv_date, link_to
from tui.model import READER, Entry, Paper, Record, RecordType
from tui.patterns import later
from tui.text import shown

_ARCHIVE = later(
    r"(?:astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin|nucl-ex|nucl-th|physics"
    r"|q-bio|q-fin|quant-ph|stat|cmp-lg)(?:\.[A-Za-z]{2}|\.[a-z]+-[a-z]+)?"
)
_PREPRINT = later(r"\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|preprints?|chemrxiv|psyarxiv)\b", re.IGNORECASE)
_WORKSHOP = later(r"\bworkshops?\b|@\s*(?:neurips|icml|iclr|acl|emnlp|cvpr)", re.IGNORECASE)
_JOURNAL = later(
    r"\b(?:journal|j\.|transactions|trans\.|letters|reviews?|annals|magazine|bulletin|quarterly|archives|acta|nature"
    r"|science|pnas|proceedings of the national academy|proceedings of the ieee|plos|elife|cell|lancet|jama|bmj|tmlr"
    r"|jmlr|tacl|tpami|pami|ieee access|scientific reports|physica|neurocomputing|neural networks|neural computation"
    r"|artificial intelligence|machine learning$|computational linguistics$|pattern recognition$|communications of)\b",
    re.IGNORECASE,
)
_CONFERENCE = later(
    r"\b(?:conference|conf\.|proceedings|proc\.|symposium|meeting|congress|neurips|nips|icml|iclr|n?aacl|eacl|acl"
    r"|emnlp|coling|conll|lrec|cvpr|iccv|eccv|wacv|bmvc|miccai|aaai|ijcai|aistats|uai|colt|corl|icra|iros|rss|kdd|wsdm"
    r"|cikm|sigir|recsys|www|the web conference|interspeech|icassp|asru|slt|ismir|chi|uist|cscw|siggraph|sigmod|vldb"
    r"|icde|sosp|osdi|nsdi|usenix|sigcomm|isca|asplos|micro|pldi|popl|icse|fse|ase|stoc|focs|soda|crypto|eurocrypt"
    r"|ccs|ndss|facct|aies|ecai|ecml|ijcnn|icann|gecco|mlsys|colm)\b",
    re.IGNORECASE,
)  # fmt: skip
# A post's address tells when it was published: /blog/2023-03-30-vicuna/, /2023/03/30/.
_DATED = later(r"/((?:19|20)\d\d)([/-])(0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01])(?=[/_-])")
_YEAR = later(r"(?<!\d)(?:19|20)\d{2}(?!\d)|[’'](\d{2})(?!\d)")


def record_of(paper: Paper) -> Record:
    """Return the record that an export of *paper* is built from.

    The version of the details that is shown comes first, with the reader's edits in it. Else a record that a source
    stated is taken as it is; what it leaves open, the same source's own words fill. Without one, the record holds
    what the issues state: a preprint where an arXiv id is known, a publication where a venue with a year is. The
    date that an issue prints beside a paper is the issue's and no year of the paper.
    """
    if paper.details and paper.details.shown:
        return paper.details.shown.record
    return _edited(_from_issues(paper), paper)


def _edited(record: Record, paper: Paper) -> Record:
    """Return *record* with what the reader wrote, where no service has a record of the paper."""
    if not paper.details:
        return record
    said = paper.details.fields.values()
    names = {item.name for item in dataclasses.fields(Record)}
    own = {each.name: each.said.value for each in said if each.said.provider == READER and each.name in names}
    if not own:
        return record
    return dataclasses.replace(record, **own)  # type: ignore[arg-type]  # names and values are those of Record


def _from_issues(paper: Paper) -> Record:
    entry = next((mention.entry for mention in paper.mentions if mention.entry.record), None)
    if entry and entry.record:
        return _completed(entry.record, entry)
    return _stated(paper)


def _completed(record: Record, entry: Entry) -> Record:
    """Fill what *record* leaves open with what the same entry says beside it."""
    known = entry.identifiers
    filled: dict[str, object] = {
        "title": record.title or entry.title,
        "authors": record.authors or entry.authors,
        "more_authors": record.more_authors if record.authors else entry.more_authors,
        "year": record.year or entry.year,
        "venue": record.venue or entry.venue,
        "doi": record.doi or known.get("doi"),
        "arxiv": record.arxiv or known.get("arxiv"),
    }
    if filled["arxiv"] and not record.primary_class:
        filled["primary_class"] = _class_of(entry)
    changed = {name: value for name, value in filled.items() if value != getattr(record, name)}
    # Every new record is cleaned again, and most need no filling.
    return dataclasses.replace(record, **changed) if changed else record  # type: ignore[arg-type]  # Record's names


def _stated(paper: Paper) -> Record:
    known = paper.identifiers
    arxiv, doi = known.get("arxiv"), known.get("doi")
    venue = shown(paper.venue) if paper.venue else None
    given = arxiv_date(arxiv) if arxiv else None
    kind, year = _published(venue, paper, bool(arxiv))
    month = given[1] if kind == "preprint" and given else None
    year = given[0] if kind == "preprint" and given else year
    url = _address(paper)
    if kind == "other" and year is None and (dated := _DATED.search(url or "")):
        year, month = int(dated[1]), int(dated[3])
    return Record(
        type=kind,
        title=shown(paper.title) if paper.title and "$" not in paper.title and "\\" not in paper.title else paper.title,
        authors=tuple(shown(name) for name in paper.authors),
        more_authors=paper.more_authors,
        year=year,
        month=month,
        venue=None if kind == "preprint" and venue and arxiv else venue,
        doi=doi,
        arxiv=arxiv,
        primary_class=next((found for m in paper.mentions if (found := _class_of(m.entry))), None) if arxiv else None,
        url=url,
    )


def _published(venue: str | None, paper: Paper, on_arxiv: bool) -> tuple[RecordType, int | None]:
    """Return the type that the venue makes evident, and the year of publication where one is stated."""
    year = next((m.entry.year for m in paper.mentions if m.entry.year), None)
    if venue and (match := _YEAR.search(venue)):
        year = int(match[0]) if match[1] is None else 2000 + int(match[1])
    kind = _kind_of(venue) if venue else "other"
    if on_arxiv and (kind in ("other", "preprint") or year is None):
        # "NeurIPS" without a year is not enough to cite the publication by.
        return "preprint", None
    return kind, year


def _kind_of(venue: str) -> RecordType:
    rules: tuple[tuple[re.Pattern[str], RecordType], ...] = (
        (_PREPRINT, "preprint"),
        (_WORKSHOP, "workshop"),
        (later(r"proceedings of the (?:national academy|ieee\b)", re.IGNORECASE), "journal"),
        (later(r"\b(?:conference|conf\.|symposium|workshop|proc\.|proceedings)", re.IGNORECASE), "conference"),
        (_JOURNAL, "journal"),
        (_CONFERENCE, "conference"),
    )
    return next((kind for pattern, kind in rules if pattern.search(venue)), "other")


def _class_of(entry: Entry) -> str | None:
    """Return the first arXiv category that an entry states; arXiv lists the primary one first."""
    return next((each for each in entry.categories if _ARCHIVE.fullmatch(each)), None)


def _address(paper: Paper) -> str | None:
    """Return the paper's own page; a DOI is a field of its own. Where nothing else is known, a post may be the work."""
    known = paper.identifiers
    for scheme in SCHEMES:
        if scheme in known and scheme != "doi":
            return link_to(scheme, known[scheme])
    if "doi" in known:
        return None
    ranked = ("paper", "pdf", "project", "post", "other")
    return next((link.url for rel in ranked for link in paper.links if link.rel == rel), None)
