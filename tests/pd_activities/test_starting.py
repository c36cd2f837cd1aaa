"""What a new area begins with."""

from django_tenants.utils import schema_context

from pd_activities.actions.starting import give_starting_documents
from pd_activities.models import CommitteeRule, HourRuleSet, Instrument


def test_starting_documents__given_twice__once(api):
    with schema_context(api.area.schema_name):
        give_starting_documents()
        counts = [model.objects.count() for model in (Instrument, CommitteeRule, HourRuleSet)]
    assert counts == [1, 3, 1]


def test_starting_documents__an_area_that_dropped_one__keeps_its_own_others(api):
    with schema_context(api.area.schema_name):
        CommitteeRule.objects.all().delete()
        Instrument.objects.update(title_th="แบบของเขต")
        give_starting_documents()
        assert CommitteeRule.objects.count() == 3
        assert Instrument.objects.get(is_default=True).title_th == "แบบของเขต"
