"""The items that a panel rates: given, taken from the plan, or coded from the panel's answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from consensus.actions.recording import record_in
from consensus.enums import ItemOrigin, RoundKind, RoundStatus, StudyStatus
from consensus.errors import StudySealedError, WrongStudyStatusError
from consensus.models import Fragment, Round, Study, StudyItem, TextAnswer
from core.actor import Actor
from core.errors import InvalidInputError, invalid
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
    id: UUID | None = None,  # noqa: A002
) -> StudyItem:
    """Add an item to a draft, or, coded from fragments of answers, between the rounds.

    Raises StudySealedError, WrongStudyStatusError, InvalidInputError.
    """
    row = study.locked()
    coded = row.status != StudyStatus.DRAFT
    if coded:
        _require_coding_time(row)
        if not fragments:
            raise StudySealedError
    elif fragments:
        raise WrongStudyStatusError(status=row.status)
    origin = ItemOrigin.CODED if coded else ItemOrigin.GIVEN
    new: dict[str, Any] = {"id": id or new_id(), "section": section, "text": text}
    item = write_items(row, [new], origin=origin)[0]
    _link_fragments(item, fragments, actor)
    changes = {"text": text, "section": section, "fragments": len(fragments)}
    record_in(row, "consensus.item.added", item, actor, changes)
    return item


def _require_coding_time(study: Study) -> None:
    """Items grow out of answers after an open-ended round and before the first rating."""
    rated = study.rounds.filter(kind=RoundKind.RATING).exists()
    if study.status != StudyStatus.ROUND_CLOSED or rated:
        raise StudySealedError


def _link_fragments(item: StudyItem, fragments: Sequence[Mapping[str, Any]], actor: Actor) -> None:
    closed = Round.objects.filter(study=item.study_id, status=RoundStatus.CLOSED)
    ids = [each["text"] for each in fragments]
    texts = TextAnswer.objects.filter(round__in=closed).in_bulk(ids)
    for place, each in enumerate(fragments):
        answer = texts.get(each["text"])
        if answer is None or not 0 <= each["start"] < each["end"] <= len(answer.text):
            raise _no_such_fragment(place)
    Fragment.objects.bulk_create(
        [
            Fragment(
                item=item,
                text_answer_id=each["text"],
                start=each["start"],
                end=each["end"],
                coder=actor.id,
            )
            for each in fragments
        ],
        ignore_conflicts=True,  # the same piece named twice is one piece
    )


def _no_such_fragment(place: int) -> InvalidInputError:
    return invalid(
        f"/fragments/{place}",
        "not_found",
        "ไม่มีข้อความช่วงนี้ในคำตอบของการศึกษานี้",
        "No answer of this study has such a piece.",
    )


@transaction.atomic
def update_item(item: StudyItem, changes: Mapping[str, str], *, actor: Actor) -> StudyItem:
    """Reword a draft's item. Raises StudySealedError, StaleVersionError."""
    _lock_draft(item.study)
    row = item.locked_unchanged()
    told = {name: [getattr(row, name), value] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save_changes(*changes)
    record_in(item.study, "consensus.item.updated", row, actor, told)
    return row


@transaction.atomic
def remove_item(item: StudyItem, *, actor: Actor) -> None:
    """Take an item out of a draft. Raises StudySealedError, StaleVersionError."""
    _lock_draft(item.study)
    row = item.locked_unchanged()
    record_in(item.study, "consensus.item.removed", row, actor, {"text": [row.text, None]})
    row.delete()


def _lock_draft(study: Study) -> None:
    if study.locked().status != StudyStatus.DRAFT:
        raise StudySealedError
