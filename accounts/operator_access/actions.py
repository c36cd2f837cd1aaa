"""Granting an operator a look into an area, ending it, and noting each use.

Two schemas are written, each in a transaction of its own. Whatever dies in between: there is no
grant of which the platform's journal does not tell, and no token of an ended one that works.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.mail import OPERATOR_ACCESS
from accounts.models import User
from accounts.operator_access.models import OperatorAccess
from accounts.queries import is_operator_today
from accounts.tokens import digest, new_token
from core.actor import Actor, ActorKind
from core.api.problems import TryAgainError
from core.dates import thai_date
from core.ids import new_id
from core.jobs.actions import start_job
from core.journal import actions as journal
from core.journal.actions import Event, Subject
from tenants.enums import AreaState
from tenants.errors import AreaStateError
from tenants.fleet import is_ready
from tenants.models import Area
from tenants.postgresql.base import PUBLIC

PREFIX = "operator-"  # of its tokens, so that no other request pays for looking them up
MOST_HOURS = 72
MAIL_ACCESS = "accounts.mail_operator_access"
_KIND = OperatorAccess._meta.model_name or ""


@dataclass(frozen=True)
class Granted:
    """A grant and its token, told only now."""

    access_grant: OperatorAccess
    token: str


def grant_access(area: Area, *, operator: User, reason: str, hours: int, actor: Actor) -> Granted:
    """Let an operator read in an area for some hours, and tell its administrators by mail.

    Raises AreaStateError, TryAgainError.
    """
    if area.state != AreaState.ACTIVE:
        raise AreaStateError(state=area.state)
    if not is_ready(area.schema_name):
        raise TryAgainError
    token, ends_at = PREFIX + new_token(), timezone.now() + timedelta(hours=hours)
    access = OperatorAccess(
        id=new_id(),
        operator_id=operator.pk,
        operator_name=operator.display_name,
        reason=reason,
        token_digest=digest(token),
        ends_at=ends_at,
    )
    told = {"reason": reason, "ends_at": ends_at}
    _tell_platform("granted", access.pk, actor, {"area": area.pk, **told})
    with schema_context(area.schema_name), transaction.atomic():
        access.save(force_insert=True)
        start_job(MAIL_ACCESS, {"access": str(access.pk)}, actor=as_operator(operator.pk))
        journal.record(
            "accounts.operator_access.granted",
            access,
            actor=as_operator(operator.pk),
            changes={"operator_name": operator.display_name, **told},
        )
    return Granted(access, token)


def end_access(area_id: UUID, access: OperatorAccess, *, actor: Actor) -> OperatorAccess:
    """End a grant now; called in the area's schema. One that has ended stays as it is."""
    with transaction.atomic():
        row = access.locked()
        if row.ended_at is not None or row.ends_at <= timezone.now():
            return row
        row.ended_at = timezone.now()
        row.save_changes("ended_at")
        journal.record("accounts.operator_access.ended", row, actor=actor)
    by = "operator" if actor.kind == ActorKind.OPERATOR else "area"
    _tell_platform("ended", row.pk, actor, {"area": area_id, "by": by})
    return row


def use_access(token: str) -> OperatorAccess | None:
    """The grant that a token opens in the present area, its use noted; None if it opens nothing.

    Whoever is no operator any more has no grant either. The journal tells of the first use in each
    hour, the row counts all.
    """
    access = OperatorAccess.objects.open().filter(token_digest=digest(token)).first()
    if access is None or not _is_operator(access.operator_id):
        return None
    with transaction.atomic():
        held = OperatorAccess.objects.open().select_for_update().filter(pk=access.pk)
        row: OperatorAccess | None = held.first()
        if row is None:
            return None
        now, before = timezone.now(), row.last_used_at
        row.last_used_at, row.use_count = now, row.use_count + 1
        row.save(update_fields=["last_used_at", "use_count"])
        if before is None or _hour(before) != _hour(now):
            actor = as_operator(row.operator_id)
            journal.record("accounts.operator_access.used", row, actor=actor)
    return row


def as_operator(operator_id: UUID) -> Actor:
    """Who acts, in the journal of an area: someone whom its own tables do not know."""
    return Actor(kind=ActorKind.OPERATOR, id=operator_id)


def mail_access(access_id: UUID, address: str, language: str) -> None:
    """Tell an administrator of the area that someone may look into it."""
    access = OperatorAccess.objects.get(pk=access_id)
    local = timezone.localtime(access.ends_at)
    letter = OPERATOR_ACCESS.to(
        address,
        language=language,
        operator=access.operator_name,
        reason=access.reason,
        until_th=f"{thai_date(local.date())} {local:%H:%M} น.",
        until_en=f"{local:%d/%m/%Y %H:%M}",
    )
    letter.send()


def _tell_platform(verb: str, access_id: UUID, actor: Actor, changes: dict[str, Any]) -> None:
    event = Event(f"accounts.operator_access.{verb}", Subject(_KIND, access_id), changes=changes)
    with schema_context(PUBLIC), transaction.atomic():
        journal.record_many([event], actor=actor)


def _is_operator(user_id: UUID) -> bool:
    with schema_context(PUBLIC):
        return is_operator_today(user_id)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
