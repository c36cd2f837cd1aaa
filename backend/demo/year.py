"""Part 3: a stretch of a cluster's year: training, supervision, a committee, a log."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backend.demo.area import Cast

BANGKOK = ZoneInfo("Asia/Bangkok")
SATURDAY = datetime(2026, 11, 14, 9, 0, tzinfo=BANGKOK)


def _at(hours: float, days: int = 0) -> str:
    return (SATURDAY + timedelta(days=days, hours=hours)).isoformat()


def live_a_year(cast: Cast) -> None:
    """Everything that part 3 of the story tells."""
    train(cast)
    supervise(cast)
    meet(cast)
    log(cast)


def train(cast: Cast) -> dict[str, Any]:
    """A hybrid training: the morning on site, the afternoon online; hours are awarded."""
    run = cast.coordinator
    title = "การจัดการเรียนรู้เชิงรุก (สาธิต)"
    done = [each for each in run.all("trainings", status="closed") if each["title"] == title]
    if done:
        return done[0]
    training = run.post(
        "trainings",
        {
            "title": title,
            "modality": "hybrid",
            "host": "cluster",
            "cluster": cast.cluster["id"],
            "work_scope": "learning_process",
            "capacity": 30,
        },
    )
    morning, afternoon = (
        run.post(
            f"trainings/{training['id']}/sessions",
            {
                "title": name,
                "starts_at": _at(begin),
                "ends_at": _at(begin + 3),
                "mode": mode,
                **where,
            },
        )
        for name, begin, mode, where in (
            ("ภาคเช้า", 0, "onsite", {"place": cast.school["name_th"]}),
            ("ภาคบ่าย", 4, "online", {"online_url": "https://meet.example/krunet"}),
        )
    )
    run.post(f"trainings/{training['id']}/open")
    cast.teacher.post(f"trainings/{training['id']}/enrolments", {})
    for person in cast.teachers[2:]:
        run.post(f"trainings/{training['id']}/enrolments", {"teacher": person["id"]})
    there = [*cast.teachers[1:]]
    for session, begin, source in ((morning, 0, "manual"), (afternoon, 4, "online_report")):
        run.post(
            f"training-sessions/{session['id']}/attendance",
            {
                "source": source,
                "items": [
                    {
                        "teacher": person["id"],
                        "joined_at": _at(begin + 0.1),
                        "left_at": _at(begin + 2.9),
                    }
                    for person in there
                ],
            },
        )
    run.post(f"trainings/{training['id']}/close")
    run.post(f"trainings/{training['id']}/award-hours")
    return training  # type: ignore[no-any-return]


def supervise(cast: Cast) -> None:
    """A visit is planned, the lesson observed, feedback given and acknowledged."""
    run, teacher = cast.supervisor, cast.teachers[1]
    if run.get("visits", teacher=teacher["id"], status="acknowledged")["items"]:
        return
    visit = run.post("visits", {"teacher": teacher["id"], "planned_on": "2026-11-17"})
    instrument = run.get(f"instruments/{visit['instrument']}")["document"]
    ratings = {each["code"]: instrument["scale_max"] - 1 for each in instrument["criteria"]}
    run.post(f"visits/{visit['id']}/observe", {"ratings": ratings, "observed_on": "2026-11-17"})
    run.post(
        f"visits/{visit['id']}/give-feedback",
        {
            "held_at": _at(6, days=3),
            "strengths": "ผู้เรียนมีส่วนร่วมตลอดชั่วโมง (สาธิต)",
            "to_develop": "เพิ่มคำถามปลายเปิด",
            "follow_ups": [],
        },
    )
    cast.teacher.post(f"visits/{visit['id']}/acknowledge", {"reply": "รับทราบ ขอบคุณค่ะ"})


def meet(cast: Cast) -> None:
    """A committee decides: quorum, a motion, votes (two recorded by the secretary), follow-up."""
    run = cast.coordinator
    if run.get("meetings", status="closed")["items"]:
        return
    committee, seats = _committee(cast)
    meeting = run.post(
        "meetings",
        {"committee": committee["id"], "held_at": _at(4, days=4), "place": cast.school["name_th"]},
    )
    item = run.post(
        f"meetings/{meeting['id']}/agenda-items",
        {"number": "4.1", "title": "ปฏิทินการนิเทศร่วม", "kind": "for_decision"},
    )
    run.post(f"meetings/{meeting['id']}/notice", {})
    run.put(
        f"meetings/{meeting['id']}/attendance",
        {"entries": [{"seat": seat["id"], "presence": "present"} for seat in seats]},
        version=run.get(f"meetings/{meeting['id']}")["version"],
    )
    run.post(f"meetings/{meeting['id']}/open")
    motion = run.post("motions", {"agenda_item": item["id"], "text": "เห็นชอบปฏิทินการนิเทศร่วม"})
    run.post(f"motions/{motion['id']}/open")
    cast.member.post(f"motions/{motion['id']}/vote", {"choice": "in_favour"})
    for seat in seats:
        if seat["user"] is None:
            run.post(f"motions/{motion['id']}/vote", {"choice": "in_favour", "seat": seat["id"]})
    run.post(f"motions/{motion['id']}/close")
    run.post(
        "action-items",
        {
            "agenda_item": item["id"],
            "text": "ส่งปฏิทินให้ทุกโรงเรียน",
            "owner_name": "เลขานุการ",
            "due_on": "2026-12-15",
        },
    )
    run.post(f"meetings/{meeting['id']}/close")


def _committee(cast: Cast) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    run = cast.coordinator
    committee = run.post(
        "committees",
        {
            "kind": "cluster",
            "cluster": cast.cluster["id"],
            "name_th": f"คณะกรรมการ{cast.cluster['name_th']}",
            "established_on": "2026-05-16",
        },
    )
    member = cast.member.get("me")["id"]
    seats = [
        run.post(
            f"committees/{committee['id']}/seats",
            {
                "category": category,
                "role": role,
                "holder_name": f"{name} (สังเคราะห์)",
                "user": user,
                "term_from": "2026-05-16",
            },
        )
        for category, role, name, user in (
            ("chair", "chair", "นายสมชาย ใจดี", None),
            ("parent", "member", "นางมาลี ทองงาม", None),
            ("teacher", "member", "กรรมการผู้มีบัญชี", member),
        )
    ]
    return committee, seats


def log(cast: Cast) -> None:
    """A teacher's own log, verified by the director."""
    if cast.teacher.get("activity-logs")["items"]:
        return
    logged = cast.teacher.post(
        "activity-logs",
        {
            "occurred_on": "2026-11-19",
            "minutes": 60,
            "kind": "plc",
            "title": "PLC คณิตศาสตร์ ป.3 (สาธิต)",
            "reflection": "แลกเปลี่ยนสื่อเศษส่วนกับเพื่อนครู",
            "work_scope": "learning_process",
        },
    )
    cast.director.post(f"activity-logs/{logged['id']}/verify", {})
