"""The journal of one area: what happened, numbered without gaps in the order of commits."""

from typing import ClassVar

from django.db import models


class JournalHead(models.Model):
    """One row: the number of the last entry. Held from the write until commit."""

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class JournalEntry(models.Model):
    """One action. Insert and read only: the area's role can neither change nor delete it."""

    append_only = True

    number = models.BigIntegerField(primary_key=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)
    school_id = models.UUIDField(null=True)
    cluster_id = models.UUIDField(null=True)
    fields = models.JSONField(default=list)  # names of what changed, for every reader
    values = models.JSONField(default=dict)  # before and after, for the admin's audit view alone
    request_id = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "number"], name="journal_entry_subject")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"
