"""Hostile words of commands, hostile searches and hostile surroundings."""

from __future__ import annotations

from tests.hostile.cases import Case
from tests.hostile.running import BERT, asked, called, surrounded
from tests.hostile.texts import MARKUP

ESCAPES = "\x1b[2J\x1b]0;PWNED\x07 \x9b31m \u202egnp \u200b\U000e0041\x08 x"
LINES = "one\ntwo\r\nexit: 0\u2028three\x0bfour"
BYTES = "caf\udce9 \udcff\udcfe x"
"""As Python gives arguments that are no UTF-8."""

WORDS = {"escapes": ESCAPES, "lines": LINES, "bytes": BYTES}

PLACES: dict[str, tuple[str, ...]] = {
    "command": ("@",),
    "option": ("papers", "--@"),
    "query": ("papers", "--query", "@", "--json"),
    "search": ("search", "@"),
    "issue": ("papers", "--issue", "@"),
    "paper": ("show", "@"),
    "paper of an export": ("export", "@"),
    "format of an export": ("export", BERT, "--format", "@"),
    "fields of an export": ("export", BERT, "--fields", "@"),
    "key": ("key", BERT, "@"),
    "note": ("note", BERT, "@"),
    "tag": ("tag", BERT, "--add", "@"),
    "tag that goes": ("tag", BERT, "--remove", "@"),
    "name of a tag": ("tags", "rename", "@", "@"),
    "state": ("state", BERT, "@"),
    "title": ("set", BERT, "title", "@"),
    "authors": ("set", BERT, "authors", "@"),
    "venue": ("set", BERT, "venue", "@"),
    "doi": ("set", BERT, "doi", "@"),
    "url": ("set", BERT, "url", "@"),
    "year": ("set", BERT, "year", "@"),
    "field": ("set", BERT, "@", "x"),
    "choice": ("take", BERT, "@"),
    "refusal": ("refuse", BERT, "@"),
    "merge": ("merge", BERT, "@"),
    "remove": ("remove", "@"),
    "restore": ("restore", "@"),
    "saved search": ("searches", "add", "@", "title:x"),
    "saved query": ("searches", "add", "mine", "@"),
    "path": ("add", "@"),
    "path in JSON": ("add", "--json", "@"),
    "format": ("add", "--format", "@", "reading.md"),
    "source": ("sources", "add", "@"),
    "source that goes": ("sources", "remove", "@"),
    "page": ("open", "@"),
    "pdf": ("pdf", "@"),
    "settings": ("--config", "@", "issues"),
    "shell": ("completions", "@"),
    "bibliography": ("export", BERT, "--into", "@/refs.bib"),
    "output": ("export", BERT, "--output", "@/no/refs.bib"),
    "order": ("papers", "--sort", "@"),
}
"""Where a word stands; ``@`` is the hostile one."""


def _said() -> list[Case]:
    made = []
    for place, argv in PLACES.items():
        for name, said in WORDS.items():
            words = tuple(word.replace("@", said) for word in argv)
            made.append(Case(f"{place}: {name}", called, words, {"status": (0, 1, 2)}))
    return made


