"""Who may read which dashboard. The docstrings are printed in the API document."""

from collections.abc import Iterator
from uuid import UUID

from accounts.enums import Role, Scope
from clusters.models import Cluster, School
from clusters.queries import memberships_on, sees_whole_area
from core.access import rule
from core.actor import Actor

_OF_CLUSTERS = (Role.CLUSTER_COORDINATOR, Role.COMMITTEE_MEMBER, Role.VIEWER)
_OF_SCHOOLS = (Role.SCHOOL_DIRECTOR, Role.TEACHER, Role.COMMITTEE_MEMBER, Role.VIEWER)
_OF_MEMBER_SCHOOLS = (Role.CLUSTER_COORDINATOR, Role.VIEWER)


@rule
def may_see_area_dashboard(actor: Actor, _obj: object) -> bool:
    """The area's administrators, officers, supervisors and viewers."""
    return sees_whole_area(actor, Role.AREA_ADMIN, Role.OFFICER, Role.SUPERVISOR, Role.VIEWER)


@rule
def may_see_cluster_dashboard(actor: Actor, cluster: Cluster) -> bool:
    """Who may see the area's; the cluster's own coordinator, committee members and viewers."""
    return may_see_area_dashboard.test(actor, None) or cluster.pk in _held(
        actor, _OF_CLUSTERS, Scope.CLUSTER
    )


@rule
def may_see_school_dashboard(actor: Actor, school: School) -> bool:
    """Who may see the area's; the school's own people and viewers; its cluster's coordinator.

    Its own people: director, teachers, committee members. A viewer of the cluster may too. It
    counts to which cluster the school belongs today.
    """
    if may_see_area_dashboard.test(actor, None):
        return True
    if school.pk in _held(actor, _OF_SCHOOLS, Scope.SCHOOL):
        return True
    clusters = list(_held(actor, _OF_MEMBER_SCHOOLS, Scope.CLUSTER))
    return bool(clusters) and memberships_on().filter(school=school, cluster__in=clusters).exists()


def _held(actor: Actor, roles: tuple[Role, ...], scope: Scope) -> Iterator[UUID]:
    return (each for role in roles for each in actor.scope_ids(role, scope))
