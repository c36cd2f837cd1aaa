"""From minutes to credit minutes, by the rules of a rule set. 60 credit minutes are one hour."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pd_activities.calculations.requirements import Requirement

CREDIT_HOUR = 60


@dataclass(frozen=True)
class HourRules:
    """The rules of one rule-set version.

    `minutes_per_credit_hour`   50 where a lesson period counts as an hour
    `minimum_presence_percent`  of all sessions of a training; below it nothing is credited
    `round_down_to_minutes`     credit minutes are cut to a multiple of this
    `yearly_caps`               kind of hours → most credit minutes in one academic year
    `requirements`              what teachers are asked for, some by their standing
    """

    minutes_per_credit_hour: int = 60
    minimum_presence_percent: int = 80
    round_down_to_minutes: int = 1
    yearly_caps: Mapping[str, int] = field(default_factory=dict)
    requirements: tuple[Requirement, ...] = ()

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "HourRules":
        asked = tuple(map(Requirement.from_document, document.get("requirements", ())))
        return cls(**{**document, "requirements": asked})

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def credit_for_presence(present: int, scheduled: int, rules: HourRules) -> int:
    """Credit minutes for `present` of `scheduled` minutes; 0 below the minimum share."""
    if scheduled <= 0 or present * 100 < scheduled * rules.minimum_presence_percent:
        return 0
    return credit_for_minutes(present, rules)


def credit_for_minutes(minutes: int, rules: HourRules) -> int:
    """Credit minutes for minutes of work, rounded down, before any cap."""
    credit = minutes * CREDIT_HOUR // rules.minutes_per_credit_hour
    return credit - credit % rules.round_down_to_minutes


def capped(credit: int, kind: str, credited: int, rules: HourRules) -> int:
    """What of `credit` the year's cap still lets in, after `credited` of the same kind."""
    cap = rules.yearly_caps.get(kind)
    return credit if cap is None else max(0, min(credit, cap - credited))


def in_hours(credit_minutes: int) -> str:
    """Credit hours with two decimals, cut: 50 minutes are 0.83."""
    hundredths = credit_minutes * 100 // CREDIT_HOUR
    return f"{hundredths // 100}.{hundredths % 100:02}"
