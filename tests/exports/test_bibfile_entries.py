"""What an entry of the reader's file is known by: identifiers wherever they stand, title, people and year."""

from __future__ import annotations

from typing import Any

import pytest

from tui.exports import Item
from tui.exports.bibfile.entries import identifiers_of, plain
from tui.exports.bibfile.file import entries_in
from tui.exports.bibfile.richer import richer
from tui.exports.bibfile.works import Works
from tui.model import Record


@pytest.mark.parametrize(
    ("text", "doi", "arxiv", "title", "authors", "year", "others", "preprint"),
    [
        ("@article{a, doi={10.1000/ABC}}",
         "10.1000/abc", None, "", "", None, False, False),
        ("@article{a, doi={https://doi.org/10.48550/arXiv.2010.10915}}",
         None, "2010.10915", "", "", None, False, False),
        ("@article{a, doi=\"{10.1000/a\\_b}\"}",
         "10.1000/a_b", None, "", "", None, False, False),
        ("@article{a, doi=10.1000/x}",
         "10.1000/x", None, "", "", None, False, False),
        ("@misc{a, eprint={2010.10915v2}, archiveprefix={arXiv}}",
         None, "2010.10915", "", "", None, False, True),
        ("@misc{a, eprint={2010.10915}, eprinttype={arxiv}}",
         None, "2010.10915", "", "", None, False, True),
        ("@misc{a, eprint={2010.10915}}",
         None, "2010.10915", "", "", None, False, True),
        ("@misc{a, eprint={2010.10915}, archiveprefix={HAL}}",
         None, None, "", "", None, False, False),
        ("@misc{a, eprint={2010.10915}, eprinttype={pubmed}}",
         None, None, "", "", None, False, False),
        ("@misc{a, eprint={9711200}, archiveprefix={hep-th}}",
         None, "hep-th/9711200", "", "", None, False, True),
        ("@misc{a, eprint={9711200}, primaryclass={hep-th}}",
         None, "hep-th/9711200", "", "", None, False, True),
        ("@misc{a, eprint={9711200}, eprintclass={hep-th}}",
         None, "hep-th/9711200", "", "", None, False, True),
        ("@misc{a, eprint={9711200}, primaryclass={hep-th}, eprintclass={x}}",
         None, "hep-th/9711200", "", "", None, False, True),
        ("@misc{a, eprint={9711200}}",
         None, None, "", "", None, False, False),
        ("@misc{a, eprint={https://arxiv.org/abs/2010.10915}}",
         None, "2010.10915", "", "", None, False, True),
        ("@misc{a, eprint={https://example.org/2010.10915}}",
         None, None, "", "", None, False, False),
        ("@misc{a, arxivid={2010.10915}}",
         None, "2010.10915", "", "", None, False, True),
        ("@misc{a, url={https://arxiv.org/abs/2010.10915}}",
         None, "2010.10915", "", "", None, False, True),
        ("@misc{a, url={https://aclanthology.org/N19-1423}}",
         "10.18653/v1/n19-1423", None, "", "", None, False, False),
        ("@misc{a, url={https://openreview.net/forum?id=abcdef}}",
         None, None, "", "", None, False, False),
        ("@misc{a, url={https://example.org/x}}",
         None, None, "", "", None, False, False),
        ("@misc{a, url={https://doi.org/10.1000/a\\%28b\\%29}}",
         "10.1000/a(b)", None, "", "", None, False, False),
        ("@misc{a, url={https://www.nature.com/articles/nature14236}}",
         "10.1038/nature14236", None, "", "", None, False, False),
        ("@misc{a, note={see doi:10.1000/x}}",
         "10.1000/x", None, "", "", None, False, False),
        ("@misc{a, note={arXiv:2010.10915}}",
         None, "2010.10915", "", "", None, False, True),
        ("@misc{a, howpublished={\\url{https://arxiv.org/abs/2010.10915}}}",
         None, "2010.10915", "", "", None, False, True),
        ("@article{a, journal={arXiv preprint arXiv:2010.10915}}",
         None, "2010.10915", "", "", None, False, True),
        ("@article{a, journal={CoRR}, volume={abs/2010.10915}}",
         None, "2010.10915", "", "", None, False, True),
        ("@article{a, journal={Nature}, number={2010.10915}}",
         None, None, "", "", None, False, False),
        ("@article{a, author={Lovelace, Ada and others}, title={{The} {B}ook}, year={1843}}",
         None, None, "The Book", "Ada Lovelace", 1843, True, False),
        ("@book{a, editor={Ada Lovelace and Max Born}, date={1999-02}}",
         None, None, "", "Ada Lovelace; Max Born", 1999, False, False),
        ("@book{a, author={A B}, editor={Ada Lovelace}, year={in 1843}, date={1999}}",
         None, None, "", "A B", 1843, False, False),
        ("@string{jl = {Journal of Rain}} @article{a, journal=jl, title=jl # { Again}}",
         None, None, "Journal of Rain Again", "", None, False, False),
        ("@string{jl = {arXiv}} @article{a, journal=jl}",
         None, None, "", "", None, False, True),
        ("@inproceedings{a, booktitle={ICML}}",
         None, None, "", "", None, False, False),
        ("@misc{a, journal={medRxiv}}",
         None, None, "", "", None, False, True),
        ("@misc{a, booktitle={Rain}, eprint={2010.10915}}",
         None, "2010.10915", "", "", None, False, False),
        ("@online{a, title={x}}",
         None, None, "x", "", None, False, True),
        ("@unpublished{a, title={x}}",
         None, None, "x", "", None, False, True),
        ("@misc{a, doi={10.1000/a&lt;b}}",
         "10.1000/a<b", None, "", "", None, False, False),
        ("@misc{a, doi={10.1000/a\\&b}}",
         "10.1000/a&b", None, "", "", None, False, False),
        ("@article{a, year={120}}",
         None, None, "", "", None, False, False),
        ("@article{a, year={12345}}",
         None, None, "", "", None, False, False),
    ],
)  # fmt: skip
def test_an_entry_is_known_by_its_fields(
    text: str, doi: str | None, arxiv: str | None, title: str, authors: str, year: int | None, others: bool,
    preprint: bool,
) -> None:  # fmt: skip
    entry = entries_in(text.encode(), "refs.bib")[-1]
    record = entry.record
    assert (entry.doi, entry.arxiv, entry.preprint) == (doi, arxiv, preprint)
    assert (entry.title, "; ".join(entry.authors), record.year, record.more_authors > 0) == (
        title,
        authors,
        year,
        others,
    )


