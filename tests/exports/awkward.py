"""Records that BibTeX exports have stumbled over: each a kind of trouble, by a name that says which."""

from __future__ import annotations

from typing import Any

from tui.model import Record

_TITLES = {
    "acronym": "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
    "quoted_opening": '"Why Should I Trust You?": Explaining the Predictions of Any Classifier',
    "curly_quotes": "The “Curse” of ‘Dimensionality’ in k’th Neighbours",
    "nested_quotes": "“‘Seeing’ Is Believing”: A Study",
    "subtitle_after_question": "Are We There Yet? The Case of Benchmarks",
    "math": r"A Lower Bound of $\Omega(N \log N)$ for Sorting in $\mathbb{R}^d$",
    "math_first": r"$\alpha$-GAN and $\beta$-VAE Compared",
    "math_with_braces": r"Sets $\{x \mid x > 0\}$ and Norms $\|x\|_2$",
    "math_unreadable": r"On the $\foo{bar}$ Operator and $x^2^3$",
    "bare_math": r"Bounds of \mathcal{O}(n^2) in \mathbb{R}^{d}",
    "money": "Between $5 and $10: the Price of a Label",
    "percent": "100% Recall & 50% Cost: #1 on the_leaderboard",
    "escaped_already": r"100\% Recall \& 50\% Cost: \#1 on the\_leaderboard",
    "tex_accents": r"Poincar{\'e} Maps, M\"obius Bands and Erd\H{o}s Numbers",
    "tex_emphasis": r"{\em Homo Sapiens} and \emph{Pan Troglodytes}: {\it A} Comparison",
    "tex_logo": r"From \LaTeX{} to \TeX: Fifty Years",
    "tex_groups": "{T}-cell Counts on the {Moon} and {BERT}",
    "whole_title_braced": "{{Deep Residual Learning for Image Recognition}}",
    "unbalanced_open": "A { that Never Closes",
    "unbalanced_close": "A } that Never Opens",
    "injection": "Harmless}}, note = {injected}, title = {x",
    "injected_entry": "Harmless\n}\n@misc{evil, title={x}}",
    "at_sign": "Write to author@example{org} and @BERT",
    "final_backslash": "A Title that Ends in a Backslash\\",
    "dangerous_commands": r"\input{/etc/passwd} \write18{rm} \immediate\openout0 and \csname x\endcsname",
    "html": "H<sub>2</sub>O on <i>Mars</i> &amp; CO<sub>2</sub> in 10<sup>-3</sup> mol",
    "html_twice": "Salt &amp;amp; Pepper &lt;i&gt;in vivo&lt;/i&gt;",
    "html_stray": "A <b>bold claim with no end and a<b but c>d",
    "mathml": "<mml:math><mml:msub><mml:mi>x</mml:mi><mml:mn>1</mml:mn></mml:msub></mml:math> in Theory",
    "vietnamese": "Tiếng Việt Ngữ Pháp: Đặng Thùy Trâm Ế Ạ",
    "turkish": "İstanbul'da Işık ve Ğ Şifa",
    "romanian": "Țara și Știința Română",
    "polish": "Łódź: Źródła i Żółć",
    "nordic": "Ærø, Øystein, Åse, Þór og Ðúfa",
    "mid_title_l": "The Łukasiewicz Logic of Østerbro",
    "greek_letters": "ε-Greedy Policies with λ-Returns and Δt ≤ π/2",
    "greek_words": "Ανάλυση Κειμένου με Νευρωνικά Δίκτυα",
    "cyrillic": "Обучение без Учителя: a Survey",
    "cjk": "深度学习 in Practice: 機械学習と한국어",
    "arabic": "تعلم الآلة for Arabic Text",
    "persian_joiner": "می‌خواهم Unlearn",
    "emoji": "Attention 🎉 Is ❤️ All You Need 👩‍🔬",
    "symbols": "x ∈ ℝ, ∀ε → 0, a ≠ b ≈ c ± d × e ÷ f ∞ √2 ∑ ∏ ∫ ∂ ∇",
    "more_symbols": "⊕ ⊗ ⊢ ⊨ ⟨x⟩ ⌈y⌉ ‖z‖ ⇒ ⇔ ↦ ↯ ⇝ ★ ✓ ♭ ☆",
    "currency": "€100, £20, ¥5, ₹30, ₽7, ₿1 and 20 ¢",
    "superscripts": "SO₄²⁻ and x² in 10⁻³ m³",
    "script_letters": "The 𝒪(𝑛) of 𝔽₂ and 𝐀𝐁𝐂 over ℂ",
    "ligatures": "Eﬃcient ﬁne-tuning of Ⅳ with ½ and ⅓",
    "combining": "x\u0302 and q\u0303 decomposed e\u0301",
    "hyphens": "Non‑breaking‐hyphens–dashes—more −1 and ---",
    "ellipsis": "And Then… There Were None...",
    "final_stop": "A Title With a Final Stop.",
    "final_abbreviation": "Data at Acme, Inc.",
    "all_capitals": "DEEP LEARNING FOR MRI: A SURVEY OF 3D METHODS",
    "sentence_case": "A study of dialects in Egypt and Morocco using large models",
    "single_letters": "C and R: Vitamin A, Type I/II Errors and X-Rays",
    "camel": "XLNet, iPhone, eBay, LLaMA-2 and GPT-4V(ision)",
    "parenthesised": "(S)GD and (Semi)Supervised Learning (of BERTs)",
    "underscore_caret": "snake_case ^ up ~ tilde < less > more | bar \\ back ` grave",
    "only_symbols_and_word": "??? — What",
    "digits_first": "10 Things: 3D, 4-bit and 1/2",
    "zero_width": "Zero\u200bWidth \ufeffand\u00adSoft",
    "control": "Bell\x07 and Escape\x1b[31m Red",
}

