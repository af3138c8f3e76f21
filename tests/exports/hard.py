"""Papers as hard as they come, as our own JSON has them, each with what must stand in its BibTeX entry.

An expected value of None says that there is no such field; a tuple under ``title`` or ``author`` holds pieces that
must be in it. ``@`` is the type of the entry. The records in :mod:`tests.exports.awkward` are as hard, and held to
what holds for all.
"""

from __future__ import annotations

from typing import Any

from tests.exports.awkward import RECORDS

Expected = dict[str, str | tuple[str, ...] | None]
Case = tuple[dict[str, Any], Expected]

_LONG = " ".join(f"word{n}" for n in range(14_000))

_TITLES: dict[str, tuple[str, str | tuple[str, ...]]] = {
    "brackets_in_math": (r"The $L^{2}(\mathbb{R}^{n})$ Norm", r"The {$L^{2}(\mathbb{R}^{n})$} Norm"),
    "math_with_text": (r"An $\text{arg max}_{x}$ Rule", r"An {$\mathrm{arg max}_{x}$} Rule"),
    "math_in_parentheses": (r"Sampling \(O(\log n)\) Trees", r"Sampling {$O(\log n)$} Trees"),
    "displayed_math": (r"Of $$E=mc^2$$ Fame", r"Of {$E=mc^2$} Fame"),
    "money_and_math": (r"A $5 Model for $n$ Tasks", r"A \$5 Model for {$n$} Tasks"),
    "nested_groups": ("{Deep {Nested {Groups {of} Words}}}", "Deep Nested Groups of Words"),
    "only_closing": ("Words }}} Only", r"Words \textbraceright{}\textbraceright{}\textbraceright{} Only"),
    "only_opening": ("{{{ Words", r"\textbraceleft{}\textbraceleft{}\textbraceleft{} {Words}"),
    "escaped_braces": (r"Sets \{a, b\}", r"Sets \textbraceleft{}a, b\textbraceright{}"),
    "input_command": (r"\input{secrets} and \include{more}", (r"\textbackslash{}input", r"\textbackslash{}include")),
    "write_command": (r"\immediate\write18{rm -rf x} Now", (r"\textbackslash{}write18",)),
    "def_command": (r"\def\x{y}\x Words", (r"\textbackslash{}def",)),
    "catcode": (r"\catcode`\@=11 Words", (r"\textbackslash{}catcode",)),
    "comment_sign": ("Half% of a Title", r"Half\% of a Title"),
    "line_end_comment": ("All%\nof It", r"All\% of It"),
    "at_entry": ("On @article{evil, title={x}} in Text", ("{@}article",)),
    "at_mail": ("Mail me@example.org", "Mail me{@}example.org"),
    "straight_quotes": ('The "Real" Thing', "The ``Real'' Thing"),
    "quote_opens": ('"Hello," She Said', "``{Hello},'' She Said"),
    "inch_sign": ('A 5" Disk', ("A 5", "Disk")),
    "hash_and_amp": ("C# & F# #1", r"{C}\# \& {F}\# \#1"),
    "ampersand_entity": ("R&amp;D &lt;3", r"{R\&D} \textless{}3"),
    "numeric_entity": ("Caf&#233; &#x2013; Bar", r"Caf{\'e} -- {Bar}"),
    "unknown_entity": ("A &foo; B", r"A foo {B}"),
    "jats": ("<jats:italic>E. coli</jats:italic> Grows", (r"\emph{E. coli}", "Grows")),
    "scp_tag": ("<scp>DNA</scp> Repair", r"\textsc{DNA} Repair"),
    "html_break": ("One<br/>Two", "One Two"),
    "html_link": ('<a href="https://x.example">Linked</a> Words', "Linked Words"),
    "mathml_sub": (
        "<mml:math><mml:msub><mml:mi>H</mml:mi><mml:mn>2</mml:mn></mml:msub></mml:math>O", ("H", "2", "O"),
    ),
    "tex_math_tag": ("<tex-math>$\\alpha$</tex-math> Decay", r"{$\alpha$} Decay"),
    "acute": ("Café Société", r"Caf{\'e} Soci{\'e}t{\'e}"),
    "dotless": (r"Na\"{\i}ve and na\"ive", r"Na{\"i}ve and na{\"i}ve"),
    "arxiv_accents": (r"Poincar\'e, G\"odel, \v{C}ech", r"Poincar{\'e}, G{\"o}del, {\v{C}}ech"),
    "cedilla": (r"Fran\c{c}ois", r"Fran{\c{c}}ois"),
    "horned": ("Người Việt Nam", ("Ng", "i Vi{\\^{\\d{e}}}t Nam")),
    "dotted_i": ("İzmir ve Iğdır", (r"{\.I}zmir ve I{\u{g}}d{\i}r",)),
    "comma_below": ("Știință și Țară", (r"{\textcommabelow{S}}tiin{\textcommabelow{t}}{\u{a}}",)),
    "cyrillic": ("Война и мир", ("Война и мир",)),
    "greek_word": ("Λόγος Now", (r"\Lambda", "Now")),
    "hebrew": ("שלום World", ("שלום World",)),
    "arabic": ("مرحبا World", ("مرحبا World",)),
    "devanagari": ("नमस्ते World", ("World",)),
    "thai": ("สวัสดี World", ("World",)),
    "kana": ("ひらがな と カタカナ", ("ひらがな",)),
    "emoji_joined": ("A 👨‍👩‍👧 Family 🇩🇪", ("Family",)),
    "emoji_only_words": ("🤗 Transformers", ("{Transformers}",)),
    "hyphens": ("X-ray, e-mail, T-cell and Co‑training", "{X}-ray, e-mail, {T}-cell and Co-training"),
    "roman": ("Type II and World War I", "Type {II} and World War {I}"),
    "versions": ("LLaMA 2, GPT-4 and YOLOv7", "{LLaMA} 2, {GPT}-4 and {YOLOv7}"),
    "proper_nouns": ("Bayesian methods for German and Python", "Bayesian methods for {German} and {Python}"),
    "possessive": ("On Zipf's Law", "On {Zipf's} Law"),
    "question_then": ("Why? Because It Works", "Why? {Because} It Works"),
    "final_stops": ("The End.", "The End"),
    "ellipsis_end": ("To Be...", ("To Be",)),
    "soft_hyphen": ("Trans\u00adformers at\u00a0Work", "Transformers at Work"),
    "bidi": ("Safe\u202egnp.exe\u202c Words", ("Safe", "Words")),
    "zero_width": ("Zero\u200bWidth\ufeff Words", ("Words",)),
    "nfd": ("Cafe\u0301 Noir", r"Caf{\'e} Noir"),
    "ligature": ("Eﬃcient ﬂow", "Efficient flow"),
    "superscript": ("CO₂ and 10⁻³", (r"\textsubscript{2}", r"\textsuperscript{-3}")),
    "fraction": ("½ of 10 µm", (r"\textonehalf{}", "m")),
    "arrow": ("A → B ⇒ C", (r"A \textrightarrow{} {B}", r"\Rightarrow")),
    "unknown_sign": ("A ⍼ B", "A ⍼ {B}"),
    "backslash_alone": ("Left \\ Right", "Left Right"),
    "tab_and_lines": ("One\t\tTwo\r\n  Three", "One Two Three"),
    "hundred_thousand": (_LONG[:100_000], ("word0 word1",)),
    "many_dollars": ("$ " * 99 + "x", (r"\$ \$",)),
    "many_braces": ("{" * 300 + "Braced x" + "}" * 300, ("Braced", "x")),
    "url_in_title": ("See https://x.example/a_b%20c", r"See https://x.example/a\_b\%20c"),
    "windows_path": (r"In C:\Users\me", (r"\textbackslash{}Users",)),
    "macro_like": (r"\BibTeX and \LaTeX: \TeX", ("{\\LaTeX}", "{\\TeX}")),
    "small_capitals": (r"\textsc{Bert} and {\sc Elmo}", (r"\textsc{Bert}",)),
    "none_word": ("None of the Above", "None of the Above"),
    "null_island": ("Null: a Value", "Null: a Value"),
}  # fmt: skip

