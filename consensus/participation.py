"""How people were reached and how their answers came in: on the side of names, apart from answers.

`consensus.models` takes these in; what they point at is named, so that neither needs the other.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from accounts.models import User
from consensus.enums import EntryWay, FollowUpWay, LinkChannel
from core.ids import new_id


class PanelLink(models.Model):
    """A personal link. Several may be valid at once; the table keeps a digest only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    panelist = models.ForeignKey(
        "consensus.Panelist", on_delete=models.CASCADE, related_name="links", db_index=False
    )
    token_digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, choices=LinkChannel)
    # Of a letter's link: the one device that it opens on, once it has opened.
    device_digest = models.CharField(max_length=64, default="", db_default="")
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token_digest"], name="panel_link_token")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Recording(models.Model):
    """That a recorder entered a panelist's answers of a round, and by which way they came. No time.

    `is_mixed`: someone else has answered too (the panelist, another recorder), before or after.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    panelist = models.ForeignKey(
        "consensus.Panelist", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    round = models.ForeignKey(
        "consensus.Round", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    recorder = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=10, choices=EntryWay)
    is_mixed = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "panelist"], name="recording_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FollowUp(models.Model):
    """A visit or a call that someone noted, beside the reminders of a round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    panelist = models.ForeignKey(
        "consensus.Panelist", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    round = models.ForeignKey("consensus.Round", on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=FollowUpWay)
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, default="", blank=True)

    def __str__(self) -> str:
        return str(self.pk)
