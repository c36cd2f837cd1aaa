"""Part 2: what an area consists of. Real schools, clusters by district, synthetic staff, roles."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from backend.demo.onboarding import PASSWORD, mailed
from backend.demo.people import LABEL, people
from backend.demo.visitor import Visitor

SCHOOLS_FILE = Path(__file__).parent / "data" / "buriram4_schools.csv"
TEACHERS = 2_000
TOLD_EVERY = 500
JOINED_ON = "2026-05-16"


@dataclass
class Cast:
    """Who plays a part in the story, signed in, and the things they play with."""

    coordinator: Visitor
    supervisor: Visitor
    director: Visitor
    teacher: Visitor
    member: Visitor
    cluster: dict[str, Any]
    school: dict[str, Any]
    teachers: list[dict[str, Any]]  # of that school
    logins: dict[str, str]  # role → what to sign in with


def furnish(platform: Visitor, admin: Visitor, *, schools: int, teachers: int) -> Cast:
    """Schools, clusters, staff and roles, as an area's office enters them."""
    registered = [*_register_schools(admin, schools)]
    clusters = _found_clusters(admin, registered)
    staff = _register_staff(admin, registered, teachers)
    return _give_roles(platform, admin, clusters, registered, staff)


def _register_schools(admin: Visitor, wanted: int) -> Iterator[dict[str, Any]]:
    known = {school["code"]: school for school in admin.all("schools")}
    with SCHOOLS_FILE.open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            if number > wanted:
                return
            # The public list bears no codes: these are valid in form and marked as made up.
            code = f"3104{number:04d}"
            yield known.get(code) or admin.post(
                "schools", {**row, "code": code, "code_is_official": False}
            )


def _found_clusters(admin: Visitor, schools: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One cluster for each district; each school joins that of its own."""
    known = {cluster["district"]: cluster for cluster in admin.all("clusters")}
    members = {each["school"] for each in admin.all("memberships")}
    for number, district in enumerate(sorted({each["district"] for each in schools}), start=1):
        if district not in known:
            known[district] = admin.post(
                "clusters",
                {
                    "code": f"N{number}",
                    "name_th": f"ศูนย์เครือข่ายวิชาการ{district}",
                    "name_en": f"Academic network centre {number}",
                    "district": district,
                },
            )
    for school in schools:
        if school["id"] not in members:
            cluster = known[school["district"]]["id"]
            body = {"cluster": cluster, "school": school["id"], "joined_on": JOINED_ON}
            admin.post("memberships", body)
    return [known[district] for district in sorted(known)]


def _register_staff(
    admin: Visitor, schools: list[dict[str, Any]], wanted: int
) -> list[dict[str, Any]]:
    """A director for each school first, then teachers in turn."""
    known = {teacher["staff_code"]: teacher for teacher in admin.all("teachers")}
    staff = []
    for place, (person, school) in enumerate(zip(people(wanted, prefix="BR4"), cycle(schools))):
        body = {
            "staff_code": person.staff_code,
            "name_th": f"{person.name_th} ({LABEL})",
            "school": school["id"],
            "position": "director" if place < len(schools) else "teacher",
        }
        staff.append(known.get(person.staff_code) or admin.post("teachers", body))
        if len(staff) % TOLD_EVERY == 0:
            print(f"    {len(staff)} of {wanted} staff", flush=True)  # noqa: T201
    return staff


def _give_roles(
    platform: Visitor,
    admin: Visitor,
    clusters: list[dict[str, Any]],
    schools: list[dict[str, Any]],
    staff: list[dict[str, Any]],
) -> Cast:
    school = schools[0]
    cluster = next(each for each in clusters if each["district"] == school["district"])
    there = [person for person in staff if person["school"] == school["id"]]
    director, teacher, coordinator = there[0], there[1], there[2]
    logins = {"admin": "", "supervisor": "supervisor@buriram4.example.go.th"}
    supervisor = _invited(platform, admin, logins["supervisor"], "ศึกษานิเทศก์", "supervisor")
    member_email = "member@buriram4.example.go.th"
    member = _invited(
        platform, admin, member_email, "กรรมการ", "committee_member", "cluster", cluster["id"]
    )
    cast = {
        name: _opened(admin, person)
        for name, person in (
            ("director", director),
            ("teacher", teacher),
            ("coordinator", coordinator),
        )
    }
    _grant(admin, director, "school_director", "school", school["id"])
    _grant(admin, coordinator, "cluster_coordinator", "cluster", cluster["id"])
    return Cast(
        coordinator=cast["coordinator"],
        supervisor=supervisor,
        director=cast["director"],
        teacher=cast["teacher"],
        member=member,
        cluster=cluster,
        school=school,
        teachers=there,
        logins={
            "supervisor": logins["supervisor"],
            "coordinator": coordinator["staff_code"],
            "director": director["staff_code"],
            "teacher": teacher["staff_code"],
            "committee member": member_email,
        },
    )


def _invited(
    platform: Visitor,
    admin: Visitor,
    email: str,
    title: str,
    role: str,
    scope: str = "area",
    scope_id: str | None = None,
) -> Visitor:
    """Someone with an e-mail address: invited, accepts, signs in."""
    area = platform.at(admin.host)
    if not admin.get("users", login=email)["items"]:
        body = {"email": email, "display_name": f"{title} ({LABEL})", "role": role, "scope": scope}
        admin.post("invitations", {**body, "scope_id": scope_id})
        token = mailed(platform, email, r"/invitation#token=([\w-]+)")
        area.post("invitations/accept", {"token": token, "password": PASSWORD})
    return area.signed_in(email, PASSWORD)


def _opened(admin: Visitor, person: dict[str, Any]) -> Visitor:
    """Someone without an e-mail address: a slip with a code, used once, sets the password."""
    area = admin.at(admin.host)
    teacher = admin.get(f"teachers/{person['id']}")
    if teacher["user"] is None:
        teacher = admin.post(f"teachers/{person['id']}/account")
        slip = admin.post("access-slips", {"user_id": teacher["user"]})
        said = {"login": person["staff_code"], "code": slip["code"], "new_password": PASSWORD}
        area.post("auth/slip", said)
    return area.signed_in(person["staff_code"], PASSWORD)


def _grant(admin: Visitor, person: dict[str, Any], role: str, scope: str, scope_id: str) -> None:
    user = admin.get(f"teachers/{person['id']}")["user"]
    held = admin.get("role-grants", user_id=user, role=role)["items"]
    if not held:
        body = {"user_id": user, "role": role, "scope": scope, "scope_id": scope_id}
        admin.post("role-grants", body)
