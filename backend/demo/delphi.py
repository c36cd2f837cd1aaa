"""Part 4: experts judge a cluster's plan. 21 invited, 18 answer three rounds, 7 certify."""

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from backend.demo.area import Cast
from backend.demo.coding import THOUGHTS, code_answers, suggestion
from backend.demo.moderation import NAMED, REMARK, UNSHOWN, drop_doubled, withhold_name
from backend.demo.panel import Answer, Expert, Study, hold, invite
from backend.demo.ratings import PANELISTS, final_ratings, first_ratings
from backend.demo.reports import publish
from backend.demo.visitor import DemoError, Visitor, say

INVITED, CERTIFIERS = 21, 7
_HIGHEST = 5  # the level that all but one section ended at
_BY_LETTER = (16, 17)  # of those who answer, who have no e-mail address
_EXPERTS = [
    Expert("panelist", n, "" if n in _BY_LETTER else f"expert{n + 1:02d}@experts.example")
    for n in range(INVITED)
]
_JUDGES = [Expert("certifier", n, f"certifier{n + 1}@experts.example") for n in range(CERTIFIERS)]


def judge_plan(
    platform: Visitor, cast: Cast, version: dict[str, Any], model: dict[str, Any]
) -> None:
    """A study from draft to verdict; each round goes on where an earlier run left it."""
    facilitator, second_coder = cast.supervisor, cast.officer
    _forecast(facilitator)
    sections = _sections(model)
    levels = [section["level"] for section in sections for _ in section["items"]]
    levels += [_HIGHEST] * len(THOUGHTS)
    made = facilitator.made(
        "studies",
        "plan",
        {
            "title": "การตรวจสอบรูปแบบเครือข่ายความร่วมมือ (คะแนนสังเคราะห์)",
            "plan_version": version["id"],
            "items": [
                {"section": section["name"], "text": text}
                for section in sections
                for text in section["items"]
            ],
        },
    )
    study = Study(f"studies/{made['id']}", platform, facilitator, cast.teacher)
    if made["second_coder"] is None:
        people = {
            "second_coder": second_coder.get("me")["id"],
            "recorders": [study.recorder.get("me")["id"]],
        }
        facilitator.patch(study.path, people, version=made["version"])
    invite(study, _EXPERTS)
    invite(study, _JUDGES)
    facilitator.moved(study.path, "seal", when="draft")
    say(f"   {INVITED} experts and {CERTIFIERS} certifiers invited; protocol and items are sealed")
    _print_letters(study)

    answering = _EXPERTS[:PANELISTS]
    first = _round(study, "rounds", 1)
    hold(study, first, answering, _suggest)
    say(f"   round 1: {PANELISTS} answer in their own words, {len(_BY_LETTER)} in an interview")
    code_answers(facilitator, second_coder, study.path, first)

    second = _round(study, "rounds", 2)
    _note_visits(study, second)
    hold(study, second, answering, _rate_first(levels))
    say(f"   round 2: {PANELISTS} rate each item; half of the phones had no signal, and catch up")
    withhold_name(facilitator, second)
    drop_doubled(facilitator, study.path)

    third = _round(study, "rounds", 3)
    hold(study, third, answering, _rate_again(levels))
    say(f"   round 3: {PANELISTS} rate again, beside the group")
    facilitator.moved(study.path, "conclude", {}, when="round_closed")
    hold(study, _round(study, "certification", 4), _JUDGES, _certify)
    say(f"   {CERTIFIERS} certify")
    publish(facilitator, study.path)


def _forecast(facilitator: Visitor) -> None:
    """Before anybody is asked: are so many enough, if one in ten leaves after each round?"""
    expected = {"panelists": INVITED, "opinions": [0, 0, 1, 5, 4], "leaving": "1/10", "seed": 1}
    forecast = facilitator.post("study-planning", expected)["rounds"][-1]
    share = round(100 * Fraction(forecast["consensus_in"]))
    say(f"   a forecast: of {INVITED} invited, {share} % of such panels would agree on an item")


