"""Filters that both queries and rules need."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class MembershipQuerySet(models.QuerySet):  # type: ignore[type-arg]
    def on(self, day: date | None = None) -> Self:
        """Those that hold on this day; without one, today."""
        day = day or timezone.localdate()
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)
