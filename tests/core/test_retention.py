"""What the night forgets, and when: as each area has set it."""

import uuid
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import Invitation
from accounts.tokens import digest
from core.actor import SYSTEM
from core.api.models import IdempotentAnswer
from core.area_settings.actions import adopt_setting
from core.documents.models import Document
from core.imports.models import ImportBatch
from core.jobs.models import Job
from core.retention import RETENTION, Retention
from tests.client import body_of

USUAL = Retention().as_document()


def _document(at):
    made = Document.objects.create(
        kind="tests.document",
        subject_id=uuid.uuid4(),
        file_name="x.pdf",
        content_type="application/pdf",
        content=b"%PDF",
    )
    Document.objects.filter(pk=made.pk).update(created_at=at)
    return made


def _job(at):
    return Job.objects.create(kind="tests.nothing", state="succeeded", finished_at=at)


def _answer(at):
    made = IdempotentAnswer.objects.create(
        id=uuid.uuid4(),
        fingerprint=b"",
        status=201,
        headers={},
        content_type="application/json",
        body=b"",
    )
    IdempotentAnswer.objects.filter(pk=made.pk).update(created_at=at)
    return made


def _import(at):
    made = ImportBatch.objects.create(kind="schools", file_name="x.csv")
    ImportBatch.objects.filter(pk=made.pk).update(created_at=at)
    return made


def _invitation(at):
    return Invitation.objects.create(
        email=f"{uuid.uuid4().hex}@example.go.th",
        display_name="x",
        role="viewer",
        scope="area",
        token_digest=digest(uuid.uuid4().hex),
        expires_at=at,
    )


def _is_there(row) -> bool:
    return type(row).objects.filter(pk=row.pk).exists()


KINDS = {
    "documents": (_document, "core.documents.forget_old", 3),
    "finished_jobs": (_job, "core.jobs.forget_finished", 10),
    "answers": (_answer, "core.api.forget_old_answers", 20),
    "imports": (_import, "core.imports.forget_old", 5),
    "invitations": (_invitation, "accounts.forget_expired", 200),
}


@pytest.mark.parametrize("what", KINDS)
def test_night__other_days_set__only_that_area_obeys_them(world, what):
    make, task, days = KINDS[what]
    current_app.loader.import_default_modules()
    left = {}
    for area, kept in ((world.t1, days), (world.t2, USUAL[what])):
        with schema_context(area.schema_name):
            if area is world.t1:
                adopt_setting(RETENTION, {**USUAL, what: days}, actor=SYSTEM)
            late = timezone.now() - timedelta(days=kept, seconds=5)
            old, young = make(late), make(late + timedelta(seconds=60))
            current_app.tasks[task].run()
            left[area.slug] = [
                type(each).objects.filter(pk=each.pk).exists() for each in (old, young)
            ]
    assert left == {"area-t1": [False, True], "area-t2": [False, True]}


@pytest.mark.parametrize(("what", "days"), [("documents", 0), ("answers", 31), ("imports", -1)])
def test_retention__beyond_its_bounds__refused(api, what, days):
    chief = api.as_("area_admin")
    body = {"document": {**USUAL, what: days}}
    refused = chief.post("/api/v1/settings/retention/versions", body)
    assert [each["pointer"] for each in body_of(refused)["errors"]] == [f"/document/{what}"]
