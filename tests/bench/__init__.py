"""The benchmark: ``python -m tests.bench [start keys import export]`` prints a table of ratios."""
