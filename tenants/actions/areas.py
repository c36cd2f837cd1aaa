"""What happens to an area as a whole: planned, activated, renamed, suspended, reactivated."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal
from core.lookups import named
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.errors import AreaStateError, NameTakenError
from tenants.models import Area, AreaApplication, Domain, ServicePlan
from tenants.names import schema_of
from tenants.queries import is_taken

_NAMES = ("name_th", "name_en", "slug")


@transaction.atomic
def plan_area(application: AreaApplication) -> Area:
    """The area's row and its host name. Nothing answers there before it is activated."""
    area = Area(
        code=application.code,
        slug=application.slug,
        schema_name=schema_of(application.slug),
        name_th=application.name_th,
        name_en=application.name_en,
        kind=application.kind,
        province=application.province,
        service_plan=ServicePlan.objects.filter(is_default=True).first(),
    )
    area.name_anew()
    area.save()
    Domain.objects.create(domain=f"{area.slug}.{settings.BASE_DOMAIN}", tenant=area)
    return area


def activate_area(area: Area, *, actor: Actor) -> Area:
    """Open the door of an area that is set up; any other one stays as it is."""
    with transaction.atomic():
        row = area.locked()
        if row.state != AreaState.PROVISIONING:
            return row
        return _move(row, AreaState.ACTIVE, "tenants.area.activated", actor=actor)


@transaction.atomic
def update_area(area: Area, changes: Mapping[str, Any], *, actor: Actor) -> Area:
    """Give an area other names or days. What it was called before still leads to it.

    The sub-domain it had stays its own as an alias; the schema keeps its name. Raises
    StaleVersionError, NameTakenError, InvalidInputError.
    """
    row = area.locked_unchanged()
    if "successor" in changes:
        successor = changes["successor"]
        there = Area.objects.exclude(pk=row.pk)
        changes = {**changes, "successor": successor and named(there, successor, "/successor")}
    told = {name: [_told(getattr(row, name)), _told(value)] for name, value in changes.items()}
    former = [*row.former_names, *(getattr(row, name) for name in _NAMES if name in changes)]
    for name, value in changes.items():
        setattr(row, name, value)
    _check_days(row)
    present = {getattr(row, name) for name in _NAMES}
    row.former_names = [name for name in dict.fromkeys(former) if name not in present]
    row.name_anew()
    if "slug" in changes:
        _move_to(row, changes["slug"])
    row.save_changes(*changes, "former_names", "sort_key", "search_text")
    transaction.on_commit(forget_areas)
    journal.record("tenants.area.updated", row, actor=actor, changes=told)
    return row


def _told(value: Any) -> Any:
    return str(value.pk) if isinstance(value, Area) else value


def _check_days(row: Area) -> None:
    if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
        raise invalid(
            "/valid_until", "before_start", "ต้องไม่ก่อนวันเริ่ม", "Must not be before the start."
        )


def _move_to(row: Area, slug: str) -> None:
    """Make this the area's own sub-domain. Raises NameTakenError if another has or had it."""
    if is_taken(slug=slug, but_by=row):
        raise NameTakenError
    name = f"{slug}.{settings.BASE_DOMAIN}"
    Domain.objects.filter(tenant=row).update(is_primary=False)
    Domain.objects.update_or_create(domain=name, defaults={"tenant": row, "is_primary": True})


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
