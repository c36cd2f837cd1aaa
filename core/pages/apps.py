from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The shared look of the few server-rendered pages."""

    name = "core.pages"
