"""An area leaves: asked for, called off, and, when its time has come, deleted for good."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import schema_context
from psycopg import sql

from core.actor import SYSTEM, Actor
from core.jobs.actions import start_job
from core.journal import actions as journal
from tenants.caching import forget_area_keys
from tenants.directory import forget_areas
from tenants.enums import AreaState
from tenants.errors import AreaStateError, CodeMismatchError
from tenants.mails import ASKED, CALLED_OFF
from tenants.models import Area, AreaApplication, DeletionCertificate, Domain
from tenants.postgresql.base import PUBLIC
from tenants.provisioning import remove
from tenants.rows import tables_of
from tenants.signing import retire_key

MAIL_LEAVING = "tenants.mail_leaving"
DELETE = "tenants.delete_area"


def leave(area: Area, *, code: str, reason: str, actor: Actor) -> Area:
    """Stop writing in the area, and delete it once the time of grace is over.

    `code` is typed by whoever asks. All administrators are told by mail, so that one cannot do it
    alone unseen. Raises CodeMismatchError, AreaStateError.
    """
    with schema_context(PUBLIC), transaction.atomic():
        row = area.locked()
        if code != row.code:
            raise CodeMismatchError
        if row.state not in (AreaState.ACTIVE, AreaState.SUSPENDED):
            raise AreaStateError(state=row.state)
        row.state, row.leaving_since, row.leaving_reason = AreaState.LEAVING, timezone.now(), reason
        row.deleted_from = row.leaving_since + timedelta(days=settings.LEAVE_GRACE_DAYS)
        row.save_changes("state", "leaving_since", "deleted_from", "leaving_reason")
        _tell(row, ASKED)
        changes = {"state": row.state, "deleted_from": row.deleted_from, "reason": reason}
        journal.record("tenants.area.leaving", row, actor=actor, changes=changes)
        return row


def stay(area: Area, *, actor: Actor) -> Area:
    """Call leaving off; the area works as before, as one does that never left.

    Raises AreaStateError.
    """
    with schema_context(PUBLIC), transaction.atomic():
        row = area.locked()
        if row.state == AreaState.ACTIVE:
            return row
        if row.state != AreaState.LEAVING:
            raise AreaStateError(state=row.state)
        row.state, row.leaving_since, row.deleted_from = AreaState.ACTIVE, None, None
        row.leaving_reason = ""
        row.save_changes("state", "leaving_since", "deleted_from", "leaving_reason")
        _tell(row, CALLED_OFF)
        journal.record("tenants.area.stayed", row, actor=actor, changes={"state": row.state})
        return row


def _tell(area: Area, what: str) -> None:
    start_job(MAIL_LEAVING, {"area": str(area.pk), "what": what}, actor=SYSTEM)
    transaction.on_commit(forget_areas)


@transaction.atomic
def start_deletions() -> int:
    """Start deleting the areas whose time of grace is over; how many."""
    due = Area.objects.filter(state=AreaState.LEAVING, deleted_from__lte=timezone.now())
    areas = list(due.select_for_update(skip_locked=True))
    for area in areas:
        start_job(DELETE, {"area": str(area.pk)}, actor=SYSTEM)
    return len(areas)


# --- Deleting: steps of a job, each committed with the job's cursor ----------------------------
def count_rows(area: Area) -> dict[str, int]:
    """Table → rows, of all that there is just before it goes."""
    with schema_context(area.schema_name), connection.cursor() as cursor:
        found = {}
        for table in sorted(each.name for each in tables_of(cursor)):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            (found[table],) = cursor.fetchone()
        return found


def drop(area: Area) -> None:
    """Close the door for good and drop schema and role: users, sessions, files and all.

    Public keys and the numbers of revoked certificates stay: what people hold can be verified.
    """
    with schema_context(PUBLIC), transaction.atomic():
        row = area.locked()
        row.state = AreaState.DELETED
        row.save_changes("state")
        transaction.on_commit(forget_areas)
        retire_key(row, actor=SYSTEM)
        remove(row)


def certify(area: Area, rows: dict[str, int]) -> DeletionCertificate:
    """Forget what the platform itself knew of the area's people, and write the certificate."""
    with schema_context(PUBLIC), transaction.atomic():
        row = area.locked()
        forget_area_keys(row.schema_name)
        Domain.objects.filter(tenant=row).delete()
        AreaApplication.objects.filter(area=row).delete()
        certificate, is_new = DeletionCertificate.objects.get_or_create(
            area=row, defaults={"deleted_at": timezone.now(), "rows": rows}
        )
        if is_new:
            # Whoever comes back finds the name of the schema free, too.
            Area.objects.filter(pk=row.pk).update(schema_name=f"a_deleted_{row.pk.hex}")
            journal.record("tenants.area.deleted", row, actor=SYSTEM, changes={"rows": rows})
        return certificate
