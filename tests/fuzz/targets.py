"""All targets, by name."""

from __future__ import annotations

from tests.fuzz import of_answers, of_digests, of_exports, of_files, of_texts
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {
    each.name: each for module in (of_digests, of_texts, of_exports, of_answers, of_files) for each in module.TARGETS
}
