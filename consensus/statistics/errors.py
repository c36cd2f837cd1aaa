"""What callers may have done wrong. All are ValueErrors and carry a stable code."""

from typing import ClassVar


class StatisticsError(ValueError):
    """Input that no statistic can be computed from; the message names the fault."""

    code: ClassVar[str] = "statistics_error"


class InvalidCountsError(StatisticsError):
    """Counts that are negative, not whole, or on a scale of an unsupported size."""

    code = "invalid_counts"


class InvalidAnswerError(StatisticsError):
    """An answer that is not a whole score of the scale."""

    code = "invalid_answer"


class InvalidMatrixError(StatisticsError):
    """Rows of different lengths, rounds of different panels, or groups of different scales."""

    code = "invalid_matrix"


class InvalidProbabilityError(StatisticsError):
    """A quantile asked for outside the range where it is defined."""

    code = "invalid_probability"


class MalformedRuleError(StatisticsError):
    """A rule document that names no known rule, or names one wrongly."""

    code = "malformed_rule"
