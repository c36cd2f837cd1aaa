from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "core.imports"
    label = "imports"

    def ready(self) -> None:
        from core.imports import jobs  # noqa: F401, PLC0415  (registers its kinds of jobs)
