"""Part 3, second half: a stretch of a cluster's year: training, supervision, a committee, a log."""

from typing import Any

from backend.demo.area import Cast
from backend.demo.calendar import FIRST_DAY, at, on
from backend.demo.visitor import Visitor, say, together


def train(cast: Cast) -> None:
    """A hybrid Saturday for one teacher of each school; hours are awarded.

    The last of them goes home at noon: present, but too short for credit.
    """
    run = cast.coordinator
    body = {
        "title": "การจัดการเรียนรู้เชิงรุก (สาธิต)",
        "modality": "hybrid",
        "host": "cluster",
        "cluster": cast.cluster["id"],
        "work_scope": "learning_process",
        "capacity": 30,
    }
    training = run.made("trainings", "training", body)
    path = f"trainings/{training['id']}"
    halves = [
        ("ภาคเช้า", 9, "onsite", {"place": cast.schools[0]["name_th"]}),
        ("ภาคบ่าย", 13, "online", {"online_url": "https://meet.example/krunet"}),
    ]
    sessions = []
    for title, begins, mode, where in halves:
        times = {"starts_at": at(begins), "ends_at": at(begins + 3)}
        body = {"title": title, "mode": mode, **times, **where}
        sessions.append(run.made(f"{path}/sessions", title, body, at="training-sessions"))

    learners = [cast.staff_of(school)[1] for school in cast.schools if cast.staff_of(school)]
    if run.moved(path, "open", when="draft")["status"] == "open":
        cast.teacher.post(f"{path}/enrolments", {})
        rest = [{"teacher": person["id"]} for person in learners[1:]]
        together(lambda person: run.post(f"{path}/enrolments", person), rest)
        _attend(run, sessions[0], "manual", 9, learners)
        _attend(run, sessions[1], "online_report", 13, learners[:-1])
        run.moved(path, "close", when="open")
    run.post(f"{path}/award-hours")
    say(f"   {len(learners)} teachers trained, on site and online")


def _attend(
    run: Any, session: dict[str, Any], source: str, begins: int, people: list[dict[str, Any]]
) -> None:
    """They come six minutes late and leave six minutes early. Sent twice, it counts once."""
    times = {"joined_at": at(begins + 0.1), "left_at": at(begins + 2.9)}
    items = [{"teacher": person["id"], **times} for person in people]
    path = f"training-sessions/{session['id']}/attendance"
    run.post(path, {"source": source, "items": items})


def supervise(cast: Cast) -> None:
    """A visit is planned, the lesson observed, feedback given and acknowledged."""
    run, teacher = cast.supervisor, cast.staff_of(cast.schools[0])[1]
    body = {"teacher": teacher["id"], "planned_on": on(3)}
    visit = run.made("visits", "visit", body)
    instrument = run.get(f"instruments/{visit['instrument']}")["document"]
    ratings = {each["code"]: instrument["scale_max"] - 1 for each in instrument["criteria"]}
    path = f"visits/{visit['id']}"
    run.moved(path, "observe", {"ratings": ratings, "observed_on": on(3)}, when="planned")
    feedback = {
        "held_at": at(15, days=3),
        "strengths": "ผู้เรียนมีส่วนร่วมตลอดชั่วโมง (สาธิต)",
        "to_develop": "เพิ่มคำถามปลายเปิด",
        "follow_ups": [],
    }
    run.moved(path, "give-feedback", feedback, when="observed")
    reply = {"reply": "รับทราบ ขอบคุณค่ะ"}
    cast.teacher.moved(path, "acknowledge", reply, when="feedback_given")
    say("   a lesson observed, feedback given and acknowledged")


