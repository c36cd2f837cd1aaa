"""Every sentence for people exists in Thai and in English, side by side where it is used."""

from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.utils.translation import get_language


def reads_english() -> bool:
    """True if the reader asked for English; Thai is for everyone else."""
    return (get_language() or "th").startswith("en")


@dataclass(frozen=True)
class Text:
    """A sentence in both languages; `str()` gives the one the reader asked for."""

    th: str
    en: str

    def __str__(self) -> str:
        return self.en if reads_english() else self.th

    def format(self, **params: object) -> "Text":
        return Text(self.th.format(**params), self.en.format(**params))


class BilingualChoices(models.TextChoices):
    """An enumeration whose members read `NAME = "code", "English", "ไทย"`.

    Django's own `label` is the Thai one; `.text` has both. `/choices` lists every subclass.
    """

    en: str

    def __new__(cls, value: str, en: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.en = en
        return member

    @property
    def text(self) -> Text:
        return Text(th=str(self.label), en=self.en)


def all_choices() -> dict[str, list[dict[str, Any]]]:
    """Each enumeration by its class name, as `[{code, th, en}]`."""
    return {
        enumeration.__name__: [
            {"code": member.value, "th": str(member.label), "en": member.en}
            for member in enumeration
        ]
        for enumeration in sorted(BilingualChoices.__subclasses__(), key=lambda each: each.__name__)
    }
