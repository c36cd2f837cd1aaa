"""A round that stays open while the group's answers are shown: renewed by five, told of nobody."""

import json
import threading
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from django_tenants.utils import schema_context
from hypothesis import given
from hypothesis import strategies as st

from consensus.actions.answers import GivenRating, decline_invitation, save_rating
from consensus.models import FeedbackSnapshot, Panelist, Rating, Round
from consensus.reports.contents import report_of
from consensus.results.snapshots import changed, history_of, is_due
from core.actor import SYSTEM
from tests.client import body_of
from tests.concurrency.together import together
from tests.consensus.building import ITEMS, REAL_TIME, build, credential_of

FIVE = 5


@pytest.fixture
def schema(api):
    with schema_context(api.area.schema_name):
        yield api.area.schema_name


@pytest.fixture
def opened(api, schema):
    def made(panel=12, **options):
        built = build(
            api.area.people["supervisor"].user_id, protocol=REAL_TIME, panel=panel, certifiers=0
        ).seal()
        built.open(**options)
        return built

    return made


def _say(built, scores, *, item=0, start=0, comment=""):
    """Panelists from `start` on give these scores to one item; 0 is "no opinion"."""
    for panelist, score in zip(built.panelists[start:], scores, strict=False):
        given = GivenRating(rating=score or None, no_opinion=score == 0, comment=comment)
        save_rating(panelist, built.items[item].pk, given)


def _feedback(api, built, panelist=0, item=0):
    client = api.with_token(credential_of(built.panelists[panelist]))
    return body_of(client.get("/api/v1/panel/feedback"))["items"][item]


def _number(built, item=0):
    return FeedbackSnapshot.objects.filter(round=built.rounds[0], item=built.items[item].pk).count()


def test_feedback__four_answered__nothing_then_the_fifth_shows_all(api, opened):
    built = opened()
    _say(built, [4, 4, 5, 5])
    assert _feedback(api, built)["distribution"] is None
    _say(built, [3], start=4)

    shown = _feedback(api, built)

    assert (shown["n"], shown["distribution"]) == (5, [0, 0, 1, 2, 2])
    assert (shown["median"], shown["own_rating"]) == ("17/4", 4)


def test_feedback__four_more__as_before_until_the_fifth(api, opened):
    built = opened()
    _say(built, [4] * 5)
    _say(built, [1] * 4, start=5)
    assert _feedback(api, built)["distribution"] == [0, 0, 0, 5, 0]
    _say(built, [1], start=9)
    assert _feedback(api, built)["distribution"] == [5, 0, 0, 5, 0]


def test_feedback__each_item_by_itself__one_persons_answer_never_shows(api, opened):
    """Five people change something, but each of them another item."""
    built = opened()
    for item in (0, 1):
        _say(built, [4] * 5, item=item)
    _say(built, [1], item=0)
    _say(built, [1, 1, 1, 1], item=1, start=1)

    assert _feedback(api, built, item=0)["distribution"] == [0, 0, 0, 5, 0]
    assert _feedback(api, built, item=1)["distribution"] == [0, 0, 0, 5, 0]


def test_feedback__one_who_changes_five_times__counts_once(api, opened):
    built = opened()
    _say(built, [4] * 5)
    for score in (1, 2, 3, 5, 1, 2):
        _say(built, [score])
    assert _number(built) == 1


def test_feedback__changed_and_back__counts_not_at_all(api, opened):
    built = opened()
    _say(built, [4] * 5)
    _say(built, [1] * 4)
    _say(built, [4] * 4)
    _say(built, [1], start=4)
    assert _number(built) == 1


def test_feedback__five_change_and_four_change_back__would_tell_on_the_fifth(api, opened):
    """Held against every earlier snapshot: the first and a third one would differ by one person."""
    built = opened()
    _say(built, [4] * 5)
    _say(built, [1] * 5)
    assert _number(built) == 2
    _say(built, [4] * 4)  # four of them back
    _say(built, [5], start=4)
    assert changed(_answers(built, 2), _now(built)) == FIVE
    assert changed(_answers(built, 1), _now(built)) == 1
    assert _number(built) == 2


