"""Supervision visits, step by step: plan, observe, give feedback, acknowledge, close."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from clusters.queries import teachers_visible_to
from core.actor import Actor
from core.errors import NotAllowedError, invalid
from core.ids import new_id
from core.journal import actions as journal
from core.lookups import named
from pd_activities.calculations.ratings import wrong_ratings
from pd_activities.enums.supervision import VisitStatus
from pd_activities.errors.visits import (
    AlreadyObservedError,
    FollowUpClosedError,
    FollowUpsOpenError,
    NoDefaultInstrumentError,
    VisitStatusError,
)
from pd_activities.models import (
    FeedbackConference,
    FollowUpAction,
    Instrument,
    Observation,
    SupervisionVisit,
)
from pd_activities.queries.visits import default_instrument, instruments


@transaction.atomic
def plan_visit(
    *,
    teacher: UUID,
    planned_on: date,
    actor: Actor,
    instrument: UUID | None = None,
    co_observers: Sequence[UUID] = (),
    focus: str = "",
    policy_tags: Sequence[str] = (),
    id: UUID | None = None,
) -> SupervisionVisit:
    """Plan a visit that the actor leads, with the area's default instrument if none is named."""
    if actor.id is None:
        raise NotAllowedError
    observed = named(teachers_visible_to(actor), teacher, "/teacher")
    visit = SupervisionVisit.objects.create(
        id=id or new_id(),
        school_id=observed.school_id,
        teacher=observed,
        lead_id=actor.id,
        instrument=_instrument(instrument),
        planned_on=planned_on,
        focus=focus,
        policy_tags=list(policy_tags),
    )
    _set_observers(visit, co_observers)
    _record("planned", visit, actor, {"planned_on": planned_on})
    return visit


@transaction.atomic
def update_visit(
    visit: SupervisionVisit, changes: Mapping[str, Any], *, actor: Actor
) -> SupervisionVisit:
    """Change a planned visit. Raises VisitStatusError once it has been observed."""
    row = visit.locked_unchanged()
    _demand(row, VisitStatus.PLANNED)
    fields = {name: value for name, value in changes.items() if name != "co_observers"}
    if "instrument" in fields:
        fields["instrument"] = _instrument(fields["instrument"])
    for name, value in fields.items():
        setattr(row, name, value)
    if "co_observers" in changes:
        _set_observers(row, changes["co_observers"])
    row.save_changes(*fields)
    _record("updated", row, actor, journal.without_texts(changes, "focus"))
    return row


@transaction.atomic
def cancel_visit(visit: SupervisionVisit, *, actor: Actor) -> SupervisionVisit:
    """Call a planned visit off."""
    row = visit.locked()
    _demand(row, VisitStatus.PLANNED)
    return _move(row, VisitStatus.CANCELLED, "cancelled", actor)


@transaction.atomic
def observe(
    visit: SupervisionVisit,
    *,
    ratings: Mapping[str, int],
    actor: Actor,
    notes: str = "",
    observed_on: date | None = None,
) -> SupervisionVisit:
    """Hand in the actor's own ratings, once. The first one makes the visit an observed one."""
    row = visit.locked()
    _demand(row, VisitStatus.PLANNED, VisitStatus.OBSERVED)
    own = row.observations.filter(observer_id=actor.id).first()
    if own is None:  # no longer an observer since the rule was asked
        raise NotAllowedError
    if own.submitted_at is not None:
        raise AlreadyObservedError
    _check_ratings(row.instrument, ratings)
    own.ratings, own.notes, own.submitted_at = dict(ratings), notes, timezone.now()
    own.save_changes("ratings", "notes", "submitted_at")
    if row.observed_on is None:
        row.observed_on = _not_future(observed_on or timezone.localdate())
    return _move(row, VisitStatus.OBSERVED, "observed", actor, "observed_on")


@transaction.atomic
def give_feedback(
    visit: SupervisionVisit,
    *,
    held_at: datetime,
    strengths: str,
    to_develop: str,
    actor: Actor,
    follow_ups: Sequence[Mapping[str, Any]] = (),
) -> SupervisionVisit:
    """Record the feedback conference and the next steps agreed in it; ratings are final now."""
    row = visit.locked()
    _demand(row, VisitStatus.OBSERVED)
    if held_at > timezone.now():
        raise invalid("/held_at", "in_future", "ต้องไม่เป็นเวลาในอนาคต", "Must not be in the future.")
    FeedbackConference.objects.create(
        visit=row, held_at=held_at, strengths=strengths, to_develop=to_develop
    )
    FollowUpAction.objects.bulk_create(FollowUpAction(visit=row, **each) for each in follow_ups)
    return _move(row, VisitStatus.FEEDBACK_GIVEN, "feedback_given", actor)


