"""The errors that all operations share, seen on each one."""

import re

import pytest
from django.db import transaction

from tests.api.document import name_of, sampled
from tests.client import body_of
from tests.operations import Sample, address, call

_pairs = sampled()
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_with_body = [pair for pair in _pairs if pair[0].has_body]


def _client(api, operation, sample):
    client = api if operation.which == "area" else api.on_platform()
    return client.as_(sample.by) if sample.by else client


def _changed(sample: Sample, **changes) -> Sample:
    return Sample(**{**vars(sample), **changes})


def _answer(api, operation, sample):
    with transaction.atomic():
        response = call(sample, _client(api, operation, sample), operation.method, operation.path)
        transaction.set_rollback(True)
    return response


def _code(response) -> tuple[int, str]:
    return response.status_code, body_of(response)["code"]


@pytest.mark.parametrize(("operation", "sample"), _with_body, ids=name_of)
@pytest.mark.parametrize(
    "body", [b"{", b'{"a": "\xff"}', b'{"a": "\\u0000"}'], ids=["cut", "utf8", "nul"]
)
def test_battery__body_that_is_no_json__400(api, operation, sample, body):
    assert _code(_answer(api, operation, _changed(sample, body=lambda _: body))) == (
        400,
        "malformed_body",
    )


@pytest.mark.parametrize(("operation", "sample"), _with_body, ids=name_of)
def test_battery__body_larger_than_any_use__413(api, operation, sample):
    huge = b'{"a": "' + b"x" * (5 * 1024 * 1024) + b'"}'
    answer = _answer(api, operation, _changed(sample, body=lambda _: huge))
    assert _code(answer) == (413, "body_too_large")


@pytest.mark.parametrize(("operation", "sample"), _with_body, ids=name_of)
def test_battery__body_of_another_media_type__415(api, operation, sample):
    changed = _changed(
        sample, body=lambda _: b"<a/>", headers={**sample.headers, "Content-Type": "text/xml"}
    )
    assert _code(_answer(api, operation, changed)) == (415, "unsupported_media_type")


@pytest.mark.parametrize(("operation", "sample"), _with_body, ids=name_of)
@pytest.mark.parametrize("body", [[], "text", 7, None], ids=["list", "text", "number", "null"])
def test_battery__body_of_another_shape__400(api, operation, sample, body):
    raw = {"list": b"[]", "text": b'"x"', "number": b"7", "null": b"null"}
    name = {list: "list", str: "text", int: "number", type(None): "null"}[type(body)]
    given = sample.body(api.area) if callable(sample.body) else sample.body
    if isinstance(given, list) and name == "list":
        return  # this operation takes a list
    response = _answer(api, operation, _changed(sample, body=lambda _: raw[name]))
    assert _code(response) == (400, "invalid_input")


@pytest.mark.parametrize(("operation", "sample"), _with_body, ids=name_of)
@pytest.mark.parametrize("field", ["no_such_field", "version", "created_at", "is_staff"])
def test_battery__field_that_is_unknown_or_not_to_be_set__400(api, operation, sample, field):
    given = (sample.body(api.area) if callable(sample.body) else sample.body) or {}
    if not isinstance(given, dict) or field in given:
        return
    response = _answer(api, operation, _changed(sample, body=lambda _: {**given, field: 1}))

    assert _code(response) == (400, "invalid_input")
    assert f"/{field}" in {each["pointer"] for each in body_of(response)["errors"]}


@pytest.mark.parametrize(
    ("operation", "sample"), [pair for pair in _pairs if pair[0].is_list], ids=name_of
)
@pytest.mark.parametrize(
    "query", [{"nonsense": "1"}, {"limit": "0"}, {"limit": "201"}, {"cursor": "forged"}], ids=str
)
def test_battery__list_with_a_wrong_parameter__400(api, operation, sample, query):
    response = _answer(api, operation, _changed(sample, query={**sample.query, **query}))
    assert _code(response) == (400, "invalid_input")


@pytest.mark.parametrize(
    ("operation", "sample"), [pair for pair in _pairs if pair[0].needs_if_match], ids=name_of
)
def test_battery__change_without_or_with_a_stale_etag__428_and_412(api, operation, sample):
    client = _client(api, operation, sample)
    path = address(sample, operation.path, client.area.things.__getitem__)
    body = sample.body(client.area) if callable(sample.body) else sample.body

    missing = client.send(operation.method, path, body=body)
    stale = client.send(operation.method, path, body=body, headers={"If-Match": '"999"'})

    assert _code(missing) == (428, "precondition_required")
    assert _code(stale) == (412, "stale_version")


@pytest.mark.parametrize(("operation", "sample"), _pairs, ids=name_of)
def test_battery__answer_in_a_form_we_do_not_have__406(api, operation, sample):
    headers = {**sample.headers, "Accept": "image/x-nothing"}
    assert _answer(api, operation, _changed(sample, headers=headers)).status_code == 406


@pytest.mark.parametrize(
    ("operation", "sample"),
    [pair for pair in _pairs if pair[0].takes_key and pair[0].credential],
    ids=name_of,
)
def test_battery__same_key_twice__one_effect_and_then_a_replay(api, operation, sample):
    client = _client(api, operation, sample)
    body = sample.body(client.area) if callable(sample.body) else sample.body
    keyed = _changed(
        sample, body=lambda _: body, headers={**sample.headers, "Idempotency-Key": "one-key"}
    )
    first = call(keyed, client, operation.method, operation.path)
    again = call(keyed, client, operation.method, operation.path)

    assert first.status_code == again.status_code == sample.status
    assert again["Idempotency-Replayed"] == "true"
    assert again.content == first.content


_NONSENSE = ["", "ก" * 20_000, -(10**30), 1.5, "2026-13-45T99:99Z", True, None, [], [{}], {"a": []}]


@pytest.mark.parametrize(("operation", "sample"), _with_body, ids=name_of)
def test_battery__nonsense_in_every_field__a_problem_in_thai(api, operation, sample):
    """Also words that a library brings along: none of them is left in English."""
    given = sample.body(api.area) if callable(sample.body) else sample.body
    if not isinstance(given, dict) or not given:
        return
    headers = {**sample.headers, "Accept-Language": "th"}
    for value in _NONSENSE:
        body = dict.fromkeys(given, value)
        response = _answer(
            api, operation, _changed(sample, body=lambda _, body=body: body, headers=headers)
        )
        assert response.status_code < 500
        for each in body_of(response)["errors"] if response.status_code == 400 else ():
            assert _THAI.search(each["detail"]), each
