"""Putting items in order: kept as given, frozen exactly, fed back, and what it decides."""

import pytest
from django_tenants.utils import schema_context

from consensus.actions.answers import decline_invitation
from consensus.actions.verdicts import conclude_study
from consensus.models import Rating, Study
from consensus.queries.row_data import RowData, row_data_of
from core.actor import SYSTEM
from core.errors import InvalidInputError
from tests.client import body_of
from tests.concurrency.together import together
from tests.consensus.building import RANKING_TWICE, build, credential_of

ITEMS = [{"text": f"เรื่องที่ {n}"} for n in range(1, 5)]
# Sums of places 7, 8, 17, 18, mean 25/2: S = 101, W = 12 * 101 / (25 * 60) = 101/125.
ORDERS = [[1, 2, 3, 4], [1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3], [2, 1, 4, 3]]
ONCE = {"rounds": [{"kind": "ranking", "top": 1}]}


@pytest.fixture
def opened(facilitator):
    def made(protocol=RANKING_TWICE, items=ITEMS, **given):
        built = build(facilitator, protocol=protocol, items=items, certifiers=0, **given).seal()
        built.open()
        return built

    return made


def _panel(api, built, panelist=0):
    return api.with_token(credential_of(built.panelists[panelist]))


def _order(built, *positions):
    return [str(built.items[position - 1].pk) for position in positions]


def _code(response):
    return response.status_code, body_of(response)["code"]


def test_ranking__given_in_part_then_changed__saved_as_given(api, opened):
    built = opened()
    client = _panel(api, built)
    assert [each["place"] for each in body_of(client.get("/api/v1/panel"))["ranking"]] == [None] * 4

    for positions in ((3, 1), (1, 2, 3, 4), (4,)):
        order = _order(built, *positions)
        assert body_of(client.put("/api/v1/panel/ranking", {"order": order})) == {"order": order}
        page = body_of(client.get("/api/v1/panel"))
        placed = {each["id"]: each["place"] for each in page["ranking"] if each["place"]}
        assert placed == {item: place for place, item in enumerate(order, 1)}
        assert page["left"] == 4 - len(positions)
    assert Rating.objects.filter(round=built.rounds[0]).count() == 4


@pytest.mark.parametrize("spoil", ["twice", "not_asked"])
def test_ranking__no_order_of_these_items__refused_and_nothing_kept(api, opened, spoil):
    built = opened()
    added = _order(built, 1)[0] if spoil == "twice" else str(api.area.things["study_item"])
    sent = {"order": [*_order(built, 1, 2), added]}
    response = _panel(api, built).put("/api/v1/panel/ranking", sent)
    assert _code(response) == (400, "invalid_input")
    assert [each["code"] for each in body_of(response)["errors"]] == [spoil]
    assert not Rating.objects.filter(round=built.rounds[0]).exists()


def test_ranking__rated_instead_and_the_other_way_round__not_asked(api, opened):
    built = opened()
    client = _panel(api, built)
    item = built.items[0].pk
    assert _code(client.put(f"/api/v1/panel/answers/{item}", {"rating": 1})) == (
        409,
        "nothing_asked",
    )
    rating = api.as_("panelist").put("/api/v1/panel/ranking", {"order": []})
    assert _code(rating) == (409, "nothing_asked")


def test_ranking__before_consent__refused(api, opened):
    built = opened()
    decline_invitation(built.panelists[0], actor=SYSTEM)
    sent = {"order": _order(built, 1, 2, 3, 4)}
    response = _panel(api, built).put("/api/v1/panel/ranking", sent)
    assert _code(response) == (409, "consent_needed")


def test_ranking__another_round_meant__refused(api, opened):
    built = opened()
    sent = {"order": _order(built, 1, 2, 3, 4), "round": 2}
    response = _panel(api, built).put("/api/v1/panel/ranking", sent)
    assert _code(response) == (409, "round_not_open")


@pytest.mark.parametrize("count", [1, 51])
def test_open__items_that_cannot_be_ranked__refused(api, facilitator, count):
    items = [{"text": f"ข้อ {n}"} for n in range(count)]
    built = build(facilitator, protocol=ONCE, items=items).seal()
    response = api.as_("supervisor").post(f"/api/v1/studies/{built.study.pk}/rounds", {})
    assert _code(response) == (409, "not_rankable")


def test_closed__five_orders__every_number_exact(opened):
    built = opened()
    built.rank(ORDERS)
    frozen = built.close().results

    assert (frozen["n"], frozen["top"]) == (5, 3)
    assert frozen["judgement"] == {
        "rule": {"rule": "kendall_w", "at_least": "7/10"}, "reached": True,
        "value": "101/125", "limit": "7/10", "strength": "strong",
    }  # fmt: skip
    assert (frozen["agreement"]["chi_squared"], frozen["agreement"]["degrees"]) == ("303/25", 3)
    first = frozen["items"][0]["summary"]
    assert first == {
        "counts": [3, 2, 0, 0], "mean_rank": "7/5", "median_rank": "1", "top_share": "1",
        "place": 1,
    }  # fmt: skip
    assert frozen["recommendation"] == {"stop": True, "reason": "agreed"}


def test_closed__one_stopped_half_way__counted_as_in_part_and_in_no_mean(opened):
    built = opened(panel=6)
    built.rank([*ORDERS, [4, 3]])
    frozen = built.close().results
    assert frozen["panel"] == {"asked": 6, "answered": 6, "complete": 5, "incomplete": 1}
    assert frozen["n"] == 5
    assert (frozen["agreement"]["panelists"], frozen["agreement"]["dropped"]) == (5, 0)
    assert frozen["items"][3]["summary"]["mean_rank"] == "18/5"


