"""Series that services name by their letters, with the name that an entry is cited by.

DBLP and OpenReview know "ICLR" and "Trans. Mach. Learn. Res."; a bibliography wants the name in full. A series that
is not in the table keeps the name that the service gives: a guessed one would be wrong in print. To add one, add its
short forms to :data:`_CONFERENCES` or :data:`_JOURNALS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Series:
    """A conference series or a journal: its name in full, and which of the two it is."""

    name: str
    type: Literal["conference", "journal"]


_CONFERENCES = {
    "aaai": "AAAI Conference on Artificial Intelligence",
    "acl": "Annual Meeting of the Association for Computational Linguistics",
    "aistats": "International Conference on Artificial Intelligence and Statistics",
    "alt": "International Conference on Algorithmic Learning Theory",
    "automl": "International Conference on Automated Machine Learning",
    "bmvc": "British Machine Vision Conference",
    "chi": "CHI Conference on Human Factors in Computing Systems",
    "coling": "International Conference on Computational Linguistics",
    "colm": "Conference on Language Modeling",
    "colt": "Conference on Learning Theory",
    "conll": "Conference on Computational Natural Language Learning",
    "corl": "Conference on Robot Learning",
    "cpal": "Conference on Parsimony and Learning",
    "cvpr": "Conference on Computer Vision and Pattern Recognition",
    "eacl": "Conference of the European Chapter of the Association for Computational Linguistics",
    "eccv": "European Conference on Computer Vision",
    "emnlp": "Conference on Empirical Methods in Natural Language Processing",
    "facct": "ACM Conference on Fairness, Accountability, and Transparency",
    "icassp": "IEEE International Conference on Acoustics, Speech and Signal Processing",
    "iccv": "International Conference on Computer Vision",
    "iclr": "International Conference on Learning Representations",
    "icml": "International Conference on Machine Learning",
    "icra": "IEEE International Conference on Robotics and Automation",
    "ijcai": "International Joint Conference on Artificial Intelligence",
    "interspeech": "Interspeech",
    "iros": "IEEE/RSJ International Conference on Intelligent Robots and Systems",
    "ismir": "International Society for Music Information Retrieval Conference",
    "kdd": "ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
    "log": "Learning on Graphs Conference",
    "lrec": "International Conference on Language Resources and Evaluation",
    "midl": "Medical Imaging with Deep Learning",
    "mlsys": "Conference on Machine Learning and Systems",
    "naacl": "Conference of the North American Chapter of the Association for Computational Linguistics",
    "naacl-hlt": "Conference of the North American Chapter of the Association for Computational Linguistics",
    "neurips": "Advances in Neural Information Processing Systems",
    "nips": "Advances in Neural Information Processing Systems",
    "recsys": "ACM Conference on Recommender Systems",
    "robotics: science and systems": "Robotics: Science and Systems",
    "rss": "Robotics: Science and Systems",
    "uai": "Conference on Uncertainty in Artificial Intelligence",
    "wacv": "Winter Conference on Applications of Computer Vision",
    # Semantic Scholar's names leave out what kind of event it is.
    "computer vision and pattern recognition": "Conference on Computer Vision and Pattern Recognition",
    "neural information processing systems": "Advances in Neural Information Processing Systems",
    "north american chapter of the association for computational linguistics": (
        "Conference of the North American Chapter of the Association for Computational Linguistics"
    ),
}
_JOURNALS = {
    "acm comput. surv.": "ACM Computing Surveys",
    "artif. intell.": "Artificial Intelligence",
    "commun. acm": "Communications of the ACM",
    "comput. linguistics": "Computational Linguistics",
    "dmlr": "Journal of Data-centric Machine Learning Research",
    "ieee trans. pattern anal. mach. intell.": "IEEE Transactions on Pattern Analysis and Machine Intelligence",
    "int. j. comput. vis.": "International Journal of Computer Vision",
    "j. artif. intell. res.": "Journal of Artificial Intelligence Research",
    "j. mach. learn. res.": "Journal of Machine Learning Research",
    "jmlr": "Journal of Machine Learning Research",
    "mach. learn.": "Machine Learning",
    "nat.": "Nature",
    "nat. mach. intell.": "Nature Machine Intelligence",
    "neural comput.": "Neural Computation",
    "tacl": "Transactions of the Association for Computational Linguistics",
    "tmlr": "Transactions on Machine Learning Research",
    "trans. assoc. comput. linguistics": "Transactions of the Association for Computational Linguistics",
    "trans. mach. learn. res.": "Transactions on Machine Learning Research",
}
_SERIES = {short: Series(name, "conference") for short, name in _CONFERENCES.items()} | {
    short: Series(name, "journal") for short, name in _JOURNALS.items()
}
_ARCHIVE = re.compile(
    r"(?:corr|arxiv(?:\.org|\.cs)?|bio ?rxiv|med ?rxiv|chem ?rxiv|psy ?arxiv|tech ?rxiv|.{0,20}\be-?print\b.{0,20}"
    r"|preprints(?:\.org)?|research square|ssrn\b.{0,40}|easychair preprints?|osf preprints?|hal)",
    re.IGNORECASE,
)


def series(short: str) -> Series | None:
    """Return the series that *short* (``ICLR``, ``Trans. Mach. Learn. Res.``, any case) names, or None."""
    return _SERIES.get(short.strip().lower())


def is_archive(venue: str) -> bool:
    """Return whether *venue* names an archive of preprints such as arXiv, CoRR or SSRN: it publishes nothing."""
    name = venue.strip()[:100].split(":")[0]
    bare = re.sub(r"(?<!\W)\W++\d{4}$|(?<!\s)\s++preprint$", "", name, flags=re.IGNORECASE)
    return _ARCHIVE.fullmatch(bare) is not None


def is_workshop(venue: str) -> bool:
    """Return whether *venue* names a workshop, in words or as DBLP writes it: ``WMT@EMNLP``."""
    return re.search(r"\bworkshops?\b|\w@\w", venue, re.IGNORECASE) is not None
