"""The evidence lies in the area: who of the platform may look into it, why and until when."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import Resource


class OperatorAccessQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def open(self) -> Self:
        """Those whose token opens the area now."""
        return self.filter(ended_at__isnull=True, ends_at__gt=timezone.now())


class OperatorAccess(Resource):
    """One grant, from its creation until it ends. Never deleted; only its use and end are noted."""

    operator_id = models.UUIDField()  # a user of the platform, in another schema
    operator_name = models.CharField(max_length=160)
    reason = models.CharField(max_length=500)
    token_digest = models.CharField(max_length=64)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # before its time, by the operator or the area
    last_used_at = models.DateTimeField(null=True)
    use_count = models.IntegerField(default=0)  # requests

    objects = OperatorAccessQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_digest"], name="operator_access_token_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="operator_access_reasoned"),
        ]