_AUTHORS: dict[str, tuple[str, ...]] = {
    "particles": ("Ludwig van Beethoven", "Laurens Van Der Maaten", "Charles de la Vallée Poussin", "Gerard 't Hooft"),
    "arabic_particles": ("Muhammad al-Khwarizmi", "Abu al-Walid ibn Rushd", "Jean le Rond d'Alembert"),
    "suffixes": ("Martin Luther King, Jr.", "John Smith Jr.", "King, Jr., Martin Luther", "Sammy Davis III"),
    "organisations": (
        "ATLAS Collaboration",
        "Google, Inc.",
        "Barnes and Noble",
        "OpenAI",
        "DeepSeek-AI",
        "The X Group",
    ),
    "press_is_a_person": ("Ofir Press", "Noah A. Smith"),
    "initials": ("J.R.R. Tolkien", "J.-P. Serre", "G. E. Hinton"),
    "accents": ("Émile Zola", "Łukasz Kaiser", "Øyvind Tafjord", "Ştefan Çelik", "Đặng Thị Ế", "Jānis Bērziņš"),
    "tex_accents_in_names": (r"{\'E}mile Zola", r"Paul Erd\H{o}s", r"{\L}ukasz Kaiser"),
    "html_in_names": ("Jos&eacute; P&eacute;rez", "A. <i>B.</i> Smith"),
    "inverted": ("Gogh, Vincent van", "García Márquez, Gabriel", "De la Cruz, Juan"),
    "single_names": ("Plato", "Madonna", "Sukarno"),
    "chinese": ("王小明", "王 小明", "李 雷"),
    "scripts": ("Иван Петров", "Γιώργος Παπαδόπουλος", "محمد علي", "山田 太郎", "김 철수"),
    "marks": ("John Smith*", "Wei Wang 0001", "Jane Doe (MIT)", "Ann Lee†", "Bob Ray1"),
    "joined": ("A. Smith and B. Jones", "Carl Doe; Dora Roe"),
    "et_al": ("Ada Lovelace", "et al."),
    "as_printed": ("JOHN SMITH", "bell hooks"),
    "nobody": ("", "N/A", "Ada Lovelace", "None"),
    "dashes": (
        "Foo, –",
        "– Foo",
        "Foo –",
        "–, Foo",
        "von –, Foo",
        "Foo — Bar",
        "Foo Bar --",
        "A B and – –",
    ),
    "odd": ("X Æ A-12", "Xiaodong (Tom) He", "Prof. Jane Doe", "Smith & Sons", "@handle", "a_b c#d"),
    "many": tuple(f"Given{chr(97 + n % 26)} Family{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}" for n in range(1200)),
}

