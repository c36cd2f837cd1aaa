"""Schools, teachers, clusters and what clusters agree on and plan. One area's schema."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from clusters.enums import NetworkStage, PlanStatus, Position, Standing, Validation, WorkScope
from clusters.querysets import MembershipQuerySet
from core.models import Resource
from core.spans import date_span


class School(Resource):
    """A school of the area. `code` is the area's key for it (ministry, SMIS or percode)."""

    code = models.CharField(max_length=20)
    code_is_official = models.BooleanField(default=True)  # False: made up, valid in form only
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, default="", blank=True)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")  # of name_th
    subdistrict = models.CharField(max_length=60, default="", blank=True)
    district = models.CharField(max_length=60)
    province = models.CharField(max_length=60)
    levels = models.CharField(max_length=60, default="", blank=True)
    pupil_count = models.IntegerField(null=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sort_key", "id"], name="school_by_name")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="school_code"),
            models.CheckConstraint(
                condition=Q(pupil_count__isnull=True) | Q(pupil_count__gte=0), name="school_pupils"
            ),
        ]


class Teacher(Resource):
    """A person on a school's staff; `user` once they have an account."""

    staff_code = models.CharField(max_length=30)
    name_th = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="teachers")
    user = models.OneToOneField(User, null=True, on_delete=models.SET_NULL, related_name="teacher")
    position = models.CharField(max_length=20, choices=Position, default=Position.TEACHER)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.NONE)
    email = models.EmailField(default="", blank=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sort_key", "id"], name="teacher_by_name")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["staff_code"], name="teacher_staff_code")
        ]


class Cluster(Resource):
    """Schools that develop their teachers together; what an area calls it is a setting."""

    code = models.CharField(max_length=30)
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, default="", blank=True)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")
    district = models.CharField(max_length=60, default="", blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sort_key", "id"], name="cluster_by_name")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="cluster_code")]


class Membership(Resource):
    """A school belongs to a cluster over a time; to one cluster at a time."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="memberships")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="memberships", db_index=False
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True)  # the first day on which it is no member any more

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gt=F("joined_on")),
                name="membership_dates",
            ),
            ExclusionConstraint(
                name="membership_one_cluster_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (date_span("joined_on", "left_on", "[)"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Agreement(Resource):
    """A cluster's agreement (บันทึกข้อตกลงความร่วมมือ), signed school by school."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="agreement_dates",
            )
        ]


class AgreementSignature(Resource):
    """One school's signature under an agreement."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="signatures", db_index=False
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+", db_index=False)
    signed_on = models.DateField()
    signatory = models.CharField(max_length=160)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "school"], name="agreement_signed_once")
        ]


class StageRules(Resource):
    """Which evidence each network stage asks for, as this area has it. One row, or the default."""

    requirements = models.JSONField()  # stage → codes of evidence; clusters.evidence knows them


class StageChange(Resource):
    """A cluster was found at another network stage; the newest one is its present stage.

    An empty stage: it has not reached the first, or has slipped back below it.
    """

    append_only = True

    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="stage_changes", db_index=False
    )
    stage = models.CharField(max_length=30, choices=NetworkStage, blank=True)
    evidence = models.JSONField()  # the codes that were there
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["cluster", "-id"], name="stage_change_newest")]


class Plan(Resource):
    """A cluster's plan for one academic year (the CE year in which it starts)."""

    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="plans", db_index=False
    )
    academic_year = models.IntegerField()
    title = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cluster", "academic_year"], name="plan_one_per_cluster_and_year"
            ),
            models.CheckConstraint(
                condition=Q(academic_year__gte=2000, academic_year__lte=2200), name="plan_year_ce"
            ),
        ]


class PlanVersion(Resource):
    """One exact text of a plan. Once submitted it never changes; a verdict belongs to its hash."""

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="versions", db_index=False
    )
    number = models.IntegerField()
    status = models.CharField(max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    content_hash = models.CharField(max_length=64, default="")  # SHA-256, from submission on
    submitted_at = models.DateTimeField(null=True)
    adopted_at = models.DateTimeField(null=True)
    validation = models.CharField(
        max_length=15, choices=Validation, default=Validation.NOT_VALIDATED
    )
    validation_reasons = models.JSONField(default=list)
    validated_by_study = models.UUIDField(null=True)
    validated_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status=PlanStatus.DRAFT), name="plan_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(status=PlanStatus.DRAFT) | ~Q(content_hash=""),
                name="plan_version_hash_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(validation=Validation.NOT_VALIDATED)
                | (~Q(status=PlanStatus.DRAFT) & Q(validated_by_study__isnull=False)),
                name="plan_version_verdict_of_a_study",
            ),
        ]


class PlanItem(Resource):
    """One line of a plan version, under one of the seven work scopes."""

    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    work_scope = models.CharField(max_length=20, choices=WorkScope)
    position = models.IntegerField()
    text = models.CharField(max_length=1_000)
    goal = models.CharField(max_length=1_000, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan_version", "position"], name="plan_item_position")
        ]
