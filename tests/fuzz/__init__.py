"""Fuzzing of every parser, and every regular expression tried on its own worst letters.

``python -m tests.fuzz`` runs the targets, ``python -m tests.fuzz.patterns`` the patterns. A target is a function of
bytes and the laws that hold whatever the bytes are; its seeds are the samples and ``corpus/NAME/``, where everything
that was once found is kept.
"""