def _answers(built, number):
    return FeedbackSnapshot.objects.get(
        round=built.rounds[0], item=built.items[0].pk, number=number
    ).answers


def _now(built):
    rows = Rating.objects.filter(round=built.rounds[0], item=built.items[0].pk)
    return {str(seat): score for seat, score in rows.values_list("seat", "score")}


def test_feedback__no_opinion__shows_in_no_snapshot_and_makes_none_due(api, opened):
    built = opened()
    _say(built, [4] * 5)
    _say(built, [0] * 4, start=5)
    _say(built, [1], start=9)
    assert _number(built) == 1


def test_feedback__before_the_own_answer__nothing_of_the_group(api, opened):
    built = opened()
    _say(built, [4] * 5, start=1, comment="ทำได้จริง")

    assert _feedback(api, built) == {
        "id": str(built.items[0].pk), "position": 1, "text": ITEMS[0]["text"], "n": 0,
        "own_rating": None, "comments": [], "groups": [],
        **dict.fromkeys(["median", "q1", "q3", "iqr", "distribution", "outside"]),
    }  # fmt: skip
    _say(built, [0])
    shown = _feedback(api, built)
    assert (shown["n"], shown["own_rating"], len(shown["comments"])) == (5, None, 5)


def test_feedback__who_has_withdrawn__sees_nothing_more_of_the_group(api, opened):
    built = opened()
    _say(built, [4] * 6)
    assert _feedback(api, built)["n"] == 5
    decline_invitation(built.panelists[0], actor=SYSTEM)
    client = api.with_token(credential_of(built.panelists[0]))
    assert body_of(client.get("/api/v1/panel/feedback"))["items"] == []


def test_feedback__comments__come_with_the_snapshot_and_not_before(api, opened):
    built = opened()
    _say(built, [4] * 5, comment="ก่อน")
    _say(built, [4], comment="หลัง")
    assert _feedback(api, built)["comments"] == ["ก่อน"] * 5


def test_comments__to_the_facilitator__what_came_after_the_last_showing_never(api, opened):
    """Who was called that day, and what was new after it, would tell whose it is."""
    built = opened()
    _say(built, [4] * 5, comment="ก่อน")
    _say(built, [4], start=5, comment="ของคนที่โทรหาวันนี้")
    path, client = f"/api/v1/rounds/{built.rounds[0].pk}/comments", api.as_("supervisor")
    while_open = body_of(client.get(path))
    built.close()
    assert body_of(client.get(path)) == while_open
    assert "ของคนที่โทรหาวันนี้" not in str(while_open)


def test_feedback__comments__in_an_order_that_tells_nothing(api, opened):
    built = opened()
    for number in range(5):
        _say(built, [4], start=number, comment=f"ความเห็น {number}")
    rows = Rating.objects.filter(round=built.rounds[0]).order_by("pk")
    assert _feedback(api, built)["comments"] == list(rows.values_list("comment", flat=True))


def test_page__says_that_it_is_real_time(api, opened):
    built = opened()
    page = body_of(api.with_token(credential_of(built.panelists[0])).get("/api/v1/panel"))
    assert page["round"]["real_time"] is True
    assert [step["state"] for step in page["steps"]] == ["now"]


def test_facilitator__while_it_is_open__completion_alone(api, opened):
    built = opened()
    _say(built, [4] * 9)
    client = api.as_("supervisor")
    completion = body_of(client.get(f"/api/v1/rounds/{built.rounds[0].pk}/completion"))
    assert completion == {"asked": 12, "answered": 9, "complete": 0, "incomplete": 9}
    assert body_of(client.get(f"/api/v1/studies/{built.study.pk}/results"))["rounds"] == []


def test_last_tenth__nothing_is_renewed(api, opened):
    built = opened(closes_at=timezone.now() + timedelta(hours=10))
    _say(built, [4] * 5)
    with time_machine.travel(timezone.now() + timedelta(hours=9, minutes=1)):
        _say(built, [1] * 5, start=5)
    assert _number(built) == 1


