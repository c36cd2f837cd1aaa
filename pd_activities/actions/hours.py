"""The rules of credit hours, and awarding those of a training."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.actor import Actor
from core.errors import invalid
from core.journal import actions as journal
from pd_activities.actions import ledger
from pd_activities.calculations.credit import HourRules, credit_for_presence
from pd_activities.calculations.presence import whole_minutes
from pd_activities.enums import HourKind, HourSource, TrainingStatus
from pd_activities.errors.training import TrainingNotClosedError
from pd_activities.models import HourRuleSet, Training
from pd_activities.queries.attendance import presence_in_training, scheduled_time


# --- Rule sets ---------------------------------------------------------------------------------
@transaction.atomic
def adopt_hour_rules(
    *, valid_from: date, rules: HourRules, actor: Actor, **chosen: UUID
) -> HourRuleSet:
    """A new version that holds from a day on; the one before it ends on the eve.

    Entries already in the ledger keep the version that made them. `id` may be chosen.
    """
    newest = HourRuleSet.objects.select_for_update().order_by("-number").first()
    if newest is not None:
        if newest.valid_from >= valid_from:
            raise invalid(
                "/valid_from",
                "out_of_order",
                f"ต้องอยู่หลัง {newest.valid_from} ที่หลักเกณฑ์ล่าสุดเริ่มใช้",
                f"Must come after {newest.valid_from}, when the newest rules begin.",
            )
        newest.valid_until = valid_from - timedelta(days=1)
        newest.save_changes("valid_until")
    made = HourRuleSet(
        number=newest.number + 1 if newest else 1,
        valid_from=valid_from,
        rules=rules.as_document(),
        **chosen,
    )
    made.save(force_insert=True)
    journal.record(
        "pd_activities.hour_rules.adopted",
        made,
        actor=actor,
        changes={"number": made.number, "valid_from": valid_from},
    )
    return made


# --- Trainings ---------------------------------------------------------------------------------
@transaction.atomic
def award_hours(training: Training, *, actor: Actor) -> ledger.Posted:
    """One entry for each teacher who attended a closed training.

    Awarding again changes only what attendance has changed since. Raises TrainingNotClosedError,
    NoHourRulesError.
    """
    row = training.locked()
    if row.status != TrainingStatus.CLOSED:
        raise TrainingNotClosedError
    posted = _post(row, None)
    events = posted.events
    if row.hours_awarded_at is None:
        row.hours_awarded_at = timezone.now()
        row.save_changes("hours_awarded_at")
        changes = {"hours_awarded_at": row.hours_awarded_at}
        verb = "pd_activities.training.hours_awarded"
        events = [*events, journal.Event(verb, row, row.school_id, row.cluster_id, changes)]
    journal.record_many(events, actor=actor)
    return posted


def award_again(training: Training, teacher_ids: Collection[UUID]) -> list[journal.Event]:
    """After attendance came late or was corrected: the entries of these teachers, set right.

    The training is locked by the caller, whose action records the events. Nothing happens before
    the first award.
    """
    if not teacher_ids or training.hours_awarded_at is None:
        return []
    return _post(training, teacher_ids).events


def _post(training: Training, only: Collection[UUID] | None) -> ledger.Posted:
    sessions = list(training.sessions.order_by("starts_at"))
    day = timezone.localdate(max(each.ends_at for each in sessions))
    rule_set = ledger.rules_on(day)
    rules = HourRules.from_document(rule_set.rules)
    scheduled = whole_minutes(scheduled_time(sessions))
    present = {
        teacher_id: whole_minutes(time)
        for teacher_id, time in presence_in_training(sessions, only).items()
    }
    due = {
        teacher_id: ledger.Due(minutes, credit_for_presence(minutes, scheduled, rules))
        for teacher_id, minutes in present.items()
        if minutes > 0
    }
    source = ledger.Source(HourSource.TRAINING, training.pk, HourKind.TRAINING, training.title, day)
    return ledger.post(source, due, rule_set=rule_set, only=only)
