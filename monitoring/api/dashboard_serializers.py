"""The shape of a dashboard; each indicator says its unit and what counts."""

from typing import Any

from rest_framework import serializers

from clusters.enums import NetworkStage
from core.api.serializers import Serializer
from monitoring.enums import Level


def _count(told: str) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=0, help_text=told)


def _minutes(told: str) -> serializers.IntegerField:
    return serializers.IntegerField(help_text=f"minutes; {told}")


class ParticipationSerializer(Serializer):
    teachers = _count(
        "teachers with credit left over in the year, or present in one of its sessions"
    )
    share = serializers.CharField(
        allow_null=True, help_text="of all teachers, exact, as it is counted: `3/12`; null: none"
    )
    share_rounded = serializers.FloatField(
        allow_null=True, help_text="the same as a number from 0 to 1, to four decimals"
    )


class CreditMinutesSerializer(Serializer):
    total = _minutes("all kinds; 60 are one credit hour")
    training = _minutes("from trainings")
    plc = _minutes("from activity logs of professional learning communities")
    reading = _minutes("from activity logs of reading and self-study")
    coaching = _minutes("from activity logs of coaching and mentoring")
    other = _minutes("from other activity logs")


class VisitsSerializer(Serializer):
    planned = _count("visits planned for a day of the year, without cancelled ones")
    observed = _count("those of them that were observed")
    acknowledged = _count("those of them whose feedback the teacher has acknowledged")


class MeetingsSerializer(Serializer):
    closed = _count("meetings of committees held in the year and closed")
    with_quorum = _count("those of them with a quorum, by the rule under which they were opened")
    resolutions_carried = _count("motions carried in meetings held in the year")
    open_action_items = _count("still open now, of meetings held in the year or before it")


class ActivityLogsSerializer(Serializer):
    verified = _count("logs of what happened in the year, verified")
    pending = _count("waiting for verification")
    returned = _count("returned with a reason")


class StagesSerializer(Serializer):
    none = _count("clusters that have not reached the first stage")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {
            each.value: _count(f"clusters at the stage: {each.text.en}") for each in NetworkStage
        }


class PlansSerializer(Serializer):
    draft = _count("plans for the year with nothing submitted yet")
    submitted = _count("plans whose newest version that is no draft is submitted")
    adopted = _count("plans whose newest version that is no draft is adopted")
    validated = _count("plans of which that version is validated by a Delphi study")
    returned = _count("plans of which that version was returned with reasons")
    not_validated = _count("plans of which that version has no verdict")


class DashboardSerializer(Serializer):
    level = serializers.ChoiceField(choices=Level.choices)
    id = serializers.UUIDField(allow_null=True, help_text="of the cluster or school")
    academic_year = serializers.IntegerField(help_text="the CE year in which it begins")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    as_of = serializers.DateField(
        help_text="whose schools are members of what on this day: the last, or today if earlier"
    )
    schools = _count("schools; of a cluster, its members on the day `as_of`")
    clusters = _count("clusters; of a school, the one to which it belongs on the day `as_of`")
    teachers = _count("teachers on the staff of these schools now")
    participation = ParticipationSerializer()
    credit_minutes = CreditMinutesSerializer(
        help_text="credited to these teachers for days of the year, less what was taken back"
    )
    trainings_held = _count(
        "closed trainings whose last session began in the year, of the place or of places in it"
    )
    attendance_minutes = _minutes(
        "present in sessions that began in the year, within their times; of each teacher in full "
        "minutes, on site and online, nothing counted twice; not in cancelled trainings"
    )
    visits = VisitsSerializer(help_text="in these schools")
    meetings = MeetingsSerializer(help_text="of committees of the place and of places in it")
    activity_logs = ActivityLogsSerializer(help_text="written at these schools")
    stage = serializers.ChoiceField(
        choices=NetworkStage.choices,
        allow_null=True,
        help_text="of the one cluster; null: the area, no cluster, or below the first stage",
    )
    stages = StagesSerializer(help_text="as last found in the year or before it")
    plans = PlansSerializer(help_text="each plan of the year counts once")
