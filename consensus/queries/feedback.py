"""What a panelist sees of the group beside the own answers: frozen, and of no fewer than five."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from consensus.enums import SCORED, PanelistState, RoundKind
from consensus.models import Panelist, Rating, Round, StudyItem
from consensus.protocol import Protocol, parse_protocol
from consensus.queries.comments import shown_in, shown_of
from consensus.queries.groups import group_feedback
from consensus.queries.panel import open_round_for
from consensus.queries.rankings import ranking_feedback
from consensus.queries.recordings import seen_in
from consensus.queries.rounds import asked_items, dropped_items, planned, rating_round_before
from consensus.queries.snapshots import newest_snapshots
from consensus.statistics import is_outside


def controlled_feedback(panelist: Panelist) -> dict[str, Any]:
    """What the group answered in the round of this kind before the open one, or in real time up
    to the last snapshot, beside the own answers.

    Frozen numbers only, of the items that are still asked. Nothing to show in a first round, or to
    someone who does not take part: an empty list.
    """
    round_ = open_round_for(panelist)
    nothing: dict[str, Any] = {"round": None, "items": [], "ranking": None, "dropped": []}
    protocol = parse_protocol(panelist.study.protocol)
    has_consented = panelist.state == PanelistState.ACCEPTED
    if round_ is None or round_.kind not in SCORED or not has_consented:
        return nothing
    dropped = {str(item.pk): item for item in dropped_items(panelist.study_id)}
    nothing["dropped"] = [_dropped(item) for item in dropped.values()]
    if round_.kind == RoundKind.RANKING:
        return {**nothing, "ranking": ranking_feedback(panelist, round_, protocol, dropped)}
    if planned(round_).real_time:
        items = _real_time_feedback(seen_in(panelist, round_), round_, protocol)
        return {**nothing, "round": round_.number, "items": items}
    before = rating_round_before(round_)
    if before is None or before.results is None:
        return nothing
    seat = seen_in(panelist, before).seat_id
    rows = Rating.objects.filter(round=before, seat=seat, score__isnull=False)
    mine = {str(item): score for item, score in rows.values_list("item", "score")}
    comments = shown_of(before) if protocol.comments_shown else {}
    items = [
        {
            **_feedback(item, mine.get(item["id"]), comments.get(UUID(item["id"]), []), protocol),
            "groups": group_feedback(panelist, item.get("groups", []), protocol),
        }
        for item in before.results["items"]
        if item["id"] not in dropped
    ]
    return {**nothing, "round": before.number, "items": items}


def _dropped(item: StudyItem) -> dict[str, Any]:
    return {"position": item.position, "text": item.text, "reason": item.dropped_why}


def _real_time_feedback(
    panelist: Panelist, round_: Round, protocol: Protocol
) -> list[dict[str, Any]]:
    """The newest snapshot of each item that the panelist has answered, so that nobody's first
    answer leans on the group's."""
    given = Rating.objects.filter(round=round_.pk, seat=panelist.seat_id)
    mine = dict(given.exclude(score=None, no_opinion=False).values_list("item", "score"))
    shown = {each.item_id: each for each in newest_snapshots(round_) if each.item_id in mine}
    comments = shown_in(round_, shown.values()) if protocol.comments_shown else {}
    items = []
    for item in asked_items(round_):
        summary = shown[item.pk].summary if item.pk in shown else {"n": 0}
        written = comments.get(item.pk, []) if item.pk in shown else []
        head = {"id": item.pk, "position": item.position, "text": item.text}
        told = {**head, "n": summary["n"], "summary": summary}
        items.append({**_feedback(told, mine.get(item.pk), written, protocol), "groups": []})
    return items


def _feedback(
    item: dict[str, Any], own: int | None, comments: list[str], protocol: Protocol
) -> dict[str, Any]:
    shown = {
        "id": item["id"],
        "position": item["position"],
        "text": item["text"],
        "n": item["n"],
        "own_rating": own,
        "comments": comments,
    }
    quartiles = item["summary"].get(protocol.consensus.method.value)
    if item["n"] < protocol.smallest_shown or quartiles is None:
        hidden = ("median", "q1", "q3", "iqr", "distribution", "outside")
        return {**shown, **dict.fromkeys(hidden)}
    return {
        **shown,
        "median": quartiles["median"],
        "q1": quartiles["q1"],
        "q3": quartiles["q3"],
        "iqr": quartiles["iqr"],
        "distribution": item["summary"]["counts"],
        "outside": None
        if own is None
        else is_outside(own, Fraction(quartiles["q1"]), Fraction(quartiles["q3"])),
    }
