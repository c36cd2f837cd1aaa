from importlib import import_module

from django.apps import AppConfig


class AreaSettingsConfig(AppConfig):
    name = "core.area_settings"
    label = "area_settings"

    def ready(self) -> None:
        """The ground floor's own kinds; each room loads its own."""
        for module in ("calendar", "labels", "languages", "retention"):
            import_module(f"core.{module}")
