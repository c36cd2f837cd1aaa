"""Shapes of what facilitators send and read."""

from rest_framework import serializers

from accounts.enums import Language
from consensus.api.coding_serializers import (
    ItemWordingSerializer,
    NewFragmentSerializer,
    StudyFragmentSerializer,
)
from consensus.enums import PanelKind
from consensus.models import SECTION_LENGTH, Panelist, Round, Study, StudyItem
from consensus.protocol_field import ProtocolField
from core.api.serializers import DateTimeField, ModelSerializer, Serializer

_ITEMS = 300  # the most items in one request


class StudyReasonSerializer(Serializer):
    code = serializers.CharField()
    th = serializers.CharField()
    en = serializers.CharField()


class StudyDeviationSerializer(Serializer):
    kind = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    at = DateTimeField()


class StudySerializer(ModelSerializer):
    protocol = ProtocolField()
    recorders = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="accounts that enter what panelists answer in interviews, on paper or by chat",
    )
    deviations = StudyDeviationSerializer(many=True)
    reasons = StudyReasonSerializer(many=True)

    class Meta:
        model = Study
        fields = (
            "id",
            "version",
            "title",
            "status",
            "plan_version",
            "plan_hash",
            "facilitator",
            "second_coder",
            "recorders",
            "protocol",
            "seal",
            "sealed_at",
            "deviations",
            "verdict",
            "reasons",
            "created_at",
            "updated_at",
        )


class NewStudyItemSerializer(Serializer):
    section = serializers.CharField(max_length=SECTION_LENGTH, allow_blank=True, required=False)
    text = serializers.CharField(max_length=1_000)


class CreateStudySerializer(Serializer):
    id = serializers.UUIDField(required=False)
    title = serializers.CharField(max_length=200)
    plan_version = serializers.UUIDField(required=False, allow_null=True)
    facilitator = serializers.UUIDField(required=False, allow_null=True)
    protocol = ProtocolField(required=False)
    items_from_plan = serializers.BooleanField(required=False)
    items = NewStudyItemSerializer(many=True, required=False, max_length=_ITEMS)  # type: ignore[call-arg]


class ChangeStudySerializer(Serializer):
    title = serializers.CharField(max_length=200, required=False)
    facilitator = serializers.UUIDField(required=False)
    second_coder = serializers.UUIDField(required=False, allow_null=True)
    recorders = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=50,
        required=False,
        help_text="all of them; none who runs the study, codes its answers or is asked by it",
    )
    reason = serializers.CharField(
        max_length=1_000, required=False, help_text="for another facilitator after sealing"
    )
    protocol = ProtocolField(required=False)


class AbandonStudySerializer(Serializer):
    reason = serializers.CharField(max_length=1_000)


class ConcludeStudySerializer(Serializer):
    reason = serializers.CharField(max_length=1_000, required=False, allow_blank=True)


class StudySealSerializer(Serializer):
    seal = serializers.CharField(help_text="SHA-256 (hex) of `text` in UTF-8, stored at sealing")
    text = serializers.CharField(help_text="the exact text that was hashed")


class StudyItemSerializer(ModelSerializer):
    fragments = StudyFragmentSerializer(many=True, source="fragments.all")
    history = ItemWordingSerializer(many=True)

    class Meta:
        model = StudyItem
        fields = (
            "id",
            "version",
            "position",
            "section",
            "text",
            "origin",
            "plan_item",
            "fragments",
            "history",
            "dropped_after",
            "dropped_why",
        )


class AddStudyItemSerializer(NewStudyItemSerializer):
    id = serializers.UUIDField(required=False)
    fragments = NewFragmentSerializer(many=True, required=False, max_length=_ITEMS)  # type: ignore[call-arg]
    themes = serializers.ListField(
        child=serializers.CharField(max_length=120),
        max_length=50,
        required=False,
        help_text="every fragment of these themes becomes part of the item",
    )


class MergeStudyItemSerializer(Serializer):
    into = serializers.UUIDField(help_text="the item that stays")


class DropStudyItemSerializer(Serializer):
    reason = serializers.CharField(
        max_length=1_000, help_text="told to the panel and printed in the report: no names"
    )


