"""What a new study's protocol starts from in an area."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from consensus.protocol import FIXED, Protocol, dump_protocol, parse_protocol
from consensus.protocol_field import ProtocolField
from core.api.serializers import Serializer
from core.area_settings.kinds import IN_OFFICE, SettingDocument, SettingKind, register_kind
from core.area_settings.queries import setting_on
from core.text import Text

_OF_SCALE = {"scale", "consensus", "in_from"}  # thresholds mean something on their own scale only
_PUBLISHED = parse_protocol({})


class StudyDefaultsSerializer(Serializer):
    """Studies that exist keep the protocol they have."""

    protocol = ProtocolField()


@dataclass(frozen=True)
class StudyDefaults(SettingDocument):
    protocol: Protocol = _PUBLISHED

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        return cls(parse_protocol(document["protocol"]))

    def as_document(self) -> dict[str, Any]:
        whole = dump_protocol(self.protocol)
        return {"protocol": {name: whole[name] for name in whole if name not in FIXED}}


STUDY_DEFAULTS = register_kind(
    SettingKind(
        code="consensus",
        text=Text("ค่าเริ่มต้นของการศึกษาเดลฟาย", "Defaults of Delphi studies"),
        document=StudyDefaults,
        shape=StudyDefaultsSerializer,
        readers=IN_OFFICE,
    )
)


def complete_protocol(given: object) -> dict[str, Any]:
    """A protocol for a study; what is left out takes the area's default, or the published one
    where a scale is given that the area's thresholds were not made for.

    Raises InvalidInputError.
    """
    if isinstance(given, Mapping):
        usual = setting_on(STUDY_DEFAULTS).as_document()["protocol"]
        left_out = _OF_SCALE if "scale" in given else set()
        added = {name: value for name, value in usual.items() if name not in left_out}
        given = {**added, **given}
    return dump_protocol(parse_protocol(given))
