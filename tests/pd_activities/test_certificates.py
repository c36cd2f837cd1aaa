"""Certificates of hours: issued, signed, shown to strangers, revoked, and outliving their area."""

import base64
import hashlib
import json
import subprocess
import sys
import uuid
from datetime import date

import orjson
import pytest
from django_tenants.utils import schema_context

from clusters.models import Teacher
from core.actor import SYSTEM
from core.journal.models import JournalEntry
from pd_activities.actions.certificates import issue_certificate
from pd_activities.models import Certificate
from tenants.models import AreaKey
from tests.client import body_of
from tests.concurrency.together import together
from tests.pd_activities.training_cast import credit


@pytest.fixture
def teacher(api) -> Teacher:
    with schema_context(api.area.schema_name):
        yield Teacher.objects.select_related("school").get(pk=api.area.things["teacher"])


@pytest.fixture
def anyone(api):
    return api.on_platform().with_token(None)


def _certify(api, role="teacher", **asked):
    return api.as_(role).post(f"/api/v1/transcripts/{api.area.things['teacher']}/certify", asked)


def _check(anyone, signed: str) -> dict:
    return body_of(anyone.post("/api/v1/certificates/verify", {"signed": signed}))


def _code(response) -> tuple[int, str]:
    return response.status_code, body_of(response)["code"]


# --- Issuing -----------------------------------------------------------------------------------
def test_certify__own_hours__states_the_ledger_without_what_was_taken_back(api, teacher):
    credit(teacher, kind="plc", title="PLC คณิตศาสตร์", credit_minutes=50, minutes=50)
    wrong = credit(teacher, credit_minutes=600, minutes=600)
    credit(teacher, credit_minutes=-600, minutes=-600, reverses=wrong, source_id=wrong.source_id)
    credit(teacher, occurred_on=date(2025, 6, 1))

    answer = _certify(api, academic_year=2026)
    told = body_of(answer)

    assert answer.status_code == 201
    assert told["statement"]["hours"] == {"plc": 50}
    assert told["statement"]["credit_minutes"] == 50
    assert [each["title"] for each in told["statement"]["entries"]] == ["PLC คณิตศาสตร์"]
    assert told["verify_url"].endswith(f"/verify#{told['signed']}")
    assert body_of(_certify(api))["statement"]["hours"] == {"plc": 50, "training": 180}


def test_certify__nothing_new__the_same_certificate(api, teacher):
    credit(teacher)
    first, again = _certify(api), _certify(api, role="school_director")

    assert (first.status_code, again.status_code) == (201, 200)
    assert body_of(first)["id"] == body_of(again)["id"]
    credit(teacher)
    assert _certify(api).status_code == 201
    verbs = JournalEntry.objects.filter(verb="pd_activities.certificate.issued")
    assert verbs.filter(subject_id=body_of(first)["id"]).count() == 1


def test_certify__nothing_credited__refused(api, teacher):
    assert _code(_certify(api)) == (409, "nothing_credited")


def test_certify__someone_elses__not_found(api):
    path = f"/api/v1/transcripts/{api.area.things['other_teacher']}/certify"
    assert api.as_("teacher").post(path, {}).status_code == 404


def test_certify__two_at_once__one_certificate_and_one_key(races):
    with schema_context(races.area.schema_name):
        teacher = Teacher.objects.get(pk=races.area.things["other_teacher"])
        credit(teacher)

        def issue() -> uuid.UUID:
            with schema_context(races.area.schema_name):
                return issue_certificate(teacher, academic_year=None, actor=SYSTEM)[0].pk

        assert len({*together(issue, issue, issue)}) == 1
    with schema_context("public"):
        assert AreaKey.objects.filter(area__schema_name=races.area.schema_name).count() == 1


def test_list__of_a_teacher__newest_first_in_few_queries(api, teacher, django_assert_num_queries):
    for _ in range(3):
        credit(teacher)
        _certify(api)
    client = api.as_("teacher")
    with django_assert_num_queries(2):
        items = body_of(client.get("/api/v1/certificates"))["items"]
    assert len(items) == 4
    assert [each["issued_at"] for each in items] == sorted(
        (each["issued_at"] for each in items), reverse=True
    )


@pytest.mark.parametrize("language", ["th", "en"])
def test_pdf__in_the_readers_language__a_page_to_print(api, language):
    path = f"/api/v1/certificates/{api.area.things['certificate']}/pdf"
    answer = api.as_("teacher").send("GET", path, headers={"Accept-Language": language})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    asked = api.as_("teacher").send("GET", path, headers={"Accept": "application/pdf"})
    assert asked.status_code == 200


