"""A ``.bib`` file as an issue: values, names, types and identifiers as BibTeX means them, and what is broken."""

from __future__ import annotations

import pytest

from tui.digests import bibtex
from tui.digests.bibtex_values import prose
from tui.digests.document import Document
from tui.digests.records import Collection
from tui.model import Entry, Record


def collect(text: str, source: str = "refs/mine.bib") -> Collection:
    return bibtex.collect(Document(text, source))


def entry(fields: str, kind: str = "article") -> Entry:
    (issue,) = collect(f"@{kind}{{key,\n{fields}\n}}").issues
    assert [remark for remark in issue.warnings if "is not kept" not in remark.why] == []
    return issue.entries[0]


def record(fields: str, kind: str = "article") -> Record:
    found = entry("title = {T}, " + fields, kind).record
    assert found is not None
    return found


def test_a_bib_file_is_one_issue_named_after_it_with_its_entries_in_order() -> None:
    text = "@misc{b, title={First}}\n\n@article{a, title={Second}, author={Doe, Jane}, year=2020}\n"
    (issue,) = collect(text).issues
    assert (issue.title, issue.format, issue.source, issue.text) == ("mine", "bibtex", "refs/mine.bib", text)
    assert [(each.title, each.line) for each in issue.entries] == [("First", 1), ("Second", 3)]


def test_the_users_keys_are_kept_and_a_key_that_stands_twice_only_once() -> None:
    keys = ["Doe", "doe", "a b", "Doe", "z"]
    text = "\n".join(f"@misc{{{key}, title={{{title}}}}}" for key, title in zip(keys, "ABCDE", strict=True))
    found = collect(text)
    assert {place: marks.key for place, marks in found.marks.items()} == {(0, 0): "Doe", (0, 4): "z"}
    assert [each.title for each in found.issues[0].entries] == ["A", "B", "C", "D", "E"]
    assert [(remark.line, remark.text) for remark in found.issues[0].warnings] == [(2, "doe"), (3, "a b"), (4, "Doe")]


def test_broken_entries_are_remarks_with_line_and_text_and_the_rest_is_read() -> None:
    text = (
        "@misc{one, title={One}}\n"
        "@article{two title={Two}}\n"
        "@article{three, title={Three}, year 2020}\n"
        "@misc{four,\n  title = {Four\n"
        "@misc{five, title={Five}}\n"
        "@misc{six, note={nothing}}\n"
        "@misc{seven, title={Seven}, title={Again}}\n"
        "@misc{eight, title={Eight}"
    )
    (issue,) = collect(text).issues
    assert [each.title for each in issue.entries] == ["One", "Five", "Seven"]
    assert [(remark.line, remark.text.split(",")[0]) for remark in issue.warnings] == [
        (2, "@article{two title={Two}}"),
        (3, "@article{three"),
        (4, "@misc{four"),
        (7, "six"),
        (8, "@misc{seven"),
        (9, "@misc{eight"),
    ]
    assert "Four" in issue.warnings[2].text


def test_macros_and_pieces_are_joined_as_bibtex_joins_them() -> None:
    text = (
        '@STRING{pami = "IEEE Trans. PAMI"}\n@string(vol = 12)\n@string{both = PAMI # " and " # {more}}\n'
        '@article{a, title="{"}Quoted{"} {#} one", journal=both, volume = VOL, month = feb # "~3", number = unknown}'
    )
    found = collect(text).issues[0].entries[0].record
    assert found is not None
    assert (found.title, found.venue, found.volume) == ('"Quoted" # one', "IEEE Trans. PAMI and more", "12")
    assert (found.month, found.number) == (2, "unknown")


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"{\'E}cole {BERT}", "École BERT"),
        (r"{P}oincar{\'{e}} and \v{S}afa\v{r}{\'\i}k", "Poincaré and Šafařík"),
        (r"\L{}ukasz {\L}uk {\ss} {\o} {\aa} {\c S}", "Łukasz Łuk ß ø å Ş"),
        ("``Why?'' --- a~question, 1--2", "“Why?” — a question, 1–2"),
        (r"Learning in $O(n^2)$ and {$\Omega(N)$}", r"Learning in $O(n^2)$ and $\Omega(N)$"),
        (r"With \(x_1\) in it", "With $x_1$ in it"),
        (r"R\&D at 5\% \_ \# \$9", "R&D at 5% _ # $9"),
        (r"\emph{Homo} \textsc{Sapiens}", "Homo Sapiens"),
        ("Two\n   lines", "Two lines"),
        ("Between $5 and $10", "Between $5 and $10"),
        ("王 小明", "王 小明"),
    ],
)
def test_tex_is_decoded_and_math_is_kept(tex: str, text: str) -> None:
    assert prose(tex) == text


