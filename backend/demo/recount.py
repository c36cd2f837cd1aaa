"""Part 5: every number of the area's dashboard, counted again from the API's own lists."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from backend.demo.calendar import FIRST_DAY, LAST_DAY, YEAR
from backend.demo.visitor import DemoError, Visitor, say

_HELD = ("closed", "minutes_adopted")
_STAGES = (
    "awareness",
    "coordination",
    "commitment",
    "management",
    "relationship_building",
    "relationship_maintenance",
)
_NOT_NUMBERS = ("level", "id", "academic_year", "first_day", "last_day", "as_of", "stage")


def compare(officer: Visitor) -> None:
    """Print what the dashboard says beside the recount; DemoError unless all agree."""
    board = officer.get("dashboards/area", academic_year=YEAR)
    told = dict(_flat({name: board[name] for name in board if name not in _NOT_NUMBERS}))
    counted = dict(_flat(Recount(officer).numbers()))
    say(f"   {'':<36}{'dashboard':>10}{'recount':>10}")
    for name, number in told.items():
        say(f"   {name:<36}{number!s:>10}{counted.get(name)!s:>10}")
    wrong = sorted(name for name in told | counted if told.get(name) != counted.get(name))
    if wrong:
        raise DemoError(f"the dashboard and the recount differ: {', '.join(wrong)}")


def _flat(numbers: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in numbers.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name} ")
        else:
            yield prefix + name, value


def _day(said: str) -> str:
    """The Thai day of a time, whatever its offset; a day is one already."""
    if "T" not in said:
        return said
    return timezone.localtime(_time(said)).date().isoformat()


def _in_year(said: str) -> bool:
    return FIRST_DAY <= _day(said) <= LAST_DAY


class Recount:
    """Reads the lists that an officer sees, and adds up in plain Python."""

    def __init__(self, officer: Visitor) -> None:
        self._get, self._all = officer.get, officer.all
        self._trainings = {each["id"]: each for each in self._all("trainings")}
        self._sessions = {each["id"]: each for each in self._all("training-sessions")}
        self._logs = [*self._all("activity-logs")]
        self._present = self._presences()

    def numbers(self) -> dict[str, Any]:
        teachers = {each["id"] for each in self._all("teachers")}
        kinds, credit = self._credit()
        active = {each for each in teachers if self._present.get(each) or credit[each] > 0}
        clusters = [each["id"] for each in self._all("clusters")]
        return {
            "schools": len([*self._all("schools")]),
            "clusters": len(clusters),
            "teachers": len(teachers),
            "participation": {
                "teachers": len(active),
                "share": f"{len(active)}/{len(teachers)}",
                "share_rounded": round(len(active) / len(teachers), 4),
            },
            "credit_minutes": kinds,
            "trainings_held": self._trainings_held(),
            "attendance_minutes": sum(map(len, self._present.values())),
            "visits": self._visits(),
            "meetings": self._meetings(),
            "activity_logs": self._statuses(),
            "stages": self._stages(clusters),
            "plans": self._plans(),
        }

    def _presences(self) -> dict[str, set[datetime]]:
        """The minutes themselves, as a set by teacher: nothing counts twice."""
        rows = [*self._all("attendance")]
        corrected = {row["corrects"] for row in rows}
        present: dict[str, set[datetime]] = defaultdict(set)
        for row in rows:
            session = self._sessions[row["session"]]
            is_off = self._trainings[session["training"]]["status"] == "cancelled"
            if row["id"] in corrected or not row["joined_at"] or is_off:
                continue
            if _in_year(session["starts_at"]):
                ends_at = session["ends_at"]
                start = max(_time(row["joined_at"]), _time(session["starts_at"]))
                end = min(_time(row["left_at"] or ends_at), _time(ends_at))
                minutes = int((end - start) / timedelta(minutes=1))
                present[row["teacher"]] |= {start + timedelta(minutes=n) for n in range(minutes)}
        return present

    def _credit(self) -> tuple[dict[str, int], Counter[str]]:
        """Credit minutes by kind and by teacher, from the transcripts of all who did anything."""
        kinds = dict.fromkeys(("total", "training", "plc", "reading", "coaching", "other"), 0)
        credit: Counter[str] = Counter()
        for teacher in {*self._present, *(each["teacher"] for each in self._logs)}:
            transcript = self._get(f"transcripts/{teacher}", academic_year=YEAR)
            for entry in transcript["entries"]:
                credit[teacher] += entry["credit_minutes"]
                kinds["total"] += entry["credit_minutes"]
                kinds[entry["kind"]] += entry["credit_minutes"]
        return kinds, credit

    def _trainings_held(self) -> int:
        last: dict[str, str] = {}
        for session in self._sessions.values():
            training = session["training"]
            last[training] = max(last.get(training, ""), session["starts_at"])
        closed = [each for each in self._trainings.values() if each["status"] == "closed"]
        return sum(_in_year(last.get(each["id"], "")) for each in closed)

    def _visits(self) -> dict[str, int]:
        visits = [
            each
            for each in self._all("visits")
            if each["status"] != "cancelled" and _in_year(each["planned_on"])
        ]
        fed_back = [each["feedback"] for each in visits if each["feedback"]]
        return {
            "planned": len(visits),
            "observed": sum(each["observed_on"] is not None for each in visits),
            "acknowledged": sum(each["acknowledged_at"] is not None for each in fed_back),
        }

    def _meetings(self) -> dict[str, int]:
        meetings = [*self._all("meetings")]
        in_year = {each["id"] for each in meetings if _in_year(each["held_at"])}
        closed = [each for each in meetings if each["id"] in in_year and each["status"] in _HELD]
        so_far = {
            item["id"]
            for each in meetings
            if _day(each["held_at"]) <= LAST_DAY
            for item in self._all(f"meetings/{each['id']}/agenda-items")
        }
        quora = [self._get(f"meetings/{each['id']}/attendance")["quorum"] for each in closed]
        return {
            "closed": len(closed),
            "with_quorum": sum(quorum["is_quorate"] for quorum in quora),
            "resolutions_carried": sum(
                each["meeting"] in in_year for each in self._all("resolutions")
            ),
            "open_action_items": sum(
                each["agenda_item"] in so_far for each in self._all("action-items", status="open")
            ),
        }

    def _statuses(self) -> dict[str, int]:
        found = Counter(each["status"] for each in self._logs if _in_year(each["occurred_on"]))
        return {
            "verified": found["verified"],
            "pending": found["submitted"],
            "returned": found["returned"],
        }

    def _stages(self, clusters: list[str]) -> dict[str, int]:
        found = Counter(self._stage(cluster) for cluster in clusters)
        return {stage: found[stage] for stage in ("none", *_STAGES)}

    def _stage(self, cluster: str) -> str:
        """What was last found in the year or before it."""
        for change in self._get(f"clusters/{cluster}/stage")["history"]:  # newest first
            if _day(change["found_at"]) <= LAST_DAY:
                return change["stage"] or "none"
        return "none"

    def _plans(self) -> dict[str, int]:
        """Each plan by its newest version that is no draft."""
        found: Counter[str] = Counter()
        for plan in self._all("plans", academic_year=YEAR):
            frozen = [each for each in plan["versions"] if each["status"] != "draft"]
            if frozen:
                newest = max(frozen, key=lambda each: each["number"])
                found.update([newest["status"], newest["validation"]])
            else:
                found["draft"] += 1
        names = ("draft", "submitted", "adopted", "validated", "returned", "not_validated")
        return {name: found[name] for name in names}


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
