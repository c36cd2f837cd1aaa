from fractions import Fraction
from itertools import pairwise

import pytest

from consensus.statistics import PANEL_SIZES, Undefined, panel_size_help


@pytest.mark.parametrize(
    ("experts", "line"),
    [(1, (1, 5)), (5, (5, 9)), (17, (17, 21)), (20, (17, 21)), (21, (21, 25)), (29, (25, 29))],
)
def test_panel_size_help__line_of_the_table(experts, line):
    found = panel_size_help(experts)

    assert (found.smallest, found.largest) == line


def test_panel_size_help__seventeen__error_is_not_its_decrease():
    found = panel_size_help(17)

    assert (found.error_from, found.error_to) == (Fraction(1, 2), Fraction(12, 25))
    assert found.net_decrease == Fraction(1, 50)


def test_panel_size_help__outside__reason():
    assert panel_size_help(0) is panel_size_help(30) is Undefined.OUTSIDE_TABLE


def test_panel_sizes__published_net_decreases():
    assert [float(line.net_decrease) for line in PANEL_SIZES] == [
        0.5, 0.12, 0.04, 0.04, 0.02, 0.02, 0.02,
    ]  # fmt: skip
    for line, following in pairwise(PANEL_SIZES):
        assert (line.largest, line.error_to) == (following.smallest, following.error_from)
