"""The TeX that is let through, and the TeX form of every character that 8-bit LaTeX has one for.

The names were each set by pdfTeX in T1 with ``amsmath`` and ``amssymb`` before they came on the list: a command that is
not listed never leaves paperrack as a command. Characters that no line here names are looked up in pylatexenc's table,
whose forms are taken only where they are made of listed commands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.exports.words import words

MATH_SYMBOLS = words(
    """
    Bbbk Box Bumpeq Cap Cup Delta Diamond Downarrow Gamma Im Lambda Leftarrow Leftrightarrow Lleftarrow
    Longleftarrow Longleftrightarrow Longrightarrow Lsh Omega P Phi Pi Pr Psi Re Rightarrow Rrightarrow Rsh S
    Sigma Subset Supset Theta Uparrow Updownarrow Upsilon Vdash Vert Vvdash Xi aleph alpha amalg angle approx
    approxeq arccos arcsin arctan arg ast asymp backepsilon backprime backsim backsimeq backslash barwedge
    because beta beth between bigcap bigcirc bigcup bigodot bigoplus bigotimes bigsqcup bigstar
    bigtriangledown bigtriangleup biguplus bigvee bigwedge blacklozenge blacksquare blacktriangle
    blacktriangledown blacktriangleleft blacktriangleright bmod bot bowtie boxdot boxminus boxplus boxtimes
    bullet bumpeq cap cdot cdots checkmark chi circ circeq circlearrowleft circlearrowright circledast
    circledcirc circleddash clubsuit colon complement cong coprod copyright cos cosh cot coth csc cup
    curlyeqprec curlyeqsucc curlyvee curlywedge curvearrowleft curvearrowright dag dagger daleth dashleftarrow
    dashrightarrow dashv ddag ddagger ddots deg delta det diamond diamondsuit digamma dim div divideontimes doteq
    doteqdot dotplus dots dotsb dotsc downarrow downdownarrows downharpoonleft downharpoonright ell emptyset
    enskip epsilon eqcirc eqslantgtr eqslantless equiv eta eth exists exp fallingdotseq flat forall frown
    gamma gcd ge geq geqq geqslant gets gg ggg gimel gnapprox gneq gneqq gnsim gtrapprox gtrdot gtreqless
    gtreqqless gtrless gtrsim hbar heartsuit hom hookleftarrow hookrightarrow iff iiint iint imath impliedby
    implies in inf infty int intercal iota jmath kappa ker lVert lambda land langle lbrace lbrack lceil ldots
    le leadsto leftarrow leftarrowtail leftharpoondown leftharpoonup leftleftarrows leftrightarrow
    leftrightarrows leftrightharpoons leftrightsquigarrow leftthreetimes leq leqq leqslant lessapprox lessdot
    lesseqgtr lesseqqgtr lessgtr lesssim lfloor lg lim liminf limsup ll lll llcorner lmoustache ln lnapprox lneq
    lneqq lnot lnsim log longleftarrow longleftrightarrow longmapsto longrightarrow looparrowleft
    looparrowright lor lozenge lrcorner ltimes lvert maltese mapsto max measuredangle mho mid min models mp mu
    multimap nLeftarrow nLeftrightarrow nRightarrow nVDash nVdash nabla natural ne nearrow neg neq nexists
    ngeq ngtr ni nleftarrow nleftrightarrow nleq nless nmid notin nparallel nprec nrightarrow nsubseteq nsucc
    nsupseteq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu nvDash nvdash nwarrow odot oint
    omega ominus oplus oslash otimes owns parallel partial perp phi pi pitchfork pm pounds prec precapprox
    preceq precnapprox precneqq precsim prime prod propto psi qquad quad rVert rangle rbrace rbrack rceil
    rfloor rho rightarrow rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons
    rightrightarrows rightsquigarrow rightthreetimes risingdotseq rmoustache rtimes rvert searrow sec setminus
    sharp sigma sim simeq sin sinh smallsetminus smile spadesuit sphericalangle sqcap sqcup sqsubset
    sqsubseteq sqsupset sqsupseteq square star subset subseteq subseteqq subsetneq subsetneqq succ succapprox
    succeq succnapprox succneqq succnsim succsim sum sup supset supseteq supseteqq supsetneq supsetneqq surd
    swarrow tan tanh tau therefore theta times to top triangle triangledown triangleleft trianglelefteq
    triangleq triangleright trianglerighteq twoheadleftarrow twoheadrightarrow ulcorner uparrow updownarrow
    upharpoonleft upharpoonright uplus upsilon upuparrows urcorner varepsilon varkappa varnothing varphi varpi
    varrho varsigma vartheta vartriangle vartriangleleft vartriangleright vdash vdots vee veebar vert wedge wp
    wr xi zeta
    """
)
"""Commands of math without arguments."""

TEXT_SYMBOLS = words(
    """
    guillemotleft guillemotright guilsinglleft guilsinglright quotedblbase quotesinglbase textasciiacute
    textasciibreve textasciicaron textasciicircum textasciidieresis textasciimacron textasciitilde
    textasteriskcentered textbackslash textbaht textbigcircle textbrokenbar textbullet textcelsius textcent
    textcircledP textcolonmonetary textcopyright textcurrency textdagger textdaggerdbl textdegree textdiscount
    textdiv textdong textdownarrow textellipsis textemdash textendash textestimated texteuro textexclamdown
    textflorin textfractionsolidus textinterrobang textlangle textleftarrow textlira textlnot textmho textmu
    textmusicalnote textnaira textnumero textohm textonehalf textonequarter textonesuperior textopenbullet
    textordfeminine textordmasculine textparagraph textperiodcentered textpertenthousand textperthousand
    textpeso textquestiondown textquotedblleft textquotedblright textquoteleft textquoteright textrangle
    textrecipe textreferencemark textregistered textrightarrow textsection textservicemark textsterling
    textthreequarters textthreesuperior texttimes texttrademark texttwosuperior textuparrow textvisiblespace
    textwon textyen
    """
)
"""Commands of text without arguments."""

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "textcommabelow": "\u0326",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
"""Accent command to combining mark, as far as T1 fonts can set it; horns and hooks (T5) are not among them."""

MARKS = {mark: name for name, mark in ACCENTS.items()}

LETTERS = {
    "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "ij": "ĳ", "IJ": "Ĳ",
}  # fmt: skip
"""Letters that Unicode does not decompose, by their command."""

_MATH_OF = {
    "−": "-", "′": "'", "″": "''", "‴": "'''", "★": r"\bigstar", "☆": r"\star", "✓": r"\checkmark", "✔": r"\checkmark",
    "♠": r"\spadesuit", "♣": r"\clubsuit", "♥": r"\heartsuit", "♦": r"\diamondsuit", "♡": r"\heartsuit",
    "♭": r"\flat", "♮": r"\natural", "♯": r"\sharp", "⊨": r"\models", "⊧": r"\models", "⟦": r"[\![", "⟧": r"]\!]",
    "⟨": r"\langle", "⟩": r"\rangle", "〈": r"\langle", "〉": r"\rangle", "⟪": r"\langle\!\langle",
    "⟫": r"\rangle\!\rangle", "√": r"\surd", "∛": r"\sqrt[3]{\,}", "·": r"\cdot", "⋅": r"\cdot", "∙": r"\bullet",
    "‖": r"\|", "∥": r"\parallel", "∣": r"\mid", "∕": "/", "∖": r"\setminus", "∗": "*", "∶": ":", "∼": r"\sim",
    "×": r"\times", "÷": r"\div", "±": r"\pm", "¬": r"\neg", "→": r"\rightarrow", "←": r"\leftarrow",
    "↑": r"\uparrow", "↓": r"\downarrow", "⇝": r"\rightsquigarrow", "↝": r"\rightsquigarrow",
    "⇢": r"\dashrightarrow", "⇠": r"\dashleftarrow", "⇨": r"\Rightarrow", "⇦": r"\Leftarrow", "⇧": r"\Uparrow",
    "⇩": r"\Downarrow", "⟵": r"\longleftarrow", "⟶": r"\longrightarrow", "⟷": r"\longleftrightarrow",
    "⟸": r"\Longleftarrow", "⟹": r"\Longrightarrow", "⟺": r"\Longleftrightarrow", "⟼": r"\longmapsto",
    "≝": r"\stackrel{\mathrm{def}}{=}", "≟": r"\stackrel{?}{=}", "⋘": r"\lll", "⋙": r"\ggg", "∅": r"\emptyset",
    "∞": r"\infty", "ℓ": r"\ell", "ℏ": r"\hbar", "□": r"\square", "■": r"\blacksquare", "△": r"\triangle",
    "▲": r"\blacktriangle", "◇": r"\Diamond", "◆": r"\blacklozenge", "○": r"\bigcirc", "●": r"\bullet",
    "𝟙": r"\mathbf{1}",
}  # fmt: skip

_TEXT_OF = {
    "‘": "`", "’": "'", "ʻ": "`", "ʼ": "'", "“": "``", "”": "''", "–": "--", "—": "---", "―": "---", "…": r"\ldots{}",
    "⋯": r"\ldots{}", "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "`": r"\textasciigrave{}", "&": r"\&", "%": r"\%", "#": r"\#",
    "_": r"\_", "$": r"\$",
    # Readers of .bib files take "@word{" for the next entry, wherever it stands.
    "@": "{@}",
    "ª": r"\textordfeminine{}", "º": r"\textordmasculine{}", "‣": r"\textbullet{}", "‧": r"\textperiodcentered{}",
    "₹": "{Rs.}", "₨": "{Rs.}", "₽": "{RUB}", "₿": "{BTC}", "₺": "{TRY}", "₴": "{UAH}", "₪": "{ILS}", "₸": "{KZT}",
    "₼": "{AZN}",
    "₾": "{GEL}", "₣": "{F}", "₠": "{ECU}", "₵": "{GHS}", "₭": "{LAK}", "₮": "{MNT}",
}  # fmt: skip

_ALPHABETS = (
    ("DOUBLE-STRUCK", "mathbb"), ("FRAKTUR", "mathfrak"), ("BLACK-LETTER", "mathfrak"), ("SCRIPT", "mathcal"),
    ("MONOSPACE", "mathtt"), ("SANS-SERIF", "mathsf"), ("BOLD", "mathbf"), ("ITALIC", ""),
)  # fmt: skip
_GREEK_COMMANDS = (
    r"α \alpha β \beta γ \gamma δ \delta ε \varepsilon ζ \zeta η \eta θ \theta ι \iota κ \kappa λ \lambda μ \mu ν \nu"
    r" ξ \xi ο o π \pi ρ \rho ς \varsigma σ \sigma τ \tau υ \upsilon φ \varphi χ \chi ψ \psi ω \omega Γ \Gamma Δ \Delta"
    r" Θ \Theta Λ \Lambda Ξ \Xi Π \Pi Σ \Sigma Υ \Upsilon Φ \Phi Ψ \Psi Ω \Omega ϵ \epsilon ϕ \phi ϑ \vartheta"
    r" ϱ \varrho ϖ \varpi µ \mu ϰ \varkappa ϝ \digamma"
)
_GREEK = dict(zip(_GREEK_COMMANDS.split()[::2], _GREEK_COMMANDS.split()[1::2], strict=True))
_GREEK |= {greek: rf"\mathrm{{{latin}}}" for greek, latin in zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)}
_MATH_MARKS = {
    "\u0301": "acute",
    "\u0300": "grave",
    "\u0308": "ddot",
    "\u0342": "tilde",
    "\u0302": "hat",
    "\u0304": "bar",
}


@lru_cache(maxsize=4096)
def math_form(char: str) -> str | None:
    """Return what sets *char* between dollars, or None where it is not a character of math."""
    if char in _MATH_OF:
        return _MATH_OF[char]
    base, *marks = list(unicodedata.normalize("NFD", char))
    if marks == ["\u0338"] and (form := math_form(base) or (base if base in "<>=" else None)):
        return rf"\not{form}"
    if len(char) > 1:
        return None
    return _greek(char) or _alphabet(char) or _tabled(char, in_math=True)


@lru_cache(maxsize=4096)
def text_form(char: str) -> str | None:
    """Return what sets *char* in text, or None where only math has a form of it, or 8-bit LaTeX none at all."""
    if form := _TEXT_OF.get(char) or _tabled(char, in_math=False):
        return form
    if 0x2010 <= ord(char) <= 0x22FF and not char.isalnum() and math_form(char) is None:
        # pdfTeX stops at these, so a sign that no common package draws is spelled out.
        return f"[{unicodedata.name(char, 'sign').lower()}]"
    return None


def _greek(char: str) -> str | None:
    base, *marks = list(unicodedata.normalize("NFD", char))
    form = _GREEK.get(base)
    if form is None or any(mark not in _MATH_MARKS for mark in marks):
        return None
    for mark in marks:
        form = rf"\{_MATH_MARKS[mark]}{{{form}}}"
    return form


def _alphabet(char: str) -> str | None:
    """Return the letter that a mathematical alphabet of Unicode holds, in the font that it means."""
    code = ord(char)
    if not (0x1D400 <= code <= 0x1D7FF or 0x2100 <= code <= 0x214F):
        return None
    plain, name = unicodedata.normalize("NFKC", char), unicodedata.name(char, "")
    form = plain if len(plain) == 1 and plain.isascii() and plain.isalnum() else _GREEK.get(plain)
    if form is None:
        return None
    font = next((command for word, command in _ALPHABETS if word in name), "")
    # \mathcal and \mathbb have capitals only.
    if not font or (font in ("mathcal", "mathbb") and not plain.isupper()):
        return form
    return rf"\{font}{{{form}}}"


@lru_cache(maxsize=1)
def text_signs() -> dict[str, str]:
    """Return the sign that each command of :data:`TEXT_SYMBOLS` prints, so that what was written is read again."""
    found = {form[1:].removesuffix("{}"): chr(code) for code, form in _table().items() if form[:1] == "\\"}
    return {name: char for name, char in found.items() if name in TEXT_SYMBOLS}


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Return pylatexenc's table; loaded at the first rare symbol, for most exports have none."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    return dict(get_builtin_uni2latex_dict())


def _tabled(char: str, in_math: bool) -> str | None:
    # Letters are not looked up: the table composes some of them from what they merely look like.
    if char.isascii() or (char.isalpha() and not 0x2100 <= ord(char) <= 0x214F):
        return None
    form = _table().get(ord(char), "")
    math = re.fullmatch(r"\\ensuremath\{(.+)\}", form)
    if bool(math) is not in_math or not form:
        return None
    names = set(re.findall(r"\\([A-Za-z]+)", form)) - {"ensuremath"}
    if not names or names - (MATH_SYMBOLS if in_math else TEXT_SYMBOLS):
        return None
    return math[1] if math else form + "{}"
