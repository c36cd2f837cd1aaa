"""What targets 4 and 5 measure: an area's administrator lists 50 activity logs."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connection
from django_tenants.utils import schema_context

from accounts.enums import Role, Scope
from clusters.models import School, Teacher
from core.thai import sort_key
from pd_activities.models import ActivityLog
from tenants.models import Area
from tests.benchmarks.activities import Rows
from tests.benchmarks.areas import make_area
from tests.world import Person, make_person

WORK = "list 50 of 20,000 activity logs, signed in, with permission"
PATH = "/api/v1/activity-logs?limit=50"


@dataclass(frozen=True)
class Signed:
    """Where to ask, and as whom."""

    host: str
    headers: dict[str, str]

    @classmethod
    def to(cls, area: Area, person: Person) -> "Signed":
        host = f"{area.slug}.{settings.BASE_DOMAIN}"
        return cls(host, {"Host": host, "Authorization": f"Bearer {person.token}"})


@cache
def area() -> Signed:
    """The area with its rows; made once a run."""
    made = make_area("listing")
    with schema_context(made.schema_name):
        admin = make_person(Role.AREA_ADMIN, Scope.AREA, None, username="admin")
        fill(Rows())
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the owner of the tables
    connection.close()
    return Signed.to(made, admin)


def fill(rows: Rows) -> None:
    """Write the rows into the present area."""
    place = {"district": "สตึก", "province": "บุรีรัมย์"}
    School.objects.bulk_create(
        School(**row, **place, sort_key=sort_key(row["name_th"])) for row in rows.schools
    )
    Teacher.objects.bulk_create(
        Teacher(**row, sort_key=sort_key(row["name_th"])) for row in rows.teachers
    )
    ActivityLog.objects.bulk_create((ActivityLog(**row) for row in rows.logs), batch_size=2_000)
