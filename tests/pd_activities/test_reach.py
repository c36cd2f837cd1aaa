"""Without an account nobody is "oneself": rows of people without one stay out of sight."""

import pytest
from django_tenants.utils import schema_context

from clusters.models import Teacher
from core.actor import ANONYMOUS, Actor, ActorKind
from pd_activities.models import ActivityLog
from pd_activities.queries import attendance, committees, hours, logs, training, visits

QUERIES = [
    attendance.attendance_visible_to,
    committees.committees_visible_to,
    hours.transcripts_visible_to,
    logs.logs_visible_to,
    training.enrolments_visible_to,
    training.trainings_visible_to,
    visits.visits_visible_to,
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.__name__)
def test_visible__to_nobody__nothing_even_of_teachers_without_an_account(api, query):
    with schema_context(api.area.schema_name):
        Teacher.objects.update(user=None)
        assert ActivityLog.objects.exists()
        assert not query(ANONYMOUS).exists()
        assert not query(Actor(kind=ActorKind.LINK)).exists()
