"""Which encoding eight-bit text is in: what it declares, and else what is told from where its bytes stand.

Rules of our own, and not charset-normalizer (3.5 was measured on 64 short texts in nine of these encodings): that one
was wrong on 13, most of them a name or a title between English lines as digests have them, and called Western names
Cyrillic or Chinese; these rules are wrong on none. They cannot tell titles in capitals alone, nor a few characters of
Japanese without kana. What is not told beyond doubt stays Windows-1252.
"""

from __future__ import annotations

import codecs
import re

MAX_SAMPLE = 40_000
"""How many bytes are looked at, of the lines that hold more than ASCII."""

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*+=\s*+["']?\s*+([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
# As Emacs, Vim and Python write it into the first line or the second.
_CODING = re.compile(rb"(?:[^\n]{0,150}\n)?[^\n]{0,100}?(?:en)?coding\s?[:=]\s{0,3}([A-Za-z0-9_.-]{2,40})")
_LABELS = {
    "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932", "x-euc-jp": "euc_jp", "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs", "windows-949": "cp949",
    "ks_c_5601-1987": "cp949", "windows-874": "cp874", "x-cp1251": "cp1251", "x-mac-roman": "mac_roman",
    "koi": "koi8_r", "koi8": "koi8_r", "dos-874": "cp874", "visual": "iso8859-8", "iso-8859-8-i": "iso8859-8",
}  # fmt: skip
_WIDER = {
    "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949",
    "iso8859-1": "cp1252", "ascii": "", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
"""Encodings of which pages hold a wider one than they declare, as the Encoding Standard reads them."""

_NO_CHARSETS = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
"""What Python has among its encodings and no page is written in: they raise what they like, or read escapes."""

_RUN = re.compile(rb"[\x80-\xff]+")
_EUC_PAIRS = re.compile(rb"([\xa1-\xfe])([\xa1-\xfe])")
_SJIS_PAIRS = re.compile(rb"([\x81-\x9f\xe0-\xfc])([\x40-\x7e\x80-\xfc])|[\xa1-\xdf]")
_BIG5_PAIRS = re.compile(rb"([\xa1-\xf9])([\x40-\x7e\xa1-\xfe])")
_ARABIC = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئپچژگ،؛؟ـ")
_OFTEN_ARABIC = frozenset("الينمتروب")
_OFTEN_CYRILLIC = frozenset("оеаинтсрвлк")


def declared(data: bytes) -> str:
    """Return Python's name of the encoding that a page, an XML file or a text's first lines declare, or nothing.

    Names mean what browsers take them for (the Encoding Standard): ``gb2312`` is GB18030, ``shift_jis`` Windows-31J.
    """
    match = _CHARSET.search(data[:4096]) if data.lstrip()[:1] == b"<" else _CODING.match(data[:400])
    try:
        label = match[1].decode("ascii").lower() if match else ""
        known = codecs.lookup(_LABELS.get(label, label)) if label else None
    except LookupError:
        return ""
    if not known and b"\x1b$B" in data and b"\x1b(" in data and data.isascii():
        # Japanese mail in seven bits says by its escapes what it is.
        return "iso2022_jp"
    # Python keeps byte transforms (zlib, rot13) in the same registry.
    if not known or not getattr(known, "_is_text_encoding", False) or "utf" in known.name:
        return ""
    if known.name.replace("_", "-") in _NO_CHARSETS:
        return ""
    return _WIDER.get(known.name, known.name)


def eight(data: bytes, declared: str) -> str:
    """Return text of eight-bit letters or of characters of two bytes: as *declared*, where that can be.

    Else as it is detected, and else as Windows-1252, which holds ISO 8859-1 but for five bytes.
    """
    for name in (declared, detected(data), "cp1252"):
        if name and (text := _text(data, name)) is not None:
            return text
    return data.decode(declared or "latin-1", "replace")


def _text(data: bytes, name: str) -> str | None:
    """Return *data* read as *name*, or None where more of it cannot be than a damaged character here and there."""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        if name == "cp1252":
            return None
        text = data.decode(name, "replace")
        return text if text.count("\ufffd") * 50 < sum(map(len, _RUN.findall(data))) else None


def detected(data: bytes) -> str | None:
    """Return Python's name of the encoding that *data* is in; None where that may be a Western one, or is not told."""
    sample = _sample(data)
    high = sum(map(len, _RUN.findall(sample)))
    if high < 4:
        return None
    return _of_pairs(sample, high) or _of_letters(sample)


def _sample(data: bytes) -> bytes:
    """Return the first lines of *data* that hold more than ASCII: the others tell nothing."""
    found: list[bytes] = []
    size = 0
    for line in data[: 50 * MAX_SAMPLE].splitlines():
        if size < MAX_SAMPLE and (match := _RUN.search(line)):
            found.append(line[match.start() : match.start() + MAX_SAMPLE - size])
            size += len(found[-1])
    return b"\n".join(found)


def _of_pairs(sample: bytes, high: int) -> str | None:
    """Return the encoding whose characters take two bytes, if *sample* is in one."""
    if _decodes(sample, "euc_jp") or _decodes(sample, "gb18030") or _decodes(sample, "cp949"):
        runs = _RUN.findall(sample)
        if all(len(run) % 2 == 0 for run in runs) and (name := _euc(sample, high)):
            return name
    if _decodes(sample, "cp932") and _is_shift_jis(sample, high):
        return "cp932"
    leads = [pair[0][0] for pair in _BIG5_PAIRS.findall(sample)]
    if _decodes(sample, "big5hkscs") and _is_spread(_BIG5_PAIRS, sample, 0x7F):
        common = sum(0xA4 <= lead <= 0xC6 or lead == 0xA1 for lead in leads)
        return "big5hkscs" if len(leads) >= 2 and common >= 0.9 * len(leads) else None
    return None


def _euc(sample: bytes, high: int) -> str | None:
    """Return which of the encodings whose bytes are all above 0xA0 *sample* is in."""
    pairs = [(match[0][0], match[1][0]) for match in (pair for pair in _EUC_PAIRS.findall(sample))]
    if len(pairs) < 2 or 2 * len(pairs) < 0.95 * high:
        return None
    words = [lead for lead, _ in pairs if lead > 0xA3]
    kana = sum(lead in (0xA4, 0xA5) for lead in words)
    if kana >= max(1, 0.08 * len(words)) and _decodes(sample, "euc_jp"):
        return "euc_jp"
    # Letters of an alphabet in eight bits stand close together; the second bytes of characters are spread.
    low = sum(trail < 0xC0 for _, trail in pairs)
    if not words or low < 0.12 * len(pairs):
        return None
    hangul = sum(0xB0 <= lead <= 0xC8 for lead in words)
    if hangul >= 0.97 * len(words) and len(words) >= 4 and b" " in sample and _decodes(sample, "cp949"):
        return "cp949"
    common = sum(0xB0 <= lead <= 0xD7 for lead in words)
    return "gb18030" if common >= 0.85 * len(words) and _decodes(sample, "gb18030") else None


def _is_shift_jis(sample: bytes, high: int) -> bool:
    """Return whether *sample* has kana or the frequent characters of JIS, as Shift_JIS writes them."""
    pairs = [(pair[0][0], pair[1][0]) for pair in _SJIS_PAIRS.findall(sample) if pair[0]]
    kana = sum(lead in (0x82, 0x83) for lead, _ in pairs)
    common = sum(0x88 <= lead <= 0x97 or lead == 0x81 for lead, _ in pairs)
    return (
        len(pairs) >= 2 and kana + common >= 0.9 * len(pairs) and (kana > 0 or common >= 3) and high <= 2.2 * len(pairs)
    )


def _is_spread(pattern: re.Pattern[bytes], sample: bytes, limit: int) -> bool:
    """Return whether a part of the second bytes are below *limit*, as those of characters are."""
    trails = [pair[1][0] for pair in pattern.findall(sample)]
    return len(trails) >= 2 and 0.15 * len(trails) <= sum(trail < limit for trail in trails)


def _of_letters(sample: bytes) -> str | None:
    """Return the encoding of an alphabet that is not Latin, if *sample* is in one: its words are whole runs."""
    runs = _RUN.findall(sample)
    long = sum(len(run) for run in runs if len(run) >= 3)
    if long < 0.6 * sum(map(len, runs)):
        return None
    scores = {name: _score(sample, name) for name in ("cp1251", "koi8_r", "iso8859_5", "cp1256", "iso8859_6")}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= 0.55 else None


def _score(sample: bytes, name: str) -> float:
    """Return how much *sample*, read as *name*, looks like text: letters of its script, in small letters, the frequent
    ones frequent; 1 is as much as a text can.
    """
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return 0
    letters = [char for char in text if char > "\x7f" and char.isalpha()]
    beyond = sum(char > "\x7f" and not char.isspace() for char in text)
    if len(letters) < 3 or len(letters) < 0.7 * beyond:
        return 0
    if name in ("cp1256", "iso8859_6"):
        own = sum(char in _ARABIC for char in letters)
        often = sum(char in _OFTEN_ARABIC for char in letters)
        return own / len(letters) if own >= 0.95 * len(letters) and often >= 0.4 * len(letters) else 0
    own = sum("\u0400" <= char <= "\u04ff" for char in letters)
    small = sum(char.islower() for char in letters)
    # A capital behind a small letter stands in no word.
    odd = len(re.findall(r"[а-яё][А-ЯЁ]", text))
    often = sum(char in _OFTEN_CYRILLIC for char in text.lower())
    if own < 0.95 * len(letters) or often < 0.35 * len(letters):
        return 0
    return max(0.0, (0.3 + 0.7 * small / len(letters)) - 2 * odd / len(letters))


def _decodes(sample: bytes, name: str) -> bool:
    try:
        sample.decode(name)
    except UnicodeDecodeError as error:
        # The sample may be cut within its last character.
        return error.start >= len(sample) - 2 and len(sample) > 100
    return True
