"""Round 1: fragments get themes, themes become items, and every item leads back to the words."""

import pytest
from django_tenants.utils import schema_context

from accounts.models import RoleGrant, User
from consensus.models import Study, StudyItem
from tests.client import body_of
from tests.consensus.building import build, credential_of, open_then_rating


def _code(response):
    return response.status_code, body_of(response).get("code")


@pytest.fixture
def schema(api):
    return api.area.schema_name


@pytest.fixture
def facilitator(api):
    return api.as_("supervisor")


@pytest.fixture
def coding(api, schema):
    """A study whose open-ended round has closed; the officer is its second coder."""
    with schema_context(schema):
        built = build(
            api.area.people["supervisor"].user_id, protocol=open_then_rating(), items=[]
        ).seal()
        built.open()
        built.write(["อยากได้คลังสื่อและการนิเทศ", "คลังสื่อ", "นิเทศ", "งบประมาณ", "เวลา"])
        built.close()
        officer = api.area.people["officer"].user_id
        Study.objects.filter(pk=built.study.pk).update(second_coder=officer)
        built.study.refresh_from_db()
    return built


@pytest.fixture
def path(coding):
    return f"/api/v1/studies/{coding.study.pk}"


@pytest.fixture
def texts(facilitator, coding):
    rows = body_of(facilitator.get(f"/api/v1/rounds/{coding.rounds[0].pk}/texts"))
    return {row["text"]: row["id"] for row in rows}


def _give(client, path, text_id, theme, start=0, end=4):
    body = {"text": text_id, "start": start, "end": end, "theme": theme}
    response = client.post(f"{path}/fragments", body)
    assert response.status_code == 201, response.content
    return body_of(response)


def test_item__from_themes__leads_to_the_verbatim_pieces_and_their_coder(
    api, facilitator, path, texts
):
    both = "อยากได้คลังสื่อและการนิเทศ"
    _give(facilitator, path, texts[both], "คลังสื่อ", 8, 15)
    _give(facilitator, path, texts["คลังสื่อ"], "สื่อ", 0, 8)
    made = facilitator.post(f"{path}/items", {"text": "มีคลังสื่อร่วมกัน", "themes": ["คลังสื่อ", "สื่อ"]})
    item = body_of(made)

    assert (made.status_code, item["origin"]) == (201, "coded")
    assert {(each["theme"], each["text"]) for each in item["fragments"]} == {
        ("คลังสื่อ", texts[both]), ("สื่อ", texts["คลังสื่อ"]),
    }  # fmt: skip
    supervisor = str(api.area.people["supervisor"].user_id)
    assert {each["coder"] for each in item["fragments"]} == {supervisor}


def test_item__theme_that_nobody_gave_or_that_is_used__refused(facilitator, path, texts):
    _give(facilitator, path, texts["เวลา"], "เวลา")
    body = {"text": "เวลา", "themes": ["เวลา", "อื่น"]}
    refused = facilitator.post(f"{path}/items", body)
    assert body_of(refused)["errors"][0]["pointer"] == "/themes/1"
    body["themes"] = ["เวลา"]
    assert facilitator.post(f"{path}/items", body).status_code == 201
    assert body_of(facilitator.post(f"{path}/items", body))["errors"][0]["pointer"] == "/themes/0"


def test_fragment__coded_again__the_same_one(facilitator, path, texts):
    first = _give(facilitator, path, texts["เวลา"], "เวลา")
    assert _give(facilitator, path, texts["เวลา"], "เวลา") == first
    assert len(body_of(facilitator.get(f"{path}/fragments"))["items"]) == 1


def test_fragment__piece_that_no_answer_has__refused(facilitator, path, texts):
    body = {"text": texts["เวลา"], "start": 0, "end": 5_000, "theme": "เวลา"}
    refused = facilitator.post(f"{path}/fragments", body)
    assert body_of(refused)["errors"][0]["pointer"] == "/text"


def test_fragment__part_of_an_item__stays(facilitator, path, texts):
    fragment = _give(facilitator, path, texts["เวลา"], "เวลา")
    facilitator.post(f"{path}/items", {"text": "มีเวลา", "themes": ["เวลา"]})
    kept = facilitator.delete(f"{path}/fragments/{fragment['id']}")
    assert _code(kept) == (409, "fragment_in_use")


