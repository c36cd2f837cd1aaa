from django.apps import AppConfig


class DrillsConfig(AppConfig):
    """Things to write down and jobs to interrupt; installed by tests/drills/settings.py alone."""

    name = "tests.drills.app"
    label = "drills"
