"""Seats: who gets one, who waits, who moves up. The training's row is the lock for all of it."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from clusters.models import Teacher
from clusters.queries import teacher_of, teachers_visible_to
from core.access import require
from core.actor import Actor
from core.bulk import update_rows
from core.journal import actions as journal
from core.lookups import named
from pd_activities.enums import EnrolmentStatus, TrainingStatus
from pd_activities.errors.logs import NoStaffRecordError
from pd_activities.errors.training import TrainingNotOpenError
from pd_activities.models import Enrolment, Training
from pd_activities.rules.training import may_run_training


@transaction.atomic
def enrol(
    training: Training, *, teacher_id: UUID | None = None, actor: Actor, **chosen: UUID
) -> tuple[Enrolment, bool]:
    """Give a seat, or a place on the waiting list; (enrolment, is it new). Asked twice: one seat.

    Without `teacher_id`, for oneself; `id` may be chosen. Raises TrainingNotOpenError,
    NoStaffRecordError.
    """
    teacher = _teacher_to_enrol(training, teacher_id, actor)
    row = training.locked()
    if row.status != TrainingStatus.OPEN:
        raise TrainingNotOpenError
    enrolment = Enrolment.objects.filter(training=row, teacher=teacher).first()
    if enrolment is not None and enrolment.status != EnrolmentStatus.CANCELLED:
        return enrolment, False
    enrolment = _seat(row, teacher, enrolment, chosen)
    journal.record_many([_event("enrolled", enrolment)], actor=actor)
    return enrolment, True


@transaction.atomic
def cancel_enrolment(enrolment: Enrolment, *, actor: Actor) -> Enrolment:
    """Give the place back; the first who waits gets the seat. Raises TrainingNotOpenError."""
    training = enrolment.training.locked()
    row = enrolment.locked()
    if row.status == EnrolmentStatus.CANCELLED:
        return row
    if training.status != TrainingStatus.OPEN:
        raise TrainingNotOpenError
    had_seat = row.status == EnrolmentStatus.ENROLLED
    row.status = EnrolmentStatus.CANCELLED
    row.save_changes("status")
    if had_seat:
        _take_seats(training, -1)
    promoted = promote_waiting(training)
    journal.record_many([_event("cancelled", row), *promoted], actor=actor)
    return row


def promote_waiting(training: Training) -> list[journal.Event]:
    """Fill the free seats of a locked training from the waiting list; the events to record."""
    free = None if training.capacity is None else training.capacity - training.enrolled_count
    waiting = training.enrolments.filter(status=EnrolmentStatus.WAITING).order_by("number")
    promoted = list(waiting.select_related("teacher")[:free])
    for enrolment in promoted:
        enrolment.status = EnrolmentStatus.ENROLLED
    update_rows(Enrolment, [{"id": each.pk, "status": each.status} for each in promoted])
    if promoted:
        _take_seats(training, len(promoted))
    return [_event("promoted", enrolment) for enrolment in promoted]


def _teacher_to_enrol(training: Training, teacher_id: UUID | None, actor: Actor) -> Teacher:
    own = teacher_of(actor)
    if teacher_id is None or (own is not None and own.pk == teacher_id):
        if own is None:
            raise NoStaffRecordError
        return own
    require(may_run_training, actor, training)
    return named(teachers_visible_to(actor), teacher_id, "/teacher")


def _seat(
    training: Training, teacher: Teacher, cancelled: Enrolment | None, chosen: Mapping[str, UUID]
) -> Enrolment:
    has_room = training.capacity is None or training.enrolled_count < training.capacity
    status = EnrolmentStatus.ENROLLED if has_room else EnrolmentStatus.WAITING
    last = training.enrolments.aggregate(number=Max("number"))["number"] or 0
    if cancelled is not None:  # comes back at the end of the queue
        cancelled.status, cancelled.number = status, last + 1
        cancelled.save_changes("status", "number")
        enrolment = cancelled
    else:
        enrolment = Enrolment(
            training=training, teacher=teacher, status=status, number=last + 1, **chosen
        )
        enrolment.save(force_insert=True)
    enrolment.teacher = teacher
    if has_room:
        _take_seats(training, 1)
    return enrolment


def _take_seats(training: Training, count: int) -> None:
    # Not a change of the training itself: its version stays, so that organisers' edits hold.
    training.enrolled_count += count
    training.save(update_fields=["enrolled_count"])


def _event(verb: str, enrolment: Enrolment) -> journal.Event:
    return journal.Event(
        f"pd_activities.enrolment.{verb}",
        enrolment,
        school_id=enrolment.teacher.school_id,
        cluster_id=enrolment.training.cluster_id,
        changes={"status": enrolment.status},
    )
