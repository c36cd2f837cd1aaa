"""Which visits one may see, and how much of them."""

from django.db.models import Q, QuerySet

from clusters.enums import AREA_MANAGERS
from clusters.queries import school_ids_of
from core.actor import Actor
from pd_activities.calculations.observer_agreement import ObserverAgreement, agreement
from pd_activities.enums.supervision import VisitStatus
from pd_activities.models import FollowUpAction, Instrument, Observation, SupervisionVisit
from pd_activities.queries.reach import STAFF_LEADERS, oneself

_FEEDBACK_GIVEN = {VisitStatus.FEEDBACK_GIVEN, VisitStatus.ACKNOWLEDGED, VisitStatus.CLOSED}


def instruments() -> QuerySet[Instrument]:
    return Instrument.objects.all()


def default_instrument() -> Instrument | None:
    return Instrument.objects.filter(is_default=True).first()


def visits_visible_to(actor: Actor) -> QuerySet[SupervisionVisit]:
    """Own and joint ones, one's school's or cluster's, those of oneself; the office sees all."""
    visits = SupervisionVisit.objects.select_related(
        "school", "teacher", "lead", "instrument", "feedback"
    ).prefetch_related("observations__observer", "follow_ups")
    return visits.filter(_visible_to(actor))


def follow_ups_visible_to(actor: Actor) -> QuerySet[FollowUpAction]:
    """Those of the visits that one may see."""
    visible = SupervisionVisit.objects.filter(_visible_to(actor)).values("pk")
    return (
        FollowUpAction.objects.filter(visit__in=visible)
        .select_related("visit__teacher")
        .prefetch_related("visit__observations")
    )


def _visible_to(actor: Actor) -> Q:
    if actor.has(*AREA_MANAGERS):
        return Q()
    answered_for = school_ids_of(actor, *STAFF_LEADERS)
    return (
        oneself(actor, "teacher__user")
        | Q(pk__in=Observation.objects.filter(oneself(actor, "observer")).values("visit"))
        | Q(school__in=answered_for)
    )


def observations_shown_to(actor: Actor, visit: SupervisionVisit) -> list[Observation]:
    """Observers see the others' ratings once their own are in; the teacher, the school and the
    cluster once feedback is given; the office as soon as they are handed in."""
    rows = sorted(visit.observations.all(), key=lambda row: row.pk)
    own = next((row for row in rows if row.observer_id == actor.id), None)
    submitted = [row for row in rows if row.submitted_at is not None]
    if own is not None:
        return submitted if own.submitted_at is not None else []
    if actor.has(*AREA_MANAGERS) or visit.status in _FEEDBACK_GIVEN:
        return submitted
    return []


def agreement_of(visit: SupervisionVisit) -> ObserverAgreement:
    """Between the observers whose ratings are in."""
    return agreement(
        [row.ratings for row in visit.observations.all() if row.submitted_at is not None]
    )
