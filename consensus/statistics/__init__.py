"""Statistics of Delphi rounds: counts in, frozen results out.

Pure Python, exact: Fractions decide, floats only display. Where a formula has no value, an
`Undefined` reason stands in its place. This is the whole public interface of the package.
"""

from consensus.statistics.counts import Counts, count_answers
from consensus.statistics.errors import (
    InvalidAnswerError,
    InvalidCountsError,
    InvalidMatrixError,
    InvalidProbabilityError,
    MalformedRuleError,
    StatisticsError,
)
from consensus.statistics.grouped import GroupedQuantile, grouped_quantile, grouped_quartiles
from consensus.statistics.quartiles import (
    GROUPED_RULE,
    RAW_RULE,
    Band,
    Method,
    Quartiles,
    band_of,
    is_outside,
)
from consensus.statistics.raw import raw_quantile, raw_quartiles
from consensus.statistics.summary import ItemSummary, Matrix, summarise_item, summarise_matrix
from consensus.statistics.undefined import Decision, Display, Exact, Undefined

__all__ = [
    "GROUPED_RULE",
    "RAW_RULE",
    "Band",
    "Counts",
    "Decision",
    "Display",
    "Exact",
    "GroupedQuantile",
    "InvalidAnswerError",
    "InvalidCountsError",
    "InvalidMatrixError",
    "InvalidProbabilityError",
    "ItemSummary",
    "MalformedRuleError",
    "Matrix",
    "Method",
    "Quartiles",
    "StatisticsError",
    "Undefined",
    "band_of",
    "count_answers",
    "grouped_quantile",
    "grouped_quartiles",
    "is_outside",
    "raw_quantile",
    "raw_quartiles",
    "summarise_item",
    "summarise_matrix",
]
