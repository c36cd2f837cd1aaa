"""Whom a study asks, and how they answer: on a phone, or in an interview that is written down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.demo.letters import PANEL, opened
from backend.demo.people import LABEL
from backend.demo.visitor import Visitor, together


@dataclass(frozen=True)
class Expert:
    """`number` counts from 0 in each kind; without an address they answer in an interview."""

    kind: str
    number: int
    email: str

    @property
    def name(self) -> str:
        title = {"panelist": "ผู้เชี่ยวชาญ", "certifier": "ผู้ทรงคุณวุฒิ"}[self.kind]
        return f"{title} {self.number + 1} ({LABEL})"

    @property
    def expertise(self) -> str:
        fields = ("นักวิชาการ", "ผู้บริหารการศึกษา", "ศึกษานิเทศก์")
        return fields[self.number % len(fields)]


@dataclass(frozen=True)
class Study:
    """A study under this path, and who works on it."""

    path: str
    platform: Visitor
    facilitator: Visitor
    recorder: Visitor


Answer = Callable[[Visitor, Expert], None]  # what someone does on their page


def invite(study: Study, experts: Sequence[Expert]) -> None:
    path = f"{study.path}/panelists"
    known = {each["name"] for each in study.facilitator.all(path)}
    for each in experts:
        if each.name not in known:
            person = {"kind": each.kind, "name": each.name, "email": each.email}
            study.facilitator.post(path, {**person, "expertise": each.expertise})


def hold(study: Study, round_: dict[str, Any], experts: Sequence[Expert], answer: Answer) -> None:
    """Everyone answers, and the round is closed; nothing if an earlier run has closed it."""
    if round_["status"] == "open":
        ask(study, experts, answer)
        study.facilitator.post(f"rounds/{round_['id']}/close")


def ask(study: Study, experts: Sequence[Expert], answer: Answer) -> None:
    """Everyone is let in, consents, answers and says that they are done."""

    def take_part(expert: Expert) -> None:
        me = _by_link(study, expert) if expert.email else _in_interview(study, expert)
        page = me.get("panel")
        if page["state"] == "invited":
            me.post("panel/accept", {})
        if not page["finished"]:
            answer(me, expert)
            me.post("panel/finish")

    together(take_part, experts)


def _by_link(study: Study, expert: Expert) -> Visitor:
    area = study.platform.at(study.facilitator.host)

    def enter(token: str) -> Visitor:
        return area.with_token(area.post("panel/exchange", {"token": token})["credential"])

    return opened(study.platform, PANEL, expert.email, enter)


def _in_interview(study: Study, expert: Expert) -> Visitor:
    """The page as the recorder sees it who comes in for them; they have agreed to that."""
    [person] = [each for each in study.recorder.all("recordings") if each["name"] == expert.name]
    agreed = {"way": "interview", "agreed": True}
    access = study.recorder.post(f"recordings/{person['id']}/start", agreed)
    return study.recorder.with_token(access["credential"])