def test_items__merged_and_reworded__history_tells(api, facilitator, path, texts):
    for theme in ("เวลา", "งบประมาณ"):
        _give(facilitator, path, texts[theme], theme)
    kept, gone = [
        body_of(facilitator.post(f"{path}/items", {"text": theme, "themes": [theme]}))
        for theme in ("เวลา", "งบประมาณ")
    ]
    merged = facilitator.post(f"{path}/items/{gone['id']}/merge", {"into": kept["id"]})
    assert {each["theme"] for each in body_of(merged)["fragments"]} == {"เวลา", "งบประมาณ"}
    item = facilitator.patch(
        f"{path}/items/{kept['id']}", {"text": "มีเวลาและงบประมาณ"}, If_Match=merged["ETag"]
    )

    told = [(each["kind"], each["text"]) for each in body_of(item)["history"]]
    assert told == [("merged", "งบประมาณ"), ("reworded", "เวลา")]
    supervisor = str(api.area.people["supervisor"].user_id)
    assert {each["by"] for each in body_of(item)["history"]} == {supervisor}
    assert [each["id"] for each in body_of(facilitator.get(f"{path}/items"))["items"]] == [
        kept["id"]
    ]
    itself = facilitator.post(f"{path}/items/{kept['id']}/merge", {"into": kept["id"]})
    assert body_of(itself)["errors"][0]["pointer"] == "/into"


def test_items__merged__of_the_same_piece__once(facilitator, path, texts):
    piece = {"text": texts["เวลา"], "start": 0, "end": 4}
    made = [
        body_of(facilitator.post(f"{path}/items", {"text": text, "fragments": [piece]}))
        for text in ("เวลา", "จัดเวลา")
    ]
    merged = facilitator.post(f"{path}/items/{made[0]['id']}/merge", {"into": made[1]["id"]})
    assert (merged.status_code, len(body_of(merged)["fragments"])) == (200, 1)


def test_coding__once_rating_has_begun__over(schema, coding, facilitator, path, texts):
    fragment = _give(facilitator, path, texts["เวลา"], "เวลา")
    _give(facilitator, path, texts["เวลา"], "งาน")
    made = [
        facilitator.post(f"{path}/items", {"text": theme, "themes": [theme]})
        for theme in ("เวลา", "งาน")
    ]
    item, other = [body_of(each)["id"] for each in made]
    with schema_context(schema):
        coding.open()
    attempts = [
        facilitator.post(
            f"{path}/fragments", {"text": texts["เวลา"], "start": 0, "end": 2, "theme": "ช้า"}
        ),
        facilitator.delete(f"{path}/fragments/{fragment['id']}"),
        facilitator.patch(f"{path}/items/{item}", {"text": "ใหม่"}, If_Match="*"),
        facilitator.post(f"{path}/items/{item}/merge", {"into": other}),
    ]
    assert [_code(each) for each in attempts] == [(409, "study_sealed")] * 4
    with schema_context(schema):
        assert StudyItem.objects.get(pk=item).text == "เวลา"


