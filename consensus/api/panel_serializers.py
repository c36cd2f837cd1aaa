"""Shapes of what panelists and certifiers send and read."""

from rest_framework import serializers

from core.api.serializers import DateTimeField, Serializer


class PanelLinkTokenSerializer(Serializer):
    token = serializers.CharField(max_length=200)


class PanelCredentialSerializer(Serializer):
    credential = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="seconds")


class PanelStudySerializer(Serializer):
    id = serializers.UUIDField()
    title = serializers.CharField()


class PanelRoundSerializer(Serializer):
    number = serializers.IntegerField()
    kind = serializers.CharField()
    closes_at = DateTimeField(allow_null=True)


class PanelWordingSerializer(Serializer):
    code = serializers.CharField()
    text = serializers.CharField()


class PanelPromptSerializer(PanelWordingSerializer):
    answer = serializers.CharField(allow_blank=True)
    answered = serializers.BooleanField()


class PanelStatementSerializer(Serializer):
    position = serializers.IntegerField()
    section = serializers.CharField(allow_blank=True)
    section_text = serializers.CharField(
        allow_blank=True, help_text="the section in the reader's language"
    )
    text = serializers.CharField()


class PanelItemSerializer(PanelStatementSerializer):
    id = serializers.UUIDField()
    rating = serializers.IntegerField(allow_null=True)
    no_opinion = serializers.BooleanField()
    comment = serializers.CharField(allow_blank=True)
    answered = serializers.BooleanField()


class PanelCertificationSerializer(Serializer):
    part = serializers.CharField(allow_blank=True, help_text="a section; empty for the whole")
    part_text = serializers.CharField(help_text="the section in the reader's language")
    criterion = serializers.CharField()
    text = serializers.CharField()
    lowest = serializers.IntegerField()
    highest = serializers.IntegerField()
    choices = PanelWordingSerializer(many=True, help_text="each value with its words")
    value = serializers.IntegerField(allow_null=True)
    answered = serializers.BooleanField()


class PanelPageSerializer(Serializer):
    """What is asked, what was answered so far, what is left."""

    id = serializers.UUIDField(help_text="who is asked, by whichever link")
    study = PanelStudySerializer()
    status = serializers.CharField()
    kind = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField()
    notice = serializers.CharField(help_text="to read before consenting")
    round = PanelRoundSerializer(allow_null=True)
    scale = PanelWordingSerializer(many=True)
    prompts = PanelPromptSerializer(many=True)
    items = PanelItemSerializer(many=True)
    certification = PanelCertificationSerializer(many=True)
    judged = PanelStatementSerializer(many=True, help_text="what certifiers are asked about")
    left = serializers.IntegerField()
    finished = serializers.BooleanField()


class PanelConsentSerializer(Serializer):
    conflict_of_interest = serializers.CharField(max_length=1_000, allow_blank=True, required=False)


class PanelStateSerializer(Serializer):
    state = serializers.CharField()


class PanelRoundAnsweredSerializer(Serializer):
    round = serializers.IntegerField(
        write_only=True,
        required=False,
        min_value=1,
        max_value=100,
        help_text="the number of the round that is meant; while another one is open: 409",
    )


class PanelRatingSerializer(PanelRoundAnsweredSerializer):
    """A score or "no opinion"; neither takes the answer back."""

    rating = serializers.IntegerField(min_value=1, max_value=100, allow_null=True, required=False)
    no_opinion = serializers.BooleanField(required=False)
    comment = serializers.CharField(max_length=2_000, allow_blank=True, required=False)


class PanelTextSerializer(PanelRoundAnsweredSerializer):
    text = serializers.CharField(max_length=10_000, allow_blank=True)


class PanelCertificationAnswerSerializer(Serializer):
    part = serializers.CharField(max_length=40, allow_blank=True)
    criterion = serializers.CharField(max_length=40)
    value = serializers.IntegerField(min_value=-1, max_value=100)


class PanelCertificationAnswersSerializer(PanelRoundAnsweredSerializer):
    answers = PanelCertificationAnswerSerializer(  # type: ignore[call-arg]
        many=True, allow_empty=False, max_length=1_000
    )


class PanelItemFeedbackSerializer(Serializer):
    """The group's frozen numbers beside one's own; null where fewer than 5 answered."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    text = serializers.CharField()
    n = serializers.IntegerField()
    own_rating = serializers.IntegerField(allow_null=True)
    median = serializers.CharField(allow_null=True)
    q1 = serializers.CharField(allow_null=True)
    q3 = serializers.CharField(allow_null=True)
    iqr = serializers.CharField(allow_null=True)
    distribution = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    outside = serializers.BooleanField(
        allow_null=True, help_text="true invites a reason; it does not say that you are wrong"
    )
    comments = serializers.ListField(child=serializers.CharField())


class PanelFeedbackSerializer(Serializer):
    round = serializers.IntegerField(allow_null=True, help_text="the round that the numbers are of")
    items = PanelItemFeedbackSerializer(many=True)