@pytest.mark.parametrize(
    ("value", "shown", "kept", "more"),
    [
        ("Vaswani, Ashish and Noam Shazeer", ("Ashish Vaswani", "Noam Shazeer"), None, 0),
        ("Doe, Jane and others", ("Jane Doe",), None, 1),
        ("van der Maaten, Laurens", ("Laurens van der Maaten",), None, 0),
        ("Smith, Jr., John", ("John Smith Jr.",), ("Smith, Jr., John",), 0),
        (r"Garc{\'\i}a M{\'a}rquez, Gabriel", ("Gabriel García Márquez",), ("García Márquez, Gabriel",), 0),
        (r"Gabriel {Garc{\'\i}a M{\'a}rquez}", ("Gabriel García Márquez",), ("García Márquez, Gabriel",), 0),
        ("{Barnes and Noble, Inc.} and Ng, A.", ("Barnes and Noble, Inc.", "A. Ng"), None, 0),
        ("{\\'E}mile Zola AND {\\L}ukasz Kaiser", ("Émile Zola", "Łukasz Kaiser"), None, 0),
        ("Jie Zhang 0001\n  and Bo  Li", ("Jie Zhang", "Bo Li"), None, 0),
        ("Sand, George and Andersen, H.", ("George Sand", "H. Andersen"), None, 0),
        ("Doe, Jane,  and , and", ("Jane Doe",), None, 0),
    ],
)
def test_names_are_split_as_bibtex_splits_them(
    value: str, shown: tuple[str, ...], kept: tuple[str, ...] | None, more: int
) -> None:
    found = entry(f"title={{T}}, author = {{{value}}}")
    assert found.record is not None
    assert (found.authors, found.record.authors) == (shown, kept or shown)
    assert found.more_authors == found.record.more_authors == more


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("article", "journal={Nature}", "journal"),
        ("ARTICLE", "journal={Nature}, eprint={1706.03762}, archivePrefix={arXiv}", "journal"),
        ("article", "journal={arXiv preprint arXiv:1706.03762}", "preprint"),
        ("inproceedings", "booktitle={NeurIPS}", "conference"),
        ("conference", "booktitle={ICML Workshop on Time}", "workshop"),
        ("incollection", "booktitle={A Book}", "chapter"),
        ("book", "publisher={MIT Press}", "book"),
        ("phdthesis", "school={MIT}", "thesis"),
        ("mastersthesis", "school={MIT}", "thesis"),
        ("techreport", "institution={MIT}", "report"),
        ("software", "", "software"),
        ("dataset", "", "dataset"),
        ("misc", "eprint={1706.03762}, archiveprefix={arXiv}", "preprint"),
        ("misc", "howpublished={\\url{https://example.org/x}}", "other"),
        ("online", "eprinttype={arxiv}, eprint={1706.03762}", "preprint"),
    ],
)
def test_types_are_those_of_the_record(kind: str, fields: str, expected: str) -> None:
    assert record(fields, kind).type == expected


@pytest.mark.parametrize(
    ("fields", "arxiv", "primary"),
    [
        ("eprint={1706.03762v5}, archivePrefix={arXiv}, primaryClass={cs.CL}", "1706.03762", "cs.CL"),
        ("eprint={arXiv:1706.03762 [cs.CL]}", "1706.03762", "cs.CL"),
        ("arxivId={1706.03762}", "1706.03762", None),
        ("eprint={0309136}, archivePrefix={arXiv}, primaryClass={math.AG}", "math/0309136", "math.AG"),
        ("journal={CoRR}, volume={abs/1706.03762}", "1706.03762", None),
        ("journal={arXiv e-prints}, url={https://arxiv.org/abs/1706.03762}", "1706.03762", None),
        ("note={arXiv:1706.03762 [cs.CL]}", "1706.03762", None),
        ("doi={10.48550/arXiv.1706.03762}", "1706.03762", None),
        ("eprint={hal-01234567}, archivePrefix={HAL}", None, None),
        ("eprint={1706.03762}, eprinttype={pubmed}", None, None),
    ],
)
def test_the_arxiv_id_is_found_wherever_it_is_put(fields: str, arxiv: str | None, primary: str | None) -> None:
    found = record(fields, "misc")
    assert (found.arxiv, found.primary_class) == (arxiv, primary)
    assert entry("title={T}, " + fields, "misc").identifiers == ({"arxiv": arxiv} if arxiv else {})


