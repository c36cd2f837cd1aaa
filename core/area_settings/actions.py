"""Adopting a new version of a setting, and withdrawing one that has not begun."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.actor import Actor
from core.area_settings.kinds import D, SettingKind
from core.area_settings.models import SettingVersion
from core.area_settings.queries import document_of, forget_settings
from core.errors import DomainError, FieldProblem, InvalidInputError, NotFoundError, invalid
from core.journal import actions as journal
from core.queue import enqueue
from core.text import Text


class SettingBegunError(DomainError):
    code = "setting_begun"
    title = Text("การตั้งค่านี้เริ่มใช้แล้ว", "The version has begun")
    detail = Text(
        "ถอนได้เฉพาะรุ่นที่ยังไม่เริ่มใช้ หากต้องการเปลี่ยน กรุณาประกาศรุ่นใหม่",
        "Only a version that has not begun can be withdrawn. Adopt a new one instead.",
    )


@transaction.atomic
def adopt_setting(
    kind: SettingKind[D],
    document: Mapping[str, Any],
    *,
    actor: Actor,
    valid_from: date | None = None,
    reason: str = "",
    **chosen: UUID,
) -> SettingVersion:
    """A whole new document that holds from a day on, from today if none is named.

    It may begin on the day of the version before it, and then stands in its place. `id` may be
    chosen. Raises InvalidInputError.
    """
    meant = _read(kind, document)
    newest = SettingVersion.objects.filter(kind=kind.code).order_by("-number").first()
    day = _first_day(valid_from, newest)
    # Two at once come to the same number, and the second one to a conflict.
    made = SettingVersion(
        kind=kind.code,
        number=newest.number + 1 if newest else 1,
        valid_from=day,
        document=meant.as_document(),
        reason=reason,
        adopted_by=actor.id,
        **chosen,
    )
    made.save(force_insert=True)
    before = document_of(kind, newest).as_document()
    changes = {
        "kind": kind.code,
        "number": made.number,
        "valid_from": day,
        "document": [before, made.document],
        "reason": reason,
    }
    _tell(kind, "adopted", made, actor, journal.without_texts(changes, "reason"))
    return made


@transaction.atomic
def withdraw_setting(kind: SettingKind[D], version: SettingVersion, *, actor: Actor) -> None:
    """As if it had never been adopted. Raises SettingBegunError, NotFoundError."""
    row = SettingVersion.objects.select_for_update().filter(pk=version.pk).first()
    if row is None:
        raise NotFoundError
    if row.valid_from <= timezone.localdate():
        raise SettingBegunError
    SettingVersion.objects.filter(pk=row.pk).delete()
    changes = {"kind": kind.code, "number": row.number, "valid_from": row.valid_from}
    _tell(kind, "withdrawn", row, actor, changes)


def _read(kind: SettingKind[D], document: Mapping[str, Any]) -> D:
    try:
        meant = kind.document.from_document(document)
        meant.check()
    except InvalidInputError as error:
        # Pointers lead from the body, not from the document in it.
        raise InvalidInputError(
            errors=[
                FieldProblem(f"/document{each.pointer}", each.code, each.detail)
                for each in error.errors
            ]
        ) from error
    return meant


def _first_day(wanted: date | None, newest: SettingVersion | None) -> date:
    today = timezone.localdate()
    day = wanted or today
    if day < today:
        raise invalid(
            "/valid_from",
            "in_the_past",
            "เริ่มใช้ได้ตั้งแต่วันนี้เป็นต้นไป",
            "It may begin today or later: what has been stays as it was.",
        )
    if newest is not None and day < newest.valid_from:
        raise invalid(
            "/valid_from",
            "out_of_order",
            f"ต้องไม่ก่อน {newest.valid_from} ที่รุ่นล่าสุดเริ่มใช้ หรือถอนรุ่นนั้นก่อน",
            f"Must not come before {newest.valid_from}, when the newest version begins; "
            "or withdraw that one first.",
        )
    return day


def _tell(
    kind: SettingKind[D],
    what: str,
    version: SettingVersion,
    actor: Actor,
    changes: Mapping[str, Any],
) -> None:
    forget_settings()
    if kind.then is not None:
        enqueue(kind.then)
    journal.record(f"core.setting.{what}", version, actor=actor, changes=changes)
