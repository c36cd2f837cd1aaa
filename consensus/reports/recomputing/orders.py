"""The formulas of a ranking, apart like those in formulas.py: counts of places in, results out."""

from fractions import Fraction

import formulas

STRENGTHS = ("very_weak", "weak", "moderate", "strong", "unusually_strong")  # Schmidt (1997)


def ranking(planned, counts, m):
    """Each item's places, and Kendall's W; no place is given twice, so the sums of ranks do."""
    n, rule = len(counts), planned["agreement"]
    sums = [sum(place * count for place, count in enumerate(each, 1)) for each in counts]
    squares = sum((2 * total - m * (n + 1)) ** 2 for total in sums)
    w, least = Fraction(3 * squares, m**2 * (n**3 - n)), Fraction(rule["at_least"])
    chi = m * (n - 1) * w
    items = [
        {
            "counts": each,
            "mean_rank": Fraction(total, m),
            "median_rank": formulas.raw(each, formulas.QUARTERS[1]),
            "top_share": Fraction(sum(each[: planned["top"]]), m),
            "place": 1 + sum(other < total for other in sums),
        }
        for each, total in zip(counts, sums, strict=True)
    ]
    return {
        "agreement": {
            "panelists": m,
            "dropped": 0,
            "items": n,
            "w": w,
            "chi_squared": chi,
            "degrees": n - 1,
            "p": formulas.chi_squared_p(float(chi), n - 1),
        },
        "judgement": {
            "rule": rule,
            "reached": w >= least,
            "value": w,
            "limit": least,
            "strength": STRENGTHS[sum(w >= Fraction(bound, 10) for bound in (3, 5, 7, 9))],
        },
        "items": items,
    }
