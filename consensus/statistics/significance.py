"""The three p-values that come from SciPy. Loading it takes a second, so it is loaded here."""
# ruff: noqa: PLC0415 Most callers never ask for a p-value; importing the package stays cheap.

from collections.abc import Mapping
from fractions import Fraction

from consensus.statistics.counts import Counts


def chi_squared_p(statistic: Fraction, degrees: int) -> float:
    """Return the upper tail of chi-squared, 0 to 1."""
    from scipy import stats

    return float(stats.chi2.sf(float(statistic), degrees))


def signed_rank_p(changes: Mapping[int, int]) -> float:
    """Return the two-sided p of a signed-rank test by the tie-corrected normal approximation.

    `changes` maps each change of score to the number of panelists; one must not be 0.
    """
    from scipy import stats

    differences = [change for change, count in changes.items() if change for _ in range(count)]
    return float(stats.wilcoxon(differences, method="approx").pvalue)


def mann_whitney_p(one: Counts, other: Counts) -> float:
    """Return the two-sided p of the Mann-Whitney test, tie- and continuity-corrected."""
    from scipy import stats

    test = stats.mannwhitneyu(_spread_out(one), _spread_out(other), method="asymptotic")
    return float(test.pvalue)


def _spread_out(counts: Counts) -> list[int]:
    return [score for score, count in enumerate(counts, 1) for _ in range(count)]
