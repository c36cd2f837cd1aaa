"""Items that later rounds do not ask: told with their reason, and no part of the verdict."""

import pytest
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, save_rating
from consensus.actions.dropping import drop_item
from consensus.actions.items import add_item
from consensus.actions.rounds import open_certification, open_round
from consensus.actions.verdicts import conclude_study
from consensus.models import Round, Study, StudyItem
from consensus.queries.coding import texts_of
from core.journal.models import JournalEntry
from tests.client import body_of
from tests.concurrency.together import together
from tests.consensus.building import RANKING_TWICE, build, credential_of, open_then_rating
from tests.consensus.reporting import FIRST, ITEMS, SECOND, rate

WHY = "คณะผู้เชี่ยวชาญเห็นพ้องว่าไม่เหมาะสม"
THREE = {"rounds": [{"kind": "rating"}] * 3}
NOT_CERTIFIED = {"validation": {"certified": False}}
OUT = 3  # the place of the item that is dropped
KEPT = [*range(OUT), *range(OUT + 1, len(ITEMS))]


@pytest.fixture
def rated(facilitator):
    """Nine have rated four items; all agree that the last one is out."""

    def made(protocol=THREE, **given):
        given = {"items": ITEMS, "panel": 9, "certifiers": 0, **given}
        built = build(facilitator, protocol=protocol, **given).seal()
        built.open()
        rate(built, FIRST)
        built.close()
        return built

    return made


def _path(built, place, verb):
    return f"/api/v1/studies/{built.study.pk}/items/{built.items[place].pk}/{verb}"


def _drop(api, built, place=OUT, verb="drop", reason=WHY):
    answer = api.as_("supervisor").post(_path(built, place, verb), {"reason": reason})
    built.study.refresh_from_db()
    return answer


def _code(response):
    return response.status_code, body_of(response)["code"]


def rate_kept(built, columns):
    for place in KEPT:
        for panelist, score in zip(built.panelists, columns[place], strict=True):
            save_rating(panelist, built.items[place].pk, GivenRating(rating=score))


def test_drop__asked_no_more__frozen_results_stay_and_the_panel_is_told(api, rated):
    built = rated()
    frozen = Round.objects.get(pk=built.rounds[0].pk).results
    told = body_of(_drop(api, built))
    assert (told["dropped_after"], told["dropped_why"]) == (1, WHY)
    built.open()

    page = api.with_token(credential_of(built.panelists[0]))
    asked = [each["position"] for each in body_of(page.get("/api/v1/panel"))["items"]]
    assert asked == [1, 2, 3]
    feedback = body_of(page.get("/api/v1/panel/feedback"))
    assert [each["position"] for each in feedback["items"]] == [1, 2, 3]
    dropped = {"position": 4, "text": ITEMS[OUT]["text"], "reason": WHY}
    assert feedback["dropped"] == [dropped]
    refused = page.put(f"/api/v1/panel/answers/{built.items[OUT].pk}", {"rating": 3})
    assert _code(refused) == (404, "not_found")
    assert Round.objects.get(pk=built.rounds[0].pk).results == frozen


def test_drop__told_as_a_deviation_and_in_the_journal(api, rated):
    built = rated()
    _drop(api, built)
    (deviation,) = built.study.deviations
    assert (deviation["kind"], deviation["reason"]) == ("item_dropped", f"4. {WHY}")
    entry = JournalEntry.objects.get(subject_id=built.items[OUT].pk)
    assert (entry.verb, entry.values["reason"]) == ("consensus.item.dropped", WHY)


def test_drop__twice__the_first_reason_stands(api, rated):
    built = rated()
    _drop(api, built)
    again = body_of(_drop(api, built, reason="อีกเหตุผลหนึ่ง"))
    assert again["dropped_why"] == WHY
    assert len(built.study.deviations) == 1


def test_drop__the_last_item__refused(api, rated):
    built = rated()
    for place in range(3):
        assert _drop(api, built, place).status_code == 200
    assert _code(_drop(api, built, 3)) == (409, "last_item")


def test_drop_and_keep__not_between_rounds__refused(api, rated):
    built = rated()
    _drop(api, built)
    built.open()
    for place, verb in ((0, "drop"), (OUT, "keep")):
        assert _code(_drop(api, built, place, verb)) == (409, "wrong_study_status")