class ChangeStudyItemSerializer(Serializer):
    section = serializers.CharField(max_length=SECTION_LENGTH, allow_blank=True, required=False)
    text = serializers.CharField(max_length=1_000, required=False)


class PanelistSerializer(ModelSerializer):
    """A person on the panel: who they are, never what they answered."""

    class Meta:
        model = Panelist
        fields = (
            "id",
            "version",
            "kind",
            "name",
            "email",
            "expertise",
            "language",
            "state",
            "letter_at",
            "consented_at",
            "consent_way",
            "conflict_of_interest",
        )


class AddPanelistSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(choices=PanelKind.choices)
    name = serializers.CharField(max_length=160)
    email = serializers.EmailField(max_length=254, allow_blank=True, required=False)
    expertise = serializers.CharField(max_length=80, allow_blank=True, required=False)
    language = serializers.ChoiceField(
        choices=Language.choices, required=False, help_text="of an official letter"
    )
    reason = serializers.CharField(max_length=1_000, allow_blank=True, required=False)


class ChangePanelistSerializer(Serializer):
    name = serializers.CharField(max_length=160, required=False)
    email = serializers.EmailField(max_length=254, allow_blank=True, required=False)
    expertise = serializers.CharField(max_length=80, allow_blank=True, required=False)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class RoundSerializer(ModelSerializer):
    class Meta:
        model = Round
        fields = (
            "id",
            "version",
            "study",
            "number",
            "kind",
            "status",
            "opened_at",
            "closes_at",
            "closed_at",
        )


class OpenRoundSerializer(Serializer):
    closes_at = DateTimeField(required=False, allow_null=True)


class ExtendRoundSerializer(Serializer):
    closes_at = DateTimeField()
    reason = serializers.CharField(max_length=1_000)


class RoundCompletionSerializer(Serializer):
    """How many, never who."""

    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    complete = serializers.IntegerField()
    incomplete = serializers.IntegerField()


class AnonymousTextSerializer(Serializer):
    id = serializers.UUIDField()
    prompt = serializers.CharField()
    text = serializers.CharField()


class CommentSerializer(Serializer):
    id = serializers.UUIDField()
    item = serializers.UUIDField()
    text = serializers.CharField(help_text="as it was written")
    shown = serializers.CharField(allow_null=True, help_text="what the panel sees; null: nothing")


class HiddenPieceSerializer(Serializer):
    """[start, end) in characters of the text."""

    start = serializers.IntegerField(min_value=0, max_value=2_000)
    end = serializers.IntegerField(min_value=1, max_value=2_000)


class WithholdCommentSerializer(Serializer):
    reason = serializers.CharField(max_length=500, help_text="printed in the report: no names")
    pieces = HiddenPieceSerializer(  # type: ignore[call-arg]
        many=True,
        max_length=50,
        required=False,
        help_text="what is hidden; all if left out; an empty list shows the comment as it is",
    )


class RoundResultsSerializer(Serializer):
    """A round as it was frozen at closing; every number is exact and never computed again."""

    round = serializers.UUIDField(source="id")
    number = serializers.IntegerField()
    kind = serializers.CharField()
    opened_at = DateTimeField()
    closed_at = DateTimeField()
    results = serializers.DictField(
        help_text="`panel` (asked, answered, complete, incomplete), `recorded` (how many of those "
        "who answered have answers that a recorder entered, by the way), and by kind: "
        "`items` with `summary` (counts, `grouped` and `raw` quartiles), `judgement` (consensus, "
        "verdict, `methods_disagree`), `stability`, `on_edge` (would one panelist flip it?), "
        "`flips` (by which change), `attrition`, `subgroups`, `groups`, and in real time "
        "`feedback` (its snapshots, in numbers); "
        "`agreement` (Kendall's W); of a ranking `items` with places and mean ranks, and "
        "`judgement` (W held against the rule); `prompts`; "
        "`parts` and `certified`. Fractions are strings, what has no value says "
        '`{"undefined": reason}`.'
    )


class StudyResultsSerializer(Serializer):
    study = serializers.UUIDField(source="id")
    status = serializers.CharField()
    verdict = serializers.CharField()
    seal = serializers.CharField()
    rounds = RoundResultsSerializer(many=True)
