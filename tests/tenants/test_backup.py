"""One area to one file and back: the same rows, nobody else touched, never half an area."""

import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import schema_context
from psycopg import sql

from accounts.models import User
from clusters.models import School
from core.journal.models import JournalEntry
from tenants.backup import MANIFEST, member, write_backup
from tenants.enums import AreaState
from tenants.models import Area
from tests.architecture.catalog import catalog
from tests.areas import later_version
from tests.client import Api, body_of

COPY = {"slug": "copy", "code": "copy"}


@pytest.fixture
def backup(world, tmp_path):
    path = tmp_path / "t1.zip"
    call_command("backup_area", "t1", str(path))
    return path


def _digests(path):
    with zipfile.ZipFile(path) as archive:
        tables = json.loads(archive.read(MANIFEST))["tables"]
    return {name: (each["rows"], each["sha256"]) for name, each in tables.items()}


def _restored(path, **names) -> Area:
    call_command("restore_area", str(path), **(names or COPY))
    return Area.objects.get(code=(names or COPY)["code"])


def test_restore__into_a_fresh_schema__every_row_as_it_was_and_others_untouched(backup, tmp_path):
    other = Area.objects.get(code="t2")
    write_backup(other, tmp_path / "before.zip")

    copy = _restored(backup)

    assert copy.state == AreaState.ACTIVE
    with zipfile.ZipFile(backup) as archive:
        told = json.loads(archive.read(MANIFEST))["tables"]
    with schema_context(copy.schema_name), connection.cursor() as cursor:
        for name, each in told.items():
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
            assert cursor.fetchone() == (each["rows"],), name
    assert told["accounts_user"]["rows"] > 5
    assert catalog(copy.schema_name) == catalog("a_t1")
    write_backup(other, tmp_path / "after.zip")
    assert _digests(tmp_path / "after.zip") == _digests(tmp_path / "before.zip")


def test_restored_area__people_sign_in_and_write_with_its_own_role(backup, world):
    copy = _restored(backup)
    api = Api(world).with_token(world.t1.people["officer"].token)

    answer = api.send(
        "POST",
        "/api/v1/schools",
        body={"code": "31049999", "name_th": "ใหม่", "district": "สตึก", "province": "บุรีรัมย์"},
        host=f"{copy.slug}.localhost",
    )

    assert answer.status_code == 201
    with schema_context(copy.schema_name):
        assert School.objects.filter(code="31049999").exists()
        assert JournalEntry.objects.filter(subject_id=body_of(answer)["id"]).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (connection.role_of(copy.schema_name),)
    with schema_context("a_t1"):
        assert not School.objects.filter(code="31049999").exists()


@pytest.mark.parametrize(
    "names", [{"slug": "area-t1", "code": "copy"}, {"slug": "copy", "code": "t2"}]
)
def test_restore__an_area_is_there__refused(backup, names):
    with pytest.raises(CommandError, match="nothing restored"):
        call_command("restore_area", str(backup), **names)
    assert not Area.objects.filter(slug="copy").exists()


def test_restore__after_a_run_that_died__starts_over(backup):
    half = Area.objects.create(
        code="copy",
        slug="copy",
        schema_name="a_copy",
        name_th="ค้าง",
        name_en="Half",
        kind="primary",
        province="-",
    )
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA a_copy")
        cursor.execute("CREATE TABLE a_copy.rubbish (id int)")

    copy = _restored(backup)

    assert (copy.pk, copy.state) != (half.pk, AreaState.PROVISIONING)
    assert catalog("a_copy") == catalog("a_t1")


_CHANGES = {
    "is not what it was": (member("clusters_school"), b"\t", b" \t"),
    "not those of its migrations": (MANIFEST, b'"levels"', b'"grades"'),
    "of a newer version": (MANIFEST, b'"0001_initial"', b'"9999_later"'),
    "has format 2": (MANIFEST, b'"format": 1', b'"format": 2'),
}


@pytest.mark.parametrize("reason", _CHANGES)
def test_restore__changed_file__refused_and_nothing_serves(backup, tmp_path, reason):
    changed, (place, before, after) = tmp_path / "changed.zip", _CHANGES[reason]
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(before, after, 1) if name == place else content)

    with pytest.raises(CommandError, match=reason):
        call_command("restore_area", str(changed), **COPY)
    assert not Area.objects.filter(code="copy", state=AreaState.ACTIVE).exists()


def test_restore__not_a_backup__refused(tmp_path, world):
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(CommandError, match="Nothing was restored"):
        call_command("restore_area", str(tmp_path / "text.zip"))


def test_restore__backup_of_older_code__is_migrated_forward(backup):
    with later_version("tests.tenants.migrations.tomorrow"):
        copy = _restored(backup)
        with schema_context(copy.schema_name), connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'monitoring'")
            assert cursor.fetchall()
            assert User.objects.count() > 5


def test_backup__no_such_area__says_so(world, tmp_path):
    with pytest.raises(CommandError, match="no area"):
        call_command("backup_area", "nowhere", str(tmp_path / "x.zip"))
    assert not list(tmp_path.iterdir())


def test_backup__cannot_be_written__leaves_nothing(world, tmp_path):
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup_area", "t1", str(tmp_path / "missing" / "x.zip"))
