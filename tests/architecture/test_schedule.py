"""Every task that is sent by name exists, and what beat sends at night really forgets."""

from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.utils import timezone
from django_tenants.utils import schema_context

from core.api.models import IdempotentAnswer


@pytest.fixture(autouse=True)
def _all_tasks_loaded():
    current_app.loader.import_default_modules()


def test_schedule__each_task_and_what_it_fans_out__is_registered():
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        for name in [entry["task"], *entry.get("args", [])]:
            assert name in current_app.tasks
        assert entry["options"]["headers"] == {"krunet_schema": "public"}


def test_forget_old_answers__past_their_time__gone_the_others_stay(world):
    with schema_context(world.t1.schema_name):
        old, young = (
            IdempotentAnswer.objects.create(
                id=uuid4(),
                fingerprint=b"",
                status=201,
                headers={},
                content_type="application/json",
                body=b"",
            )
            for _ in range(2)
        )
        IdempotentAnswer.objects.filter(pk=old.pk).update(
            created_at=timezone.now() - timedelta(days=2, seconds=1)
        )
        current_app.tasks["core.api.forget_old_answers"].run()

        assert list(IdempotentAnswer.objects.values_list("pk", flat=True)) == [young.pk]
