from importlib import import_module

from django.apps import AppConfig


class ConsensusConfig(AppConfig):
    name = "consensus"

    def ready(self) -> None:
        import_module("consensus.jobs")  # names the kinds of jobs
        import_module("consensus.archiving")
        import_module("consensus.study_defaults")
