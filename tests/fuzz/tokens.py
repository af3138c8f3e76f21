# ruff: noqa: E501 - seeds, tokens and laws are data, each on a line of its own
"""What inputs are spoilt with: signs that something reads as more than they are, in every format alike."""

from __future__ import annotations

BRACKETS = (
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "((",
    "))",
    "[[",
    "]]",
    "{{",
    "}}",
    "](",
    "<!--",
    "-->",
    "<![CDATA[",
)
BRACKETS += ("]]>", "{}", "[]", "()", "“", "”", '"', "'", "`", "``", "''", "$", "$$", "\\(", "\\)", "\\[", "\\]")
ESCAPES = ("\\", "\\\\", "\\n", "\\u0000", "\\ud800", "\\x1b", "&amp;", "&#0;", "&#x1b;", "&#xD800;", "&lt;", "&nbsp;")
ESCAPES += ("%00", "%1b", "%", "%25", "%0a", "=1B", "=?utf-8?q?=1b?=", "=?utf-8?b?Gw==?=", "&#1114112;", "&notit;")
CONTROLS = (
    "\0",
    "\x07",
    "\x08",
    "\x1b[2J",
    "\x1b]52;c;YQ==\x07",
    "\x1b",
    "\x7f",
    "\x85",
    "\x9b",
    "\r",
    "\r\n",
    "\n",
    "\t",
)
CONTROLS += ("\n\n", "\v", "\f", "\x1c", "\x1f", "\u2028", "\u2029")
INVISIBLE = ("\u202e", "\u2066", "\u200b", "\u200d", "\u200f", "\u00ad", "\ufeff", "\U000e0041", "\u061c", "\u2060")
INVISIBLE += (
    "\ud800",
    "\udfff",
    "\U0010ffff",
    "\ue000",
    "\ufffe",
    "\ufffd",
    "\u0301" * 12,
    "e\u0301",
    "\u0345",
    "\u0600",
)
LETTERS = (
    "ß",
    "İ",
    "ı",
    "ﬁ",
    "Å",
    "ǅ",
    "ñ",
    "文",
    "あ",
    "한",
    "ا",
    "ש",
    "😀",
    "𝔸",
    "²",
    "½",
    "٣",
    "Ⅷ",
    "一",
    "\u0dca",
    "ς",
)
LETTERS += ("\xa0", "\u3000", "\u2009", "–", "—", "−", "…", "·", "•", "é", "ø", "ł", "ﷺ", "ﬀ", "ŉ", "ΐ", "\u1e9e", "ẞ")
NUMBERS = (
    "0",
    "-1",
    "1",
    "00",
    "1e999",
    "NaN",
    "Infinity",
    "9" * 25,
    "9" * 400,
    "2147483648",
    "0.1",
    "1" * 4_301,
    "+1",
)
NUMBERS += (
    "18446744073709551616",
    "1,000",
    "-0",
    "0x10",
    "²",
    "٣٤",
    "1_0",
    "13",
    "31",
    "2024",
    "99999",
    "1e400",
    "12345678901",
)
WORDS = (
    "arXiv:2010.10915", "https://arxiv.org/abs/2010.10915v2", "10.1000/182", "https://doi.org/10.1000/182)", "http://",
    "https://a.example/", "https://[::1", "https://a.example:99999/", "http://a@b:c@d/", "https://xn--a/", "N18-1202",
    "https://openreview.net/forum?id=abcdefg", "hep-th/9901001", "et al.", "and others", "von", "Jr.", "de la", ",", ", ,",
    "and", " and ", ";", ":", "://", ".", "..", "...", "-", "--", "---", "#", "##", "*", "**", "_", "__", "|", "||", "~", "^",
    "@", "@@", "/", "//", "=", "==", "?", "!", "&", "null", "true", "false", "None", "Abstract", "pdf", "Title", "Authors",
    "2024-02-30", "May 32, 2024", "1 2", "12/13/2024", "Feb 29, 2023", "week 99", "javascript:alert(1)", "file:///etc/passwd",
)  # fmt: skip
ALL = BRACKETS + ESCAPES + CONTROLS + INVISIBLE + LETTERS + NUMBERS + WORDS

HTML = tuple(
    "<a href='https://arxiv.org/abs/2010.10915'> </a> <p> </p> <div> </div> <li> </li> <ul> </ul> <table> <tr> <td> </td> <h1> </h1>"
    " <h2> <br> <b> </b> <i> <em> <strong> <script> </script> <style> <svg> <math> <title> </title> <meta charset=utf-16> <base"
    " href=//x> <template> <noscript> <textarea> <select> <option> <body> </body> <html> <blockquote> <pre> <span> <sup> <sub>"
    " <!DOCTYPE x> <?xml?> <link rel=alternate type=application/rss+xml href=x> <frameset> <plaintext>".replace(
        "=//x", "='//x'"
    ).split()
)
XML = (
    "<?xml version='1.0'?>", "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "<x:y>", "<a/>",
    "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link>", "</link>", "xmlns:x='y'", "<dc:creator>",
    "<content type='xhtml'>", "<summary type='html'>", "<pubDate>", "<updated>2024-01-01T00:00:00Z</updated>", "<guid>", "<?pi?>",
)  # fmt: skip
BIBTEX = (
    "@article{", "@misc{a,", "@string{a = \"b\"}", "@comment{", "@preamble{", "title = ", "author = ", "year = ", " # ", "{\\'e}",
    "{", "}", "\\{", "\\}", "\"", ",", "=", "@", "%", "@(", "a = b", "jan", "and", "and others", "{\\\"{o}}", "doi = {10.1/x}",
    "@inproceedings(", ")", "crossref = {a}", "eprint = {2010.10915}", "archiveprefix = {arXiv}", "\\", "\n@", "\n}\n", "$x_{1}$",
)  # fmt: skip
TEX = (
    "\\alpha", "\\textbf{", "\\'e", "\\`", "\\^{i}", "\\\"o", "\\~n", "\\c{c}", "\\v{s}", "\\H{o}", "\\ss", "\\aa", "\\o", "\\i", "{",
    "}", "$", "\\$", "\\%", "\\&", "\\_", "_", "^", "_{", "^{", "\\frac{1}{2}", "\\left(", "\\right)", "\\begin{a}", "\\end{a}",
    "\\input{/etc/passwd}", "\\write18{", "\\def\\a{", "\\catcode", "~", "``", "''", "---", "\\,", "\\ ", "\\\\", "\\ensuremath{",
    "\\url{", "\\href{", "\\mathbb{R}", "\\mbox{", "\\verb|", "\\symbol{", "\\char", "\\noopsort{", "<sub>", "<i>", "<jats:p>",
    "<mml:math>", "</mml:math>", "<mml:mi>", "&lt;i&gt;", "\\textquotedbl", "\\relax", "\\limits", "\\not", "\\operatorname{",
)  # fmt: skip
