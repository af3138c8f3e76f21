"""Editions of the five kinds printed from known papers, as text and as page, with the habits that editions have.

Titles, names and identifiers are real papers'; every sentence is made up here from a small vocabulary.
"""

from __future__ import annotations

import html
import random
import re
import textwrap
from dataclasses import dataclass, field

FACTS = (
    ("Attention Is All You Need", "1706.03762", "Ashish Vaswani|Noam Shazeer|Niki Parmar|Jakob Uszkoreit"),
    ("Deep Residual Learning for Image Recognition", "1512.03385", "Kaiming He|Xiangyu Zhang|Shaoqing Ren|Jian Sun"),
    ("Adam: A Method for Stochastic Optimization", "1412.6980", "Diederik P. Kingma|Jimmy Ba"),
    ("Auto-Encoding Variational Bayes", "1312.6114", "Diederik P. Kingma|Max Welling"),
    (
        "What Does BERT Look At? An Analysis of BERT's Attention",
        "1906.04341",
        "Kevin Clark|Urvashi Khandelwal|Omer Levy",
    ),
    (
        "XLNet: Generalized Autoregressive Pretraining for Language Understanding",
        "1906.08237",
        "Zhilin Yang|Zihang Dai",
    ),
    (
        "ELECTRA: Pre-training Text Encoders as Discriminators Rather Than Generators",
        "2003.10555",
        "Kevin Clark|Quoc V. Le",
    ),
    ("Unsupervised Cross-lingual Representation Learning at Scale", "1911.02116", "Alexis Conneau|Kartikay Khandelwal"),
    ("On Calibration of Modern Neural Networks", "1706.04599", "Chuan Guo|Geoff Pleiss|Yu Sun|Kilian Q. Weinberger"),
    (
        "The Lottery Ticket Hypothesis: Finding Sparse, Trainable Neural Networks",
        "1803.03635",
        "Jonathan Frankle|Michael Carbin",
    ),
    (
        "Why Should I Trust You? Explaining the Predictions of Any Classifier",
        "1602.04938",
        "Marco Tulio Ribeiro|Sameer Singh",
    ),
    ("GloVe: Global Vectors for Word Representation", None, "Jeffrey Pennington|Richard Socher|Christopher D. Manning"),
    ("Layer Normalization", "1607.06450", "Jimmy Lei Ba|Jamie Ryan Kiros|Geoffrey E. Hinton"),
    ("Neural Ordinary Differential Equations", "1806.07366", "Ricky T. Q. Chen|Yulia Rubanova|Jesse Bettencourt"),
    ("How to represent part-whole hierarchies in a neural network", "2102.12627", "Geoffrey Hinton"),
    ("Wasserstein GAN", "1701.07875", "Martin Arjovsky|Soumith Chintala|Léon Bottou"),
    ("Mastering the game of Go without human knowledge", None, "David Silver|Julian Schrittwieser|Karen Simonyan"),
    ("Group Equivariant Convolutional Networks", "1602.07576", "Taco S. Cohen|Max Welling"),
    ("FlashAttention-2: Faster Attention with Better Parallelism and Work Partitioning", "2307.08691", "Tri Dao"),
    ("word2vec Parameter Learning Explained", "1411.2738", "Xin Rong"),
)

WHAT = (
    "What is it?",
    "What it is?",
    "What is this?",
    "Waht is it?",
    "What is it about?",
    "What's it?",
    "WHAT IS IT?",
    "What is it:",
)
WHY = (
    "Why it matters?",
    "Why does it matters?",
    "Why it matter?",
    "Why it mattters?",
    "Why is it important?",
    "Why it matters:",
)
_STARTS = (
    "The authors",
    "A small model",
    "This work",
    "One network",
    "Their method",
    "The reader",
    "An old idea",
    "It",
)
_MIDDLES = ("learns to sort", "compares", "throws away", "measures", "takes apart", "rebuilds", "explains", "counts")
_ENDS = (
    "long sequences",
    "noisy labels",
    "graphs of words",
    "maps of a city",
    "proteins",
    "melodies",
    "old photographs",
)
_WITH = ("with less memory", "in half the time", "without any labels", "and shows where it fails", "on four datasets")


