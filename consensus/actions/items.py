"""The items that a panel rates: given, taken from the plan, or coded from the panel's answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from consensus.actions.coding import (
    link_fragments,
    link_themes,
    note_wording,
    require_coding_time,
)
from consensus.actions.recording import record_in
from consensus.enums import ItemOrigin, StudyStatus
from consensus.errors import StudySealedError, WrongStudyStatusError
from consensus.models import Study, StudyItem
from core.actor import Actor
from core.errors import invalid
from core.ids import new_id


def write_items(
    study: Study, items: Sequence[Mapping[str, str]], *, origin: ItemOrigin
) -> list[StudyItem]:
    """Append items to a study whose row the caller holds (or has just made)."""
    last = study.items.aggregate(last=Max("position"))["last"] or 0
    return StudyItem.objects.bulk_create(
        StudyItem(study=study, position=position, origin=origin, **item)
        for position, item in enumerate(items, start=last + 1)
    )


def copy_plan_items(study: Study) -> None:
    """Make an item of every line of the study's plan version, under its work scope."""
    if study.plan_version is None:
        raise invalid(
            "/items_from_plan",
            "no_plan",
            "การศึกษานี้ไม่ได้ตัดสินแผน จึงไม่มีรายการจากแผน",
            "The study judges no plan, so that there are no lines to copy.",
        )
    StudyItem.objects.bulk_create(
        StudyItem(
            study=study,
            position=position,
            section=line.work_scope,
            text=line.text,
            origin=ItemOrigin.PLAN,
            plan_item=line.pk,
        )
        for position, line in enumerate(study.plan_version.items.order_by("position"), start=1)
    )


@transaction.atomic
def add_item(
    study: Study,
    *,
    text: str,
    actor: Actor,
    section: str = "",
    fragments: Sequence[Mapping[str, Any]] = (),
    themes: Sequence[str] = (),
    id: UUID | None = None,
) -> StudyItem:
    """Add an item to a draft, or, coded from answers or merged from themes, between the rounds.

    Raises StudySealedError, WrongStudyStatusError, InvalidInputError.
    """
    row = study.locked()
    coded = row.status != StudyStatus.DRAFT
    if coded:
        require_coding_time(row)
        if not (fragments or themes):
            raise StudySealedError
    elif fragments or themes:
        raise WrongStudyStatusError(status=row.status)
    origin = ItemOrigin.CODED if coded else ItemOrigin.GIVEN
    new: dict[str, Any] = {"id": id or new_id(), "section": section, "text": text}
    item = write_items(row, [new], origin=origin)[0]
    link_fragments(item, fragments, actor)
    link_themes(item, themes)
    changes = {"text": text, "section": section, "themes": list(themes)}
    record_in(row, "consensus.item.added", item, actor, changes)
    return item


@transaction.atomic
def update_item(item: StudyItem, changes: Mapping[str, str], *, actor: Actor) -> StudyItem:
    """Reword a draft's item, or a coded one before it is rated, which keeps its earlier words.

    Raises StudySealedError, StaleVersionError.
    """
    study = item.study.locked()
    row = item.locked_unchanged()
    if row.origin == ItemOrigin.CODED:
        require_coding_time(study)
        if changes.get("text", row.text) != row.text:
            note_wording(row, "reworded", row.text, actor)
    else:
        _require_draft(study)
    told = {name: [getattr(row, name), value] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save_changes(*changes, "history")
    record_in(item.study, "consensus.item.updated", row, actor, told)
    return row


@transaction.atomic
def remove_item(item: StudyItem, *, actor: Actor) -> None:
    """Take an item out of a draft. Raises StudySealedError, StaleVersionError."""
    _require_draft(item.study.locked())
    row = item.locked_unchanged()
    record_in(item.study, "consensus.item.removed", row, actor, {"text": [row.text, None]})
    row.delete()


def _require_draft(study: Study) -> None:
    if study.status != StudyStatus.DRAFT:
        raise StudySealedError
