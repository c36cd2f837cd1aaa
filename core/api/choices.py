"""`/choices`: every enumeration with its labels in both languages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import is_anyone
from core.api.routing import ApiRouter
from core.api.serializers import Serializer
from core.api.views import ApiViewSet
from core.jobs.models import Job
from core.labels import in_own_words
from core.text import Text, all_choices


class ChoiceSerializer(Serializer):
    code = serializers.CharField()
    th = serializers.CharField()
    en = serializers.CharField()


class ChoicesSerializer(Serializer):
    name = serializers.CharField()
    choices = ChoiceSerializer(many=True)


class ChoicesViewSet(ApiViewSet[Job]):
    resource = "choices"
    public = True
    serializer_class = ChoicesSerializer
    pagination_class = None
    filter_backends = []
    rules = {"list": is_anyone}

    @extend_schema(
        summary="All enumerations with Thai and English labels",
        description="With the area's own word for its clusters.",
        responses=ChoicesSerializer(many=True),
    )
    def list(self, request: Request, **_: Any) -> Response:
        return Response(
            [
                {"name": name, "choices": [_in_own_words(**choice) for choice in choices]}
                for name, choices in all_choices().items()
            ]
        )


def _in_own_words(code: str, th: str, en: str) -> dict[str, str]:
    own = in_own_words(Text(th, en))
    return {"code": code, "th": own.th, "en": own.en}


def register(api: ApiRouter) -> None:
    api.add("choices", ChoicesViewSet)
