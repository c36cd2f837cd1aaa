"""What a front-end developer may count on in both documents; a gap fails the build."""

import re

import orjson
import pytest
from django.db import transaction
from openapi_schema_validator import OAS31Validator

from core.api.examples import NO_EXAMPLE
from tests.api.document import name_of, operations, sampled
from tests.client import body_of
from tests.contract import specification
from tests.operations import address

_all = pytest.mark.parametrize("operation", operations(), ids=name_of)


def _told(operation):
    return specification(operation.which)["paths"][operation.path][operation.method.lower()]


def _bodies(operation):
    """(media type, content) of the request and of each answer that is no problem."""
    told = _told(operation)
    answers = [answer for status, answer in told["responses"].items() if status < "300"]
    for body in [told.get("requestBody", {}), *answers]:
        yield from body.get("content", {}).items()


def _examples(content):
    if "example" in content:
        return [content["example"]]
    return [each["value"] for each in content.get("examples", {}).values()]


def _leaves(value, name=""):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, name)
    else:
        yield name, value


@_all
def test_document__operation__says_what_it_does_and_who_may(operation):
    told = _told(operation)

    assert told["summary"][0].isupper()
    assert not told["summary"].endswith(".")
    who = told["description"].rsplit("**Who may:** ", 1)[1]
    assert who[0].isupper()
    assert who.endswith(".")
    assert re.fullmatch(r"[a-z][a-z0-9_]*", told["operationId"])
    assert any(status >= "400" for status in told["responses"])


@_all
def test_document__parameters__are_explained(operation):
    for each in _told(operation)["parameters"]:
        assert each["schema"], each["name"]
        if each["in"] == "query" and not each.get("description") and not _is_plain(each):
            assert each["name"] in _shown(operation), each["name"]


def _is_plain(parameter):
    """A choice, and the id of a thing, explain themselves."""
    schema = parameter["schema"]
    return "$ref" in schema or schema.get("format") in ("uuid", "date") or "enum" in schema


def _shown(operation):
    """The fields of what a list shows: a filter of the same name explains itself too."""
    example = _told(operation)["responses"]["200"]["content"]["application/json"]["example"]
    return example["items"][0]


@_all
def test_document__examples__are_there_fit_and_are_believable(operation):
    components = specification(operation.which)["components"]
    for kind, content in _bodies(operation):
        examples = _examples(content)
        assert examples, kind
        for example in examples:
            unknown = {name for name, value in _leaves(example) if value in (NO_EXAMPLE, "string")}
            assert not unknown, f"core/api/examples.py knows no value for {unknown}"
            if kind.endswith("json"):
                whole = {**content["schema"], "components": components}
                OAS31Validator(whole, format_checker=OAS31Validator.FORMAT_CHECKER).validate(
                    orjson.loads(orjson.dumps(example))
                )


# What an example cannot know: who and what there is in the area that reads it.
_ABOUT_THE_AREA = {
    "host",
    "not_a_later_meeting",
    "not_a_seat",
    "not_asked",
    "not_coded",
    "not_enrolled",
    "not_found",
    "not_here",
    "not_on_the_form",
    "off_the_scale",
    "outside_session",
    "unknown",
    "wrong_password",
}


@pytest.mark.parametrize(
    ("operation", "sample"), [pair for pair in sampled() if pair[0].has_body], ids=name_of
)
def test_document__request_example__is_taken(api, operation, sample):
    client = api if operation.which == "area" else api.on_platform()
    path = address(sample, operation.path, client.area.things.__getitem__)
    content = _told(operation)["requestBody"]["content"]["application/json"]
    for example in _examples(content):
        with transaction.atomic():
            response = (client.as_(sample.by) if sample.by else client).send(
                operation.method, path, body=example, headers={"If-Match": "*"}
            )
            transaction.set_rollback(True)
        if response.status_code == 400:
            wrong = {(each["pointer"], each["code"]) for each in body_of(response)["errors"]}
            assert {code for _, code in wrong} <= _ABOUT_THE_AREA, wrong


@pytest.mark.parametrize("which", ["area", "platform"])
def test_document__operation_ids__are_unique(which):
    ids = [each.id for each in operations() if each.which == which]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("which", ["area", "platform"])
def test_document__schemas__tell_types(which):
    """Nothing that a typed client would call `unknown`."""
    vague = [
        f"{name}.{field}"
        for name, schema in specification(which)["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if not told.keys() & {"type", "$ref", "allOf", "oneOf", "anyOf", "enum", "const"}
        or (told.get("type") == "object" and "properties" not in told and not _is_described(told))
    ]
    assert not vague


@pytest.mark.parametrize("which", ["area", "platform"])
def test_document__schemas__have_descriptions_of_their_own(which):
    """Not those of a base class, told again and again."""
    schemas = specification(which)["components"]["schemas"].values()
    told = [each["description"] for each in schemas if "description" in each]
    assert {each for each in told if told.count(each) > 3} == set()


def _is_described(told):
    return told.get("additionalProperties") or told.get("description")


@pytest.mark.parametrize("which", ["area", "platform"])
def test_document__enumerations__are_named(which):
    inline = [
        f"{name}.{field}"
        for name, schema in specification(which)["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if len(told.get("enum", [])) > 2
    ]
    assert not inline
