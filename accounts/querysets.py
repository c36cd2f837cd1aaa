"""Which grants and invitations count today."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class RoleGrantQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def open(self) -> Self:
        """Those that hold today or will one day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate()))

    def holding(self) -> Self:
        """Those that hold today."""
        return self.open().filter(valid_from__lte=timezone.localdate())


class InvitationQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def open(self) -> Self:
        """Those that can still be accepted."""
        return self.filter(
            accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
        )
