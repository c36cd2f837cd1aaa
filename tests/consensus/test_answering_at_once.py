"""PUT /panel/answers: many ratings in one call, each judged as if it had come alone."""

from uuid import uuid4

import pytest
from django_tenants.utils import schema_context

from consensus.models import Rating
from consensus.participation import Recording
from tests.client import body_of
from tests.concurrency.together import together
from tests.consensus.building import REAL_TIME, build, credential_of

PATH = "/api/v1/panel/answers"
ITEMS = [{"section": "s", "text": f"รายการ {number}"} for number in range(12)]


@pytest.fixture
def opened(facilitator):
    def made(**given):
        built = build(facilitator, items=ITEMS, panel=6, certifiers=0, **given).seal()
        built.open()
        return built

    return made


def _page(api, built, place=0):
    return api.with_token(credential_of(built.panelists[place]))


def _all(built, score=4, **given):
    return {"items": [{"id": str(item.pk), "rating": score, **given} for item in built.items]}


def _results(response):
    assert response.status_code == 200, response.content
    return body_of(response)["results"]


def test_all_at_once__kept_as_one_by_one__and_again_changes_nothing(api, opened):
    built = opened()
    page = _page(api, built)
    for _ in range(2):
        told = _results(page.put(PATH, _all(built, comment="ตอบขณะไม่มีสัญญาณ", round=1)))
        assert [each["status"] for each in told] == [200] * 12
        assert [each["id"] for each in told] == [str(item.pk) for item in built.items]
        assert told[0]["resource"] == {
            "rating": 4,
            "no_opinion": False,
            "comment": "ตอบขณะไม่มีสัญญาณ",
        }
    assert Rating.objects.filter(round=built.rounds[0]).count() == 12
    assert body_of(page.get("/api/v1/panel"))["left"] == 0


def test_some_wrong__told_in_their_places__the_others_kept(api, opened):
    built = opened()
    good, off, other, foreign, bad, good_too = built.items[:6]
    sent = [
        {"id": str(good.pk), "no_opinion": True},
        {"id": str(off.pk), "rating": 6},
        {"id": str(other.pk), "rating": 3, "round": 2},
        {"id": str(uuid4()), "rating": 3},
        {"id": str(bad.pk), "rating": "3"},
        {"rating": 3},
        {"id": str(good_too.pk), "rating": 5},
    ]
    told = _results(_page(api, built).put(PATH, {"items": sent}))

    assert [each["status"] for each in told] == [200, 400, 409, 404, 400, 400, 200]
    assert told[1]["problem"]["errors"][0]["pointer"] == "/rating"
    assert told[2]["problem"]["code"] == "round_not_open"
    kept = Rating.objects.filter(round=built.rounds[0])
    assert set(kept.values_list("item", "score")) == {(good.pk, None), (good_too.pk, 5)}
    assert foreign.pk not in set(kept.values_list("item", flat=True))


def test_one_item_twice__the_later_rating_stands(api, opened):
    built = opened()
    item = str(built.items[0].pk)
    sent = {"items": [{"id": item, "rating": 2}, {"id": item, "rating": 5}]}
    assert [each["status"] for each in _results(_page(api, built).put(PATH, sent))] == [200, 200]
    assert Rating.objects.get(round=built.rounds[0]).score == 5


@pytest.mark.parametrize("count", [0, 101])
def test_none_or_too_many__refused_as_a_whole(api, opened, count):
    built = opened()
    sent = {"items": [{"id": str(built.items[0].pk), "rating": 2}] * count}
    refused = _page(api, built).put(PATH, sent)
    assert (refused.status_code, body_of(refused)["code"]) == (400, "invalid_input")
    assert not Rating.objects.filter(round=built.rounds[0]).exists()


def test_recorder__nothing_right__not_noted_as_having_entered(api, opened):
    built = opened()
    built.study.recorders = [str(api.area.people["teacher"].user_id)]
    built.study.save(update_fields=["recorders"])
    started = api.as_("teacher").post(
        f"/api/v1/recordings/{built.panelists[0].pk}/start", {"way": "paper", "agreed": True}
    )
    page = api.with_token(body_of(started)["credential"])
    assert {each["status"] for each in _results(page.put(PATH, _all(built, 9)))} == {400}
    assert not Recording.objects.exists()
    assert {each["status"] for each in _results(page.put(PATH, _all(built)))} == {200}
    assert Recording.objects.get().way == "paper"


def test_real_time__renews_each_item_that_is_due(api, opened):
    built = opened(protocol=REAL_TIME)
    for place in range(5):
        page = _page(api, built, place)
        shown = body_of(page.get("/api/v1/panel/feedback"))["items"]
        assert {each["median"] for each in shown} == {None}
        page.put(PATH, _all(built, place + 1))
    shown = body_of(page.get("/api/v1/panel/feedback"))["items"]
    assert [each["distribution"] for each in shown] == [[1] * 5] * 12


@pytest.mark.parametrize("protocol", [None, REAL_TIME], ids=["rounds", "real_time"])
def test_queries__however_many__pinned(api, opened, django_assert_num_queries, protocol):
    built = opened(protocol=protocol)
    page = _page(api, built)
    page.get("/api/v1/panel")
    sent = _all(built)["items"]
    # credential, savepoint, round with person, items, recording, answers, release;
    # in real time: lock, scores, newest snapshots
    for count in (1, 12):
        with django_assert_num_queries(11 if protocol else 7):
            page.put(PATH, {"items": sent[:count]})


class TestAtOnce:
    def test_two_devices__one_answer_an_item_and_both_told_so(self, races):
        with schema_context(races.area.schema_name):
            built = build(races.area.people["supervisor"].user_id, items=ITEMS).seal()
            built.open()
            items = [str(item.pk) for item in built.items]
            devices = [races.with_token(credential_of(built.panelists[0])) for _ in range(2)]
        sent = [
            {"items": [{"id": item, "rating": score} for item in order]}
            for score, order in ((1, items), (5, items[::-1]))
        ]
        for _ in range(5):
            answers = together(
                *(
                    lambda device=device, body=body: device.put(PATH, body)
                    for device, body in zip(devices, sent, strict=True)
                )
            )
            assert [each.status_code for each in answers] == [200, 200]
            with schema_context(races.area.schema_name):
                kept = Rating.objects.filter(round=built.rounds[0]).values_list("score", flat=True)
                assert len(kept) == 12
                assert len(set(kept)) == 1  # one device's answers as a whole

    def test_closing__all_counted_or_all_refused(self, races):
        for _ in range(5):
            with schema_context(races.area.schema_name):
                built = build(races.area.people["supervisor"].user_id, items=ITEMS).seal()
                round_ = built.open()
                page = races.with_token(credential_of(built.panelists[0]))
                body = _all(built)
            answered, closed = together(
                lambda page=page, body=body: page.put(PATH, body),
                lambda path=f"/api/v1/rounds/{round_.pk}/close": races.as_("supervisor").post(path),
            )
            assert closed.status_code == 200
            assert answered.status_code in (200, 409)
            with schema_context(races.area.schema_name):
                kept = Rating.objects.filter(round=round_).count()
            assert kept == (12 if answered.status_code == 200 else 0)
