"""Credit hours: the rules of each time, and a ledger in which nothing is ever changed."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from clusters.models import Teacher
from core.ids import new_id
from core.models import Resource
from core.spans import date_span
from pd_activities.enums import HourKind, HourSource


class HourRuleSet(Resource):
    """How minutes become credit hours in a span of dates (see calculations.credit.HourRules)."""

    number = models.IntegerField(editable=False)  # the version that ledger entries name
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)  # the last day on which it holds
    rules = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="hour_rule_set_number"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="hour_rule_set_dates",
            ),
            ExclusionConstraint(
                name="hour_rule_set_one_at_a_time",
                expressions=[(date_span("valid_from", "valid_until"), RangeOperators.OVERLAPS)],
            ),
        ]


class LedgerEntry(models.Model):
    """Credit for one teacher from one source. A mistake is undone by an entry that reverses it."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="ledger_entries", db_index=False
    )
    source_kind = models.CharField(max_length=15, choices=HourSource)
    source_id = models.UUIDField()
    revision = models.IntegerField(default=1)  # counts the awards from one source
    kind = models.CharField(max_length=10, choices=HourKind)
    title = models.CharField(max_length=200)
    minutes = models.IntegerField()
    credit_minutes = models.IntegerField()  # 60 are one credit hour
    rule_set_version = models.IntegerField()
    occurred_on = models.DateField()
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals", db_index=False
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["teacher", "occurred_on", "id"], name="ledger_by_teacher")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_id", "teacher", "revision", "reverses"],
                nulls_distinct=False,
                name="ledger_awarded_once",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="ledger_reversed_once",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, minutes__gte=0, credit_minutes__gte=0)
                | Q(reverses__isnull=False, minutes__lte=0, credit_minutes__lte=0),
                name="ledger_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.credit_minutes}"
