from django.apps import AppConfig


class PdActivitiesConfig(AppConfig):
    name = "pd_activities"

    def ready(self) -> None:
        # Models, and what imports them, can be loaded only now.
        from pd_activities import archiving  # noqa: F401, PLC0415  (registers itself)
        from pd_activities.actions.starting import give_starting_documents  # noqa: PLC0415
        from pd_activities.queries import (  # noqa: F401, PLC0415  (register themselves)
            evidence,
            logs,
        )
        from tenants.provisioning import starts_with  # noqa: PLC0415

        starts_with(give_starting_documents)
