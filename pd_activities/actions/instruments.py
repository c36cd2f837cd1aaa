"""Observation forms of the area; an edition, once published, never changes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from core.actor import Actor
from core.errors import invalid
from core.ids import new_id
from core.journal import actions as journal
from pd_activities.calculations.ratings import repeated_codes
from pd_activities.models import Instrument


@transaction.atomic
def publish_instrument(
    *,
    code: str,
    title_th: str,
    title_en: str,
    document: Mapping[str, Any],
    actor: Actor,
    id: UUID | None = None,
) -> Instrument:
    """A new instrument, or the next edition of the one with this code."""
    if repeated_codes(document):
        raise invalid(
            "/document/criteria", "repeated", "รหัสข้อต้องไม่ซ้ำกัน", "Criterion codes must differ."
        )
    newest = Instrument.objects.filter(code=code).aggregate(Max("edition"))["edition__max"]
    instrument = Instrument.objects.create(
        id=id or new_id(),
        code=code,
        edition=(newest or 0) + 1,
        title_th=title_th,
        title_en=title_en,
        document=document,
    )
    journal.record(
        "pd_activities.instrument.published",
        instrument,
        actor=actor,
        changes={"code": code, "edition": instrument.edition},
    )
    return instrument


@transaction.atomic
def make_default(instrument: Instrument, *, actor: Actor) -> Instrument:
    """The instrument that new visits use unless they name another."""
    # Locking all candidates in one order lets two administrators take turns, not collide.
    rows = list(Instrument.objects.select_for_update().order_by("pk"))
    chosen = next(row for row in rows if row.pk == instrument.pk)
    for row in rows:
        if row.is_default and row.pk != chosen.pk:
            row.is_default = False
            row.save_changes("is_default")
    if not chosen.is_default:
        chosen.is_default = True
        chosen.save_changes("is_default")
        journal.record(
            "pd_activities.instrument.made_default",
            chosen,
            actor=actor,
            changes={"is_default": [False, True]},
        )
    return chosen
