"""Shapes of letters, follow-ups and of what recorders send and read."""

from rest_framework import serializers

from consensus.actions.official_letters import MOST_LETTERS
from consensus.enums import EntryWay, FollowUpWay
from core.api.serializers import DateTimeField, Serializer


class LettersSerializer(Serializer):
    panelists = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=MOST_LETTERS,
        required=False,
        help_text="left out: everyone who is invited and whose page nobody has opened",
    )
    signer_name = serializers.CharField(max_length=160)
    signer_position = serializers.CharField(max_length=200)
    contact = serializers.CharField(max_length=200, help_text="whom to ask, with a phone number")
    number = serializers.CharField(
        max_length=60, required=False, allow_blank=True, help_text="the office's number of it"
    )
    dated = serializers.DateField(required=False, allow_null=True, help_text="today if left out")
    office_address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    about = serializers.CharField(
        max_length=600, required=False, allow_blank=True, help_text="what the study is for"
    )


class StudyFollowUpSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    panelist = serializers.UUIDField(source="panelist_id")
    round = serializers.UUIDField(source="round_id")
    way = serializers.ChoiceField(choices=FollowUpWay.choices)
    at = DateTimeField(required=False, help_text="now if left out")
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class AwaitingRecorderSerializer(Serializer):
    """Someone whose answers of the open round may be entered; not whether any have come."""

    id = serializers.UUIDField(help_text="the panelist or certifier")
    name = serializers.CharField()
    language = serializers.CharField()
    state = serializers.CharField()
    study = serializers.UUIDField(source="study_id")
    study_title = serializers.CharField()
    round_number = serializers.IntegerField()
    round_kind = serializers.CharField()
    closes_at = DateTimeField(allow_null=True)


class StartRecordingSerializer(Serializer):
    way = serializers.ChoiceField(choices=EntryWay.choices)
    agreed = serializers.BooleanField(
        help_text="true: the person has heard or read the notice, and agreed that you enter "
        "their answers"
    )


class RecorderAccessSerializer(Serializer):
    credential = serializers.CharField(help_text="for the calls of `/panel`")
    link = serializers.CharField(help_text="the person's page, for entering")
    expires_in = serializers.IntegerField(help_text="seconds; it also ends with the round")
