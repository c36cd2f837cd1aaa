"""The journal's numbers: no gaps, in commit order, whoever writes at once."""

import threading

import pytest
from django.db import connection, transaction
from django_tenants.utils import schema_context

from core.actor import SYSTEM
from core.jobs.models import Job
from core.journal import actions as journal
from core.journal.models import JournalEntry
from tests.concurrency.together import together


def _write(schema: str, times: int, *, spoil: bool = False) -> None:
    with schema_context(schema):
        for _ in range(times):
            with transaction.atomic():
                job = Job.objects.create(kind="tests.nothing")
                journal.record("tests.job.made", job, actor=SYSTEM)
                if spoil:
                    transaction.set_rollback(True)


def test_journal__many_writers_some_rolled_back__no_gap(races):
    schema = races.area.schema_name
    with schema_context(schema):
        before = journal.last_number()

    together(*[lambda spoil=spoil: _write(schema, 10, spoil=spoil) for spoil in (False, True) * 3])

    with schema_context(schema):
        numbers = list(
            JournalEntry.objects.filter(number__gt=before)
            .order_by("number")
            .values_list("number", flat=True)
        )
    assert numbers == list(range(before + 1, before + 31))


def test_journal__reader_between_two_commits__never_skips_a_late_one(races):
    """A cursor that has read number n can never miss an entry below n."""
    schema = races.area.schema_name
    recorded, release = threading.Event(), threading.Event()
    seen: list[list[int]] = []

    def slow() -> None:
        with schema_context(schema), transaction.atomic():
            journal.record("tests.slow", Job.objects.create(kind="x"), actor=SYSTEM)
            recorded.set()
            release.wait(10)

    def fast() -> None:
        recorded.wait(10)
        timer = threading.Timer(0.3, release.set)
        timer.start()
        _write(schema, 1)  # waits for the slow one's commit, since that one holds the head
        timer.join()
        with schema_context(schema):
            seen.append(list(JournalEntry.objects.values_list("number", flat=True)))

    together(slow, fast)

    assert sorted(seen[0]) == list(range(1, max(seen[0]) + 1))


def test_journal__outside_a_transaction__refused(races):
    with schema_context(races.area.schema_name):
        assert not connection.in_atomic_block
        with pytest.raises(RuntimeError, match="transaction"):
            journal.record("tests.alone", Job(kind="x"), actor=SYSTEM)
