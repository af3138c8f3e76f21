"""The benchmark: ``python -m tests.bench [start keys import export matching]`` prints tables."""
