"""The commands of TeX and the tags of HTML that titles come with, and what each of them means."""

from __future__ import annotations

from tui.exports.words import words

TAGS = (
    "i|b|u|em|strong|italic|bold|sub|sup|inf|tt|code|monospace|sc|scp|small|span|br|p|title|q|cite|font|a|math|mi|mo"
    "|mn|mrow|msub|msup|mtext|msubsup|mover|munder|mfrac|msqrt|mstyle|mspace|semantics|annotation|tex-math"
    "|inline-formula|alternatives|named-content|ext-link|xref|sec"
)
"""Tags of HTML, JATS and MathML; anything else between angle brackets is text."""

STYLE_OF_TAG = {
    "i": "emph", "em": "emph", "italic": "emph", "b": "textbf", "strong": "textbf", "bold": "textbf", "tt": "texttt",
    "code": "texttt", "monospace": "texttt", "sc": "textsc", "scp": "textsc", "sub": "textsubscript",
    "inf": "textsubscript", "sup": "textsuperscript",
}  # fmt: skip

STYLES = {
    **{name: name for name in ("emph", "textbf", "texttt", "textsc", "textsf", "textsubscript", "textsuperscript")},
    "textit": "emph", "textsl": "emph",
}  # fmt: skip
"""Commands that set their argument in another way, to the one that is written for them."""

SWITCHES = {
    "it": "emph", "em": "emph", "itshape": "emph", "sl": "emph", "slshape": "emph", "bf": "textbf",
    "bfseries": "textbf", "tt": "texttt", "ttfamily": "texttt", "sc": "textsc", "scshape": "textsc", "sf": "textsf",
    "rm": "", "normalfont": "", "upshape": "", "mdseries": "", "rmfamily": "",
}  # fmt: skip
"""Commands that hold to the end of their group, to the command with an argument that does the same."""

CONTENT = words(
    """
    mbox hbox text textnormal textrm textmd textup underline uline uppercase MakeUppercase url path nolinkurl
    emphasis
    """
)
"""Commands of which only the argument is kept."""

SECOND = frozenset(["textcolor", "href"])
"""Commands of which only the second argument is kept."""

FIRST = frozenset(["texorpdfstring"])
"""Commands of which only the first of two arguments is kept."""

NOTHING = words(
    """
    relax xspace noindent protect displaystyle sloppy small large Large normalsize footnotesize tiny huge
    allowbreak nobreak leavevmode centering boldmath unboldmath
    """
)
"""Commands that print nothing."""

DROPPED = words("footnote thanks footnotetext footnotemark hspace vspace label cite color ref")
"""Commands that go with their argument: what they print is no part of a title."""

BLANKS = frozenset([" ", ",", ";", ":", "\n", "\\", "quad", "qquad", "newline", "linebreak", "space", "enspace"])

LOGOS = {"TeX": r"{\TeX}", "LaTeX": r"{\LaTeX}", "LaTeXe": r"{\LaTeXe}", "textasciitilde": r"\textasciitilde{}"}
"""Commands that are kept: logos, and a tilde that is one and no blank."""

SIGNS = {
    "textbackslash": "\\", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textbar": "|", "textunderscore": "_", "textbraceleft": "{", "textbraceright": "}", "textdollar": "$",
    "lbrace": "{", "rbrace": "}", "textquotedbl": '"', "textquotesingle": "'", "textasciigrave": "`",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "lq": "‘",
    "rq": "’", "textendash": "–", "textemdash": "—", "textellipsis": "…", "ldots": "…", "dots": "…",
    "textdegree": "°", "degree": "°", "texttrademark": "™", "textregistered": "®", "textcopyright": "©",
    "copyright": "©", "texteuro": "€", "euro": "€", "textsterling": "£", "pounds": "£", "S": "§",
    "textsection": "§", "P": "¶", "textmu": "µ", "texttimes": "×", "textpm": "±", "textonehalf": "½",
    "guillemotleft": "«", "guillemotright": "»", "textperiodcentered": "·", "textbullet": "•", "slash": "/",
    "textpercent": "%", "textordfeminine": "ª", "textordmasculine": "º", "checkmark": "✓", "BibTeX": "BibTeX",
    "textrightarrow": "→", "textleftarrow": "←", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "dag": "†", "ddag": "‡", "textdagger": "†", "textdaggerdbl": "‡",
}  # fmt: skip
"""Commands that print one sign."""
