"""What strangers write to be obeyed by a terminal: one of every family, each with a number that nothing else has.

A payload is looked for in two ways. Its own bytes may not come out anywhere; and what comes out may hold nothing but
what :mod:`tests.terminal.sequences` allows, which no part of a payload is: parameters that could pass for Textual's own
are numbers that Textual never writes.
"""

from __future__ import annotations

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"

PAYLOADS: dict[str, str] = {
    "CSI: the screen is wiped": f"{ESC}[2J{ESC}[3J",
    "CSI: colour": f"{ESC}[31;4791m",
    "CSI: the cursor goes": f"{ESC}[4791;1H",
    "CSI: a mode, the main screen": f"{ESC}[?1049;4791l",
    "CSI: mouse reports": f"{ESC}[?1002;4791h",
    "CSI: a status report": f"{ESC}[4791n",
    "CSI: with an intermediate": f"{ESC}[4791$p",
    "CSI: never ended": f"{ESC}[4791",
    "CSI of eight bits": "\x9b4791J",
    "OSC 0: the title, with BEL": f"{ESC}]0;pwned4791{BEL}",
    "OSC 2: the title, with ST": f"{ESC}]2;pwned4791{ST}",
    "OSC 8: a link": f"{ESC}]8;;file:///etc/passwd4791{ST}click{ESC}]8;;{ST}",
    "OSC 52: the clipboard": f"{ESC}]52;c;cHduZWQ0Nzkx{BEL}",
    "OSC 9 and 777: a notice": f"{ESC}]777;notify;pwned4791;x{BEL}",
    "OSC 1337: a file": f"{ESC}]1337;File=name=cHduZWQ0Nzkx:AA=={BEL}",
    "OSC of eight bits": "\x9d0;pwned4791\x9c",
    "OSC: never ended": f"{ESC}]0;pwned4791",
    "DCS": f"{ESC}P+q4791{ST}",
    "DCS of eight bits": "\x90$qpwned4791\x9c",
    "APC: kitty's graphics": f"{ESC}_Ga=d,i=4791;AAAA{ST}",
    "PM": f"{ESC}^pwned4791{ST}",
    "SOS": f"{ESC}Xpwned4791{ST}",
    "a reset": f"{ESC}c",
    "another character set": f"{ESC}(0{ESC})0",
    "single shifts, an index": f"{ESC}N{ESC}O{ESC}M{ESC}D",
    "a lone escape": f"{ESC}",
    "escapes in a row": ESC * 9,
    "C1, all of them": "".join(map(chr, range(0x80, 0xA0))),
    "C0, but tab and line ends": "".join(chr(n) for n in range(0x20) if n not in (0x09, 0x0A, 0x0D, 0x1B)),
    "NUL": "a\x00b",
    "shifts out and in": "\x0e4791\x0f",
    "DEL and BS": "4791\x7f\x08\x08",
    "a carriage return": "4791\rpwned",
    "a bidi override": "\u202egnp.exe4791\u202c",
    "bidi isolates and marks": "\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061c",
    "tags": "".join(chr(0xE0000 + ord(c)) for c in "pwned4791"),
    "zero-width": "pw\u200bne\u2060d\ufeff4791\u00ad\u180e",
    "line and paragraph separators": "4791\u2028pwned\u2029\x85",
    "annotations": "\ufff9a\ufffab\ufffb",
    "eighty marks": "e" + "\u0301\u0338" * 40,
    "markup": "[bold red]x[/] [@click=app.quit]4791[/] [/] [link=file:///etc/passwd]y[/link]",
}  # fmt: skip
"""What each is, and the characters."""

OBEYED: dict[str, bytes] = {
    name: text.encode() for name, text in PAYLOADS.items() if name not in ("markup", "a lone escape", "eighty marks")
}
"""The bytes that come out nowhere. Others the grammar finds: a lone escape begins all that is allowed."""

ALL = " ".join(PAYLOADS.values())


def hostile(number: int, words: str) -> str:
    """Return *words* with the payload of *number* right behind the first of them, so that it is in sight."""
    first, _, rest = words.partition(" ")
    payload = list(PAYLOADS.values())[number % len(PAYLOADS)]
    return f"{first} {payload} {rest} {payload}"