def test_closed__stability_is_before_seeing_the_group_against_the_end(api, opened):
    built = opened()
    _say(built, [2])  # a slip: nobody could see anything yet
    _say(built, [3, 3, 4, 4, 5])
    _say(built, [4, 4, 4, 4, 4])
    _say(built, [5] + [4] * 5, start=5)
    _say(built, [4], start=5)

    frozen = built.close().results["items"][0]

    stability = frozen["stability"]
    assert (stability["answered_earlier"], stability["answered_later"]) == (11, 11)
    assert (stability["answered_both"], stability["net_change"]) == (11, "4/11")
    assert stability["kept"] == "7/11"
    assert frozen["judgement"]["verdict"] == "consensus_in"
    assert frozen["judgement"]["settled"] is False
    assert frozen["feedback"] == {
        "snapshots": [{"n": 5, "changed": 5}, {"n": 7, "changed": 5}, {"n": 11, "changed": 5}],
        "changed_since": 0,
    }


def test_closed__nobody_changed_an_answer__stable_however_few_came_first(api, opened):
    built = opened(panel=8)
    _say(built, [4] * 5)
    _say(built, [5] * 3, start=5)
    frozen = built.close().results["items"][0]
    assert (frozen["stability"]["net_change"], frozen["stability"]["kept"]) == ("0", "1")
    assert frozen["judgement"]["settled"] is True


def test_closed__no_opinion_then_the_groups_own__no_score_before_seeing_it(api, opened):
    built = opened()
    _say(built, [5] * 5)
    _say(built, [0] * 5, start=5)  # which opens the group's answers
    _say(built, [5] * 5, start=5)
    moved = built.close().results["items"][0]["stability"]
    assert (moved["answered_earlier"], moved["answered_later"]) == (5, 10)


def test_closed__no_snapshot__stability_says_too_few(api, opened):
    built = opened()
    _say(built, [3, 3, 4, 4])
    frozen = built.close().results["items"][0]
    assert frozen["stability"] == frozen["summary"] == {"undefined": "too_few"}
    assert frozen["feedback"]["snapshots"] == []


def test_closed__report__lists_snapshots_in_numbers_and_shows_none(api, opened):
    built = opened()
    _say(built, [3, 3, 4, 4, 5], comment="ลับเฉพาะ")
    _say(built, [1] * 7)
    built.close()
    told = json.dumps(report_of(built.study), default=str, ensure_ascii=False)
    assert '"changed": 5' in told
    assert "[0, 0, 2, 2, 1]" not in told  # the first snapshot's distribution
    assert "ลับเฉพาะ" not in told
    seats = [str(seat) for seat in Rating.objects.values_list("seat", flat=True)]
    assert not [seat for seat in seats if seat in told]


def test_queries__one_answer__constant(api, opened, django_assert_num_queries):
    built = opened()
    _say(built, [4] * 5)
    client = api.with_token(credential_of(built.panelists[5]))
    path = f"/api/v1/panel/answers/{built.items[0].pk}"
    client.get("/api/v1/panel")
    # credential, savepoint, round, recording, item, answer, the first score, then: lock, scores,
    # newest snapshot; release
    for score in (3, 2):
        with django_assert_num_queries(11):
            client.put(path, {"rating": score})
    # credential, round, dropped items, own, snapshots, withheld, items
    with django_assert_num_queries(7):
        client.get("/api/v1/panel/feedback")


_ANSWERS = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(1, 5))


@given(st.lists(_ANSWERS, max_size=30))
def test_snapshots__whatever_is_answered__no_two_differ_by_fewer_than_five(states):
    shown = []
    for now in states:
        if is_due(shown, now, FIVE):
            shown.append(now)
    for place, one in enumerate(shown):
        assert len(one) >= FIVE
        assert all(changed(one, other) >= FIVE for other in shown[:place])


@given(_ANSWERS, _ANSWERS)
def test_changed__is_a_distance(one, other):
    assert changed(one, other) == changed(other, one)
    assert (changed(one, other) == 0) is (one == other)
    assert changed({}, one) == len(one)


@pytest.mark.parametrize(("late", "said"), [(0, 0), (4, {"undefined": "too_few"}), (5, 5)])
def test_history__changed_since__one_to_four_are_too_few_to_say(late, said):
    shown = dict.fromkeys("abcde", 4)
    last = {**shown, **dict.fromkeys("vwxyz"[:late], 3)}
    assert history_of([(shown, 5)], last, FIVE)["changed_since"] == said


