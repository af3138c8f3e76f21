"""The one door to the network: everything that is fetched is fetched through here.

:func:`fetch` gets a page; a :class:`Door` asks services as they want to be asked, and gets files too (``download``).
None of them knows a service. All are slow by nature and block: call them from a worker thread, and set a
:class:`Stop` from another one to end them.
"""

from __future__ import annotations

from tui.providers.web.breaker import Pause
from tui.providers.web.door import Door
from tui.providers.web.download import UnkeptError
from tui.providers.web.pages import Fetched, fetch
from tui.providers.web.rule import Rule
from tui.providers.web.service import ServiceDoor
from tui.providers.web.stopping import Stop

__all__ = ["Door", "Fetched", "Pause", "Rule", "ServiceDoor", "Stop", "UnkeptError", "fetch"]