def test_keep__before_another_round__as_if_never_dropped_but_told(api, rated):
    built = rated()
    _drop(api, built)
    kept = body_of(_drop(api, built, verb="keep", reason="ตัดผิดข้อ"))
    assert (kept["dropped_after"], kept["dropped_why"]) == (None, "")
    assert [each["kind"] for each in built.study.deviations] == ["item_dropped", "item_kept"]
    assert body_of(_drop(api, built, verb="keep")) == kept  # again: nothing happens
    built.open()
    page = api.with_token(credential_of(built.panelists[0]))
    assert len(body_of(page.get("/api/v1/panel"))["items"]) == 4


def test_keep__a_round_was_held_without_it__refused(api, rated):
    built = rated()
    _drop(api, built)
    built.open()
    rate_kept(built, SECOND)
    built.close()
    assert _code(_drop(api, built, verb="keep")) == (409, "missed_round")


def test_next_round__frozen_over_the_kept_items__those_who_answered_them_are_complete(api, rated):
    built = rated()
    _drop(api, built)
    built.open()
    rate_kept(built, SECOND)
    completion = api.as_("supervisor").get(f"/api/v1/rounds/{built.rounds[1].pk}/completion")
    assert body_of(completion)["complete"] == 9
    results = built.close().results
    assert [item["position"] for item in results["items"]] == [1, 2, 3]
    assert results["agreement"]["items"] == 3
    assert [item["stability"]["answered_both"] for item in results["items"]] == [9] * 3


@pytest.mark.parametrize("every_item_in", [True, False])
@pytest.mark.parametrize(("is_line", "verdict"), [(False, "validated"), (True, "returned")])
def test_verdict__is_about_the_kept_items__unless_a_line_of_the_plan_was_dropped(
    api, facilitator, is_line, verdict, every_item_in
):
    version = api.area.things["delphi_plan_version"]
    validation = {"every_item_in": every_item_in, "certified": False}
    built = build(
        facilitator,
        protocol={"rounds": [{"kind": "rating"}], "validation": validation},
        items=ITEMS[:2],
        plan_version=version,
        items_from_plan=is_line,
        certifiers=0,
    ).seal()
    out = next((item for item in built.items if item.plan_item), built.items[-1])
    built.open()
    built.rate([5] * 5)
    built.rate([1] * 5, items=[out])
    built.close()
    drop_item(out, reason=WHY, actor=built.actor)
    study = conclude_study(built.study, actor=built.actor)
    assert study.verdict == verdict
    assert [each["code"] for each in study.reasons] == (["dropped"] if is_line else [])


def test_verdict__of_rankings__returned_where_a_line_of_the_plan_was_dropped(api, facilitator):
    built = build(
        facilitator,
        protocol={**RANKING_TWICE, **NOT_CERTIFIED},
        items=ITEMS[:2],
        plan_version=api.area.things["delphi_plan_version"],
        items_from_plan=True,
        certifiers=0,
    ).seal()
    built.open()
    built.rank([[*range(1, len(built.items) + 1)]] * 6)
    built.close()
    line = next(item for item in built.items if item.plan_item)
    drop_item(line, reason=WHY, actor=built.actor)
    study = conclude_study(built.study, actor=built.actor)
    assert (study.verdict, [each["code"] for each in study.reasons]) == ("returned", ["dropped"])


def test_conclude__all_that_is_kept_is_settled__needs_no_reason(facilitator, rated):
    built = rated({"rounds": [{"kind": "rating"}] * 3})
    built.open()
    unsettled = [FIRST[0], FIRST[1], FIRST[2], [5] * 9]  # the last one moved
    rate(built, unsettled)
    advice = built.close().results["recommendation"]
    assert (advice["stop"], advice["settled"]) == (False, 3)
    drop_item(built.items[OUT], reason=WHY, actor=built.actor)
    study = conclude_study(built.study, actor=built.actor)
    assert [each["kind"] for each in study.deviations] == ["item_dropped"]


def test_certification__is_about_the_kept_items_and_their_sections(api, facilitator):
    built = build(facilitator, protocol={"rounds": [{"kind": "rating"}]}).seal()
    built.open()
    built.rate([5] * 5)
    built.close()
    drop_item(built.items[1], reason=WHY, actor=built.actor)
    built.study = conclude_study(built.study, actor=built.actor)
    round_ = open_certification(built.study, actor=built.actor)
    page = body_of(api.with_token(credential_of(built.certifiers[0])).get("/api/v1/panel"))
    assert [each["position"] for each in page["judged"]] == [1]
    assert {each["part"] for each in page["certification"]} == {"", "awareness"}
    built.rounds.append(round_)
    assert {each["part"] for each in built.close().results["parts"]} == {"", "awareness"}


