"""Service areas (the tenants), what they may use and have used, their domains, and offices'
applications. Public schema only."""

from typing import ClassVar

from django.db import models
from django.db.models import F, JSONField, Q, Value
from django_tenants.models import DomainMixin, TenantMixin

from core.ids import new_id
from core.models import Resource
from core.thai import sort_key
from tenants.enums import ApplicationState, AreaKind, AreaState
from tenants.names import search_text


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


class Area(TenantMixin, Resource):  # type: ignore[django-manager-missing]
    """An educational service area: one tenant, one schema, one database role."""

    auto_create_schema = False
    auto_drop_schema = False

    code = models.CharField(max_length=20)  # never changes, names do
    slug = models.CharField(max_length=40)  # the sub-domain
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    sort_key = models.CharField(  # core.thai.sort_key(name_th)
        max_length=300, default="", editable=False, db_collation="C"
    )
    kind = models.CharField(max_length=10, choices=AreaKind)
    province = models.CharField(max_length=60)
    former_names = models.JSONField(default=list, db_default=Value([], JSONField()))
    search_text = models.TextField(default="", db_default="", editable=False)  # tenants.names
    valid_from = models.DateField(null=True)  # of the office itself, not of its use of KruNet
    valid_until = models.DateField(null=True)
    successor = models.ForeignKey(  # the area that this one was merged into, or split from
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    state = models.CharField(max_length=12, choices=AreaState, default=AreaState.PROVISIONING)
    # What an area has set and anyone may know (tenants.publishing).
    cluster_label = models.CharField(max_length=60, default="กลุ่มโรงเรียน")
    cluster_label_en = models.CharField(max_length=60, default="Cluster", db_default="Cluster")
    default_language = models.CharField(max_length=2, default="th", db_default="th")
    oidc_issuer = models.CharField(max_length=300, default="", db_default="")
    oidc_client_id = models.CharField(max_length=200, default="", db_default="")
    service_plan = models.ForeignKey(  # without one there is no limit
        ServicePlan, null=True, on_delete=models.PROTECT, related_name="areas", db_index=False
    )
    leaving_since = models.DateTimeField(null=True)
    deleted_from = models.DateTimeField(null=True)  # on, while leaving: then it may be deleted
    leaving_reason = models.CharField(max_length=500, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(schema_name__regex=r"^a_[a-z0-9_]{1,50}$"), name="area_schema_name"
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z][a-z0-9-]{1,38}[a-z0-9]$"), name="area_slug"
            ),
            # Whoever has left may come back, as a new area.
            models.UniqueConstraint(
                fields=["code"], condition=~Q(state="deleted"), name="area_one_per_code"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(state="deleted"), name="area_one_per_slug"
            ),
            models.CheckConstraint(
                condition=~Q(state="leaving")
                | Q(leaving_since__isnull=False, deleted_from__isnull=False),
                name="area_leaving_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="area_valid_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name_th

    def name_anew(self) -> None:
        """Set what follows from the names: the place in lists, and what the area is found by."""
        self.sort_key = sort_key(self.name_th)
        present = (self.name_th, self.name_en, self.province, self.code, self.slug)
        self.search_text = search_text([*present, *self.former_names])


class DeletionCertificate(Resource):
    """What stays of an area that has left: that it was, and that its data is gone."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="deletion_certificate")
    deleted_at = models.DateTimeField()
    rows = models.JSONField()  # table → how many rows there were


class AreaKey(Resource):
    """The key with which an area signs what its people carry away.

    The public half stays when the area has left, so that it can be verified for ever.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="keys")
    public_key = models.CharField(max_length=43)  # Ed25519, 32 bytes in base64url, as in a JWK
    secret_key = models.CharField(max_length=400)  # encrypted; empty once it signs no more
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area"], condition=Q(retired_at=None), name="area_key_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(retired_at=None) ^ Q(secret_key=""), name="area_key_retired_is_public"
            ),
        ]


class RevokedCertificate(models.Model):
    """That a certificate of an area holds no more: its number alone. It stays, as the key does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="revoked_certificates", db_index=False
    )
    certificate_id = models.UUIDField()
    revoked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "certificate_id"], name="certificate_revoked_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.certificate_id)


class Domain(DomainMixin):
    """A host name of an area, the primary or one that it had before; django-tenants' table."""


class AreaApplication(Resource):
    """An office's wish to join. The applicant follows it by a personal link, without account."""

    code = models.CharField(max_length=20)
    slug = models.CharField(max_length=40)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=AreaKind)
    province = models.CharField(max_length=60)
    email = models.EmailField()
    contact_name = models.CharField(max_length=120)
    state = models.CharField(
        max_length=12, choices=ApplicationState, default=ApplicationState.UNPROVEN
    )
    reason = models.CharField(max_length=500, default="")
    messages = models.JSONField(  # [{from, text, at}] what was asked and answered
        default=list, db_default=Value([], JSONField())
    )
    email_proven_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    area = models.OneToOneField(
        Area, null=True, on_delete=models.SET_NULL, related_name="application"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state__in=["submitted", "more_wanted", "approved"]),
                name="application_one_live_per_code",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(state__in=["submitted", "more_wanted", "approved"]),
                name="application_one_live_per_slug",
            ),
        ]


class ApplicationDocument(models.Model):
    """An official letter or the like that came with an application. Operators alone read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(
        AreaApplication, on_delete=models.CASCADE, related_name="documents"
    )
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)  # told by the content
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file_name


class OfficialDomain(Resource):
    """A domain of e-mail addresses that speak for an office: an application from there needs no
    review. `*.obec.go.th` stands for all domains below."""

    domain = models.CharField(max_length=253)
    code = models.CharField(max_length=20, default="")  # the one area it speaks for; empty: any
    note = models.CharField(max_length=200, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["domain", "code"], name="official_domain_once")
        ]


class ApplicationLink(models.Model):
    """A personal link to one application. Several may be valid; only digests are kept."""

    digest = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the token
    application = models.ForeignKey(AreaApplication, on_delete=models.CASCADE, related_name="links")
    proves_email = models.BooleanField()  # it was sent to the address and nowhere else
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link to {self.application_id}"


class AreaUsage(models.Model):
    """What one area used in one month; final once `counted_until` is the month's last day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="usage", db_index=False)
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
