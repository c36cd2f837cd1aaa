"""What a new area begins with in this room: defaults that it dates and edits as it needs.

Nothing is given where there is something already, so that it may be given twice.
"""

from datetime import date
from typing import Any

from django.db import transaction

from core.actor import SYSTEM
from pd_activities.actions.committees import add_committee_rule
from pd_activities.actions.hours import adopt_hour_rules
from pd_activities.actions.instruments import make_default, publish_instrument
from pd_activities.calculations.credit import CREDIT_HOUR, HourRules
from pd_activities.calculations.requirements import Requirement
from pd_activities.enums import HourKind
from pd_activities.enums.committees import CommitteeKind, MajorityOf, SeatCategory
from pd_activities.models import CommitteeRule, HourRuleSet, Instrument

_FIRST_DAY = date(2000, 1, 1)  # the first on which something may be entered
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


_COMMITTEE_RULES: list[dict[str, Any]] = [
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


# Hours as they are commonly asked for.
_HOUR_RULES = HourRules(
    requirements=(
        Requirement(credit_minutes=50 * CREDIT_HOUR, kinds=(HourKind.PLC,)),
        Requirement(credit_minutes=12 * CREDIT_HOUR, kinds=(HourKind.TRAINING,)),
        Requirement(credit_minutes=100 * CREDIT_HOUR, years=5, kinds=(HourKind.TRAINING,)),
    )
)


def _criterion(code: str, th: str, en: str) -> dict[str, Any]:
    return {"code": code, "text": {"th": th, "en": en}}


# A plain form of our own; areas publish theirs.
_INSTRUMENT: dict[str, Any] = {
    "code": "classroom",
    "title_th": "แบบสังเกตการจัดการเรียนรู้ในชั้นเรียน",
    "title_en": "Classroom observation form",
    "document": {
        "scale_max": 5,
        "criteria": [
            _criterion("goals", "กำหนดเป้าหมายการเรียนรู้ชัดเจน", "Learning goals are clear"),
            _criterion(
                "prior", "เชื่อมโยงกับความรู้และประสบการณ์เดิม", "Builds on what pupils already know"
            ),
            _criterion(
                "active", "ผู้เรียนลงมือปฏิบัติและคิดด้วยตนเอง", "Pupils do and think for themselves"
            ),
            _criterion("questions", "ใช้คำถามกระตุ้นการคิด", "Questions stimulate thinking"),
            _criterion("media", "ใช้สื่อและเทคโนโลยีเหมาะสม", "Media and technology serve the goals"),
            _criterion("feedback", "ให้ข้อมูลย้อนกลับเพื่อพัฒนาผู้เรียน", "Feedback helps pupils to improve"),
            _criterion("assessment", "ประเมินผลตามเป้าหมายการเรียนรู้", "Assessment follows the goals"),
            _criterion("climate", "บรรยากาศชั้นเรียนเอื้อต่อการเรียนรู้", "The climate supports learning"),
        ],
    },
}


@transaction.atomic
def give_starting_documents(_area: object = None) -> None:
    """An observation form, rules for committees, rules of credit hours."""
    if not Instrument.objects.exists():
        make_default(publish_instrument(**_INSTRUMENT, actor=SYSTEM), actor=SYSTEM)
    if not CommitteeRule.objects.exists():
        usual = {"procedure": dict(_PROCEDURE), "valid_from": _ACT_IN_FORCE}
        for each in _COMMITTEE_RULES:
            add_committee_rule(**each, **usual, actor=SYSTEM)
    if not HourRuleSet.objects.exists():
        adopt_hour_rules(valid_from=_FIRST_DAY, rules=_HOUR_RULES, actor=SYSTEM)