_T = "Singing Bridges in the Winter of Norway"
_J = "title={T}, doi={10.1000/x}"


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("@article{k, " + _J + ", author={A B and others}, journal={J}, year=1}", {}, "k lacks authors"),
        ("@article{k, " + _J + ", author={A B and others}, journal={J}, year=1}", {"more_authors": 2}, None),
        ("@article{k, " + _J + ", journal={J}, year=1}", {}, "k lacks the authors"),
        ("@article{k, " + _J + ", journal={J}, year=1}", {"more_authors": 2}, None),
        ("@article{k, " + _J + ", author={A B}, journal={J}}", {}, "k lacks the year"),
        ("@article{k, " + _J + ", author={A B}, journal={J}, date={2000}}", {}, None),
        ("@article{k, " + _J + ", author={A B}, journal={J}, crossref={x}}", {}, None),
        ("@article{k, title={T}, author={A B}, journal={J}, year=1}", {}, "k lacks the DOI"),
        ("@article{k, title={T}, author={A B}, journal={J}, year=1}", {"doi": "10.48550/arXiv.2010.10915"}, None),
        ("@article{k, " + _J + ", author={A B}, journal={J}, year=1, issue=2}", {"number": "2"}, None),
        ("@article{k, " + _J + ", author={A B}, journal={J}, year=1}",
         {"number": "2", "volume": "1", "pages": "3", "arxiv": "2010.10915"},
         "k lacks the arXiv id, the volume, the number and the pages"),
        ("@article{k, " + _J + ", author={A B}, journal={arXiv}, year=1}", {},
         "k is the preprint; it has appeared in J (2000)."),
        ("@article{k, " + _J + ", author={A B}, journal={arXiv}, year=1}", {"venue": "J 2000"},
         "k is the preprint; it has appeared in J 2000."),
        ("@article{k, " + _J + ", author={A B}, journal={arXiv}, year=1}", {"venue": None, "publisher": "P"},
         "k is the preprint; it has appeared in P (2000)."),
        ("@article{k, author={A B}, title={T}, journal={J}}", {"type": "preprint"}, None),
    ],
)  # fmt: skip
def test_what_a_record_has_more_is_said(text: str, fields: dict[str, Any], said: str | None) -> None:
    stated = {"type": "journal", "title": "T", "doi": "10.1000/x", "authors": ("A B",), "venue": "J", "year": 2000}
    entry = entries_in(text.encode(), "refs.bib")[-1]
    wanted = said if said is None or said.endswith(".") else f"{said}, which can be added."
    assert richer(Record(**{**stated, **fields}), entry) == wanted


