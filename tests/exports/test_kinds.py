"""Every type of record in every format, letter for letter (``data/kinds``): what is changed there is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.kinds import ITEMS
from tui.exports import EXPORTS, Export

DATA = Path(__file__).parent / "data" / "kinds"


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.NAME)
def test_each_type_of_record_is_written_in_its_way(export: Export) -> None:
    written = export.write(ITEMS)
    wanted = (DATA / f"{export.NAME}{export.SUFFIX}").read_bytes().decode()
    assert written.text.replace("\r\n", "\n").splitlines() == wanted.splitlines()
    assert list(written.warnings) == (DATA / f"{export.NAME}.said").read_text("utf-8").splitlines()
    assert written.failures == ()
