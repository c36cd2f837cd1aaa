from importlib import import_module

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"

    def ready(self) -> None:
        """Say what a service plan allows, and what of this room leaves with an area."""
        import_module("tenants.limits")
        import_module("tenants.archiving")
