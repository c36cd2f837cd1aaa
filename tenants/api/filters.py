"""How people find their area, and operators an application."""

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from tenants.enums import ApplicationState, AreaKind, AreaState
from tenants.models import Area, AreaApplication
from tenants.names import searchable


class AreaFilter(filters.FilterSet):
    search = filters.CharFilter(
        method="by_name",
        help_text="words of a present or former name in Thai or English, short (สพป.) or long; a "
        "province, a code",
    )
    kind = filters.ChoiceFilter(choices=AreaKind.choices)
    province = filters.CharFilter()
    state = filters.ChoiceFilter(choices=AreaState.choices)

    class Meta:
        model = Area
        fields = ()

    def by_name(self, areas: QuerySet[Area], _name: str, value: str) -> QuerySet[Area]:
        """Every word has to occur, in any order; short names and earlier ones count, too."""
        for word in value.split():
            areas = areas.filter(search_text__contains=searchable(word))
        return areas


class AreaApplicationFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ApplicationState.choices)

    class Meta:
        model = AreaApplication
        fields = ()