def test_closed__four_orders__nothing_of_what_they_said(api, opened):
    built = opened()
    built.rank(ORDERS[:4])
    frozen = built.close().results
    few = {"undefined": "too_few"}
    assert frozen["agreement"] == frozen["judgement"] == frozen["items"][0]["summary"] == few
    assert frozen["groups"] == []
    built.open()
    assert body_of(_panel(api, built).get("/api/v1/panel/feedback"))["ranking"] is None


def test_feedback__second_ranking__the_groups_places_beside_the_own(api, opened):
    built = opened()
    built.rank(ORDERS)
    built.close()
    client = _panel(api, built, 4)
    assert body_of(client.get("/api/v1/panel/feedback"))["ranking"] is None
    built.open()

    told = body_of(client.get("/api/v1/panel/feedback"))

    assert told["items"] == []
    ranking = told["ranking"]
    assert (ranking["round"], ranking["n"], ranking["w"]) == (1, 5, "101/125")
    assert [each["own_place"] for each in ranking["items"]] == [2, 1, 4, 3]
    assert [each["mean_rank"] for each in ranking["items"]] == ["7/5", "8/5", "17/5", "18/5"]


def test_queries__ranking_and_feedback__pinned(api, opened, django_assert_num_queries):
    built = opened()
    built.rank(ORDERS)
    built.close()
    built.open()
    client = _panel(api, built)
    client.get("/api/v1/panel")
    sent = {"order": _order(built, 1, 2, 3, 4)}
    # credential, savepoint, round with person, recording, items, answer, release
    with django_assert_num_queries(7):
        client.put("/api/v1/panel/ranking", sent)
    # credential, round, places, items, finished, recording
    with django_assert_num_queries(6):
        client.get("/api/v1/panel")
    # credential, round, dropped items, round before, its results, own places
    with django_assert_num_queries(6):
        client.get("/api/v1/panel/feedback")


@pytest.mark.parametrize(
    ("orders", "verdict", "codes"),
    [
        ([[1, 2, 3, 4]] * 5, "validated", []),
        ([[1, 2, 3, 4]] * 3 + [[4, 3, 2, 1]] * 2, "returned", ["no_agreement"]),
    ],
)
def test_conclude__plan_that_was_ranked_only__asks_for_agreement_on_the_order(
    api, opened, orders, verdict, codes
):
    protocol = {**ONCE, "validation": {"certified": False}}
    built = opened(protocol, plan_version=api.area.things["delphi_plan_version"])
    built.rank(orders)
    built.close()
    study = conclude_study(built.study, actor=built.actor)
    assert (study.verdict, [each["code"] for each in study.reasons]) == (verdict, codes)


def test_conclude__settled_ratings_before_the_ranking_that_was_planned__needs_a_reason(facilitator):
    rounds = [{"kind": "rating"}, {"kind": "rating"}, {"kind": "ranking"}]
    built = build(facilitator, protocol={"rounds": rounds}, certifiers=0).seal()
    for _ in range(2):
        built.open()
        built.rate([5] * 5)
        advice = built.close().results["recommendation"]
    assert advice["stop"] is True
    with pytest.raises(InvalidInputError):
        conclude_study(built.study, actor=built.actor)
    early = conclude_study(built.study, actor=built.actor, reason="ครบเวลา")
    assert [each["kind"] for each in early.deviations] == ["concluded_early"]


def test_conclude__rated_then_ranked__the_ratings_decide(facilitator):
    protocol = {
        "rounds": [{"kind": "rating"}, {"kind": "ranking"}],
        "validation": {"certified": False},
    }
    built = build(facilitator, protocol=protocol, items=ITEMS, certifiers=0).seal()
    built.open()
    built.rate([5] * 5)
    built.close()
    built.open()
    built.rank([[1, 2, 3, 4], [4, 3, 2, 1]] * 2)
    built.close()
    assert conclude_study(built.study, actor=built.actor).verdict == "validated"


def test_row_data__complete_orders__a_row_each_and_the_unfinished_tells_nothing(opened):
    built = opened(ONCE, panel=6)
    built.rank([*ORDERS, [4]])
    built.close()
    conclude_study(built.study, actor=built.actor)
    found = row_data_of(Study.objects.get(pk=built.study.pk))
    assert isinstance(found, RowData)
    assert sorted(found.rows) == sorted(
        [(1, 2, 3, 4)] * 2 + [(2, 1, 3, 4), (1, 2, 4, 3), (2, 1, 4, 3)]
    )


def test_two_devices_at_once__one_whole_order(races):
    with schema_context(races.area.schema_name):
        built = build(
            races.area.people["supervisor"].user_id, protocol=ONCE, items=ITEMS, certifiers=0
        ).seal()
        built.open()
        orders = [_order(built, 1, 2, 3, 4), _order(built, 4, 3, 2, 1)]
        clients = [races.with_token(credential_of(built.panelists[0])) for _ in orders]
    for _ in range(10):
        answers = together(
            *[
                lambda client=client, order=order: client.put(
                    "/api/v1/panel/ranking", {"order": order}
                )
                for client, order in zip(clients, orders, strict=True)
            ]
        )
        assert [answer.status_code for answer in answers] == [200, 200]
        page = body_of(clients[0].get("/api/v1/panel"))["ranking"]
        kept = [each["id"] for each in sorted(page, key=lambda each: each["place"])]
        assert kept in orders
