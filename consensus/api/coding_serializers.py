"""Shapes of coding: pieces of answers, their themes, and what became of them."""

from rest_framework import serializers

from core.api.serializers import DateTimeField, Serializer


class NewFragmentSerializer(Serializer):
    """The characters [start, end) of an anonymised answer."""

    text = serializers.UUIDField(help_text="id of the answer, from /rounds/{id}/texts")
    start = serializers.IntegerField(min_value=0, max_value=10_000)
    end = serializers.IntegerField(min_value=1, max_value=10_000)


class CodeFragmentSerializer(NewFragmentSerializer):
    id = serializers.UUIDField(required=False)
    theme = serializers.CharField(max_length=120)


class StudyFragmentSerializer(Serializer):
    id = serializers.UUIDField()
    text = serializers.UUIDField(source="text_answer_id")
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    theme = serializers.CharField(allow_blank=True)
    coder = serializers.UUIDField(allow_null=True, help_text="a user")
    item = serializers.UUIDField(source="item_id", allow_null=True)


class ItemWordingSerializer(Serializer):
    """What an item, or one merged into it, was called before."""

    kind = serializers.ChoiceField(choices=["reworded", "merged"])
    text = serializers.CharField()
    by = serializers.UUIDField()
    at = DateTimeField()


class StudyThemeSerializer(Serializer):
    theme = serializers.CharField()
    fragments = serializers.IntegerField()
    items = serializers.ListField(child=serializers.UUIDField())


class StudyCodingSerializer(Serializer):
    """What was made of the answers to open-ended questions so far."""

    answers = serializers.IntegerField()
    coded = serializers.IntegerField(help_text="answers of which some piece has been coded")
    themes = StudyThemeSerializer(many=True)
    agreement = serializers.DictField(
        help_text="of both coders on which answers speak of which themes: `agreement` (share), "
        '`kappa` (Cohen), by theme too; `{"undefined": "one_rater"}` without a second coder'
    )


class PanelIdeaItemSerializer(Serializer):
    id = serializers.UUIDField()
    position = serializers.IntegerField()
    text = serializers.CharField()
    dropped = serializers.BooleanField(help_text="true: later rounds do not ask it")


class PanelIdeaSerializer(Serializer):
    prompt = serializers.CharField()
    text = serializers.CharField()
    items = PanelIdeaItemSerializer(many=True)


class PanelIdeasSerializer(Serializer):
    ideas = PanelIdeaSerializer(many=True)
