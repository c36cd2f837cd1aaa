"""Committees: rules, seats, and what the meetings of one decide (see meetings.py)."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from clusters.models import Cluster, School
from core.models import Resource
from core.spans import date_span
from pd_activities.enums.committees import CommitteeKind, SeatCategory, SeatRole


class CommitteeRule(Resource):
    """What a new committee of a kind starts with; an area's own, dated and editable.

    `composition` is `{size, term_years, categories: {category: count}}`, empty where it is free;
    `procedure` is `{quorum: "1/2", majority_of: "votes_cast", casting_vote: true}`.
    """

    kind = models.CharField(max_length=10, choices=CommitteeKind)
    title = models.CharField(max_length=200)
    pupils_from = models.IntegerField(default=0)  # for schools with at least so many pupils
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)  # the last day on which it is used
    composition = models.JSONField(default=dict)
    procedure = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "pupils_from", "valid_from"], name="committee_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="committee_rule_dates",
            ),
        ]


class Committee(Resource):
    """A committee of one cluster or of one school, with the rules that hold for it."""

    kind = models.CharField(max_length=10, choices=CommitteeKind)
    cluster = models.ForeignKey(
        Cluster, null=True, on_delete=models.PROTECT, related_name="committees"
    )
    school = models.ForeignKey(
        School, null=True, on_delete=models.PROTECT, related_name="committees"
    )
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, default="", blank=True)
    sort_key = models.CharField(max_length=500, editable=False, db_collation="C")  # of name_th
    established_on = models.DateField()
    dissolved_on = models.DateField(null=True)  # the first day on which it is no more
    composition = models.JSONField(default=dict)
    procedure = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sort_key", "id"], name="committee_by_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=CommitteeKind.CLUSTER, cluster__isnull=False, school__isnull=True)
                | Q(kind=CommitteeKind.SCHOOL, school__isnull=False, cluster__isnull=True),
                name="committee_belongs_to_one",
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=F("established_on")),
                name="committee_dates",
            ),
        ]


class Seat(Resource):
    """One person's term in a committee; `user` is null for a holder without an account."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="seats")
    category = models.CharField(max_length=25, choices=SeatCategory)
    role = models.CharField(max_length=10, choices=SeatRole, default=SeatRole.MEMBER)
    holder_name = models.CharField(max_length=160)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="seats")
    term_from = models.DateField()
    term_until = models.DateField(null=True)  # the last day of the term

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(term_until__isnull=True) | Q(term_until__gte=F("term_from")),
                name="seat_term",
            ),
            ExclusionConstraint(
                name="seat_one_chair_and_one_secretary",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (date_span("term_from", "term_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=[SeatRole.CHAIR, SeatRole.SECRETARY]),
            ),
            ExclusionConstraint(
                name="seat_one_per_person",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    (date_span("term_from", "term_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(user__isnull=False),
            ),
        ]
