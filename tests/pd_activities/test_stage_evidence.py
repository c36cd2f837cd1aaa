"""What this room tells of a cluster's network stage."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import schema_context

from clusters.evidence import evidence_of
from clusters.models import Cluster, Membership, Teacher
from core.dates import USUAL_CALENDAR
from pd_activities.models import Meeting, SupervisionVisit, Training, TrainingSession
from pd_activities.queries.activity import trained_together
from pd_activities.queries.evidence import terms_before
from tests.pd_activities.training_cast import make_interval, make_session, make_training


@pytest.fixture
def cluster(api):
    """Of two schools, and idle so far."""
    with schema_context(api.area.schema_name):
        cluster = Cluster.objects.get(pk=api.area.things["cluster"])
        Membership.objects.filter(school=api.area.things["other_school"]).update(cluster=cluster)
        Meeting.objects.update(held_at="2001-01-01T09:00:00+07:00")
        SupervisionVisit.objects.update(observed_on=None, status="planned")
        yield cluster


def _attend(api, session):
    for name in ("teacher", "other_teacher"):
        make_interval(session, Teacher.objects.get(pk=api.area.things[name]))


def test_terms_before__the_two_that_are_over():
    assert terms_before(date(2026, 11, 21), 2) == [
        (date(2026, 5, 16), date(2026, 10, 31)),
        (date(2025, 11, 1), date(2026, 5, 15)),
    ]


def test_joint_activity__teachers_of_two_member_schools(api, cluster):
    session = TrainingSession.objects.get(pk=api.area.things["open_session"])
    session.starts_at, session.ends_at = (timezone.now() - timedelta(hours=n) for n in (2, 1))
    session.save()
    make_interval(session, Teacher.objects.get(pk=api.area.things["teacher"]))
    assert "joint_activity" not in evidence_of(cluster)

    make_interval(session, Teacher.objects.get(pk=api.area.things["other_teacher"]))
    assert "joint_activity" in evidence_of(cluster)


def test_trained_together__called_off_after_all__did_not_happen(api, cluster):
    session = TrainingSession.objects.get(pk=api.area.things["ended_session"])
    _attend(api, make_session(session.training, session.starts_at))
    yesterday = timezone.localdate() - timedelta(days=1)
    assert trained_together(cluster, yesterday, timezone.localdate())
    Training.objects.filter(pk=session.training_id).update(status="cancelled")
    assert not trained_together(cluster, yesterday, timezone.localdate())


def test_trained_together__long_ago__not_in_these_days(api, cluster):
    session = TrainingSession.objects.get(pk=api.area.things["ended_session"])
    _attend(api, make_session(session.training, session.starts_at))
    this_year = USUAL_CALENDAR.year_of(timezone.localdate())
    first, last = USUAL_CALENDAR.days_of(this_year - 1)
    assert trained_together(cluster, last, timezone.localdate())
    assert not trained_together(cluster, first, last)


def test_activity_every_term__one_idle_term__not_there(api, cluster):
    training = make_training(api.area, "ทุกภาคเรียน")
    for (first, _), is_there in zip(
        terms_before(timezone.localdate(), 2), (False, True), strict=True
    ):
        moment = timezone.make_aware(timezone.datetime(first.year, first.month, first.day, 9))
        _attend(api, make_session(training, moment))
        assert ("activity_every_term" in evidence_of(cluster)) is is_there
