"""What is counted of an area's month. Higher rooms say how; the names are columns of AreaUsage."""

from collections.abc import Callable
from datetime import datetime

# Told the moments between which it counts (the second is not in it), inside the area's schema.
Figure = Callable[[datetime, datetime], int]

_figures: dict[str, Figure] = {}


def monthly(name: str) -> Callable[[Figure], Figure]:
    """Register who counts a month's figure: `@monthly("activity_logs")`."""

    def register(figure: Figure) -> Figure:
        _figures[name] = figure
        return figure

    return register


def figures_between(start: datetime, end: datetime) -> dict[str, int]:
    return {name: figure(start, end) for name, figure in _figures.items()}
