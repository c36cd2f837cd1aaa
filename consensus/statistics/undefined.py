"""Why a statistic has no value. A reason stands where other programs would print NaN."""

from enum import Enum, unique
from fractions import Fraction
from typing import Literal, TypeAlias


@unique
class Undefined(Enum):
    """A named reason. It is falsy, so an undefined condition never counts as fulfilled."""

    NO_ANSWERS = "no_answers"
    ONE_ANSWER = "one_answer"  # a sample deviation and a kappa need two
    NO_COMMON_ANSWERS = "no_common_answers"  # nobody answered both rounds
    UNANIMITY = "unanimity"  # everybody gave one and the same score
    NO_CHANGES = "no_changes"  # every panelist kept the answer
    NO_COMPLETE_ROWS = "no_complete_rows"  # no panelist scored every item
    ONE_RATER = "one_rater"
    ONE_ITEM = "one_item"
    NOTHING_RANKED = "nothing_ranked"  # no panelist scored any item above another
    NOT_FIVE_POINTS = "not_five_points"  # the bands are defined on five points only
    NOT_NINE_POINTS = "not_nine_points"  # IPRAS is calibrated on nine points only
    WHOLE_SCALE = "whole_scale"  # on two points the top two are everything
    TOO_FEW = "too_few"  # fewer answers than may be shown or compared
    ONE_GROUP = "one_group"  # fewer than two groups are large enough to compare
    TOO_FEW_RATERS = "too_few_raters"  # not even all of them together pass a test at this level
    OUTSIDE_TABLE = "outside_table"
    NOT_COMPARED = "not_compared"  # no earlier round to compare with
    NOT_APPLICABLE = "not_applicable"  # the rule in force does not ask this

    def __bool__(self) -> Literal[False]:
        return False


Exact: TypeAlias = Fraction | Undefined
Decision: TypeAlias = bool | Undefined
Display: TypeAlias = float | Undefined
