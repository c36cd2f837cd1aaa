"""No list tells in which order people answered, or stand on the panel: not even beside another."""

import csv
import io
import zipfile
from collections.abc import Iterator

import pytest
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, save_rating
from consensus.models import FeedbackSnapshot, Panelist, PanelSeat
from consensus.reports.forms import make_report
from tests.client import body_of
from tests.consensus.building import REAL_TIME, build, credential_of, open_then_rating
from tests.consensus.reporting import conclude

PEOPLE = 12  # one of 479 million orders: none is met by chance
STUDIES = 3
Orders = dict[str, list[int]]


@pytest.fixture
def schema(api):
    with schema_context(api.area.schema_name):
        yield api.area.schema_name


def _study(api, **given):
    built = build(api.area.people["supervisor"].user_id, panel=PEOPLE, certifiers=0, **given).seal()
    built.open()
    return built


def _who(words) -> list[int]:
    """Each text ends in the number of who wrote it: the place on the panel, and in answering."""
    return [int(each.rsplit(" ", 1)[1]) for each in words]


def _say(built) -> None:
    """In the order of the panel, to every item; scores tell who it was, as far as they can."""
    for number, panelist in enumerate(built.panelists):
        for place, item in enumerate(built.items):
            given = GivenRating(rating=1 + number % 5, comment=f"ข้อ {place} {number}")
            save_rating(panelist, item.pk, given)


def _texts(api) -> Orders:
    built = _study(api, protocol=open_then_rating(), items=[])
    built.write([f"ความคิด {number}" for number in range(PEOPLE)])
    built.close()
    rows = body_of(api.as_("supervisor").get(f"/api/v1/rounds/{built.rounds[0].pk}/texts"))
    return {"texts": _who(each["text"] for each in rows)}


def _ratings(api) -> Orders:
    built = _study(api)
    _say(built)
    built.close()
    built.open()
    client = api.with_token(credential_of(built.panelists[0]))
    items = body_of(client.get("/api/v1/panel/feedback"))["items"]
    seats = [panelist.seat_id for panelist in built.panelists]
    found = {f"comments {place}": _who(each["comments"]) for place, each in enumerate(items)}
    stored = PanelSeat.objects.filter(study=built.study).order_by("pk").values_list("pk", flat=True)
    return {**found, "seats": [seats.index(each) for each in stored]}


def _snapshots(api) -> Orders:
    built = _study(api, protocol=REAL_TIME)
    _say(built)
    rows = FeedbackSnapshot.objects.filter(round=built.rounds[0], number=2)
    return {
        f"snapshot {place}": _who(words for _, words in each.comments)
        for place, each in enumerate(rows.order_by("item"))
    }


@pytest.mark.parametrize("answered", [_texts, _ratings, _snapshots])
def test_lists__of_several_studies__no_order_is_that_of_answering_or_of_another(
    api, schema, answered
):
    seen: list[list[int]] = []
    for _ in range(STUDIES):
        seen += answered(api).values()
    assert min(map(len, seen)) >= 10
    for order in seen:
        assert order not in (sorted(order), sorted(order, reverse=True))
        assert not _is_kept(order)
    assert len({tuple(order) for order in seen}) == len(seen), "two lists are in the same order"


def _is_kept(order: list[int]) -> bool:
    """True if most pairs stand as they answered, or most the other way round (Kendall's tau)."""
    pairs = [(one, other) for place, one in enumerate(order) for other in order[place + 1 :]]
    rising = sum(one < other for one, other in pairs)
    return not 0.02 < rising / len(pairs) < 0.98


def test_rows__exported_again_and_again__never_in_the_order_of_answering(api, schema):
    protocol = {"rounds": [{"kind": "rating"}] * 2, "validation": {"every_item_in": False}}
    items = [{"text": f"ข้อ {number}"} for number in range(2)]
    built = _study(api, protocol=protocol, items=items)
    for _ in range(2):
        for number, panelist in enumerate(built.panelists):  # two digits of who it was
            for item, score in zip(built.items, divmod(number, 4), strict=True):
                save_rating(panelist, item.pk, GivenRating(rating=1 + score))
        built.close()
        if len(built.rounds) == 1:
            built.open()
    conclude(built)
    orders = [_row_order(make_report(built.study, "csv", "th").content) for _ in range(4)]
    people = list(range(PEOPLE))
    assert all(sorted(order) == people for order in orders)
    assert people not in orders
    assert people[::-1] not in orders
    assert len({tuple(order) for order in orders}) == len(orders)


def _row_order(content: bytes) -> list[int]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        lines: Iterator[list[str]] = csv.reader(
            io.StringIO(archive.read("ratings.csv").decode("utf-8-sig"))
        )
        next(lines)
        return [(int(row[0]) - 1) * 4 + int(row[1]) - 1 for row in lines]


def test_panel__as_the_facilitator_sees_it__stands_as_invited_whoever_has_answered(api, schema):
    """The order of the panel is that of asking; answering in another order changes nothing."""
    built = _study(api)
    path = f"/api/v1/studies/{built.study.pk}/panelists"
    before = body_of(api.as_("supervisor").get(path))
    for panelist in reversed(built.panelists):
        save_rating(panelist, built.items[0].pk, GivenRating(rating=3))
    assert body_of(api.as_("supervisor").get(path)) == before
    panel = Panelist.objects.filter(study=built.study).order_by("pk")
    assert [each["id"] for each in before["items"]] == [str(each.pk) for each in panel]