@pytest.mark.parametrize(
    ("text", "fields", "keys"),
    [
        # Of several the first by identifier, else the one whose title is the same to the word.
        (f"@misc{{a, title={{{_T}: Engineers Hear Storms}}, author={{A B}}}}\n"
         f"@misc{{b, title={{{_T}}}, author={{A B}}}}",
         {"title": _T, "authors": ("A B",)}, ["b", "a"]),
        (f"@misc{{a, title={{{_T}}}, author={{A B}}}}\n"
         f"@misc{{b, title={{{_T}: Engineers Hear Storms}}, author={{A B}}}}",
         {"title": _T, "authors": ("A B",)}, ["a", "b"]),
        ("@misc{a, doi={10.1000/x}}\n@misc{b, doi={10.1000/X}}", {"title": "Rain", "doi": "10.1000/x"}, ["a", "b"]),
        ("@misc{a, eprint={2010.10915}}\n@misc{b, doi={10.1000/x}}",
         {"title": "Rain", "doi": "10.1000/x", "arxiv": "2010.10915"}, ["b"]),
        # What only mentions the work must go with it.
        ("@misc{a, title={Rain}, note={arXiv:2010.10915}}", {"title": "Rain", "arxiv": "2010.10915"}, ["a"]),
        ("@misc{a, title={Snow on Hills}, note={arXiv:2010.10915}}", {"title": "Rain", "arxiv": "2010.10915"}, []),
        ("@misc{a, title={Rain}, eprint={1706.03762}, note={arXiv:2010.10915}}",
         {"title": "Rain", "arxiv": "2010.10915"}, []),
        # Two publishers' DOIs are two works; a preprint's beside a publisher's is not.
        ("@misc{a, title={Singing Bridges in Winter}, author={A B}, doi={10.1000/y}}",
         {"title": "Singing Bridges in Winter", "authors": ("A B",), "doi": "10.1000/x"}, []),
        ("@misc{a, title={Singing Bridges in Winter}, author={A B}, doi={10.1101/2020.01.01.1}}",
         {"title": "Singing Bridges in Winter", "authors": ("A B",), "doi": "10.1000/x"}, ["a"]),
        ("@misc{a, title={Singing Bridges in Winter}, author={A B}, eprint={1706.03762}}",
         {"title": "Singing Bridges in Winter", "authors": ("A B",), "arxiv": "2010.10915"}, []),
        ("@misc{a, title={Singing Bridges in Winter}, author={C D}}",
         {"title": "Singing Bridges in Winter", "authors": ("A B",)}, []),
    ],
)  # fmt: skip
def test_an_item_is_found_among_the_entries(text: str, fields: dict[str, Any], keys: list[str]) -> None:
    works = Works(entries_in(text.encode(), "refs.bib"))
    found = works.find(Item("ours", Record(**fields)))
    assert ([found.entry.key, *found.others] if found else []) == keys


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("{10.1000/x}", "10.1000/x"),
        ('"{10.1000/x}"', "10.1000/x"),
        (" 10.1000/x ", "10.1000/x"),
        (r"10.1000/a\_b\%c\#d\&e", "10.1000/a_b%c#d&e"),
        (r"{10.1000/a\_b}", "10.1000/a_b"),
        ("a&amp;b", "a&b"),
    ],
)
def test_an_identifier_is_bare(value: str, wanted: str) -> None:
    assert plain(value) == wanted


@pytest.mark.parametrize(
    ("doi", "arxiv", "url", "wanted"),
    [
        ("10.1000/X", None, None, [("doi", "10.1000/x")]),
        ("10.48550/arXiv.2010.10915", None, None, [("arxiv", "2010.10915")]),
        ("none", "2010.10915v3", None, [("arxiv", "2010.10915")]),
        ("10.1000/x", "2010.10915", "https://aclanthology.org/N19-1423",
         [("doi", "10.1000/x"), ("arxiv", "2010.10915"), ("doi", "10.18653/v1/n19-1423")]),
        (None, None, "https://openreview.net/forum?id=abcdef", []),
        (None, "x", "https://example.org/", []),
    ],
)  # fmt: skip
def test_a_record_is_known_by_all_its_identifiers(
    doi: str | None, arxiv: str | None, url: str | None, wanted: list[tuple[str, str]]
) -> None:
    assert identifiers_of(doi, arxiv, url) == wanted
