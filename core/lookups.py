"""Looking up what a body names, among what is there to be seen."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from core.errors import invalid

M = TypeVar("M", bound=Model)


def named(visible: QuerySet[M], pk: UUID, pointer: str) -> M:
    """What a field of the body names; an error of that field if it is not there to be seen."""
    found = visible.filter(pk=pk).first()
    if found is None:
        raise invalid(pointer, "unknown", "ไม่มีข้อมูลนี้", "There is no such thing.")
    return found
