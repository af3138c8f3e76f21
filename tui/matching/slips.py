"""Whether two words are one: misspelt, in another number, in British or American spelling, and not an opposite."""

from __future__ import annotations

from tui.matching.vocabulary import ENDINGS, SHAPES


def one_word(one: str, other: str) -> bool:
    """Return whether two words are one, misspelt or in another number: "colour" and "colors"."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if any(sign.isdigit() or sign in "+#" for sign in one + other) or len(short) < 3:
        return False
    if long == short + "s" or long == short + "es" or (short[:-1] + "ies" == long and short[-1] == "y"):
        return True
    return slip(one, other)


def slip(one: str, other: str) -> bool:
    """Return whether two words are a slip of the pen apart and not two words of the language."""
    from rapidfuzz.distance import OSA

    short, long = sorted((one, other), key=len)
    if len(short) < 4 or any(sign.isdigit() for sign in one + other):
        return False
    allowed = 1 if len(short) <= 7 else 2
    if OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    if any(long == shape + short for shape in SHAPES) or _opposites(one, other):
        return False
    # Endings may begin alike themselves: nitr-ate and nitr-ite, but train-er and train-ee.
    stem = _common(one, other)
    return not any({one[cut:], other[cut:]} in ENDINGS for cut in range(max(0, len(stem) - 1), len(stem) + 1))


def _common(one: str, other: str) -> str:
    """Return the letters that both words begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return one[: next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))]


def _opposites(one: str, other: str) -> bool:
    """Return whether both are one stem behind two first syllables: underfitting and overfitting."""
    for shape in SHAPES:
        stem = one.removeprefix(shape)
        if len(shape) > 1 and stem != one and len(stem) >= 4 and other in {each + stem for each in SHAPES - {shape}}:
            return True
    return False
