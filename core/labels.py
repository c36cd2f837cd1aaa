"""What an area calls things: its clusters are school groups, networks, centres, …"""

from dataclasses import dataclass

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

_LONGEST = 60  # characters


class LabelsSerializer(Serializer):
    cluster_th = serializers.CharField(
        max_length=_LONGEST, help_text="กลุ่มโรงเรียน, ศูนย์เครือข่ายวิชาการ, สหวิทยาเขต, …"
    )
    cluster_en = serializers.CharField(max_length=_LONGEST, help_text="begins with a capital")


@dataclass(frozen=True)
class Labels(SettingDocument):
    cluster_th: str = "กลุ่มโรงเรียน"
    cluster_en: str = "Cluster"


LABELS = register_kind(
    SettingKind(
        code="labels",
        text=Text("คำที่ใช้เรียก", "Labels"),
        document=Labels,
        shape=LabelsSerializer,
        then=TELLS_DIRECTORY,
    )
)


def in_own_words(text: Text) -> Text:
    """A label that names a cluster, such as a role's, with the word of the present area."""
    own, usual = setting_on(LABELS), Labels()
    return Text(
        text.th.replace(usual.cluster_th, own.cluster_th),
        text.en.replace(usual.cluster_en, own.cluster_en),
    )