_FIELDS: dict[str, dict[str, Any]] = {
    "journal": {"type": "journal", "venue": "Nature & Science", "volume": "12", "number": "3-4", "pages": "S12–S15"},
    "conference": {"type": "conference", "venue": "Proceedings of the 10% Club", "pages": "1-10", "publisher": "ACM"},
    "conference_without_venue": {"type": "conference"},
    "journal_without_authors": {"type": "journal", "venue": "Nature", "authors": ()},
    "workshop": {"type": "workshop", "venue": "Workshop on $\\mu$Things", "editors": ("Ed Itor", "Van Der Ed")},
    "chapter": {"type": "chapter", "venue": "Handbook", "publisher": "MIT Press", "pages": "pp. 100 - 120"},
    "book": {"type": "book", "publisher": "O'Reilly & Sons", "venue": "LNCS", "volume": "7"},
    "edited_book": {"type": "book", "authors": (), "editors": ("Ed Itor",), "publisher": "Springer"},
    "thesis": {"type": "thesis", "publisher": "ETH Zürich"},
    "masters_thesis": {"type": "thesis", "venue": "Master's thesis, Uni Köln"},
    "report": {"type": "report", "venue": "CERN", "number": "CERN-2020-1"},
    "software": {"type": "software", "venue": "Zenodo", "url": "https://example.org/a b/ü?q=é&x={1}|\\^"},
    "dataset": {"type": "dataset", "publisher": "Kaggle", "url": "https://bücher.example/x"},
    "preprint": {"arxiv": "2010.10915v3", "primary_class": "cs.SD", "month": 10},
    "old_preprint": {"arxiv": "hep-th/9901001", "month": 1},
    "published_with_arxiv": {"type": "journal", "venue": "JMLR", "arxiv": "1901.00001", "primary_class": "stat.ML"},
    "arxiv_as_journal": {
        "type": "journal", "venue": "arXiv preprint arXiv:2001.00001", "arxiv": "2001.00001", "primary_class": "cs.LG",
    },
    "doi_as_url": {"doi": "https://doi.org/10.1000/ABC_def.1", "url": "https://doi.org/10.1000/ABC_def.1"},
    "doi_with_brackets": {"doi": "10.1002/(SICI)1097-0258(19980815)17:15/16<1661::AID-SIM968>3.0.CO;2-2"},
    "doi_that_is_none": {"doi": "not a doi"},
    "url_that_is_none": {"url": "file:///home/me/paper.pdf"},
    "url_with_password": {"url": "https://me:secret@example.org/paper"},
    "url_escaped": {"url": r"https://example.org/a\_b?x=1&amp;y=2"},
    "placeholders": {"venue": "N/A", "publisher": "None", "volume": "n/a", "number": "-", "pages": "--"},
    "year_of_two_digits": {"year": 20},
    "no_year": {"year": None},
    "month_of_no_year": {"month": 13},
    "month_without_year": {"year": None, "month": 3},
    "year_of_many_digits": {"year": 10**4000, "month": 3},
    "pages_of_articles": {"type": "journal", "venue": "PLoS ONE", "pages": "e0123456"},
    "pages_with_letters": {"type": "journal", "venue": "Cell", "pages": "12:1—12:30"},
    "pages_list": {"type": "journal", "venue": "Cell", "pages": "3-5, 7, 9-"},
}  # fmt: skip


def _records() -> dict[str, Record]:
    made: dict[str, Record] = {}
    for number, (name, title) in enumerate(_TITLES.items()):
        made[name] = Record(title=title, authors=("Ada Lovelace",), year=1900 + number)
    for name, authors in _AUTHORS.items():
        made[name] = Record(title=f"The case of {name.replace('_', ' ')}", authors=authors, year=2001)
    for name, fields in _FIELDS.items():
        known: dict[str, Any] = {"authors": ("Grace Hopper",), "year": 1950 + len(made) % 50}
        made[name] = Record(title=f"On the fields of {name.replace('_', ' ')}", **{**known, **fields})
    return made


RECORDS: dict[str, Record] = _records()
