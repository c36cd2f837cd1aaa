"""What may be forgotten."""

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessSlip, Invitation, Session
from core.retention import kept_since


@transaction.atomic
def forget_expired() -> int:
    """Delete sessions, slips and old invitations of the present schema; how many they were."""
    now = timezone.now()
    gone = (
        Session.objects.filter(expire_date__lt=now),
        AccessSlip.objects.filter(expires_at__lt=now),
        Invitation.objects.filter(expires_at__lt=kept_since("invitations")),
    )
    return sum(rows.delete()[0] for rows in gone)
