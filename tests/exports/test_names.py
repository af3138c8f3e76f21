from __future__ import annotations

import pytest

from tui.exports.bylines import byline
from tui.exports.names import people


@pytest.mark.parametrize(
    ("author", "written"),
    [
        ("Ashish Vaswani", "Vaswani, Ashish"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Laurens Van Der Maaten", "Van Der Maaten, Laurens"),
        ("Charles de la Vallée Poussin", r"de la Vall{\'e}e Poussin, Charles"),
        ("Jean le Rond d'Alembert", "{d'Alembert}, Jean le Rond"),
        ("Muhammad al-Khwarizmi", "{al-Khwarizmi}, Muhammad"),
        ("José Ortega y Gasset", r"{Ortega y Gasset}, Jos{\'e}"),
        ("Gogh, Vincent van", "van Gogh, Vincent"),
        ("Juan De la Cruz", "{De la Cruz}, Juan"),
        ("Ben Poole", "Poole, Ben"),
        ("Quoc Le", "Le, Quoc"),
        ("Thi Van Nguyen", "Nguyen, Thi Van"),
        ("Martin Luther King, Jr.", "King, Jr., Martin Luther"),
        ("King, Martin Luther, Jr.", "King, Jr., Martin Luther"),
        ("John Smith Jr", "Smith, Jr., John"),
        ("J.R.R. Tolkien", "Tolkien, J. R. R."),
        ("J.-P. Serre", "Serre, J.-P."),
        ("Émile Zola", r"Zola, {\'E}mile"),
        (r"{\L}ukasz Kaiser", r"Kaiser, {\L}ukasz"),
        ("Jos&eacute; P&eacute;rez", r"P{\'e}rez, Jos{\'e}"),
        ("ATLAS Collaboration", "{ATLAS Collaboration}"),
        ("Google, Inc.", "{Google, Inc.}"),
        ("Barnes and Noble", "{Barnes and Noble}"),
        ("Gemini Team, Google", "{Gemini Team, Google}"),
        ("École Normale Research Group", r"{{\'E}cole Normale Research Group}"),
        ("Ofir Press", "Press, Ofir"),
        ("Plato", "Plato"),
        ("OpenAI", "{OpenAI}"),
        ("王小明", "{王小明}"),
        ("王 小明", "王, 小明"),
        ("小明 王", "王, 小明"),
        ("Γιώργος Ω", r"{\ensuremath{\Omega}}, {\ensuremath{\Gamma}}{$\iota\acute{\omega}\rho\gamma o\varsigma$}"),
        ("Wei Wang 0001", "Wang, Wei"),
        ("John Smith*", "Smith, John"),
        ("Jane Doe (MIT)", "Doe, Jane"),
        ("Xiaodong (Tom) He", "He, Xiaodong {(Tom)}"),
        ("A. Smith and B. Jones", "Smith, A. and Jones, B."),
        ("Carl Doe; Dora Roe", "Doe, Carl and Roe, Dora"),
        ("Smith, J., Jones, K.", "Smith, J. and Jones, K."),
        ("JOHN SMITH", "SMITH, JOHN"),
        ("bell hooks", "hooks, bell"),
        ("N/A", ""),
        ("– Foo", "Foo"),
        ("Foo –", "Foo"),
        ("von –, Foo", "von, Foo"),
        ("Foo — Bar", "Bar, Foo"),
    ],
)
def test_a_name_is_written_as_bibtex_reads_it(author: str, written: str) -> None:
    names, _ = people([author])
    assert byline(names, more=False) == written


@pytest.mark.parametrize("last", ["et al.", "et al", "and others", "others"])
def test_those_who_are_not_named_are_others(last: str) -> None:
    names, more = people(["Ada Lovelace", last])
    assert byline(names, more) == "Lovelace, Ada and others"


def test_all_of_many_authors_are_kept() -> None:
    names, more = people([f"Given Family{chr(97 + n % 26)}" for n in range(1200)])
    assert (len(names), more) == (1200, False)