@dataclass
class Known:
    """What an edition says of one paper."""

    title: str
    authors: tuple[str, ...]
    arxiv: str | None
    links: tuple[str, ...] = ()
    abstract: str = ""
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    posts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    more: int = 0
    words: int = 0
    metrics: dict[str, int] = field(default_factory=dict)
    categories: tuple[str, ...] = ()


def sentence(dice: random.Random) -> str:
    parts = (dice.choice(_STARTS), dice.choice(_MIDDLES), dice.choice(_ENDS), dice.choice(_WITH))
    return " ".join(parts) + "."


def paragraph(dice: random.Random, low: int = 4, high: int = 9) -> str:
    return " ".join(sentence(dice) for _ in range(dice.randint(low, high)))


def papers(dice: random.Random, count: int) -> list[Known]:
    """Return *count* papers; beyond the real ones, numbered sequels keep titles apart."""
    order = list(FACTS)
    dice.shuffle(order)
    found = []
    for place in range(count):
        title, arxiv, authors = order[place % len(order)]
        if place >= len(order):
            title, arxiv = f"Sequel {place} to {title}", None
        found.append(Known(title, tuple(authors.split("|")), arxiv, abstract=paragraph(dice)))
    return found


def habit(dice: random.Random, text: str) -> str:
    """Return *text* with blank lines, line ends and spaces as some program left them."""
    lines = text.split("\n")
    kept = [line for line in lines if line.strip()]
    text = dice.choice(("\n".join(lines), "\n".join(kept), "\n\n".join(kept), "\n\n\n".join(kept)))
    if dice.random() < 0.2:
        text = text.replace(" ", "\u00a0")
    if dice.random() < 0.2:
        text = text.replace("\n", "  \n")
    return text.replace("\n", "\r\n") if dice.random() < 0.2 else text


def broken(text: str, width: int = 78) -> str:
    """Return *text* with its long lines broken as a mail program breaks them."""
    lines = (
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""] for line in text.split("\n")
    )
    return "\n".join(part for line in lines for part in line)


def page(title: str, body: str, head: str = "") -> str:
    """Return *body* as a page with the furniture that pages have."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{html.escape(title)}</title>{head}"
        "<style>p { color: red }</style>"
        "<script>var it = 'What is it? https://arxiv.org/abs/9999.99999';</script></head>"
        "<body><header><nav><ul><li><a href='/'>Home</a></li>"
        "<li><a href='/archive'>Archive</a></li></ul></nav></header>"
        f"<main><article>{body}</article></main><footer>© the site · <a href='https://twitter.com/site'>Twitter</a></footer>"
        "</body></html>"
    )


def newsletter(dice: random.Random, count: int) -> tuple[list[Known], str, str, int]:
    """Return papers, text, page and number of an edition of a newsletter."""
    number = dice.randint(1, 99)
    known = papers(dice, count)
    intro = f"Welcome to the {ordinal(number)} edition of paper notes. This week we read {count} of them."
    title = f"week {number} - from {dice.choice(_ENDS)} | to {dice.choice(_ENDS)}"
    text, parts = [title, "", intro, ""], [f"<h1>{title}</h1><p>{intro}</p>"]
    for paper in known:
        _newsletter_paper(dice, paper, text, parts)
    return known, "\n".join(text), page(title, "".join(parts)), number


def _newsletter_paper(dice: random.Random, paper: Known, text: list[str], parts: list[str]) -> None:
    first = dice.choice(
        ("https://www.nature.com/articles/s41586-017-0000-1", "https://openreview.net/forum?id=rJl-b3RcF7", "")
    )
    links = [first] if first and dice.random() < 0.4 else []
    links += [f"https://arxiv.org/abs/{paper.arxiv}"] if paper.arxiv and dice.random() < 0.9 else []
    links += [f"https://github.com/example/{dice.randint(1, 99)}"] if dice.random() < 0.5 else []
    paper.links = tuple(links)
    paper.arxiv = paper.arxiv if any("arxiv" in link for link in links) else None
    sections = [(dice.choice(WHAT), paragraph(dice, 1, 4)), (dice.choice(WHY), paragraph(dice, 2, 6))]
    # A paper that says nothing and links nowhere is none that anybody could tell from a headline.
    sections = sections if dice.random() < 0.8 or not links else [dice.choice(sections)]
    paper.sections = tuple((heading, (words,)) for heading, words in sections)
    mark = dice.choice(("{}", "{}", "*{}*", "**{}**", "_{}_"))
    text += [mark.format(paper.title), "", *links, ""]
    for heading, words in sections:
        text += [f"{heading} {words}", ""]
    parts.append(f"<h3>{html.escape(paper.title).replace('Neural', '<em>Neural</em>')}</h3>")
    parts += [f'<p><a href="{link}">{link}</a></p>' for link in links]
    parts += [f"<p><strong>{html.escape(heading)}</strong> {words}</p>" for heading, words in sections]


def session(dice: random.Random, count: int) -> tuple[list[Known], str, str]:
    """Return papers, text and page of a conference's session."""
    known = papers(dice, count)
    title = f"Track {dice.randint(1, 4)} Session {dice.randint(1, 9)}"
    kinds = dice.random() < 0.3
    text, parts = ["Session", title, ""], [f"<h2>Session</h2><h2>{title}</h2>"]
    for paper in known:
        if kinds:
            paper.categories = (dice.choice(("Oral", "Poster", "Spotlight")),)
            text.append(paper.categories[0])
        byline = " · ".join(paper.authors)
        text += [paper.title, byline, paper.abstract, ""]
        parts.append(
            f'<div class="card">{"".join(f"<span>{kind}</span><br>" for kind in paper.categories)}'
            f'<a href="/virtual/2021/poster/{dice.randint(1, 9999)}">{html.escape(paper.title)}</a>'
            f'<div class="authors">{html.escape(byline)}</div>'
            f"<details><summary>Abstract</summary><p>{paper.abstract}</p></details></div>"
        )
    return known, "\n".join(text), page(f"NeurIPS 2021 {title}", "".join(parts))


