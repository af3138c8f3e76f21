"""paperrack: the terminal reader for research digests.

The package is laid out in the order of the flow: digests → model → library → desk → the two faces
(``cli`` and ``screens``), and imports run only against it. The README draws the house.
"""

__version__ = "0.1.0"