_AUTHORS: dict[str, tuple[tuple[str, ...], str | tuple[str, ...]]] = {
    "comma_form": (("García Márquez, Gabriel",), r"Garc{\'i}a M{\'a}rquez, Gabriel"),
    "comma_suffix": (("King, Jr., Martin Luther",), "King, Jr., Martin Luther"),
    "third": (("Henry Louis Gates III",), "Gates, III, Henry Louis"),
    "dutch": (("Guido van Rossum", "van den Berg, Jan"), "van Rossum, Guido and van den Berg, Jan"),
    "german": (("Carl Friedrich von Weizsäcker",), r"von Weizs{\"a}cker, Carl Friedrich"),
    "portuguese": (("João da Silva",), r"da Silva, Jo{\~a}o"),
    "spanish_y": (("Santiago Ramón y Cajal",), ("Cajal",)),
    "irish": (("Sinéad O’Connor",), r"O'Connor, Sin{\'e}ad"),
    "arabic_al": (("Omar al-Farabi",), "{al-Farabi}, Omar"),
    "vietnamese": (("Nguyễn Văn An",), ("An, Nguy",)),
    "turkish": (("Ömer Şahin", "Işıl Çağlar"), (r"{\c{S}}ahin, {\"O}mer",)),
    "icelandic": (("Þórður Ægisson",), r"{\AE}gisson, {\TH}{\'o}r{\dh}ur"),
    "czech": (("Jiří Dvořák",), r"Dvo{\v{r}}{\'a}k, Ji{\v{r}}{\'i}"),
    "hungarian": (("Erdős Pál",), ("P{\\'a}l",)),
    "collaboration": (("The LIGO Scientific Collaboration",), "{The LIGO Scientific Collaboration}"),
    "company": (("Hugging Face, Inc.", "Mistral AI"), ("{Hugging Face, Inc.}",)),
    "research_lab": (("Microsoft Research",), "{Microsoft Research}"),
    "single": (("Aristotle",), "Aristotle"),
    "single_lower": (("gwern",), "{gwern}"),
    "initials": (("D.E. Knuth", "R. A. Fisher"), "Knuth, D. E. and Fisher, R. A."),
    "hyphen_initials": (("J.-B. Tenenbaum",), "Tenenbaum, J.-B."),
    "and_inside": (("Simon and Schuster",), "{Simon and Schuster}"),
    "semicolons": (("Smith, J.; Doe, A.",), "Smith, J. and Doe, A."),
    "et_al_kept_out": (("A. Turing et al.",), "Turing, A. and others"),
    "homonym": (("Jian Sun 0001", "Jian Sun 0002"), "Sun, Jian and Sun, Jian"),
    "footnote_marks": (("Ann Lee¹", "Bob Ray²†"), "Lee, Ann and Ray, Bob"),
    "html_name": (("Andr&eacute; <b>Weil</b>",), r"Weil, Andr{\'e}"),
    "tex_name": ((r"Bj{\"o}rn Ommer", r"{\O}ystein Ore"), r"Ommer, Bj{\"o}rn and Ore, {\O}ystein"),
    "chinese": (("李飞飞", "吴恩达"), "{李飞飞} and {吴恩达}"),
    "chinese_spaced": (("王 小明",), "王, 小明"),
    "korean": (("김 민준",), "김, 민준"),
    "cyrillic": (("Андрей Марков",), "Марков, Андрей"),
    "arabic": (("محمد بن موسى",), ("محمد",)),
    "at_and_percent": (("A%B C@D",), (r"\%",)),
    "injected": (("X}}, note={evil", "Ada Lovelace"), ("Lovelace, Ada",)),
    "blank_names": ((" ", "", "Ada Lovelace", "  "), "Lovelace, Ada"),
    "twelve_hundred": (tuple(f"Ann Le{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}{chr(97 + n // 676)}"
                             for n in range(1200)), ("Leaaa, Ann and Leaba, Ann",)),
}  # fmt: skip

