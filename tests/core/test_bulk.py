"""COPY and bulk changes: the same rows as one by one, whatever the text."""

from uuid import UUID

import pytest
from django_tenants.utils import schema_context

from clusters.models import School
from core.actor import SYSTEM
from core.bulk import among, insert_rows, update_rows
from core.journal import actions as journal
from core.journal.actions import Event, Subject
from core.journal.models import JournalEntry
from core.thai import sort_key

NAMES = ['บ้าน "ใหม่", ก', "a\tb\\N", "สองบรรทัด\nต่อ", "\\.", "'; --", "é😀"]


@pytest.fixture
def area(world):
    with schema_context(world.t1.schema_name):
        yield world.t1


def _insert() -> list[School]:
    insert_rows(
        School,
        [
            {
                "code": f"B{number}",
                "name_th": name,
                "sort_key": sort_key(name),
                "district": "",
                "province": "บุรีรัมย์",
                "pupil_count": number or None,
            }
            for number, name in enumerate(NAMES)
        ],
    )
    codes = among(f"B{number}" for number in range(len(NAMES)))
    return list(School.objects.filter(code__in=codes).order_by("code"))


def test_insert_rows__awkward_texts_and_nulls__kept_exactly(area):
    schools = _insert()

    assert [school.name_th for school in schools] == NAMES
    assert [school.pupil_count for school in schools] == [None, 1, 2, 3, 4, 5]
    assert {(school.district, school.version, school.code_is_official) for school in schools} == {
        ("", 1, True)
    }
    assert all(isinstance(school.pk, UUID) and school.created_at for school in schools)


def test_update_rows__some__those_change_and_count_a_version(area):
    first, second, *_ = _insert()

    update_rows(School, [{"id": first.pk, "levels": 'ป."1"', "pupil_count": None}])

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.levels, first.version, second.version) == ('ป."1"', 2, 1)


def test_record_many__more_than_a_few__numbered_without_gaps_like_a_few(area):
    before = journal.last_number()
    school = School.objects.first()
    subject = Subject("school", school.pk)
    events = [Event("tests.many", subject, changes={"n": [number, "ก"]}) for number in range(60)]

    journal.record_many(events[:10], actor=SYSTEM)
    journal.record_many(events, actor=SYSTEM)

    entries = list(JournalEntry.objects.filter(number__gt=before).order_by("number"))
    assert [entry.number for entry in entries] == list(range(before + 1, before + 71))
    few, many = entries[9], entries[19]
    same = ("verb", "subject_kind", "subject_id", "actor_kind", "actor_id", "fields", "values")
    assert [getattr(few, name) for name in same] == [getattr(many, name) for name in same]
