"""What an area's settings say that anyone may know, told to the platform's directory.

The area's own tables decide; its row in the directory follows, by a task after each change and
once a night. A room that keeps such a setting registers who tells it, inside the area's schema.
"""

from collections.abc import Callable

from core.area_settings.queries import setting_on
from core.labels import LABELS
from core.languages import LANGUAGES

Facts = dict[str, str]  # column of Area → value
Teller = Callable[[], Facts]

_tellers: list[Teller] = []


def tells_directory(teller: Teller) -> Teller:
    _tellers.append(teller)
    return teller


def facts_today() -> Facts:
    """Of the present area."""
    return {column: value for teller in _tellers for column, value in teller().items()}


@tells_directory
def _words_and_language() -> Facts:
    labels = setting_on(LABELS)
    return {
        "cluster_label": labels.cluster_th,
        "cluster_label_en": labels.cluster_en,
        "default_language": setting_on(LANGUAGES).default,
    }
