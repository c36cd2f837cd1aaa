"""What a vote decides: more than half carries; a tie is for the chair."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"  # the chair's casting vote is needed


@dataclass(frozen=True)
class Tally:
    """Votes of those who were present and had no conflict of interest."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.in_favour + other.in_favour,
            self.against + other.against,
            self.abstained + other.abstained,
        )


def decide(tally: Tally, *, present: int, of_present: bool, casting_vote: bool | None) -> Outcome:
    """Carried if more than half of the base is in favour; nobody in favour never carries.

    The base is the members present (`of_present`) or the votes in favour and against. At exactly
    half, `casting_vote` decides: True in favour, False against, None: not cast.
    """
    base = present if of_present else tally.in_favour + tally.against
    if 2 * tally.in_favour > base:
        return Outcome.CARRIED
    if 2 * tally.in_favour < base or base == 0:
        return Outcome.LOST
    if casting_vote is None:
        return Outcome.TIED
    return Outcome.CARRIED if casting_vote else Outcome.LOST
