"""The formulas of a Delphi study, once more and from nothing: the standard library alone.

Written apart from the program that froze the results, so that the two check each other. Counts are
lists, lowest score first; fractions are exact; what has no value is {"undefined": why}.
"""

import math
from collections import Counter
from fractions import Fraction

TOO_FEW = {"undefined": "too_few"}
NOT_APPLICABLE = {"undefined": "not_applicable"}
BANDS = ("least", "little", "moderate", "much", "most")
QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


# --- Quantiles ---------------------------------------------------------------------------------
def grouped(counts, p):
    """Where the cumulative line reaches p of all; the midpoint where it is flat. (value, gap?)"""
    target, below = p * sum(counts), 0
    for score, within in enumerate(counts, 1):
        if within and target < below + within:
            return score - Fraction(1, 2) + (target - below) / within, False
        if within and target == below + within:
            following = next(k for k in range(score + 1, len(counts) + 1) if counts[k - 1])
            return Fraction(score + following, 2), following > score + 1
        below += within
    raise ValueError("no answers")


def raw(counts, p):
    """Linear interpolation between ordered answers ("type 7")."""
    answers = [score for score, count in enumerate(counts, 1) for _ in range(count)]
    place, rest = divmod(p * (len(answers) - 1), 1)
    low = answers[int(place)]
    return low + rest * (answers[int(place) + 1] - low) if rest else Fraction(low)


def quantile(method, counts, p):
    return grouped(counts, p)[0] if method == "grouped" else raw(counts, p)


def quartiles(method, counts):
    q1, median, q3 = (quantile(method, counts, p) for p in QUARTERS)
    band = {"undefined": "not_five_points"}
    if len(counts) == len(BANDS):
        band = BANDS[math.floor(median + Fraction(1, 2)) - 1]
    return {
        "method": method,
        "rule": {"grouped": "grouped-midpoint/1", "raw": "linear-type-7/1"}[method],
        "q1": q1,
        "median": median,
        "q3": q3,
        "iqr": q3 - q1,
        "empty_class": method == "grouped" and any(grouped(counts, p)[1] for p in QUARTERS),
        "band": band,
    }


# --- One item ----------------------------------------------------------------------------------
def summary(counts):
    n = sum(counts)
    first = sum(score * count for score, count in enumerate(counts, 1))
    second = sum(score * score * count for score, count in enumerate(counts, 1))
    mean, variance = Fraction(first, n), Fraction(n * second - first**2, n * (n - 1))
    sd = math.sqrt(variance.numerator / variance.denominator)
    return {
        "n": n,
        "counts": counts,
        "grouped": quartiles("grouped", counts),
        "raw": quartiles("raw", counts),
        "mean": mean,
        "variance": variance,
        "sd": sd,
        "cv": sd * mean.denominator / mean.numerator,
        "modes": [score for score, count in enumerate(counts, 1) if count == max(counts)],
        "top_two": top_two(counts),
    }


def top_two(counts):
    if len(counts) == 2:
        return {"undefined": "whole_scale"}
    return Fraction(counts[-1] + counts[-2], sum(counts))


def apply(rule, counts, method):
    """(reached, what the rule measures, its limit) with quantiles read by this method."""
    if rule["rule"] == "percent_agreement":
        share, limit = top_two(counts), Fraction(rule["at_least"])
        return (share if isinstance(share, dict) else share >= limit), share, limit
    if rule["rule"] == "ipras":
        if len(counts) != 9:
            return ({"undefined": "not_nine_points"},) * 3
        p30, p70 = (quantile(method, counts, Fraction(p, 10)) for p in (3, 7))
        limit = Fraction(235, 100) + Fraction(3, 2) * abs(5 - (p30 + p70) / 2)
        return p70 - p30 <= limit, p70 - p30, limit
    read = quartiles(method, counts)
    limit = Fraction(rule["at_most" if rule["rule"] == "iqr" else "iqr_at_most"])
    reached = read["iqr"] <= limit
    if rule["rule"] == "median_iqr":
        reached = reached and read["median"] >= Fraction(rule["median_at_least"])
    return reached, read["iqr"], limit


