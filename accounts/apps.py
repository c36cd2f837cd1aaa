from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Tell the tenants room how an area gets its first administrator."""
        import_module("accounts.founding")
