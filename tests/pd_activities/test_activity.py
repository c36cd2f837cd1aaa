"""What counts as a cluster's activity."""

from datetime import date, timedelta

import pytest
from django_tenants.utils import schema_context

from clusters.models import Cluster
from core.actor import Actor, ActorKind
from pd_activities.actions.visits import observe
from pd_activities.models import SupervisionVisit
from pd_activities.queries.activity import committee_met, supervised_jointly
from tests.pd_activities.committee_cast import FIRST
from tests.pd_activities.supervision_cast import RATINGS

DAY = timedelta(days=1)


@pytest.fixture
def cluster(api):
    with schema_context(api.area.schema_name):
        yield Cluster.objects.get(pk=api.area.things["cluster"])


def test_committee_met__only_meetings_held_to_the_end_on_those_days(cluster):
    held = (FIRST + timedelta(weeks=1)).date()  # the next one, a week later, is still open

    assert committee_met(cluster, held, held + 10 * DAY)
    assert not committee_met(cluster, held + DAY, held + 10 * DAY)
    assert not committee_met(cluster, held - 10 * DAY, held - DAY)


def test_supervised_jointly__a_second_observer_handed_in(api, cluster):
    days = date(2026, 6, 1), date(2026, 6, 30)
    assert not supervised_jointly(cluster, *days)

    visit = SupervisionVisit.objects.get(pk=api.area.things["observed_visit"])
    co = Actor(kind=ActorKind.USER, id=api.area.people["other_school_director"].user_id)
    observe(visit, ratings=RATINGS, actor=co)

    assert supervised_jointly(cluster, *days)
    assert not supervised_jointly(cluster, date(2026, 7, 1), date(2026, 7, 31))
    other = Cluster.objects.get(pk=api.area.things["other_cluster"])
    assert not supervised_jointly(other, *days)
