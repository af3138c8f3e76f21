"""Every type of record in every format, letter for letter (``data/kinds``): what is changed there is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.kinds import ITEMS
from tui.exports import EXPORTS, Export, Options

DATA = Path(__file__).parent / "data" / "kinds"


WISHED = Options(("abstract", "keywords", "note", "isbn", "issn", "language", "-url", "-month"), "unicode")


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.NAME)
def test_each_type_of_record_is_written_in_its_way(export: Export) -> None:
    written = export.write(ITEMS)
    wanted = (DATA / f"{export.NAME}{export.SUFFIX}").read_bytes().decode()
    assert written.text.replace("\r\n", "\n").splitlines() == wanted.splitlines()
    assert list(written.warnings) == (DATA / f"{export.NAME}.said").read_text("utf-8").splitlines()
    assert (written.count, written.failures) == (len(ITEMS), ())


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.NAME)
def test_a_reader_may_wish_for_more_fields_and_for_fewer(export: Export) -> None:
    wanted = (DATA / f"{export.NAME}-wished{export.SUFFIX}").read_bytes().decode()
    written = export.write([item for item in ITEMS if not item.key.endswith("-bare")], WISHED)
    assert written.text.replace("\r\n", "\n").splitlines() == wanted.splitlines()
