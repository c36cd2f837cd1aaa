"""Part 2: what an area consists of. Real schools, clusters by district, synthetic staff, roles."""

from dataclasses import dataclass
from typing import Any

from backend.demo.calendar import FIRST_DAY
from backend.demo.onboarding import EMAIL, PASSWORD, accepted
from backend.demo.people import LABEL
from backend.demo.spreadsheets import (
    enter_memberships,
    enter_schools,
    enter_staff,
)
from backend.demo.visitor import RefusedError, Visitor, say, together

DISTRICT = "แคนดง"  # whose cluster the story is about
SLUG = "buriram4"
# Role → what to sign in with. Staff of the first school have codes, the others addresses.
LOGINS = {
    "area_admin": EMAIL.format(name="admin", slug=SLUG),
    "officer": EMAIL.format(name="officer", slug=SLUG),
    "supervisor": EMAIL.format(name="supervisor", slug=SLUG),
    "cluster_coordinator": "BR4-00003",
    "school_director": "BR4-00001",
    "teacher": "BR4-00002",
    "committee_member": EMAIL.format(name="member", slug=SLUG),
    "viewer": EMAIL.format(name="viewer", slug=SLUG),
}
_TITLES = {
    "officer": "นักวิชาการศึกษา",
    "supervisor": "ศึกษานิเทศก์",
    "committee_member": "กรรมการ",
    "viewer": "ผู้อ่าน",
}


@dataclass
class Cast:
    """Who plays a part in the story, signed in, and the things they play with."""

    admin: Visitor
    officer: Visitor
    supervisor: Visitor
    coordinator: Visitor
    director: Visitor
    teacher: Visitor
    member: Visitor
    cluster: dict[str, Any]
    schools: list[dict[str, Any]]  # of the cluster, the first of the story first
    staff: list[dict[str, Any]]  # of these schools

    def staff_of(self, school: dict[str, Any]) -> list[dict[str, Any]]:
        """Its director first."""
        there = [person for person in self.staff if person["school"] == school["id"]]
        return sorted(there, key=lambda person: person["staff_code"])


def furnish(platform: Visitor, admin: Visitor, *, teachers: int) -> Cast:
    """Schools, clusters, staff and roles, as an area's office enters them."""
    officer = _invited(platform, admin, "officer")
    enter_schools(officer)
    schools = sorted(officer.all("schools"), key=lambda school: school["district"] != DISTRICT)
    enter_memberships(officer, schools, since=FIRST_DAY)
    enter_staff(officer, schools, teachers)
    return _give_roles(platform, admin, officer, schools)


def _give_roles(
    platform: Visitor, admin: Visitor, officer: Visitor, schools: list[dict[str, Any]]
) -> Cast:
    own = [school for school in schools if school["district"] == DISTRICT]
    [membership] = officer.all("memberships", school=own[0]["id"])
    cluster = officer.get(f"clusters/{membership['cluster']}")
    staff = [person for each in own for person in officer.all("teachers", school=each["id"])]
    by_code = {person["staff_code"]: person for person in staff}

    directors = [person for person in staff if person["position"] == "director"]
    together(
        lambda each: _grant(admin, each, "school_director", "school", each["school"]), directors
    )
    coordinator = by_code[LOGINS["cluster_coordinator"]]
    _grant(admin, coordinator, "cluster_coordinator", "cluster", cluster["id"])
    _invited(platform, admin, "viewer")
    say(f"   {len(directors) + 1} roles granted; sign-ins for each role follow below")
    return Cast(
        admin=admin,
        officer=officer,
        supervisor=_invited(platform, admin, "supervisor"),
        coordinator=_opened(admin, coordinator),
        director=_opened(admin, by_code[LOGINS["school_director"]]),
        teacher=_opened(admin, by_code[LOGINS["teacher"]]),
        member=_invited(platform, admin, "committee_member", "cluster", cluster["id"]),
        cluster=cluster,
        schools=own,
        staff=staff,
    )


def _invited(
    platform: Visitor, admin: Visitor, role: str, scope: str = "area", scope_id: str | None = None
) -> Visitor:
    """Someone with an e-mail address: invited, accepts, is signed in."""
    area, email = admin.at(admin.host), LOGINS[role]
    if admin.get("users", login=email)["items"]:
        return area.signed_in(email, PASSWORD)
    if not any(each["email"] == email for each in admin.all("invitations")):
        name = f"{_TITLES[role]} ({LABEL})"
        body = {"email": email, "display_name": name, "role": role, "scope": scope}
        admin.post("invitations", {**body, "scope_id": scope_id})
    return accepted(platform, area, email)


def _opened(admin: Visitor, person: dict[str, Any]) -> Visitor:
    """Someone without an e-mail address: a slip with a code, used once, sets the password."""
    area, login = admin.at(admin.host), person["staff_code"]
    try:
        return area.signed_in(login, PASSWORD)
    except RefusedError:
        slip = admin.post("access-slips", {"user_id": person["user"]})
        said = {"login": login, "code": slip["code"], "new_password": PASSWORD}
        return area.with_token(area.post("auth/slip", said)["session_token"])


def _grant(admin: Visitor, person: dict[str, Any], role: str, scope: str, scope_id: str) -> None:
    body = {"user_id": person["user"], "role": role, "scope": scope, "scope_id": scope_id}
    admin.made("role-grants", f"{role} {person['staff_code']}", body)
