"""What an area has set, version after version."""

from typing import ClassVar

from django.db import models

from core.ids import new_id


class SettingVersion(models.Model):
    """A kind's whole document, in force from a day until the next number begins. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    number = models.IntegerField()
    valid_from = models.DateField()
    document = models.JSONField()
    reason = models.CharField(max_length=500)
    adopted_by = models.UUIDField(null=True)
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="setting_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
