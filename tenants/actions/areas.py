"""What happens to an area as a whole: planned, activated, suspended, reactivated."""

from django.conf import settings
from django.db import transaction

from core.actor import Actor
from core.journal import actions as journal
from core.thai import sort_key
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.errors import AreaStateError
from tenants.models import Area, AreaApplication, Domain
from tenants.names import schema_of
from tenants.plan_models import ServicePlan


@transaction.atomic
def plan_area(application: AreaApplication) -> Area:
    """The area's row and its host name. Nothing answers there before it is activated."""
    area = Area.objects.create(
        code=application.code,
        slug=application.slug,
        schema_name=schema_of(application.slug),
        name_th=application.name_th,
        name_en=application.name_en,
        sort_key=sort_key(application.name_th),
        kind=application.kind,
        province=application.province,
        service_plan=ServicePlan.objects.filter(is_default=True).first(),
    )
    Domain.objects.create(domain=f"{area.slug}.{settings.BASE_DOMAIN}", tenant=area)
    return area


def activate_area(area: Area, *, actor: Actor) -> Area:
    """Open the door of an area that is set up; any other one stays as it is."""
    with transaction.atomic():
        row = area.locked()
        if row.state != AreaState.PROVISIONING:
            return row
        return _move(row, AreaState.ACTIVE, "tenants.area.activated", actor=actor)


def suspend_area(area: Area, *, reason: str, actor: Actor) -> Area:
    """Close the door, keep everything. Raises AreaStateError."""
    with transaction.atomic():
        row = area.locked()
        if row.state != AreaState.ACTIVE:
            raise AreaStateError(state=row.state)
        return _move(row, AreaState.SUSPENDED, "tenants.area.suspended", actor=actor, reason=reason)


def reactivate_area(area: Area, *, actor: Actor) -> Area:
    """Open it again. Raises AreaStateError."""
    with transaction.atomic():
        row = area.locked()
        if row.state != AreaState.SUSPENDED:
            raise AreaStateError(state=row.state)
        return _move(row, AreaState.ACTIVE, "tenants.area.reactivated", actor=actor)


def _move(row: Area, state: AreaState, verb: str, *, actor: Actor, **told: str) -> Area:
    before, row.state = row.state, state
    row.save_changes("state")
    transaction.on_commit(forget_areas)
    journal.record(verb, row, actor=actor, changes={"state": [before, state], **told})
    return row
