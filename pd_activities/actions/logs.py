"""Activity logs: written by teachers (also offline), verified or returned by those above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from clusters.models import Teacher
from core.actor import Actor
from core.errors import DomainError, InvalidInputError, StaleVersionError
from core.journal import actions as journal
from pd_activities.actions import ledger
from pd_activities.calculations.credit import HourRules, credit_for_minutes
from pd_activities.calculations.drafts import problems_with, with_minutes
from pd_activities.enums import HourKind, HourSource, LogStatus
from pd_activities.errors.logs import (
    ActivityLogDiffersError,
    ActivityLogVerifiedError,
    LogNotSubmittedError,
    NoStaffRecordError,
)
from pd_activities.models import ActivityLog
from pd_activities.models.logs import WRITTEN


@dataclass(frozen=True)
class Synced:
    """What became of one draft: written, there already, or refused with an error.

    Refused because the log says something else: `log` is what it says, if it is one's own.
    """

    log: ActivityLog | None
    is_new: bool = False
    error: DomainError | None = None


# --- Writing -----------------------------------------------------------------------------------
def write_log(*, actor: Actor, **draft: Any) -> tuple[ActivityLog, bool]:
    """One log of the actor's own; (log, is it new). Sent again as it was: still one log.

    Raises NoStaffRecordError, InvalidInputError, ActivityLogDiffersError.
    """
    [synced] = sync_logs([draft], actor=actor)
    if synced.error is not None:
        raise synced.error
    if synced.log is None:
        raise RuntimeError("A log was neither written nor refused")
    return synced.log, synced.is_new


@transaction.atomic
def sync_logs(drafts: Sequence[Mapping[str, Any]], *, actor: Actor) -> list[Synced]:
    """Write what is right of the actor's own drafts, in bulk; results in their order.

    Raises NoStaffRecordError.
    """
    # One device at a time: a batch that was sent twice waits here and then finds its logs.
    teachers = Teacher.objects.select_for_update(no_key=True)
    teacher = teachers.filter(user=actor.id, user__isnull=False).first()
    if teacher is None:
        raise NoStaffRecordError
    known = _known([draft["id"] for draft in drafts if "id" in draft])
    today = timezone.localdate()
    results = []
    for draft in drafts:
        result = _sync(teacher, with_minutes(draft), known, today)
        if result.is_new and result.log is not None:
            known[result.log.pk] = result.log
        results.append(result)
    fresh = [each.log for each in results if each.is_new and each.log is not None]
    ActivityLog.objects.bulk_create(fresh)
    journal.record_many([_event("logged", log) for log in fresh], actor=actor)
    return results


def _known(ids: Sequence[UUID]) -> dict[UUID, ActivityLog]:
    return ActivityLog.objects.in_bulk(ids) if ids else {}


def _sync(
    teacher: Teacher, draft: Mapping[str, Any], known: Mapping[UUID, ActivityLog], today: date
) -> Synced:
    there = known.get(draft["id"]) if "id" in draft else None
    if there is not None:
        is_own = there.teacher_id == teacher.pk
        if is_own and all(getattr(there, name) == value for name, value in draft.items()):
            return Synced(there)
        return Synced(there if is_own else None, error=ActivityLogDiffersError())
    problems = problems_with(draft, today)
    if problems:
        return Synced(None, error=InvalidInputError(errors=problems))
    log = ActivityLog(teacher=teacher, school_id=teacher.school_id, **draft)
    return Synced(log, is_new=True)


@transaction.atomic
def update_log(log: ActivityLog, changes: Mapping[str, Any], *, actor: Actor) -> ActivityLog:
    """Change an own log that nobody has verified; a returned one is thereby sent again.

    Raises ActivityLogVerifiedError, InvalidInputError.
    """
    row = log.locked_unchanged()
    if row.status == LogStatus.VERIFIED:
        raise ActivityLogVerifiedError
    draft = with_minutes({**{name: getattr(row, name) for name in WRITTEN}, **changes})
    problems = problems_with(draft, timezone.localdate())
    if problems:
        raise InvalidInputError(errors=problems)
    for name, value in draft.items():
        setattr(row, name, value)
    row.status, row.return_reason = LogStatus.SUBMITTED, ""
    row.decided_by = row.decided_at = None
    row.save_changes(*WRITTEN, "status", "return_reason", "decided_by", "decided_at")
    told = journal.without_texts(changes, "title", "reflection")
    journal.record_many([_event("updated", row, told)], actor=actor)
    return row


# --- Deciding ----------------------------------------------------------------------------------
@transaction.atomic
def verify_log(log: ActivityLog, *, version: int | None = None, actor: Actor) -> ActivityLog:
    """Vouch for a log: its minutes are credited. Twice: one effect.

    With `version`, only what was read is vouched for. Raises LogNotSubmittedError,
    StaleVersionError, NoHourRulesError.
    """
    row = log.locked()
    if row.status == LogStatus.VERIFIED:
        return row
    if row.status != LogStatus.SUBMITTED:
        raise LogNotSubmittedError
    if version is not None and row.version != version:
        raise StaleVersionError
    _decide(row, LogStatus.VERIFIED, actor)
    rule_set = ledger.rules_on(row.occurred_on)
    credit = credit_for_minutes(row.minutes, HourRules.from_document(rule_set.rules))
    due = {row.teacher_id: ledger.Due(row.minutes, credit)}
    posted = ledger.post(_source(row), due, rule_set=rule_set)
    journal.record_many([_event("verified", row), *posted.events], actor=actor)
    return row


@transaction.atomic
def return_log(log: ActivityLog, *, reason: str, actor: Actor) -> ActivityLog:
    """Send a log back to its teacher; what a verification had credited is reversed."""
    row = log.locked()
    if row.status == LogStatus.RETURNED and row.return_reason == reason:
        return row
    _decide(row, LogStatus.RETURNED, actor, reason)
    events = ledger.reverse(row.pk)
    journal.record_many([_event("returned", row, {"return_reason": None}), *events], actor=actor)
    return row


def _decide(log: ActivityLog, status: LogStatus, actor: Actor, reason: str = "") -> None:
    log.status, log.return_reason = status, reason
    log.decided_by, log.decided_at = actor.id, timezone.now()
    log.save_changes("status", "return_reason", "decided_by", "decided_at")


def _source(log: ActivityLog) -> ledger.Source:
    return ledger.Source(
        HourSource.ACTIVITY_LOG, log.pk, HourKind(log.kind), log.title, log.occurred_on
    )


def _event(verb: str, log: ActivityLog, changes: Mapping[str, Any] | None = None) -> journal.Event:
    return journal.Event(
        f"pd_activities.activity_log.{verb}",
        log,
        school_id=log.school_id,
        changes={"status": log.status, **(changes or {})},
    )
