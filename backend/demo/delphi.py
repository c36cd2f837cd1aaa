"""Part 4: experts judge a cluster's plan. 21 invited, 18 answer three rounds, 7 certify."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from backend.demo.coding import THOUGHTS, code_answers, suggestion
from backend.demo.letters import PANEL, opened
from backend.demo.people import LABEL
from backend.demo.ratings import PANELISTS, final_ratings, first_ratings
from backend.demo.reports import publish
from backend.demo.visitor import DemoError, Visitor, say, together

INVITED, CERTIFIERS = 21, 7
_HIGHEST = 5  # the level that all but one section ended at
EXPERTS = [f"expert{n:02d}@experts.example" for n in range(1, INVITED + 1)]
JUDGES = [f"certifier{n}@experts.example" for n in range(1, CERTIFIERS + 1)]

Answer = Callable[[Visitor, int], None]  # what the person of this number does on their page


def judge_plan(
    platform: Visitor,
    facilitator: Visitor,
    second_coder: Visitor,
    version: dict[str, Any],
    model: dict[str, Any],
) -> None:
    """A study from draft to verdict; each round goes on where an earlier run left it."""
    sections = _sections(model)
    levels = [section["level"] for section in sections for _ in section["items"]]
    levels += [_HIGHEST] * len(THOUGHTS)
    study = facilitator.made(
        "studies",
        "plan",
        {
            "title": "การตรวจสอบรูปแบบเครือข่ายความร่วมมือ (คะแนนสังเคราะห์)",
            "plan_version": version["id"],
            "items": [
                {"section": section["code"], "text": text}
                for section in sections
                for text in section["items"]
            ],
        },
    )
    path = f"studies/{study['id']}"
    if study["second_coder"] is None:
        coder = {"second_coder": second_coder.get("me")["id"]}
        facilitator.patch(path, coder, version=study["version"])
    _invite(facilitator, path, "panelist", EXPERTS)
    _invite(facilitator, path, "certifier", JUDGES)
    facilitator.moved(path, "seal", when="draft")
    say(f"   {INVITED} experts and {CERTIFIERS} certifiers invited; protocol and items are sealed")

    answering = EXPERTS[:PANELISTS]
    rounds: list[tuple[str, Answer]] = [
        ("answer in their own words", _suggest),
        ("rate each item", _rate(first_ratings, levels)),
        ("rate again, beside the group", _rate(final_ratings, levels)),
    ]
    for number, (what, answer) in enumerate(rounds, start=1):
        round_ = _round(facilitator, path, "rounds", number)
        _held(platform, facilitator, round_, answering, answer)
        say(f"   round {number}: {PANELISTS} {what}")
        if number == 1:
            code_answers(facilitator, second_coder, path, round_)
    facilitator.moved(path, "conclude", {}, when="round_closed")
    round_ = _round(facilitator, path, "certification", len(rounds) + 1)
    _held(platform, facilitator, round_, JUDGES, _certify)
    say(f"   {CERTIFIERS} certify")
    publish(facilitator, path)


def _sections(model: dict[str, Any]) -> list[dict[str, Any]]:
    """The model's items by section; what has no level of its own ended at "most"."""
    return [
        {
            "code": part["code"],
            "items": part["items"],
            "level": part.get("reported_level", _HIGHEST),
        }
        for group in ("stages", "components", "work_scopes")
        for part in model[group]
    ]


def _invite(facilitator: Visitor, study: str, kind: str, emails: Sequence[str]) -> None:
    title = {"panelist": "ผู้เชี่ยวชาญ", "certifier": "ผู้ทรงคุณวุฒิ"}[kind]
    fields = ("นักวิชาการ", "ผู้บริหารการศึกษา", "ศึกษานิเทศก์")
    known = {each["email"] for each in facilitator.all(f"{study}/panelists")}
    for number, email in enumerate(emails, start=1):
        if email not in known:
            person = {"kind": kind, "name": f"{title} {number} ({LABEL})", "email": email}
            expertise = fields[number % len(fields)]
            facilitator.post(f"{study}/panelists", {**person, "expertise": expertise})


