"""Visits and calls to those who are asked, noted beside the reminders that are mailed.

They can be noted of anyone whom the round asks: to refuse it for those who have finished would
tell who that is.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consensus.actions.recording import record_in
from consensus.enums import FollowUpWay
from consensus.errors import NothingAskedError
from consensus.models import Panelist, Round, Study
from consensus.participation import FollowUp
from consensus.queries.rounds import asked_kind
from core.actor import Actor
from core.errors import invalid
from core.ids import new_id
from core.journal import actions as journal
from core.lookups import named


@transaction.atomic
def note_follow_up(
    study: Study,
    *,
    panelist_id: UUID,
    round_id: UUID,
    way: FollowUpWay,
    actor: Actor,
    at: datetime | None = None,
    note: str = "",
    id: UUID | None = None,
) -> FollowUp:
    """Note what happened while a round was open, also when it has closed since.

    Raises NothingAskedError, InvalidInputError.
    """
    person = named(Panelist.objects.filter(study=study), panelist_id, "/panelist")
    round_ = named(Round.objects.filter(study=study), round_id, "/round")
    if asked_kind(round_.kind) != person.kind:
        raise NothingAskedError
    now = timezone.now()
    if not round_.opened_at <= (at or now) <= (round_.closed_at or now):
        raise invalid(
            "/at",
            "outside_round",
            "ต้องเป็นเวลาที่รอบนี้เปิดอยู่ และไม่ใช่อนาคต",
            "Must be a time at which the round was open, and not in the future.",
        )
    noted = FollowUp.objects.create(
        id=id or new_id(), panelist=person, round=round_, way=way, at=at or now, note=note
    )
    changes = {"panelist": str(person.pk), "way": way, "at": noted.at, "note": note}
    told = journal.without_texts(changes, "note")
    record_in(study, "consensus.follow_up.noted", noted, actor, told)
    return noted


@transaction.atomic
def remove_follow_up(follow_up: FollowUp, study: Study, *, actor: Actor) -> None:
    """Take back what was noted by mistake; the journal tells that it was."""
    record_in(study, "consensus.follow_up.removed", follow_up, actor, {})
    follow_up.delete()
