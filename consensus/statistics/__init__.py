"""Statistics of Delphi rounds: counts in, frozen results out.

Pure Python, exact: Fractions decide, floats only display. Where a formula has no value, an
`Undefined` reason stands in its place. This is the whole public interface of the package.
"""

from consensus.statistics.counts import Counts, count_answers
from consensus.statistics.documents import dump_rule, parse_rational
from consensus.statistics.errors import (
    InvalidAnswerError,
    InvalidCountsError,
    InvalidMatrixError,
    InvalidProbabilityError,
    MalformedRuleError,
    StatisticsError,
)
from consensus.statistics.grouped import GroupedQuantile, grouped_quantile, grouped_quartiles
from consensus.statistics.ipras import Ipras, ipras_of
from consensus.statistics.jsonable import to_jsonable
from consensus.statistics.judgement import (
    DEFAULT_IN_FROM,
    Consensus,
    ItemVerdict,
    Verdict,
    judge_consensus,
    judge_item,
)
from consensus.statistics.knife_edge import Flip, KnifeEdge, knife_edge
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
from consensus.statistics.rules import (
    CONSENSUS_RULES,
    DEFAULT_CONSENSUS_RULE,
    AgreementRule,
    ConsensusRule,
    IprasRule,
    IqrRule,
    MedianIqrRule,
    parse_consensus_rule,
)
from consensus.statistics.summary import ItemSummary, Matrix, summarise_item, summarise_matrix
from consensus.statistics.undefined import Decision, Display, Exact, Undefined

__all__ = [
    "CONSENSUS_RULES",
    "DEFAULT_CONSENSUS_RULE",
    "DEFAULT_IN_FROM",
    "GROUPED_RULE",
    "RAW_RULE",
    "AgreementRule",
    "Band",
    "Consensus",
    "ConsensusRule",
    "Counts",
    "Decision",
    "Display",
    "Exact",
    "Flip",
    "GroupedQuantile",
    "InvalidAnswerError",
    "InvalidCountsError",
    "InvalidMatrixError",
    "InvalidProbabilityError",
    "Ipras",
    "IprasRule",
    "IqrRule",
    "ItemSummary",
    "ItemVerdict",
    "KnifeEdge",
    "MalformedRuleError",
    "Matrix",
    "MedianIqrRule",
    "Method",
    "Quartiles",
    "StatisticsError",
    "Undefined",
    "Verdict",
    "band_of",
    "count_answers",
    "dump_rule",
    "grouped_quantile",
    "grouped_quartiles",
    "ipras_of",
    "is_outside",
    "judge_consensus",
    "judge_item",
    "knife_edge",
    "parse_consensus_rule",
    "parse_rational",
    "raw_quantile",
    "raw_quartiles",
    "summarise_item",
    "summarise_matrix",
    "to_jsonable",
]
