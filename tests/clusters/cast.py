"""A cluster with a school and its people, and another of each, outside the scoped roles' reach."""

from datetime import date

from accounts.enums import Role, Scope
from accounts.models import User
from clusters.models import Cluster, Membership, School, Teacher
from core.thai import sort_key
from tests.world import TestArea, make_person


def add(area: TestArea) -> None:
    """`school`, `cluster`, `teacher` for the scoped roles; `other_school`, `other_cluster`, …"""
    for prefix, number in (("", 1), ("other_", 2)):
        school = _school(number)
        cluster = _cluster(number)
        Membership.objects.create(cluster=cluster, school=school, joined_on=date(2020, 5, 16))
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
