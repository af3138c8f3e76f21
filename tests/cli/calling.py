"""What a command gave, for the tests of commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


class Done:
    """What a command gave: exit status, stdout and stderr."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        """The document on stdout."""
        return json.loads(self.out)


Call = Callable[..., Done]
