"""Bringing an area's row in the directory to what its settings say."""

from django.db import transaction
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from core.area import current_schema
from core.journal import actions as journal
from tenants.directory import forget_areas
from tenants.models import Area
from tenants.postgresql.base import PUBLIC
from tenants.publishing import Facts, facts_today


def publish_area() -> int:
    """Of the present area; how often its row was changed: 0 where nothing was new.

    Facts are read again after each change of the row: of two that publish at once, the one that
    read before a change and writes after the other sets its own mistake right.
    """
    schema, written = current_schema(), 0
    while _write(schema, _read(schema)):
        written += 1
    return written


def _read(schema: str) -> Facts:
    with schema_context(schema):
        return facts_today()


def _write(schema: str, facts: Facts) -> bool:
    with schema_context(PUBLIC), transaction.atomic():
        row = Area.objects.select_for_update().get(schema_name=schema)
        changes = {
            column: [getattr(row, column), value]
            for column, value in facts.items()
            if getattr(row, column) != value
        }
        if not changes:
            return False
        for column, (_, value) in changes.items():
            setattr(row, column, value)
        row.save_changes(*changes)
        transaction.on_commit(forget_areas)
        journal.record("tenants.area.published", row, actor=SYSTEM, changes=changes)
        return True