def test_coded_item__before_it_is_rated__no_round_asks_it_and_its_words_say_so(api, facilitator):
    built = build(facilitator, protocol=open_then_rating(), items=[]).seal()
    built.open()
    built.write([f"ข้อเสนอ {number}" for number in range(5)])
    built.close()
    text = texts_of(built.study.pk).get(seat=built.panelists[0].seat_id)
    piece = [{"text": text.pk, "start": 0, "end": 4}]
    for words in ("ข้อแรก", "ข้อที่ตัด"):
        add_item(built.study, text=words, fragments=piece, actor=built.actor)
    drop_item(built.items[1], reason=WHY, actor=built.actor)
    built.open()
    page = api.with_token(credential_of(built.panelists[0]))
    assert len(body_of(page.get("/api/v1/panel"))["items"]) == 1
    (idea,) = body_of(page.get("/api/v1/panel/ideas"))["ideas"]
    assert [each["dropped"] for each in idea["items"]] == [False, True]
    built.rate([5] * 5, items=[built.items[0]])
    assert [item["position"] for item in built.close().results["items"]] == [1]


def test_ranking__of_what_is_kept__feedback_too(api, facilitator):
    built = build(facilitator, protocol=RANKING_TWICE, items=ITEMS, certifiers=0).seal()
    built.open()
    built.rank([[1, 2, 3, 4]] * 5)
    built.close()
    _drop(api, built)
    built.open()
    page = api.with_token(credential_of(built.panelists[0]))
    assert len(body_of(page.get("/api/v1/panel"))["ranking"]) == 3
    assert len(body_of(page.get("/api/v1/panel/feedback"))["ranking"]["items"]) == 3
    built.rank([[1, 2, 3]] * 4)
    order = {"order": [str(item.pk) for item in built.items]}
    refused = api.with_token(credential_of(built.panelists[4])).put("/api/v1/panel/ranking", order)
    assert _code(refused) == (400, "invalid_input")
    built.rank([[3, 2, 1]])
    assert [item["position"] for item in built.close().results["items"]] == [1, 2, 3]


def test_queries__drop_and_feedback__pinned(api, rated, django_assert_num_queries):
    built = rated()
    client = api.as_("supervisor")
    _drop(api, built, 0)
    # who asks, study, item with its fragments; savepoint, both locked, what is left, rounds so far,
    # both saved, journal, release
    with django_assert_num_queries(15):
        client.post(_path(built, OUT, "drop"), {"reason": WHY})
    built.study.refresh_from_db()
    built.open()
    page = api.with_token(credential_of(built.panelists[0]))
    # credential, round, dropped; round before, own ratings, its results, study, comments, withheld
    with django_assert_num_queries(9):
        page.get("/api/v1/panel/feedback")


def test_dropping_and_opening_at_once__asked_or_dropped_never_both(races):
    schema = races.area.schema_name
    for _ in range(5):
        with schema_context(schema):
            built = build(races.area.people["supervisor"].user_id).seal()
            built.open()
            built.rate([5] * 5)
            built.close()
        path = f"/api/v1/studies/{built.study.pk}/rounds"

        def drop(built=built):
            return races.as_("supervisor").post(_path_of(schema, built), {"reason": WHY})

        def open_(path=path):
            return races.as_("supervisor").post(path, {})

        dropped, opened = together(drop, open_)
        assert opened.status_code == 201
        with schema_context(schema):
            page = races.with_token(credential_of(built.panelists[0]))
            item = StudyItem.objects.filter(study=built.study).order_by("position")[0]
        asked = {each["id"] for each in body_of(page.get("/api/v1/panel"))["items"]}
        assert (str(item.pk) in asked) == (dropped.status_code == 409)
        assert (item.dropped_after is None) == (dropped.status_code == 409)


def _path_of(schema, built):
    with schema_context(schema):
        return _path(built, 0, "drop")


def test_dropping_the_last_two_at_once__one_stays(races):
    schema = races.area.schema_name
    with schema_context(schema):
        built = build(races.area.people["supervisor"].user_id).seal()
        built.open()
        built.rate([5] * 5)
        built.close()
        paths = [_path(built, place, "drop") for place in (0, 1)]
    answers = together(
        *(lambda path=path: races.as_("supervisor").post(path, {"reason": WHY}) for path in paths)
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    with schema_context(schema):
        open_round(Study.objects.get(pk=built.study.pk), actor=built.actor)
