"""The services that know papers, and :mod:`tui.providers.web`, the one door through which anything is fetched."""
