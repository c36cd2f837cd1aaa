"""Who sees which studies, and who may run them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.enums import Role, Scope
from accounts.models import RoleGrant
from clusters.enums import Validation
from clusters.models import PlanVersion
from consensus.enums import StudyStatus
from consensus.models import Panelist, Round, Study
from consensus.participation import FollowUp
from core.actor import Actor
from core.quotas import Quota, counts

FACILITATING_ROLES = (Role.AREA_ADMIN, Role.OFFICER, Role.SUPERVISOR)


def studies_visible_to(actor: Actor) -> QuerySet[Study]:
    """All to administrators and officers; what a supervisor runs or codes; a cluster's own."""
    if actor.has(Role.AREA_ADMIN, Role.OFFICER):
        return Study.objects.all()
    mine = Q(pk__in=[])
    if actor.has(Role.SUPERVISOR):
        mine |= Q(facilitator=actor.id) | Q(second_coder=actor.id)
    clusters = list(actor.scope_ids(Role.CLUSTER_COORDINATOR, Scope.CLUSTER))
    if clusters:
        mine |= Q(plan_version__plan__cluster__in=clusters)
    return Study.objects.filter(mine)


@counts(Quota.STUDIES)
def live_studies() -> int:
    """Those without a verdict that nobody abandoned."""
    undecided = Study.objects.filter(verdict=Validation.NOT_VALIDATED)
    return undecided.exclude(status=StudyStatus.ABANDONED).count()


def rounds_visible_to(actor: Actor) -> QuerySet[Round]:
    return Round.objects.filter(study__in=studies_visible_to(actor)).select_related("study")


def panelists_visible_to(actor: Actor) -> QuerySet[Panelist]:
    return Panelist.objects.filter(study__in=studies_visible_to(actor)).select_related("study")


def follow_ups_of(study: Study) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(round__study=study.pk)


def plan_versions_open_to(actor: Actor) -> QuerySet[PlanVersion]:
    """The plan versions that this person may put before a panel."""
    versions = PlanVersion.objects.select_related("plan")
    if actor.has(*FACILITATING_ROLES):
        return versions
    clusters = list(actor.scope_ids(Role.CLUSTER_COORDINATOR, Scope.CLUSTER))
    return versions.filter(plan__cluster__in=clusters)


def may_facilitate(user_id: UUID) -> bool:
    """True for an active user who today holds a role that may run studies."""
    return (
        RoleGrant.objects.holding()
        .filter(user=user_id, user__is_active=True, role__in=FACILITATING_ROLES)
        .exists()
    )


def shows_person_on_panel(study_id: UUID, user_email: str) -> bool:
    """True if someone with this e-mail address is asked by the study."""
    return (
        bool(user_email)
        and Panelist.objects.filter(study=study_id, email__iexact=user_email).exists()
    )
