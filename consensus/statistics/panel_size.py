"""Help with the size of a panel.

Macmillan, "The Delphi Technique" (paper read to the California Junior Colleges Association,
1971): the error of a panel by its size, and how much of it each step up removes. The gain is
small from 17 experts on. The figures are the author's, in the units of his tables; they are
no margin of error of any study.
"""

from dataclasses import dataclass
from fractions import Fraction

from consensus.statistics.undefined import Undefined


@dataclass(frozen=True, slots=True)
class PanelSize:
    """One line of the table: a panel grows from `smallest` to `largest` experts.

    The error falls from `error_from` to `error_to`, that is by `net_decrease`.
    """

    smallest: int
    largest: int
    error_from: Fraction
    error_to: Fraction
    net_decrease: Fraction


def _hundredths(smallest: int, largest: int, error_from: int, error_to: int) -> PanelSize:
    before, after = Fraction(error_from, 100), Fraction(error_to, 100)
    return PanelSize(smallest, largest, before, after, net_decrease=before - after)


PANEL_SIZES = (
    _hundredths(1, 5, 120, 70),
    _hundredths(5, 9, 70, 58),
    _hundredths(9, 13, 58, 54),
    _hundredths(13, 17, 54, 50),
    _hundredths(17, 21, 50, 48),
    _hundredths(21, 25, 48, 46),
    _hundredths(25, 29, 46, 44),
)


def panel_size_help(experts: int) -> PanelSize | Undefined:
    """Return the line that a panel of this size has entered: 17 to 20 give the line 17-21.

    29, the end of the table, gives its last line; below 1 and above 29 it is OUTSIDE_TABLE.
    """
    for line in PANEL_SIZES:
        if line.smallest <= experts < line.largest:
            return line
    last = PANEL_SIZES[-1]
    return last if experts == last.largest else Undefined.OUTSIDE_TABLE
