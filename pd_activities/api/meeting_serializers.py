"""The shapes of meetings, motions and what they leave behind."""

from rest_framework import serializers

from core.api.serializers import DateTimeField, ModelSerializer, Serializer
from pd_activities.enums.committees import AgendaKind, CastingVote, Presence, VoteChoice
from pd_activities.models import ActionItem, AgendaItem, Meeting, MeetingAttendance, Motion, Vote

_MOST_SEATS = 100
_NUMBER = r"^[1-9][0-9]?(\.[1-9][0-9]?)?$"


class MeetingSerializer(ModelSerializer):
    reference = serializers.CharField(read_only=True, help_text="Such as 3/2569.")

    class Meta:
        model = Meeting
        fields = (
            "id",
            "version",
            "committee",
            "reference",
            "held_at",
            "place",
            "status",
            "notice_sent_at",
            "opened_at",
            "closed_at",
            "minutes",
            "minutes_adopted_in",
        )
        read_only_fields = fields


class CallMeetingSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    committee = serializers.UUIDField()
    held_at = DateTimeField()
    place = serializers.CharField(max_length=200)


class ChangeMeetingSerializer(Serializer):
    held_at = DateTimeField(required=False)
    place = serializers.CharField(max_length=200, required=False)
    minutes = serializers.CharField(max_length=100_000, required=False, allow_blank=True)


class NoticeSerializer(Serializer):
    sent_at = DateTimeField(required=False, help_text="Without it, now.")


class AdoptMinutesSerializer(Serializer):
    in_meeting = serializers.UUIDField(help_text="The later meeting that adopts them, now open.")


class AttendanceEntrySerializer(Serializer):
    seat = serializers.UUIDField()
    presence = serializers.ChoiceField(choices=Presence.choices)


class RecordAttendanceSerializer(Serializer):
    entries = serializers.ListField(child=AttendanceEntrySerializer(), max_length=_MOST_SEATS)


class ShownAttendanceSerializer(ModelSerializer):
    holder_name = serializers.CharField(source="seat.holder_name", read_only=True)

    class Meta:
        model = MeetingAttendance
        fields = ("seat", "holder_name", "presence")
        read_only_fields = fields


class QuorumSerializer(Serializer):
    filled = serializers.IntegerField(help_text="Seats whose term covers the day.")
    present = serializers.IntegerField()
    least = serializers.IntegerField(help_text="So many must be present.")
    fraction = serializers.CharField()
    is_quorate = serializers.BooleanField()


class AttendanceSerializer(Serializer):
    meeting = serializers.UUIDField()
    version = serializers.IntegerField(help_text="The meeting's, for If-Match.")
    entries = ShownAttendanceSerializer(many=True)
    quorum = QuorumSerializer()


class AgendaItemSerializer(ModelSerializer):
    id = serializers.UUIDField(required=False)
    number = serializers.RegexField(_NUMBER, help_text="Such as 4 or 4.2.")

    class Meta:
        model = AgendaItem
        fields = ("id", "version", "meeting", "number", "title", "kind")
        read_only_fields = ("version", "meeting")


class ChangeAgendaItemSerializer(Serializer):
    number = serializers.RegexField(_NUMBER, required=False)
    title = serializers.CharField(max_length=500, required=False)
    kind = serializers.ChoiceField(choices=AgendaKind.choices, required=False)


class MotionSerializer(ModelSerializer):
    meeting = serializers.UUIDField(source="agenda_item.meeting_id", read_only=True)
    agenda_number = serializers.CharField(source="agenda_item.number", read_only=True)

    class Meta:
        model = Motion
        fields = (
            "id",
            "version",
            "meeting",
            "agenda_item",
            "agenda_number",
            "text",
            "status",
            "hands_in_favour",
            "hands_against",
            "hands_abstained",
            "casting_vote",
            "in_favour_count",
            "against_count",
            "abstained_count",
            "present_count",
            "decided_at",
        )
        read_only_fields = fields


class ProposeMotionSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    agenda_item = serializers.UUIDField()
    text = serializers.CharField(max_length=4_000)


class CastVoteSerializer(Serializer):
    choice = serializers.ChoiceField(
        choices=VoteChoice.choices, help_text="`recused` declares a conflict of interest."
    )
    seat = serializers.UUIDField(
        required=False, help_text="Without it, your own; with it, a member without an account."
    )


class HandsSerializer(Serializer):
    in_favour = serializers.IntegerField(min_value=0, max_value=_MOST_SEATS)
    against = serializers.IntegerField(min_value=0, max_value=_MOST_SEATS)
    abstained = serializers.IntegerField(min_value=0, max_value=_MOST_SEATS)


class CastingVoteSerializer(Serializer):
    choice = serializers.ChoiceField(choices=CastingVote.choices)


class VoteSerializer(ModelSerializer):
    holder_name = serializers.CharField(source="seat.holder_name", read_only=True)
    choice = serializers.ChoiceField(choices=VoteChoice.choices, allow_null=True, read_only=True)

    class Meta:
        model = Vote
        fields = ("seat", "holder_name", "choice", "recorded_by", "voted_at")
        read_only_fields = fields


class ResolutionSerializer(ModelSerializer):
    reference = serializers.CharField(
        source="agenda_item.reference", read_only=True, help_text="Such as 3/2569-4.2."
    )
    committee = serializers.UUIDField(source="agenda_item.meeting.committee_id", read_only=True)
    meeting = serializers.UUIDField(source="agenda_item.meeting_id", read_only=True)

    class Meta:
        model = Motion
        fields = (
            "id",
            "version",
            "reference",
            "committee",
            "meeting",
            "agenda_item",
            "text",
            "in_favour_count",
            "against_count",
            "abstained_count",
            "casting_vote",
            "decided_at",
        )
        read_only_fields = fields


class ActionItemSerializer(ModelSerializer):
    reference = serializers.CharField(
        source="agenda_item.reference",
        read_only=True,
        help_text="The meeting and item it comes from.",
    )
    committee = serializers.UUIDField(source="agenda_item.meeting.committee_id", read_only=True)

    class Meta:
        model = ActionItem
        fields = (
            "id",
            "version",
            "reference",
            "committee",
            "agenda_item",
            "text",
            "owner_name",
            "due_on",
            "status",
            "outcome",
            "closed_at",
        )
        read_only_fields = fields


class AddActionItemSerializer(Serializer):
    id = serializers.UUIDField(required=False)
    agenda_item = serializers.UUIDField()
    text = serializers.CharField(max_length=1_000)
    owner_name = serializers.CharField(max_length=160)
    due_on = serializers.DateField()