class TestSecondCoder:
    def test_codes_without_seeing_the_first__agreement_is_measured(
        self, api, facilitator, path, texts
    ):
        second = api.as_("officer")
        for text in ("คลังสื่อ", "นิเทศ"):
            _give(facilitator, path, texts[text], "สื่อ")
        _give(second, path, texts["คลังสื่อ"], "สื่อ", 2, 6)  # another piece of the same answer

        assert len(body_of(second.get(f"{path}/fragments"))["items"]) == 1
        assert len(body_of(facilitator.get(f"{path}/fragments"))["items"]) == 3
        found = body_of(facilitator.get(f"{path}/coding"))
        assert (found["answers"], found["coded"]) == (5, 2)
        # Of five answers both say yes to one and no to three: .8; by chance .4*.2 + .6*.8 = .56.
        assert found["agreement"]["agreement"] == "4/5"
        assert found["agreement"]["kappa"] == "6/11"
        assert found["agreement"]["themes"][0]["first_only"] == 1
        own = body_of(second.get(f"{path}/coding"))  # blind to the first, in numbers too
        assert (own["coded"], own["themes"][0]["fragments"]) == (1, 1)
        assert own["agreement"] == {"undefined": "one_rater"}
        facilitator.post(f"{path}/items", {"text": "มีคลังสื่อ", "themes": ["สื่อ"]})
        [item] = body_of(second.get(f"{path}/items"))["items"]
        assert len(item["fragments"]) == 1
        [item] = body_of(facilitator.get(f"{path}/items"))["items"]
        assert len(item["fragments"]) == 3

    def test_lost_the_role__reads_and_codes_no_more(self, api, coding, path):
        texts = f"/api/v1/rounds/{coding.rounds[0].pk}/texts"
        officer = api.as_("officer")
        assert officer.get(texts).status_code == 200
        grants = RoleGrant.objects.filter(user=api.area.people["officer"].user_id)
        with schema_context(api.area.schema_name):
            grants.update(role="viewer")
        assert officer.get(texts).status_code in (403, 404)

    def test_changed__once_rating_has_begun__refused(
        self, api, schema, facilitator, coding, path, texts
    ):
        officer = api.as_("officer")
        _give(facilitator, path, texts["เวลา"], "เวลา")
        facilitator.post(f"{path}/items", {"text": "จัดเวลา", "themes": ["เวลา"]})
        with schema_context(schema):
            coding.open()
        etag = officer.get(path)["ETag"]
        refused = officer.patch(path, {"second_coder": None}, If_Match=etag)
        assert _code(refused) == (409, "study_sealed")

    def test_reads_the_texts_but_makes_no_items(self, api, coding, path, texts):
        second = api.as_("officer")
        shown = second.get(f"/api/v1/rounds/{coding.rounds[0].pk}/texts")
        assert len(body_of(shown)) == 5
        assert _code(second.post(f"{path}/items", {"text": "ใหม่"})) == (403, "not_allowed")

    def test_named__neither_the_facilitator_nor_on_the_panel(self, api, schema, coding, path):
        admin = api.as_("area_admin")
        supervisor = api.area.people["supervisor"].user_id
        same = admin.patch(path, {"second_coder": supervisor}, If_Match="*")
        assert body_of(same)["errors"][0]["code"] == "same_person"
        officer = api.area.people["officer"].user_id
        swapped = admin.patch(path, {"facilitator": officer}, If_Match="*")
        assert body_of(swapped)["errors"][0]["pointer"] == "/facilitator"
        with schema_context(schema):
            User.objects.filter(pk=officer).update(email=coding.panelists[0].email)
        on_panel = admin.patch(path, {"second_coder": officer}, If_Match="*")
        assert _code(on_panel) == (409, "already_on_panel")
        none = admin.patch(path, {"second_coder": None}, If_Match="*")
        assert body_of(none)["second_coder"] is None

    def test_nobody_named__no_agreement_but_a_reason(self, api, schema, facilitator, path, texts):
        with schema_context(schema):
            Study.objects.update(second_coder=None)
        _give(facilitator, path, texts["เวลา"], "เวลา")
        found = body_of(facilitator.get(f"{path}/coding"))
        assert found["agreement"] == {"undefined": "one_rater"}
        assert found["themes"] == [{"theme": "เวลา", "fragments": 1, "items": []}]


def test_panelist__sees_what_became_of_the_own_words(api, schema, coding, facilitator, path, texts):
    _give(facilitator, path, texts["คลังสื่อ"], "สื่อ")
    item = body_of(facilitator.post(f"{path}/items", {"text": "มีคลังสื่อ", "themes": ["สื่อ"]}))
    with schema_context(schema):
        second, third = (api.with_token(credential_of(each)) for each in coding.panelists[1:3])

    mine = body_of(second.get("/api/v1/panel/ideas"))["ideas"]

    assert mine == [
        {
            "prompt": "needs",
            "text": "คลังสื่อ",
            "items": [{"id": item["id"], "position": 1, "text": "มีคลังสื่อ", "dropped": False}],
        }
    ]
    assert body_of(third.get("/api/v1/panel/ideas"))["ideas"][0]["items"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_fragments__list__same_queries_for_one_and_three(
    facilitator, path, texts, django_assert_num_queries, count
):
    for theme in "กขค"[:count]:
        _give(facilitator, path, texts["เวลา"], theme)
    facilitator.get(f"{path}/fragments")
    with django_assert_num_queries(3):
        facilitator.get(f"{path}/fragments")
