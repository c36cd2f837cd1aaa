"""Shapes of reports and of the panel's flow."""

from rest_framework import serializers

from consensus.enums import ReportFormat
from core.api.serializers import DateTimeField, Serializer


class RequestReportSerializer(Serializer):
    form = serializers.ChoiceField(
        choices=ReportFormat.choices,
        help_text="`csv` is a ZIP of anonymised data with a script that recomputes every number; "
        "only for administrators, officers and the study's facilitator",
    )
    language = serializers.ChoiceField(
        choices=["th", "en"], required=False, help_text="the area's own if left out"
    )


class PanelRepliesSerializer(Serializer):
    invited = serializers.IntegerField()
    by_letter = serializers.IntegerField(help_text="of these, by an official letter (also)")
    accepted = serializers.IntegerField(help_text="with those who withdrew later")
    declined = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    no_reply = serializers.IntegerField()


class EntryWaysSerializer(Serializer):
    """How many who answered the round have answers that a recorder entered."""

    interview = serializers.IntegerField()
    paper = serializers.IntegerField()
    chat = serializers.IntegerField()


class FollowUpWaysSerializer(Serializer):
    visit = serializers.IntegerField()
    call = serializers.IntegerField()
    message = serializers.IntegerField()
    letter = serializers.IntegerField()


class RoundFlowSerializer(Serializer):
    number = serializers.IntegerField()
    kind = serializers.CharField()
    opened_at = DateTimeField()
    closed_at = DateTimeField()
    days = serializers.FloatField()
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    complete = serializers.IntegerField()
    incomplete = serializers.IntegerField()
    recorded = EntryWaysSerializer()
    reminders = serializers.IntegerField(help_text="how often reminders were sent")
    follow_ups = FollowUpWaysSerializer()


class PanelFlowSerializer(Serializer):
    """Numbers only, as a report prints them."""

    panelists = PanelRepliesSerializer()
    certifiers = PanelRepliesSerializer()
    rounds = RoundFlowSerializer(many=True)
