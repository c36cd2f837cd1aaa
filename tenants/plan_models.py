"""What an area may use by its service plan, and what it has used each month. Public schema only."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from core.ids import new_id
from core.models import Resource


class ServicePlan(Resource):
    """Limits that an operator gives to areas; null has no limit. (A cluster's plan is another.)"""

    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    seats = models.IntegerField(null=True, blank=True)  # active accounts
    storage_bytes = models.BigIntegerField(null=True, blank=True)
    live_studies = models.IntegerField(null=True, blank=True)
    is_default = models.BooleanField(default=False)  # new areas get it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="service_plan_one_default"
            ),
            models.CheckConstraint(
                condition=(Q(seats=None) | Q(seats__gte=1))
                & (Q(storage_bytes=None) | Q(storage_bytes__gte=0))
                & (Q(live_studies=None) | Q(live_studies__gte=0)),
                name="service_plan_limits",
            ),
        ]

    def __str__(self) -> str:
        return self.name_th


class AreaUsage(models.Model):
    """What one area used in one month; final once `counted_until` is the month's last day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(
        "tenants.Area", on_delete=models.CASCADE, related_name="usage", db_index=False
    )
    month = models.DateField()  # its first day
    counted_until = models.DateField()  # the last day that is in it
    active_users = models.IntegerField()
    signed_in_users = models.IntegerField()
    storage_bytes = models.BigIntegerField()
    live_studies = models.IntegerField()
    activity_logs = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "month"], name="area_usage_once_a_month")
        ]
        indexes: ClassVar = [models.Index(fields=["month", "id"], name="area_usage_by_month")]

    def __str__(self) -> str:
        return f"{self.area_id} {self.month:%Y-%m}"
