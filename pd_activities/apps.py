from typing import Any

from django.apps import AppConfig


class PdActivitiesConfig(AppConfig):
    name = "pd_activities"

    def ready(self) -> None:
        # Models, and what imports them, can be loaded only now.
        from pd_activities.actions import hours, instruments, starting  # noqa: PLC0415
        from pd_activities.queries import evidence  # noqa: F401, PLC0415  (registers itself)
        from tenants.provisioning import starts_with  # noqa: PLC0415

        def fill(_area: Any) -> None:
            instruments.give_starting_instrument()
            starting.give_starting_rules()
            hours.give_starting_hour_rules()

        starts_with(fill)
