"""What a panelist sees of a ranking: the items to order, and the group's order of last time."""

from collections.abc import Collection
from typing import Any

from consensus.models import Panelist, Rating, Round
from consensus.protocol import Protocol
from consensus.queries.groups import sees_group
from consensus.queries.recordings import seen_in
from consensus.queries.rounds import asked_items, rating_round_before


def own_places(panelist: Panelist, round_: Round) -> dict[str, int | None]:
    rows = Rating.objects.filter(round=round_.pk, seat=panelist.seat_id)
    return {str(item): place for item, place in rows.values_list("item", "score")}


def items_to_rank(panelist: Panelist, round_: Round) -> list[dict[str, Any]]:
    """The items with the places that the panelist has given so far."""
    places = own_places(panelist, round_)
    return [
        {
            "id": item.pk,
            "position": item.position,
            "text": item.text,
            "place": places.get(str(item.pk)),
            "answered": places.get(str(item.pk)) is not None,
        }
        for item in asked_items(round_)
    ]


def ranking_feedback(
    panelist: Panelist, round_: Round, protocol: Protocol, dropped: Collection[str]
) -> dict[str, Any] | None:
    """The group's frozen order of the ranking before, without the items dropped since.

    None where there was none, or too few ranked.
    """
    before = rating_round_before(round_)
    if before is None or before.results is None:
        return None
    results: dict[str, Any] = before.results
    if "undefined" in results["judgement"]:
        return None
    own = own_places(seen_in(panelist, before), before)
    return {
        "round": before.number,
        "n": results["n"],
        "w": results["judgement"]["value"],
        "strength": results["judgement"]["strength"],
        "top": results["top"],
        "items": [
            {
                "id": item["id"],
                "own_place": own.get(item["id"]),
                **{
                    name: item["summary"][name]
                    for name in ("place", "mean_rank", "median_rank", "top_share")
                },
                "groups": _groups(panelist, results["groups"], place, protocol),
            }
            for place, item in enumerate(results["items"])
            if item["id"] not in dropped
        ],
    }


def _groups(
    panelist: Panelist, groups: list[dict[str, Any]], place: int, protocol: Protocol
) -> list[dict[str, Any]]:
    return [
        {"name": each["name"], "n": each["n"], "mean_rank": each["mean_ranks"][place]}
        for each in groups
        if sees_group(panelist, each["name"], protocol)
    ]
