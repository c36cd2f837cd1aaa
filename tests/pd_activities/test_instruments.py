"""Observation forms: what a new area starts with, editions, the default one."""

from tests.client import body_of

FORM = {
    "code": "classroom",
    "title_th": "แบบสังเกต",
    "title_en": "Form",
    "document": {
        "scale_max": 4,
        "criteria": [{"code": "a", "text": {"th": "ก", "en": "A"}}],
    },
}


def test_instruments__new_area__has_a_default_form(api):
    found = body_of(api.as_("teacher").get("/api/v1/instruments"))["items"]

    assert [(each["code"], each["edition"], each["is_default"]) for each in found] == [
        ("classroom", 1, True)
    ]
    assert len(found[0]["document"]["criteria"]) == 8


def test_publish_instrument__same_code__next_edition_and_may_become_the_default(api):
    admin = api.as_("area_admin")
    made = body_of(admin.post("/api/v1/instruments", FORM))
    assert made["edition"] == 2

    admin.post(f"/api/v1/instruments/{made['id']}/make-default")

    found = body_of(admin.get("/api/v1/instruments"))["items"]
    assert {each["edition"]: each["is_default"] for each in found} == {1: False, 2: True}


def test_publish_instrument__criterion_twice__400(api):
    twice = {**FORM, "document": {"scale_max": 4, "criteria": FORM["document"]["criteria"] * 2}}
    response = api.as_("area_admin").post("/api/v1/instruments", twice)

    assert body_of(response)["errors"][0]["pointer"] == "/document/criteria"
