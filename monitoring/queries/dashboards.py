"""One dashboard: every indicator of a place in a year, read anew, in one number of queries."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clusters.enums import NetworkStage
from monitoring.enums import Level
from monitoring.queries import activities, networks, people
from monitoring.queries.extent import Extent


@dataclass(frozen=True)
class Participation:
    """Teachers who take part, of all; the share as a fraction that loses nothing."""

    teachers: int
    of: int

    @property
    def share(self) -> str | None:
        return f"{self.teachers}/{self.of}" if self.of else None

    @property
    def share_rounded(self) -> float | None:
        return round(self.teachers / self.of, 4) if self.of else None


@dataclass(frozen=True)
class Dashboard:
    """See api.dashboards for the unit of each indicator and what counts."""

    level: Level
    id: UUID | None
    academic_year: int
    first_day: date
    last_day: date
    as_of: date
    schools: int
    clusters: int
    teachers: int
    participation: Participation
    credit_minutes: dict[str, int]
    trainings_held: int
    attendance_minutes: int
    visits: dict[str, int]
    meetings: dict[str, int]
    activity_logs: dict[str, int]
    stage: NetworkStage | None
    stages: dict[str, int]
    plans: dict[str, int]


def dashboard(extent: Extent) -> Dashboard:
    """All indicators of a place in a year."""
    first_day, last_day = extent.year.days
    teachers = people.teachers(extent)
    credit = people.credit_minutes(extent)
    stages = networks.stages(extent)
    return Dashboard(
        level=extent.level,
        id=extent.id,
        academic_year=extent.year.number,
        first_day=first_day,
        last_day=last_day,
        as_of=extent.year.as_of,
        schools=networks.schools(extent),
        clusters=sum(stages.values()),
        teachers=teachers["teachers"],
        participation=Participation(teachers["participants"], teachers["teachers"]),
        credit_minutes={**credit, "total": sum(credit.values())},
        trainings_held=activities.trainings_held(extent),
        attendance_minutes=people.attendance_minutes(extent),
        visits=activities.visits(extent),
        meetings=activities.meetings(extent),
        activity_logs=people.activity_logs(extent),
        stage=None if extent.level == Level.AREA else _only(stages),
        stages=stages,
        plans=networks.plans(extent),
    )


def _only(stages: dict[str, int]) -> NetworkStage | None:
    return next((each for each in NetworkStage if stages[each]), None)
