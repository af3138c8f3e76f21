"""The one door to the network: everything that is fetched is fetched through here.

:func:`fetch` gets a page, a :class:`Door` asks services as they want to be asked, :func:`download` gets a file. None
of them knows a service or a format. All are slow by nature and block: call them from a worker thread, and set a
:class:`Stop` from another one to end them.
"""

from __future__ import annotations

from tui.providers.web.pages import Fetched, fetch
from tui.providers.web.stopping import Stop

__all__ = ["Fetched", "Stop", "fetch"]
