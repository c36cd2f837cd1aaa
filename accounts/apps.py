from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        """Tell the tenants room who an area's administrators are, and what stays when it leaves."""
        import_module("accounts.founding")
        import_module("accounts.archiving")
        import_module("accounts.sign_in_settings")
