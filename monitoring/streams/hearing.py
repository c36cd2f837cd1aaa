"""What of the journal someone may hear: by the scopes of the roles that they hold today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from accounts.api.authentication import look_up_sessions
from accounts.enums import Role, Scope
from clusters.queries import memberships_on
from core.actor import Actor
from monitoring.streams.entries import Entry

K = TypeVar("K")

_WHOLE_AREA = {Role.AREA_ADMIN, Role.OFFICER, Role.SUPERVISOR, Role.VIEWER}


@dataclass(frozen=True)
class Hearing:
    """The whole area; or these schools and clusters, and what one did oneself."""

    actor_id: UUID | None
    whole_area: bool
    school_ids: frozenset[UUID]
    cluster_ids: frozenset[UUID]

    def covers(self, entry: Entry) -> bool:
        return (
            self.whole_area
            or entry.school_id in self.school_ids
            or entry.cluster_id in self.cluster_ids
            or (entry.actor_id is not None and entry.actor_id == self.actor_id)
        )


def hearing_of(actor: Actor) -> Hearing:
    return _hearings({None: actor})[None]


def hearings_of_sessions(session_ids: Iterable[UUID]) -> dict[UUID, Hearing]:
    """What each session may hear now; those that no longer hold are missing."""
    return _hearings({each.session.pk: each.actor for each in look_up_sessions(session_ids)})


def _hearings(actors: Mapping[K, Actor]) -> dict[K, Hearing]:
    clusters = {key: _scope_ids(actor, Scope.CLUSTER) for key, actor in actors.items()}
    schools = _schools_of(frozenset().union(*clusters.values()))
    return {
        key: Hearing(
            actor_id=actor.id,
            whole_area=any(
                grant.scope == Scope.AREA and grant.role in _WHOLE_AREA for grant in actor.grants
            ),
            school_ids=_scope_ids(actor, Scope.SCHOOL).union(
                *(schools[cluster_id] for cluster_id in clusters[key])
            ),
            cluster_ids=clusters[key],
        )
        for key, actor in actors.items()
    }


def _scope_ids(actor: Actor, scope: Scope) -> frozenset[UUID]:
    ids = (grant.scope_id for grant in actor.grants if grant.scope == scope)
    return frozenset(each for each in ids if each is not None)


def _schools_of(cluster_ids: frozenset[UUID]) -> dict[UUID, set[UUID]]:
    """The schools that belong to each cluster today."""
    schools: dict[UUID, set[UUID]] = defaultdict(set)
    if cluster_ids:
        members = memberships_on().filter(cluster__in=cluster_ids)
        for cluster_id, school_id in members.values_list("cluster_id", "school_id"):
            schools[cluster_id].add(school_id)
    return schools