def summaries(dice: random.Random, count: int) -> tuple[list[Known], str, str]:
    """Return papers, text and page of a blog's list of summaries."""
    known = papers(dice, count)
    text: list[str] = []
    parts: list[str] = []
    for place, paper in enumerate(known):
        paper.more, paper.words = dice.choice((0, 0, 1, 2, 17)), dice.randint(1, 2500)
        others = f" and {paper.more} others" if paper.more else ""
        content = f" Paper Content Introduction {paragraph(dice)}..." if dice.random() < 0.6 else "..."
        paper.abstract = paper.abstract if content.startswith(" Paper") else paper.abstract + "..."
        body = f"Link to paper The full paper is available here. Abstract {paper.abstract}{content.removeprefix('...')}"
        dot = dice.choice((" · ", "\u00a0·\u00a0"))
        footer = f"December {20 + place % 3}, 2022{dot}{paper.words} words{dot}{', '.join(paper.authors)}{others}"
        text += [paper.title, "", *([paper.title, ""] if dice.random() < 0.8 else []), body, "", footer]
        number = paper.arxiv or f"2212.{10000 + place}"
        paper.arxiv = number
        parts.append(
            f'<article><figure><img src="/thumbnails/{number.replace(".", "-")}v1.webp"'
            f' alt="{html.escape(paper.title)}"></figure>'
            f"<header><h2>{html.escape(paper.title)}</h2></header><div><p>{body}</p></div><footer>{footer}</footer>"
            f'<a aria-label="post link to {html.escape(paper.title)}" href="https://short.example/posts/{number}/"></a></article>'
        )
    return known, "\n".join(text), page("Short readings", "".join(parts))


def ranking(dice: random.Random, count: int) -> tuple[list[Known], str, str, str]:
    """Return papers, text, page and day of a ranking with posts."""
    known = papers(dice, count)
    day = f"2021-03-{dice.randint(1, 28):02}"
    written = f"March {int(day[-2:])}, 2021"
    text: list[str] = []
    parts = [f"<h1>Hot Papers {day}</h1>"]
    for place, paper in enumerate(known, 1):
        _facts(dice, paper, text, parts, place)
        posts = []
        for _ in range(dice.choice((0, 1, 1, 2))):
            lines = _post(dice, paper)
            posts.append(("Some Reader | 読者", f"reader{dice.randint(1, 99)}", lines))
            name, handle, _lines = posts[-1]
            text += [lines[0], f"— {name} (@{handle}) {written}", *lines[1:]]
            parts.append(
                f"<blockquote><p>{'<br>'.join(map(html.escape, lines))}</p>&mdash; {name} (@{handle}) "
                f'<a href="https://twitter.com/{handle}/status/{place}">{written}</a></blockquote>'
            )
        paper.posts = tuple(posts)
        text.append("")
    return known, "\n".join(text), page(f"Hot Papers {day}", "".join(parts)), day


