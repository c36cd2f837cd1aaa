"""Which trainings, sessions and enrolments an actor sees."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.enums import Role
from clusters.models import Teacher
from clusters.queries import cluster_ids_of, school_ids_of
from core.actor import Actor
from pd_activities.enums import EnrolmentStatus, TrainingHost, TrainingStatus
from pd_activities.models import Enrolment, Training, TrainingSession
from pd_activities.queries.reach import STAFF_LEADERS, of_own_people, run_by, sees_office

_AUDIENCE = (*STAFF_LEADERS, Role.TEACHER, Role.VIEWER)


def trainings_visible_to(actor: Actor) -> QuerySet[Training]:
    """What the area, one's cluster or one's school holds; drafts for those who run them."""
    if sees_office(actor):
        return Training.objects.all()
    if not actor.has(*_AUDIENCE):
        return Training.objects.none()
    announced = (
        Q(host=TrainingHost.AREA)
        | Q(cluster__in=cluster_ids_of(actor, *_AUDIENCE))
        | Q(school__in=school_ids_of(actor, *_AUDIENCE))
        | Q(pk__in=Enrolment.objects.filter(teacher__user=actor.id).values("training"))
    ) & ~Q(status=TrainingStatus.DRAFT)
    return Training.objects.filter(announced | run_by(actor))


def sessions_visible_to(actor: Actor) -> QuerySet[TrainingSession]:
    sessions = TrainingSession.objects.select_related("training")
    if sees_office(actor):
        return sessions
    return sessions.filter(training__in=trainings_visible_to(actor))


def enrolments_visible_to(actor: Actor) -> QuerySet[Enrolment]:
    enrolments = Enrolment.objects.select_related("training", "teacher")
    if sees_office(actor):
        return enrolments
    return enrolments.filter(of_own_people(actor, "teacher__") | run_by(actor, "training__"))


@dataclass(frozen=True)
class Attendee:
    """Someone who may attend a session: a teacher with a place in its training."""

    session: TrainingSession
    teacher: Teacher


def attendee_of(session_id: UUID, actor: Actor) -> Attendee | None:
    """The actor, if enrolled; one query, since hundreds check in within a minute."""
    session = (
        TrainingSession.objects.filter(
            pk=session_id,
            training__enrolments__teacher__user=actor.id,
            training__enrolments__status=EnrolmentStatus.ENROLLED,
        )
        .select_related("training")
        .annotate(
            own_id=F("training__enrolments__teacher"),
            own_name=F("training__enrolments__teacher__name_th"),
            own_school=F("training__enrolments__teacher__school"),
        )
        .first()
    )
    if session is None:
        return None
    teacher = Teacher(pk=session.own_id, name_th=session.own_name, school_id=session.own_school)
    return Attendee(session, teacher)


def enrolled_teachers(training_id: UUID) -> QuerySet[Teacher]:
    """Teachers with a place in the training; not those who wait."""
    return Teacher.objects.filter(
        enrolments__training=training_id, enrolments__status=EnrolmentStatus.ENROLLED
    )
