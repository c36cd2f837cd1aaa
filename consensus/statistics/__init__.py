"""Statistics of Delphi rounds: counts in, frozen results out.

Pure Python, exact: Fractions decide, floats only display. Where a formula has no value, an
`Undefined` reason stands in its place. This is the whole public interface of the package.
"""

from consensus.statistics.agreement import PanelAgreement, kendall_w, panel_agreement
from consensus.statistics.attrition import Attrition, compare_leavers
from consensus.statistics.certification import (
    CERTIFICATION_RULES,
    Certification,
    CertificationRule,
    CvrRule,
    IocRule,
    ItemCviRule,
    UnanimousRule,
    certify,
    critical_cvr,
    parse_certification_rule,
)
from consensus.statistics.coding import CodingAgreement, ThemeAgreement, compare_coders
from consensus.statistics.consensus_rules import (
    CONSENSUS_RULES,
    DEFAULT_CONSENSUS_RULE,
    AgreementRule,
    ConsensusRule,
    IprasRule,
    IqrRule,
    MedianIqrRule,
    parse_consensus_rule,
)
from consensus.statistics.counts import SMALLEST_GROUP, Counts, count_answers
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
from consensus.statistics.panel_size import PANEL_SIZES, PanelSize, panel_size_help
from consensus.statistics.planning import Expectation, RoundForecast, forecast
from consensus.statistics.quartiles import (
    GROUPED_RULE,
    RAW_RULE,
    Band,
    Method,
    Quartiles,
    band_of,
    is_outside,
)
from consensus.statistics.ranking import (
    RANKING_RULES,
    KendallWRule,
    OrderConsensus,
    RankedItem,
    RankingSummary,
    Strength,
    judge_order,
    parse_ranking_rule,
    summarise_rankings,
)
from consensus.statistics.raw import raw_quantile, raw_quartiles
from consensus.statistics.rule_documents import dump_rule, parse_rational
from consensus.statistics.significance import get_ready
from consensus.statistics.stability import (
    DEFAULT_STABILITY_RULE,
    STABILITY_RULES,
    NetChangeRule,
    Stability,
    compare_rounds,
    compare_totals,
    parse_stability_rule,
    weighted_kappa,
)
from consensus.statistics.subgroups import Group, GroupComparison, compare_groups
from consensus.statistics.summary import ItemSummary, Matrix, summarise_item, summarise_matrix
from consensus.statistics.undefined import Decision, Display, Exact, Undefined
from consensus.statistics.wilcoxon import SignedRank, signed_rank

__all__ = [
    "CERTIFICATION_RULES",
    "CONSENSUS_RULES",
    "DEFAULT_CONSENSUS_RULE",
    "DEFAULT_IN_FROM",
    "DEFAULT_STABILITY_RULE",
    "GROUPED_RULE",
    "PANEL_SIZES",
    "RANKING_RULES",
    "RAW_RULE",
    "SMALLEST_GROUP",
    "STABILITY_RULES",
    "AgreementRule",
    "Attrition",
    "Band",
    "Certification",
    "CertificationRule",
    "CodingAgreement",
    "Consensus",
    "ConsensusRule",
    "Counts",
    "CvrRule",
    "Decision",
    "Display",
    "Exact",
    "Expectation",
    "Flip",
    "Group",
    "GroupComparison",
    "GroupedQuantile",
    "InvalidAnswerError",
    "InvalidCountsError",
    "InvalidMatrixError",
    "InvalidProbabilityError",
    "IocRule",
    "Ipras",
    "IprasRule",
    "IqrRule",
    "ItemCviRule",
    "ItemSummary",
    "ItemVerdict",
    "KendallWRule",
    "KnifeEdge",
    "MalformedRuleError",
    "Matrix",
    "MedianIqrRule",
    "Method",
    "NetChangeRule",
    "OrderConsensus",
    "PanelAgreement",
    "PanelSize",
    "Quartiles",
    "RankedItem",
    "RankingSummary",
    "RoundForecast",
    "SignedRank",
    "Stability",
    "StatisticsError",
    "Strength",
    "ThemeAgreement",
    "UnanimousRule",
    "Undefined",
    "Verdict",
    "band_of",
    "certify",
    "compare_coders",
    "compare_groups",
    "compare_leavers",
    "compare_rounds",
    "compare_totals",
    "count_answers",
    "critical_cvr",
    "dump_rule",
    "forecast",
    "get_ready",
    "grouped_quantile",
    "grouped_quartiles",
    "ipras_of",
    "is_outside",
    "judge_consensus",
    "judge_item",
    "judge_order",
    "kendall_w",
    "knife_edge",
    "panel_agreement",
    "panel_size_help",
    "parse_certification_rule",
    "parse_consensus_rule",
    "parse_ranking_rule",
    "parse_rational",
    "parse_stability_rule",
    "raw_quantile",
    "raw_quartiles",
    "signed_rank",
    "summarise_item",
    "summarise_matrix",
    "summarise_rankings",
    "to_jsonable",
    "weighted_kappa",
]