@transaction.atomic
def acknowledge_feedback(
    visit: SupervisionVisit, *, actor: Actor, reply: str = ""
) -> SupervisionVisit:
    """The observed teacher has read the feedback, and replies if they wish."""
    row = visit.locked()
    _demand(row, VisitStatus.FEEDBACK_GIVEN)
    feedback = row.feedback
    feedback.acknowledged_at, feedback.reply = timezone.now(), reply
    feedback.save_changes("acknowledged_at", "reply")
    return _move(row, VisitStatus.ACKNOWLEDGED, "acknowledged", actor)


@transaction.atomic
def close_visit(visit: SupervisionVisit, *, actor: Actor) -> SupervisionVisit:
    """Close an acknowledged visit whose follow-up actions are closed.

    A teacher without an account cannot acknowledge: their visit closes without.
    """
    row = visit.locked()
    closable = [VisitStatus.ACKNOWLEDGED]
    if row.teacher.user_id is None:
        closable.append(VisitStatus.FEEDBACK_GIVEN)
    _demand(row, *closable)
    open_count = row.follow_ups.filter(closed_at__isnull=True).count()
    if open_count:
        raise FollowUpsOpenError(count=open_count)
    return _move(row, VisitStatus.CLOSED, "closed", actor)


@transaction.atomic
def close_follow_up(follow_up: FollowUpAction, *, outcome: str, actor: Actor) -> FollowUpAction:
    """Close a next step with what came of it."""
    row = follow_up.locked()
    if row.closed_at is not None:
        raise FollowUpClosedError
    row.closed_at, row.closed_by_id, row.outcome = timezone.now(), actor.id, outcome
    row.save_changes("closed_at", "closed_by", "outcome")
    journal.record(
        "pd_activities.follow_up.closed",
        row,
        actor=actor,
        school_id=row.visit.school_id,
        changes={"outcome": None},
    )
    return row


def _demand(visit: SupervisionVisit, *statuses: VisitStatus) -> None:
    if visit.status not in statuses:
        raise VisitStatusError(VisitStatus(visit.status))


def _move(
    visit: SupervisionVisit, status: VisitStatus, verb: str, actor: Actor, *fields: str
) -> SupervisionVisit:
    before, visit.status = visit.status, status
    visit.save_changes("status", *fields)
    _record(verb, visit, actor, {"status": [before, status]})
    return visit


def _record(verb: str, visit: SupervisionVisit, actor: Actor, changes: Mapping[str, Any]) -> None:
    journal.record(
        f"pd_activities.visit.{verb}",
        visit,
        actor=actor,
        school_id=visit.school_id,
        changes=changes,
    )


def _instrument(instrument_id: UUID | None) -> Instrument:
    if instrument_id is None:
        found = default_instrument()
        if found is None:
            raise NoDefaultInstrumentError
        return found
    return named(instruments(), instrument_id, "/instrument")


def _set_observers(visit: SupervisionVisit, co_observers: Sequence[UUID]) -> None:
    """One row for each who observes: the lead, and the others in joint supervision."""
    wanted = {visit.lead_id, *co_observers}
    known = set(User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", flat=True))
    if wanted - known or visit.teacher.user_id in wanted:
        raise invalid(
            "/co_observers",
            "not_an_observer",
            "ผู้ร่วมนิเทศต้องเป็นผู้ใช้ของเขตนี้ และไม่ใช่ครูผู้รับการนิเทศ",
            "Observers are active users of this area, and not the observed teacher.",
        )
    visit.observations.exclude(observer_id__in=wanted).delete()
    present = set(visit.observations.values_list("observer_id", flat=True))
    Observation.objects.bulk_create(
        Observation(visit=visit, observer_id=each) for each in sorted(wanted - present)
    )


def _check_ratings(instrument: Instrument, ratings: Mapping[str, int]) -> None:
    wrong = next(wrong_ratings(instrument.document, ratings), None)
    if wrong is not None or not ratings:
        raise invalid(
            f"/ratings/{wrong or ''}".rstrip("/"),
            "not_on_the_form",
            "ต้องเป็นข้อในแบบนิเทศ และให้คะแนนตามมาตราที่กำหนด อย่างน้อยหนึ่งข้อ",
            "Rate criteria of the instrument, on its scale, at least one.",
        )


def _not_future(day: date) -> date:
    if day > timezone.localdate():
        raise invalid(
            "/observed_on", "in_future", "ต้องไม่เป็นวันในอนาคต", "Must not be in the future."
        )
    return day
