"""The services as the reader set them up: which may be asked, with whose key, and how they stand."""

from __future__ import annotations

import dataclasses
import os
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from tui.desk.addresses import provider_of
from tui.desk.lanes import Stop
from tui.desk.planning import Reach
from tui.errors import NetworkError, SettingsError
from tui.model import Condition, ServiceState
from tui.providers.asking import Provider, Service
from tui.settings import Paths, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tui.providers.web import Door, Pause, Rule
    from tui.providers.web import Stop as Token
    from tui.providers.web.conditional import Answered
    from tui.providers.web.download import Progress


class Services:
    """Every service that is known. The door to the network is made when the first question is asked.

    *recorded* is a folder of recorded answers that stand in for the network: the demo's.
    """

    def __init__(
        self, settings: Settings, recorded: Path | None = None, environ: Mapping[str, str] = os.environ
    ) -> None:
        self._settings = settings
        self._recorded = recorded
        self._environ = environ
        self._contact = settings.network.contact
        self._door_made: Door | None = None
        self._key_files: dict[str, tuple[str | None, str | None]] = {}
        self._lock = threading.Lock()

    @property
    def real(self) -> bool:
        """Whether the answers come from the network, and not from recordings."""
        return self._recorded is None

    @property
    def door(self) -> Door:
        """The one door to the network."""
        # The first questions to several services are asked by several threads.
        with self._lock:
            if self._door_made is None:
                self._door_made = self._recordings() if self._recorded else self._network()
            return self._door_made

    def _network(self) -> Door:
        from tui.providers.web import Door

        network = self._settings.network
        folder = Paths.of_platform().cache / "network"
        return Door(contact=self._contact, offline=network.offline, allow=network.allow, folder=folder)

    def _recordings(self) -> Door:
        from tui.providers.web import Door
        from tui.providers.web.recorded import Recorded

        assert self._recorded is not None  # noqa: S101 - for the type checker; door() asked before
        return Door(transport=Recorded(self._recorded, delay=DELAY))

    @cached_property
    def _providers(self) -> Mapping[str, Provider]:
        from tui.providers import providers

        return providers()

    def provider(self, name: str) -> Provider:
        """Return the module about the service *name*."""
        return self._providers[name]

    def reach(self) -> Reach:
        """Return the services that may be asked, and about what."""
        # Offline they are asked all the same: the door says that it is shut, and the look-up waits.
        asked = {n: tuple(each.ASKS) for n, each in self._providers.items() if self._off(n) in (None, OFFLINE)}
        if "openalex" in asked and not self.key("openalex"):
            # Records are free there, searches are paid for by whose key it is.
            asked["openalex"] = tuple(about for about in asked["openalex"] if about not in ("title", "abstract"))
        return asked

    def _off(self, name: str) -> str | None:
        """Return why the service is not asked at all, None where it may be."""
        if self._settings.network.offline and self.real:
            return OFFLINE
        if not self._settings.provider(name).enabled:
            return "it is switched off in the settings"
        if name == "unpaywall" and not self._contact:
            return "it wants to know whom to write to (network.contact)"
        return None if self.key(name) else self._key_in_file(name)[1]

    def key(self, name: str) -> str | None:
        """Return the reader's key for the service, from the environment or else from the file that the settings name.

        None where there is none, or where the file is not one to be trusted, which :meth:`states` says.
        """
        variable = self._settings.provider(name).key_env or self._providers[name].KEY
        return (self._environ.get(variable or "") or "").strip() or self._key_in_file(name)[0]

    def _key_in_file(self, name: str) -> tuple[str | None, str | None]:
        """Return the key in the file of the service *name*, and what is wrong with that file; read once a run."""
        if name not in self._key_files:
            self._key_files[name] = self._read_key(name)
        return self._key_files[name]

    def _read_key(self, name: str) -> tuple[str | None, str | None]:
        path = self._settings.provider(name).key_file
        if path is None:
            return None, None
        from tui.desk.key_files import read_key

        try:
            return read_key(path), None
        except SettingsError as error:
            return None, str(error).removesuffix(".")

    def introduce(self, address: str) -> None:
        """Say from now on that *address* is whom services may write to."""
        self._contact = address or None
        if self._door_made is not None:
            self._door_made.contact = self._contact

    def _rule(self, name: str) -> Rule:
        from tui.providers.web import Rule

        provider, chosen = self._providers[name], self._settings.provider(name)
        if not self.real:
            return Rule(name, provider.LABEL, 0.0)
        pace = provider.PACE if chosen.pace is None else chosen.pace
        if chosen.base_url is None:
            # A service's own rule may be relaxed only for a stand-in of it.
            pace = max(pace, provider.PACE)
        return Rule(name, provider.LABEL, pace, chosen.base_url, self.key(name), contact=provider.CONTACT)

    def open(self, name: str) -> tuple[Service, Stop]:
        """Return the service, ready for one request, and what stops it."""
        from tui.providers.web import Stop as Token

        stop = Token()
        return self.door.service(self._rule(name)).with_stop(stop), stop

    def download(self, url: str, path: Path, progress: Progress | None = None, stop: Token | None = None) -> Path:
        """Put the PDF at *url* into the file *path*; raises as :func:`tui.providers.web.download.download`.

        The stand-in of a service is asked for the PDFs that lie at that service.
        """
        name = provider_of(url)
        rule = self._rule(name) if name and self._settings.provider(name).base_url else None
        return self.door.download(url, path, rule=rule, progress=progress, stop=stop)

    def visit(
        self,
        url: str,
        etag: str | None = None,
        modified: str | None = None,
        stop: Token | None = None,
        begin: Callable[[], bool] = lambda: True,
    ) -> Answered | None:
        """Return what the source at *url* gives; raises as :func:`tui.providers.web.conditional.ask`.

        What lies at a service is asked for at that service's pace, together with all else that it is asked.
        """
        from tui.providers.web.conditional import ask

        name = provider_of(url)
        rule = self._rule(name) if name else None
        return ask(self.door, url, etag=etag, modified=modified, service=rule, stop=stop, begin=begin)

    def states(self, loads: Mapping[str, tuple[int, int]]) -> tuple[ServiceState, ...]:
        """Return how each service stands, with how many questions are asked of it and wait (*loads*)."""
        wrong: dict[str, str] = {}
        for name in self._providers:
            try:
                self.door.service(self._rule(name))
            except NetworkError as error:  # an address in the settings that nothing can be asked at
                wrong[name] = str(error)
        pauses = {pause.name: pause for pause in self.door.states()}
        states = (self._state(name, *loads.get(name, (0, 0)), pauses.get(name)) for name in self._providers)
        return tuple(
            dataclasses.replace(each, condition="off", why=wrong[each.name]) if each.name in wrong else each
            for each in states
        )

    def _state(self, name: str, asking: int, waiting: int, pause: Pause | None) -> ServiceState:
        label = self._providers[name].LABEL
        if why := self._off(name):
            return ServiceState(name, label, "off", why=why)
        if pause is not None:
            condition: Condition = "blocked" if pause.blocked else "paused"
            return ServiceState(name, label, condition, asking, waiting, pause.why, pause.until)
        return ServiceState(name, label, "asking" if asking else "ready", asking, waiting)

    def close(self) -> None:
        """Close the door, if it was ever opened."""
        if self._door_made is not None:
            self._door_made.close()


OFFLINE = "the network is switched off (network.offline)"
"""Why no service is asked at all."""

DELAY = 0.25
"""Seconds that a recorded answer takes: a reader of the demo should see that something is fetched."""