def test_fields_come_out_bare() -> None:
    found = record(
        "doi={https://doi.org/10.1007/978-3\\_30}, pages={101--110}, year={2020}, month={October}, volume={3},"
        "number={4}, publisher={ACM}, editor={Roe, R. and Poe, P.}, journal={J. of {X}},"
        "url={https://example.org/a\\_b?c=1\\&d=2}, file={/home/me/secret.pdf}"
    )
    assert (found.doi, found.pages, found.year, found.month) == ("10.1007/978-3_30", "101-110", 2020, 10)
    assert (found.volume, found.number, found.publisher, found.venue) == ("3", "4", "ACM", "J. of X")
    assert (found.editors, found.url) == (("R. Roe", "P. Poe"), "https://example.org/a_b?c=1&d=2")


def test_an_entry_states_its_abstract_keywords_and_links_and_no_file() -> None:
    found = entry(
        "title={T}, abstract={One.\n Two.}, keywords={a; b, c}, file={:/home/me/x.pdf:PDF}, url={https://e.org/x.pdf}"
    )
    assert (found.abstract, found.categories) == ("One. Two.", ("a", "b", "c"))
    assert [(link.url, link.rel) for link in found.links] == [("https://e.org/x.pdf", "pdf")]
    assert "/home" not in repr(found)


def test_biblatex_dates_and_names_of_fields_are_read() -> None:
    found = record("date={2020-10-21}, journaltitle={Nature}, subtitle={A Study}, eventtitle={E}")
    assert (found.title, found.year, found.month, found.venue) == ("T: A Study", 2020, 10, "Nature")


def test_a_crossref_gives_what_the_child_lacks() -> None:
    child = "@inproceedings{a, title={A}, crossref={P}, year=2020}\n"
    parent = "@proceedings{p, title={Proc. of X}, year=2021, publisher={ACM}}"
    found = collect(child + parent).issues[0].entries[0].record
    assert found is not None
    assert (found.venue, found.year, found.publisher) == ("Proc. of X", 2020, "ACM")


def test_an_acl_doi_names_the_paper_in_both_schemes() -> None:
    found = entry("title={T}, doi={10.18653/v1/2020.acl-main.1}")
    assert found.identifiers == {"acl": "2020.acl-main.1", "doi": "10.18653/v1/2020.acl-main.1"}


def test_reading_bibtex_writes_nothing_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    collect("@misc{a title={x}}\n@misc{b, title={\\unknownmacro{x} \\begin{y}}}")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("kind", "fields", "more"),
    [
        ("book",
         "publisher={MIT}, edition={2}, isbn={0-262-13472-9}, series={Adaptive {C}omputation}, address={Boston}",
         {"edition": "2", "isbn": "0-262-13472-9", "series": "Adaptive Computation", "location": "Boston"}),
        ("inproceedings", "booktitle={B}, organization={IEEE}, eventtitle={E}, venue={Oslo}, note={Best paper}",
         {"organization": "IEEE", "eventtitle": "E", "venue": "Oslo", "note": "Best paper"}),
        ("article", "journal={J}, issn={1234-5678}, langid={german}, keywords={a; b}, annote={N}, shorttitle={S}",
         {"issn": "1234-5678", "langid": "german", "keywords": "a; b", "annotation": "N", "shorttitle": "S"}),
        ("article", "journal={J}, date={2020-10-21}", {"date": "2020-10-21"}),
        ("article", "journal={J}, year={2019/2020}, month={Spring}", {"date": "2019/2020", "month": "Spring"}),
        ("article", "journal={J}, year={in press}", {"pubstate": "in press"}),
        ("article", "journal={J}, year=2020, month=jul # \"~4\", doi={none yet}",
         {"month": "July 4", "doi": "none yet"}),
        ("misc", "eprint={hal-01234567}, archivePrefix={HAL}, primaryClass={info}",
         {"eprint": "hal-01234567", "eprinttype": "HAL", "eprintclass": "info"}),
        ("misc", "eprint={1706.03762v5}, archivePrefix={arXiv}", {"eprint": "1706.03762v5"}),
        ("misc", "eprint={1706.03762}, archivePrefix={arXiv}, primaryClass={cs.CL}, publisher={arXiv}", {}),
        ("article", "journal={CoRR}, volume={abs/1706.03762}, year=2017", {}),
        ("article", "journal={arXiv preprint arXiv:1706.03762}, pages={1--15}, year=2017", {}),
        ("misc", "note={arXiv:1706.03762}, howpublished={\\url{https://example.org/x}}", {}),
        ("misc", "note={Code at https://example.org/x, v2}", {"note": "Code at https://example.org/x, v2"}),
        ("mastersthesis", "school={MIT}", {"type": "mathesis"}),
        ("phdthesis", "school={MIT}, type={Habilitation}", {"type": "Habilitation"}),
        ("manual", "organization={GNU}", {"organization": "GNU", "entrytype": "manual"}),
        ("patent", "number={US 1}", {"entrytype": "patent"}),
        ("inbook", "booktitle={B}, chapter={3}, translator={Roe, R. and Poe, P.}",
         {"chapter": "3", "translator": "Roe, R. and Poe, P.", "entrytype": "inbook"}),
        ("article", "journal={J}, x-own = {kept too}, timestamp = {2020-01-01}",
         {"x-own": "kept too", "timestamp": "2020-01-01"}),
    ],
)  # fmt: skip
def test_what_a_record_has_no_field_for_is_kept_by_biblatexs_name(kind: str, fields: str, more: dict[str, str]) -> None:
    assert record(fields, kind).more == more