def judge_consensus(protocol, counts):
    rule = protocol["consensus"]
    method = rule["method"]
    beside = "raw" if method == "grouped" else "grouped"
    reached, value, limit = apply(rule, counts, method)
    other, _, _ = apply(rule, counts, beside)
    verdicts = [verdict(protocol, counts, stable=None, method=each) for each in (method, beside)]
    return {
        "rule": rule,
        "quantile_rule": quartiles(method, counts)["rule"],
        "reached": reached,
        "value": value,
        "limit": limit,
        "median": quantile(method, counts, QUARTERS[1]),
        "reached_by_other": other,
        "methods_disagree": verdicts[0] != verdicts[1],
    }


def verdict(protocol, counts, stable, method=None):
    rule = protocol["consensus"]
    method = method or rule["method"]
    reached, _, _ = apply(rule, counts, method)
    if isinstance(reached, dict):
        return reached
    if reached:
        high = quantile(method, counts, QUARTERS[1]) >= Fraction(protocol["in_from"])
        return "consensus_in" if high else "consensus_out"
    return "stable_dissent" if stable is True else "unstable"


def flips(protocol, counts, stable):
    """Each change by one panelist, leaving or moving one step, that would flip the verdict."""
    standing, found = verdict(protocol, counts, stable), []
    for place, count in enumerate(counts):
        for step in (None, -1, 1) if count else ():
            if step is not None and not 0 <= place + step < len(counts):
                continue
            tried = list(counts)
            tried[place] -= 1
            if step is not None:
                tried[place + step] += 1
            changed = verdict(protocol, tried, stable)
            if changed != standing:
                to = NOT_APPLICABLE if step is None else place + step + 1
                flip = {"score": place + 1, "moved_to": to, "panelists": count}
                found.append({**flip, "verdict": changed})
    return found


# --- Two rounds --------------------------------------------------------------------------------
def stability(protocol, before, after):
    pairs = [(a, b) for a, b in zip(before, after, strict=True) if a and b]
    if len(pairs) < protocol["smallest_shown"]:
        return TOO_FEW
    n, rule, points = len(pairs), protocol["stability"], protocol["scale"]["points"]
    then, now = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    change = Fraction(sum(abs(then[k] - now[k]) for k in range(1, points + 1)), 2 * n)
    earlier, later = (Counter(a for a in answers if a) for answers in (before, after))
    once = [answered.total() - n for answered in (earlier, later)]
    if any(0 < few < protocol["smallest_shown"] for few in once):
        return of_totals(rule, points, earlier, later, n)
    observed = sum((a - b) ** 2 for a, b in pairs)
    expected = sum((a - b) ** 2 * then[a] * now[b] for a in then for b in now)
    return {
        "rule": rule,
        "answered_earlier": earlier.total(),
        "answered_later": later.total(),
        "answered_both": n,
        "net_change": change,
        "stable": change < Fraction(rule["below"]),
        "kept": Fraction(sum(a == b for a, b in pairs), n),
        "kappa": 1 - Fraction(n * observed, expected) if expected else {"undefined": "unanimity"},
        "wilcoxon": wilcoxon([b - a for a, b in pairs if a != b]),
    }


def of_totals(rule, points, earlier, later, both):
    """All answers of each round: where few gave only one, those who gave both would tell theirs."""
    a, b = earlier.total(), later.total()
    change = sum(abs(Fraction(earlier[k], a) - Fraction(later[k], b)) for k in range(1, points + 1))
    return {
        "rule": rule,
        "answered_earlier": a,
        "answered_later": b,
        "answered_both": both,
        "net_change": change / 2,
        "stable": change / 2 < Fraction(rule["below"]),
        **dict.fromkeys(("kept", "kappa", "wilcoxon"), TOO_FEW),
    }


def doubled_ranks(values):
    tally, below, ranks = Counter(values), 0, {}
    for value in sorted(tally):
        ranks[value], below = 2 * below + tally[value] + 1, below + tally[value]
    return ranks


def tie_term(values):
    return sum(tied**3 - tied for tied in Counter(values).values())


