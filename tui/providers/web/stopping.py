"""How another thread is told to stop: what it fetches, and what it waits for before that."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from tui.errors import StoppedError


class Stop:
    """A token that is set once, from any thread; whoever fetches or waits under it then ends with StoppedError."""

    def __init__(self) -> None:
        self._set = threading.Event()
        self._lock = threading.Lock()
        self._actions: dict[object, Callable[[], None]] = {}

    @property
    def is_set(self) -> bool:
        """Whether it was set."""
        return self._set.is_set()

    def set(self) -> None:
        """Stop what is under way under this token and whatever would begin under it. Returns at once."""
        with self._lock:
            self._set.set()
            actions = tuple(self._actions.values())
        for action in actions:
            action()

    def check(self) -> None:
        """Raise StoppedError where it was set."""
        self.wait(0)

    def wait(self, seconds: float) -> None:
        """Wait *seconds*; raise StoppedError as soon as it is set."""
        if self._set.wait(max(0.0, seconds)):
            raise StoppedError("The look-up was stopped.")

    @contextlib.contextmanager
    def during(self, action: Callable[[], None]) -> Iterator[None]:
        """Have *action* called, in the thread that sets it, when it is set meanwhile; at once where it is already."""
        token = object()
        with self._lock:
            self._actions[token] = action
            late = self._set.is_set()
        try:
            if late:
                action()
            yield
        finally:
            with self._lock:
                del self._actions[token]
