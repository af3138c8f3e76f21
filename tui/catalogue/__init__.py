"""The catalogue: what the library holds, in one SQLite file that is derived and may be deleted at any time."""
