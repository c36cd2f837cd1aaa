"""Service plans, and which area has which. A change counts in all processes within seconds."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from core.actor import Actor
from core.ids import new_id
from core.journal import actions as journal
from core.lookups import named
from tenants.directory import forget_areas
from tenants.models import Area, ServicePlan


@transaction.atomic
def create_service_plan(*, actor: Actor, id: UUID | None = None, **fields: Any) -> ServicePlan:
    """A plan that areas can be moved to; as the default one it takes the place of another."""
    if fields.get("is_default"):
        _end_default()
    plan = ServicePlan.objects.create(id=id or new_id(), **fields)
    journal.record("tenants.service_plan.created", plan, actor=actor, changes=fields)
    return plan


@transaction.atomic
def change_service_plan(
    plan: ServicePlan, changes: Mapping[str, Any], *, actor: Actor
) -> ServicePlan:
    """Change a plan for all areas that have it. Raises StaleVersionError.

    A limit below what an area uses takes nothing away; it only lets no more be added.
    """
    if changes.get("is_default"):
        _end_default(but=plan.pk)
    row = plan.locked_unchanged()
    told = {name: [getattr(row, name), value] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save_changes(*changes)
    transaction.on_commit(forget_areas)
    journal.record("tenants.service_plan.changed", row, actor=actor, changes=told)
    return row


@transaction.atomic
def move_area(area: Area, *, service_plan: UUID, actor: Actor) -> Area:
    """Give an area another service plan. The one that it has already changes nothing."""
    plan = named(ServicePlan.objects.all(), service_plan, "/service_plan")
    row = area.locked()
    if row.service_plan_id == plan.pk:
        return row
    told = [row.service_plan_id, plan.pk]
    row.service_plan = plan
    row.save_changes("service_plan")
    transaction.on_commit(forget_areas)
    journal.record(
        "tenants.area.moved_to_service_plan", row, actor=actor, changes={"service_plan": told}
    )
    return row


def _end_default(but: UUID | None = None) -> None:
    """Two at once wait for each other here; the database lets no second default in."""
    for row in ServicePlan.objects.select_for_update().filter(is_default=True):
        if row.pk != but:
            row.is_default = False
            row.save_changes("is_default")