QUERIES: dict[str, tuple[str, dict[str, object]]] = {
    "quote that is open": ('title:"attention', {}),
    "only a quote": ('"', {}),
    "brackets that are open": ("((((attention", {}),
    "brackets without end": ("(" * 5000, {}),
    "brackets within brackets": ("(" * 2000 + "attention" + ")" * 2000, {}),
    "denials without end": ("attention " + "-" * 5000 + "need NOT NOT NOT a", {}),
    "or without end": ("a OR " * 3000 + "b", {}),
    "only or": ("OR", {}),
    "and nothing": ("attention AND", {}),
    "not nothing": ("NOT", {}),
    "operators of the index": ("attention NEAR(need, 2) ^all *", {}),
    "columns of the index": ("{title abstract}: attention", {}),
    "star": ("*", {}),
    "stars": ("a* " * 500, {}),
    "sql": ("x'; DROP TABLE papers; --", {}),
    "sql in a field": ("title:x') OR 1=1 --", {}),
    "sql in double quotes": ('" UNION SELECT * FROM papers --', {}),
    "null": ("a\x00b", {}),
    "bytes in fields": ("key:caf\udce9 id:\udcff tag:\udcfe -author:\udcfe", {}),
    "field that there is not": ("evil:x", {}),
    "field without a value": ("title:", {}),
    "field of a field": ("title:author:year:x", {}),
    "year that is none": ("year:abc", {"status": 1, "err": "year"}),
    "year of many digits": ("year:" + "9" * 5000, {}),
    "year below zero": ("year:-1..-5", {}),
    "years that go back": ("year:2024..1990", {}),
    "year of other digits": ("year:２０２４", {}),
    "state that there is not": ("is:evil\x1b[31m", {}),
    "date that is none": ("added:9999-99-99", {}),
    "markup": (MARKUP, {}),
    "field of markup": ("tag:[bold]x[/]", {}),
    "pattern": ("/(a+)+$/", {}),
    "pattern in a field": ("title:(a|a)*b", {}),
    "one long word": ("w" * 100_000, {}),
    "many words": ("w " * 20_000, {}),
    "many marks": ("z" + "\u0301" * 5000, {}),
    "bidi": ("\u202enoitnetta", {}),
    "ligatures": ("ﬀ" * 1000 + " ﷺ" * 1000, {}),
    "blanks": (" \t\u3000\u2003 ", {}),
    "percent": ("100%_ \\% LIKE '%'", {}),
}

SURROUNDINGS: dict[str, tuple[dict[str, str], tuple[str, ...], dict[str, object]]] = {
    "editor of a shell": (
        {"VISUAL": "sh -c 'touch HERE/canary'; touch HERE/canary"}, ("note", BERT, "x"), {"status": 0},
    ),
    "library that is a file": ({"PAPERRACK_LIBRARY": "/dev/null"}, ("issues",), {}),
    "settings that are a folder": ({"PAPERRACK_CONFIG": "HERE"}, ("issues",), {"status": 1}),
    "settings that are not there": ({"PAPERRACK_CONFIG": "HERE/\x1b[31mno"}, ("issues",), {"status": 1}),
    "settings that never end": ({"PAPERRACK_CONFIG": "/dev/zero"}, ("issues",), {"status": 1}),
    "home of nobody": ({"PAPERRACK_CONFIG": "~nobody\x1b[31m/x"}, ("issues",), {"status": 1}),
    "browser that is a script": (
        {"BROWSER": "sh -c 'touch HERE/canary; %s'", "PATH": "/usr/bin:/bin"}, ("open", BERT), {"status": 1},
    ),
    "browser with a quote": ({"BROWSER": "x 'y", "PATH": "/nowhere"}, ("open", BERT), {"status": 1}),
    "browser with escapes": ({"BROWSER": "\x1b[31mred %s", "PATH": "/nowhere"}, ("open", BERT), {"status": 1}),
    "proxy that is none": ({"https_proxy": "\x1b]0;x", "http_proxy": "evil"}, ("issues",), {"status": 0}),
    "columns": ({"COLUMNS": "99999999999999999999", "LINES": "-1"}, ("papers", "--query", ""), {"status": 0}),
    "columns of letters": ({"COLUMNS": "\x1b[31m", "LINES": "x"}, ("papers", "--query", ""), {"status": 0}),
    "terminal": ({"TERM": "\x1b[31m", "COLORTERM": "\x1b", "NO_COLOR": "\x1b"}, ("issues",), {"status": 0}),
    "language": ({"LANG": "../../x", "LC_ALL": "evil\x1b", "LANGUAGE": "\x1b"}, ("issues",), {"status": 0}),
    "time zone": ({"TZ": "../../../etc/passwd"}, ("papers", "--query", "", "--json"), {"status": 0}),
    "screens' settings": ({"TEXTUAL": "devtools", "TEXTUAL_LOG": "HERE/canary"}, ("issues",), {"status": 0}),
}  # fmt: skip

CASES = [
    *_said(),
    *(Case(f"query: {name}", asked, query, must) for name, (query, must) in QUERIES.items()),
    *(
        Case(f"environment: {name}", surrounded, variables, {"argv": argv, **must})
        for name, (variables, argv, must) in SURROUNDINGS.items()
    ),
]
