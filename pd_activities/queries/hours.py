"""Rule sets, ledger entries and what they add up to."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from clusters.models import Teacher
from core.actor import Actor
from core.dates import academic_year, academic_year_days
from core.spans import holds_on
from pd_activities.models import HourRuleSet, LedgerEntry
from pd_activities.queries.training import of_own_people, sees_office


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
    first, last = academic_year_days(year)
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


def ledger_of(teacher: Teacher, year: int | None = None) -> list[LedgerEntry]:
    """A teacher's entries, oldest first, reversed and reversing ones too."""
    entries = LedgerEntry.objects.filter(teacher=teacher)
    if year is not None:
        entries = entries.filter(occurred_on__range=academic_year_days(year))
    return list(entries.order_by("occurred_on", "id"))


def totals(entries: Iterable[LedgerEntry]) -> list[YearTotal]:
    """Sums by academic year and kind, in that order."""
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        pair = sums[academic_year(entry.occurred_on), entry.kind]
        pair[0] += entry.minutes
        pair[1] += entry.credit_minutes
    return [YearTotal(*key, *pair) for key, pair in sorted(sums.items())]
