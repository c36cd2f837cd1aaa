"""Shapes of what panelists and certifiers send and read."""

from rest_framework import serializers

from consensus.enums import EntryWay, RoundKind, StepState
from consensus.models import SECTION_LENGTH
from core.api.serializers import DateTimeField, Serializer


class PanelLinkTokenSerializer(Serializer):
    token = serializers.CharField(max_length=200)
    device = serializers.CharField(
        max_length=100, required=False, help_text="a secret of this browser, for a letter's link"
    )


class PanelCredentialSerializer(Serializer):
    credential = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="seconds")
    own_link = serializers.CharField(
        allow_null=True, help_text="of a letter's link: one to keep, for other devices"
    )
    own_link_note = serializers.CharField(allow_blank=True, help_text="the same in words")


class PanelStudySerializer(Serializer):
    id = serializers.UUIDField()
    title = serializers.CharField()


class PanelRoundSerializer(Serializer):
    number = serializers.IntegerField()
    kind = serializers.CharField()
    closes_at = DateTimeField(allow_null=True)
    real_time = serializers.BooleanField(
        help_text="answers may be changed and the group looked at again until it closes"
    )


class ProtocolStepSerializer(Serializer):
    """One step of a study, explained in plain words in the reader's language."""

    number = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=RoundKind.choices)
    title = serializers.CharField()
    now = serializers.CharField(help_text="what to do")
    seen = serializers.CharField(help_text="what the others and the facilitator see")
    following = serializers.CharField(help_text="what comes next")


class PanelStepSerializer(ProtocolStepSerializer):
    state = serializers.ChoiceField(choices=StepState.choices)


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


class PanelRankedItemSerializer(Serializer):
    id = serializers.UUIDField()
    position = serializers.IntegerField()
    text = serializers.CharField()
    place = serializers.IntegerField(allow_null=True, help_text="1 is the first; null: none yet")
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


class PanelRecordingSerializer(Serializer):
    """That a recorder enters answers of the open round, or has entered some."""

    way = serializers.ChoiceField(choices=EntryWay.choices)
    by = serializers.CharField(help_text="the recorder")


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
    steps = PanelStepSerializer(many=True, help_text="what is asked of me in this study, in order")
    scale = PanelWordingSerializer(many=True)
    prompts = PanelPromptSerializer(many=True)
    items = PanelItemSerializer(many=True)
    ranking = PanelRankedItemSerializer(many=True, help_text="what is to be put in order")
    certification = PanelCertificationSerializer(many=True)
    judged = PanelStatementSerializer(many=True, help_text="what certifiers are asked about")
    left = serializers.IntegerField()
    finished = serializers.BooleanField()
    recording = PanelRecordingSerializer(allow_null=True)
    unseen = serializers.BooleanField(
        help_text="true: what may stand is not shown, and `left` counts all. To a recorder, unless "
        "all came through them; to a panelist, after the e-mail address was changed"
    )
    remark = serializers.CharField(allow_blank=True, help_text="both of these in words")


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


class PanelItemRatingSerializer(PanelRatingSerializer):
    id = serializers.UUIDField(help_text="of the item")


class PanelRankingSerializer(PanelRoundAnsweredSerializer):
    """The items in their order. One left out has no place; only a whole order counts."""

    order = serializers.ListField(
        child=serializers.UUIDField(), max_length=50, help_text="ids of items, the first first"
    )


class PanelTextSerializer(PanelRoundAnsweredSerializer):
    text = serializers.CharField(max_length=10_000, allow_blank=True)


class PanelCertificationAnswerSerializer(Serializer):
    part = serializers.CharField(max_length=SECTION_LENGTH, allow_blank=True)
    criterion = serializers.CharField(max_length=40)
    value = serializers.IntegerField(min_value=-1, max_value=100)


class PanelCertificationAnswersSerializer(PanelRoundAnsweredSerializer):
    answers = PanelCertificationAnswerSerializer(  # type: ignore[call-arg]
        many=True, allow_empty=False, max_length=1_000
    )


class PanelGroupFeedbackSerializer(Serializer):
    """An expertise group's numbers, where the protocol shows them and no few can be told."""

    name = serializers.CharField(allow_blank=True)
    n = serializers.IntegerField()
    median = serializers.CharField()
    q1 = serializers.CharField()
    q3 = serializers.CharField()
    iqr = serializers.CharField()
    distribution = serializers.ListField(child=serializers.IntegerField())


class PanelItemFeedbackSerializer(Serializer):
    """The group's frozen numbers beside one's own; null where fewer than 5 answered.

    In real time: null also until I have answered the item; renewed once 5 answered or changed.
    """

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
    groups = PanelGroupFeedbackSerializer(many=True)


class PanelGroupRankSerializer(Serializer):
    name = serializers.CharField(allow_blank=True)
    n = serializers.IntegerField()
    mean_rank = serializers.CharField()


class PanelRankFeedbackSerializer(Serializer):
    id = serializers.UUIDField()
    own_place = serializers.IntegerField(allow_null=True)
    place = serializers.IntegerField(help_text="in the order of the mean ranks")
    mean_rank = serializers.CharField()
    median_rank = serializers.CharField()
    top_share = serializers.CharField(help_text="of the orders, that put it among the first `top`")
    groups = PanelGroupRankSerializer(many=True)


class PanelRankingFeedbackSerializer(Serializer):
    """The group's order in the ranking before; null where fewer than 5 gave a whole one."""

    round = serializers.IntegerField()
    n = serializers.IntegerField(help_text="whole orders")
    w = serializers.CharField(help_text="Kendall's W, 0 (no agreement) to 1")
    strength = serializers.CharField(help_text="of the agreement, after Schmidt (1997)")
    top = serializers.IntegerField()
    items = PanelRankFeedbackSerializer(many=True)


class PanelDroppedItemSerializer(Serializer):
    position = serializers.IntegerField()
    text = serializers.CharField()
    reason = serializers.CharField()


class PanelFeedbackSerializer(Serializer):
    round = serializers.IntegerField(allow_null=True, help_text="the round that the numbers are of")
    items = PanelItemFeedbackSerializer(many=True)
    ranking = PanelRankingFeedbackSerializer(allow_null=True)
    dropped = PanelDroppedItemSerializer(many=True, help_text="what earlier rounds asked")