def meet(cast: Cast) -> None:
    """A committee decides: quorum, a motion, votes (two recorded by the secretary), follow-up."""
    run = cast.coordinator
    committee, seats = _committee(cast)
    body = {
        "committee": committee["id"],
        "held_at": at(13, days=4),
        "place": cast.schools[0]["name_th"],
    }
    meeting = run.made("meetings", "meeting", body)
    path = f"meetings/{meeting['id']}"
    body = {"number": "4.1", "title": "ปฏิทินการนิเทศร่วม", "kind": "for_decision"}
    item = run.made(f"{path}/agenda-items", "calendar", body)
    if meeting["status"] == "called":
        run.post(f"{path}/notice", {})
        there = [{"seat": seat["id"], "presence": "present"} for seat in seats]
        version = run.get(path)["version"]
        run.put(f"{path}/attendance", {"entries": there}, version=version)
        run.post(f"{path}/open")
    _vote(cast, item, seats)
    body = {
        "agenda_item": item["id"],
        "text": "ส่งปฏิทินให้ทุกโรงเรียน",
        "owner_name": "เลขานุการ",
        "due_on": on(30),
    }
    run.made("action-items", "calendar", body)
    run.moved(path, "close", when="open")
    [resolution] = run.all("resolutions", meeting=meeting["id"])
    votes = f"{resolution['in_favour_count']} to {resolution['against_count']}"
    say(f"   the committee has met: resolution {resolution['reference']} carried, {votes}")


def _vote(cast: Cast, item: dict[str, Any], seats: list[dict[str, Any]]) -> None:
    run = cast.coordinator
    body = {"agenda_item": item["id"], "text": "เห็นชอบปฏิทินการนิเทศร่วม"}
    motion = run.made("motions", "calendar", body)
    path = f"motions/{motion['id']}"
    if run.moved(path, "open", when="proposed")["status"] != "open":
        return
    voted = {vote["seat"] for vote in run.get(f"{path}/votes")}
    for seat in seats:
        if seat["id"] not in voted and seat["user"] is None:
            run.post(f"{path}/vote", {"choice": "in_favour", "seat": seat["id"]})
        elif seat["id"] not in voted:
            cast.member.post(f"{path}/vote", {"choice": "in_favour"})
    run.post(f"{path}/close")


def _committee(cast: Cast) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    run = cast.coordinator
    body = {
        "kind": "cluster",
        "cluster": cast.cluster["id"],
        "name_th": f"คณะกรรมการ{cast.cluster['name_th']}",
        "established_on": FIRST_DAY,
    }
    committee = run.made("committees", "committee", body)
    seats = []
    for category, role, name, user in (
        ("chair", "chair", "นายสมชาย ใจดี", None),
        ("parent", "member", "นางมาลี ทองงาม", None),
        ("teacher", "member", "กรรมการผู้มีบัญชี", cast.member.get("me")["id"]),
    ):
        body = {
            "category": category,
            "role": role,
            "holder_name": f"{name} (สังเคราะห์)",
            "user": user,
            "term_from": FIRST_DAY,
        }
        seats.append(run.made(f"committees/{committee['id']}/seats", category, body))
    return committee, seats


def log(cast: Cast) -> None:
    """A teacher's own log, verified by the director."""
    body = {
        "occurred_on": on(5),
        "minutes": 60,
        "kind": "plc",
        "title": "PLC คณิตศาสตร์ ป.3 (สาธิต)",
        "reflection": "แลกเปลี่ยนสื่อเศษส่วนกับเพื่อนครู",
        "work_scope": "learning_process",
    }
    logged = cast.teacher.made("activity-logs", "plc", body)
    cast.director.moved(f"activity-logs/{logged['id']}", "verify", {}, when="submitted")
    say("   a teacher's hour in a learning community, logged and verified")


def certify(cast: Cast, stranger: Visitor) -> None:
    """The teacher carries the hours away, and whoever is shown them asks whether they are true."""
    person = cast.staff_of(cast.schools[0])[1]
    certificate = cast.teacher.post(f"transcripts/{person['id']}/certify", {})
    found = stranger.post("certificates/verify", {"signed": certificate["signed"]})
    minutes = found["statement"]["credit_minutes"]
    say(f"   a certificate of {minutes} minutes, verified by a stranger: {found['result']}")