_FIELDS: dict[str, tuple[dict[str, Any], Expected]] = {
    "neurips": (
        {"type": "conference", "venue": "Advances in Neural Information Processing Systems", "volume": "30",
         "publisher": "Curran Associates, Inc.", "pages": "5998-6008", "year": 2017},
        {"@": "inproceedings", "booktitle": "Advances in Neural Information Processing Systems", "volume": "30",
         "publisher": "Curran Associates, Inc.", "pages": "5998--6008", "year": "2017"},
    ),
    "cvpr": (
        {"type": "conference", "year": 2022,
         "venue": "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"},
        {"@": "inproceedings",
         "booktitle": "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"},
    ),
    "acl": (
        {"type": "conference", "year": 2021, "month": 8, "pages": "7088–7105", "doi": "10.18653/v1/2021.acl-long.551",
         "venue": "Proceedings of the 59th Annual Meeting (Volume 1: Long Papers)",
         "more": {"location": "Online", "series": "ACL"}},
        {"@": "inproceedings", "booktitle": "Proceedings of the 59th Annual Meeting (Volume 1: Long Papers)",
         "address": "Online", "series": "ACL", "month": "aug", "doi": "10.18653/v1/2021.acl-long.551"},
    ),
    "short_venue_with_year": (
        {"type": "conference", "venue": "NeurIPS 2021", "year": 2021}, {"booktitle": "NeurIPS", "year": "2021"},
    ),
    "year_in_parentheses": (
        {"type": "conference", "venue": "Conference on Things (2021)", "year": 2021},
        {"booktitle": "Conference on Things"},
    ),
    "year_of_another": (
        {"type": "conference", "venue": "NeurIPS 2021", "year": 2022}, {"booktitle": "NeurIPS 2021"},
    ),
    "year_in_the_name": (
        {"type": "conference", "venue": "Findings of the ACL: EMNLP 2020", "year": 2020},
        {"booktitle": "Findings of the ACL: EMNLP 2020"},
    ),
    "crossref_residue": (
        {"type": "conference", "venue": "Proceedings of the 40th Annual Meeting - ACL '02", "year": 2001},
        {"booktitle": "Proceedings of the 40th Annual Meeting"},
    ),
    "article_publisher": (
        {"type": "journal", "venue": "Nature", "publisher": "Springer Science and Business Media LLC"},
        {"@": "article", "publisher": None},
    ),
    "article_number": (
        {"type": "journal", "venue": "Physical Review Letters", "more": {"eid": "061102"}}, {"pages": "061102"},
    ),
    "series_of_chapter": (
        {"type": "chapter", "venue": "Machine Learning Handbook", "publisher": "Springer", "editors": ["Ed Itor"],
         "more": {"series": "Lecture Notes & More", "edition": "Second", "chapter": "3", "location": "Berlin"}},
        {"@": "incollection", "booktitle": "Machine Learning Handbook", "series": r"Lecture Notes \& More",
         "edition": "Second", "chapter": "3", "address": "Berlin", "editor": "Itor, Ed"},
    ),
    "volume_and_number": (
        {"type": "conference", "venue": "AAAI", "volume": "34", "number": "5"}, {"volume": "34", "number": None},
    ),
    "number_of_series": (
        {"type": "book", "publisher": "P", "number": "12", "more": {"series": "Notes"}},
        {"@": "book", "number": "12", "series": "Notes"},
    ),
    "thesis_phd": (
        {"type": "thesis", "more": {"institution": "ETH Zürich", "type": "phdthesis"}},
        {"@": "phdthesis", "school": r"ETH Z{\"u}rich", "type": None},
    ),
    "thesis_master": (
        {"type": "thesis", "venue": "MIT", "more": {"type": "Master's thesis"}},
        {"@": "mastersthesis", "school": "MIT", "type": None},
    ),
    "thesis_other": (
        {"type": "thesis", "venue": "MIT", "more": {"type": "Habilitation"}},
        {"@": "phdthesis", "type": "Habilitation"},
    ),
    "report_with_number": (
        {"type": "report", "number": "MSR-TR-2020-1", "more": {"institution": "Microsoft Research"}},
        {"@": "techreport", "institution": "Microsoft Research", "number": "MSR-TR-2020-1"},
    ),
    "software_version": (
        {"type": "software", "publisher": "Zenodo", "more": {"version": "1.2.0"}, "url": "https://x.example/a_b"},
        {"@": "misc", "howpublished": "Zenodo", "note": "Version 1.2.0", "url": "https://x.example/a_b"},
    ),
    "dataset_doi": (
        {"type": "dataset", "publisher": "Zenodo", "doi": "10.5281/zenodo.123_4"},
        {"@": "misc", "doi": "10.5281/zenodo.123_4"},
    ),
    "private_things_stay": (
        {"type": "journal", "venue": "Nature",
         "more": {"note": "my own", "file": "/home/me/x.pdf", "abstract": "Long.", "keywords": "a, b"}},
        {"note": None, "file": None, "abstract": None, "keywords": None},
    ),
    "arxiv_old": ({"arxiv": "math.GT/0309136v2"}, {"eprint": "math/0309136", "archivePrefix": "arXiv"}),
    "arxiv_older": (
        {"arxiv": "hep-th/9711200"}, {"eprint": "hep-th/9711200", "primaryClass": "hep-th"},
    ),
    "arxiv_as_url": (
        {"url": "https://arxiv.org/abs/2105.10915v3", "primary_class": "cs.SD"},
        {"eprint": "2105.10915", "primaryClass": "cs.SD"},
    ),
    "arxiv_as_doi": (
        {"doi": "10.48550/arXiv.2106.10915", "primary_class": "cs.SD"},
        {"eprint": "2106.10915", "archivePrefix": "arXiv"},
    ),
    "doi_brackets": (
        {"doi": "10.1016/S0735-1097(98)00347-7"}, {"doi": "10.1016/s0735-1097(98)00347-7"},
    ),
    "doi_angle": (
        {"doi": "10.1002/(SICI)1097<1::AID>3.0.CO;2-#"}, {"doi": "10.1002/(sici)1097<1::aid>3.0.co;2-#"},
    ),
    "doi_as_url": ({"doi": "HTTPS://DX.DOI.ORG/10.1234/X_y"}, {"doi": "10.1234/x_y"}),
    "empty_fields": (
        {"venue": "", "volume": "  ", "number": "", "pages": " - ", "publisher": "\t", "url": "", "doi": ""},
        {"volume": None, "number": None, "pages": None, "publisher": None, "url": None, "doi": None},
    ),
    "venue_with_specials": (
        {"type": "journal", "venue": "Arts & 100% #1_Journal"}, {"journal": r"Arts \& 100\% \#1\_Journal"},
    ),
    "volume_with_specials": (
        {"type": "journal", "venue": "J", "volume": "A&B", "number": "1_2"}, {"volume": r"A\&B", "number": r"1\_2"},
    ),
    "publisher_injected": (
        {"type": "book", "publisher": "P}, note={x"}, {"publisher": r"P\textbraceright{}, note=\textbraceleft{}x"},
    ),
    "url_with_braces": (
        {"url": "https://x.example/{a}?q=\\b|c^d"}, {"url": "https://x.example/%7Ba%7D?q=%5Cb%7Cc%5Ed"},
    ),
    "url_javascript": ({"url": "javascript:alert(1)"}, {"url": None}),
    "nobody_wrote_it": ({"authors": [], "type": "other"}, {"author": None, "key": "On the entry of nobody wrote"}),
}  # fmt: skip


