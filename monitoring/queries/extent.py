"""What a dashboard is about: a place and an academic year."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from clusters.models import Cluster, School
from clusters.queries import memberships_on
from core.calendar import area_calendar
from monitoring.enums import Level


@dataclass(frozen=True)
class Year:
    """An academic year; who belongs to whom is told `as_of` its last day, or today if earlier."""

    number: int  # the CE year in which it begins

    @classmethod
    def present(cls) -> "Year":
        return cls(area_calendar().year_of(timezone.localdate()))

    @cached_property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return area_calendar().days_of(self.number)

    @cached_property
    def as_of(self) -> date:
        return min(self.days[1], timezone.localdate())

    @cached_property
    def ends_before(self) -> datetime:
        return _midnight(self.days[1] + timedelta(days=1))

    def holds(self, field: str) -> Q:
        """That a time lies in the year, by Thai days."""
        return Q(**{f"{field}__gte": _midnight(self.days[0]), f"{field}__lt": self.ends_before})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Extent:
    """A place in a year. The filters of the whole area are empty: no row is looked up for them."""

    year: Year
    level: Level = Level.AREA
    id: UUID | None = None

    def schools(self, field: str) -> Q:
        """Rows whose `field` is a school of the place; a cluster's are its members `as_of`."""
        if self.level == Level.AREA:
            return Q()
        if self.level == Level.SCHOOL:
            return Q(**{field: self.id})
        members = memberships_on(self.year.as_of).filter(cluster=self.id)
        return Q(**{f"{field}__in": members.values("school")})

    def clusters(self, field: str) -> Q:
        """Rows whose `field` is a cluster of the place; a school's is the one it belongs to."""
        if self.level == Level.AREA:
            return Q()
        if self.level == Level.CLUSTER:
            return Q(**{field: self.id})
        own = memberships_on(self.year.as_of).filter(school=self.id)
        return Q(**{f"{field}__in": own.values("cluster")})

    def held_by(self, prefix: str = "") -> Q:
        """Trainings or committees of the place: the cluster's own and its schools', or all."""
        if self.level == Level.AREA:
            return Q()
        of_schools = self.schools(f"{prefix}school")
        if self.level == Level.SCHOOL:
            return of_schools
        return of_schools | Q(**{f"{prefix}cluster": self.id})


def of_area(year: Year) -> Extent:
    return Extent(year)


def of_cluster(cluster: Cluster, year: Year) -> Extent:
    return Extent(year, Level.CLUSTER, cluster.pk)


def of_school(school: School, year: Year) -> Extent:
    return Extent(year, Level.SCHOOL, school.pk)