def wilcoxon(changes):
    if not changes:
        return {"undefined": "no_changes"}
    sizes, n = [abs(change) for change in changes], len(changes)
    ranks = doubled_ranks(sizes)
    rises = sum(ranks[change] for change in changes if change > 0)
    falls = sum(ranks[-change] for change in changes if change < 0)
    smaller, exact = min(rises, falls), n <= 25
    if exact:
        ways = Counter({0: 1})
        for size in sizes:
            ways += Counter({total + ranks[size]: count for total, count in ways.items()})
        few = sum(count for total, count in ways.items() if total <= smaller)
        p = min(1.0, 2 * few / 2**n)
    else:
        variance = Fraction(2 * n * (n + 1) * (2 * n + 1) - tie_term(sizes), 48)
        distance = Fraction(n * (n + 1), 4) - Fraction(smaller, 2)
        p = math.erfc(max(float(distance), 0.0) / math.sqrt(2 * variance))
    return {
        "changes": n,
        "rises": Fraction(rises, 2),
        "falls": Fraction(falls, 2),
        "statistic": Fraction(smaller, 2),
        "p": p,
        "p_from": "exact" if exact else "normal_approximation",
    }


# --- The panel ---------------------------------------------------------------------------------
def agreement(protocol, rows, asked):
    """Kendall's W over those who scored every item, corrected for ties."""
    scored = [sum(map(bool, column)) for column in zip(*rows, strict=True)]
    rows = [row for row in rows if row and all(row)]
    m, n = len(rows), len(rows[0]) if rows else 0
    # Where few scored an item and left another out, the totals beside W would tell what they said.
    few = protocol["smallest_shown"]
    if m < few or any(0 < each - m < few for each in scored):
        return TOO_FEW
    room = m**2 * (n**3 - n) - m * sum(tie_term(row) for row in rows)
    sums = [sum(column) for column in zip(*[ranked(row) for row in rows], strict=True)]
    squares = sum((total - m * (n + 1)) ** 2 for total in sums)
    why = "one_item" if n == 1 else "nothing_ranked" if not room else None
    w = {"undefined": why} if why else Fraction(3 * squares, room)
    chi = w if why else m * (n - 1) * w
    p = w if why else chi_squared_p(float(chi), n - 1)
    return {
        "panelists": m,
        "dropped": asked - m,
        "items": n,
        "w": w,
        "chi_squared": chi,
        "degrees": n - 1,
        "p": p,
    }


def ranked(row):
    ranks = doubled_ranks(row)
    return [ranks[score] for score in row]


def chi_squared_p(x, degrees):
    """Upper tail of chi-squared for whole degrees of freedom, by its finite series."""
    half = x / 2
    if degrees % 2:
        total, k = math.erfc(math.sqrt(half)), 0.5
    else:
        total, k = 0.0, 0.0
    while k < degrees / 2:
        total += math.exp(k * math.log(half) - half - math.lgamma(k + 1)) if half else k == 0
        k += 1
    return min(total, 1.0)


# --- Certification -----------------------------------------------------------------------------
def certify(rule, counts):
    n, name = sum(counts), rule["rule"]
    found = {"rule": rule, "raters": n, "iqr": NOT_APPLICABLE, "iqr_limit": NOT_APPLICABLE}
    if name == "median_iqr":
        reached, iqr, limit = apply(rule, counts, rule["method"])
        median, least = quantile(rule["method"], counts, QUARTERS[1]), rule["median_at_least"]
        found |= {"value": median, "threshold": Fraction(least), "passed": reached}
        return found | {"iqr": iqr, "iqr_limit": limit}
    if name == "ioc":
        value, limit = Fraction(counts[2] - counts[0], n), Fraction(rule["at_least"])
    else:
        value, limit = Fraction(sum(counts[rule["relevant_from"] - 1 :]), n), Fraction(1)
        if name == "i_cvi" and n >= 6:
            limit = Fraction(7, 9)  # .78
        if name == "cvr":
            value, limit = 2 * value - 1, critical_cvr(n, Fraction(rule["level"]))
    passed = limit if isinstance(limit, dict) else value >= limit
    return found | {"value": value, "threshold": limit, "passed": passed}


def critical_cvr(n, level):
    """The fewest yes that fair coins reach with a probability of at most the level."""
    needed = n + 1
    while sum(math.comb(n, k) for k in range(needed - 1, n + 1)) <= level * 2**n:
        needed -= 1
    return {"undefined": "too_few_raters"} if needed > n else Fraction(2 * needed - n, n)
