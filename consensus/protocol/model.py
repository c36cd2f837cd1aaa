"""What a protocol says."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from consensus.enums import GroupFeedback, RoundKind
from consensus.statistics import (
    GROUPED_RULE,
    RAW_RULE,
    CertificationRule,
    ConsensusRule,
    IocRule,
    KendallWRule,
    NetChangeRule,
)
from core.text import Text

SMALLEST_SHOWN = 5  # nothing that leaves counts fewer answers
RANKABLE = (2, 50)  # items; Schmidt (1997) advises 20 at most
# Said in every protocol, so that what was sealed is complete; there is one way to do each.
FIXED: dict[str, Any] = {
    "quantiles": {"grouped": GROUPED_RULE, "raw": RAW_RULE},
    "feedback": ["own_rating", "median", "q1", "q3", "iqr", "distribution"],
    "stopping": "settled_or_limit",
    "anonymity": "pseudonymous",
}


@dataclass(frozen=True)
class Wording:
    """A prompt or a criterion, with a code that answers refer to."""

    code: str
    text: Text


@dataclass(frozen=True)
class PlannedRound:
    """`real_time` is of a rating round, `top` and `agreement` of a ranking."""

    kind: RoundKind
    prompts: tuple[Wording, ...] = ()
    real_time: bool = False
    top: int = 0  # how many first places count as "at the top"
    agreement: KendallWRule | None = None


@dataclass(frozen=True)
class CertificationPlan:
    """What certifiers are asked: each criterion, of the whole and (by_section) of each section."""

    rule: CertificationRule
    points: int  # 2 is no (1) and yes (2); `ioc` asks for -1, 0 or +1 instead
    criteria: tuple[Wording, ...]
    by_section: bool = True

    @property
    def lowest(self) -> int:
        return -1 if isinstance(self.rule, IocRule) else 1

    @property
    def highest(self) -> int:
        return 1 if isinstance(self.rule, IocRule) else self.points

    def parts(self, sections: list[str]) -> list[str]:
        """Codes of what is certified; the whole is the empty one."""
        return ["", *(sections if self.by_section else [])]


@dataclass(frozen=True)
class Protocol:
    rounds: tuple[PlannedRound, ...]
    points: int
    labels: tuple[Text, ...]
    consensus: ConsensusRule
    in_from: Fraction
    stability: NetChangeRule
    smallest_shown: int
    comments_shown: bool
    group_feedback: GroupFeedback
    every_item_in: bool
    certified: bool
    certification: CertificationPlan = field(repr=False)
