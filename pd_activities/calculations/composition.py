"""Whether the filled seats are those that a committee's rule asks for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Gap:
    """A category with too few (`missing` > 0) or too many (`missing` < 0) filled seats."""

    category: str
    wanted: int
    filled: int

    @property
    def missing(self) -> int:
        return self.wanted - self.filled


def gaps(wanted: Mapping[str, int], filled: Iterable[str]) -> list[Gap]:
    """Where the filled seats differ from the rule; categories that it does not name are not asked.

    An empty rule leaves composition free: no gaps.
    """
    counts = Counter(filled)
    return [
        Gap(category, count, counts[category])
        for category, count in wanted.items()
        if counts[category] != count
    ]