def _cases() -> dict[str, Case]:
    made: dict[str, Case] = {}
    for name, (title, tex) in _TITLES.items():
        made[f"title {name}"] = {"title": title, "authors": ["Ada Lovelace"], "year": 1900 + len(made)}, {"title": tex}
    for name, (authors, written) in _AUTHORS.items():
        title = f"The matter of {name.replace('_', ' ')}"
        made[f"author {name}"] = (
            {"title": title, "authors": list(authors), "year": 1900 + len(made)},
            {"author": written},
        )
    for name, (fields, expected) in _FIELDS.items():
        record = {
            "title": f"On the entry of {name.replace('_', ' ')}",
            "authors": ["Barbara Liskov"],
            "year": 1950 + len(made),
        }
        made[f"field {name}"] = {**record, **fields}, expected
    for name, known in RECORDS.items():
        if name == "escaped_already":
            # To a library it is the same paper as "percent".
            continue
        stated = {key: getattr(known, key) for key in known.__dataclass_fields__ if getattr(known, key)}
        made[f"awkward {name}"] = {key: list(v) if isinstance(v, tuple) else v for key, v in stated.items()}, {}
    return made


CASES: dict[str, Case] = _cases()
"""Name to record, as in our own JSON, and what its BibTeX entry must hold."""
