"""`/journal`: the audit view. Only here are values before and after shown, and only to admins."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers

from core.access import rule
from core.actor import Actor
from core.api.routing import ApiRouter
from core.api.serializers import ModelSerializer
from core.api.views import ApiViewSet, ListMixin
from core.journal.models import JournalEntry


@rule
def may_audit(actor: Actor, _obj: object) -> bool:
    """The area's administrator; on the platform, its operators."""
    return actor.has("area_admin", "operator")


class JournalFilter(django_filters.FilterSet):
    subject_id = django_filters.UUIDFilter()
    after = django_filters.NumberFilter(
        field_name="number", lookup_expr="gt", help_text="only entries with a higher number"
    )

    class Meta:
        model = JournalEntry
        fields: ClassVar[list[str]] = ["subject_id"]


class JournalEntrySerializer(ModelSerializer):
    values = serializers.DictField(
        help_text="changed fields; `[before, after]` where both are told"
    )

    class Meta:
        model = JournalEntry
        fields = (
            "number",
            "verb",
            "subject_kind",
            "subject_id",
            "actor_kind",
            "actor_id",
            "school_id",
            "cluster_id",
            "values",
            "request_id",
            "at",
        )


class JournalViewSet(ListMixin, ApiViewSet[JournalEntry]):
    resource = "journal"
    queryset = JournalEntry.objects.none()
    serializer_class = JournalEntrySerializer
    filterset_class = JournalFilter
    ordering = ("-number",)
    rules = {"list": may_audit}

    def get_queryset(self) -> QuerySet[JournalEntry, Any]:
        return JournalEntry.objects.all()


def register(api: ApiRouter) -> None:
    api.add("journal", JournalViewSet)
