"""Writing the ledger of credit hours: entries are added and reversed, never changed.

`post` and `reverse` belong to an action's transaction, which also holds the lock on the source
(the training, the log), so that two posts about one source come after each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from clusters.models import Teacher
from core.calendar import area_calendar
from core.journal.actions import Event
from pd_activities.calculations.credit import HourRules, capped
from pd_activities.enums import HourKind, HourSource
from pd_activities.errors.training import NoHourRulesError
from pd_activities.models import HourRuleSet, LedgerEntry
from pd_activities.queries.hours import LatestAward, credited_in_year, latest_awards, rule_set_on


@dataclass(frozen=True)
class Source:
    """What hours are credited for; `counts_as` is the kind under which they are summed."""

    kind: HourSource
    id: UUID
    counts_as: HourKind
    title: str
    occurred_on: date


@dataclass(frozen=True)
class Due:
    """What one teacher is due from a source, before the year's cap."""

    minutes: int
    credit_minutes: int


@dataclass(frozen=True)
class Posted:
    """How many teachers' entries are new, were set right, were right; and what to record."""

    awarded: int
    corrected: int
    unchanged: int
    events: list[Event]


def rules_on(day: date) -> HourRuleSet:
    """The rule set of a day. Raises NoHourRulesError."""
    rule_set = rule_set_on(day)
    if rule_set is None:
        raise NoHourRulesError(day=day)
    return rule_set


def post(
    source: Source,
    due: Mapping[UUID, Due],
    *,
    rule_set: HourRuleSet,
    only: Iterable[UUID] | None = None,
) -> Posted:
    """Bring a source's entries to what is due: for all teachers, or `only` for some."""
    due = _within_caps(source, due, rule_set)
    latest = latest_awards(source.id, only)
    written: list[LedgerEntry] = []
    awarded = corrected = unchanged = 0
    for teacher_id in sorted({*due, *latest}):
        last, now_due = latest.get(teacher_id), due.get(teacher_id)
        if now_due == _standing(last):
            unchanged += now_due is not None
            continue
        if last is not None and not last.is_reversed:
            written.append(_reversal(last.entry))
        if now_due is not None:
            revision = 1 if last is None else last.entry.revision + 1
            written.append(_entry(source, teacher_id, now_due, rule_set.number, revision))
        awarded += last is None
        corrected += last is not None
    return Posted(awarded, corrected, unchanged, _write(written))


def reverse(source_id: UUID) -> list[Event]:
    """Undo all that is credited from a source; the events to record."""
    awards = latest_awards(source_id).values()
    return _write([_reversal(each.entry) for each in awards if not each.is_reversed])


def _within_caps(source: Source, due: Mapping[UUID, Due], rule_set: HourRuleSet) -> dict[UUID, Due]:
    rules = HourRules.from_document(rule_set.rules)
    if source.counts_as not in rules.yearly_caps:
        return dict(due)
    # Without the lock, two sources at once could each see room below the cap.
    locked = Teacher.objects.select_for_update(no_key=True).filter(pk__in=due).order_by("pk")
    list(locked.values_list("pk"))
    year = area_calendar().year_of(source.occurred_on)
    credited = credited_in_year(list(due), source.counts_as, year, but_from=source.id)
    return {
        teacher_id: Due(
            each.minutes,
            capped(each.credit_minutes, source.counts_as, credited.get(teacher_id, 0), rules),
        )
        for teacher_id, each in due.items()
    }


def _standing(last: LatestAward | None) -> Due | None:
    if last is None or last.is_reversed:
        return None
    return Due(last.entry.minutes, last.entry.credit_minutes)


def _entry(source: Source, teacher_id: UUID, due: Due, version: int, revision: int) -> LedgerEntry:
    return LedgerEntry(
        teacher_id=teacher_id,
        source_kind=source.kind,
        source_id=source.id,
        revision=revision,
        kind=source.counts_as,
        title=source.title,
        minutes=due.minutes,
        credit_minutes=due.credit_minutes,
        rule_set_version=version,
        occurred_on=source.occurred_on,
        recorded_at=timezone.now(),
    )


def _reversal(entry: LedgerEntry) -> LedgerEntry:
    return LedgerEntry(
        teacher_id=entry.teacher_id,
        source_kind=entry.source_kind,
        source_id=entry.source_id,
        revision=entry.revision,
        kind=entry.kind,
        title=entry.title,
        minutes=-entry.minutes,
        credit_minutes=-entry.credit_minutes,
        rule_set_version=entry.rule_set_version,
        occurred_on=entry.occurred_on,
        reverses_id=entry.pk,
        recorded_at=timezone.now(),
    )


def _write(entries: list[LedgerEntry]) -> list[Event]:
    if not entries:
        return []
    LedgerEntry.objects.bulk_create(entries)
    teachers = Teacher.objects.filter(pk__in={each.teacher_id for each in entries})
    schools = dict(teachers.values_list("pk", "school_id"))
    return [
        Event(
            "pd_activities.hours.reversed" if each.reverses_id else "pd_activities.hours.awarded",
            each,
            school_id=schools[each.teacher_id],
            changes={"minutes": each.minutes, "credit_minutes": each.credit_minutes},
        )
        for each in entries
    ]