def _facts(dice: random.Random, paper: Known, text: list[str], parts: list[str], place: int) -> None:
    paper.metrics = {"retweets": dice.randint(0, 4000), "favorites": dice.randint(0, 900)}
    paper.categories = tuple(dice.sample(["cs.LG", "stat.ML", "q-bio.NC", "quant-ph", "cond-mat.mtrl-sci"], 2))
    counts = f"retweets: {paper.metrics['retweets']}, favorites: {paper.metrics['favorites']} (03/28/2021 07:03:03)"
    parts.append(f"<h1>{place}. {html.escape(paper.title)}</h1><p>{', '.join(paper.authors)}</p><ul><li>{counts}</li>")
    if paper.arxiv:
        parts.append(f'<li>links: <a href="https://arxiv.org/abs/{paper.arxiv}">abs</a> | <a href="#">pdf</a></li>')
    parts.append(f"<li>{' | '.join(paper.categories)}</li></ul><p>{paper.abstract}</p>")
    text += [f"{place}. {paper.title}", ", ".join(paper.authors)]
    if dice.random() < 0.5:
        text += [f"- {counts}", "- links: abs | pdf", f"- {' | '.join(paper.categories)}"]
    else:
        paper.metrics, paper.categories = {}, ()
    text.append(paper.abstract)


def _post(dice: random.Random, paper: Known) -> tuple[str, ...]:
    lines = [
        dice.choice((paper.title, "この論文は面白い。", "What a week for readers!", f"{dice.choice(_ENDS)}, again"))
    ]
    lines += dice.sample(
        ["pdf: https://t.co/abc", "1. it is fast", "2. it is small", "読みやすい。", "abs: https://t.co/def"], 2
    )
    return tuple(lines) if dice.random() < 0.7 else tuple(lines[:1])


def shamra(dice: random.Random, count: int) -> tuple[list[Known], str, str]:
    """Return papers (the page's own first), text and page of Shamra Academia; related papers have no titles."""
    own, *others = papers(dice, count)
    title, field_of = own.title, "الهندسة المعلوماتية"
    own.authors, own.categories = (), (field_of,)
    text = [title, "", "353   0   0.0 ( 0 )", " نشر من قبل Xin Rong", " تاريخ النشر 2020", f"  مجال البحث {field_of}"]
    text += [
        "والبحث باللغة English",
        "",
        "اسأل ChatGPT حول البحث",
        "",
        own.abstract,
        "",
        "قيم البحث",
        "",
        "اقرأ أيضاً",
        "",
    ]
    parts = [
        f"<h1>{html.escape(title)}</h1><div>353 0 0.0 ( 0 )</div><div>نشر من قبل <a href='/u/1'>Xin Rong</a></div>"
        f"<div><span>تاريخ النشر</span> <b>2020</b></div>"
        f"<div><span>مجال البحث</span> <a href='/f/2'>{field_of}</a></div>"
        f"<div>والبحث باللغة English</div><p>{own.abstract}</p><h3>اقرأ أيضاً</h3>"
    ]
    for place, paper in enumerate(others):
        paper.authors = paper.authors[:3] if dice.random() < 0.5 else ()
        if paper.authors:
            text.append(f"{place + 7} - {' , '.join(paper.authors)} 2019")
            parts.append(f"<div>{place + 7} - {' , '.join(paper.authors)} <span>2019</span></div>")
        paper.title = ""
        text.append(paper.abstract)
        parts.append(f"<p>{paper.abstract}</p>")
    text += ["", "الأسئلة المقترحة", "", "التعليقات", "جاري جلب التعليقات"]
    parts.append("<h3>الأسئلة المقترحة</h3><h3>التعليقات</h3><p>جاري جلب التعليقات</p>")
    return [own, *others], "\n".join(text), page(title, "".join(parts))


def ordinal(number: int) -> str:
    words = re.findall(
        r"\w+", "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    )
    if number <= len(words):
        return words[number - 1]
    if 21 <= number <= 29:
        return "twentieth" if number == 20 else f"twenty-{words[number - 21]}"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0, "th")
    return f"{number}{ending}"
