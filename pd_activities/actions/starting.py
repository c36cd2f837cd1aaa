"""What a new area begins with in this room; each piece bears being given twice."""

from datetime import date
from typing import Any

from django.db import transaction

from core.actor import SYSTEM
from pd_activities.actions.committees import add_committee_rule
from pd_activities.enums.committees import CommitteeKind, MajorityOf, SeatCategory
from pd_activities.models import CommitteeRule

_ACT_IN_FORCE = date(2003, 7, 7)  # the Act of B.E. 2546 that school committees rest on
_PROCEDURE = {"quorum": "1/2", "majority_of": MajorityOf.VOTES_CAST, "casting_vote": True}
_ONE_EACH = (
    SeatCategory.CHAIR,
    SeatCategory.PARENT,
    SeatCategory.TEACHER,
    SeatCategory.COMMUNITY_ORGANISATION,
    SeatCategory.LOCAL_GOVERNMENT,
    SeatCategory.ALUMNI,
    SeatCategory.SECRETARY,
)


def _school_committee(size: int, *, religious: int, experts: int) -> dict[str, Any]:
    categories = {
        **dict.fromkeys(_ONE_EACH, 1),
        SeatCategory.RELIGIOUS: religious,
        SeatCategory.EXPERT: experts,
    }
    return {"size": size, "term_years": 4, "categories": categories}


# Defaults as commonly applied; each area dates and edits its own.
STARTING_RULES: list[dict[str, Any]] = [
    {
        "kind": CommitteeKind.SCHOOL,
        "title": "คณะกรรมการสถานศึกษาขั้นพื้นฐาน นักเรียนไม่เกิน 300 คน",
        "pupils_from": 0,
        "composition": _school_committee(9, religious=1, experts=1),
    },
    {
        "kind": CommitteeKind.SCHOOL,
        "title": "คณะกรรมการสถานศึกษาขั้นพื้นฐาน นักเรียนเกิน 300 คน",
        "pupils_from": 301,
        "composition": _school_committee(15, religious=2, experts=6),
    },
    {
        "kind": CommitteeKind.CLUSTER,
        "title": "คณะกรรมการกลุ่มโรงเรียน",
        "pupils_from": 0,
        "composition": {},
    },
]


@transaction.atomic
def give_starting_rules() -> None:
    """Rules for committees; does nothing where there are some already."""
    if CommitteeRule.objects.exists():
        return
    for each in STARTING_RULES:
        add_committee_rule(
            **each, procedure=dict(_PROCEDURE), valid_from=_ACT_IN_FORCE, actor=SYSTEM
        )
