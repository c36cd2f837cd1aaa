"""How people find their area, and operators an application."""

from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters

from tenants.enums import ApplicationState, AreaKind, AreaState
from tenants.models import Area, AreaApplication


class AreaFilter(filters.FilterSet):
    search = filters.CharFilter(method="by_name", help_text="part of the name in Thai or English")
    kind = filters.ChoiceFilter(choices=AreaKind.choices)
    province = filters.CharFilter()
    state = filters.ChoiceFilter(choices=AreaState.choices)

    class Meta:
        model = Area
        fields = ()

    def by_name(self, areas: QuerySet[Area], _name: str, value: str) -> QuerySet[Area]:
        """Every word has to occur, in any order."""
        for word in value.split():
            areas = areas.filter(
                Q(name_th__icontains=word)
                | Q(name_en__icontains=word)
                | Q(province__icontains=word)
                | Q(code=word)
                | Q(slug=word.lower())
            )
        return areas


class AreaApplicationFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ApplicationState.choices)

    class Meta:
        model = AreaApplication
        fields = ()
