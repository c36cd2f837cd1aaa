"""A planned, an observed and a talked-over visit of the teacher; each area has its own."""

from datetime import date, timedelta

from django.utils import timezone

from core.actor import Actor, ActorKind, Grant
from pd_activities.actions import visits
from tests.world import TestArea

RATINGS = {"goals": 4, "prior": 3, "active": 5}


def actor_of(area: TestArea, role: str) -> Actor:
    return Actor(kind=ActorKind.USER, id=area.people[role].user_id, grants=(Grant(role, "area"),))


def add_supervision(area: TestArea) -> None:
    lead = actor_of(area, "supervisor")
    for name in ("visit", "observed_visit", "visit_with_feedback", "acknowledged_visit"):
        visit = visits.plan_visit(
            teacher=area.things["teacher"],
            planned_on=date(2026, 6, 2),
            co_observers=[area.people["other_school_director"].user_id],
            actor=lead,
        )
        area.things[name] = visit.pk
        if name == "visit":
            continue
        visit = visits.observe(visit, ratings=RATINGS, actor=lead, observed_on=date(2026, 6, 2))
        if name == "observed_visit":
            continue
        visit = _give_feedback(visit, lead, with_next_step=name == "visit_with_feedback")
        if name == "visit_with_feedback":
            area.things["follow_up"] = visit.follow_ups.get().pk
        else:
            visits.acknowledge_feedback(visit, actor=actor_of(area, "teacher"))
    area.things["instrument"] = visit.instrument_id


def _give_feedback(visit, lead, *, with_next_step):
    step = {"text": "ทดลองใช้คำถามปลายเปิด", "owner": "teacher", "due_on": date(2026, 7, 1)}
    return visits.give_feedback(
        visit,
        held_at=timezone.now() - timedelta(hours=1),
        strengths="ผู้เรียนลงมือปฏิบัติ",
        to_develop="การใช้คำถาม",
        follow_ups=[step] if with_next_step else [],
        actor=lead,
    )