def test_what_is_not_kept_is_said_once_for_each_kind_of_thing() -> None:
    text = (
        "@preamble{ {\\newcommand{\\x}{y}} }\n@comment{jabref-meta: x}\n"
        "@misc{a, title={A}, file={/home/me/a.pdf}, bdsk-file-1 = {YnBsaXN0}, editor={Roe, R. and others}}\n"
        "@misc{b, title={B}, file={/home/me/b.pdf}, url={file:///home/me/c.pdf}}\n"
    )
    (issue,) = collect(text).issues
    assert [(remark.line, remark.text, "(2 times" in remark.why) for remark in issue.warnings] == [
        (1, "@preamble", False), (2, "@comment", False), (3, "and others", False), (3, "file", True),
        (3, "bdsk-file-1", False), (4, "url", False),
    ]  # fmt: skip
    assert all("is not kept: " in remark.why for remark in issue.warnings)
    assert "/home" not in repr(issue.entries)


def test_a_thousand_kinds_of_what_is_not_kept_are_said_in_sixty_one_remarks() -> None:
    fields = ",".join(f"bdsk-file-{n} = {{x}}" for n in range(1000))
    (issue,) = collect(f"@misc{{a, title={{A}}, {fields}}}").issues
    assert len(issue.warnings) == 61
    assert issue.warnings[-1].why == "940 more fields of other names are not kept"


def test_macros_that_nobody_defined_and_parents_that_are_not_there_are_said() -> None:
    (issue,) = collect("@misc{a, title={A}, journal = tpami # vol, crossref={nobody}, month = jan, year = 2020}").issues
    assert [remark.why for remark in issue.warnings] == [
        "its crossref names nobody, which is no entry of this file",
        "a macro that is not defined is read as its name: tpami, vol",
    ]


def test_a_child_takes_what_its_parents_lend_it() -> None:
    text = (
        "@inproceedings{a, title={A}, crossref={p}, xdata={acm, nyc}}\n"
        "@proceedings{p, title={Proc.}, subtitle={Part 1}, series={LNCS}, isbn={1}, doi={10.1000/p}, url={https://p.org}}\n"
        "@xdata{acm, publisher={ACM}}\n@xdata{nyc, location={New York}, title={No paper}}\n"
    )
    found = collect(text).issues[0]
    assert [each.title for each in found.entries] == ["A", "Proc.: Part 1"]
    child = found.entries[0].record
    assert child is not None
    assert (child.venue, child.publisher, child.doi, child.url) == ("Proc.", "ACM", None, None)
    assert child.more == {"booksubtitle": "Part 1", "series": "LNCS", "isbn": "1", "location": "New York"}


def test_entries_that_lend_to_each_other_in_a_circle_are_read() -> None:
    text = "@misc{a, title={A}, crossref={b}, xdata={a}}\n@misc{b, title={B}, crossref={a}, series={S}}"
    assert [each.title for each in collect(text).issues[0].entries] == ["A", "B"]
