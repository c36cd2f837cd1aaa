"""Every operation, attempted from where it must not work, beside the twin that does work."""

import uuid
from datetime import timedelta

import orjson
import pytest
from django.db import transaction
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import Session
from accounts.sessions import digest
from tests.api.document import name_of, sampled
from tests.client import body_of
from tests.operations import address, call

_pairs = sampled()
_guarded = [pair for pair in _pairs if pair[0].credential == "sessionToken"]
_of_areas = [pair for pair in _guarded if pair[0].which == "area"]
_with_credential = [pair for pair in _pairs if pair[0].credential]


def _names_a_thing(sample):
    return any(not named.startswith("=") for named in sample.path.values())


def _client(api, operation, sample):
    client = api if operation.which == "area" else api.on_platform()
    return client.as_(sample.by) if sample.by else client


def _attempt(sample, client, operation, **options):
    """One call whose effects are undone."""
    with transaction.atomic():
        response = call(sample, client, operation.method, operation.path, **options)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize(("operation", "sample"), _pairs, ids=name_of)
def test_may__sample_call__succeeds_and_shows_nothing_of_the_other_area(api, operation, sample):
    response = _attempt(sample, _client(api, operation, sample), operation)

    assert response.status_code == sample.status, response.content
    told = b"".join(response) if response.streaming else response.content
    foreign = [b"area-t2", *(str(thing).encode() for thing in api.world.t2.things.values())]
    if operation.which == "area":
        assert not [each for each in foreign if each in told]


@pytest.mark.parametrize(("operation", "sample"), _with_credential, ids=name_of)
def test_may_not__bad_credentials__401(api, operation, sample):
    client = _client(api, operation, sample)
    for token in (None, "nonsense", "x" * 43):
        assert _attempt(sample, client.with_token(token), operation).status_code == 401


@pytest.mark.parametrize(("operation", "sample"), _guarded, ids=name_of)
def test_may_not__expired_or_revoked_credential__401(api, operation, sample):
    client = _client(api, operation, sample)
    for spoil in (_expire, _revoke):
        with transaction.atomic():
            spoil(client)
            response = call(sample, client, operation.method, operation.path)
            transaction.set_rollback(True)
        assert response.status_code == 401


def _expire(client):
    with schema_context(client.area.schema_name):
        Session.objects.filter(session_key=digest(client.token)).update(
            expire_date=timezone.now() - timedelta(seconds=1)
        )


def _revoke(client):
    with schema_context(client.area.schema_name):
        Session.objects.filter(session_key=digest(client.token)).delete()


@pytest.mark.parametrize(
    ("operation", "sample"),
    [pair for pair in _with_credential if pair[0].which == "area"],
    ids=name_of,
)
def test_may_not__credential_of_another_area_or_of_the_platform__401(api, operation, sample):
    elsewhere = api.as_(sample.by).on("t2")
    assert _attempt(sample, elsewhere, operation).status_code == 401
    operator = api.on_platform().as_("operator").on("t1")
    assert _attempt(sample, operator, operation).status_code == 401


@pytest.mark.parametrize(
    ("operation", "sample"), [pair for pair in _of_areas if _names_a_thing(pair[1])], ids=name_of
)
def test_may_not__another_areas_id_in_the_path__same_answer_as_an_absent_one(
    api, operation, sample
):
    client = _client(api, operation, sample)
    foreign = address(sample, operation.path, api.world.t2.things.__getitem__)
    absent = address(sample, operation.path, lambda _: uuid.uuid4())
    answers = []
    for template in (foreign, absent):
        response = _attempt(sample, client, _at(operation, template))
        assert response.status_code == 404
        answers.append({**body_of(response), "request_id": ""})
    assert answers[0] == answers[1]


def _at(operation, path):
    return type(operation)(**{**vars(operation), "path": path})


@pytest.mark.parametrize(
    ("operation", "sample"),
    [pair for pair in _of_areas if callable(pair[1].body)],
    ids=name_of,
)
def test_may_not__another_areas_ids_in_the_body__refused(api, operation, sample):
    foreign_body = sample.body(api.world.t2)
    told = orjson.dumps(foreign_body, default=str).decode()
    if not any(str(thing) in told for thing in api.world.t2.things.values()):
        return  # the body names nothing that belongs to an area
    client = _client(api, operation, sample)
    with_foreign = type(sample)(**{**vars(sample), "body": foreign_body})
    response = _attempt(with_foreign, client, operation)

    assert response.status_code in (400, 403, 404), response.content


@pytest.mark.parametrize(
    ("operation", "sample"),
    [pair for pair in _of_areas if any(value.startswith("@") for value in pair[1].query.values())],
    ids=name_of,
)
def test_may_not__another_areas_ids_in_the_query__nothing_found(api, operation, sample):
    query = {
        name: str(api.world.t2.things[value[1:]]) if value.startswith("@") else value
        for name, value in sample.query.items()
    }
    client = _client(api, operation, sample)
    foreign = type(sample)(**{**vars(sample), "query": query})
    response = _attempt(foreign, client, operation)

    assert response.status_code in (400, 404) or body_of(response)["items"] == []


@pytest.mark.parametrize(("operation", "sample"), _with_credential, ids=name_of)
def test_may_not__credential_of_another_kind__401(api, operation, sample):
    """A panelist's link is no session, and a session is no link."""
    other = "panelist" if operation.credential == "sessionToken" else "area_admin"
    client = _client(api, operation, sample).with_token(api.area.people[other].token)
    assert _attempt(sample, client, operation).status_code == 401


def test_may_not__cursor_of_another_area__refused__where_ones_own_is_taken(api):
    tried = 0
    for operation, sample in _of_areas:
        if not operation.is_list or sample.path:
            continue
        here, there = api.as_(sample.by), api.on("t2").as_(sample.by)
        cursor = body_of(here.get(operation.path, {"limit": "1"}))["next_cursor"]
        if cursor is None:
            continue  # a single row in this world
        assert here.get(operation.path, {"cursor": cursor}).status_code == 200
        refused = there.get(operation.path, {"cursor": cursor})
        assert refused.status_code == 400
        assert [each["code"] for each in body_of(refused)["errors"]] == ["invalid_cursor"]
        tried += 1
    assert tried > 10
