"""Agreement of the panel over all items: Kendall's W, corrected for ties.

Kendall and Babington Smith, "The problem of m rankings" (Annals of Mathematical Statistics 10,
1939); ties after Siegel, "Nonparametric Statistics" (1956), chapter 9:
W = 12 S / (m^2 (n^3 - n) - m sum(t^3 - t)), chi-squared = m (n - 1) W with n - 1 degrees of
freedom, for m panelists and n items; S is the squared deviation of the rank sums.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from consensus.statistics import significance
from consensus.statistics.errors import InvalidMatrixError
from consensus.statistics.ranks import doubled_ranks
from consensus.statistics.summary import Matrix
from consensus.statistics.undefined import Display, Exact, Undefined


@dataclass(frozen=True, slots=True)
class PanelAgreement:
    """Kendall's W, 0 (none) to 1 (all panelists rank alike), and its test.

    `panelists` scored every one of the `items` and are compared; `dropped` left one out.
    """

    panelists: int
    dropped: int
    items: int
    w: Exact
    chi_squared: Exact
    degrees: int
    p: Display


def panel_agreement(matrix: Matrix) -> PanelAgreement:
    """Compute Kendall's W over the complete rows; rows are panelists, columns items.

    The reason for no W is NO_COMPLETE_ROWS, ONE_RATER, ONE_ITEM, or NOTHING_RANKED when no
    panelist scored any item above another. Raises InvalidMatrixError for ragged rows.
    """
    items = len(matrix[0]) if matrix else 0
    if any(len(row) != items for row in matrix):
        raise InvalidMatrixError("the rows of the matrix differ in length")
    rows = [
        [score for score in row if score is not None] for row in matrix if items and None not in row
    ]
    w = kendall_w(rows)
    degrees = max(items - 1, 0)
    chi_squared = w if isinstance(w, Undefined) else len(rows) * degrees * w
    return PanelAgreement(
        panelists=len(rows),
        dropped=len(matrix) - len(rows),
        items=items,
        w=w,
        chi_squared=chi_squared,
        degrees=degrees,
        p=_tail(chi_squared, degrees),
    )


def kendall_w(rows: Sequence[Sequence[int]]) -> Exact:
    """Return W of complete rows of equal length, or the reason there is none."""
    raters, items = len(rows), len(rows[0]) if rows else 0
    if not raters:
        return Undefined.NO_COMPLETE_ROWS
    if raters == 1:
        return Undefined.ONE_RATER
    if items == 1:
        return Undefined.ONE_ITEM
    sums = [0] * items  # of doubled ranks, so that mean ranks stay whole
    ties = 0
    for row in rows:
        tally = Counter(row)
        ties += significance.tie_term(tally.values())
        ranks = doubled_ranks(tally)
        sums = [total + ranks[score] for total, score in zip(sums, row, strict=True)]
    mean = raters * (items + 1)
    squares = sum((total - mean) ** 2 for total in sums)
    room = raters**2 * (items**3 - items) - raters * ties
    # 12 S with doubled ranks is 12 squares / 4.
    return Fraction(3 * squares, room) if room else Undefined.NOTHING_RANKED


def _tail(chi_squared: Exact, degrees: int) -> Display:
    if isinstance(chi_squared, Undefined):
        return chi_squared
    return significance.chi_squared_p(chi_squared, degrees)
