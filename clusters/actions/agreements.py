"""Agreements of a cluster, and the schools' signatures under them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from clusters.actions.changes import put
from clusters.errors import AgreementSignedError, AlreadySignedError, SchoolNotMemberError
from clusters.models import Agreement, AgreementSignature, Cluster, School
from clusters.queries import memberships_on
from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal


@transaction.atomic
def create_agreement(*, cluster: Cluster, actor: Actor, **fields: Any) -> Agreement:
    """Lay an agreement before the schools of a cluster."""
    _check_dates(fields["valid_from"], fields.get("valid_until"))
    agreement = Agreement.objects.create(cluster=cluster, **fields)
    journal.record(
        "clusters.agreement.created",
        agreement,
        actor=actor,
        cluster_id=cluster.pk,
        changes=fields,
    )
    return agreement


@transaction.atomic
def update_agreement(agreement: Agreement, fields: Mapping[str, Any], *, actor: Actor) -> Agreement:
    """Change what nobody has signed yet. Raises AgreementSignedError, StaleVersionError."""
    row = agreement.locked_unchanged()
    if row.signatures.exists():
        raise AgreementSignedError
    _check_dates(
        fields.get("valid_from", row.valid_from), fields.get("valid_until", row.valid_until)
    )
    if changes := put(row, fields):
        journal.record(
            "clusters.agreement.updated",
            row,
            actor=actor,
            cluster_id=row.cluster_id,
            changes=changes,
        )
    return row


@transaction.atomic
def sign_agreement(
    agreement: Agreement, *, school: School, signed_on: date, signatory: str, actor: Actor
) -> Agreement:
    """Note that a member school has signed. Raises SchoolNotMemberError, AlreadySignedError."""
    row = agreement.locked()
    if row.signatures.filter(school=school).exists():
        raise AlreadySignedError
    if not memberships_on(signed_on).filter(cluster=row.cluster_id, school=school).exists():
        raise SchoolNotMemberError(day=signed_on)
    AgreementSignature.objects.create(
        agreement=row, school=school, signed_on=signed_on, signatory=signatory
    )
    row.save_changes()
    journal.record(
        "clusters.agreement.signed",
        row,
        actor=actor,
        school_id=school.pk,
        cluster_id=row.cluster_id,
        changes={"signed_on": signed_on, "signatory": signatory},
    )
    return row


def _check_dates(valid_from: date, valid_until: date | None) -> None:
    if valid_until is not None and valid_until < valid_from:
        raise invalid(
            "/valid_until", "too_early", "ต้องไม่ก่อนวันเริ่มต้น", "Must not be before the first day."
        )