class TestRaces:
    @pytest.fixture
    def running(self, races):
        def made(panel=8):
            with schema_context(races.area.schema_name):
                built = build(
                    races.area.people["supervisor"].user_id,
                    protocol=REAL_TIME, items=ITEMS[:1], panel=panel, certifiers=0,
                ).seal()  # fmt: skip
                built.open()
                return built, built.items[0].pk

        return made

    def test_fifth_and_sixth_at_once__one_snapshot_with_five_or_six(self, races, running):
        for _ in range(10):
            built, item = running()
            with schema_context(races.area.schema_name):
                built.rate([4] * 4)
                late = [races.with_token(credential_of(each)) for each in built.panelists[4:6]]
            answers = together(*[partial(self._rate, client, item) for client in late])
            assert [answer.status_code for answer in answers] == [200, 200]
            self._holds(races, built, [5])

    def test_fourth_and_fifth_at_once__the_later_one_sees_the_other(self, races, running):
        """Neither sees the other's uncommitted answer, unless they wait for each other."""
        for _ in range(10):
            built, item = running()
            with schema_context(races.area.schema_name):
                built.rate([4] * 3)
                late = [races.with_token(credential_of(each)) for each in built.panelists[3:5]]
            together(*[partial(self._rate, client, item) for client in late])
            self._holds(races, built, [5])

    def _rate(self, client, item):
        return client.put(f"/api/v1/panel/answers/{item}", {"rating": 2})

    def _holds(self, races, built, sizes):
        with schema_context(races.area.schema_name):
            rows = FeedbackSnapshot.objects.filter(round=built.rounds[0]).order_by("number")
            assert [len(each.answers) for each in rows] == sizes

    def test_fifth_answer_and_closing_at_once__both_or_neither(self, races, running):
        for _ in range(10):
            built, item = running()
            with schema_context(races.area.schema_name):
                built.rate([4] * 4)
                late = races.with_token(credential_of(built.panelists[4]))
            answered, closed = together(
                lambda late=late, item=item: late.put(
                    f"/api/v1/panel/answers/{item}", {"rating": 1}
                ),
                lambda built=built: races.as_("supervisor").post(
                    f"/api/v1/rounds/{built.rounds[0].pk}/close"
                ),
            )
            assert closed.status_code == 200
            accepted = answered.status_code == 200
            with schema_context(races.area.schema_name):
                frozen = Round.objects.get(pk=built.rounds[0].pk).results["items"][0]
            assert frozen["n"] == (5 if accepted else 4)
            assert frozen["feedback"]["snapshots"] == ([{"n": 5, "changed": 5}] * accepted)

    def test_killed_between_answer_and_snapshot__neither_is_there_and_the_retry_has_both(
        self, races, running
    ):
        built, item = running()
        with schema_context(races.area.schema_name):
            built.rate([4] * 4)
            person = Panelist.objects.select_related("study").get(pk=built.panelists[4].pk)
            with transaction.atomic():
                save_rating(person, item, GivenRating(rating=2))
                assert FeedbackSnapshot.objects.filter(round=built.rounds[0]).count() == 1
                transaction.set_rollback(True)
            assert Rating.objects.filter(round=built.rounds[0]).count() == 4
            assert not FeedbackSnapshot.objects.filter(round=built.rounds[0]).exists()
            save_rating(person, item, GivenRating(rating=2))
        self._holds(races, built, [5])

    def test_answers_to_one_item__wait_for_each_other(self, races, running):
        built, item = running()
        schema = races.area.schema_name
        other = threading.Thread(target=self._answer, args=(schema, built.panelists[1].pk, item))
        with schema_context(schema), transaction.atomic():
            save_rating(built.panelists[0], item, GivenRating(rating=3))
            other.start()
            other.join(0.3)
            assert other.is_alive()
        other.join(10)
        assert not other.is_alive()

    def _answer(self, schema, person, item):
        with schema_context(schema):
            panelist = Panelist.objects.select_related("study").get(pk=person)
            save_rating(panelist, item, GivenRating(rating=3))
        connection.close()
