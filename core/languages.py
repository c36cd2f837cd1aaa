"""In which language an area speaks to those who name none."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework import serializers

from core.api.serializers import Serializer
from core.area_settings.kinds import (
    TELLS_DIRECTORY,
    SettingDocument,
    SettingKind,
    register_kind,
)
from core.area_settings.queries import setting_on
from core.text import Text


class LanguagesSerializer(Serializer):
    default = serializers.ChoiceField(
        choices=settings.LANGUAGES,
        help_text="of answers, pages, letters and reports where nobody names another",
    )


@dataclass(frozen=True)
class Languages(SettingDocument):
    default: str = settings.LANGUAGE_CODE


LANGUAGES = register_kind(
    SettingKind(
        code="languages",
        text=Text("ภาษา", "Languages"),
        document=Languages,
        shape=LanguagesSerializer,
        then=TELLS_DIRECTORY,
    )
)


def usual_language() -> str:
    """Of the present area; on the platform, Thai."""
    return setting_on(LANGUAGES).default


def names_language(request: HttpRequest) -> bool:
    """True if the caller asks for a language that we speak."""
    return any(_spoken(request.headers.get("Accept-Language", "")))


def _spoken(header: str) -> Iterator[bool]:
    for code, _ in parse_accept_lang_header(header.lower()):
        try:
            yield bool(code != "*" and get_supported_language_variant(code))
        except LookupError:
            continue
