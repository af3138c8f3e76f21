"""Where a paper appeared, as lists of papers put it: ``NeurIPS 2020``, ``ICLR'21 oral``, ``arXiv 2023``, ``TMLR``."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.text import clean

_NAMES = (
    "NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|WACV|BMVC|ACCV|AAAI|IJCAI|ACL|EMNLP|NAACL|EACL|AACL|COLING|TACL|LREC|CoNLL"
    "|AISTATS|UAI|COLT|ALT|KDD|SIGKDD|WWW|TheWebConf|WSDM|CIKM|SIGIR|RecSys|ECIR|ICDM|SDM|PAKDD|ECML|ICDE|VLDB|PVLDB"
    "|SIGMOD|CoRL|ICRA|IROS|RSS|RA-L|RAL|MLSys|OSDI|SOSP|ASPLOS|ISCA|MICRO|NSDI|EuroSys|USENIX(?: Security| ATC)?"
    "|CCS|NDSS|S&P|ICSE|FSE|ASE|ISSTA|PLDI|POPL|CHI|UIST|CSCW|FAccT|AIES|CHIL|COLM|CoLM|TMLR|JMLR|MIDL|MICCAI|ISBI"
    "|Interspeech|INTERSPEECH|ICASSP|ISMIR|SIGGRAPH(?: Asia)?|ACM MM|MM|TPAMI|PAMI|IJCV|TIP|TNNLS|TKDE|TOG|TVCG"
    "|Nature(?: [A-Z][a-z]{2,20}){0,2}|Science(?: [A-Z][a-z]{2,20})?|Cell|PNAS|Neuron|Neural Computation|PRL|LoG|DAC"
    "|arXiv|ArXiv|Arxiv|bioRxiv|medRxiv|OpenReview|HAL|SSRN|preprint|Preprint|Technical Report|Tech Report|Blog|Thesis"
)
_KIND = (
    r"(?:oral|spotlight|poster|workshops?|findings|demo|best paper(?: award)?|highlight|main|long|short|dataset track)"
)
_YEAR = r"(?:19|20)\d\d|['’]\d\d|(?<=[A-Za-z])\d\d"
_PLACE = re.compile(
    rf"(?P<before>(?<!\d)(?:19|20)\d\d(?:[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?)?[\s,.|/-]{{1,3}})?"
    rf"(?<![\w@.])(?P<name>(?:(?i:findings of )?)(?:{_NAMES})(?![a-z]))"
    rf"(?P<kind1>[\s(@-]{{1,3}}(?i:{_KIND})\)?)?"
    rf"(?:[\s,]{{0,3}}(?P<year>{_YEAR})(?!\d))?"
    rf"(?P<kind2>[\s(,;-]{{1,3}}(?i:{_KIND})\)?)?"
)
_ONLY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[./-]\d{1,2}(?:[./-]\d{1,2})?)?(?!\d)")


@lru_cache(maxsize=4096)
def place_in(text: str) -> tuple[str | None, int | None]:
    """Return venue and year that the cell or bracket *text* states: the words as printed without the year."""
    words = clean(text[:300]).strip(" ()[]*_`,.;:")
    if not words:
        return None, None
    match = _PLACE.search(words)
    year = _ONLY.search(words)
    found = int(year[1]) if year else _two(match) if match else None
    if match:
        kind = (match["kind1"] or match["kind2"] or "").strip(" (),;-")
        named = f"{match['name']} {kind}".strip()
        rest = words.replace(match[0], "", 1)
        return (named if not re.search(r"[^\W\d_]{3}", rest) else _without_year(words)), found
    return _without_year(words) or None, found


def is_place(text: str) -> bool:
    """Return whether *text* says where and when something appeared, and nothing else."""
    words = clean(text[:120]).strip(" ()[]*_`,.;:|")
    if not words or len(text) > 100:
        return False
    if _ONLY.fullmatch(words):
        return True
    match = _PLACE.search(words)
    if not match:
        return False
    rest = words.replace(match[0], " ", 1)
    return not re.search(
        r"[^\W\d_]{3}", re.sub(rf"(?i)\b(?:{_KIND}|{_NAMES}|to appear|accepted|proceedings)\b", "", rest)
    )


def _two(match: re.Match[str]) -> int | None:
    digits = (match["year"] or "").strip("'’")
    return 2000 + int(digits) if len(digits) == 2 and int(digits) < 60 else int(digits) if len(digits) == 4 else None


def _without_year(words: str) -> str:
    return _ONLY.sub("", words).strip(" ()[]*_`,.;:-–—'’")
