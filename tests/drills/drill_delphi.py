"""Closing a Delphi round against an answer that comes in at the same moment."""

import re
import time
from dataclasses import dataclass, replace
from functools import partial

from tests.drills.caller import Answer, Caller
from tests.drills.holding import hold
from tests.drills.registry import drill
from tests.drills.site import Site
from tests.drills.together import together

ROUNDS = 10  # of one study: the protocol's limit
PANELISTS = 5
_STORED = "SELECT count(*) FROM consensus_rating WHERE round_id = %s"


@dataclass(frozen=True)
class Study:
    path: str
    item: str
    panelist: Caller


@drill("delphi_close_against_answer", count=1_000)
def delphi_close_against_answer(site: Site, count: int) -> str:
    """An accepted answer is in the frozen counts, a refused one is nowhere."""
    facilitator = site.as_("supervisor")
    counted = 0
    for number in range(count):
        if number % ROUNDS == 0:
            study = _sealed_study(site, facilitator, number)
        round_ = _done(facilitator.post(f"{study.path}/rounds", {}), 201)["id"]
        # Neither side wins by always being the first: one of them waits up to 9 ms.
        answered, closed = together(
            partial(_answer, study, number % ROUNDS / 1_000),
            partial(_close, facilitator, round_, (number * 7 % ROUNDS) / 1_000),
        )
        hold(closed.status == 200, f"closing: {closed.status} {closed.body}")
        accepted = answered.status == 200
        hold(accepted or answered.code == "round_not_open", f"answering: {answered.body}")
        results = _done(facilitator.get(f"{study.path}/results"), 200)["rounds"][-1]["results"]
        found = (results["items"][0]["n"], results["panel"]["answered"])
        hold(found == (accepted, accepted), f"accepted: {accepted}, but frozen are {found}")
        stored = site.number(_STORED, round_)
        hold(stored == accepted, f"accepted: {accepted}, but {stored} stored")
        counted += accepted
    return f"{counted} answers counted, {count - counted} refused, none lost"


def _answer(study: Study, seconds: float) -> Answer:
    time.sleep(seconds)
    return study.panelist.send("PUT", f"/api/v1/panel/answers/{study.item}", {"rating": 4})


def _close(facilitator: Caller, round_: str, seconds: float) -> Answer:
    time.sleep(seconds)
    return facilitator.post(f"/api/v1/rounds/{round_}/close", {})


def _sealed_study(site: Site, facilitator: Caller, number: int) -> Study:
    body = {
        "title": f"Drill {number}",
        "facilitator": site.user_id("supervisor"),
        "protocol": {"rounds": [{"kind": "rating"}] * ROUNDS},
        "items": [{"text": "Item"}],
    }
    path = f"/api/v1/studies/{_done(facilitator.post('/api/v1/studies', body), 201)['id']}"
    people = [
        _done(
            facilitator.post(f"{path}/panelists", {"kind": "panelist", "name": f"Expert {each}"}),
            201,
        )["id"]
        for each in range(PANELISTS)
    ]
    _done(facilitator.post(f"{path}/seal", {}), 200)
    item = _done(facilitator.get(f"{path}/items"), 200)["items"][0]["id"]
    return Study(path, item, _panelist(site, facilitator, path, people[0]))


def _panelist(site: Site, facilitator: Caller, path: str, person: str) -> Caller:
    """Someone who came by a personal link and consented."""
    letter = {"panelists": [person], "signer_name": "A", "signer_position": "B", "contact": "C"}
    printed = facilitator.post(f"{path}/letters", letter)
    found = re.search(r"/panel#token=([\w-]+)", printed.text)
    hold(found is not None, f"no link in a letter: {printed.status} {printed.body}")
    token = found[1]
    exchanged = _done(site.stranger.post("/api/v1/panel/exchange", {"token": token}), 201)
    panelist = replace(site.stranger, token=exchanged["credential"])
    _done(panelist.post("/api/v1/panel/accept", {}), 200)
    return panelist


def _done(answer: Answer, status: int) -> dict:
    hold(answer.status == status, f"{answer.status} instead of {status}: {answer.body}")
    return answer.body
