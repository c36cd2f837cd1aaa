"""Signed statements of credit hours, for a teacher to carry away."""

import uuid
from typing import ClassVar

from django.db import models

from clusters.models import Teacher
from core.models import Resource


class Certificate(Resource):
    """What the ledger said of a teacher when it was issued. It is never changed, only revoked."""

    # Random: the number is public once it is revoked, and tells nothing.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    teacher = models.ForeignKey(
        Teacher, on_delete=models.PROTECT, related_name="certificates", db_index=False
    )
    academic_year = models.IntegerField(null=True)  # CE; null: all of them
    statement = models.JSONField()  # see calculations.statements
    statement_sha256 = models.CharField(max_length=64)
    signed = models.TextField()  # the compact JWS that anyone can verify (tenants.signing)
    issued_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    revoked_reason = models.CharField(max_length=500, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["teacher", "-created_at", "id"], name="certificate_by_teacher")
        ]