# --- Verifying ---------------------------------------------------------------------------------
def test_verify__as_issued__what_it_states_and_who_signed(api, anyone, teacher):
    credit(teacher)
    certificate = body_of(_certify(api, academic_year=2026))

    found = _check(anyone, certificate["signed"])

    assert (found["result"], found["issuer"]["code"]) == ("valid", "t1")
    stated = found["statement"]
    assert (stated["teacher_name"], stated["hours"]) == (teacher.name_th, {"training": 180})
    assert (stated["first_day"], stated["last_day"]) == ("2026-05-16", "2027-05-15")
    entries = orjson.dumps(certificate["statement"]["entries"], option=orjson.OPT_SORT_KEYS)
    assert stated["entries_sha256"] == hashlib.sha256(entries).hexdigest()


def test_verify__altered_or_from_elsewhere__unknown(api, anyone, teacher):
    credit(teacher)
    signed = body_of(_certify(api))["signed"]
    head, claims, signature = signed.split(".")
    raised = json.loads(base64.urlsafe_b64decode(claims + "=="))
    raised["credit_minutes"] *= 10
    forged = base64.urlsafe_b64encode(json.dumps(raised).encode()).decode().rstrip("=")
    with schema_context("a_t2"):
        other = Certificate.objects.get().signed.split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for each in (
        f"{head}.{forged}.{signature}",
        f"{other[0]}.{claims}.{signature}",  # another area's key
        f"{unsigned}.{claims}.",
        signed[:-4],
        "ไม่ใช่ใบรับรอง",
    ):
        assert _check(anyone, each)["result"] == "unknown"
    assert _check(anyone, signed)["result"] == "valid"


def test_revoke__with_a_reason__everyone_is_told_and_it_is_not_printed(api, anyone):
    path = f"/api/v1/certificates/{api.area.things['certificate']}"
    signed = body_of(api.as_("teacher").get(path))["signed"]
    for _ in range(2):  # twice changes nothing
        told = body_of(api.as_("officer").post(f"{path}/revoke", {"reason": "ออกให้ผิดคน"}))
        assert (told["revoked_reason"], told["version"]) == ("ออกให้ผิดคน", 2)

    found = _check(anyone, signed)
    assert (found["result"], found["revoked_at"]) == ("revoked", told["revoked_at"])
    listed = body_of(anyone.get("/api/v1/areas/t1/revoked-certificates"))["items"]
    assert listed == [{"certificate_id": told["id"], "revoked_at": found["revoked_at"]}]
    assert _code(api.as_("teacher").get(f"{path}/pdf")) == (409, "certificate_revoked")
    with schema_context(api.area.schema_name):
        entry = JournalEntry.objects.get(verb="pd_activities.certificate.revoked")
        assert "ผิดคน" not in str(entry.values)


def test_key__retired__what_it_signed_holds_and_the_next_has_another(api, anyone, teacher):
    credit(teacher)
    before = body_of(_certify(api))["signed"]
    operator = api.on_platform().as_("operator")
    assert operator.post("/api/v1/areas/t1/retire-key").status_code == 200
    credit(teacher)
    after = body_of(_certify(api))["signed"]

    assert before.split(".")[0] != after.split(".")[0]
    assert [_check(anyone, each)["result"] for each in (before, after)] == ["valid", "valid"]
    assert len(body_of(anyone.get("/api/v1/areas/t1/keys"))["keys"]) == 2
    with schema_context("public"):
        assert AreaKey.objects.filter(area__code="t1", secret_key="").count() == 1


_WITHOUT_US = """
import json, sys, jwt
keys, signed = json.load(sys.stdin), sys.argv[1]
key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(signed)["kid"]]
print(jwt.decode(signed, key, algorithms=["EdDSA"])["sub"])
"""


def test_keys__of_the_area__let_anyone_verify_without_us(api, anyone, teacher):
    with schema_context(api.area.schema_name):
        signed = Certificate.objects.get().signed
    keys = anyone.get("/api/v1/areas/t1/keys").content
    told = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _WITHOUT_US, signed], input=keys, capture_output=True, check=True
    )
    assert told.stdout.decode().strip() == teacher.name_th
    assert anyone.get("/api/v1/areas/no-such-area/keys").status_code == 404


def test_signed__fits_a_code_that_a_cheap_phone_reads(api):
    """79 modules on 46 mm are 0.5 mm each, in print and on a screen."""
    with schema_context(api.area.schema_name):
        assert len(Certificate.objects.get().signed) < 850
