from django.apps import AppConfig


class BackendConfig(AppConfig):
    """The project itself, as an app, for its commands: `openapi`, `demo`, `welcome`."""

    name = "backend"
