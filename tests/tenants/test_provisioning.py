"""Setting an area up: each step may be the last before a death, and doing it again converges."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tenants.utils import schema_context

from accounts.models import Invitation
from core.area_settings.kinds import all_kinds
from core.jobs.actions import run_job
from core.jobs.models import Job, JobState
from tenants import jobs, provisioning
from tenants.models import Area, Domain
from tenants.provisioning import provision, remove, starts_with
from tenants.template import migration_names
from tests.client import body_of
from tests.tenants.conftest import work

PIECES = 5


@pytest.fixture
def job(joining) -> Job:
    """An approved application's setting-up, not yet begun."""
    application = joining.submitted("dies")
    return Job.objects.get(pk=body_of(joining.decide(application, "approve"))["id"])


def _area() -> Area:
    return Area.objects.get(slug="slug-dies")


def _catalog() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relkind, c.relacl::text FROM pg_class c "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'a_slug_dies' ORDER BY 1"
        )
        return cursor.fetchall()


def _die_before(piece: int, monkeypatch) -> None:
    """The process is gone when this piece is reached: nothing after it is written."""

    def death(*_):
        raise KeyboardInterrupt

    pieces = list(jobs._PIECES)
    pieces[piece] = death
    monkeypatch.setattr(jobs, "_PIECES", tuple(pieces))


@pytest.mark.parametrize("piece", range(PIECES))
def test_provisioning__killed_before_any_piece__another_worker_completes(job, monkeypatch, piece):
    with monkeypatch.context() as patched:
        _die_before(piece, patched)
        with pytest.raises(KeyboardInterrupt):
            run_job(job.pk)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.RUNNING, piece)  # the dead worker's lease holds

    Job.objects.filter(pk=job.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.SUCCEEDED, PIECES)
    assert _area().state == "active"
    with schema_context("a_slug_dies"):
        assert Invitation.objects.filter(accepted_at=None, revoked_at=None).count() == 1


def test_provisioning__all_steps_done_again__nothing_changes(job):
    run_job(job.pk)
    before = _catalog()
    provision(_area())

    assert _catalog() == before
    assert len(before) > 0
    with schema_context("a_slug_dies"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone() == (len(migration_names()),)


def test_provisioning__failed_for_good__approving_again_resumes(joining, job):
    application = Job.objects.get(pk=job.pk).params["application"]
    assert joining.decide(application, "approve").status_code == 409  # under way
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)

    again = joining.decide(application, "approve")
    assert again.status_code == 202
    assert body_of(again)["id"] != str(job.pk)
    work()
    assert _area().state == "active"
    assert joining.decide(application, "approve").status_code == 409  # done


def test_provisioning__invited_twice__only_the_newest_link_is_open(job):
    run_job(job.pk)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, cursor={"done": 4})
    run_job(job.pk)

    with schema_context("a_slug_dies"):
        assert Invitation.objects.filter(revoked_at=None).count() == 1
    assert [each.subject for each in mail.outbox][-2:] == [mail.outbox[-1].subject] * 2


def test_provisioning__defaults__written_with_the_areas_own_rights(job, monkeypatch):
    seen = []

    def starter(area: Area) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_schema()")
            seen.append(cursor.fetchone())

    monkeypatch.setattr(provisioning, "_starters", [*provisioning._starters])
    starts_with(starter)
    run_job(job.pk)
    assert seen == [(connection.role_of("a_slug_dies"), "a_slug_dies")]


def test_provisioning__host_name__kept_in_django_tenants_own_table(job):
    assert Domain.objects.get(tenant=_area()).domain == "slug-dies.localhost"


def test_remove__area__schema_and_role_are_gone_and_it_can_be_made_again(job):
    run_job(job.pk)
    remove(_area())
    assert _catalog() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname = %s", [connection.role_of("a_slug_dies")]
        )
        assert cursor.fetchone() == (0,)
    remove(_area())
    provision(_area())
    assert _catalog()


def test_role__long_names__stay_apart():
    names = {connection.role_of("a_" + "x" * 48 + end) for end in "12"}
    assert len(names) == 2
    assert all(len(name.encode()) <= 63 for name in names)


def test_provisioning__first_minute__the_admin_finds_every_setting_at_its_default(job, api):
    run_job(job.pk)
    link = mail.outbox[-1].body.split("#token=")[1].split()[0]

    def send(method, path, body=None, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return getattr(Client(), method)(
            f"/api/v1/{path}", body, "application/json", SERVER_NAME="slug-dies.localhost",
            headers=headers,
        )  # fmt: skip

    password = "a different horse altogether"
    accepted = send("post", "invitations/accept", {"token": link, "password": password})
    token = body_of(accepted)["session_token"]
    told = body_of(
        Client().get(
            "/api/v1/settings",
            SERVER_NAME="slug-dies.localhost",
            headers={"Authorization": f"Bearer {token}"},
        )
    )
    assert set(told) == {kind.code for kind in all_kinds()}
    assert [each for each in told.values() if each["number"] or each["following"]] == []
    document = {"cluster_th": "สหวิทยาเขต", "cluster_en": "United campus"}
    made = send("post", "settings/labels/versions", {"document": document}, token)
    assert made.status_code == 201
