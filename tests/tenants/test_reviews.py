"""Between an application and an area: mistypes, questions, documents, failures."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tenants.utils import schema_context

from core.jobs.models import Job
from core.journal.models import JournalEntry
from tenants.actions.applications import forget_stale_applications, resume_failed
from tenants.enums import ApplicationState, AreaState
from tenants.models import ApplicationDocument, Area, AreaApplication, OfficialDomain
from tenants.official import speaks_for_its_office
from tenants.provisioning import make_role_and_schema, make_tables
from tests.client import body_of
from tests.tenants.cast import PDF
from tests.tenants.conftest import secret, work

APPLICATIONS = "/api/v1/area-applications"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"


def _code(response) -> tuple[int, str]:
    return response.status_code, body_of(response)["code"]


def _proven(joining, name: str, **changes: str) -> tuple[str, str]:
    """(id, token of the personal link) of an application whose address is proven."""
    told = body_of(joining.apply(name, **changes))
    work()
    assert joining.prove(secret("prove")).status_code == 200
    return told["application"]["id"], told["token"]


# --- More is wanted -----------------------------------------------------------------------------
def test_ask__answered__back_to_review_with_what_was_said_and_corrected(joining):
    application, token = _proven(joining, "asked-1")

    asked = body_of(joining.decide(application, "ask", {"text": "ขอสำเนาคำสั่ง"}))
    work()
    assert asked["state"] == "more_wanted"
    assert "ขอสำเนาคำสั่ง" in mail.outbox[-1].body
    assert joining.status(secret("token")).status_code == 200

    answer = {"token": token, "text": "แนบแล้ว", "name_en": "The right name"}
    replied = body_of(joining.anyone.post(f"{APPLICATIONS}/reply", answer))
    assert (replied["state"], replied["name_en"]) == ("submitted", "The right name")
    assert [(each["from"], each["text"]) for each in replied["messages"]] == [
        ("operator", "ขอสำเนาคำสั่ง"),
        ("applicant", "แนบแล้ว"),
    ]
    again = joining.anyone.post(f"{APPLICATIONS}/reply", answer)
    assert _code(again) == (409, "application_state")


def test_reply__to_a_name_that_another_office_has__refused_and_still_asked(joining):
    application, token = _proven(joining, "wrong-slug")
    joining.submitted("right-slug")
    joining.decide(application, "ask", {"text": "?"})
    for slug, outcome in [("slug-right-slug", 409), ("admin", 409), ("slug-fine", 200)]:
        answer = {"token": token, "text": "แก้แล้ว", "slug": slug}
        replied = joining.anyone.post(f"{APPLICATIONS}/reply", answer)
        assert replied.status_code == outcome
    assert (body_of(replied)["slug"], len(body_of(replied)["messages"])) == ("slug-fine", 2)


def test_ask__while_waiting__the_name_is_kept_for_the_applicant(joining):
    application = joining.submitted("kept-name")
    joining.decide(application, "ask", {"text": "?"})
    assert _code(joining.apply("kept-name", email="other@kept.example")) == (409, "area_name_taken")
    assert joining.decide(application, "approve").status_code == 202


def test_ask__decided__refused(joining):
    application = joining.submitted("late")
    joining.decide(application, "reject", {"reason": "ไม่ครบ"})
    assert _code(joining.decide(application, "ask", {"text": "?"})) == (409, "application_state")


# --- Documents ----------------------------------------------------------------------------------
def _attach(joining, token: str, content: bytes, name: str = "letter.pdf"):
    file = io.BytesIO(content)
    file.name = name
    return joining.anyone.upload(f"{APPLICATIONS}/attach", {"token": token, "file": file})


def test_attach__read_by_operators_alone_as_a_file_to_save(joining):
    _, token = _proven(joining, "paper")
    (document,) = body_of(_attach(joining, token, PNG, "../คำสั่ง.png"))["documents"]
    assert document["content_type"] == "image/png"

    path = f"/api/v1/application-documents/{document['id']}"
    answer = joining.operator.get(path)
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert joining.anyone.get(path).status_code == 401


@pytest.mark.parametrize(
    "content",
    [b"<html>%PDF-", b"%PDF-1.7 cut off", b"MZ\x90", b"%PDF-" + b"x" * 10_485_760 + b"%%EOF"],
)
def test_attach__something_else__refused_and_not_kept(joining, content):
    _, token = _proven(joining, "odd")
    assert _code(_attach(joining, token, content)) == (415, "file_not_accepted")
    assert not ApplicationDocument.objects.filter(application__slug="slug-odd").exists()


def test_attach__more_than_three__refused(joining):
    _, token = _proven(joining, "much")
    for number in range(3):
        assert _attach(joining, token, _paper(number)).status_code == 200
    assert _code(_attach(joining, token, _paper(3))) == (409, "too_many_documents")


def _paper(number: int) -> bytes:
    return PDF.replace(b"<<>>", b"<</N %d>>" % number)


def test_attach__double_click__kept_once(joining):
    _, token = _proven(joining, "click")
    first, second = (_attach(joining, token, PDF) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert len(body_of(second)["documents"]) == 1


def test_attach__unknown_link__refused_and_not_kept(joining):
    assert _code(_attach(joining, "n" * 43, PDF)) == (404, "link_invalid")
    assert not ApplicationDocument.objects.filter(file_name="letter.pdf").exists()


def test_attach__address_not_proven__refused(joining):
    token = body_of(joining.apply("stranger"))["token"]
    assert _code(_attach(joining, token, PDF)) == (409, "application_state")


def test_documents__long_after_the_decision__forgotten(joining):
    application = joining.submitted("old-paper")
    row = AreaApplication.objects.get(pk=application)
    ApplicationDocument.objects.create(
        application=row, file_name="x", content_type="application/pdf", content=PDF
    )
    joining.decide(application, "reject", {"reason": "-"})
    forget_stale_applications()
    assert row.documents.exists()
    AreaApplication.objects.filter(pk=row.pk).update(decided_at=timezone.now() - timedelta(days=91))
    forget_stale_applications()
    assert not row.documents.exists()


# --- Domains that vouch -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("listed", "email", "vouches"),
    [
        ("buriram4.go.th", "head@buriram4.go.th", True),
        ("buriram4.go.th", "head@BURIRAM4.GO.TH", True),
        ("buriram4.go.th", "head@mail.buriram4.go.th", False),
        ("buriram4.go.th", "head@notburiram4.go.th", False),
        ("buriram4.go.th", "head@buriram4.go.th.evil.example", False),
        ("*.obec.go.th", "head@surin.obec.go.th", True),
        ("*.obec.go.th", "head@a.b.obec.go.th", True),
        ("*.obec.go.th", "head@obec.go.th", False),
        ("*.obec.go.th", "head@xobec.go.th", False),
        ("ทดสอบ.example", "head@xn--l3cjl0b4bc.example", False),
    ],
)
def test_official_domain__matches__whole_labels_only(joining, listed, email, vouches):
    made = joining.operator.post("/api/v1/official-domains", {"domain": listed})
    assert made.status_code == 201
    assert speaks_for_its_office(email, "any") is vouches


def test_official_domain__for_one_code__vouches_for_no_other(joining):
    OfficialDomain.objects.create(domain="only.example", code="code-mine")
    assert speaks_for_its_office("a@only.example", "code-mine")
    assert not speaks_for_its_office("a@only.example", "code-theirs")


@pytest.mark.parametrize("domain", ["th", "*.th", "", "two words", "a..b"])
def test_official_domain__no_domain__refused(joining, domain):
    made = joining.operator.post("/api/v1/official-domains", {"domain": domain})
    assert made.status_code == 400


def test_official_domain__twice__taken(joining):
    for status in (201, 409):
        made = joining.operator.post("/api/v1/official-domains", {"domain": "Twice.Example."})
        assert made.status_code == status


def test_prove__from_an_official_domain__set_up_without_review(joining):
    OfficialDomain.objects.create(domain="vouched.example")
    token = body_of(joining.apply("vouched", email="head@vouched.example"))["token"]
    work()
    proven = body_of(joining.prove(secret("prove")))

    assert proven["state"] == "approved"
    assert proven["setting_up"] == {"state": "waiting", "done": 0, "total": None}
    work()
    followed = body_of(joining.status(token))
    assert followed["setting_up"] == {"state": "succeeded", "done": 5, "total": 5}
    assert followed["area_url"]
    entry = JournalEntry.objects.get(verb="tenants.application.approved")
    assert entry.actor_kind == "system"


# --- Setting up fails ---------------------------------------------------------------------------
@pytest.fixture
def failed(joining) -> AreaApplication:
    """Approved, half set up, and the job has given up."""
    application = joining.submitted("fails")
    job = body_of(joining.decide(application, "approve"))
    row = AreaApplication.objects.get(pk=application)
    make_role_and_schema(row.area)
    make_tables(row.area)
    Job.objects.filter(pk=job["id"]).update(state="failed")
    return row


def test_give_up__half_an_area__nothing_is_left_and_the_office_may_apply_again(joining, failed):
    schema, role = failed.area.schema_name, connection.role_of(failed.area.schema_name)
    given_up = body_of(joining.decide(str(failed.pk), "give-up", {"reason": "ดิสก์เต็ม"}))
    work()

    assert (given_up["state"], given_up["setting_up"]) == ("rejected", None)
    assert "ดิสก์เต็ม" in mail.outbox[-1].body
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_namespace WHERE nspname = %s UNION ALL "
            "SELECT count(*) FROM pg_roles WHERE rolname = %s",
            [schema, role],
        )
        assert cursor.fetchall() == [(0,), (0,)]
    assert not Area.objects.filter(slug="slug-fails").exists()
    assert joining.apply("fails").status_code == 201


def test_give_up__under_way_or_done__refused(joining):
    application = joining.submitted("fine")
    joining.decide(application, "approve")
    told = joining.decide(application, "give-up", {"reason": "x"})
    assert _code(told) == (409, "application_state")
    work()
    told = joining.decide(application, "give-up", {"reason": "x"})
    assert _code(told) == (409, "application_state")
    with schema_context("a_slug_fine"):
        assert not Job.objects.filter(state="failed").exists()


def test_give_up__letter_failed_but_the_door_is_open__refused_and_nothing_lost(joining, failed):
    Area.objects.filter(pk=failed.area_id).update(state=AreaState.ACTIVE)
    told = joining.decide(str(failed.pk), "give-up", {"reason": "x"})
    assert _code(told) == (409, "area_state")
    assert Area.objects.filter(pk=failed.area_id).exists()


def test_resume__door_open_but_no_letter_sent__the_first_administrator_gets_it(failed):
    Area.objects.filter(pk=failed.area_id).update(state=AreaState.ACTIVE)
    assert resume_failed() == 1
    work()
    assert "/invitation#token=" in mail.outbox[-1].body
    assert resume_failed() == 0


def test_resume__the_next_night__what_failed_is_set_up_after_all(failed):
    assert resume_failed() == 1
    work()
    failed.refresh_from_db()
    assert failed.area.state == AreaState.ACTIVE
    assert resume_failed() == 0


def test_resume__days_later__left_to_an_operator_who_is_told(failed, caplog):
    AreaApplication.objects.filter(pk=failed.pk).update(
        decided_at=timezone.now() - timedelta(days=4)
    )
    assert resume_failed() == 0
    assert "area_not_set_up" in caplog.text
    assert str(failed.pk) in caplog.text
    assert AreaApplication.objects.get(pk=failed.pk).state == ApplicationState.APPROVED
