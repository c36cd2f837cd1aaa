from collections.abc import Iterable
from uuid import UUID

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "clusters"

    def ready(self) -> None:
        # Models, and what imports them, can be loaded only now.
        from accounts.enums import Scope  # noqa: PLC0415
        from accounts.scopes import scope_provider  # noqa: PLC0415
        from clusters.models import Cluster, School  # noqa: PLC0415

        @scope_provider(Scope.SCHOOL)
        def _schools(ids: Iterable[UUID]) -> Iterable[UUID]:
            return School.objects.filter(pk__in=list(ids)).values_list("pk", flat=True)

        @scope_provider(Scope.CLUSTER)
        def _clusters(ids: Iterable[UUID]) -> Iterable[UUID]:
            return Cluster.objects.filter(pk__in=list(ids)).values_list("pk", flat=True)
