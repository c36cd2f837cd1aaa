"""Committees, their seats, and the area's rules for new ones."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from clusters.models import Cluster, School
from core.access import require
from core.actor import Actor
from core.errors import invalid
from core.ids import new_id
from core.journal import actions as journal
from core.lookups import named
from core.thai import sort_key
from pd_activities.enums.committees import CommitteeKind, SeatCategory, SeatRole
from pd_activities.errors.committees import NoCommitteeRuleError
from pd_activities.models import Committee, CommitteeRule, Seat
from pd_activities.queries.committees import rule_for
from pd_activities.rules.committees import may_found_committee


@transaction.atomic
def found_committee(
    *,
    kind: CommitteeKind,
    name_th: str,
    established_on: date,
    actor: Actor,
    cluster: UUID | None = None,
    school: UUID | None = None,
    name_en: str = "",
    composition: Mapping[str, Any] | None = None,
    procedure: Mapping[str, Any] | None = None,
    id: UUID | None = None,
) -> Committee:
    """A committee of a cluster or a school; what is not said comes from the area's rules."""
    body = _body(kind, cluster, school)
    committee = Committee(
        id=id or new_id(),
        kind=kind,
        cluster=body if isinstance(body, Cluster) else None,
        school=body if isinstance(body, School) else None,
        name_th=name_th,
        name_en=name_en,
        sort_key=sort_key(name_th),
        established_on=established_on,
    )
    require(may_found_committee, actor, committee)
    usual = _usual_rule(committee) if composition is None or procedure is None else None
    committee.composition = usual.composition if composition is None and usual else composition
    committee.procedure = usual.procedure if procedure is None and usual else procedure
    committee.save(force_insert=True)
    _record("committee.founded", committee, committee, actor, {"name_th": name_th})
    return committee


@transaction.atomic
def update_committee(
    committee: Committee, changes: Mapping[str, Any], *, actor: Actor
) -> Committee:
    """Names, rules, or the day on which it is dissolved. Meetings held keep the rule they had."""
    row = committee.locked_unchanged()
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.sort_key = sort_key(row.name_th)
    if row.dissolved_on is not None and row.dissolved_on <= row.established_on:
        raise invalid(
            "/dissolved_on",
            "before_beginning",
            "ต้องอยู่หลังวันแต่งตั้ง",
            "Must be after the day on which it was established.",
        )
    row.save_changes(*changes, "sort_key")
    _record(
        "committee.updated",
        row,
        row,
        actor,
        {name: [before[name], value] for name, value in changes.items()},
    )
    return row


@transaction.atomic
def fill_seat(
    committee: Committee,
    *,
    category: SeatCategory,
    holder_name: str,
    term_from: date,
    actor: Actor,
    role: SeatRole = SeatRole.MEMBER,
    user: UUID | None = None,
    term_until: date | None = None,
    id: UUID | None = None,
) -> Seat:
    """Someone's term begins; it ends as the committee's rule says unless a day is given."""
    row = committee.locked()
    until = term_until or _usual_end(term_from, row.composition.get("term_years"))
    _check_term(term_from, until)
    seat = Seat.objects.create(
        id=id or new_id(),
        committee=row,
        category=category,
        role=role,
        holder_name=holder_name,
        user=_holder(user),
        term_from=term_from,
        term_until=until,
    )
    _record("seat.filled", seat, row, actor, {"role": role, "term_from": term_from})
    return seat


@transaction.atomic
def update_seat(seat: Seat, changes: Mapping[str, Any], *, actor: Actor) -> Seat:
    """Correct a name, give the holder an account, or end the term."""
    row = seat.locked_unchanged()
    for name, value in changes.items():
        setattr(row, name, _holder(value) if name == "user" else value)
    _check_term(row.term_from, row.term_until)
    row.save_changes(*changes)
    told = journal.without_texts(changes, "holder_name")
    _record("seat.updated", row, row.committee, actor, told)
    return row


@transaction.atomic
def add_committee_rule(*, actor: Actor, **fields: Any) -> CommitteeRule:
    """A dated rule that committees founded from then on start with."""
    given = fields.pop("id", None)
    rule = CommitteeRule.objects.create(id=given or new_id(), **fields)
    journal.record(
        "pd_activities.committee_rule.added", rule, actor=actor, changes={"title": rule.title}
    )
    return rule


@transaction.atomic
def update_committee_rule(
    rule: CommitteeRule, changes: Mapping[str, Any], *, actor: Actor
) -> CommitteeRule:
    """Change what later committees start with; existing ones keep theirs."""
    row = rule.locked_unchanged()
    for name, value in changes.items():
        setattr(row, name, value)
    if row.valid_until is not None and row.valid_until < row.valid_from:
        raise _ends_too_early("/valid_until")
    row.save_changes(*changes)
    journal.record(
        "pd_activities.committee_rule.updated",
        row,
        actor=actor,
        changes=changes,
    )
    return row


def _record(
    verb: str,
    subject: Committee | Seat,
    committee: Committee,
    actor: Actor,
    changes: Mapping[str, Any],
) -> None:
    journal.record(
        f"pd_activities.{verb}",
        subject,
        actor=actor,
        school_id=committee.school_id,
        cluster_id=committee.cluster_id,
        changes=changes,
    )


def _body(kind: CommitteeKind, cluster: UUID | None, school: UUID | None) -> Cluster | School:
    """The cluster or the school, whichever the kind asks for, and that one only."""
    found: Cluster | School | None = None
    if kind == CommitteeKind.CLUSTER and cluster is not None and school is None:
        found = Cluster.objects.filter(pk=cluster).first()
    if kind == CommitteeKind.SCHOOL and school is not None and cluster is None:
        found = School.objects.filter(pk=school).first()
    if found is None:
        raise invalid(
            f"/{kind}",
            "not_found",
            "ระบุกลุ่มโรงเรียนหรือโรงเรียนให้ตรงกับชนิดของคณะกรรมการ",
            "Name the cluster or the school that the committee's kind asks for.",
        )
    return found


def _usual_rule(committee: Committee) -> CommitteeRule:
    pupils = (committee.school.pupil_count or 0) if committee.school else 0
    rule = rule_for(CommitteeKind(committee.kind), pupils=pupils, on=committee.established_on)
    if rule is None:
        raise NoCommitteeRuleError
    return rule


def _holder(user_id: UUID | None) -> User | None:
    if user_id is None:
        return None
    return named(User.objects.filter(is_active=True), user_id, "/user")


def _usual_end(begins: date, years: int | None) -> date | None:
    """The last day of a term of so many years."""
    if years is None:
        return None
    leap_day = (begins.month, begins.day) == (2, 29)
    first = begins.replace(month=3, day=1) if leap_day else begins
    return first.replace(year=first.year + years) - timedelta(days=1)


def _check_term(begins: date, until: date | None) -> None:
    if until is not None and until < begins:
        raise _ends_too_early("/term_until")


def _ends_too_early(pointer: str) -> Exception:
    return invalid(pointer, "before_beginning", "ต้องไม่ก่อนวันเริ่มต้น", "Must not be before it begins.")
