from importlib import import_module

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"

    def ready(self) -> None:
        """Tell the ground floor what an area's service plan allows."""
        import_module("tenants.limits")
