"""Who polls between two answers learns how many have answered, and nothing of what they said."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tenants.utils import schema_context

from consensus.actions.answers import GivenRating, finish_round, save_rating
from tests.client import Api
from tests.consensus.anonymity.planted import plant, reads
from tests.consensus.building import REAL_TIME, build, credential_of

_OF_EACH_CALL = ("X-Request-ID", "RateLimit-")
_TOLD = {"rounds_completion"}  # how many, never who


@pytest.fixture
def planted(api):
    with schema_context(api.area.schema_name):
        found = plant(api.area.people["supervisor"].user_id)
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
            yield found


def _seen(api: Api, planted, *, everything: bool) -> dict[str, tuple]:
    """Status, headers and body of each read, by who asked and where."""
    everyone = {
        "supervisor": api.as_("supervisor"),
        "area_admin": api.as_("area_admin"),
        "co-panelist": api.with_token(credential_of(planted.built.panelists[0])),
        "certifier": api.with_token(credential_of(planted.built.certifiers[0])),
    }
    found = reads(api, planted, everyone, everywhere=["area_admin"] if everything else [])
    return {
        f"{who} {operation} {path}": _facts(response) for who, operation, path, response in found
    }


def _facts(response) -> tuple:
    headers = [each for each in response.headers.items() if not each[0].startswith(_OF_EACH_CALL)]
    content = response.content.replace(response.headers["X-Request-ID"].encode(), b"")
    return response.status_code, tuple(headers), content


def _changed(before, after) -> set[str]:
    assert before.keys() == after.keys()
    return {where.split()[1] for where in before if before[where] != after[where]}


def test_answer__changed_in_an_open_round__no_read_of_anybody_changes(api, planted):
    """Neither body nor header, ETag, version, `updated_at` or the journal: for all reads."""
    before = _seen(api, planted, everything=True)
    for item in planted.built.items:
        given = GivenRating(rating=2, comment="เปลี่ยนใจแล้ว")
        save_rating(planted.person, item.pk, given)
    finish_round(planted.person)

    assert _changed(before, _seen(api, planted, everything=True)) == set()
    assert len(before) > 100


def test_answer__taken_back_and_given_again__only_how_many_are_complete(api, planted):
    item = planted.built.items[0].pk
    before = _seen(api, planted, everything=False)
    save_rating(planted.person, item, GivenRating())
    between = _seen(api, planted, everything=False)
    save_rating(planted.person, item, GivenRating(no_opinion=True))
    after = _seen(api, planted, everything=False)

    assert _changed(before, between) == _TOLD
    assert _changed(before, after) == set()  # "no opinion" looks like a score


def test_real_time__four_answers_after_a_showing__nobody_sees_a_difference(api):
    with schema_context(api.area.schema_name):
        built = build(
            api.area.people["supervisor"].user_id, protocol=REAL_TIME, panel=10, certifiers=0
        ).seal()
        built.open()
        built.rate([4] * 10)
        watching = api.with_token(credential_of(built.panelists[9]))
        shown = [watching.get("/api/v1/panel/feedback").content]
        for panelist in built.panelists[:4]:
            for item in built.items:
                save_rating(panelist, item.pk, GivenRating(rating=1, comment="ใหม่"))
            shown.append(watching.get("/api/v1/panel/feedback").content)
        assert len(set(shown)) == 1
        path = f"/api/v1/studies/{built.study.pk}/results"
        assert b"counts" not in api.as_("supervisor").get(path).content
