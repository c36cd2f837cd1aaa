"""An office joins: applies, proves its address, is approved, and signs in a minute later."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import User
from core.jobs.models import Job, JobState
from core.journal.models import JournalEntry
from tenants.actions.applications import forget_stale_applications
from tenants.directory import forget_areas
from tenants.links import LASTS
from tenants.models import ApplicationLink, Area, AreaApplication
from tests.client import body_of
from tests.tenants.conftest import secret, work
from tests.world import TestArea

PASSWORD = "a long walk by the Mekong"


def test_onboarding__whole_way__admin_signs_in_to_the_new_area(joining, api):
    applied = joining.apply("loei2")
    assert applied.status_code == 201
    assert body_of(applied)["application"]["state"] == "unproven"
    work()
    assert mail.outbox[-1].to == ["loei2@example.go.th"]
    proven = joining.prove(secret("prove"))
    assert body_of(proven)["state"] == "submitted"

    approved = joining.decide(body_of(proven)["id"], "approve")
    assert approved.status_code == 202
    work()
    job = body_of(joining.operator.get(f"/api/v1/jobs/{body_of(approved)['id']}"))
    assert (job["state"], job["done"], job["total"]) == ("succeeded", 5, 5)

    told = body_of(joining.status(body_of(applied)["token"]))
    assert (told["state"], told["area_url"]) == ("approved", "http://slug-loei2.localhost")
    assert "http://slug-loei2.localhost/invitation#token=" in mail.outbox[-1].body
    admin = _in_area(api, "slug-loei2", "a_slug_loei2")
    accepted = admin.post(
        "/api/v1/invitations/accept", {"token": secret("token"), "password": PASSWORD}
    )
    assert accepted.status_code in (200, 201), accepted.content
    me = admin.with_token(body_of(accepted)["session_token"]).get("/api/v1/me")
    assert [each["role"] for each in body_of(me)["roles"]] == ["area_admin"]


def _in_area(api, slug: str, schema_name: str):
    api.world.races = TestArea(slug=slug, schema_name=schema_name)
    forget_areas()
    return api.on("races").with_token(None)


@pytest.fixture(autouse=True)
def _races_area_stays(world):
    before = world.races
    yield
    world.races = before


def test_apply__secrets__not_in_the_database(joining):
    token = body_of(joining.apply("kept"))["token"]
    work()
    proof = secret("prove")
    digests = set(ApplicationLink.objects.values_list("digest", flat=True))
    assert not {token, proof} & digests
    for kept in (*Job.objects.values_list("params", flat=True), *_journal_values()):
        assert token not in str(kept)
        assert proof not in str(kept)


def _journal_values():
    return JournalEntry.objects.values_list("values", flat=True)


def test_mail__name_with_line_breaks_and_braces__one_subject_line_and_no_surprise(joining):
    name = "เขต\r\nBcc: x@example.com {contact} {0}"
    joining.submitted("odd")
    AreaApplication.objects.filter(slug="slug-odd").update(name_th=name)
    joining.decide(str(AreaApplication.objects.get(slug="slug-odd").pk), "approve")
    work()
    assert "\n" not in mail.outbox[-1].subject
    assert "{contact} {0}" in mail.outbox[-1].body
    assert mail.outbox[-1].recipients() == ["odd@example.go.th"]


@pytest.mark.parametrize("slug", ["api", "www", "admin", "platform", "static", "outbox"])
def test_apply__reserved_name__refused(joining, slug):
    refused = joining.apply("x", slug=slug)
    assert (refused.status_code, body_of(refused)["code"]) == (409, "area_name_taken")


@pytest.mark.parametrize(
    "slug", ["Loei", "loei_2", "2loei", "loei-", "xn--loei", "lo ei", "ab", "เลย", "a" * 41, "a.b"]
)
def test_apply__name_that_is_no_sub_domain__invalid(joining, slug):
    refused = joining.apply("x", slug=slug)
    assert refused.status_code == 400
    assert [each["pointer"] for each in body_of(refused)["errors"]] == ["/slug"]


@pytest.mark.parametrize(
    "taken",
    [
        {"slug": "area-t1"},
        {"code": "t1"},
        {"slug": "slug-submitted"},
        {"code": "code-submitted"},
    ],
)
def test_apply__name_of_an_area_or_of_a_live_application__refused(joining, taken):
    refused = joining.apply("second", **taken)
    assert (refused.status_code, body_of(refused)["code"]) == (409, "area_name_taken")


def test_apply__mistyped_address__applying_again_gets_through(joining):
    joining.apply("nan1", email="nan1@exmaple.go.th")
    again = joining.apply("nan1")  # the first one holds no name until it is proven
    assert again.status_code == 201
    work()
    assert mail.outbox[-1].to == ["nan1@example.go.th"]
    assert joining.prove(secret("prove")).status_code == 200


def test_prove__two_applications_for_one_area__the_first_to_prove_wins(joining):
    proofs = []
    for email in ("one@example.go.th", "two@example.go.th"):
        joining.apply("phrae1", email=email)
        work()
        proofs.append(secret("prove"))

    assert joining.prove(proofs[1]).status_code == 200
    late = joining.prove(proofs[0])
    assert (late.status_code, body_of(late)["code"]) == (409, "area_name_taken")


def test_prove__twice__same_answer_and_one_journal_entry(joining):
    joining.apply("twice")
    work()
    first, second = joining.prove(secret("prove")), joining.prove(secret("prove"))

    assert first.content == second.content
    entries = JournalEntry.objects.filter(
        subject_id=body_of(first)["id"], verb="tenants.application.submitted"
    )
    assert [each.actor_kind for each in entries] == ["link"]


def test_prove__personal_link__proves_nothing(joining):
    token = body_of(joining.apply("shortcut"))["token"]
    refused = joining.prove(token)
    assert (refused.status_code, body_of(refused)["code"]) == (404, "link_invalid")


def test_links__expired_or_unknown__one_uniform_answer(joining):
    token = body_of(joining.apply("old"))["token"]
    ApplicationLink.objects.update(expires_at=timezone.now())
    answers = [body_of(joining.status(each)) for each in (token, "n" * 43)]
    assert answers[0]["code"] == "link_invalid"
    assert {**answers[0], "request_id": ""} == {**answers[1], "request_id": ""}


def test_remind__known_and_unknown_address__same_answer_and_earlier_links_stay_valid(joining):
    token = body_of(joining.apply("again"))["token"]
    work()
    sent = len(mail.outbox)
    known = joining.anyone.post(
        "/api/v1/area-applications/remind", {"email": "AGAIN@example.go.th"}
    )
    work()
    assert len(mail.outbox) == sent + 1
    unknown = joining.anyone.post("/api/v1/area-applications/remind", {"email": "x@example.go.th"})
    work()
    assert len(mail.outbox) == sent + 1
    assert known.status_code == unknown.status_code == 204
    assert joining.status(token).status_code == 200
    assert joining.status(secret("token")).status_code == 200


def test_reject__submitted__applicant_reads_the_reason_and_may_apply_again(joining):
    application = joining.submitted("trat")
    rejected = joining.decide(application, "reject", {"reason": "ไม่ใช่อีเมลของสำนักงาน"})
    assert (rejected.status_code, body_of(rejected)["state"]) == (200, "rejected")
    work()
    assert "ไม่ใช่อีเมลของสำนักงาน" in mail.outbox[-1].body
    assert body_of(joining.status(secret("token")))["reason"] == "ไม่ใช่อีเมลของสำนักงาน"
    assert joining.apply("trat").status_code == 201


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_decide__not_proven_yet__conflict(joining, verb):
    application = body_of(joining.apply("early"))["application"]["id"]
    refused = joining.decide(application, verb, {"reason": "x"} if verb == "reject" else None)
    assert (refused.status_code, body_of(refused)["code"]) == (409, "application_state")


def test_approve__double_click__one_area_and_one_job(joining):
    application = joining.submitted("double")
    first, second = (joining.decide(application, "approve") for _ in range(2))

    assert (first.status_code, second.status_code) == (202, 409)
    assert Area.objects.filter(slug="slug-double").count() == 1
    assert Job.objects.filter(kind="tenants.provision").count() == 1


def test_approve__name_was_taken_meanwhile__conflict_and_still_submitted(joining):
    application = joining.submitted("late")
    Area.objects.filter(code="suspended").update(slug="slug-late")
    refused = joining.decide(application, "approve")

    assert (refused.status_code, body_of(refused)["code"]) == (409, "area_name_taken")
    assert AreaApplication.objects.get(pk=application).state == "submitted"


def test_approve__applicant_has_an_account_already__no_second_invitation(joining):
    application = joining.submitted("known")
    joining.decide(application, "approve")
    work()
    with schema_context("a_slug_known"):
        User.objects.create_user(display_name="มีอยู่แล้ว", email="known@example.go.th")
    sent = len(mail.outbox)
    Job.objects.filter(kind="tenants.provision").update(state=JobState.FAILED)
    assert joining.decide(application, "approve").status_code == 202
    work()
    assert len(mail.outbox) == sent


def test_list__more_rows__same_number_of_queries(joining, django_assert_num_queries):
    for count in (1, 3):
        for number in range(count):
            joining.apply(f"row-{count}-{number}")
        with django_assert_num_queries(3):  # who is asking; rows with their areas; documents
            listed = joining.operator.get("/api/v1/area-applications")
        assert listed.status_code == 200


def test_list__by_state__only_those(joining):
    listed = joining.operator.get("/api/v1/area-applications", {"state": "unproven"})
    assert {each["state"] for each in body_of(listed)["items"]} == {"unproven"}


def test_forget__a_month_later__unproven_and_their_links_gone_submitted_ones_stay(joining):
    kept = joining.submitted("kept")
    joining.apply("forgotten")
    work()
    later = timezone.now() + LASTS + timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        forget_stale_applications()

    assert not ApplicationLink.objects.exists()
    assert not AreaApplication.objects.filter(code="code-forgotten").exists()
    assert AreaApplication.objects.filter(pk=kept).exists()
