"""How much a verdict rests on who answered: leavers against stayers, expertise groups."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any

from consensus.enums import GroupFeedback
from consensus.protocol import Protocol
from consensus.results.participation import NO_OPINION
from consensus.statistics import (
    Counts,
    Undefined,
    compare_groups,
    compare_leavers,
    count_answers,
    summarise_item,
    to_jsonable,
)

_TOO_FEW: dict[str, Any] = to_jsonable(Undefined.TOO_FEW)
_ONE_GROUP: dict[str, Any] = to_jsonable(Undefined.ONE_GROUP)


def attrition(
    protocol: Protocol,
    before: Sequence[int | None],
    scores: Sequence[int | None],
    *,
    left: Sequence[bool],
) -> dict[str, Any]:
    """Did those who left after the earlier round score the item differently there?

    `before` has the scores of the earlier round, `scores` those of this one, `left` who gave no
    answer at all in this one. Below 5 leavers (or stayers) it is too few to say; so it is where one
    to four stayed and did not score this item again, since stability tells of those who did.
    """
    if sum(left) < protocol.smallest_shown:
        return _TOO_FEW
    lapsed = sum(
        then is not None and now is None and not gone
        for then, now, gone in zip(before, scores, left, strict=True)
    )
    if tells_few([lapsed], protocol.smallest_shown):
        return _TOO_FEW
    stayed = [not gone for gone in left]
    sides = [count_answers(compress(before, side), protocol.points) for side in (left, stayed)]
    found = compare_leavers(*sides, smallest=protocol.smallest_shown)
    document: dict[str, Any] = to_jsonable(found)
    return _TOO_FEW if found.u is Undefined.TOO_FEW else document


def subgroups(
    protocol: Protocol, expertise: Sequence[str], column: Sequence[int | None]
) -> dict[str, Any]:
    """How the expertise groups differ on an item, as far as groups are large enough to be shown."""
    shown = _shown_groups(protocol, expertise, column)
    if len(shown) <= 1:
        return _ONE_GROUP
    found = compare_groups(
        dict(sorted(shown.items())), rule=protocol.consensus, smallest=protocol.smallest_shown
    )
    document: dict[str, Any] = to_jsonable(found)
    return document


def group_feedback(
    protocol: Protocol, expertise: Sequence[str], column: Sequence[int | None]
) -> list[dict[str, Any]]:
    """What panelists may be shown of each group that may be shown, where the protocol says so."""
    if protocol.group_feedback == GroupFeedback.WHOLE:
        return []
    return [
        {
            "name": name,
            "n": sum(counts),
            "counts": list(counts),
            "quartiles": to_jsonable(summarise_item(counts).quartiles(protocol.consensus.method)),
        }
        for name, counts in sorted(_shown_groups(protocol, expertise, column).items())
    ]


def _shown_groups(
    protocol: Protocol, expertise: Sequence[str], column: Sequence[int | None]
) -> dict[str, Counts]:
    names = {*expertise}
    if len(names) <= 1:
        return {}
    tally = Counter(zip(expertise, column, strict=True))
    points = range(1, protocol.points + 1)
    counts = {name: tuple(tally[name, score] for score in points) for name in names}
    silent = {name: tally[name, NO_OPINION] for name in names}
    return publishable(counts, protocol.smallest_shown, silent=silent)


def tells_few(people: Iterable[int], smallest: int) -> bool:
    """True if one of these numbers of people is not nobody and still below `smallest`."""
    return any(0 < few < smallest for few in people)


def shows_agreement(columns: Sequence[Sequence[int | None]], smallest: int) -> bool:
    """Whether W may be shown: it is of those who scored every item, the totals of all who did one.

    So nobody, or enough people, scored an item and left another out.
    """
    whole = sum(all(row) for row in zip(*columns, strict=True))
    partly = [sum(map(bool, column)) - whole for column in columns]
    return whole >= smallest and not tells_few(partly, smallest)


def publishable(
    groups: Mapping[str, Counts], smallest: int, *, silent: Mapping[str, int] | None = None
) -> dict[str, Counts]:
    """The groups that may be shown beside the whole panel; `silent` counts those with no opinion.

    The panel less the groups shown is what the others said: their scores, and their answers, must
    be nobody's, or enough people's again. So a group that is large enough by itself is sometimes
    withheld with a small one.
    """
    shown, scored, answered = {}, 0, 0
    for name, counts in sorted(groups.items(), key=lambda entry: (sum(entry[1]), entry[0])):
        n = sum(counts)
        if n < smallest or tells_few([scored, answered], smallest):
            scored += n
            answered += n + (silent or {}).get(name, 0)
        else:
            shown[name] = counts
    return shown
