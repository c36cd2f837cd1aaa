"""Clusters, and which schools belong to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from clusters.actions.changes import is_taken, put
from clusters.errors import (
    ClusterCodeTakenError,
    MembershipEndedError,
    SchoolInAnotherClusterError,
)
from clusters.models import Cluster, Membership, School
from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal
from core.thai import sort_key

EXCLUSION_VIOLATION = "23P01"


@transaction.atomic
def create_cluster(*, actor: Actor, **fields: Any) -> Cluster:
    """Found a cluster, without members yet. Raises ClusterCodeTakenError."""
    _check_code(fields["code"])
    cluster = Cluster.objects.create(**fields, sort_key=sort_key(fields["name_th"]))
    journal.record(
        "clusters.cluster.created", cluster, actor=actor, cluster_id=cluster.pk, changes=fields
    )
    return cluster


@transaction.atomic
def update_cluster(cluster: Cluster, fields: Mapping[str, Any], *, actor: Actor) -> Cluster:
    """Raises ClusterCodeTakenError, StaleVersionError."""
    row = cluster.locked_unchanged()
    if "code" in fields:
        _check_code(fields["code"], but=row.pk)
    if changes := put(row, fields):
        journal.record(
            "clusters.cluster.updated", row, actor=actor, cluster_id=row.pk, changes=changes
        )
    return row


@transaction.atomic
def join_cluster(
    *, cluster: Cluster, school: School, joined_on: date, actor: Actor, **given: UUID
) -> Membership:
    """Make a school a member from this day on. Raises SchoolInAnotherClusterError.

    `given` may hold an `id` of the caller's own. The database allows no overlap, races included.
    """
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                cluster=cluster, school=school, joined_on=joined_on, **given
            )
    except IntegrityError as error:
        if getattr(error.__cause__, "sqlstate", "") != EXCLUSION_VIOLATION:
            raise
        raise SchoolInAnotherClusterError from error
    _record("joined", membership, actor, {"joined_on": joined_on})
    return membership


@transaction.atomic
def leave_cluster(membership: Membership, *, left_on: date, actor: Actor) -> Membership:
    """End a membership; `left_on` is the first day without it. Raises MembershipEndedError."""
    row = membership.locked()
    if row.left_on is not None:
        raise MembershipEndedError(day=row.left_on)
    if left_on <= row.joined_on:
        raise invalid(
            "/left_on", "too_early", "ต้องเป็นวันหลังวันที่เข้าร่วม", "Must be after the day it joined."
        )
    row.left_on = left_on
    row.save_changes("left_on")
    _record("left", row, actor, {"left_on": left_on})
    return row


def _check_code(code: str, but: UUID | None = None) -> None:
    if is_taken(Cluster.objects.filter(code=code), but):
        raise ClusterCodeTakenError(code=code)


def _record(verb: str, membership: Membership, actor: Actor, changes: Mapping[str, Any]) -> None:
    journal.record(
        f"clusters.membership.{verb}",
        membership,
        actor=actor,
        school_id=membership.school_id,
        cluster_id=membership.cluster_id,
        changes=changes,
    )
