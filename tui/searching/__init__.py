"""Searching: what of a paper is indexed, what a search means, and which papers it finds.

The index is SQLite's FTS5 (https://sqlite.org/fts5.html), a table of the catalogue. It was measured against tantivy
0.27 with 100,000 papers of 1,250 letters of abstract, where that has the beginning of a word in four fields as a
regular expression: the numbers of all papers for ``a``, ``se``, ``tra`` and ``transf`` take 15, 10, 5 and 2 ms here,
and 88, 25, 11 and 1 ms there; the best 200 alone 63, 6, 4 and 0.3 ms there. tantivy's index is built in a fifth of
the time and is a quarter of the size. FTS5 changes with the rest of the catalogue in one transaction (a change to
tantivy's costs 12 to 19 ms), lies in the same file, and is no further dependency.

:mod:`~tui.searching.folding` brings text and search to one spelling, :mod:`~tui.searching.texts` says what is
indexed, :mod:`~tui.searching.query` reads what the reader types, :mod:`~tui.searching.finding` finds,
:mod:`~tui.searching.looking_up` asks for words, and for letters ahead, and :mod:`~tui.searching.hits` shows where.
"""
