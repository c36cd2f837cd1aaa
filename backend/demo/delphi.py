"""Part 4: experts judge a cluster's plan. 21 invited, 18 answer three rounds, 7 certify."""

from typing import Any

from backend.demo.onboarding import mailed
from backend.demo.ratings import PANELISTS, final_ratings, first_ratings
from backend.demo.visitor import Visitor

INVITED, CERTIFIERS = 21, 7
TEXT = "ควรเน้น{what} โดยให้ทุกโรงเรียนมีส่วนร่วม (ข้อมูลสังเคราะห์)"


def judge_plan(
    platform: Visitor, facilitator: Visitor, plan_version: str, model: dict[str, Any]
) -> dict[str, Any]:
    """The study as it stands in the end, with every panelist answering through a personal link."""
    study = _draft(facilitator, plan_version, model)
    if study["status"] == "draft":
        _invite(facilitator, study["id"])
        study = facilitator.post(f"studies/{study['id']}/seal")
    area = platform.at(facilitator.host)
    experts = [f"expert{n:02d}@experts.example" for n in range(1, PANELISTS + 1)]
    certifiers = [f"certifier{n}@experts.example" for n in range(1, CERTIFIERS + 1)]
    levels = [section["level"] for section in _sections(model) for _ in section["items"]]
    if study["status"] in ("sealed", "running"):
        _open_ended(platform, area, facilitator, study["id"], experts)
        for number, answers in ((2, first_ratings), (3, final_ratings)):
            ratings = [answers(level, item) for item, level in enumerate(levels)]
            _rating(platform, area, facilitator, study["id"], experts, ratings, number)
        facilitator.post(f"studies/{study['id']}/conclude", {})
    if facilitator.get(f"studies/{study['id']}")["status"] == "concluded":
        _certification(platform, area, facilitator, study["id"], certifiers)
    return facilitator.get(f"studies/{study['id']}")  # type: ignore[no-any-return]


def panel_link(facilitator: Visitor, study_id: str) -> str:
    """A personal link for looking around: that of an expert who has not answered."""
    silent = next(
        each
        for each in facilitator.all(f"studies/{study_id}/panelists")
        if each["email"] == f"expert{INVITED}@experts.example"
    )
    return str(facilitator.post(f"panelists/{silent['id']}/letter")["link"])


def _sections(model: dict[str, Any]) -> list[dict[str, Any]]:
    """The model's items by section; what has no level of its own ended at "most"."""
    return [
        {"code": part["code"], "items": part["items"], "level": part.get("reported_level", 5)}
        for group in ("stages", "components", "work_scopes")
        for part in model[group]
    ]


def _draft(facilitator: Visitor, plan_version: str, model: dict[str, Any]) -> dict[str, Any]:
    earlier = facilitator.get("studies", plan_version=plan_version)["items"]
    if earlier:
        return earlier[0]  # type: ignore[no-any-return]
    items = [
        {"section": section["code"], "text": text}
        for section in _sections(model)
        for text in section["items"]
    ]
    return facilitator.post(  # type: ignore[no-any-return]
        "studies",
        {
            "title": "การตรวจสอบรูปแบบเครือข่ายความร่วมมือ (คะแนนสังเคราะห์)",
            "plan_version": plan_version,
            "facilitator": facilitator.get("me")["id"],
            "items": items,
        },
    )


def _invite(facilitator: Visitor, study_id: str) -> None:
    people = [("panelist", f"expert{n:02d}", f"ผู้เชี่ยวชาญ {n}") for n in range(1, INVITED + 1)]
    people += [("certifier", f"certifier{n}", f"ผู้ทรงคุณวุฒิ {n}") for n in range(1, CERTIFIERS + 1)]
    fields = ("นักวิชาการ", "ผู้บริหารการศึกษา", "ศึกษานิเทศก์")
    for place, (kind, account, name) in enumerate(people):
        facilitator.post(
            f"studies/{study_id}/panelists",
            {
                "kind": kind,
                "name": f"{name} (สังเคราะห์)",
                "email": f"{account}@experts.example",
                "expertise": fields[place % len(fields)],
            },
        )


def _enter(platform: Visitor, area: Visitor, email: str) -> Visitor:
    """Someone on the panel opens the newest mailed link."""
    token = mailed(platform, email, r"/panel#token=([\w-]+)")
    return area.with_token(area.post("panel/exchange", {"token": token})["credential"])


def _open_ended(
    platform: Visitor, area: Visitor, facilitator: Visitor, study_id: str, experts: list[str]
) -> None:
    round_ = facilitator.post(f"studies/{study_id}/rounds", {}, occasion="round 1")
    for number, email in enumerate(experts):
        me = _enter(platform, area, email)
        me.post("panel/accept", {})
        for prompt in me.get("panel")["prompts"]:
            what = ("การแลกเปลี่ยนเรียนรู้", "การนิเทศร่วมกัน", "การใช้เทคโนโลยี")[number % 3]
            me.put(f"panel/texts/{prompt['code']}", {"text": TEXT.format(what=what)})
        me.post("panel/finish")
    facilitator.post(f"rounds/{round_['id']}/close")


def _rating(
    platform: Visitor,
    area: Visitor,
    facilitator: Visitor,
    study_id: str,
    experts: list[str],
    ratings: list[list[int]],
    round_number: int,
) -> None:
    occasion = f"round {round_number}"
    round_ = facilitator.post(f"studies/{study_id}/rounds", {}, occasion=occasion)
    for number, email in enumerate(experts):
        me = _enter(platform, area, email)
        items = sorted(me.get("panel")["items"], key=lambda item: item["position"])
        for given, item in zip(ratings, items, strict=True):
            me.put(f"panel/answers/{item['id']}", {"rating": given[number]})
        me.post("panel/finish", occasion=occasion)
    facilitator.post(f"rounds/{round_['id']}/close")


def _certification(
    platform: Visitor, area: Visitor, facilitator: Visitor, study_id: str, certifiers: list[str]
) -> None:
    round_ = facilitator.post(f"studies/{study_id}/certification", {})
    for email in certifiers:
        me = _enter(platform, area, email)
        me.post("panel/accept", {})
        asked = me.get("panel")["certification"]
        me.put(
            "panel/certification",
            {
                "answers": [
                    {"part": each["part"], "criterion": each["criterion"], "value": each["highest"]}
                    for each in asked
                ]
            },
        )
        me.post("panel/finish")
    facilitator.post(f"rounds/{round_['id']}/close")
