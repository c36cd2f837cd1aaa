"""Rule sets, ledger entries and what they add up to."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils import timezone

from clusters.models import Teacher
from core.actor import Actor
from core.calendar import area_calendar
from core.dates import AcademicCalendar
from core.spans import holds_on
from pd_activities.calculations.credit import HourRules, in_hours
from pd_activities.calculations.requirements import Progress, progress
from pd_activities.models import HourRuleSet, LedgerEntry
from pd_activities.queries.reach import of_own_people, sees_office


def rule_set_on(day: date) -> HourRuleSet | None:
    """The rule set that holds on this day."""
    return HourRuleSet.objects.filter(holds_on(day, "valid_from", "valid_until")).first()


@dataclass(frozen=True)
class LatestAward:
    """A teacher's newest award from a source; `is_reversed`: it was taken back."""

    entry: LedgerEntry
    is_reversed: bool


def latest_awards(
    source_id: UUID, teacher_ids: Iterable[UUID] | None = None
) -> dict[UUID, LatestAward]:
    """By teacher, of all or of some."""
    entries = LedgerEntry.objects.filter(source_id=source_id).order_by("revision")
    if teacher_ids is not None:
        entries = entries.filter(teacher__in=teacher_ids)
    rows = list(entries)
    reversed_ids = {entry.reverses_id for entry in rows}
    return {
        entry.teacher_id: LatestAward(entry, entry.pk in reversed_ids)
        for entry in rows
        if entry.reverses_id is None
    }


def credited_in_year(
    teacher_ids: Collection[UUID], kind: str, year: int, *, but_from: UUID
) -> dict[UUID, int]:
    """Credit minutes of a kind in an academic year, by teacher, without those of one source."""
    first, last = area_calendar().days_of(year)
    return dict(
        LedgerEntry.objects.filter(
            teacher__in=teacher_ids, kind=kind, occurred_on__range=(first, last)
        )
        .exclude(source_id=but_from)
        .values_list("teacher_id")
        .annotate(sum=Sum("credit_minutes"))
    )


def transcripts_visible_to(actor: Actor) -> QuerySet[Teacher]:
    """The teachers whose transcript this actor may read."""
    teachers = Teacher.objects.select_related("school")
    return teachers if sees_office(actor) else teachers.filter(of_own_people(actor))


@dataclass(frozen=True)
class YearTotal:
    """Minutes of one kind in the academic year that begins in the CE year `academic_year`."""

    academic_year: int
    kind: str
    minutes: int
    credit_minutes: int

    @property
    def credit_hours(self) -> str:
        return in_hours(self.credit_minutes)


@dataclass(frozen=True)
class Transcript:
    """A teacher's entries, oldest first, reversed and reversing ones too; their sums by academic
    year and kind; and how far the teacher is with what the rules ask for."""

    teacher: Teacher
    entries: list[LedgerEntry]
    totals: list[YearTotal]
    requirements: list[Progress]

    @property
    def credit_minutes(self) -> int:
        return sum(entry.credit_minutes for entry in self.entries)

    @property
    def credit_hours(self) -> str:
        return in_hours(self.credit_minutes)


def transcript_of(teacher: Teacher, year: int | None = None) -> Transcript:
    """Of all time, or of one academic year, as far as it has gone."""
    entries = list(LedgerEntry.objects.filter(teacher=teacher).order_by("occurred_on", "id"))
    calendar, today = area_calendar(), timezone.localdate()
    shown = [each for each in entries if year in (None, calendar.year_of(each.occurred_on))]
    day = today if year is None else min(today, calendar.days_of(year)[1])
    asked = _progress(teacher, totals(entries, calendar), day, calendar)
    return Transcript(teacher, shown, totals(shown, calendar), asked)


def totals(entries: Iterable[LedgerEntry], calendar: AcademicCalendar) -> list[YearTotal]:
    """Sums by academic year and kind, in that order."""
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        pair = sums[calendar.year_of(entry.occurred_on), entry.kind]
        pair[0] += entry.minutes
        pair[1] += entry.credit_minutes
    return [YearTotal(*key, *pair) for key, pair in sorted(sums.items())]


def _progress(
    teacher: Teacher, sums: Iterable[YearTotal], day: date, calendar: AcademicCalendar
) -> list[Progress]:
    """By the rules of this day."""
    rule_set = rule_set_on(day)
    if rule_set is None:
        return []
    return progress(
        HourRules.from_document(rule_set.rules).requirements,
        standing=teacher.standing,
        year=calendar.year_of(day),
        credited={(each.academic_year, each.kind): each.credit_minutes for each in sums},
        calendar=calendar,
    )