# --- Rounds ------------------------------------------------------------------------------------
def _round(facilitator: Visitor, study: str, kind: str, number: int) -> dict[str, Any]:
    """The round of this number, opened unless an earlier run has; letters go out by themselves."""
    known = {each["number"]: each for each in facilitator.all(f"{study}/rounds")}
    return known.get(number) or facilitator.post(f"{study}/{kind}", {})


def _held(
    platform: Visitor,
    facilitator: Visitor,
    round_: dict[str, Any],
    emails: Sequence[str],
    answer: Answer,
) -> None:
    """Everyone opens their personal link, answers and says that they are done; it is closed."""
    if round_["status"] != "open":
        return
    area = platform.at(facilitator.host)

    def enter(token: str) -> Visitor:
        return area.with_token(area.post("panel/exchange", {"token": token})["credential"])

    def take_part(number: int) -> None:
        me = opened(platform, PANEL, emails[number], enter)
        page = me.get("panel")
        if page["state"] == "invited":
            me.post("panel/accept", {})
        if not page["finished"]:
            answer(me, number)
            me.post("panel/finish")

    together(take_part, range(len(emails)))
    facilitator.post(f"rounds/{round_['id']}/close")


def _suggest(me: Visitor, number: int) -> None:
    text = suggestion(number)
    for prompt in me.get("panel")["prompts"]:
        me.put(f"panel/texts/{prompt['code']}", {"text": text})


def _rate(ratings_of: Callable[[int, int], list[int]], levels: Sequence[int]) -> Answer:
    """Each rating is kept as soon as it is given, as on a phone."""
    ratings = [ratings_of(level, item) for item, level in enumerate(levels)]

    def rate(me: Visitor, number: int) -> None:
        items = sorted(me.get("panel")["items"], key=lambda item: item["position"])
        for given, item in zip(ratings, items, strict=True):
            if not item["answered"]:
                me.put(f"panel/answers/{item['id']}", {"rating": given[number]})

    return rate


def _certify(me: Visitor, _number: int) -> None:
    answers = [
        {"part": each["part"], "criterion": each["criterion"], "value": each["highest"]}
        for each in me.get("panel")["certification"]
    ]
    me.put("panel/certification", {"answers": answers})


# --- What came of it ---------------------------------------------------------------------------
def check_verdict(officer: Visitor, version: dict[str, Any], model: dict[str, Any]) -> None:
    """What the study says of itself, held against what was published; DemoError if it differs."""
    [study] = officer.all("studies", plan_version=version["id"])
    sealed = officer.get(f"studies/{study['id']}/seal")
    judged = officer.get(f"plan-versions/{version['id']}")
    results = officer.get(f"studies/{study['id']}/results")
    frozen = results["rounds"][2]["results"]
    third = model["stages"][2]["code"]
    bands: dict[bool, set[str]] = {True: set(), False: set()}
    for item in frozen["items"]:
        bands[item["section"] == third].add(item["summary"]["grouped"]["band"])
    answered = [each["results"]["panel"]["complete"] for each in results["rounds"]]
    for what, told, expected in (
        ("the seal", sealed["seal"], hashlib.sha256(sealed["text"].encode()).hexdigest()),
        ("who answered", answered, [PANELISTS] * 3 + [CERTIFIERS]),
        ("stage 3", bands[True], {"much"}),
        ("the other sections", bands[False], {"most"}),
        ("the study", study["status"], "certified"),
        ("the plan version", judged["validation"], "validated"),
        ("its study", judged["validated_by_study"], study["id"]),
        ("its content", judged["content_hash"], study["plan_hash"]),
    ):
        if told != expected:
            raise DemoError(f"{what}: {told}, and not {expected}")
    say('   the results: items of stage 3 ended at "much", all others at "most"')
    say(f"   certified: the plan's version {judged['number']} is validated, as it was judged")
