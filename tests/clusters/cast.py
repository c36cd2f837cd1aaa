"""A cluster with a school and its people, and another of each, outside the scoped roles' reach.

The first cluster has an agreement, a plan in draft and one that is submitted; a third school has
no cluster; the other one has a `newcomer` without an account.
"""

from datetime import date

from accounts.enums import Role, Scope
from accounts.models import User
from clusters.actions.plans import create_plan, set_plan_items, submit_plan
from clusters.models import Agreement, Cluster, Membership, Plan, School, Teacher
from core.actor import SYSTEM
from core.thai import sort_key
from tests.world import TestArea, make_person


def add(area: TestArea) -> None:
    """`school`, `cluster`, `teacher` for the scoped roles; `other_school`, `other_cluster`, …"""
    for prefix, number in (("", 1), ("other_", 2)):
        school = _school(number)
        cluster = _cluster(number)
        membership = Membership.objects.create(
            cluster=cluster, school=school, joined_on=date(2020, 5, 16)
        )
        area.things[f"{prefix}membership"] = membership.pk
        area.things[f"{prefix}school"] = school.pk
        area.things[f"{prefix}cluster"] = cluster.pk
        for role, scope, scope_id in (
            (Role.CLUSTER_COORDINATOR, Scope.CLUSTER, cluster.pk),
            (Role.SCHOOL_DIRECTOR, Scope.SCHOOL, school.pk),
            (Role.TEACHER, Scope.SCHOOL, school.pk),
            (Role.COMMITTEE_MEMBER, Scope.CLUSTER, cluster.pk),
        ):
            name = f"{prefix}{role}"
            person = make_person(role, scope, scope_id, username=f"{area.slug}-{name}")
            area.people[name] = person
        area.things[f"{prefix}teacher"] = _teacher(school, area.people[f"{prefix}teacher"].user_id)
    area.things["free_school"] = _school(3).pk
    newcomer = Teacher.objects.create(
        staff_code=f"{area.slug}-newcomer",
        name_th="ครูใหม่",
        sort_key="ครูใหม่",
        school_id=area.things["other_school"],
    )
    area.things["newcomer"] = newcomer.pk
    _papers(area)


def _papers(area: TestArea) -> None:
    """`agreement`; `plan` with its `plan_draft`; `submitted_plan` with `plan_submitted`."""
    cluster = Cluster.objects.get(pk=area.things["cluster"])
    area.things["agreement"] = Agreement.objects.create(
        cluster=cluster, title="บันทึกข้อตกลงความร่วมมือ", valid_from=date(2020, 5, 16)
    ).pk
    for name, version_name, year in (
        ("submitted_plan", "plan_submitted", 2018),
        ("plan", "plan_draft", 2019),
    ):
        plan = create_plan(cluster=cluster, academic_year=year, title=f"แผน {year}", actor=SYSTEM)
        version = set_plan_items(
            plan.versions.get(),
            [{"work_scope": "supervision", "text": f"นิเทศร่วม {area.slug}", "goal": "ทุกโรงเรียน"}],
            actor=SYSTEM,
        )
        area.things[name], area.things[version_name] = plan.pk, version.pk
    submitted = Plan.objects.get(pk=area.things["submitted_plan"]).versions.get()
    submit_plan(submitted, actor=SYSTEM)


def _school(number: int) -> School:
    name = f"โรงเรียนบ้านทดสอบ {number}"
    return School.objects.create(
        code=f"3104000{number}",
        name_th=name,
        sort_key=sort_key(name),
        district="สตึก",
        province="บุรีรัมย์",
    )


def _cluster(number: int) -> Cluster:
    name = f"กลุ่มโรงเรียนทดสอบ {number}"
    return Cluster.objects.create(code=f"C{number}", name_th=name, sort_key=sort_key(name))


def _teacher(school: School, user_id: object) -> object:
    user = User.objects.get(pk=user_id)
    name = f"ครู {user.username}"
    return Teacher.objects.create(
        staff_code=user.username, name_th=name, sort_key=sort_key(name), school=school, user=user
    ).pk