def _sections(model: dict[str, Any]) -> list[dict[str, Any]]:
    """The model's items by section; what has no level of its own ended at "most".

    Work scopes have names in both languages; other sections are named by themselves.
    """
    return [
        {
            "name": part["code" if group == "work_scopes" else "th"],
            "items": part["items"],
            "level": part.get("reported_level", _HIGHEST),
        }
        for group in ("stages", "components", "work_scopes")
        for part in model[group]
    ]


def _print_letters(study: Study) -> None:
    """Official letters to whoever has no e-mail address, until the first round opens."""
    facilitator = study.facilitator
    if [*facilitator.all(f"{study.path}/rounds")]:
        return
    letters = facilitator.printed(
        f"{study.path}/letters",
        {
            "panelists": _asked_by_letter(study),
            "signer_name": "ผู้อำนวยการสำนักงาน (สังเคราะห์)",
            "signer_position": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
            "contact": "ศึกษานิเทศก์ โทร. 0 2000 0000",
        },
    )
    if not letters.startswith(b"%PDF-"):
        raise DemoError("the letters are no PDF")
    say(f"   official letters with a QR code for {len(_BY_LETTER)} who have no e-mail address")


def _asked_by_letter(study: Study) -> list[str]:
    """The ids of those who have no e-mail address."""
    names = {_EXPERTS[number].name for number in _BY_LETTER}
    people = study.facilitator.all(f"{study.path}/panelists")
    return [each["id"] for each in people if each["name"] in names]


def _round(study: Study, kind: str, number: int) -> dict[str, Any]:
    """The round of this number, opened unless an earlier run has; links are mailed then."""
    facilitator = study.facilitator
    known = {each["number"]: each for each in facilitator.all(f"{study.path}/rounds")}
    return known.get(number) or facilitator.post(f"{study.path}/{kind}", {})


def _note_visits(study: Study, round_: dict[str, Any]) -> None:
    """Whoever is interviewed is called on first; noted beside the reminders that are mailed."""
    facilitator, path = study.facilitator, f"{study.path}/follow-ups"
    noted = {each["panelist"] for each in facilitator.all(path)}
    for person in {*_asked_by_letter(study)} - noted:
        facilitator.post(path, {"panelist": person, "round": round_["id"], "way": "visit"})


def _suggest(me: Visitor, expert: Expert) -> None:
    text = suggestion(expert.number)
    for prompt in me.get("panel")["prompts"]:
        me.put(f"panel/texts/{prompt['code']}", {"text": text})


def _rate_first(levels: Sequence[int]) -> Answer:
    """One writes a remark that names somebody; all find their own words in an item."""

    def rate(me: Visitor, expert: Expert) -> None:
        ideas = me.get("panel/ideas")["ideas"]
        if expert.email and not all(each["items"] for each in ideas):
            raise DemoError(f"what {expert.name} wrote is in no item: {ideas}")
        _give(me, expert, first_ratings, levels, remark=REMARK if expert.number == 0 else "")

    return rate


def _rate_again(levels: Sequence[int]) -> Answer:
    """They see the group's answers, and the remark without the name."""

    def rate(me: Visitor, expert: Expert) -> None:
        told = "".join(
            each for item in me.get("panel/feedback")["items"] for each in item["comments"]
        )
        if NAMED in told or UNSHOWN not in told:
            raise DemoError(f"the panel is shown {told!r}")
        _give(me, expert, final_ratings, levels)

    return rate


def _give(
    me: Visitor,
    expert: Expert,
    ratings_of: Callable[[int, int], list[int]],
    levels: Sequence[int],
    *,
    remark: str = "",
) -> None:
    """Each rating as it is given; or all at once, from a phone that had no signal."""
    given = []
    for item in me.get("panel")["items"]:
        place = item["position"] - 1
        if not item["answered"]:
            rating = ratings_of(levels[place], place)[expert.number]
            given.append({"id": item["id"], "rating": rating})
    if not given:
        return  # an earlier run ended before they said that they are done
    if remark:
        given[0]["comment"] = remark
    if expert.number % 2:
        results = me.put("panel/answers", {"items": given})["results"]
        refused = [each for each in results if each["problem"]]
        if refused:
            raise DemoError(f"ratings are refused: {refused}")
        return
    for each in given:
        me.put(f"panel/answers/{each.pop('id')}", each)


def _certify(me: Visitor, _expert: Expert) -> None:
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
    third = model["stages"][2]["th"]
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
