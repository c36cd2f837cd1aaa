"""What stands on the pages of a report: the words of each kind of study, and numbers that agree."""

from fractions import Fraction

import pytest

from consensus.protocol.templates import TEMPLATES
from consensus.reports.contents import report_of
from consensus.reports.forms import make_report
from consensus.reports.layout import held, shown
from tests.consensus.building import RANKING_TWICE, build
from tests.consensus.reporting import (
    ANY_OUTCOME,
    ITEMS,
    LOOSE,
    certify,
    conclude,
    rated_study,
    words_of,
)


def _printed(built, language="en"):
    return " ".join(words_of(make_report(built.study, "pdf", language).content).split())


def _results(built):
    return [each["results"] for each in report_of(built.study)["rounds"]]


@pytest.mark.parametrize(
    ("value", "limit", "text"),
    [
        ("3/2", "3/2", "1.50"),
        ("751/500", "3/2", "1.502"),  # exceeds it, and does not look as if it did not
        ("4/27", "3/20", "0.148"),
        ("30001/20000", "3/2", "1.5001"),
        ("7/9", "7/9", "0.78"),
        ("1/2", "3/2", "0.50"),
        ("-1/300", "1", "0.00"),
        ("1/3", {"undefined": "not_applicable"}, "0.33"),
    ],
)
def test_shown__beside_its_limit__on_the_right_side_of_it(value, limit, text):
    assert shown(held(Fraction(value), limit)) == text


@pytest.mark.parametrize(
    ("p", "text"), [(0.0004, "<0.001"), (0.0006, "0.001"), (0.0, "0.000"), (1.0, "1.000")]
)
def test_shown__p__never_nothing_where_there_is_something(p, text):
    assert shown(p) == text


def test_certification__by_median_and_iqr__both_beside_their_limits(facilitator):
    protocol = {**ANY_OUTCOME, "certification": {"rule": {"rule": "median_iqr"}, "points": 5}}
    built = certify(conclude(rated_study(facilitator, protocol=protocol)), [5] * 5 + [1] * 2)
    told = _printed(built)
    assert "Raters Value Needed IQR IQR at most Passed" in told
    line = _results(built)[-1]["parts"][0]["outcome"]
    value, iqr = (shown(Fraction(line[name])) for name in ("value", "iqr"))
    assert f"{value} 3.50 {iqr} 1.50 no" in told


def test_certification__i_cvi_of_seven_in_nine__passes_and_looks_like_it(facilitator):
    protocol = {**ANY_OUTCOME, "certification": {"rule": {"rule": "i_cvi"}, "points": 2}}
    built = certify(conclude(rated_study(facilitator, protocol=protocol)), [2] * 7 + [1] * 2)
    assert _results(built)[-1]["certified"]
    assert "9 0.78 0.78 yes" in _printed(built)


def test_protocol__of_a_ranking__says_nothing_of_ratings(facilitator):
    built = build(
        facilitator, protocol={**RANKING_TWICE, **LOOSE}, items=ITEMS, panel=7, certifiers=0
    ).seal()
    built.open()
    built.rank([[1, 2, 3, 4]] * 6 + [[2, 1, 4, 3]])
    built.close()
    conclude(built)
    told = _printed(built)
    for words in ("IQR at most", "In from a median", "Stability rule", "anonymous comments"):
        assert words not in told
    assert "places 1 to 3" in told
    assert "Order agreed" in told
    w = shown(Fraction(_results(built)[0]["agreement"]["w"]))
    assert f"1 7 {w} " in told
    assert "unusually strong yes" in told
    where = {each["en"]: each["where_en"] for each in report_of(built.study)["checklist"]}
    for subject in ("Attrition and subgroups", "Dissent that remained"):
        assert where[subject].startswith("Not reported")
    assert where["Results of each round and the outcome"] == "Section 4, items"


def test_rand_ucla__medians_and_disagreement__in_its_own_three_words(facilitator):
    template = next(each for each in TEMPLATES if each.code == "rand_ucla")
    columns = [[8] * 10, [6] * 5 + [7] * 5, [2] * 10, [1] * 5 + [9] * 5]
    built = rated_study(
        facilitator, protocol=template.document, columns=(columns, columns), panel=10
    )
    conclude(built)
    told = _printed(built)
    assert "1 extremely inappropriate · 2 · 3 · 4 · 5 uncertain · 6" in told
    for line in (
        "8.00 0.00 appropriate consensus in",
        "6.50 1.00 uncertain consensus out",
        "2.00 0.00 inappropriate consensus out",
        "5.00 8.00 uncertain stable dissent",
    ):
        assert line in told
    assert "consensus against" not in told


def test_final__scale_without_bands__no_empty_column(facilitator):
    protocol = {**ANY_OUTCOME, "scale": {"points": 7}}
    built = rated_study(facilitator, protocol=protocol)
    assert "five points only" not in _printed(conclude(built))
