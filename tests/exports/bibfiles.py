"""Three ``.bib`` files of different habits, and records of works that are in them and that are not."""

from __future__ import annotations

from pathlib import Path

from tui.exports.asked import Item
from tui.model import Record

DATA = Path(__file__).parent / "data"

FILES = ("jabref", "handwritten", "zotero")

THERE: dict[str, tuple[tuple[Record, str, str], ...]] = {
    "jabref": (
        (Record(title="Attention Is All You Need", authors=("Ashish Vaswani",), arxiv="1706.03762"), "Vaswani2017",
         "arxiv"),
        (Record(type="conference", title="BERT", authors=("Jacob Devlin",), doi="10.18653/v1/N19-1423", venue="NAACL"),
         "Devlin2019", "doi"),
        (Record(type="book", title="The TeXbook", authors=("Donald E. Knuth",), publisher="Addison-Wesley", year=1984),
         "Knuth1984", "title"),
    ),
    "handwritten": (
        (Record(title="Adam: A Method for Stochastic Optimization", arxiv="1412.6980v9"), "adam-preprint", "arxiv"),
        (Record(title="Deep residual learning for image recognition", authors=("Kaiming He", "Xiangyu Zhang",
                "Shaoqing Ren", "Jian Sun"), doi="10.1109/CVPR.2016.90", year=2016), "resnet", "title"),
        (Record(title="Über eine besondere Art von Umkehrung der Reihen", authors=("August Ferdinand Möbius",),
                year=1832), "mobius", "title"),
        (Record(title="Nonlinear component analysis as a kernel eigenvalue problem", authors=("Bernhard Schölkopf",
                "Alexander Smola", "Klaus-Robert Müller"), year=1998), "scholkopf-kernels", "title"),
    ),
    "zotero": (
        (Record(title="Image Transformer", authors=("Niki Parmar", "Ashish Vaswani", "Jakob Uszkoreit",
                "Łukasz Kaiser", "Noam Shazeer", "Alexander Ku", "Dustin Tran"), arxiv="1802.05751", year=2018),
         "parmarImageTransformer2018", "title"),
        (Record(title="Anything", doi="https://doi.org/10.1007/bf01700692"), "gödelÜberFormalUnentscheidbare1931",
         "doi"),
        (Record(title="Language Models are Few-Shot Learners", arxiv="2005.14165"), "brownLanguageModelsAre2020",
         "arxiv"),
    ),
}  # fmt: skip
"""By file: records of works that are in it, the keys that they have there, and what they are found by."""

NEW = (
    Item("saeed2020contrastive", Record(type="preprint", title="Contrastive Learning of General-Purpose Audio "
         "Representations", authors=("Aaqib Saeed", "David Grangier", "Neil Zeghidour"), year=2020, month=10,
         arxiv="2010.10915", primary_class="cs.SD", url="https://arxiv.org/abs/2010.10915")),
    Item("RESNET", Record(type="journal", title="Łódź & 100% of the μ-Law", authors=("Łukasz Özil", "Ada Lovelace"),
         year=2021, venue="Journal of {T}ests", volume="3", pages="1-9", doi="10.1000/tests_3.1")),
    Item("knuth1984", Record(type="book", title="Computers and Typesetting", authors=("Donald E. Knuth",),
         year=1986, publisher="Addison-Wesley")),
)  # fmt: skip
"""Items that none of the files has."""


def bib(name: str) -> Path:
    """Return the file called *name*."""
    return DATA / f"{name}.bib"


def items_there(name: str) -> list[Item]:
    """Return the works that are in the file called *name*, as items with keys of their own."""
    return [Item(f"ours{number}", record) for number, (record, _, _) in enumerate(THERE[name])]
